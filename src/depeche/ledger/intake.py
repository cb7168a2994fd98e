"""Inputs read into rows, in several processes at once, in the order in which they came."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import PurePath
from typing import TypeAlias

from depeche.errors import DepecheError, LexiconError, ModelError
from depeche.ingest import Input, Problem
from depeche.ledger.rows import DocumentRows, rows_of
from depeche.ledger.stamp import reader_stamp
from depeche.pipeline import read_input

# Documents that a process is handed at a time: a few, so that one long text does not leave the others idle.
_HANDFUL = 4

# Fewer documents than this are read sooner than other processes start.
_FEW = 16


@dataclass(frozen=True, slots=True)
class Known:
    """A document that need not be read, by its id: the ledger has it."""

    id: str


Outcome: TypeAlias = DocumentRows | Known | Problem


def read_all(
    inputs: Iterable[Input | Problem],
    *,
    skip: Callable[[list[str]], set[str]],
    model: str | None = None,
    jobs: int = 1,
    batch: int,
) -> Iterator[Outcome]:
    """What becomes of each input, in order.

    `skip` tells which of some ids of documents need not be read; it is asked for `batch` inputs at a time. With `jobs` above 1, that many processes read; they are started
    anew ("spawn"), so a script that calls this must do so under `if __name__ == "__main__"`.
    """
    source = iter(inputs)
    first = list(islice(source, _FEW))
    inputs = chain(first, source)
    with _reader(model, jobs if len(first) == _FEW else 1) as read:
        pending: deque[list[Iterator[Outcome]]] = deque()
        for items in _batches(inputs, batch):
            pending.append(_start(items, skip, read))
            if len(pending) > 1:  # the next batch is under way before this one is handed on and written
                yield from chain.from_iterable(pending.popleft())
        while pending:
            yield from chain.from_iterable(pending.popleft())


Read: TypeAlias = Callable[[list[Input]], Iterator[Outcome]]


def _batches(inputs: Iterable[Input | Problem], size: int) -> Iterator[list[Input | Problem]]:
    source = iter(inputs)
    while items := list(islice(source, size)):
        yield items


def _start(items: list[Input | Problem], skip: Callable[[list[str]], set[str]], read: Read) -> list[Iterator[Outcome]]:
    """Have a batch read; the parts' outcomes follow each other in the order of the items."""
    known = skip([item.document.id for item in items if isinstance(item, Input)])
    parts: list[Iterator[Outcome]] = []
    handful: list[Input] = []
    for item in items:
        if isinstance(item, Input) and item.document.id not in known:
            handful.append(item)
        if handful and (len(handful) == _HANDFUL or item is not handful[-1]):
            parts.append(read(handful))
            handful = []
        if isinstance(item, Problem):
            parts.append(iter([item]))
        elif item.document.id in known:
            parts.append(iter([Known(item.document.id)]))
    return [*parts, read(handful)] if handful else parts


@contextmanager
def _reader(model: str | None, jobs: int) -> Iterator[Read]:
    """How a handful of inputs is read: here, when it is asked for, or by the processes, at once."""
    if jobs <= 1:
        yield lambda items: (_read(item, model) for item in items)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_settle_in)
    try:
        yield lambda items: _results(pool.submit(_read_some, items, model))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _results(future: Future[list[Outcome]]) -> Iterator[Outcome]:
    try:
        yield from future.result()
    except BrokenProcessPool as error:
        raise DepecheError("a process that reads was killed (out of memory?); what was added before is kept") from error


def _settle_in() -> None:
    """What a reading process does first: leave the keyboard to its parent, and end when its parent does, even a killed one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _read_some(items: list[Input], model: str | None) -> list[Outcome]:
    return [_read(item, model) for item in items]


def _read(item: Input, model: str | None) -> Outcome:
    try:
        return rows_of(read_input(item, model), reader_stamp(item.document.lang))
    except (LexiconError, ModelError):
        raise  # every other document would meet it too
    except Exception as error:  # a fault of ours costs this document, not the thousands behind it
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} at {PurePath(last.filename).name}:{last.lineno}: {error}"
        name = item.document.name or item.document.id
        return Problem(name, f"internal error, please report it with the text ({where})")
