"""Reads a whole corpus into one ledger with the command line, and prints time, memory, size and counts.

python evaluation/ledger_build.py [NEWS] [--ledger PATH] [--articles N] [--jobs N]

Bars for the corpus of 27,366 articles on two cores: 30 minutes, 4 GB. With a ledger that is there already, the run completes it.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path

NEWS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "news" / "fr-2011-2020.jsonl.xz"
MINUTES, GIGABYTES = 30.0, 4.0
# How often memory is looked at, in seconds.
GLANCE = 0.5


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path, nargs="?", default=NEWS)
    parser.add_argument("--ledger", type=Path, help="where the ledger is made (default: a folder that goes away)")
    parser.add_argument("--articles", type=int, help="read the first N alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    if not args.news.is_file():
        print(f"skipped: no news at {args.news} (it is not part of the project)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        ledger = args.ledger or Path(folder) / "news.duckdb"
        return build(first(args.news, args.articles, Path(folder)), ledger, args.jobs)


def first(news: Path, articles: int | None, folder: Path) -> Path:
    """The corpus, or a file of its first articles."""
    if articles is None:
        return news
    part = folder / "part.jsonl"
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        part.write_text("".join(islice(lines, articles)), encoding="utf-8")
    return part


def build(news: Path, ledger: Path, jobs: int) -> int:
    """Run the command, watch it, and judge."""
    started = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "depeche",
        "add",
        str(news),
        "--lang",
        "fr",
        "--ledger",
        str(ledger),
        "--jobs",
        str(jobs),
    ]
    with subprocess.Popen(command) as process:
        watch = Memory(process.pid)
        watch.start()
        code = process.wait()
    minutes, peak = (time.perf_counter() - started) / 60, watch.peak / 2**30
    if code == 2:
        return 2
    import depeche

    counts = depeche.open(ledger).counts()
    size = ledger.stat().st_size / 2**20
    print(json.dumps(counts, indent=1))
    print(
        f"{minutes:.1f} minutes with {jobs} processes (bar {MINUTES:g}), {counts['documents'] / minutes / 60:.1f} documents a second"
    )
    print(f"{peak:.2f} GB at the most, all processes together (bar {GIGABYTES:g})")
    print(f"{size:.0f} MB, {1024 * size / max(1, counts['documents']):.1f} KB a document")
    return 0 if minutes <= MINUTES and peak <= GIGABYTES else 1


class Memory(threading.Thread):
    """Looks at what a process and its children hold, again and again, as long as it lives (Linux; elsewhere it sees nothing)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.peak = 0

    def run(self) -> None:
        """Until the process ends."""
        while now := sum(map(resident, family(self._pid))):
            self.peak = max(self.peak, now)
            time.sleep(GLANCE)


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    found, edge = [pid], [pid]
    while edge:
        children = [Path(f"/proc/{p}/task/{p}/children") for p in edge]
        edge = [int(child) for path in children if path.exists() for child in path.read_text().split()]
        found += edge
    return found


def resident(pid: int) -> int:
    """The bytes of a process's own memory and its share of what others use, too (PSS); 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    sys.exit(main())
