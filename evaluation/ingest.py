"""Measures the reading of web pages: `python evaluation/ingest.py FOLDER` (pages and truth.jsonl). Prints one line of JSON.

The truth's texts have lost their paragraph breaks ("ended.Next"), so words are compared, as a bag a page: letters and
digits, parted also where a capital follows a small letter. The lead of an article counts as its text.
"""

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

from depeche.ingest import Problem, open_sources
from depeche.records import Block, Document

_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿœ]+|[A-ZÀ-ÖØ-ÞŒ]+|\d+")


def words(text: str) -> Counter[str]:
    """The words of a text, counted."""
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text)))


def news(document: Document) -> str:
    """The text of a document but for its furniture and signatures."""
    kept: list[Block] = [b for b in document.blocks if b.kind not in ("furniture", "byline")]
    return "\n".join(document.text[b.start : b.end] for b in kept) if document.blocks else document.text


def same(one: str | None, other: str | None) -> bool:
    """Whether two titles are the same but for blanks."""
    return " ".join((one or "").split()) == " ".join((other or "").split())


def main(folder: Path) -> dict[str, float | int]:
    """Reads every page of the folder and compares it with the truth."""
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    hit = found = wanted = titles = dates = problems = paragraphs = 0
    started = time.perf_counter()
    for row in rows:
        for item in open_sources([folder / row["file"]]):
            if isinstance(item, Problem):
                problems += 1
                print(item, file=sys.stderr)
                continue
            document = item.document
            got, want = words(news(document)), words((row["lead"] or "") + "\n" + row["text"])
            hit, found, wanted = hit + (got & want).total(), found + got.total(), wanted + want.total()
            titles += same(document.title, row["title"])
            dates += str(document.published) == row["published"]
            paragraphs += len(document.text.splitlines())
    precision, recall = hit / found, hit / wanted
    return {
        "pages": len(rows),
        "problems": problems,
        "text_precision": round(precision, 4),
        "text_recall": round(recall, 4),
        "text_f1": round(2 * precision * recall / (precision + recall), 4),
        "titles": round(titles / len(rows), 4),
        "dates": round(dates / len(rows), 4),
        "paragraphs_a_page": round(paragraphs / len(rows), 1),
        "seconds_a_page": round((time.perf_counter() - started) / len(rows), 3),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
