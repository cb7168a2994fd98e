"""Inputs into the ledger: read, batch by batch, each batch whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from depeche.errors import InputError
from depeche.ingest import Input, Problem
from depeche.ledger import recall, write
from depeche.ledger.intake import Known, Outcome, read_all
from depeche.ledger.rows import DocumentRows, rows_of
from depeche.ledger.stamp import reader_stamp
from depeche.ledger.store import Store
from depeche.records import Reading

# Documents in one transaction: what a crash undoes at the most (some ten seconds of reading), and what readers wait for (some three
# seconds). Some costs of a transaction grow with the ledger, 0.9 s at a million events: shared by 400 documents, each takes 1.3 times what it
# takes in an empty one; by 200, 1.5 times.
BATCH = 400


@dataclass(frozen=True, slots=True)
class Added:
    """Ids of the documents that were added, of those that were in already, of those that made way; and what could not be read, or not
    wholly."""

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Ids of the documents that were taken out, and the words that named none."""

    removed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def ignore(outcome: Outcome) -> None:
    """What `report` is where nobody listens."""


def add_inputs(
    store: Store,
    inputs: Iterable[Input | Problem],
    *,
    model: str | None = None,
    jobs: int = 1,
    replace: bool = False,
    report: Callable[[Outcome], None] = ignore,
) -> Added:
    """Read inputs and add them; what is in already is not read again, unless it is to `replace` what it finds."""
    tally = _Tally(store, replace)

    def skip(documents: list[str]) -> set[str]:
        return set() if replace else write.known_documents(store, documents)

    with store.lock():
        for outcome in read_all(inputs, skip=skip, model=model, jobs=jobs, batch=BATCH):
            report(outcome)
            tally.take(outcome)
        return tally.close()


def add_readings(store: Store, readings: Iterable[Reading]) -> Added:
    """Add what was read before, stamped as read by the present reader."""
    tally = _Tally(store, replace=False)
    with store.lock():
        for reading in readings:
            tally.take(rows_of(reading, reader_stamp(reading.document.lang)))
        return tally.close()


def forget_documents(store: Store, names: Iterable[str]) -> Forgotten:
    """Take out the documents of these ids, URLs or names. Raises InputError, before any goes, for a name that several have."""
    with store.connect() as con:
        found = {words: recall.resolve_documents(con, words) for words in names}
    for words, ids in found.items():
        if len(ids) > 1:
            raise InputError(
                f"{words!r} names {len(ids)} documents; accepted: one of their ids: {', '.join(islice(ids, 10))}"
            )
    changes = write.forget(store, [ids[0] for ids in found.values() if ids])
    return Forgotten(changes.removed, tuple(words for words, ids in found.items() if not ids))


class _Tally:
    """Gathers documents into batches, writes each full one, and keeps account."""

    def __init__(self, store: Store, replace: bool) -> None:
        self._store, self._replace = store, replace
        self._batch: list[DocumentRows] = []
        self._added: list[str] = []
        self._known: list[str] = []
        self._removed: list[str] = []
        self._problems: list[Problem] = []

    def take(self, outcome: Outcome) -> None:
        """One input's outcome."""
        if isinstance(outcome, DocumentRows):
            self._batch.append(outcome)
            if len(self._batch) == BATCH:
                self._write()
        elif isinstance(outcome, Known):
            self._known.append(outcome.id)
        else:
            self._problems.append(outcome)

    def close(self) -> Added:
        """Write what is left, and give the account."""
        self._write()
        return Added(tuple(self._added), tuple(self._known), tuple(self._removed), tuple(self._problems))

    def _write(self) -> None:
        if not self._batch:
            return
        changes = write.exchange(self._store, new=self._batch, replace=self._replace)
        self._added += changes.added
        self._removed += changes.removed
        added = set(changes.added)
        self._known += [rows.id for rows in self._batch if rows.id not in added]
        self._batch = []
