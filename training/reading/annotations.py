"""Our own annotation of news passages, kept as offsets into the articles of the data folder: no word of theirs is in the project.

    python training/reading/annotations.py --data ../shared/corpora --out passages.jsonl      rebuild the annotated passages
    python training/reading/annotations.py --data ../shared/corpora --encode passages.jsonl   write offsets from such passages

A line of `annotations.jsonl` is {"article", "start", "end", "events": […]}; every string of an event is [start, end] in the passage.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("annotations.jsonl")
NEWS = "news/fr-2011-2020.jsonl.xz"

Json = dict[str, Any]


def articles(data: Path) -> dict[str, Json]:
    """The articles of the data folder by id."""
    with lzma.open(data / NEWS, "rt", encoding="utf-8") as lines:
        return {str(a["id"]): a for a in map(json.loads, lines)}


def rebuild(data: Path) -> Iterator[Json]:
    """The annotated passages with their words, in the gold's format."""
    texts = articles(data)
    with FILE.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            article = texts[row["article"]]
            text = article["text"][row["start"] : row["end"]]
            yield {
                "id": f"n-{row['article']}-{row['start']}", "lang": "fr", "outlet": None, "title": article.get("title"),
                "published": article["published"][:10], "text": text, "quotes": [], "offices": [],
                "events": [_with_words(event, text) for event in row["events"]],
            }  # fmt: skip


def _with_words(event: Json, text: str) -> Json:
    def words(span: list[int] | None) -> str | None:
        return text[span[0] : span[1]] if span else None

    sides = {side: [{"text": words(p[:2]), "code": p[2]} for p in event[side]] for side in ("actors", "recipients")}
    return {
        **event,
        **sides,
        "triggers": [words(t) for t in event["triggers"]],
        "place": words(event["place"]),
        "source": words(event["source"]),
    }


def encode(data: Path, passages: Path) -> int:
    """Write the annotation of passages as offsets; the number of passages written. Passages that no article holds are left out."""
    texts = articles(data)
    rows = []
    for line in passages.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        article = passage["id"].split("-")[1]
        start = texts[article]["text"].find(passage["text"])
        if start >= 0:
            events = [_with_offsets(event, passage["text"]) for event in passage["events"]]
            rows.append({"article": article, "start": start, "end": start + len(passage["text"]), "events": events})
    FILE.write_text("".join(json.dumps(r, separators=(",", ":")) + "\n" for r in rows), encoding="utf-8")
    return len(rows)


def _with_offsets(event: Json, text: str) -> Json:
    def span(words: str | None) -> list[int] | None:
        return [text.index(words), text.index(words) + len(words)] if words and words in text else None

    kept = {key: event.get(key) for key in ("type", "mode", "status", "date")}
    for side in ("actors", "recipients"):
        kept[side] = [[*where, p["code"]] for p in event[side] if (where := span(p["text"]))]
    triggers = [where for t in event["triggers"] if (where := span(t))]
    return {**kept, "triggers": triggers, "place": span(event.get("place")), "source": span(event.get("source"))}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[3] / "shared" / "corpora")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--encode", type=Path, metavar="PASSAGES")
    args = parser.parse_args()
    if args.encode:
        print(f"{encode(args.data, args.encode)} passages written to {FILE.name}")
    if args.out:
        args.out.write_text(
            "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in rebuild(args.data)), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
