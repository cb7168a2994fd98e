"""`depeche.open`: files in, documents out, read again, explained."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_contents import contents, documents

import depeche
from depeche.errors import InputError, LedgerError
from depeche.ledger import filling, stamp
from depeche.ledger.store import Store


@pytest.fixture
def ledger(tmp_path: Path, readings):
    ledger = depeche.open(tmp_path / "news.duckdb", create=True)
    ledger.add_readings(readings)
    return ledger


def test_files_are_added_once(news: Path, tmp_path: Path) -> None:
    ledger = depeche.open(tmp_path / "a.duckdb", create=True)
    first, again = ledger.add(news), ledger.add(news)
    assert (len(first.added), first.known, first.problems) == (8, (), ())
    assert (again.added, set(again.known)) == ((), set(first.added))
    assert ledger.counts()["documents"] == 8


def test_the_number_of_processes_makes_no_difference(news: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("depeche.ledger.intake._FEW", 2)
    one, two = (depeche.open(tmp_path / name, create=True) for name in ("one.duckdb", "two.duckdb"))
    assert one.add(news, jobs=1) == two.add(news, jobs=2)
    assert contents(Store(one.path)) == contents(Store(two.path))


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(news: Path, tmp_path: Path) -> None:
    lines = news.read_text(encoding="utf-8").splitlines()
    lines[2:2] = ["no JSON", json.dumps({"text": "Il pleut.", "published": "someday", "lang": "fr"})]
    news.write_text("\n".join(lines), encoding="utf-8")
    told: list[object] = []
    done = depeche.open(tmp_path / "a.duckdb", create=True).add(tmp_path / "none.txt", news, report=told.append)
    assert len(done.added) == 9
    assert [(p.line, p.warning) for p in done.problems] == [(None, False), (3, False), (4, True)]
    assert len(told) == 12


def test_a_fault_of_the_program_costs_its_document_alone(news: Path, tmp_path: Path, monkeypatch) -> None:
    from depeche.ledger import intake

    read_input = intake.read_input

    def faulty(item, model=None):
        if item.document.outlet == "Le Fanal":
            raise ZeroDivisionError("the fault")
        return read_input(item, model)

    monkeypatch.setattr(intake, "read_input", faulty)
    done = depeche.open(tmp_path / "a.duckdb", create=True).add(news)
    assert len(done.added) == 5
    assert len(done.problems) == 3
    assert "internal error, please report it with the text (ZeroDivisionError at test_ledger.py" in str(
        done.problems[0]
    )


def test_batches_are_kept_when_the_last_one_fails(news: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(filling, "BATCH", 3)
    ledger = depeche.open(tmp_path / "a.duckdb", create=True)

    def stop_at_the_seventh(outcome, told=[]):  # noqa: B006  # counts
        told.append(outcome)
        if len(told) == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.add(news, report=stop_at_the_seventh)
    assert ledger.counts()["documents"] == 6
    assert len(ledger.add(news).added) == 2


def test_wrong_use_is_refused_before_anything_is_read(news: Path, tmp_path: Path) -> None:
    ledger = depeche.open(tmp_path / "a.duckdb", create=True)
    with pytest.raises(InputError, match="kind 'csv' is unknown"):
        ledger.add(news, kind="csv")
    with pytest.raises(InputError, match="no date"):
        ledger.add(news, published="someday")


def test_documents_are_forgotten_by_id_url_or_name(news: Path, tmp_path: Path) -> None:
    ledger = depeche.open(tmp_path / "a.duckdb", create=True)
    added = ledger.add(news).added
    done = ledger.forget(added[0], "d1", "nobody")
    assert done == filling.Forgotten(added[:2], ("nobody",))
    assert ledger.counts()["documents"] == 6


def test_a_name_of_several_documents_forgets_none(tmp_path: Path, readings) -> None:
    ledger = depeche.open(tmp_path / "a.duckdb", create=True)
    ledger.add_readings(replace(r, document=replace(r.document, name="front page")) for r in readings)
    with pytest.raises(InputError, match="'front page' names 8 documents; accepted: one of their ids"):
        ledger.forget(readings[0].document.id, "front page")
    assert ledger.counts()["documents"] == 8


def test_reading_again_with_the_same_reader_does_nothing(ledger) -> None:
    assert ledger.reread().documents == ()
    again = ledger.reread(everything=True)
    assert (len(again.documents), again.changes) == (8, ())


@pytest.fixture
def other_reader(monkeypatch):
    """A reader that sees fewer quotes, all claims otherwise, and one event more sure."""
    from depeche.analysis import reread
    from depeche.ledger import intake

    read_input = intake.read_input

    def read(item, model=None):
        reading = read_input(item, model)
        return replace(
            reading, quotes=reading.quotes[:-1], claims=tuple(replace(c, since="2009") for c in reading.claims)
        )

    monkeypatch.setattr(intake, "read_input", read)
    for module in (reread, intake, filling):
        monkeypatch.setattr(module, "reader_stamp", lambda lang: "another")
    return read


def test_another_reader_s_changes_are_shown_and_kept(ledger, other_reader) -> None:
    before = contents(Store(ledger.path))
    shown = ledger.reread(dry_run=True)
    assert contents(Store(ledger.path)) == before
    done = ledger.reread()
    assert done == shown
    hows = {(c.how, c.kind) for c in done.changes}
    assert hows == {("gone", "quote"), ("changed", "claim")}
    claim = next(c for c in done.changes if c.kind == "claim")
    assert claim.fields == (("since", "2008", "2009"),)
    assert "première visite" in claim.words
    gone = [c for c in done.changes if c.how == "gone"]
    with Store(ledger.path).connect() as con:
        left = {quote for (quote,) in con.execute("SELECT id FROM quotes").fetchall()}
    assert left.isdisjoint(c.id for c in gone)
    assert ledger.reread().documents == ()
    assert set(done.to_frame()["how"]) == {"gone", "changed"}


def test_a_ledger_read_again_is_one_read_anew(ledger, other_reader, news: Path, tmp_path: Path) -> None:
    ledger.reread()
    anew = depeche.open(tmp_path / "anew.duckdb", create=True)
    with Store(ledger.path).connect() as con:
        texts = con.execute("SELECT text, published, outlet FROM documents").fetchall()
    from depeche.ingest import Input, make_document

    anew.add(*(Input(make_document(t, published=p, outlet=o, lang="fr")) for t, p, o in texts))
    assert contents(Store(anew.path)) == contents(Store(ledger.path))


def test_documents_with_a_parse_of_their_own_are_kept(ledger, readings, other_reader) -> None:
    parsed = replace(readings[0], document=replace(readings[0].document, id="0" * 16, source="conllu"))
    ledger.add_readings([parsed])
    done = ledger.reread(everything=True)
    assert done.kept == ("0" * 16,)
    assert len(done.documents) == 8


@pytest.mark.parametrize("table", ["event_mentions", "quotes", "tenure_mentions", "claims", "events", "tenures"])
def test_every_record_opens_on_its_words(table: str, ledger) -> None:
    store = Store(ledger.path)
    with store.connect() as con:
        ids = [i for (i,) in con.execute(f"SELECT id FROM {table}").fetchall()]
        texts = dict(con.execute("SELECT id, text FROM documents").fetchall())
    assert ids
    for record in ids:
        found = ledger.explain(record)
        assert found.evidence
        for e in found.evidence:
            assert texts[e.source.id][e.words.start : e.words.end] == e.words.text
            assert any(s.start <= e.words.start < s.end for s in e.sentences)
            assert all(texts[e.source.id][c.span.start : c.span.end] == c.span.text for c in e.cues)
            assert e.source.reader == stamp.reader_stamp("fr")
        assert len(found.to_frame()) == len(found.evidence)


def test_an_event_is_explained_by_its_line_of_the_lexicon(ledger, readings) -> None:
    with Store(ledger.path).connect() as con:
        (record,) = (
            con.execute("SELECT id FROM event_mentions WHERE trigger = 'reçu' ORDER BY id LIMIT 1").fetchone() or ()
        )
    mention = next(e for e in ledger.explain(record).evidence if e.id == record)
    assert "reçu" in [c.span.text for c in mention.cues]
    assert mention.entry is not None
    assert mention.entry.startswith("fr/events/consult.yaml:")


def test_a_document_is_explained_by_all_that_it_tells(ledger, readings) -> None:
    reading = readings[0]
    found = ledger.explain(reading.document.id)
    told = len(reading.events) + len(reading.quotes) + len(reading.tenures) + len(reading.claims)
    assert (found.kind, len(found.evidence)) == ("document", told)


def test_an_unknown_record_is_refused(ledger) -> None:
    with pytest.raises(LedgerError, match="no record 'ffff'; accepted: the id of a record or document"):
        ledger.explain("ffff")


def test_the_stamp_names_version_and_data(monkeypatch, tmp_path: Path) -> None:
    assert stamp.reader_stamp("fr").startswith("0.1.0+")
    (tmp_path / "fr" / "cases").mkdir(parents=True)
    (tmp_path / "fr" / "words.yaml").write_text("a")
    monkeypatch.setattr(stamp.resources, "files", lambda _: tmp_path)
    stamp.reader_stamp.cache_clear()
    first = stamp.reader_stamp("fr")
    (tmp_path / "fr" / "cases" / "a.yaml").write_text("a case")
    stamp.reader_stamp.cache_clear()
    assert stamp.reader_stamp("fr") == first
    (tmp_path / "fr" / "words.yaml").write_text("b")
    stamp.reader_stamp.cache_clear()
    assert stamp.reader_stamp("fr") != first
    stamp.reader_stamp.cache_clear()


def test_nothing_is_left_open(ledger) -> None:
    assert documents(Store(ledger.path))
    ledger.path.rename(ledger.path.with_name("moved.duckdb"))
    assert depeche.open(ledger.path.with_name("moved.duckdb")).counts()["documents"] == 8
