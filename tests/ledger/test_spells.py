"""Spells in office by weight of evidence."""

import random
from datetime import date, timedelta

from depeche.ledger.spells import Evidence, find_spells


def said(person: str, day: str, told: str = "current", basis: str = "stated", times: int = 1) -> Evidence:
    at = date.fromisoformat(day)
    return Evidence(person, told, basis, at - timedelta(days=at.weekday()), at, at, times, times, times)


def short(spells):
    return [(s.person, s.first.isoformat(), s.last.isoformat(), s.witnesses) for s in spells]


HANDOVER = [
    said("ana borges", "2018-03-05", times=3),
    said("ana borges", "2018-09-20", times=2),
    said("rui tavares", "2019-02-11", times=2),
    said("rui tavares", "2019-11-04", times=4),
]


def test_many_words_make_intervals_bounded_by_each_other():
    before, after = find_spells(HANDOVER, sole=True)
    assert (before.person, before.first, before.last, before.witnesses) == (
        "ana borges",
        date(2018, 3, 5),
        date(2018, 9, 20),
        5,
    )
    assert (before.begins_after, before.ends_by) == (None, date(2019, 2, 11))
    assert (after.begins_after, after.ends_by) == (date(2018, 9, 20), None)


def test_a_contradicting_witness_is_a_doubt_and_no_tenure():
    spells = find_spells([*HANDOVER, said("luis prado", "2019-06-03"), said("ana borges", "2019-06-17")], sole=True)
    assert [s.person for s in spells] == ["ana borges", "rui tavares"]
    assert [(d.kind, d.person, d.witnesses) for d in spells[1].doubts] == [
        ("rival", "ana borges", 1),
        ("rival", "luis prado", 1),
    ]


def test_words_at_the_handover_are_no_doubt():
    spells = find_spells([*HANDOVER, said("ana borges", "2019-02-14")], sole=True)
    assert spells[1].doubts == ()


def test_a_former_holder_ends_the_spell():
    (spell,) = find_spells([*HANDOVER[:2], said("ana borges", "2019-01-07", "former")], sole=True)
    assert spell.ends_by == date(2019, 1, 7)


def test_one_who_is_elect_is_not_yet_in_office():
    spells = find_spells([*HANDOVER, said("rui tavares", "2019-01-21", "elect")], sole=True)
    assert spells[1].begins_after == date(2019, 1, 21)


def test_offices_of_many_overlap_without_doubt():
    spells = find_spells([*HANDOVER, said("rui tavares", "2018-04-02", times=2)], sole=False)
    assert short(spells) == [
        ("ana borges", "2018-03-05", "2018-09-20", 5),
        ("rui tavares", "2018-04-02", "2019-11-04", 8),
    ]
    assert all(s.doubts == () for s in spells)


def test_what_does_not_say_whose_office_counts_with_others_only():
    assert find_spells([said("ana borges", "2018-03-05", basis="linked")], sole=True) == ()
    assert find_spells([said("ana borges", "2018-03-05", basis="resolved", times=9)], sole=True) == ()
    many = [said("ana borges", f"2018-0{n}-05", basis="linked") for n in (3, 4, 5)]
    assert short(find_spells(many, sole=True)) == [("ana borges", "2018-03-05", "2018-05-05", 3)]


def test_a_long_silence_is_told():
    (spell,) = find_spells([said("ana borges", "2014-03-05"), said("ana borges", "2018-03-05")], sole=True)
    assert [(d.kind, d.first, d.last) for d in spell.doubts] == [("gap", date(2014, 3, 5), date(2018, 3, 5))]


def test_a_list_is_believed_row_by_row():
    rows = [*HANDOVER, said("luis prado", "2018-12-03")]
    assert [s.person for s in find_spells(rows, sole=True)] == ["ana borges", "rui tavares"]
    assert [s.person for s in find_spells(rows, sole=True, trusted=True)] == ["ana borges", "luis prado", "rui tavares"]


def test_who_returns_has_two_spells():
    again = [*HANDOVER, said("ana borges", "2020-05-04", times=3)]
    assert [s.person for s in find_spells(again, sole=True)] == ["ana borges", "rui tavares", "ana borges"]


def test_the_order_of_the_evidence_does_not_count():
    evidence = [
        *HANDOVER,
        said("borges", "2018-05-07"),
        said("luis prado", "2019-06-03"),
        said("r tavares", "2019-07-01"),
    ]
    expected = find_spells(evidence, sole=True)
    for seed in range(5):
        random.Random(seed).shuffle(evidence)
        assert find_spells(evidence, sole=True) == expected


def test_a_handover_within_one_month_keeps_its_days():
    def of_month(person: str, first: str, last: str, times: int) -> Evidence:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        return Evidence(person, "current", "stated", start.replace(day=1), start, end, times, times, times)

    evidence = [
        of_month("ana borges", "2018-03-05", "2018-03-20", 5),
        of_month("ana borges", "2018-04-02", "2018-04-09", 2),
        of_month("rui tavares", "2018-04-12", "2018-04-30", 6),
        of_month("rui tavares", "2018-05-03", "2018-05-30", 6),
    ]
    before, after = find_spells(evidence, sole=True)
    assert (before.last, before.ends_by, before.witnesses) == (date(2018, 4, 9), date(2018, 4, 12), 7)
    assert after.begins_after == date(2018, 4, 9)
    assert (after.first, after.doubts) == (date(2018, 4, 12), ())
