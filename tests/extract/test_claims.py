"""Claims on parses, events and times made by hand: no model is needed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depeche.annotate.parsed import Parsed, Sentence, Token
from depeche.extract.claims import find_claims
from depeche.languages.reader import read_entries
from depeche.languages.schema.claims import ClaimCue
from depeche.records import Actor, Claim, Event, Factuality, Participant, Span, Time


@dataclass(frozen=True, eq=False)
class Cues:
    """A lexicon of claims alone."""

    claims: tuple[ClaimCue, ...]


LEXICON = Cues(tuple(read_entries(resources.files("depeche.languages").joinpath("fr/claims.yaml"), ClaimCue)))


class Nobody:
    """A resolver that knows no actor."""

    def resolve(self, start: int, end: int) -> tuple[Span, str] | None:
        return None

    @property
    def by_id(self) -> Mapping[str, Actor]:
        return {}


def parse(rows: str) -> Parsed:
    """A one-sentence parse from rows "word UPOS head [feats]" (1-based heads, 0 for the root)."""
    tokens: list[Token] = []
    text = ""
    for row in rows.strip().splitlines():
        word, upos, head, *feats = row.split()
        text += "" if not text or text.endswith("'") or word in ",." else " "
        start = len(text)
        tokens.append(
            Token(start, start + len(word), word, word.lower(), upos, "".join(feats), int(head) - 1, "dep", 0)
        )
        text += word
    return Parsed(text, tuple(tokens), (Sentence(0, len(tokens)),))


def span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words), words)


def event(parsed: Parsed, trigger: str, kind: str = "CONSULT", actor: str | None = None) -> Event:
    evidence = span(parsed.text, trigger)
    actors = (Participant(span(parsed.text, actor), span(parsed.text, actor), "FRA"),) if actor else ()
    return Event(f"e-{trigger}", kind, None, None, (evidence,), actors, (), Factuality("actual"), evidence, "test")


def year(parsed: Parsed, words: str, start: int) -> Time:
    return Time(span(parsed.text, words), "interval", "year", datetime(start, 1, 1), None, "test")


def read(parsed: Parsed, events: list[Event], times: list[Time] | None = None) -> tuple[Claim, ...]:
    return find_claims(parsed, LEXICON, tuple(events), tuple(times or ()), Nobody())


VISIT = "La DET 3\npremière ADJ 3\nvisite NOUN 0\ndu ADP 5\nministre NOUN 3\ndepuis ADP 7\n2006 NUM 3\n. PUNCT 3"
BARE = "La DET 2\nvisite NOUN 0\nà ADP 4\nAlger PROPN 2\n, PUNCT 7\nla DET 7\npremière ADJ 2\ndepuis ADP 9\n2006 NUM 7\n. PUNCT 2"
NEVER = "Ils PRON 6\nne ADV 6\nse PRON 6\nsont AUX 6\njamais ADV 6\nrencontrés VERB 0\n. PUNCT 6"
WHO = (
    "Le DET 3\npremier ADJ 3\nprésident NOUN 0\nà ADP 6\nse PRON 6\nrendre VERB 3 VerbForm=Inf\nà ADP 8\nCuba PROPN 6\n"
    "depuis ADP 10\n1928 NUM 6\n. PUNCT 3"
)


def test_counted_event_with_its_bound() -> None:
    parsed = parse(VISIT)
    (claim,) = read(parsed, [event(parsed, "visite", actor="ministre")], [year(parsed, "depuis 2006", 2006)])
    assert (claim.kind, claim.n, claim.since, claim.event, claim.type) == ("first", 1, "2006", "e-visite", "CONSULT")
    assert claim.span.text == "La première visite du ministre depuis 2006"
    assert claim.subject and (claim.subject.text, claim.subject_country) == ("ministre", "FRA")
    assert claim.rule == "claims.counted:first"


def test_bare_ordinal_counts_the_event_before_it() -> None:
    parsed = parse(BARE)
    (claim,) = read(parsed, [event(parsed, "visite")], [year(parsed, "depuis 2006", 2006)])
    assert (claim.span.text, claim.event, claim.since) == ("la première depuis 2006", "e-visite", "2006")


def test_bare_ordinal_without_a_dated_bound_is_no_claim() -> None:
    parsed = parse(BARE)
    assert read(parsed, [event(parsed, "visite")]) == ()


def test_who_did_it_first() -> None:
    parsed = parse(WHO)
    (claim,) = read(parsed, [event(parsed, "rendre")], [year(parsed, "depuis 1928", 1928)])
    assert claim.kind == "first"
    assert claim.subject and claim.subject.text == "président"
    assert claim.since == "1928"


def test_never() -> None:
    parsed = parse(NEVER)
    (claim,) = read(parsed, [event(parsed, "rencontrés")])
    assert (claim.kind, claim.event, claim.n) == ("never", "e-rencontrés", None)


@pytest.mark.parametrize("rows", [VISIT, BARE, NEVER, WHO])
def test_without_events_there_is_nothing_to_check(rows: str) -> None:
    assert read(parse(rows), []) == ()


@pytest.mark.parametrize("noun", ["ministre", "dame", "tour"])
def test_fixed_phrases_are_no_claims(noun: str) -> None:
    parsed = parse(
        f"Le DET 3\npremière ADJ 3\n{noun} NOUN 4\nvisite NOUN 0\n. PUNCT 4".replace(
            "première", "premier" if noun != "dame" else "première"
        )
    )
    assert read(parsed, [event(parsed, "visite")]) == ()


def test_empty_text() -> None:
    assert read(Parsed("", (), ()), []) == ()


WORDS = st.sampled_from(
    [
        "la",
        "le",
        "première",
        "premier",
        "dernière",
        "deuxième",
        "seule",
        "visite",
        "attaque",
        "rencontre",
        "fois",
        "pour",
        "depuis",
        "2006",
        "en",
        "trois",
        "ans",
        "jamais",
        "aucun",
        "plus",
        "sans",
        "précédent",
        "inédite",
        "remonte",
        "à",
        "se",
        "rendre",
        "souvent",
        "que",
        "de",
        "l'",
        "histoire",
        ",",
        ".",
        "ministre",
    ]
)
TAGS = st.sampled_from(["NOUN", "PROPN", "ADJ", "DET", "ADP", "VERB", "AUX", "PUNCT", "NUM", "ADV", "PRON"])


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_parse_gives_exact_spans_and_the_same_answer_twice(data: st.DataObject) -> None:
    words = data.draw(st.lists(WORDS, min_size=1, max_size=22))
    text, tokens = "", []
    for index, word in enumerate(words):
        start = len(text)
        text += word + " "
        tokens.append(
            Token(
                start,
                start + len(word),
                word,
                word,
                data.draw(TAGS),
                "",
                data.draw(st.integers(-1, index - 1)),
                "dep",
                0,
            )
        )
    parsed = Parsed(text, tuple(tokens), (Sentence(0, len(tokens)),))
    at = data.draw(st.integers(0, len(tokens) - 1))
    trigger = Span(tokens[at].start, tokens[at].end, tokens[at].text)
    deed = Event("e", "CONSULT", None, None, (trigger,), (), (), Factuality("actual"), trigger, "test")
    when = data.draw(st.integers(0, len(tokens) - 1))
    time = Time(
        Span(tokens[when].start, tokens[when].end, tokens[when].text),
        "point",
        "month",
        datetime(2006, 2, 1),
        None,
        "test",
    )
    found = find_claims(parsed, LEXICON, (deed,), (time,), Nobody())
    for claim in found:
        assert text[claim.span.start : claim.span.end] == claim.span.text
        assert claim.event == "e"
    assert found == find_claims(parsed, LEXICON, (deed,), (time,), Nobody())
    assert [c.span.start for c in found] == sorted(c.span.start for c in found)
