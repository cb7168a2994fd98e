"""Quotes and attribution on hand-made parses: no model needed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depeche.annotate.parsed import Parsed, Sentence, Token
from depeche.extract.quotes import attribution_of, find_quotes, read_speech
from depeche.languages.lexicon import Lexicon, load_lexicon
from depeche.records import Span

VERB, PART = "VerbForm=Fin", "Tense=Past|VerbForm=Part"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon("fr")


def nobody(start: int, end: int) -> tuple[Span, str | None] | None:
    """Coreference that knows nothing."""
    return None


def build(*sentences: str) -> Parsed:
    """A parse from "form|lemma|UPOS|head|relation|features" words; heads count from 1 in their sentence; "~" glues to the word before."""
    text, tokens, ranges = "", [], []
    for number, sentence in enumerate(sentences):
        first = len(tokens)
        for word in sentence.split():
            form, lemma, upos, head, relation, *feats = word.lstrip("~").split("|")
            text += "" if word.startswith("~") or not text else " "
            start = len(text)
            text += form
            governor = int(head) - 1 + first if int(head) else -1
            tokens.append(Token(start, len(text), form, lemma, upos, "|".join(feats), governor, relation, number))
        ranges.append(Sentence(first, len(tokens)))
    return Parsed(text, tuple(tokens), tuple(ranges))


DIRECT = (
    "«|«|PUNCT|2|punct Partez|partir|VERB|0|root|VerbForm=Fin »|»|PUNCT|2|punct ~,|,|PUNCT|6|punct a|avoir|AUX|6|aux:tense|VerbForm=Fin "
    "lancé|lancer|VERB|2|parataxis|Tense=Past|VerbForm=Part mardi|mardi|NOUN|6|obl:mod le|le|DET|9|det général|général|NOUN|6|nsubj "
    "Diop|Diop|PROPN|9|appos ~.|.|PUNCT|2|punct"
)
THAT = (
    "Le|le|DET|2|det ministre|ministre|NOUN|3|nsubj affirme|affirmer|VERB|0|root|VerbForm=Fin que|que|SCONJ|6|mark Kiev|Kiev|PROPN|6|nsubj "
    "cède|céder|VERB|3|ccomp|VerbForm=Fin ~.|.|PUNCT|3|punct"
)
ACCORDING = (
    "Selon|selon|ADP|3|case l'|le|DET|3|det ~ONU|ONU|PROPN|7|obl:mod ~,|,|PUNCT|3|punct deux|deux|NUM|6|nummod villes|ville|NOUN|7|nsubj "
    "brûlent|brûler|VERB|0|root|VerbForm=Fin ~.|.|PUNCT|7|punct"
)

RELAYED = (
    "Selon|selon|ADP|3|case l'|le|DET|3|det ~AFP|AFP|PROPN|11|obl:mod ~,|,|PUNCT|6|punct qui|qui|PRON|6|nsubj|PronType=Rel "
    "cite|citer|VERB|3|acl:relcl|VerbForm=Fin un|un|DET|8|det diplomate|diplomate|NOUN|6|obj ~,|,|PUNCT|6|punct Kiev|Kiev|PROPN|11|nsubj "
    "cède|céder|VERB|0|root|VerbForm=Fin ~.|.|PUNCT|11|punct"
)
ACCUSED = (
    "Kiev|Kiev|PROPN|2|nsubj accuse|accuser|VERB|0|root|VerbForm=Fin Minsk|Minsk|PROPN|2|obj d'|de|ADP|5|mark ~armer|armer|VERB|2|xcomp|VerbForm=Inf "
    "les|le|DET|7|det rebelles|rebelle|NOUN|5|obj ~.|.|PUNCT|2|punct"
)
DIALOGUE = (
    "—|—|PUNCT|2|punct Jamais|jamais|ADV|5|advmod ~,|,|PUNCT|5|punct a|avoir|AUX|5|aux:tense|VerbForm=Fin "
    "répondu|répondre|VERB|0|root|Tense=Past|VerbForm=Part le|le|DET|7|det général|général|NOUN|5|nsubj ~.|.|PUNCT|5|punct"
)
NAMED = (
    "Le|le|DET|2|det navire|navire|NOUN|6|nsubj «|«|PUNCT|4|punct Espoir|Espoir|PROPN|2|appos »|»|PUNCT|4|punct "
    "rentre|rentrer|VERB|0|root|VerbForm=Fin ~.|.|PUNCT|6|punct"
)
MISTAGGED = (
    "Le|le|DET|2|det roi|roi|NOUN|3|nsubj part|partir|VERB|0|root|VerbForm=Fin ~,|,|PUNCT|5|punct jugeant|jugeer|VERB|3|advcl|Tense=Pres|VerbForm=Part "
    "que|que|SCONJ|8|mark Kiev|Kiev|PROPN|8|nsubj cède|céder|VERB|5|ccomp|VerbForm=Fin ~.|.|PUNCT|3|punct"
)


def test_direct_quote_with_inverted_subject(lexicon: Lexicon) -> None:
    (quote,) = find_quotes(build(DIRECT), lexicon, nobody)
    assert (quote.span.text, quote.kind) == ("Partez", "direct")
    assert quote.speaker is not None and quote.speaker.text == "le général Diop"
    assert quote.cue is not None and quote.cue.text == "a lancé"
    assert quote.rule.startswith("reporting:")


def test_indirect_quote_leaves_its_complementiser_out(lexicon: Lexicon) -> None:
    (quote,) = find_quotes(build(THAT), lexicon, nobody)
    assert (quote.span.text, quote.kind) == ("Kiev cède", "indirect")
    assert quote.speaker is not None and quote.speaker.text == "Le ministre"


def test_source_phrase_makes_an_indirect_quote(lexicon: Lexicon) -> None:
    (quote,) = find_quotes(build(ACCORDING), lexicon, nobody)
    assert (quote.span.text, quote.kind) == ("deux villes brûlent", "indirect")
    assert quote.chain[0].kind == "institution"


def test_fullest_mention_comes_from_coreference(lexicon: Lexicon) -> None:
    parsed = build(DIRECT)
    full = Span(parsed.text.index("général"), parsed.text.index("Diop") + 4, "général Diop")
    (quote,) = find_quotes(parsed, lexicon, lambda start, end: (full, "a1"))
    assert quote.speaker == full
    assert quote.chain[0].actor == "a1"
    assert quote.chain[0].words is not None and quote.chain[0].words.text == "le général Diop"


def test_attribution_of_a_word_is_the_chain_around_it(lexicon: Lexicon) -> None:
    parsed = build(ACCORDING)
    speech = read_speech(parsed, lexicon, nobody)
    (link,) = attribution_of(speech, parsed.text.index("brûlent"))
    assert link.holder is not None and "ONU" in link.holder.text
    assert attribution_of(speech, 0) == ()


def test_chain_names_the_one_cited_before_the_one_who_cites(lexicon: Lexicon) -> None:
    (quote,) = find_quotes(build(RELAYED), lexicon, nobody)
    assert [(a.words.text, a.kind) for a in quote.chain if a.words] == [("un diplomate", "unnamed"), ("l'AFP", "media")]


def test_accusation_is_no_quote_but_told_on_the_accuser_s_word(lexicon: Lexicon) -> None:
    parsed = build(ACCUSED)
    speech = read_speech(parsed, lexicon, nobody)
    assert speech.quotes == ()
    (link,) = attribution_of(speech, parsed.text.index("armer"))
    assert link.words is not None and link.words.text == "Kiev"


def test_nobody_is_a_source_of_his_own_acts(lexicon: Lexicon) -> None:
    parsed = build(ACCUSED)
    full = Span(0, 4, "Kiev")
    speech = read_speech(parsed, lexicon, lambda start, end: (full, "a1"))
    assert attribution_of(speech, parsed.text.index("armer"), actors={"a1"}) == ()


def test_dash_at_the_head_of_a_line_gives_the_word(lexicon: Lexicon) -> None:
    (quote,) = find_quotes(build(DIALOGUE), lexicon, nobody)
    assert (quote.span.text, quote.kind) == ("Jamais", "direct")
    assert quote.speaker is not None and quote.speaker.text == "le général"


def test_form_is_known_behind_a_wrong_lemma(lexicon: Lexicon) -> None:
    (quote,) = find_quotes(build(MISTAGGED), lexicon, nobody)
    assert (quote.span.text, quote.kind) == ("Kiev cède", "indirect")
    assert quote.speaker is not None and quote.speaker.text == "Le roi"


def test_filter_leaves_names_out_and_without_it_every_stretch_counts(lexicon: Lexicon) -> None:
    parsed = build(NAMED)
    assert find_quotes(parsed, lexicon, nobody) == ()
    (quote,) = find_quotes(parsed, replace(lexicon, learned={}), nobody)
    assert quote.span.text == "Espoir"


def test_empty_text_has_no_quotes(lexicon: Lexicon) -> None:
    assert find_quotes(Parsed("", (), ()), lexicon, nobody) == ()


WORDS = st.sampled_from(
    [
        "«",
        "»",
        '"',
        "“",
        "”",
        "'",
        "’",
        "--",
        "—",
        ":",
        ",",
        ".",
        "(",
        ")",
        "dit",
        "a",
        "déclaré",
        "-t-il",
        "que",
        "selon",
        "Paris",
        "on",
    ]
)
TAGS = st.sampled_from(["VERB", "AUX", "NOUN", "PROPN", "PRON", "ADP", "SCONJ", "PUNCT", "ADV", "DET", "CCONJ"])
RELATIONS = st.sampled_from(
    ["nsubj", "ccomp", "acl:relcl", "conj", "obl:agent", "xcomp", "mark", "case", "expl:subj", "aux:pass", "nmod"]
)
FEATS = st.sampled_from(
    ["", "VerbForm=Fin", "VerbForm=Inf", "Tense=Past|VerbForm=Part", "Tense=Pres|VerbForm=Part", "PronType=Rel"]
)


@st.composite
def parses(draw: st.DrawFn) -> Parsed:
    """Any words in any tree."""
    size = draw(st.integers(1, 14))
    lemmas = {"dit": "dire", "déclaré": "déclarer"}
    text, tokens = "", []
    root = draw(st.integers(0, size - 1))
    for index in range(size):
        form = draw(WORDS)
        text += " " if draw(st.booleans()) and text else ""
        start = len(text)
        text += form
        head = -1 if index == root else draw(st.integers(0, index - 1)) if index > root and index else root
        relation = "root" if head < 0 else draw(RELATIONS)
        tokens.append(Token(start, len(text), form, lemmas.get(form, form), draw(TAGS), draw(FEATS), head, relation, 0))
    return Parsed(text, tuple(tokens), (Sentence(0, size),))


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(parsed=parses())
def test_any_tree_gives_exact_spans_and_the_same_twice(lexicon: Lexicon, parsed: Parsed) -> None:
    quotes = find_quotes(parsed, lexicon, nobody)
    assert quotes == find_quotes(parsed, lexicon, nobody)
    for quote in quotes:
        assert parsed.text[quote.span.start : quote.span.end] == quote.span.text
        for link in quote.chain:
            for span in (link.holder, link.words, link.cue):
                assert span is None or parsed.text[span.start : span.end] == span.text
