"""Documents without a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import depeche
from depeche.analysis.dating import dating
from depeche.cli.main import main
from depeche.ledger import write
from depeche.ledger.calendar import Said, parse_said, windows
from depeche.ledger.dating import Clues, Held, Told, date_document
from depeche.ledger.rows import rows_of
from depeche.ledger.tenures import READ

BANDA = Held(READ, ("josue banda",), date(2014, 1, 6), date(2016, 6, 6), None, date(2016, 9, 5), 30)
PHIRI = Held(READ, ("esther phiri",), date(2016, 9, 5), date(2019, 2, 4), date(2016, 6, 6), None, 30)
TEMBO = Held("reign-leaders", ("tembo",), date(2001, 1, 1), date(2005, 3, 1), date(2000, 12, 31), date(2005, 4, 1), 1)
OFFICE = ("ZMB", "minister.defence")
TENURES = {OFFICE: (BANDA, PHIRI)}


def told(person: str, how: str = "current") -> Told:
    return Told("m", *OFFICE, person, how)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2019-02-14", Said(2019, 2, 14, None)),
        ("--05-12", Said(None, 5, 12, None)),
        ("--05-12/5", Said(None, 5, 12, 5)),
        ("2017-05", Said(2017, 5, None, None)),
        ("--05", Said(None, 5, None, None)),
        ("2012", Said(2012, None, None, None)),
        ("--02-29", Said(None, 2, 29, None)),
        ("2019-02-30", None),
    ],
)
def test_days_in_part(text, said):
    assert parse_said(text) == said


def test_a_weekday_with_its_date_falls_in_few_years():
    friday = Said(None, 5, 12, 5)
    assert windows([friday], date(2014, 1, 1), date(2019, 1, 1)) == (date(2017, 5, 2), date(2017, 5, 27))
    assert windows([friday], date(2018, 1, 1), date(2019, 1, 1)) is None
    assert windows([friday], None, date(2019, 1, 1)) is None


def test_a_holder_bounds_the_day():
    found = date_document(Clues(told=(told("josue banda"),)), TENURES)
    assert (found.earliest, found.latest) == (date(2013, 3, 12), date(2016, 10, 20))
    assert [(r.kind, r.record, r.used) for r in found.reasons] == [("tenure", "m", True)]


def test_of_two_holders_of_one_office_the_text_remembers_the_earlier():
    found = date_document(Clues(told=(told("josue banda"), told("esther phiri"))), TENURES)
    assert found.earliest == date(2016, 4, 22)
    assert found.latest is not None and found.latest > date(2019, 2, 4)
    assert [r.used for r in found.reasons] == [False, True]


def test_a_former_holder_leaves_the_end_open():
    found = date_document(Clues(told=(told("josue banda", "former"),)), TENURES)
    assert (found.earliest, found.latest) == (date(2016, 4, 22), None)


def test_whom_only_a_list_knows_is_remembered_where_news_knows_others():
    clues = Clues(told=(Told("m", "ZMB", "head_of_state", "tembo", "current"),))
    alone = date_document(clues, {("ZMB", "state_leader"): (TEMBO,)})
    assert (alone.earliest, alone.latest) == (date(2000, 11, 16), date(2005, 5, 16))
    among = date_document(clues, {("ZMB", "state_leader"): (TEMBO,), ("ZMB", "head_of_state"): (PHIRI,)})
    assert (among.earliest, among.latest) == (date(2000, 11, 16), None)


def test_a_past_day_is_a_lower_bound_and_a_day_to_come_is_none():
    clues = Clues(
        told=(told("josue banda"),),
        times=(("2015-06-02", "past", "le 2 juin 2015"), ("2022-01-01", "future", "le 1er janvier 2022")),
    )
    assert date_document(clues, TENURES).earliest == date(2015, 6, 2)


def test_a_copy_dates_within_days():
    found = date_document(Clues(copies=(("d", date(2015, 6, 2)),)), {})
    assert (found.earliest, found.latest) == (date(2015, 5, 3), date(2015, 7, 2))


def test_nothing_is_guessed_from_nothing():
    found = date_document(Clues(times=(("--05-12/5", "past", "vendredi 12 mai"),)), {})
    assert (found.earliest, found.latest, found.reasons) == (None, None, ())


NEWS = [
    ("2014-02-03", "Le ministre zambien de la Défense, Josué Banda, a reçu lundi une délégation."),
    ("2014-09-08", "Le ministre zambien de la Défense Josué Banda s'est rendu lundi à Lusaka."),
    ("2015-06-01", "Josué Banda, ministre zambien de la Défense, a salué lundi cet accord."),
    ("2015-11-02", "Le ministre zambien de la Défense, Josué Banda, a rencontré lundi ses officiers."),
    ("2016-03-07", "La ministre zambienne de la Défense, Esther Phiri, a pris ses fonctions lundi."),
    ("2016-10-03", "La ministre zambienne de la Défense, Esther Phiri, a rencontré lundi son homologue."),
]
UNDATED = "Le ministre zambien de la Défense, Josué Banda, a inauguré mardi 14 avril une caserne à Lusaka."


@pytest.fixture(scope="module")
def rows():
    return [rows_of(depeche.read(text, published=day, lang="fr"), "test") for day, text in [*NEWS, (None, UNDATED)]]


def dated(store):
    (found,) = dating(store).documents
    return found


def test_an_undated_document_gets_its_interval_and_its_reasons(store, rows):
    write.add(store, rows)
    found = dated(store)
    assert (found.earliest, found.latest) == (date(2015, 4, 4), date(2015, 4, 29))
    assert [(r.kind, r.words) for r in found.reasons] == [
        ("tenure", "josue banda, minister.defence of ZMB"),
        ("day", "mardi 14 avril"),
    ]
    with store.connect() as con:
        assert con.execute("SELECT published FROM documents WHERE id = ?", [found.document]).fetchone() == (None,)
        assert con.execute("SELECT id FROM tenure_mentions WHERE document = ?", [found.document]).fetchone() == (
            found.reasons[0].record,
        )


def test_the_interval_does_not_depend_on_the_order(store, rows, tmp_path):
    write.add(store, rows)
    other = replace_store(tmp_path)
    for one in rows[::-1]:
        write.add(other, [one])
    assert dated(other) == dated(store)


def replace_store(tmp_path):
    from depeche.ledger.store import Store

    return Store(tmp_path / "other.duckdb", create=True)


def test_what_dated_it_can_go_again(store, rows):
    write.add(store, rows)
    write.forget(store, [r.id for r in rows[:3]])
    assert dated(store).earliest is None


def test_the_command(store, rows, capsys):
    write.add(store, rows)
    assert main(["dating", "--ledger", str(store.path)]) == 0
    out = capsys.readouterr().out
    assert "2015-04-04 to 2015-04-29" in out and "day: mardi 14 avril" in out
    assert main(["dating", "nowhere", "--ledger", str(store.path)]) == 2


def test_reading_without_a_date_tells_no_date():
    reading = depeche.read(UNDATED, lang="fr")
    assert all(t.as_of is None for t in reading.tenures)
    assert all(t.start is None for t in reading.times)
    assert [t.said for t in reading.times] == ["--04-14/2"]
    assert replace(reading.times[0], tense=None).said == "--04-14/2"


def test_a_holder_in_a_sentence_that_names_a_year_is_remembered(store, rows):
    text = "En 2015, le ministre zambien de la Défense, Josué Banda, avait inauguré une caserne. Elle a été fermée."
    write.add(store, [*rows[:-1], rows_of(depeche.read(text, lang="fr"), "test")])
    found = dated(store)
    assert (found.earliest is not None, found.latest) == (True, None)
