"""Take the scores of a model from raw text, as the model card states them.

    python training/evaluate.py [--data ../shared/corpora] [--model fr] [--news 300]

Parse quality on the Sequoia test set, entities on the news test set, words per second on one core, time to load.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import lzma
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

from depeche.annotate import load
from depeche.annotate.conllu import write_conllu

DATA = Path(__file__).parent.parent.parent / "shared" / "corpora"


def scorer(data: Path) -> ModuleType:
    """The scoring script that stands beside the data."""
    spec = importlib.util.spec_from_file_location("score_parse", data / "score_parse.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def raw_text(score: ModuleType, gold: Path) -> str:
    """The text to parse: ten sentences a paragraph."""
    held = io.StringIO()
    with contextlib.redirect_stdout(held):
        score.raw(gold)
    return held.getvalue()


def parse_scores(model: str, data: Path, gold: str) -> None:
    """Print the scores on one treebank."""
    score = scorer(data)
    path = data / "treebanks" / gold
    parsed = load(model).parse(raw_text(score, path))
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as out:
        out.write(write_conllu(parsed))
        out.flush()
        print(f"== {gold}")
        score.score_parse(path, out.name)


def entity_scores(model: str, data: Path, gold: str) -> None:
    """Print the scores on one file of marked sentences."""
    path = data / "entities" / gold
    parser = load(model)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            spans = [[e.start, e.end, e.label] for e in parser.parse(record["text"]).entities]
            out.write(json.dumps({"id": record["id"], "entities": spans}) + "\n")
        out.flush()
        print(f"== {gold}")
        scorer(data).score_entities(path, out.name)


def speed(model: str, data: Path, count: int) -> None:
    """Print words per second of processor time over every 90th article, and the time to load in a fresh process."""
    texts = []
    with lzma.open(data / "news" / "fr-2011-2020.jsonl.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 90 == 0:
                record = json.loads(line)
                texts.append("\n\n".join(record[k] for k in ("title", "lead", "text") if record.get(k)))
            if len(texts) >= count:
                break
    parser = load(model)
    parser.parse(texts[0])
    began = time.process_time()
    tokens = sum(len(parser.parse(text).tokens) for text in texts)
    spent = time.process_time() - began
    words = sum(len(text.split()) for text in texts)
    print(
        f"== speed\n{words / spent:.0f} words/s, {tokens / spent:.0f} tokens/s on one core ({len(texts)} articles, {words} words)"
    )
    program = (
        f"import time; t = time.time(); from depeche.annotate import load; load({model!r}); print(time.time() - t)"
    )
    times = [
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout) for _ in range(3)
    ]
    print(f"loaded in {min(times):.2f} s")


def main() -> None:
    """Print all scores."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--model", default="fr")
    arguments.add_argument("--news", type=int, default=300, help="articles for the speed (0: none)")
    given = arguments.parse_args()
    print(load(given.model).name)
    for gold in ("fr_sequoia-dev.conllu", "fr_sequoia-test.conllu"):
        parse_scores(given.model, given.data, gold)
    entity_scores(given.model, given.data, "news-fr-test.jsonl")
    if given.news:
        speed(given.model, given.data, given.news)


if __name__ == "__main__":
    main()
