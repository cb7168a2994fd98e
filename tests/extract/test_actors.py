"""The rules of actors on parses written by hand: they hold without a model."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import depeche.languages
from depeche.annotate.parsed import Entity, Parsed, Sentence, Token
from depeche.extract.actors import ActorIndex, find_actors
from depeche.extract.actors.tables import compile_tables, fold
from depeche.languages.lexicon import Lexicon, load_lexicon

FRENCH = Path(depeche.languages.__file__).parent / "fr"
SING, PLUR, DEF = "Number=Sing", "Number=Plur", "Definite=Def|PronType=Art"
HE = "Gender=Masc|Number=Sing|Person=3|PronType=Prs"


@cache
def lexicon() -> Lexicon:
    return load_lexicon("fr")


def parse(*rows: str, people: tuple[str, ...] = ()) -> Parsed:
    """A parse from rows "form lemma UPOS head deprel [feats]", one sentence after each empty row; heads count from 1, 0 is the root."""
    text, tokens, sentences, first = "", [], [], 0
    for row in (*rows, ""):
        if not row:
            if first < len(tokens):
                sentences.append(Sentence(first, len(tokens)))
                first = len(tokens)
            continue
        form, lemma, upos, head, deprel, *feats = row.split()
        at = first + int(head) - 1 if int(head) else -1
        start = len(text)
        text += form + ("" if form.endswith("'") else " ")
        tokens.append(
            Token(start, start + len(form), form, lemma, upos, feats[0] if feats else "", at, deprel, len(sentences))
        )
    entities = tuple(Entity(i, i + len(p), "PER") for p in people for i in range(len(text)) if text.startswith(p, i))
    return Parsed(text, tuple(tokens), tuple(sentences), tuple(sorted(entities)))


def actors_of(parsed: Parsed, published: date | None = None) -> ActorIndex:
    return find_actors(parsed, lexicon(), published)


def mentions_of(index: ActorIndex, name: str) -> set[str]:
    ids = {a.id for a in index.actors if a.name.text == name}
    return {m.span.text for m in index.mentions if m.actor in ids}


MINISTER = (
    f"Le le DET 2 det {DEF}|{SING}",
    f"ministre ministre NOUN 9 nsubj {SING}",
    f"malien malien ADJ 2 amod {SING}",
    "de de ADP 6 case",
    f"la le DET 6 det {DEF}",
    f"Défense défense NOUN 2 nmod {SING}",
    "Sékou Sékou PROPN 2 appos",
    "Doumbia Doumbia PROPN 7 flat:name",
    f"parle parler VERB 0 root {SING}",
    ". . PUNCT 9 punct",
    "",
)


def test_a_name_after_its_title_is_the_holder_and_takes_its_country() -> None:
    index = actors_of(parse(*MINISTER, people=("Sékou Doumbia",)))
    assert [(a.name.text, a.country, a.kind) for a in index.actors] == [("Sékou Doumbia", "MLI", "person")]
    assert mentions_of(index, "Sékou Doumbia") == {"Sékou Doumbia", "Le ministre malien de la Défense"}


def test_a_participant_is_named_by_its_fullest_mention() -> None:
    participant = actors_of(parse(*MINISTER, people=("Sékou Doumbia",))).participant(1)
    assert participant is not None
    assert (participant.words.text, participant.name.text) == ("Le ministre malien de la Défense", "Sékou Doumbia")


def test_a_pronoun_takes_the_subject_before_it() -> None:
    rows = (*MINISTER, f"Il il PRON 2 nsubj {HE}", f"part partir VERB 0 root {SING}", ". . PUNCT 2 punct")
    index = actors_of(parse(*rows, people=("Sékou Doumbia",)))
    assert "Il" in mentions_of(index, "Sékou Doumbia")


def test_an_expletive_stands_for_nobody() -> None:
    rows = (*MINISTER, f"Il il PRON 2 expl:subj {HE}", f"faut falloir VERB 0 root {SING}", ". . PUNCT 2 punct")
    assert actors_of(parse(*rows, people=("Sékou Doumbia",))).participant(10) is None


def test_a_later_title_of_the_same_office_and_country_is_the_same_person() -> None:
    later = (
        f"Le le DET 2 det {DEF}|{SING}", f"ministre ministre NOUN 6 nsubj {SING}", "de de ADP 5 case",
        f"la le DET 5 det {DEF}", "Défense défense NOUN 2 nmod", "part partir VERB 0 root", ". . PUNCT 6 punct",
    )  # fmt: skip
    index = actors_of(parse(*MINISTER, *later, people=("Sékou Doumbia",)))
    assert [a.name.text for a in index.actors] == ["Sékou Doumbia"]


def test_a_capital_acts_as_subject_and_is_a_place_elsewhere() -> None:
    acts = actors_of(parse("Moscou Moscou PROPN 2 nsubj", "proteste protester VERB 0 root", ". . PUNCT 2 punct"))
    assert [(a.name.text, a.country, a.kind) for a in acts.actors] == [("Moscou", "RUS", "state")]
    stands = actors_of(
        parse("Arrêté arrêter VERB 0 root", "à à ADP 3 case", "Moscou Moscou PROPN 1 obl:arg", ". . PUNCT 1 punct")
    )
    assert stands.actors == ()
    place = stands.place(2)
    assert place is not None
    assert (place.text, stands.place_country(2)) == ("Moscou", "RUS")


def test_an_adjective_names_both_its_countries() -> None:
    index = actors_of(parse("accord accord NOUN 0 root", "franco-malien franco-malien ADJ 1 amod"))
    assert [p.country for p in index.participants(1)] == ["FRA", "MLI"]


@pytest.mark.parametrize("form", ["Etats-Unis", "États-Unis", "Etats-unis"])
def test_accents_and_hyphens_do_not_hide_a_country(form: str) -> None:
    index = actors_of(parse(f"Les le DET 2 det {DEF}", f"{form} {form} PROPN 3 nsubj", "refusent refuser VERB 0 root"))
    assert [a.country for a in index.actors] == ["USA"]


def test_a_short_acronym_must_stand_in_capitals() -> None:
    assert actors_of(parse("Fis fis PROPN 2 nsubj", "parle parler VERB 0 root")).actors == ()


def test_measures_stand_for_what_they_count() -> None:
    rows = (
        f"Des un DET 2 det {PLUR}", f"dizaines dizaine NOUN 6 nsubj {PLUR}", "de de ADP 4 case", f"rebelles rebelle NOUN 2 nmod {PLUR}",
        f"tchadiens tchadien ADJ 4 amod {PLUR}", "avancent avancer VERB 0 root",
    )  # fmt: skip
    participant = actors_of(parse(*rows)).participant(1)
    assert participant is not None
    assert (participant.name.text, participant.country) == ("Des dizaines de rebelles tchadiens", "TCD")


def test_conjuncts_are_listed_in_text_order() -> None:
    rows = ("Paris Paris PROPN 4 nsubj", "et et CCONJ 3 cc", "Rome Rome PROPN 1 conj", "signent signer VERB 0 root")
    assert actors_of(parse(*rows)).conjuncts(0) == (0, 2)


def test_the_day_of_publication_tells_whose_office_a_known_person_holds() -> None:
    rows = ("Emmanuel Emmanuel PROPN 3 nsubj", "Macron Macron PROPN 1 flat:name", "parle parler VERB 0 root")
    index = actors_of(parse(*rows, people=("Emmanuel Macron",)), date(2019, 1, 1))
    assert [a.country for a in index.actors] == ["FRA"]


def test_folding_forgets_accents_case_and_joints() -> None:
    assert fold("Côte d’Ivoire") == fold("COTE D'IVOIRE") == ("cote", "d", "ivoire")


def test_every_country_has_a_code_of_three_letters_and_no_name_of_two_countries_is_lost() -> None:
    countries = lexicon().countries
    assert len(countries) == 250
    assert all(len(c.code) == 3 and c.code.isupper() for c in countries)
    assert {c for e in compile_tables(lexicon()).names["congo"] if e.pieces == ("congo",) for c in e.codes} == {
        "COD",
        "COG",
    }


def test_every_organisation_code_is_a_country_or_a_body() -> None:
    codes = {c.code for c in lexicon().countries} | {"UNO", "EUE", "AFU", "NAT", "ARL", "ECW", "IGO", "NGO", None}
    assert [o.id for o in lexicon().organisations if o.code not in codes] == []


FORMS = st.sampled_from(
    """
    le président américain M. Esper Mark Moscou à de l' Union africaine ( UA ) , . il elle qui son
    ministre armée malienne des dizaines rebelles Kim congolais ce dernier et " « franco-allemand El
    Mouradia Le Caire talibans ONU d' Côte Ivoire -
    """.split()
)
TAGS = st.sampled_from(["NOUN", "PROPN", "ADJ", "VERB", "PRON", "DET", "ADP", "PUNCT"])
RELATIONS = st.sampled_from(
    [
        "nsubj",
        "obj",
        "nmod",
        "amod",
        "appos",
        "flat:name",
        "case",
        "det",
        "punct",
        "conj",
        "acl:relcl",
        "obl:agent",
        "root",
    ]
)
FEATS = st.sampled_from(["", SING, PLUR, HE, "PronType=Rel", "Poss=Yes|Number[psor]=Sing", DEF])


@st.composite
def parses(draw: st.DrawFn) -> Parsed:
    """Any tree over news-like words, however absurd, with entities anywhere."""
    size = draw(st.integers(1, 25))
    text, tokens = "", []
    for index in range(size):
        form = draw(FORMS)
        head = draw(st.integers(-1, index - 1))  # a head before its dependent: always a tree
        tokens.append(
            Token(
                len(text),
                len(text) + len(form),
                form,
                form.lower(),
                draw(TAGS),
                draw(FEATS),
                head,
                draw(RELATIONS),
                index // 8,
            )
        )
        text += form + draw(st.sampled_from(["", " ", "  "]))
    bounds = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(text)), st.integers(0, len(text)), st.sampled_from(["PER", "ORG", "LOC", "MISC"])
            ),
            max_size=4,
        )
    )
    entities = tuple(Entity(min(a, b), max(a, b), label) for a, b, label in bounds if a != b)
    sentences = tuple(Sentence(i, min(i + 8, size)) for i in range(0, size, 8))
    return Parsed(text, tuple(tokens), sentences, entities)


@settings(max_examples=300, deadline=None)
@given(parses())
def test_any_parse_gives_exact_spans_the_same_way_twice(parsed: Parsed) -> None:
    index = actors_of(parsed)
    spans = [m.span for m in index.mentions] + [a.name for a in index.actors]
    for position in range(len(parsed.tokens)):
        for participant in index.participants(position):
            spans += [participant.words, participant.name]
        index.kind(position), index.is_political(position), index.place(position)
    assert all(parsed.text[s.start : s.end] == s.text for s in spans)
    assert {m.actor for m in index.mentions if m.actor} <= {a.id for a in index.actors}
    again = actors_of(parsed)
    assert (again.actors, again.mentions) == (index.actors, index.mentions)
    for mention in index.mentions:
        index.resolve(mention.span.start, mention.span.end)
