"""Times: every rule's own examples, tense by the tree, the calendar, and properties that hold on any text."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depeche.annotate.parsed import Parsed, Sentence, Token
from depeche.errors import InputError, LexiconError
from depeche.extract.times import TimeGrammar, compile_times, find_times, iso
from depeche.extract.times.intervals import add, day_of, easter, month_of, season_of, unit_at
from depeche.languages.reader import read_entries
from depeche.languages.schema.times import TimeRule, TimeTense, TimeWord
from depeche.records import Span, Time

FRENCH = Path(__file__).parents[2] / "src" / "depeche" / "languages" / "fr"
WORDS = read_entries(FRENCH / "time_words.yaml", TimeWord)
RULES = read_entries(FRENCH / "time_rules.yaml", TimeRule)
TENSES = read_entries(FRENCH / "time_tenses.yaml", TimeTense)
EXAMPLE_DAY = date(2020, 10, 1)


@pytest.fixture(scope="module")
def grammar() -> TimeGrammar:
    return compile_times(WORDS, RULES, TENSES)


@pytest.mark.parametrize("rule", [r for r in RULES if not r.part], ids=lambda r: r.id)
def test_examples_of_each_rule(rule: TimeRule, grammar: TimeGrammar) -> None:
    assert rule.examples, "a rule without an example"
    for example in rule.examples:
        words, _, wanted = example.partition(" => ")
        times = find_times(words, grammar, EXAMPLE_DAY)
        found = [(t.rule, str(iso(t, EXAMPLE_DAY))) for t in times]
        assert (rule.id, wanted) in found, example


def parse(*rows: tuple[str, str, str, str, int, str]) -> Parsed:
    """A parse from (text, lemma, upos, feats, head, deprel) rows, with one space between words."""
    tokens, at = [], 0
    for text, lemma, upos, feats, head, deprel in rows:
        tokens.append(Token(at, at + len(text), text, lemma, upos, feats, head, deprel, 0))
        at += len(text) + 1
    return Parsed(" ".join(r[0] for r in rows), tuple(tokens), (Sentence(0, len(tokens)),))


PAST = "Mood=Ind|Tense=Imp|VerbForm=Fin"
FUTURE = "Mood=Ind|Tense=Fut|VerbForm=Fin"
PRESENT = "Mood=Ind|Tense=Pres|VerbForm=Fin"
PARTICIPLE = "Tense=Past|VerbForm=Part"


def only(parsed: Parsed, grammar: TimeGrammar, published: date = EXAMPLE_DAY) -> datetime | None:
    (time,) = find_times(parsed, grammar, published)
    return time.start


def test_tree_imperfect_is_past(grammar: TimeGrammar) -> None:
    parsed = parse(("Il", "il", "PRON", "", 1, "nsubj"), ("partait", "partir", "VERB", PAST, -1, "root"),
                   ("mardi", "mardi", "NOUN", "", 1, "obl:mod"))  # fmt: skip
    assert only(parsed, grammar) == datetime(2020, 9, 29)


def test_tree_future_is_ahead(grammar: TimeGrammar) -> None:
    parsed = parse(("Il", "il", "PRON", "", 1, "nsubj"), ("partira", "partir", "VERB", FUTURE, -1, "root"),
                   ("mardi", "mardi", "NOUN", "", 1, "obl:mod"))  # fmt: skip
    assert only(parsed, grammar) == datetime(2020, 10, 6)


def test_tree_compound_past(grammar: TimeGrammar) -> None:
    parsed = parse(("Il", "il", "PRON", "", 2, "nsubj"), ("est", "être", "AUX", PRESENT, 2, "aux:tense"),
                   ("parti", "partir", "VERB", PARTICIPLE, -1, "root"), ("jeudi", "jeudi", "NOUN", "", 2, "obl:mod"))  # fmt: skip
    assert only(parsed, grammar) == datetime(2020, 10, 1)


def test_tree_press_conditional_is_past(grammar: TimeGrammar) -> None:
    parsed = parse(("Il", "il", "PRON", "", 2, "nsubj"),
                   ("aurait", "avoir", "AUX", "Mood=Cnd|Tense=Pres|VerbForm=Fin", 2, "aux:tense"),
                   ("fui", "fuir", "VERB", PARTICIPLE, -1, "root"), ("mardi", "mardi", "NOUN", "", 2, "obl:mod"))  # fmt: skip
    assert only(parsed, grammar) == datetime(2020, 9, 29)


def test_tree_modal_with_infinitive_is_ahead(grammar: TimeGrammar) -> None:
    parsed = parse(("Il", "il", "PRON", "", 1, "nsubj"), ("doit", "devoir", "VERB", PRESENT, -1, "root"),
                   ("partir", "partir", "VERB", "VerbForm=Inf", 1, "xcomp"), ("mardi", "mardi", "NOUN", "", 2, "obl:mod"))  # fmt: skip
    assert only(parsed, grammar) == datetime(2020, 10, 6)


def test_tree_nearest_clause_decides(grammar: TimeGrammar) -> None:
    parsed = parse(("Il", "il", "PRON", "", 1, "nsubj"), ("annonçait", "annoncer", "VERB", PAST, -1, "root"),
                   ("qu'", "que", "SCONJ", "", 4, "mark"), ("il", "il", "PRON", "", 4, "nsubj"),
                   ("partira", "partir", "VERB", FUTURE, 1, "ccomp"), ("mardi", "mardi", "NOUN", "", 4, "obl:mod"))  # fmt: skip
    assert only(parsed, grammar) == datetime(2020, 10, 6)


def test_tree_planned_participle_is_ahead(grammar: TimeGrammar) -> None:
    parsed = parse(("La", "le", "DET", "", 1, "det"), ("marche", "marche", "NOUN", "", 5, "nsubj:pass"),
                   ("prévue", "prévoir", "VERB", PARTICIPLE, 1, "acl"), ("mardi", "mardi", "NOUN", "", 2, "obl:mod"),
                   ("était", "être", "AUX", PAST, 5, "aux:pass"), ("interdite", "interdire", "VERB", PARTICIPLE, -1, "root"))  # fmt: skip
    assert only(parsed, grammar) == datetime(2020, 10, 6)


def test_direction_overrules_the_tense(grammar: TimeGrammar) -> None:
    text = "Il est parti mardi."
    assert find_times(text, grammar, EXAMPLE_DAY, "future")[0].start == datetime(2020, 10, 6)
    assert find_times("Il partira mardi.", grammar, EXAMPLE_DAY, "past")[0].start == datetime(2020, 9, 29)


def test_unknown_direction_is_refused(grammar: TimeGrammar) -> None:
    with pytest.raises(InputError, match="sideways"):
        find_times("mardi", grammar, EXAMPLE_DAY, "sideways")


def test_impossible_dates_are_told_but_not_dated(grammar: TimeGrammar) -> None:
    (time,) = find_times("Signé le 31 février 2019.", grammar, EXAMPLE_DAY)
    assert time.span.text == "le 31 février 2019" and time.start is None


@pytest.mark.parametrize(
    ("start", "end", "grain", "kind", "wanted"),
    [
        (datetime(2020, 10, 1), datetime(2020, 10, 2), "day", "point", "2020-10-01"),
        (datetime(2006, 2, 1), datetime(2006, 3, 1), "month", "point", "2006-02"),
        (datetime(2006, 1, 1), datetime(2007, 1, 1), "year", "point", "2006"),
        (datetime(2022, 6, 23), datetime(2022, 6, 25), "day", "interval", "2022-06-23/2022-06-24"),
        (datetime(2020, 9, 28, 20), datetime(2020, 9, 29, 6), "daypart", "point", "2020-09-28/2020-09-29"),
        (datetime(2020, 9, 21), datetime(2020, 10, 1), "day", "point", "2020-09"),
        (datetime(2019, 1, 1), datetime(2019, 3, 1), "month", "point", "2019"),
        (datetime(2006, 1, 1), None, "year", "interval", "2006/2020"),
        (None, datetime(2016, 1, 1), "year", "interval", None),
        (None, None, "day", "recurring", None),
    ],
)
def test_iso(start: datetime | None, end: datetime | None, grain: str, kind: str, wanted: str | None) -> None:
    assert iso(Time(Span(0, 1, "x"), kind, grain, start, end, "r"), EXAMPLE_DAY) == wanted


def test_iso_of_an_open_time_without_publication_is_its_start() -> None:
    assert iso(Time(Span(0, 1, "x"), "interval", "year", datetime(2006, 1, 1), None, "r")) == "2006"


def test_rules_refuse_unknown_names() -> None:
    rule = TimeRule(id="r", patterns=("{nothing}",), op="shift", examples=())
    with pytest.raises(LexiconError, match="names no class"):
        compile_times(WORDS, [rule], TENSES)
    with pytest.raises(LexiconError, match="matches nothing"):
        compile_times(WORDS, [TimeRule(id="r", patterns=("le?",), op="shift", examples=())], TENSES)


def test_calendar() -> None:
    assert easter(2016) == date(2016, 3, 27) and easter(2021) == date(2021, 4, 4)
    assert add(datetime(2020, 3, 31), -1, "month") == datetime(2020, 2, 29)
    assert day_of(2019, 2, 29) is None and month_of(2019, 13) is None and season_of(2019, 5) is None
    assert unit_at(datetime(2020, 10, 1), "week").start == datetime(2020, 9, 28)
    assert unit_at(datetime(2020, 10, 1), "weekend").start == datetime(2020, 10, 3)
    assert unit_at(datetime(2020, 10, 1), "century").start == datetime(2001, 1, 1)


FORMS = sorted({f for w in WORDS for fs in w.values.values() for f in fs if not f.startswith("*")})
PIECES = st.one_of(
    st.sampled_from(FORMS), st.integers(0, 9999).map(str), st.text(max_size=4),
    st.sampled_from(["le", "du", "au", "de", "la", "dans", "depuis", "jusqu'au", "il y a", "avant", "après", "-", "/", "\n\n", "h"]),
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=14).map(" ".join), st.text(max_size=60))
DAYS = st.one_of(st.none(), st.dates())


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, published=DAYS, direction=st.sampled_from(["text", "past", "future"]))
def test_any_text(grammar: TimeGrammar, text: str, published: date | None, direction: str) -> None:
    times = find_times(text, grammar, published, direction)
    at = 0
    for time in times:
        assert text[time.span.start : time.span.end] == time.span.text
        assert time.span.start >= at
        at = time.span.end
        iso(time, published)
    assert times == find_times(text, grammar, published, direction)
