"""Evidence in the large: every span of every record of many articles is the stored words, no reading fails, and a second process
gives the same bytes.

    python evaluation/evidence.py ../shared/corpora/news/fr-2011-2020.jsonl.xz --articles 2000
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import depeche
from depeche.records import Reading, Span
from depeche.records.codecs import encode


def articles(path: Path, step: int = 13) -> Iterator[dict[str, Any]]:
    """Articles of a compressed JSONL file, every `step`-th, so that all years are met."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % step == 0:
                yield json.loads(line)


def spans(record: object) -> Iterator[Span]:
    """All spans inside a record, however deep."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from spans(item)
    elif is_dataclass(record) and not isinstance(record, type):
        for f in fields(record):
            yield from spans(getattr(record, f.name))


def wrong_spans(reading: Reading) -> list[Span]:
    """The spans whose words are not the text's."""
    text = reading.document.text
    return [s for s in spans(reading) if text[s.start : s.end] != s.text]


def run(path: Path, count: int) -> int:
    """Read the articles, print the counts and the digest of all readings; the number of faults."""
    digest, counts, faults = hashlib.sha256(), Counter[str](), 0
    for article in islice(articles(path), count):
        text = "\n\n".join(x for x in (article.get("title"), article.get("text")) if x)
        reading = depeche.read(text, published=article["published"], title=article.get("title"), lang="fr")
        for span in wrong_spans(reading):
            faults += 1
            print(f"{article['id']}: {span} is not in the text", file=sys.stderr)
        for kind in ("events", "quotes", "tenures", "times", "claims", "mentions"):
            counts[kind] += len(getattr(reading, kind))
        counts["articles"] += 1
        digest.update(json.dumps(encode(reading), ensure_ascii=False).encode())
    print(json.dumps({**counts, "wrong spans": faults, "digest": digest.hexdigest()}))
    return faults


def main() -> int:
    """The command line: with --once one run, else two processes whose answers must be equal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--once", action="store_true")
    args = parser.parse_args()
    if args.once:
        return 1 if run(args.news, args.articles) else 0
    command = [sys.executable, __file__, str(args.news), "--articles", str(args.articles), "--once"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [p.communicate()[0].strip() for p in processes]
    print(answers[0])
    print(
        "the same bytes in two processes"
        if answers[0] == answers[1]
        else f"NOT the same in the second process: {answers[1]}"
    )
    return 0 if answers[0] == answers[1] and all(p.returncode == 0 for p in processes) else 1


if __name__ == "__main__":
    sys.exit(main())
