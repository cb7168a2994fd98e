"""Claims other than "the first": last, only, n-th, never, since, and how often."""

from __future__ import annotations

import pytest
from check_book import Book

from depeche.analysis.check.comparison import CHANCE, _by_chance
from depeche.analysis.check.names import CERTAIN, NO, POSSIBLE, same_person


@pytest.fixture
def book() -> Book:
    """Visits of US ministers of defence to Algeria in 2002, 2006 and 2020, and two to Tunisia, on a list from the first there was."""
    book = Book()
    listed = book.travels(None, "2021-01-01")
    book.held("Donald Rumsfeld", "2001-01-20", "2006-12-18")
    book.held("Mark Esper", "2019-07-23", "2020-11-09")
    for who, days, place in (
        ("Donald Rumsfeld", "2002-04-03", "Alger"), ("Donald Rumsfeld", "2006-02-12", "Alger"), ("Mark Esper", "2020-10-01", "Alger"),
        ("Donald Rumsfeld", "2006-02-11", "Tunis"), ("Mark Esper", "2020-09-30", "Tunis"),
    ):  # fmt: skip
        book.deed(listed, who, days, place=place)
    return book


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [
        ({"kind": "nth", "n": 3, "on": "2020-10-01"}, "supported"),
        ({"kind": "nth", "n": 2, "on": "2020-10-01"}, "contradicted"),
        ({"kind": "nth", "n": 4, "on": "2020-10-01"}, "contradicted"),
        ({"kind": "nth", "n": 2, "since": "2005", "on": "2020-10-01"}, "supported"),
        ({"kind": "nth", "n": 2, "since": "2006", "on": "2020-10-01"}, "undecidable"),  # with that of 2006, or without?
        ({"kind": "nth", "n": 2, "persons": True, "on": "2020-10-01"}, "supported"),
        ({"kind": "only", "since": "2006-03", "on": "2020-12-01"}, "supported"),
        ({"kind": "only", "since": "2005", "on": "2020-12-01"}, "contradicted"),
        ({"kind": "only", "since": "2006", "on": "2020-12-01"}, "undecidable"),
        ({"kind": "only", "since": "2007", "on": "2019-12-01"}, "contradicted"),  # there was none
        ({"kind": "only", "persons": True, "on": "2010-01-01", "actor": "Donald Rumsfeld"}, "supported"),
        ({"kind": "only", "persons": True, "on": "2010-01-01", "actor": "Robert Gates"}, "contradicted"),
        ({"kind": "never", "on": "2001-01-01"}, "supported"),
        ({"kind": "never", "on": "2006-06-01"}, "contradicted"),
        ({"kind": "never", "since": "2006", "on": "2020-09-01"}, "supported"),
        ({"kind": "never", "since": "2006", "on": "2020-10-05"}, "undecidable"),  # said on the occasion
        ({"kind": "never", "since": "2006", "on": "2020-12-01"}, "contradicted"),
        ({"kind": "since", "since": "2006", "on": "2020-09-01"}, "supported"),
        ({"kind": "since", "since": "2007", "on": "2020-09-01"}, "undecidable"),  # none since, but none in 2007 either
        ({"kind": "since", "since": "2002", "on": "2020-09-01"}, "contradicted"),
        ({"kind": "last", "until": "2006", "on": "2020-09-01"}, "supported"),
        ({"kind": "last", "until": "2006-02", "on": "2010-01-01"}, "supported"),
        ({"kind": "last", "until": "2002", "on": "2020-09-01"}, "contradicted"),
        ({"kind": "last", "until": "2008", "on": "2020-09-01"}, "contradicted"),  # the list holds none in 2008
        ({"kind": "last", "until": "2006", "on": "2020-12-01"}, "contradicted"),
        ({"kind": "comparison", "than": "TUN", "on": "2020-12-01"}, "supported"),
        ({"kind": "comparison", "than": "TUN", "since": "2005", "on": "2020-12-01"}, "contradicted"),
        ({"kind": "comparison", "than": "TUN", "since": "2005", "on": "2020-12-01", "relation": "equal"}, "supported"),
        ({"kind": "comparison", "than": "Maroc", "on": "2020-12-01", "relation": "less"}, "contradicted"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(map(str, value.values())),
)
def test_verdicts(book: Book, parts: dict[str, object], verdict: str) -> None:
    found = book.check(**parts)
    assert found.verdict == verdict, found.reasons
    assert found.coverage is not None


@pytest.mark.parametrize("kind", ["nth", "only", "never", "since", "last", "comparison"])
def test_a_hole_in_the_cover_leaves_every_kind_undecided(book: Book, kind: str) -> None:
    right: dict[str, dict[str, object]] = {
        "nth": {"n": 3, "on": "2020-10-01"}, "only": {"since": "2006-03", "on": "2020-12-01"}, "never": {"since": "2006", "on": "2020-09-01"},
        "since": {"since": "2006", "on": "2020-09-01"}, "last": {"until": "2006", "on": "2020-09-01"},
        "comparison": {"than": "TUN", "on": "2020-12-01"},
    }  # fmt: skip
    assert book.check(kind=kind, **right[kind]).verdict == "supported"
    (listed,) = book.con.execute("SELECT document FROM list_coverage").fetchone() or ("",)
    book.con.execute("UPDATE list_coverage SET ends = '2011-01-01'")
    book.covers(listed, "2011-01-02", "2021-01-01")
    verdict = book.check(kind=kind, **right[kind])
    assert verdict.verdict == "undecidable"
    assert verdict.coverage is not None and verdict.coverage.empty == ("2011-01",)


def test_a_list_covers_a_person_only_while_in_the_office(book: Book) -> None:
    parts: dict[str, object] = {"kind": "never", "subject": "Donald Rumsfeld", "of": None, "place": "MAR"}
    assert book.check(**parts, since="2003", on="2005-01-01").verdict == "supported"
    assert book.check(**parts, since="1999", on="2005-01-01").verdict == "undecidable"
    assert book.check(**parts, since="2003", on="2009-01-01").verdict == "undecidable"


def test_counts_of_what_was_read_may_differ_by_chance() -> None:
    assert _by_chance(9, 12)
    assert not _by_chance(17, 20)
    assert CHANCE == 0.01


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("mark esper", "mark esper", CERTAIN),
        ("mark thomas esper", "mark esper", CERTAIN),
        ("george w bush", "george h w bush", POSSIBLE),
        ("george w bush", "george walker bush", CERTAIN),
        ("esper", "mark esper", POSSIBLE),
        ("hillary clinton", "bill clinton", NO),
        ("mark esper", "mark milley", NO),
    ],
)
def test_names(one: str, other: str, level: int) -> None:
    assert same_person(one, other) == same_person(other, one) == level
