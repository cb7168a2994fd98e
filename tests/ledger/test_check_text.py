"""Claims in words: what they ask of the ledger, and `depeche check` from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from depeche.analysis.check import Query, read_claim
from depeche.analysis.check.query import Party
from depeche.analysis.check.reading import queries_of
from depeche.analysis.check.told import told_in
from depeche.analysis.check.wording import after_standard, countries_in, title_of
from depeche.cli.main import main
from depeche.ledger.lists import import_lists
from depeche.ledger.store import Store

TRIP = """<trip role="president" who="{who}"><role>president</role><name>{name}</name><start-date>{first}</start-date>
<end-date>{last}</end-date><country id="x">{country}</country><locale>{town}</locale><remarks>Met.</remarks></trip>"""
TRIPS = (
    ("bush-george-w", "George W. Bush", "2006-03-01", "2006-03-03", "India", "New Delhi"),
    ("bush-george-w", "George W. Bush", "2008-01-15", "2008-01-16", "Saudi Arabia", "Riyadh"),
    ("bush-george-w", "George W. Bush", "2008-12-14", "2008-12-14", "Iraq", "Baghdad"),
    ("obama-barack", "Barack Obama", "2009-04-07", "2009-04-08", "Iraq", "Baghdad"),
    ("obama-barack", "Barack Obama", "2010-11-06", "2010-11-09", "India", "Mumbai, New Delhi"),
    ("obama-barack", "Barack Obama", "2016-03-20", "2016-03-22", "Cuba", "Havana"),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Travels of two presidents, whole from March 2006 to March 2016."""
    folder = tmp_path_factory.mktemp("travels")
    for who in ("bush-george-w", "obama-barack"):
        own = [t for t in TRIPS if t[0] == who]
        text = "".join(TRIP.format(who=w, name=n, first=f, last=e, country=c, town=t) for w, n, f, e, c, t in own)
        (folder / f"{who}.xml").write_text(f"<trips>{text}</trips>", encoding="utf-8")
    path = folder / "travels.duckdb"
    import_lists(Store(path, create=True), [folder])
    return path


def queries(text: str, on: str | None = "2016-03-21") -> tuple[Query, ...]:
    return tuple(q for told in told_in(read_claim(text, on=on, lang="fr")) for q in queries_of(told))


def query(text: str, on: str | None = "2016-03-21") -> Query:
    (found,) = queries(text, on)
    return found


MINISTER = ("minister.defence", "USA")
PRESIDENT = ("head_of_state", "USA")


@pytest.mark.parametrize(
    ("text", "kind", "office", "place", "since"),
    [
        ("première visite d'un ministre américain de la Défense en Algérie depuis 2006", "first", MINISTER, "DZA", "2006"),
        ("Première visite d'un président américain en Inde en dix ans", "first", PRESIDENT, "IND", "P10Y"),
        ("Pour la première fois depuis 1928, un président américain se rend à Cuba.", "first", PRESIDENT, "CUB", "1928"),
        ("C'est la première fois depuis mars 1928 qu'un président américain se rend à Cuba.", "first", PRESIDENT, "CUB", "1928-03"),
        ("La première visite d'un président des États-Unis en Espagne depuis trente ans a commencé mardi.", "first", PRESIDENT, "ESP", "P30Y"),
        ("La visite du chef d'État américain à Cuba, la première depuis 1928, a commencé dimanche.", "first", PRESIDENT, "CUB", "1928"),
        ("Le président Barack Obama est arrivé à Cuba, une première pour un président américain depuis 1928.", "first", PRESIDENT, "CUB", "1928"),
        ("Aucun président américain ne s'était rendu à Cuba depuis 1928.", "never", PRESIDENT, "CUB", "1928"),
        ("Jamais un président américain n'avait visité la Birmanie.", "never", PRESIDENT, "MMR", None),
        ("Troisième visite d'un président américain au Japon depuis 1974", "nth", PRESIDENT, "JPN", "1974"),
    ],
)  # fmt: skip
def test_words_become_a_query(text: str, kind: str, office: tuple[str, str], place: str, since: str | None) -> None:
    found = query(text)
    assert found.subject is not None and found.place is not None
    assert (found.kind, found.type, found.mode) == (kind, "CONSULT", "visit")
    assert (found.subject.office, found.subject.country) == office
    assert (found.place.country, found.since.words if found.since else None) == (place, since)
    assert found.unread is None


def test_the_last_one_and_how_often() -> None:
    last = query("La dernière visite d'un président américain en Inde remonte à 1978.")
    assert (last.kind, last.until and last.until.words) == ("last", "1978")
    often = query("Les présidents américains se rendent plus souvent en France qu'en Italie.")
    assert (often.kind, often.relation, often.other and often.other.country) == ("comparison", "more", "ITA")


def test_people_are_counted_where_the_words_say_so_and_he_is_named() -> None:
    found = query("John Kerry est le premier chef de la diplomatie américaine à se rendre à Cuba depuis 1945.")
    assert found.persons
    assert found.actor is not None and found.actor.person == "john kerry"
    assert found.subject is not None and found.subject.office == "minister.foreign"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Il s'agit de la première visite d'un chef d'État français à Alger depuis l'indépendance.", "a bound of which no date is known"),
        ("Barack Obama s'est rendu à Cuba, une première depuis 1928.", "of Barack Obama or of an office is not said"),
    ],
)  # fmt: skip
def test_what_no_query_can_say_is_told(text: str, why: str) -> None:
    found = query(text)
    assert found.unread is not None and why in found.unread


def test_an_office_with_its_holder_beside_it_is_read_both_ways() -> None:
    found = queries("La première visite du secrétaire d'État John Kerry à Cuba depuis 1945 a commencé vendredi.")
    assert [bool(q.subject and q.subject.person) for q in found] == [True, False]


def test_what_narrows_the_deed_is_kept() -> None:
    assert query("Première visite officielle d'un président américain à Cuba depuis 1928").narrowed == "officielle"


def test_a_noun_for_many_is_no_name() -> None:
    found = query("La première offensive de l'armée dans le nord depuis 2006 a été repoussée.")
    assert found.subject == Party("l'armée")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("un ministre américain de la Défense en Algérie", ("minister.defence", "USA", "current")),
        ("chef du Pentagone", ("minister.defence", "USA", "current")),
        ("le premier secrétaire à la Défense", ("minister.defence", None, "current")),
        ("secrétaire d'État américain", ("minister.foreign", "USA", "current")),
        ("l'ancien président américain Jimmy Carter", ("head_of_state", "USA", "former")),
        ("le président élu Donald Trump", ("head_of_state", None, "elect")),
        ("président de la République démocratique du Congo", ("head_of_state", "COD", "current")),
    ],
)
def test_titles(words: str, title: tuple[str, str | None, str]) -> None:
    found = title_of(words, "fr")
    assert found is not None
    assert (found.office, found.country, found.status) == title


def test_words_without_a_title_and_in_unknown_languages_name_no_office() -> None:
    assert title_of("un navire américain", "fr") is None
    assert title_of("the president", "xx") is None
    assert countries_in("de Paris à Moscou, puis en Pologne", "fr") == ("FRA", "RUS", "POL")
    assert after_standard("plus souvent en France qu'en Italie", "fr") == "en Italie"


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = main(["check", *args])
    written = capsys.readouterr()
    return code, written.out, written.err


@pytest.mark.parametrize(
    ("text", "on", "verdict"),
    [
        ("Première visite d'un président américain en Inde depuis 2006", "2010-11-06", "supported"),
        ("Un président américain s'est rendu en Irak pour la première fois depuis 2006.", "2009-04-07", "contradicted"),
        ("Un président américain s'est rendu en Irak pour la première fois depuis 2008.", "2009-04-07", "supported"),
        ("Pour la première fois depuis 2008, un président américain se rend à Cuba.", "2016-03-20", "supported"),
        ("Pour la première fois depuis 1928, un président américain se rend à Cuba.", "2016-03-20", "undecidable"),
        ("Première visite officielle d'un président américain en Irak depuis 2006", "2009-04-07", "undecidable"),
    ],
)
def test_a_text_is_checked(ledger: Path, capsys: pytest.CaptureFixture[str], text: str, on: str, verdict: str) -> None:
    code, out, _ = run(capsys, text, "--on", on, "--ledger", str(ledger), "--format", "json")
    (found,) = json.loads(out)
    assert (code, found["verdict"]) == (0, verdict), found["reasons"]


def test_the_counter_example_opens_on_the_words_of_its_row(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Un président américain s'est rendu en Irak pour la première fois depuis 2006."
    _, out, _ = run(capsys, text, "--on", "2009-04-07", "--ledger", str(ledger), "--format", "json")
    (counter,) = json.loads(out)[0]["counter_examples"]
    assert counter["days"] == "2008-12-14"
    assert counter["words"].startswith("<trip") and "Iraq" in counter["words"]
    with Store(ledger).connect() as con:
        row = con.execute("SELECT text FROM documents WHERE id = ?", [counter["document"]]).fetchone()
    assert row is not None
    assert row[0][counter["start"] : counter["end"]] == counter["words"]


def test_options_do_as_well_as_words(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = "--kind first --mode visit --subject président --of USA --place Irak --since 2006 --on 2009-04-07".split()
    code, out, _ = run(capsys, *parts, "--ledger", str(ledger))
    assert code == 0
    assert out.startswith("CONTRADICTED")
    assert "against" in out and "2007–2009 all listed" in out


def test_csv_has_a_row_a_claim(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Première visite d'un président américain en Inde depuis 2006. Aucun président américain ne s'est rendu à Cuba depuis 2007."
    code, out, _ = run(capsys, text, "--on", "2010-11-06", "--ledger", str(ledger), "--format", "csv")
    rows = list(csv.DictReader(out.splitlines(keepends=True)))
    assert code == 0
    assert [row["verdict"] for row in rows] == ["supported", "supported"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["Il pleut sur Brest."], "no checkable claim"),
        ([], "either in words or by --kind"),
        (["Première visite.", "--kind", "first"], "either in words or by --kind"),
        (["Première visite.", "--since", "2006"], "--since goes with --kind"),
        (["--kind", "first", "--since", "hier"], "'hier' is no date"),
        (["--kind", "first", "--place", "IRQ", "--format", "parquet"], "needs --output"),
    ],
)
def test_what_cannot_be_checked_says_why(
    ledger: Path, capsys: pytest.CaptureFixture[str], args: list[str], message: str
) -> None:
    code, out, err = run(capsys, *args, "--ledger", str(ledger))
    assert (code, out) == (2, "")
    assert message in err


def test_a_claim_that_is_no_query_is_an_error_of_its_own(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "C'est la première visite d'un président américain à Cuba depuis la révolution."
    code, out, _ = run(capsys, text, "--on", "2016-03-20", "--ledger", str(ledger))
    assert code == 2
    assert "UNDECIDABLE" in out and "no date is known" in out
