"""Hides the dates of articles that name office holders, and sees whether the ledger finds them again.

    python evaluation/dating.py --ledger news.duckdb --lists lists/ --count 500 --seed 1

Works on a copy of the ledger: takes a sample of dated articles out, with all that rested on them, imports the lists, reads the articles
again without their dates, adds them, and compares the interval that each gets with its date.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import depeche
from depeche.analysis.dating import Dated
from depeche.ledger.store import Store
from depeche.ledger.tenures import Pair, is_sole
from depeche.ledger_api import Ledger

COVERED = 0.95


class Article(NamedTuple):
    """A dated article of the ledger."""

    id: str
    published: date
    text: str
    title: str | None
    outlet: str | None
    lang: str


_NAMING = """
SELECT DISTINCT d.id, d.published, d.text, d.title, d.outlet, d.lang, m."of", m.office_key
FROM documents d JOIN tenure_mentions m ON m.document = d.id
WHERE d.kind = 'text' AND d.published IS NOT NULL AND m.told = 'current' AND m.basis <> 'resolved' AND length(m."of") = 3
ORDER BY d.id
"""


def naming_holders(path: Path) -> list[Article]:
    """The dated articles that call somebody the holder of an office of a state or body which one person holds at a time."""
    with Store(path).connect() as con:
        rows = con.execute(_NAMING).fetchall()
    found = {Article(*row[:6]): None for row in rows if is_sole(Pair(*row[6:]))}
    return list(found)


def hide(ledger: Ledger, articles: Sequence[Article]) -> dict[str, Article]:
    """Take the articles out and put them in again without their dates; the articles by their new ids."""
    ledger.forget(*(a.id for a in articles))
    readings = [depeche.read(a.text, title=a.title, outlet=a.outlet, lang=a.lang) for a in articles]
    ledger.add_readings(readings)
    return {r.document.id: a for r, a in zip(readings, articles, strict=True)}


def report(articles: Mapping[str, Article], datings: Sequence[Dated], misses: int) -> float:
    """Print the figures; the share of the articles whose date lies in the interval."""
    judged = [(articles[d.document], d) for d in datings if d.document in articles]
    right = [(a, d) for a, d in judged if _holds(a.published, d)]
    closed = [(a, d) for a, d in judged if d.earliest and d.latest]
    widths = sorted((d.latest - d.earliest).days for _, d in closed if d.earliest and d.latest)
    for a, d in [pair for pair in closed if not _holds(pair[0].published, pair[1])][:misses]:
        print(f"{a.published} not in {d.earliest} to {d.latest}")
        print(
            "\n".join(
                f"    {r.kind}: {r.words}: {r.earliest} to {r.latest}{'' if r.used else ' unused'}" for r in d.reasons
            )
        )
    kinds = Counter(kind for _, d in judged for kind in {r.kind for r in d.reasons if r.used})
    sure = sum(_holds(a.published, d) for a, d in closed)
    print(f"{len(judged)} articles; date in the interval: {len(right)} ({len(right) / max(len(judged), 1):.3f})")
    print(f"interval closed on both sides: {len(closed)}; date in it: {sure} ({sure / max(len(closed), 1):.3f})")
    print(f"median width of these: {statistics.median(widths) if widths else 0:.0f} days")
    print(f"median width of all, an open one counted as endless: {_median(widths, len(judged))}")
    print("reasons: " + ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()))
    return min(len(right) / max(len(judged), 1), sure / max(len(closed), 1))


def _holds(day: date, dated: Dated) -> bool:
    return (dated.earliest is None or dated.earliest <= day) and (dated.latest is None or day < dated.latest)


def _median(widths: Sequence[int], count: int) -> str:
    return f"{widths[count // 2]} days" if len(widths) > count // 2 else "endless"


def main() -> int:
    """The command line; 1 where fewer than 95 % of the dates lie in their intervals."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--lists", type=Path, nargs="*", default=[], help="files or folders to import first")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=0, help="how many wrong intervals to show")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hidden.duckdb"
        shutil.copy(args.ledger, path)
        ledger = depeche.open(path)
        articles = naming_holders(path)
        print(f"{len(articles)} articles name a holder")
        sample = random.Random(args.seed).sample(articles, min(args.count, len(articles)))
        if args.lists:
            ledger.import_lists(*args.lists)
        hidden = hide(ledger, sample)
        return int(report(hidden, ledger.dating().documents, args.misses) < COVERED)


if __name__ == "__main__":
    raise SystemExit(main())
