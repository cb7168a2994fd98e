"""Reads gold passages with Dépêche and scores the readings with the gold's own measure.

`python evaluation/gold.py ../shared/gold/dev.jsonl` prints the scores; `--write predictions.jsonl` keeps the readings.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import depeche
from depeche.records.codecs import to_gold

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"


def passages(path: Path) -> Iterator[dict[str, Any]]:
    """The gold passages of a file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def predict(passage: dict[str, Any]) -> dict[str, Any]:
    """Our reading of one passage, made from its text and metadata alone."""
    reading = depeche.read(
        passage["text"],
        published=passage["published"],
        outlet=passage["outlet"],
        title=passage["title"],
        lang=passage["lang"],
    )
    return {**to_gold(reading), "id": passage["id"]}


def measure(gold_folder: Path) -> ModuleType:
    """The gold's scorer, `score.py` beside the gold files."""
    spec = importlib.util.spec_from_file_location("gold_score", gold_folder / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores(path: Path, predictions: dict[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    """All scores of `score.py` for one gold file."""
    gold = {p["id"]: p for p in passages(path)}
    predicted = predictions or {key: predict(p) for key, p in gold.items()}
    result: dict[str, Any] = measure(path.parent).score(gold, predicted)
    return result


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD / "dev.jsonl")
    parser.add_argument("--write", type=Path, help="write the readings to this file, in the gold's format")
    args = parser.parse_args()
    predictions = {p["id"]: predict(p) for p in passages(args.gold)}
    if args.write:
        args.write.write_text(
            "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in predictions.values()), encoding="utf-8"
        )
    print_scores(scores(args.gold, predictions))


def print_scores(result: dict[str, Any]) -> None:
    """The layers, the accuracies on matched events, and F1 by event type."""
    for name, row in result.items():
        if "f1" in row:
            print(
                f"{name:16} P {row['p']:.3f}  R {row['r']:.3f}  F1 {row['f1']:.3f}   gold {row['gold']}, predicted {row['pred']}"
            )
    for name, value in result["on matched events"].items():
        print(f"{name:16} {value}")
    for name, row in result["per type"].items():
        print(f"  {name:14} P {row['p']:.3f}  R {row['r']:.3f}  F1 {row['f1']:.3f}   gold {row['gold']}")


if __name__ == "__main__":
    main()
