"""Whole documents in and out: the ledger is a function of the set of its documents."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_contents import contents, documents

from depeche.ledger.rows import rows_of
from depeche.ledger.store import Store
from depeche.ledger.write import OWNED, add, exchange, forget


def test_every_record_of_a_reading_has_its_row(store: Store, readings, rows) -> None:
    add(store, rows)
    found = contents(store)
    kinds = ("events", "quotes", "tenures", "claims", "actors", "mentions", "times")
    tables = ("event_mentions", "quotes", "tenure_mentions", "claims", "actors", "mentions", "times")
    assert [len(found[t]) for t in tables] == [sum(len(getattr(r, k)) for r in readings) for k in kinds]
    assert len(found["event_mentions"]) > 8
    assert len(found["participants"]) == sum(len((*e.actors, *e.recipients)) for r in readings for e in r.events)


def test_every_span_opens_on_its_words(store: Store, rows) -> None:
    add(store, rows)
    with store.connect() as con:
        for table, words in (("participants", "words"), ("quotes", "text"), ("claims", "text")):
            found = con.execute(
                f'SELECT t.{words}, d.text, t.start, t."end" FROM {table} t JOIN documents d ON d.id = t.document'
            ).fetchall()
            assert found
            assert [(w, text[start:end]) for w, text, start, end in found] == [(w, w) for w, *_ in found]


def test_ids_are_unique(store: Store, rows) -> None:
    add(store, rows)
    with store.connect() as con:
        for table in ("actors", "event_mentions", "quotes", "tenure_mentions", "claims", "events", "tenures"):
            assert con.execute(f"SELECT count(*) - count(DISTINCT id) FROM {table}").fetchone() == (0,), table


def test_the_same_document_twice_changes_nothing(store: Store, rows) -> None:
    first = add(store, rows)
    before = contents(store)
    again = add(store, [*rows, rows[0]])
    assert (len(first.added), again.added, again.removed) == (len(rows), (), ())
    assert contents(store) == before


def test_a_document_that_comes_twice_in_one_batch_is_added_once(store: Store, rows) -> None:
    assert add(store, [rows[0], rows[0]]).added == (rows[0].id,)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, rows):
    store = Store(tmp_path_factory.mktemp("whole") / "news.duckdb", create=True)
    add(store, rows)
    return contents(store)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_in_any_batches_gives_the_same_ledger(data, rows, undisturbed, tmp_path_factory) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    cuts = data.draw(st.sets(st.integers(1, len(rows) - 1)))
    store = Store(tmp_path_factory.mktemp("any") / "news.duckdb", create=True)
    edges = [0, *sorted(cuts), len(rows)]
    for first, last in zip(edges, edges[1:], strict=False):
        add(store, [rows[n] for n in order[first:last]])
    assert contents(store) == undisturbed


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gone=st.sets(st.integers(0, 7), min_size=1))
def test_what_was_forgotten_was_never_there(gone, rows, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("forget")
    store, never = Store(folder / "a.duckdb", create=True), Store(folder / "b.duckdb", create=True)
    add(store, rows)
    assert forget(store, [rows[n].id for n in gone]).removed == tuple(rows[n].id for n in gone)
    add(never, [row for n, row in enumerate(rows) if n not in gone])
    assert contents(store) == contents(never)


def test_forgetting_all_leaves_an_empty_ledger(store: Store, rows) -> None:
    empty = contents(store)
    add(store, rows)
    forget(store, [row.id for row in rows])
    assert contents(store) == empty


def test_forgetting_what_is_not_there_changes_nothing(store: Store, rows) -> None:
    add(store, rows[:2])
    before = contents(store)
    assert forget(store, ["0123456789abcdef", rows[5].id]).removed == ()
    assert contents(store) == before


def test_forgotten_documents_come_back_as_they_were(store: Store, rows, undisturbed) -> None:
    add(store, rows)
    forget(store, [rows[0].id, rows[2].id])
    add(store, rows)
    assert contents(store) == undisturbed


def test_a_document_takes_the_place_of_the_one_at_its_url(store: Store, readings) -> None:
    def at_url(n: int):
        return rows_of(
            replace(readings[n], document=replace(readings[n].document, url="https://example.org/1")), "test"
        )

    add(store, [at_url(0)])
    changes = exchange(store, new=[at_url(4)], replace=True)
    assert (changes.added, changes.removed) == ((readings[4].document.id,), (readings[0].document.id,))
    assert documents(store) == [readings[4].document.id]


def test_a_corrected_date_takes_the_place_of_the_wrong_one(store: Store, readings) -> None:
    wrong = replace(readings[0], document=replace(readings[0].document, published=None))
    add(store, [rows_of(wrong, "test")])
    exchange(store, new=[rows_of(readings[0], "test")], replace=True)
    with store.connect() as con:
        assert con.execute("SELECT published FROM documents").fetchall() == [(readings[0].document.published,)]


ADDER = """
import pickle, sys
from pathlib import Path
from depeche.ledger.store import Store
from depeche.ledger.write import add
rows = pickle.loads(Path(sys.argv[2]).read_bytes())
store = Store(sys.argv[1], create=True)
print("ready", flush=True)
with store.lock():
    for first in range(0, len(rows), 2):
        add(store, rows[first : first + 2])
"""


def test_a_killed_writer_leaves_whole_documents_and_a_second_run_completes_them(
    tmp_path: Path, rows, undisturbed
) -> None:
    pickled = tmp_path / "rows.pickle"
    pickled.write_bytes(pickle.dumps(rows))
    moments = random.Random(5)
    for n in range(4):
        path = tmp_path / f"killed{n}.duckdb"
        command = [sys.executable, "-c", ADDER, str(path), str(pickled)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.uniform(0, 0.6))
            process.kill()
        assert_whole(Store(path), rows)
        subprocess.run(command, check=True, capture_output=True)
        assert contents(Store(path)) == undisturbed


def assert_whole(store: Store, rows) -> None:
    """Each document of the ledger has all its rows, and no row is without its document."""
    there = set(documents(store))
    found = contents(store)
    with store.connect() as con:
        for table in OWNED:
            expected = sum(len(r.tables.get(table, ())) for r in rows if r.id in there)
            assert len(found[table]) == expected, table
            orphans = con.execute(
                f'SELECT count(*) FROM "{table}" WHERE document NOT IN (SELECT id FROM documents)'
            ).fetchone()
            assert orphans == (0,), table
