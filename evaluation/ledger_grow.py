"""Grows a ledger of real readings to any size, and times adding at each size on the way.

python evaluation/ledger_grow.py SOURCE.duckdb TARGET.duckdb [--events 1000000] [--at 10000 100000 1000000]

Each generation holds all documents of the source once more, earlier by the span of the source's days, with other actors, countries and
words: a word makes way for another of its length and frequency, the same one throughout a generation, so that offsets, keys and the
likeness of texts stay what they were. At each size the next two thousand documents are added in batches as `depeche add` adds them, and timed; between
the sizes batches are larger. Bar: the time at the last size is at most 1.5 times that at the first.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from depeche.languages.lexicon import load_lexicon
from depeche.ledger import recall, write
from depeche.ledger.filling import BATCH
from depeche.ledger.keys import fold
from depeche.ledger.rows import DocumentRows, Row
from depeche.ledger.store import Store
from depeche.records import identity

TIMED, LARGE = 2000, 4000
# Event mentions of a document, about.
MENTIONS = 4
BAR = 1.5
# Words that are in every text stay.
COMMON = 300
WORD = re.compile(r"[^\W\d_]+")
IDS = ("id", "document", "actor", "mention", "event")
DATES = ("published", "earliest", "latest", "begins", "ends", "day", "as_of", "ends_after")
COUNTRIES = ("country", "of", "speaker_country", "subject_country", "object_country")
# Columns that repeat words of the text, and the prefix of the offsets that say which.
WORDS = {
    "actors": {"name": "name_"},
    "participants": {"words": "", "name": "name_"},
    "quotes": {"text": "", "speaker": "speaker_"},
    "tenure_mentions": {"person": "person_", "office": "office_"},
    "event_mentions": {"holder": "holder_"},
    "claims": {"text": ""},
}
KEYS = {"key": "name", "speaker_key": "speaker", "person_key": "person"}
SPANS = ("triggers", "cues", "chain")
CODES = tuple(sorted(country.code for country in load_lexicon("fr").countries))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument(
        "--at", type=int, nargs="*", default=[10_000, 100_000, 1_000_000], help="sizes, in event mentions"
    )
    args = parser.parse_args()
    target, grown = Store(args.target, create=True), generations(Store(args.source))
    took: dict[int, Cost] = {}
    for size in [*sorted(s for s in args.at if s <= args.events), args.events]:
        grow(target, grown, size)
        if size in args.at and size not in took:
            took[size] = timed(target, grown)
            megabytes = args.target.stat().st_size >> 20
            print(f"{size:9,} event mentions: a thousand documents in {took[size]}; {megabytes:,} MB", flush=True)
    if len(took) < 2:
        return 0
    ratio = took[max(took)].cpu / took[min(took)].cpu
    print(f"the last size costs {ratio:.2f} times the first in processor time (bar {BAR})")
    return 0 if ratio <= BAR else 1


def grow(target: Store, grown: Iterator[DocumentRows], size: int) -> None:
    """Add documents until the target has so many event mentions."""
    started = time.perf_counter()
    while (there := mentions(target)) < size:
        batch = list(islice(grown, max(BATCH, min(LARGE, (size - there) // MENTIONS))))
        write.add(target, batch)
        print(
            f"  {there:,} of {size:,} event mentions, {time.perf_counter() - started:.0f} s", end="\r", file=sys.stderr
        )


class Cost(NamedTuple):
    """What adding takes, in seconds: of the clock, and of all processors (which other work on the machine changes less)."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.cpu:.1f} s of processors)"


def timed(target: Store, grown: Iterator[DocumentRows]) -> Cost:
    """What a thousand documents take."""
    batches = [list(islice(grown, BATCH)) for _ in range(TIMED // BATCH)]
    wall, cpu = time.perf_counter(), time.process_time()
    for batch in batches:
        write.add(target, batch)
    return Cost((time.perf_counter() - wall) * 1000 / TIMED, (time.process_time() - cpu) * 1000 / TIMED)


def mentions(store: Store) -> int:
    """How many event mentions a ledger has."""
    with store.connect() as con:
        return int((con.execute("SELECT count(*) FROM event_mentions").fetchone() or (0,))[0])


def generations(source: Store) -> Iterator[DocumentRows]:
    """The source's documents by day, then those of the generation before them, and so on without an end."""
    with source.connect() as con:
        ids = [
            d for (d,) in con.execute("SELECT id FROM documents WHERE kind = 'text' ORDER BY published, id").fetchall()
        ]
        days = con.execute("SELECT max(published) - min(published) + 1 FROM documents").fetchone()
    words = vocabulary(source)
    for n in count():
        shift = Shift(n, timedelta(days=n * int((days or (365,))[0])), words)
        for first in range(0, len(ids), LARGE):
            yield from (shift.document(rows) for rows in stored(source, ids[first : first + LARGE]))


def stored(source: Store, documents: list[str]) -> Iterator[DocumentRows]:
    """The rows of documents as they were added."""
    with source.connect() as con:
        rows = recall.document_rows(con, documents)
        tables = {table: recall.rows_of_documents(con, table, documents) for table in write.OWNED}
        places = {row["id"]: row for row in recall.fetch(con, "SELECT * FROM places")}
    of_document: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for table, found in tables.items():
        for row in found:
            of_document[str(row["document"])][table].append(row)
    for document in documents:
        own = of_document[document]
        named = {row["place"] for row in own["event_mentions"] if row["place"]}
        yield DocumentRows(
            document, {**own, "documents": [rows[document]], "places": [places[place] for place in named]}
        )


def vocabulary(source: Store) -> list[list[str]]:
    """The words of the source's texts, bar the common ones, in classes of one length and much the same frequency."""
    counts: Counter[str] = Counter()
    with source.connect() as con:
        for (text,) in con.execute("SELECT text FROM documents").fetchall():
            counts.update(WORD.findall(text.lower()))
    common = {word for word, _ in counts.most_common(COMMON)}
    classes: dict[tuple[int, int], list[str]] = defaultdict(list)
    for word in sorted(counts.keys() - common):
        classes[len(word), counts[word].bit_length()].append(word)
    return list(classes.values())


class Shift:
    """One generation: generation 0 is the source itself."""

    def __init__(self, n: int, back: timedelta, words: list[list[str]]) -> None:
        self._n, self._back = n, back
        self._other: dict[str, str] = {}
        rng = random.Random(n)
        for alike in words:
            self._other.update(zip(alike, rng.sample(alike, len(alike)) if n else alike, strict=True))
        self._country = dict(zip(CODES, rng.sample(CODES, len(CODES)) if n else CODES, strict=True))

    def document(self, rows: DocumentRows) -> DocumentRows:
        """A document of this generation."""
        text = self._words(str(rows.tables["documents"][0]["text"]))
        tables = {table: [self._row(table, row, text) for row in found] for table, found in rows.tables.items()}
        return DocumentRows(str(tables["documents"][0]["id"]), tables)

    def _row(self, table: str, row: Row, text: str) -> Row:
        if table == "places":
            return row
        new: Row = {name: self._value(table, name, value) for name, value in row.items()}
        if table == "documents":
            new |= {
                "text": text,
                "title": row["title"] and self._words(str(row["title"])),
                "minhash": None,
                "origin": new["id"],
            }
        for name, prefix in WORDS.get(table, {}).items():
            if row[name] is not None:
                new[name] = text[row[f"{prefix}start"] : row[f"{prefix}end"]]  # type: ignore[misc]  # both are numbers
        for name, of in KEYS.items():
            if name in new and new[of] is not None:
                new[name] = fold(str(new[of]))
        for name in SPANS:
            if name in new:
                new[name] = json.dumps(self._spans(json.loads(str(row[name])), text), ensure_ascii=False)
        if table == "event_mentions":
            new["trigger"] = json.loads(str(new["triggers"]))[0]["text"]
            new["event"] = new["id"]
        return new

    def _value(self, table: str, name: str, value: object) -> object:
        if value is None:
            return None
        if name in IDS:
            return identity(value, self._n) if self._n else value
        if name in DATES and isinstance(value, (date, datetime)):
            return value - self._back
        if name in COUNTRIES:
            return self._country.get(str(value), value)
        return value

    def _spans(self, value: object, text: str) -> object:
        """Spans in JSON, with the words of this generation."""
        if isinstance(value, list):
            return [self._spans(item, text) for item in value]
        if isinstance(value, Mapping):
            new = {name: self._spans(item, text) for name, item in value.items()}
            return new | {"text": text[new["start"] : new["end"]]} if "text" in new else new
        return value

    def _words(self, text: str) -> str:
        return WORD.sub(lambda found: self._word(found[0]), text)

    def _word(self, word: str) -> str:
        other = self._other.get(word.lower(), word)
        if word.islower() or len(other) != len(word):
            return other if len(other) == len(word) else word
        return "".join(
            b.upper() if a.isupper() and len(b.upper()) == 1 else b for a, b in zip(word, other, strict=True)
        )


if __name__ == "__main__":
    sys.exit(main())
