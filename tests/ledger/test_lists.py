"""Curated lists as one more source."""

from datetime import date
from pathlib import Path

import pytest

from depeche.errors import InputError
from depeche.ledger import write
from depeche.ledger.lists import import_lists
from depeche.ledger.store import Store

TRIP = """    <trip role="{role}" who="{who}">
        <id>{n}</id>
        <role>{role}</role>
        <name>{name}</name>
        <start-date>{start}</start-date>
        <end-date>{end}</end-date>
        <country id="x">{country}</country>
        <locale>{locale}</locale>
        <remarks>{remarks}</remarks>
    </trip>
"""
ELDER = {"role": "secretary", "who": "elder-ann", "name": "Ann B. (Anna Beth) Elder"}


def trips(*rows: dict[str, str]) -> str:
    plain = {"n": "1", "country": "Italy", "locale": "Rome", "remarks": "Met with officials."}
    return "<trips>\n" + "".join(TRIP.format(**plain | ELDER | row) for row in rows) + "</trips>\n"


LEADERS = """stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,notes
FRN,220,X1,Durand,16,5,1995,3,2004,"a note, with a comma"
FRN,220,X2,Morel,2,3,2004,,,
RUS,365,X3,Sokolov,1,6,1980,8,1986,
RUS,365,X4,Belov,3,2,2001,,,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lists = tmp_path / "lists"
    lists.mkdir()
    rows = (
        {"start": "1985-03-02", "end": "1985-03-04"},
        {"start": "1986-10-10", "end": "1986-10-10", "country": "U.S.S.R.", "locale": "Moscow"},
        {"start": "1987-01-05", "end": "1987-01-06", "country": "Korea, South", "locale": "Seoul, Pusan"},
    )
    (lists / "elder.xml").write_text(trips(*rows), encoding="utf-8")
    (lists / "leaders.csv").write_text(LEADERS, encoding="utf-8")
    return lists


def ask(store: Store, query: str):
    with store.connect() as con:
        return con.execute(query).fetchall()


def test_trips_become_visits_that_open_on_their_rows(store, folder):
    done = import_lists(store, [folder / "elder.xml"])
    assert (len(done.added), done.rows, done.problems) == (1, 3, ())
    rows = ask(
        store,
        """SELECT e.type, e.mode, e.begins, e.ends, p.name, p.key, p.country, l.name, l.country, r.country, d.kind, d.outlet,
        substring(d.text, e.start + 1, e."end" - e.start)
        FROM event_mentions e JOIN documents d ON d.id = e.document JOIN places l ON l.id = e.place
        JOIN participants p ON p.mention = e.id AND p.role = 'actor' JOIN participants r ON r.mention = e.id AND r.role = 'recipient'
        ORDER BY e.begins""",
    )
    assert [r[:12] for r in rows] == [
        ("CONSULT", "visit", date(1985, 3, 2), date(1985, 3, 5), "Ann B. Elder", "ann b elder", "USA", "Rome", "ITA", "ITA", "list", "us-travels"),
        ("CONSULT", "visit", date(1986, 10, 10), date(1986, 10, 11), "Ann B. Elder", "ann b elder", "USA", "Moscow", "SUN", "SUN", "list", "us-travels"),
        ("CONSULT", "visit", date(1987, 1, 5), date(1987, 1, 7), "Ann B. Elder", "ann b elder", "USA", "Seoul", "KOR", "KOR", "list", "us-travels"),
    ]  # fmt: skip
    assert all(r[12].startswith("<trip ") and r[12].endswith("</trip>") for r in rows)
    spans = ask(
        store,
        'SELECT DISTINCT substring(d.text, p.start + 1, p."end" - p.start) = p.words FROM participants p JOIN documents d ON d.id = p.document',
    )
    assert spans == [(True,)]


def test_a_traveller_holds_the_office_of_the_role(store, folder):
    import_lists(store, [folder])
    assert ask(store, "SELECT source, person, office_key, \"of\", first_seen, last_seen FROM tenures WHERE office_key = 'minister.foreign'") == [
        ("us-travels", "Ann B. Elder", "minister.foreign", "USA", date(1985, 3, 2), date(1987, 1, 5))
    ]  # fmt: skip


def test_leaders_have_bounds_by_month_and_the_codes_of_their_time(store, folder):
    import_lists(store, [folder / "leaders.csv"])
    rows = ask(store, 'SELECT person, "of", begins_by, ends_after, ends_by, source FROM tenures ORDER BY person')
    assert rows == [
        ("Belov", "RUS", date(2001, 2, 3), date(2004, 3, 2), None, "reign-leaders"),
        ("Durand", "FRA", date(1995, 5, 16), date(2004, 3, 1), date(2004, 4, 1), "reign-leaders"),
        ("Morel", "FRA", date(2004, 3, 2), date(2004, 3, 2), None, "reign-leaders"),
        ("Sokolov", "SUN", date(1980, 6, 1), date(1986, 8, 1), date(1986, 9, 1), "reign-leaders"),
    ]
    words = ask(
        store,
        "SELECT substring(d.text, m.start + 1, m.\"end\" - m.start) FROM tenure_mentions m JOIN documents d ON d.id = m.document WHERE person = 'Sokolov'",
    )
    assert words == [("RUS,365,X3,Sokolov,1,6,1980,8,1986",)]


def test_importing_twice_changes_nothing(store, folder):
    import_lists(store, [folder])
    before = ask(store, "SELECT * FROM event_mentions ORDER BY id")
    again = import_lists(store, [folder])
    assert (again.added, again.removed, len(again.known)) == ((), (), 2)
    assert ask(store, "SELECT * FROM event_mentions ORDER BY id") == before


def test_a_newer_list_takes_the_place_of_the_older(store, folder, tmp_path):
    import_lists(store, [folder])
    newer = tmp_path / "leaders-new.csv"
    newer.write_text(LEADERS.replace("Morel,2,3,2004,,", "Morel,2,3,2004,9,2006"), encoding="utf-8")
    done = import_lists(store, [newer])
    assert (len(done.added), len(done.removed)) == (1, 1)
    assert ask(store, "SELECT ends_by FROM tenures WHERE person = 'Morel'") == [(date(2006, 10, 1),)]
    assert ask(store, "SELECT count(*) FROM documents") == [(2,)]


def test_bad_rows_are_told_with_their_lines_and_the_rest_goes_in(store, tmp_path):
    path = tmp_path / "elder.xml"
    rows = (
        {"start": "1985-03-02", "end": "1985-03-04"},
        {"start": "1985-13-02", "end": "1985-13-04"},
        {"start": "1986-03-02", "end": "1986-03-04", "country": "Ruritania"},
        {"start": "1986-05-02", "end": "1986-05-01"},
    )
    path.write_text(trips(*rows).replace("</trips>", '<trip role="secretary">'), encoding="utf-8")
    done = import_lists(store, [path])
    assert (done.rows, [p.line for p in done.problems]) == (1, [12, 22, 32, 42])
    assert "Ruritania" in str(done.problems[1])
    csv = tmp_path / "leaders.csv"
    csv.write_text(LEADERS + "XYZ,1,X5,Nemo,1,1,2000,,,\nFRN,220,X6,Petit,1,13,2000,,,\nFRN,220\n", encoding="utf-8")
    done = import_lists(store, [csv])
    assert (done.rows, [p.line for p in done.problems]) == (4, [6, 7, 8])


def test_a_visit_before_taking_office_is_that_of_one_elect(store, tmp_path):
    path = tmp_path / "elder.xml"
    path.write_text(
        trips(
            {
                "role": "president",
                "start": "1985-01-02",
                "end": "1985-01-04",
                "remarks": "Talks. [Visit made as President-elect.]",
            }
        ),
        encoding="utf-8",
    )
    import_lists(store, [path])
    assert ask(store, "SELECT told, basis FROM tenure_mentions") == [("elect", "listed")]
    assert ask(store, "SELECT count(*) FROM tenures") == [(0,)]


def test_a_file_covers_from_its_first_trip_to_its_last(store, folder):
    import_lists(store, [folder / "elder.xml"])
    covered = 'SELECT type, mode, office_key, "of", begins, ends FROM list_coverage'
    assert ask(store, covered) == [("CONSULT", "visit", "minister.foreign", "USA", date(1985, 3, 2), date(1987, 1, 7))]


def test_coverage_can_be_declared(store, folder):
    import_lists(
        store, [folder / "elder.xml"], covered=[(None, date(1986, 1, 1)), (date(1986, 9, 1), date(1988, 1, 1))]
    )
    assert ask(store, "SELECT begins, ends FROM list_coverage ORDER BY ends") == [
        (None, date(1986, 1, 1)),
        (date(1986, 9, 1), date(1988, 1, 1)),
    ]


def test_successors_cover_the_time_between_them_and_a_missing_one_leaves_a_hole(store, tmp_path):
    for who, start, end in (
        ("vance-cyrus-roberts", "1977-02-15", "1980-04-23"),
        ("muskie-edmund-sixtus", "1980-05-13", "1980-12-14"),
        ("shultz-george-pratt", "1982-10-02", "1989-01-17"),
    ):
        (tmp_path / f"{who}.xml").write_text(
            trips({"who": who, "start": start, "end": start}, {"who": who, "start": end, "end": end}), encoding="utf-8"
        )
    import_lists(store, [tmp_path])
    assert ask(store, "SELECT begins, ends FROM list_coverage ORDER BY begins") == [
        (date(1977, 2, 15), date(1980, 4, 24)),
        (date(1980, 4, 24), date(1980, 12, 15)),
        (date(1982, 10, 2), date(1989, 1, 18)),
    ]


def test_a_list_is_forgotten_with_all_that_rests_on_it(store, folder):
    done = import_lists(store, [folder])
    write.forget(store, done.added)
    for table in (
        "documents",
        "event_mentions",
        "events",
        "tenure_mentions",
        "tenures",
        "list_coverage",
        "participants",
    ):
        assert ask(store, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_what_is_no_list_is_refused(store, tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"notes\.csv: not a list of a known kind; accepted: us-travels or reign-leaders"
    ):
        import_lists(store, [path])
    with pytest.raises(InputError, match="'leaders' is no kind of list"):
        import_lists(store, [path], kind="leaders")
    with pytest.raises(InputError, match="No such file"):
        import_lists(store, [tmp_path / "none.xml"])


def test_a_list_is_one_document_however_many_months_it_speaks_of(store, folder):
    import_lists(store, [folder])
    assert ask(store, "SELECT witnesses, documents FROM tenures WHERE office_key = 'minister.foreign'") == [(3, 1)]
