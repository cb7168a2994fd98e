"""The file of a ledger: making, opening, upgrading and locking it, and turning what goes wrong into clear words.

DuckDB lets one process write, or many read. A writer therefore holds `PATH.lock` for its whole run, so that a second writer is told
at once, but opens the database only for the short transaction of each batch. Readers open it read-only for each answer, and wait a
little where a batch is just being written. A process killed at any moment leaves whole transactions only.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

import duckdb
import filelock

from depeche.errors import LedgerError

# How long an answer waits for a batch that is being written: one takes 1 to 3 s, the import of long lists up to half a minute.
PATIENCE = 60.0
_PAUSE = 0.02
# DuckDB's own share of the memory; it spills to disk beyond. The workers that read texts need the rest.
MEMORY = "1GB"
# The headers of a DuckDB file, before its first block.
_HEADERS = 3 * 4096


# Errors of DuckDB that tell of the file or the machine; all others are faults of a statement, and stay what they are.
_OF_THE_FILE = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.SerializationException,
    duckdb.OutOfMemoryException,
)


class Migration(NamedTuple):
    """One numbered step of the schema."""

    number: int
    name: str
    sql: str

    @property
    def digest(self) -> str:
        """The sha256 of its SQL, as the ledger records it."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(folder: Traversable | None = None) -> tuple[Migration, ...]:
    """The steps of the schema in order, from files named like `001_ledger.sql`."""
    root = folder or resources.files("depeche.ledger.migrations")
    files = sorted((f for f in root.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(Migration(int(f.name[:3]), f.name, f.read_text(encoding="utf-8")) for f in files)


class Store:
    """A ledger's file. Opening checks it; `connect` gives a connection; `lock` is what a writer holds for its whole run."""

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = False,
        steps: Sequence[Migration] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Open the ledger at `path`; with `create`, make it where there is none. An older schema is upgraded.

        Raises LedgerError for a missing file, one that is no ledger, a damaged one, and one that a newer version wrote.
        """
        self.path = Path(path)
        self._steps = tuple(steps) if steps is not None else migrations()
        self._patience = patience
        self._lock = filelock.FileLock(f"{self.path}.lock", timeout=0)
        if self.path.is_dir() or not self.path.parent.is_dir():
            folder = self.path if self.path.is_dir() else self.path.parent
            raise LedgerError(
                f"{self.path}: {folder} is {'a folder' if folder.is_dir() else 'no folder'}; accepted: a file in one"
            )
        if not self.path.exists():
            if not create:
                raise LedgerError(
                    f"{self.path}: no ledger here; `depeche add FILE… --ledger {self.path}` makes one from documents"
                )
            with self.lock():
                self._create()
        self._check()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer. May be nested. Raises LedgerError at once, naming the holder, where another process is the writer."""
        try:
            self._lock.acquire()
        except filelock.Timeout:
            raise LedgerError(
                f"{self.path}: {self._holder()} is writing to this ledger; try again when it is done"
            ) from None
        except OSError as error:
            raise LedgerError(f"{self.path}: cannot be written to: {_reason(error)}") from error
        try:
            self._sign()
            yield
        finally:
            self._lock.release()
            if not self._lock.is_locked:
                with suppress(OSError):
                    self._note.unlink()

    @contextmanager
    def connect(self, *, write: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection for one answer, or, with `write`, for one transaction, which is committed at the end and undone by any error.

        Raises LedgerError where the file is busy for longer than a reader's patience, damaged, or its disk is full.
        """
        if not write:
            with self._opened(read_only=True) as con:
                yield con
            return
        with self.lock(), self._opened(read_only=False) as con:
            con.execute("BEGIN")
            try:
                yield con
                con.execute("COMMIT")
            except BaseException:
                # a failed commit has already undone itself
                with suppress(duckdb.Error):
                    con.execute("ROLLBACK")
                raise

    @property
    def _note(self) -> Path:
        """Who holds the lock, for the words to a second writer; the lock itself is the operating system's."""
        return Path(f"{self.path}.writer")

    def _sign(self) -> None:
        with suppress(OSError):  # a courtesy: without it the writer works all the same
            self._note.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}), encoding="utf-8")

    def _holder(self) -> str:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return f"process {note['pid']} on {note['host']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"

    def _create(self) -> None:
        """Make the file beside its place and move it there whole: nobody ever meets half a ledger."""
        if self.path.exists():
            return
        fresh = Path(f"{self.path}.new")
        try:
            for leftover in (fresh, Path(f"{fresh}.wal")):
                leftover.unlink(missing_ok=True)
            con = duckdb.connect(str(fresh))
            try:
                self._migrate(con, ())
            finally:
                con.close()
            fresh.replace(self.path)
        except (duckdb.Error, OSError) as error:
            raise _clear(self.path, error) from error

    def _check(self) -> None:
        with self.connect() as con:
            _check_length(self.path, con)
            applied = self._applied(con)
        if len(applied) < len(self._steps):
            with self.lock(), self._opened(read_only=False) as con:
                self._migrate(con, self._applied(con))

    def _applied(self, con: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
        """The numbers of the migrations that this ledger has, after a check that they are ours."""
        tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if "migrations" not in tables:
            raise LedgerError(f"{self.path}: a database, but no ledger of depeche; nothing in it was touched")
        rows = con.execute("SELECT number, sha256 FROM migrations ORDER BY number").fetchall()
        known = {step.number: step.digest for step in self._steps}
        newest = max(known)
        for number, digest in rows:
            if number > newest:
                raise LedgerError(
                    f"{self.path}: a newer version of depeche wrote this ledger (schema {rows[-1][0]}, this version knows up to "
                    f"{newest}); upgrade depeche to open it; nothing in it was touched"
                )
            if known.get(number) != digest:
                raise LedgerError(
                    f"{self.path}: its schema {number} is not the one of this version of depeche: read the documents into a new ledger"
                )
        return tuple(number for number, _ in rows)

    def _migrate(self, con: duckdb.DuckDBPyConnection, applied: Sequence[int]) -> None:
        """Apply the missing steps, all or none, and record each with its digest."""
        con.execute("BEGIN")
        try:
            con.execute(
                "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL)"
            )
            for step in self._steps:
                if step.number not in applied:
                    con.execute(step.sql)
                    con.execute("INSERT INTO migrations VALUES (?, ?, ?)", [step.number, step.name, step.digest])
            con.execute("COMMIT")
        except duckdb.Error:
            with suppress(duckdb.Error):
                con.execute("ROLLBACK")
            raise

    @contextmanager
    def _opened(self, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection that is closed at the end, its errors in clear words."""
        con = self._wait_open(read_only)
        try:
            yield con
            if not read_only:
                # folds the log into the file now: at closing, a full disk would go unnoticed
                con.execute("CHECKPOINT")
        except _OF_THE_FILE as error:
            raise _clear(self.path, error) from error
        finally:
            with suppress(duckdb.Error):
                con.close()

    def _wait_open(self, read_only: bool) -> duckdb.DuckDBPyConnection:
        deadline = time.monotonic() + self._patience
        while True:
            try:
                return duckdb.connect(str(self.path), read_only=read_only, config={"memory_limit": MEMORY})
            except duckdb.Error as error:
                if not _busy(error) or time.monotonic() > deadline:
                    raise _clear(self.path, error) from error
            time.sleep(_PAUSE)


def _busy(error: Exception) -> bool:
    """Whether the file is only held by another process, or by another connection of this one, for the moment."""
    words = str(error)
    return "Could not set lock" in words or "different configuration" in words


def _check_length(path: Path, con: duckdb.DuckDBPyConnection) -> None:
    """DuckDB itself meets a missing end only when an answer needs it: better to say so before anything is asked or written."""
    size, total = con.execute("SELECT block_size, total_blocks FROM pragma_database_size()").fetchone() or (0, 0)
    length = path.stat().st_size
    # free blocks at the end need not be there: a shorter file is looked at block by block
    if length < _HEADERS + size * total and length < (needed := _HEADERS + size * _used_blocks(con)):
        raise LedgerError(
            f"{path}: damaged: the file is cut off ({length} bytes of {needed} or more); restore a copy, or read the documents "
            "into a new ledger"
        )


def _used_blocks(con: duckdb.DuckDBPyConnection) -> int:
    """How many blocks the file must have for the last one that holds rows to be there."""
    tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    last = [con.execute(f"SELECT max(block_id) FROM pragma_storage_info('{name}')").fetchone() for name in tables]
    return 1 + max((block for (block,) in filter(None, last) if block is not None), default=-1)


# What DuckDB says of a file that no longer takes a byte.
_FULL = ("No space left", "File too large", "Could not write", "Disk quota")


def _clear(path: Path, error: Exception) -> LedgerError:
    """What went wrong, in words for the user. The first line of DuckDB's own stands at the end."""
    words = str(error)
    detail = words.splitlines()[0] if words else type(error).__name__
    if _busy(error):
        said = "busy: another process has been holding it for too long"
    elif any(sign in words for sign in _FULL):
        said = "cannot be written to, is the disk full? What the ledger held before is kept"
    elif "not a valid DuckDB" in words:
        said = "not a ledger of depeche"
    elif "newer version" in words or "storage version" in words:
        said = "written by a newer version of DuckDB: upgrade depeche to open it"
    elif isinstance(error, OSError) or "Cannot open file" in words:
        said = "cannot be opened"
    elif isinstance(error, duckdb.OutOfMemoryException):
        said = "more memory is needed than there is"
    else:
        said = "damaged or unreadable: restore a copy, or read the documents into a new ledger"
    return LedgerError(f"{path}: {said} ({detail})")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
