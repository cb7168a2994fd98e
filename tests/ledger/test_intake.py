"""Inputs in order, however they are read."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from depeche.errors import DepecheError, ModelError
from depeche.ingest import Input, Problem, make_document
from depeche.ledger import intake
from depeche.ledger.intake import Known, read_all
from depeche.ledger.rows import DocumentRows


def inputs(count: int) -> list[Input | Problem]:
    texts = [Input(make_document(f"Le ministre a reçu l'ambassadeur numéro {n}.", lang="fr")) for n in range(count)]
    return [Problem("a file", "empty"), *texts[:3], Problem("another", "empty"), *texts[3:]]


@pytest.mark.parametrize("batch", [1, 2, 5, 200])
def test_outcomes_come_in_the_order_of_the_inputs(batch: int) -> None:
    items = inputs(9)
    known = {items[2].document.id, items[8].document.id}  # type: ignore[union-attr]
    asked: list[str] = []

    def skip(documents: list[str]) -> set[str]:
        asked.extend(documents)
        return known & set(documents)

    outcomes = list(read_all(items, skip=skip, batch=batch))
    for item, outcome in zip(items, outcomes, strict=True):
        if isinstance(item, Problem):
            assert outcome is item
        else:
            assert isinstance(outcome, Known if item.document.id in known else DocumentRows)
            assert outcome.id == item.document.id
    assert asked == [item.document.id for item in items if isinstance(item, Input)]


def test_no_input_gives_no_outcome() -> None:
    assert list(read_all([], skip=lambda _: set(), batch=5)) == []


def test_a_missing_model_stops_all() -> None:
    with pytest.raises(ModelError):
        list(read_all(inputs(3), skip=lambda _: set(), batch=5, model="no/such/folder"))


def test_a_process_that_is_killed_is_told_in_clear_words() -> None:
    from concurrent.futures.process import BrokenProcessPool

    future: Future[list[intake.Outcome]] = Future()
    future.set_exception(BrokenProcessPool())
    with pytest.raises(DepecheError, match="a process that reads was killed"):
        list(intake._results(future))


PARENT = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from depeche.ledger.intake import _settle_in
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_settle_in)
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes in /proc")
def test_reading_processes_end_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        if not alive(child):
            return
        time.sleep(0.1)
    os.kill(child, 9)
    pytest.fail("the reading process outlives its parent")


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
