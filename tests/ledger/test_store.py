"""The file: made, opened, upgraded, locked, and what goes wrong with it said in clear words."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from depeche.errors import LedgerError
from depeche.ledger.store import Migration, Store, migrations


def test_a_new_ledger_has_the_schema_with_its_digest(store: Store) -> None:
    with store.connect() as con:
        applied = con.execute("SELECT number, name, sha256 FROM migrations").fetchall()
    assert applied == [(step.number, step.name, step.digest) for step in migrations()]


def test_a_missing_ledger_is_named_with_the_way_to_one(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"none.duckdb: no ledger here; `depeche add FILE… --ledger"):
        Store(tmp_path / "none.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no is no folder"):
        Store(tmp_path / "no" / "where.duckdb", create=True)
    with pytest.raises(LedgerError, match="is a folder"):
        Store(tmp_path, create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no database", b"no database" * 10_000])
def test_another_file_is_no_ledger_and_is_left_alone(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=r"notes.txt: not a ledger"):
        Store(path, create=True)
    assert path.read_bytes() == content


def test_another_database_is_no_ledger_and_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE articles (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="a database, but no ledger"):
        Store(path, create=True)
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused_and_left_alone(store: Store) -> None:
    newer = Migration(migrations()[-1].number + 1, "002_later.sql", "CREATE TABLE later (id INTEGER)")
    Store(store.path, steps=[*migrations(), newer])
    before = store.path.read_bytes()
    with pytest.raises(
        LedgerError, match=r"a newer version of depeche wrote this ledger \(schema 2, this version knows up to 1\)"
    ):
        Store(store.path)
    assert store.path.read_bytes() == before


def test_an_older_schema_is_upgraded_and_keeps_what_it_holds(store: Store) -> None:
    with store.connect(write=True) as con:
        con.execute("INSERT INTO places VALUES ('p', 'Alger', 'alger', 'DZA', 36.7, 3.1)")
    newer = Migration(migrations()[-1].number + 1, "002_later.sql", "ALTER TABLE places ADD COLUMN region VARCHAR")
    with Store(store.path, steps=[*migrations(), newer]).connect() as con:
        assert con.execute("SELECT name, region FROM places").fetchall() == [("Alger", None)]
        assert con.execute("SELECT max(number) FROM migrations").fetchone() == (2,)


def test_a_failed_upgrade_changes_nothing(store: Store) -> None:
    before = store.path.read_bytes()
    broken = Migration(2, "002_broken.sql", "CREATE TABLE later (id INTEGER); ALTER TABLE nowhere ADD COLUMN x INTEGER")
    with pytest.raises(duckdb.Error):
        Store(store.path, steps=[*migrations(), broken])
    assert store.path.read_bytes() == before
    Store(store.path)


def test_a_schema_of_the_same_number_but_other_content_is_refused(store: Store) -> None:
    other = [step._replace(sql=step.sql + "\n-- changed") for step in migrations()]
    with pytest.raises(LedgerError, match="its schema 1 is not the one of this version"):
        Store(store.path, steps=other)


def test_a_truncated_file_is_named_before_anything_is_asked(store: Store) -> None:
    with store.connect(write=True) as con:
        con.execute(
            "INSERT INTO places SELECT i::VARCHAR, md5(i::VARCHAR), 'k', NULL, NULL, NULL FROM range(20000) t(i)"
        )
    os.truncate(store.path, store.path.stat().st_size * 2 // 3)
    with pytest.raises(LedgerError, match="damaged"):
        Store(store.path)


def test_an_error_undoes_the_whole_transaction(store: Store) -> None:
    with pytest.raises(RuntimeError), store.connect(write=True) as con:
        con.execute("INSERT INTO places VALUES ('p', 'Alger', 'alger', NULL, NULL, NULL)")
        raise RuntimeError
    with store.connect() as con:
        assert con.execute("SELECT count(*) FROM places").fetchone() == (0,)


WRITER = """
import sys, time
from depeche.ledger.store import Store
store = Store(sys.argv[1], create=True)
with store.lock():
    if sys.argv[2] == "in a transaction":
        with store.connect(write=True) as con:
            print("ready", flush=True)
            time.sleep(float(sys.argv[3]))
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def writer(store: Store):
    """Starts another process that holds the ledger."""
    started: list[subprocess.Popen[str]] = []

    def start(how: str = "between two", seconds: float = 60) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WRITER, str(store.path), how, str(seconds)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_a_second_writer_is_told_at_once_who_writes(store: Store, writer) -> None:
    process = writer()
    started = time.monotonic()
    with (
        pytest.raises(LedgerError, match=rf"news.duckdb: process {process.pid} on .* is writing to this ledger"),
        store.connect(write=True),
    ):
        pass
    assert time.monotonic() - started < 2


def test_readers_go_on_beside_a_writer(store: Store, writer) -> None:
    writer()
    with store.connect() as con:
        assert con.execute("SELECT count(*) FROM documents").fetchone() == (0,)


def test_readers_wait_for_a_batch_that_is_being_written(store: Store, writer) -> None:
    writer("in a transaction", 1)
    started = time.monotonic()
    with store.connect() as con:
        assert con.execute("SELECT count(*) FROM documents").fetchone() == (0,)
    assert 0.3 < time.monotonic() - started < 8


def test_a_reader_s_patience_ends_with_clear_words(store: Store, writer) -> None:
    impatient = Store(store.path, patience=0.2)
    writer("in a transaction")
    with pytest.raises(LedgerError, match="busy: another process has been holding it"), impatient.connect():
        pass


def test_the_lock_of_a_killed_writer_is_free(store: Store, writer) -> None:
    process = writer("in a transaction")
    process.kill()
    process.wait()
    with store.connect(write=True) as con:
        con.execute("INSERT INTO places VALUES ('p', 'Alger', 'alger', NULL, NULL, NULL)")


def test_the_lock_may_be_nested(store: Store) -> None:
    with store.lock(), store.lock(), store.connect(write=True):
        pass
    assert not Path(f"{store.path}.writer").exists()


FULL = """
import resource, sys
from depeche.errors import LedgerError
from depeche.ledger.store import Store
store = Store(sys.argv[1])
size = store.path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 300_000, size + 300_000))
try:
    for n in range(100):
        with store.connect(write=True) as con:
            con.execute("INSERT INTO places SELECT md5(i::VARCHAR || ?), md5(i::VARCHAR), 'k', NULL, NULL, NULL FROM range(5000) t(i)", [str(n)])
except LedgerError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of resources")
def test_a_full_disk_is_named_and_nothing_is_lost(store: Store) -> None:
    with store.connect(write=True) as con:
        con.execute("INSERT INTO places VALUES ('p', 'Alger', 'alger', 'DZA', 36.7, 3.1)")
    run = subprocess.run([sys.executable, "-c", FULL, str(store.path)], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert "cannot be written to, is the disk full?" in run.stdout
    with Store(store.path).connect() as con:
        assert con.execute("SELECT name FROM places WHERE id = 'p'").fetchall() == [("Alger",)]
        counts = con.execute("SELECT count(*) % 5000 FROM places").fetchone()
    assert counts == (1,)
