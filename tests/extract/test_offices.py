"""Offices and holders on parses made by hand: no model is needed here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depeche.annotate.parsed import Entity, Parsed, Sentence, Token
from depeche.extract.offices import find_tenures
from depeche.extract.offices_phrases import find_phrases
from depeche.extract.offices_scene import Scene
from depeche.extract.offices_tables import Phrasebook, fold, fold_words, office_tables
from depeche.languages.lexicon import load_lexicon
from depeche.records import Actor, Span, Tenure

LEXICON = load_lexicon("fr")


class Nobody:
    """A resolver that knows no actor."""

    def resolve(self, start: int, end: int) -> tuple[Span, str] | None:
        return None

    @property
    def by_id(self) -> Mapping[str, Actor]:
        return {}


class Always(Nobody):
    """A resolver for which every mention stands for one person."""

    def __init__(self, text: str, name: str, country: str | None) -> None:
        at = text.index(name)
        self.actor = Actor("p", "person", Span(at, at + len(name), name), country, None)

    def resolve(self, start: int, end: int) -> tuple[Span, str] | None:
        return self.actor.name, "p"

    @property
    def by_id(self) -> Mapping[str, Actor]:
        return {"p": self.actor}


def parse(rows: str, persons: tuple[str, ...] = ()) -> Parsed:
    """A one-sentence parse from rows "word UPOS deprel head" (1-based heads, 0 for the root); `persons` are its entities."""
    tokens, text = [], ""
    for row in rows.strip().splitlines():
        word, upos, deprel, head = row.split()[:4]
        text += "" if not text or text.endswith(("'", "(")) or word in ",.)" else " "
        tokens.append(Token(len(text), len(text) + len(word), word, word.lower(), upos, "", int(head) - 1, deprel, 0))
        text += word
    entities = tuple(Entity(text.index(p), text.index(p) + len(p), "PER") for p in persons)
    return Parsed(text, tuple(tokens), (Sentence(0, len(tokens)),), entities)


def read(parsed: Parsed, published: date | None = None) -> list[tuple[str, str, str | None, str]]:
    return [(t.person.text, t.office.text, t.of, t.status) for t in find_tenures(parsed, LEXICON, Nobody(), published)]


MINISTER = """
L' DET det 3
ancien ADJ amod 3
ministre NOUN nsubj 10
malien ADJ amod 3
des ADP case 6
Affaires NOUN nmod 3
étrangères ADJ amod 6
Abdou PROPN appos 3
Diarra PROPN flat:name 8
parle VERB root 0
. PUNCT punct 10
"""

THREE = """
le DET det 2
président NOUN root 0
algérien ADJ amod 2
, PUNCT punct 5
Karim PROPN appos 2
Belhadj PROPN flat:name 5
, PUNCT punct 9
aussi ADV advmod 9
chef NOUN conj 2
des ADP case 11
armées NOUN nmod 9
et CCONJ cc 13
ministre NOUN conj 9
de ADP case 16
la DET det 16
Défense NOUN nmod 13
. PUNCT punct 2
"""


def test_title_before_name_with_status_and_country() -> None:
    assert read(parse(MINISTER, ("Abdou Diarra",))) == [
        ("Abdou Diarra", "ministre malien des Affaires étrangères", "MLI", "former")
    ]  # fmt: skip


def test_a_name_that_the_entities_missed_is_still_found() -> None:
    assert [p for p, *_ in read(parse(MINISTER))] == ["Abdou Diarra"]


def test_three_offices_of_one_person_share_the_country_named_once() -> None:
    found = read(parse(THREE, ("Karim Belhadj",)))
    assert [(p, o) for p, o, _, _ in found] == [
        ("Karim Belhadj", "président"),
        ("Karim Belhadj", "chef des armées"),
        ("Karim Belhadj", "ministre de la Défense"),
    ]
    assert {of for _, _, of, _ in found} == {"DZA"}


def test_evidence_holds_title_and_name() -> None:
    parsed = parse(MINISTER, ("Abdou Diarra",))
    (tenure,) = find_tenures(parsed, LEXICON, Nobody(), None)
    assert tenure.evidence.text == "L'ancien ministre malien des Affaires étrangères Abdou Diarra"
    assert tenure.rule == "offices.title-name:minister.foreign"


def test_bare_rank_is_no_office() -> None:
    rows = "Le DET det 2\ngénéral NOUN nsubj 5\nAli PROPN appos 2\nSaleh PROPN flat:name 3\nparle VERB root 0"
    assert read(parse(rows, ("Ali Saleh",))) == []


def test_holder_far_away_is_left_to_coreference() -> None:
    rows = "Ali PROPN nsubj 3\nSaleh PROPN flat:name 1\nparle VERB root 0\n. PUNCT punct 3\n" + (
        "Le DET det 6\nministre NOUN nsubj 11\nde ADP case 9\nla DET det 9\nJustice NOUN nmod 6\nn' ADV advmod 11\nécoute VERB parataxis 3"
    )
    parsed = parse(rows, ("Ali Saleh",))
    assert read(parsed) == []
    (tenure,) = find_tenures(parsed, LEXICON, Always(parsed.text, "Ali Saleh", "IRQ"), None)
    assert (tenure.person.text, tenure.office.text, tenure.of, tenure.actor) == (
        "Ali Saleh",
        "ministre de la Justice",
        "IRQ",
        "p",
    )


def test_known_holder_settles_country_and_status_by_date() -> None:
    rows = "le DET det 2\nprésident NOUN root 0\nJacques PROPN appos 2\nChirac PROPN flat:name 3"
    parsed = parse(rows, ("Jacques Chirac",))
    assert read(parsed, date(2003, 2, 14)) == [("Jacques Chirac", "président", "FRA", "current")]
    assert read(parsed, date(2019, 2, 14)) == [("Jacques Chirac", "président", "FRA", "former")]
    assert read(parsed) == [("Jacques Chirac", "président", "FRA", "current")]


def test_as_of_is_the_date_of_publication_and_never_invented() -> None:
    parsed = parse(MINISTER, ("Abdou Diarra",))
    assert find_tenures(parsed, LEXICON, Nobody(), None)[0].as_of is None
    assert find_tenures(parsed, LEXICON, Nobody(), date(2020, 1, 1))[0].as_of == date(2020, 1, 1)


def test_empty_text() -> None:
    assert find_tenures(Parsed("", (), ()), LEXICON, Nobody(), None) == ()


@pytest.mark.parametrize(("word", "folded"), [("L’État", "l'etat"), ("ÉMIR", "emir"), ("œuvre", "oeuvre")])
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_phrases_are_cut_as_tokens_are() -> None:
    assert fold_words("chef d’état-major") == ("chef", "d'", "etat-major")


def test_the_longest_phrase_wins() -> None:
    book = Phrasebook([(("a",), 1), (("a", "b"), 2)])
    assert book.at(["a", "b"], 0) == (2, 2)
    assert book.at(["a", "c"], 0) == (1, 1)
    assert book.at(["b"], 0) is None


def test_longer_title_that_starts_inside_another() -> None:
    rows = "premier ADJ amod 2\nsecrétaire NOUN root 0\nà ADP case 5\nla DET det 5\nDéfense NOUN nmod 2"
    phrases = find_phrases(Scene(parse(rows), office_tables(LEXICON)))
    assert [p.office.id for p in phrases] == ["secretary_defence"]


def test_lexicon_has_the_offices_asked_for() -> None:
    assert len(LEXICON.offices) >= 250
    assert sum(len(o.forms) + len(o.plurals) for o in LEXICON.offices) >= 900


def test_every_known_tenure_has_an_office_of_its_role() -> None:
    roles = {o.role for o in LEXICON.offices}
    without = {i.role for i in LEXICON.incumbents} - roles - {"group_head", "party_head"}
    assert not without, f"no office has the role {sorted(without)}"


def test_known_tenures_are_well_formed() -> None:
    for incumbent in LEXICON.incumbents:
        since = date.fromisoformat(incumbent.since)
        assert incumbent.until is None or since < date.fromisoformat(incumbent.until), incumbent.id


WORDS = st.sampled_from(
    [
        "le",
        "la",
        "l'",
        "du",
        "de",
        "des",
        "d'",
        "président",
        "présidente",
        "ministre",
        "chef",
        "ex-président",
        "Premier",
        "porte-parole",
        "Défense",
        "de",
        "français",
        "malien",
        "Ali",
        "Saleh",
        "Macron",
        ",",
        ".",
        "(",
        ")",
        "et",
        "aussi",
        "ancien",
        "élu",
        "par",
        "intérim",
        "général",
        "Mali",
        "Paris",
        "ONU",
        "à",
        "est",
        "nommé",
        "auprès",
        "chargé",
        "députés",
        "rois",
        "Le",
        "«",
        "»",
        "58",
        "ans",
    ]
)
TAGS = st.sampled_from(["NOUN", "PROPN", "ADJ", "DET", "ADP", "VERB", "AUX", "PUNCT", "CCONJ", "NUM", "ADV", "PRON"])
RELATIONS = st.sampled_from(
    [
        "nsubj",
        "nsubj:pass",
        "obj",
        "obl",
        "xcomp",
        "appos",
        "conj",
        "cop",
        "root",
        "acl",
        "advcl",
        "det",
        "case",
        "flat:name",
        "nmod",
    ]
)


@st.composite
def parses(draw: st.DrawFn) -> Parsed:
    """Any sequence of title words, names and marks with any tree and any entities."""
    words = draw(st.lists(WORDS, min_size=1, max_size=25))
    text, tokens, cut = "", [], draw(st.integers(0, len(words)))
    for index, word in enumerate(words):
        start = len(text)
        head = draw(st.integers(-1, index - 1))
        text += word + draw(st.sampled_from(["", " "]))
        tokens.append(
            Token(start, start + len(word), word, word, draw(TAGS), "", head, draw(RELATIONS), int(index >= cut > 0))
        )
    sentences = [Sentence(0, cut), Sentence(cut, len(words))] if 0 < cut < len(words) else [Sentence(0, len(words))]
    if len(sentences) == 1:
        tokens = [t._replace(sentence=0) for t in tokens]
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    entity = Entity(tokens[first].start, tokens[last].end, draw(st.sampled_from(["PER", "ORG", "LOC"])))
    return Parsed(text, tuple(tokens), tuple(sentences), (entity,))


@settings(max_examples=300, deadline=None)
@given(parses(), st.sampled_from([None, date(2019, 5, 4)]))
def test_any_parse_gives_exact_spans_and_the_same_answer_twice(parsed: Parsed, published: date | None) -> None:
    found = find_tenures(parsed, LEXICON, Nobody(), published)
    for tenure in found:
        for span in (tenure.person, tenure.office, tenure.evidence):
            assert parsed.text[span.start : span.end] == span.text
        assert isinstance(tenure, Tenure)
    assert found == find_tenures(parsed, LEXICON, Nobody(), published)
    assert list(found) == sorted(found, key=lambda t: (t.office.start, t.person.start))
