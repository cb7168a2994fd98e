"""Verdicts on claims, on small ledgers made of rows: what decides, what is in doubt, what nothing covers."""

from __future__ import annotations

import pytest
from check_book import Book, plain

from depeche.analysis.check import Verdict
from depeche.analysis.check.coverage import LEAST
from depeche.errors import InputError

FIRST = {"kind": "first", "since": "2006", "on": "2020-10-01"}


@pytest.fixture
def book() -> Book:
    """A list of the travels of US ministers of defence, and the visit that the claims are about."""
    book = Book()
    listed = book.travels("2000-01-01", "2021-01-01")
    book.held("Donald Rumsfeld", "2001-01-20", "2006-12-18")
    book.held("Mark Esper", "2019-07-23", "2020-11-09")
    book.deed(listed, "Donald Rumsfeld", "2006-02-12")
    book.deed(listed, "Mark Esper", "2020-10-01/2020-10-02")
    return book


def add_visit(book: Book, **changes: object) -> None:
    """One more visit, told by an article, by a minister who was in office then."""
    book.held("Ashton Carter", "2015-02-17", "2017-01-20")
    document = book.article("Il est venu.", "2015-05-20")
    given: dict[str, object] = {"who": "Ashton Carter", "days": "2015-05-18", **changes}
    book.deed(document, **given)  # type: ignore[arg-type]


def test_the_first_since_is_supported_where_a_list_covers_all_the_time_between(book: Book) -> None:
    verdict = book.check(**FIRST)
    assert verdict.verdict == "supported"
    assert verdict.claimed is not None and verdict.claimed.who == "Mark Esper"
    assert verdict.before is not None and verdict.before.days == "2006-02-12"
    assert verdict.coverage is not None and verdict.coverage.lists == ("travels",)


def test_a_visit_between_contradicts_in_its_words(book: Book) -> None:
    add_visit(book)
    verdict = book.check(**FIRST)
    assert verdict.verdict == "contradicted"
    (counter,) = verdict.counter
    assert (counter.who, counter.days, counter.words) == ("Ashton Carter", "2015-05-18", "Il ")
    assert counter.mention in verdict.records


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"who": "Ashton Carter", "status": "possible"}, "told as possible"),
        ({"who": "Ashton Carter", "status": "planned"}, "planned"),
        ({"who": "un responsable américain", "kind": "office"}, "stands for is not known"),
        ({"who": "John Doe"}, "office John Doe held is not known"),
        ({"who": "Carter"}, "office Carter held is not known"),
        ({"days": None}, "do not date it"),
        ({"place": None, "host": ("Tebboune", "person", "DZA")}, "where it was is not told"),
        ({"mode": None}, "not called a visit"),
        ({"who": "Washington", "kind": "state"}, "does not say who it was"),
    ],
    ids=["possible", "planned", "nameless", "unknown", "family name", "undated", "no place", "meeting", "state"],
)
def test_a_vague_visit_between_is_a_doubt_that_is_named(book: Book, changes: dict[str, object], why: str) -> None:
    add_visit(book, **changes)
    verdict = book.check(**FIRST)
    assert verdict.verdict == "undecidable"
    assert any(why in reason for reason in verdict.reasons), verdict.reasons
    assert len(verdict.doubts) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"place": "Tunis"},
        {"status": "denied"},
        {"mode": "phone"},
        {"country": "FRA"},
        {"who": "l'ancien ministre de la Défense Ashton Carter"},
        {"who": "le secrétaire d'État américain", "kind": "office"},
        {"days": "2006-11-02"},
        {"days": "2020-12-24"},
        {"who": "une actrice", "sector": "CVL"},
        {"type": "ACCUSE", "mode": None},
    ],
    ids=[
        "elsewhere",
        "denied",
        "by phone",
        "another state",
        "former",
        "another office",
        "before",
        "after",
        "private",
        "another deed",
    ],
)
def test_what_does_not_fit_changes_nothing(book: Book, changes: dict[str, object]) -> None:
    add_visit(book, **changes)
    assert book.check(**FIRST).verdict == "supported"


def test_a_day_uncertain_around_the_bound_is_a_doubt(book: Book) -> None:
    add_visit(book, who="Ashton Carter", days="2015-05")
    assert book.check(kind="first", since="2015-05-10", on="2020-10-01").verdict == "undecidable"
    assert book.check(kind="first", since="2015-06", on="2020-10-01").verdict == "supported"


def test_what_is_dated_loosely_wants_three_documents_that_agree(book: Book) -> None:
    add_visit(book, days="2015-05", event="visit")
    parts = {"kind": "first", "since": "2015-04", "on": "2020-10-01"}
    verdict = book.check(**parts)
    assert verdict.verdict == "undecidable"
    assert any("one document alone" in reason for reason in verdict.reasons)
    add_visit(book, days="2015-05", event="visit")
    assert book.check(**parts).verdict == "undecidable"
    add_visit(book, days="2015-05", event="visit")
    assert book.check(**parts).verdict == "contradicted"


def test_what_one_document_tells_among_others_wants_another_that_agrees(book: Book) -> None:
    visit = book.deed(book.article("Ils sont venus.", "2015-05-20"), "Ashton Carter", "2015-05-18", event="visit")
    book.held("Ashton Carter", "2015-02-17", "2017-01-20")
    book.join(visit, "Paolo")
    assert book.check(**FIRST).verdict == "undecidable"
    add_visit(book, event="visit")
    assert book.check(**FIRST).verdict == "contradicted"


def test_what_is_told_years_later_wants_another_document_that_agrees(book: Book) -> None:
    book.held("Ashton Carter", "2015-02-17", "2017-01-20")
    book.deed(book.article("Il était venu.", "2019-05-20"), "Ashton Carter", "2015-05-18", event="visit")
    assert book.check(**FIRST).verdict == "undecidable"


def test_who_holds_an_office_today_need_not_have_held_it_then(book: Book) -> None:
    document = book.article("Le ministre Carter était déjà venu.", "2015-05-20")
    book.deed(document, "Ashton Carter", "2009-05-18")
    book.says(document, "Ashton Carter", "2015-05-20")
    assert book.check(**FIRST).verdict == "undecidable"


def test_copies_of_one_dispatch_are_one_document(book: Book) -> None:
    for _ in range(3):
        add_visit(book, days="2015-05", event="visit")
    book.con.execute("UPDATE documents SET origin = 'd1' WHERE kind = 'text'")
    assert book.check(kind="first", since="2015-04", on="2020-10-01").verdict == "undecidable"


def test_a_hole_in_the_cover_leaves_it_undecided_and_is_told() -> None:
    book = Book()
    listed = book.travels("2000-01-01", "2012-03-10")
    book.covers(listed, "2012-05-20", "2021-01-01")
    book.held("Mark Esper", "2019-07-23", "2020-11-09")
    book.deed(listed, "Mark Esper", "2020-10-01")
    verdict = book.check(**FIRST)
    assert verdict.verdict == "undecidable"
    assert verdict.coverage is not None and verdict.coverage.empty == ("2012-03", "2012-04", "2012-05")
    assert book.check(kind="first", since="2012-05", on="2020-10-01").verdict == "supported"


def test_a_hole_does_not_save_a_claim_that_something_else_contradicts(book: Book) -> None:
    add_visit(book)
    book.con.execute("UPDATE list_coverage SET begins = '2016-01-01'")
    assert book.check(**FIRST).verdict == "contradicted"


def test_news_support_only_where_each_month_has_documents_on_both_sides() -> None:
    book = Book()
    book.held("Mark Esper", "2019-07-23", "2020-11-09")
    book.months("2019-01", "2020-11", "DZA", "USA")
    book.deed(book.article("Il est arrivé.", "2020-10-01", about=("DZA",)), "Mark Esper", "2020-10-01")
    assert book.check(kind="first", since="2019-01", on="2020-10-01").verdict == "supported"
    assert book.check(kind="first", since="2019-01", on="2020-10-01", least=2).verdict == "undecidable"
    thin = book.check(kind="first", since="2019-01", on="2020-10-01", least=None).coverage
    assert thin is not None and (thin.least, len(thin.thin), thin.empty) == (LEAST, 20, ())
    verdict = book.check(kind="first", since="2018-12-30", on="2020-10-01")
    assert verdict.verdict == "undecidable"
    assert verdict.coverage is not None and verdict.coverage.empty == ("2018-12",)


@pytest.mark.parametrize("about", [("MAR", "USA"), ("DZA",), ("USA",)])
def test_documents_on_one_side_alone_cover_nothing(about: tuple[str, ...]) -> None:
    book = Book()
    book.held("Mark Esper", "2019-07-23", "2020-11-09")
    book.months("2019-01", "2020-11", *about)
    book.deed(book.article("Il est arrivé.", "2020-10-01", about=("DZA",)), "Mark Esper", "2020-10-01")
    verdict = book.check(kind="first", since="2020-06", on="2020-10-01")
    assert verdict.verdict == "undecidable"
    assert verdict.coverage is not None
    assert [(m.month, m.documents, m.read) for m in verdict.coverage.months] == [
        ("2020-07", 0, 1),
        ("2020-08", 0, 1),
        ("2020-09", 0, 1),
    ]


def test_the_event_itself_must_be_there(book: Book) -> None:
    verdict = book.check(kind="first", since="2006", on="2019-03-01")
    assert verdict.verdict == "undecidable"
    assert "the event itself is not in the ledger" in verdict.reasons


def test_without_the_event_a_certain_visit_before_it_contradicts(book: Book) -> None:
    add_visit(book)
    assert book.check(kind="first", since="2006", on="2019-03-01").verdict == "contradicted"


def test_the_first_ever_needs_a_list_from_the_first_there_was(book: Book) -> None:
    assert book.check(kind="first", on="2006-02-12").verdict == "undecidable"
    book.con.execute("UPDATE list_coverage SET begins = NULL")
    assert book.check(kind="first", on="2006-02-12").verdict == "supported"
    assert book.check(kind="first", on="2020-10-01").verdict == "contradicted"


def test_days_that_touch_are_one_stay(book: Book) -> None:
    (listed,) = book.con.execute("SELECT document FROM list_coverage").fetchone() or ("",)
    book.deed(listed, "Mark Esper", "2020-09-29/2020-09-30", place="Oran")
    assert book.check(**FIRST).verdict == "supported"
    book.deed(listed, "Mark Esper", "2020-09-20", place="Oran")
    assert book.check(**FIRST).verdict == "contradicted"


def test_rows_of_a_list_stay_apart_even_where_they_were_merged(book: Book) -> None:
    (listed,) = book.con.execute("SELECT document FROM list_coverage").fetchone() or ("",)
    book.deed(listed, "Mark Esper", "2020-09-20", event="m1")
    assert book.check(**FIRST).verdict == "contradicted"


def test_the_same_visit_told_again_is_no_other_one(book: Book) -> None:
    book.deed(book.article("Retour sur la visite.", "2020-10-08"), "Mark Esper", None)
    book.deed(book.article("Il viendra.", "2020-09-18"), "Mark Esper", None, status="planned")
    assert book.check(**FIRST).verdict == "supported"


def test_people_are_counted_apart_from_visits(book: Book) -> None:
    (listed,) = book.con.execute("SELECT document FROM list_coverage").fetchone() or ("",)
    book.deed(listed, "Mark Esper", "2020-02-03")
    assert book.check(**FIRST).verdict == "contradicted"
    assert book.check(**FIRST, persons=True).verdict == "supported"
    add_visit(book)
    assert book.check(**FIRST, persons=True).verdict == "contradicted"


def test_a_state_that_is_no_more_leaves_a_doubt() -> None:
    book = Book()
    listed = book.travels(None, "2000-01-01", office="head_of_state")
    book.held("Richard Nixon", "1969-01-20", "1974-08-09", "head_of_state")
    book.held("William Clinton", "1993-01-20", "1999-12-31", "head_of_state")
    book.deed(listed, "Richard Nixon", "1974-06-30", place="Yalta")
    book.deed(listed, "William Clinton", "1994-01-12", place="Kiev")
    verdict = book.check(kind="first", subject="président", place="UKR", on="1994-01-12")
    assert verdict.verdict == "undecidable"
    assert any("a state of which UKR was a part" in reason for reason in verdict.reasons)


def test_lengths_of_time_are_rounded(book: Book) -> None:
    add_visit(book)
    assert book.check(kind="first", since="P5Y", on="2020-10-01").verdict == "supported"
    assert book.check(kind="first", since="P6Y", on="2020-10-01").verdict == "contradicted"
    assert (
        book.check(kind="first", since="P66M", on="2020-10-01").verdict == "undecidable"
    )  # five years and a half, nearly


def test_several_visits_about_the_day_leave_open_which_is_meant(book: Book) -> None:
    add_visit(book, days="2015-05-18")
    (listed,) = book.con.execute("SELECT document FROM list_coverage").fetchone() or ("",)
    book.deed(listed, "Ashton Carter", "2015-05-25")
    verdict = book.check(kind="first", since="2006", on="2015-05-21")
    assert verdict.verdict == "undecidable"
    assert "which of 2 events is meant is not clear: supported or contradicted" in verdict.reasons


def test_an_undated_event_contradicts_nothing() -> None:
    book = Book()
    book.travels("2000-01-01", "2021-01-01")
    book.held("Mark Esper", "2019-07-23", "2020-11-09")
    add_visit(book)
    book.deed(book.article("Il est venu.", "2020-10-01"), "Mark Esper", None)
    verdict = book.check(**FIRST)
    assert verdict.verdict == "undecidable"
    assert any("do not date the event itself" in reason for reason in verdict.reasons)


def test_without_a_day_it_is_undecidable_where_the_answer_depends_on_it(book: Book) -> None:
    assert book.check(kind="first", since="2006").verdict == "supported"
    add_visit(book)
    assert book.check(kind="first", since="2006").verdict == "undecidable"


def test_the_answer_is_whole(book: Book) -> None:
    add_visit(book)
    verdict = book.check(**FIRST)
    found = plain(verdict)
    assert found["verdict"] == "contradicted"
    coverage = found["coverage"]
    assert isinstance(coverage, dict)
    assert (coverage["from"], coverage["to"], len(coverage["months"])) == ("2007-01-01", "2020-09-30", 165)
    frame = verdict.to_frame()
    assert list(frame["verdict"]) == ["contradicted"]
    assert list(frame["counter_days"]) == ["2015-05-18"]
    assert len(verdict.months()) == 165


def rejected(book: Book, **parts: object) -> str:
    with pytest.raises(InputError) as caught:
        book.check(**parts)
    return str(caught.value)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"kind": "often"}, "claim kind 'often' is unknown"),
        ({"kind": "first", "type": "DANCE"}, "event type 'DANCE' is unknown"),
        ({"kind": "first", "mode": "swim"}, "mode of CONSULT 'swim' is unknown"),
        ({"kind": "first", "since": "last year"}, "'last year' is no date"),
        ({"kind": "first", "on": "2020-13-01"}, "'2020-13-01' is no date"),
        ({"kind": "first", "on": "2020"}, "'2020' is no day"),
        ({"kind": "first", "place": "Nulle-Part-sur-Rien"}, "where 'Nulle-Part-sur-Rien' is, is not known"),
        ({"kind": "first", "of": "Ruritanie"}, "'Ruritanie' is no country"),
        ({"kind": "nth"}, "needs the number"),
        ({"kind": "comparison"}, "needs what it is compared with"),
        ({"kind": "first", "lang": "xx"}, "there is no language 'xx'"),
    ],
    ids=lambda value: "" if isinstance(value, str) else "-".join(map(str, value.values())),
)
def test_an_impossible_claim_is_refused_in_clear_words(book: Book, parts: dict[str, object], message: str) -> None:
    assert message in rejected(book, **parts)


def test_an_empty_ledger_answers() -> None:
    verdict: Verdict = Book().check(kind="first", since="2006")
    assert verdict.verdict == "undecidable"
    assert verdict.reasons == ("the ledger holds nothing that is dated",)
