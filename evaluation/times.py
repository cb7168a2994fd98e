"""Measures times: the suite of dated expressions, and how many gold dates are among the times of their passage.

python evaluation/times.py                                 both, from ../shared
python evaluation/times.py --parse                         with the tense taken from the parse, not from the nearest word
python evaluation/times.py --misses 40                     40 gold dates that no time of the passage gives
"""

from __future__ import annotations

import argparse
import json
import time as clock
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from depeche.annotate.parsed import Parsed
from depeche.extract.times import TimeGrammar, compile_times, event_day, find_times, iso
from depeche.languages.reader import read_entries
from depeche.languages.schema.times import TimeRule, TimeTense, TimeWord
from depeche.records import Time

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FRENCH = ROOT / "src" / "depeche" / "languages" / "fr"
#: The suite tells the grain of an interval's ends where our records tell that of the whole.
GRAIN_OF_ENDS = {"season": "day", "weekend": "day"}


def grammar() -> TimeGrammar:
    """The French time grammar."""
    return compile_times(
        read_entries(FRENCH / "time_words.yaml", TimeWord),
        read_entries(FRENCH / "time_rules.yaml", TimeRule),
        read_entries(FRENCH / "time_tenses.yaml", TimeTense),
    )


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file."""
    with path.open(encoding="utf-8") as stream:
        yield from (json.loads(line) for line in stream if line.strip())


def same_moment(moment: datetime | None, wanted: str) -> bool:
    """Whether a moment is the one that the suite writes; "2013-03-00" names a month, "2013-00-00" a year."""
    return moment is not None and moment.date().isoformat().startswith(wanted.replace("-00", ""))


def suite_right(item: dict[str, Any], times: tuple[Time, ...]) -> bool:
    """Whether one expression of the suite is read as one time with its start, grain and end."""
    if len(times) != 1:
        return False
    (found,) = times
    grain = GRAIN_OF_ENDS.get(found.grain, found.grain)
    ends = "end" not in item or same_moment(found.end, item["end"])
    return same_moment(found.start, item["start"]) and grain == item["grain"] and ends


def suite(path: Path, times: TimeGrammar) -> tuple[int, int, list[str]]:
    """Right, all, and what is wrong; a time without a direction of its own points forward there."""
    items = list(lines(path))
    wrong = [
        i["text"]
        for i in items
        if not suite_right(i, find_times(i["text"], times, date.fromisoformat(i["published"]), "future"))
    ]
    return len(items) - len(wrong), len(items), wrong


def gold_dates(path: Path, times: TimeGrammar, parse: Any) -> tuple[int, int, list[str], float]:
    """Gold dates that a time of the passage gives, all gold dates, the others in words, and microseconds a word."""
    hits = total = words = 0
    seconds, misses = 0.0, []
    for passage in lines(path):
        published = date.fromisoformat(passage["published"]) if passage["published"] else None
        source: str | Parsed = parse(passage["text"]) if parse else passage["text"]
        started = clock.perf_counter()
        found = find_times(source, times, published)
        seconds += clock.perf_counter() - started
        words += len(passage["text"].split())
        told = {iso(t, published) for t in found} | {iso(t) for t in found} | {str(event_day(t, times)) for t in found}
        for event in passage["events"]:
            if event["date"]:
                total += 1
                hits += event["date"] in told
                if event["date"] not in told:
                    seen = [(t.span.text, iso(t, published)) for t in found]
                    misses.append(f"{passage['id']} {published} {event['date']} {event['triggers']} {seen}")
    return hits, total, misses, seconds / max(words, 1) * 1e6


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", type=Path, default=SHARED / "suites" / "time-fr-duckling.jsonl")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "train.jsonl")
    parser.add_argument("--parse", action="store_true", help="take the tense from the parse")
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    parse = None
    if args.parse:
        from depeche.annotate import load  # the model takes a second to load

        parse = load("fr").parse
    times = grammar()
    right, items, wrong = suite(args.suite, times)
    print(f"suite: {right}/{items} = {right / items:.3f}; wrong: {', '.join(wrong) or 'none'}")
    hits, total, misses, speed = gold_dates(args.gold, times, parse)
    print(f"gold dates among the times of their passage: {hits}/{total} = {hits / total:.3f}; {speed:.1f} µs a word")
    for miss in misses[: args.misses]:
        print(miss)


if __name__ == "__main__":
    main()
