"""Kills `depeche add` at random moments, and looks at what it left: whole documents only, and a second run that completes the ledger.

python evaluation/ledger_kill.py [NEWS] [--moments 20] [--articles 1500] [--seed 1]

At each moment (every second one put off until a batch is just being written): kill -9 the process, open the ledger, check that each of its documents has all its rows and no row is without its
document, run again to the end, compare all rows with those of an undisturbed run. Meanwhile a reader asks again and again, and a second
writer is refused.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from ledger_build import NEWS, first

import depeche
from depeche.errors import LedgerError
from depeche.ledger.store import Store
from depeche.ledger.write import OWNED

Contents = dict[str, list[str]]
Owned = Counter[tuple[str, str]]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path, nargs="?", default=NEWS)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if not args.news.is_file():
        print(f"skipped: no news at {args.news} (it is not part of the project)")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        news = first(args.news, args.articles, folder)
        started = time.perf_counter()
        finish(add(news, folder / "whole.duckdb"))
        length = time.perf_counter() - started
        whole, rows = contents(folder / "whole.duckdb"), owned(folder / "whole.duckdb")
        print(f"undisturbed: {len(whole['documents'])} documents in {length:.1f} s", flush=True)
        moments = random.Random(args.seed)
        wrong = 0
        for n in range(args.moments):
            ledger = folder / f"killed{n}.duckdb"
            said = attempt(news, ledger, Moment(moments.uniform(0, length), n % 2 == 1), whole, rows)
            wrong += said.startswith("WRONG")
            print(f"{n + 1:2}  {said}", flush=True)
            ledger.unlink(missing_ok=True)
    print(f"{args.moments - wrong} of {args.moments} moments left nothing broken")
    return 1 if wrong else 0


def add(news: Path, ledger: Path) -> subprocess.Popen[str]:
    """The command, started."""
    command = [sys.executable, "-m", "depeche", "add", str(news), "--lang", "fr", "--ledger", str(ledger)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


class Moment(NamedTuple):
    """Seconds after the start; `writing` puts it off until the database's log appears."""

    seconds: float
    writing: bool


def attempt(news: Path, ledger: Path, moment: Moment, whole: Contents, rows: Owned) -> str:
    """Start, kill, look, complete, compare; says how it went."""
    process = add(news, ledger)
    answers = ask_until(ledger, time.perf_counter() + moment.seconds)
    second = second_writer(ledger) if ledger.exists() and process.poll() is None else "not tried"
    log = Path(f"{ledger}.wal")
    while moment.writing and process.poll() is None and not log.exists():
        time.sleep(0.001)
    while_writing = log.exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = owned(ledger) if ledger.exists() else Owned()
    there = {document for table, document in left if table == "documents"}
    torn = [key for key in left.keys() | rows.keys() if left[key] != (rows[key] if key[1] in there else 0)]
    finish(add(news, ledger))
    same = contents(ledger) == whole
    said = (
        f"killed after {moment.seconds:5.1f} s{' and while writing' if while_writing else ''}: {len(there)} whole documents, "
        f"{answers} answers meanwhile, second writer {second}"
    )
    if torn or not same or second == "let in":
        return f"WRONG {said}; {len(torn)} torn, the same in the end: {same}"
    return f"{said}; the same in the end"


def finish(process: subprocess.Popen[str]) -> None:
    """Wait for the command; it may say what it could not read, and must not fail."""
    _, said = process.communicate()
    if process.returncode == 2 or "Traceback" in said:
        raise SystemExit(said)


def ask_until(ledger: Path, end: float) -> int:
    """Ask the ledger again and again, as another process would; gives the number of answers. An answer that fails stops all."""
    answers = 0
    while time.perf_counter() < end:
        if ledger.exists():
            depeche.open(ledger).counts()
            answers += 1
        time.sleep(max(0.0, min(0.2, end - time.perf_counter())))
    return answers


def second_writer(ledger: Path) -> str:
    """What becomes of another process that wants to write."""
    for _ in range(3):  # the first may take the lock a moment later
        try:
            with Store(ledger).lock():
                pass
        except LedgerError as error:
            return "refused" if "is writing to this ledger" in str(error) else f"met another error: {error}"
        time.sleep(0.3)
    return "let in"


def contents(ledger: Path) -> Contents:
    """All rows of a ledger, in an order of their own."""
    with Store(ledger).connect() as con:
        tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {t: sorted(map(repr, con.execute(f'SELECT * FROM "{t}"').fetchall())) for t in tables}


def owned(ledger: Path) -> Owned:
    """How many rows each document has in each table of its own."""
    with Store(ledger).connect() as con:
        found = Owned({("documents", d): 1 for (d,) in con.execute("SELECT id FROM documents").fetchall()})
        for table in OWNED:
            counts = con.execute(f'SELECT document, count(*) FROM "{table}" GROUP BY document').fetchall()
            found.update({(table, document): n for document, n in counts})
    return found


if __name__ == "__main__":
    sys.exit(main())
