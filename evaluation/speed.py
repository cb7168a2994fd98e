"""Speed on one core, as ratios in one run: the whole reading against the model's own parse of the same text. `make bench` runs it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

from evidence import articles

NEWS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "news" / "fr-2011-2020.jsonl.xz"
BAR = 1.6


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path, nargs="?", default=NEWS)
    parser.add_argument("--articles", type=int, default=200)
    args = parser.parse_args()
    if not args.news.is_file():
        print(f"skipped: no news at {args.news} (it is not part of the project)")
        return 0
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    started = time.perf_counter()
    help_time = _help()
    from depeche import api
    from depeche.annotate import load
    from depeche.ingest import make_document
    from depeche.languages.lexicon import load_lexicon
    from depeche.pipeline import read_parsed

    started = time.perf_counter()
    model = load("fr")
    model.parse("Un mot.")
    loading = time.perf_counter() - started
    lexicon = load_lexicon("fr")
    documents = [
        make_document(a["text"], published=a["published"], lang="fr")
        for a in islice(articles(args.news), args.articles)
    ]
    words = sum(len(d.text.split()) for d in documents)
    read_parsed(documents[0], model.parse(documents[0].text), lexicon)  # compiles the lexicon's tables
    parse_time = read_time = 0.0
    for document in documents:  # interleaved, so that both meet the same state of the machine
        started = time.perf_counter()
        model.parse(document.text)
        parse_time += time.perf_counter() - started
        started = time.perf_counter()
        api.read_input(api.Input(document))
        read_time += time.perf_counter() - started
    print(f"{len(documents)} articles, {words} words, one core")
    print(f"model loaded in {loading:.2f} s; depeche --help in {help_time:.2f} s")
    print(f"parse alone    {words / parse_time:8.0f} words/s")
    print(f"whole reading  {words / read_time:8.0f} words/s")
    print(f"whole reading / parse = {read_time / parse_time:.2f} (bar: {BAR})")
    return 0 if read_time / parse_time <= BAR else 1


def _help() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "depeche", "--help"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
