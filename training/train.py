"""Make the French model, from the data folder to the files that ship: the one command.

    python training/train.py --data ../shared/corpora --out src/depeche/languages/fr/model

Steps: cut the news into sentences, pretrain two language models on them, train the parser on all corpora, write the model. What lies in
`--work` already is not made again. Seeds, sizes and schedules are those of `RECIPE`, and go into `meta.json`.
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch
from corpora import NEWS, SEQUOIA, Example, read_all
from export import Trained, export
from fit import SHARES, Course, Targets, fit
from labels import collect
from names import NameCourse, fit_names
from net import Parser, Sizes
from news import News, read_news
from pretrain import Leg, pretrain
from scores import names as name_scores
from scores import quick

from depeche.annotate.features import normal
from depeche.annotate.tokenize import Tokenizer

ROOT = Path(__file__).parent.parent
LANGUAGE = ROOT / "src" / "depeche" / "languages" / "fr"
RARE = 5
"""A word seen less often, in the news and the treebanks together, gets no row of its own."""
HELD = 10
"""Every tenth marked news sentence is kept from the parser's training: it shows how names go. The tagger of names, whose course was
chosen on it, then learns from all."""


@dataclass(frozen=True)
class Recipe:
    """All that decides the model, apart from the data and this code."""

    sizes: Sizes
    legs: tuple[Leg, ...]
    course: Course
    names: NameCourse
    version: str


RECIPE = Recipe(
    sizes=Sizes(upper=256, layers=2),
    legs=(Leg(steps=4712, stop=1500, seed=1), Leg(steps=1400, seed=2)),
    course=Course(),
    names=NameCourse(),
    version="fr-0.1",
)


def vocabulary(news: News, corpora: dict[str, list[Example]]) -> dict[str, int]:
    """Words with a row of their own, the frequent first; row 0 is the unknown word."""
    counts = Counter(news.counts)
    for name in ("sequoia", "gsd", "pud", "questions", "rhapsodie", "stories"):
        counts.update(normal(w) for e in corpora[name] for w in e.words)
    kept = sorted((w for w, n in counts.items() if n >= RARE), key=lambda w: (-counts[w], w))
    return {word: row for row, word in enumerate(["", *kept])}


def cached_news(data: Path, work: Path, tokenizer: Tokenizer) -> News:
    """The sentences of the news, kept in the work folder."""
    path = work / "news.pickle"
    if not path.exists():
        with path.open("wb") as out:
            pickle.dump(read_news(data / "news" / "fr-2011-2020.jsonl.xz", tokenizer), out)
    with path.open("rb") as stored:
        news: News = pickle.load(stored)
    return news


def pretrained(news: News, rows: dict[str, int], recipe: Recipe, work: Path) -> Path | None:
    """The language models after the last leg."""
    before: Path | None = None
    for number, leg in enumerate(recipe.legs):
        path = work / f"language-models-{number}.pt"
        if not path.exists():
            pretrain(news, rows, recipe.sizes, leg, path, before)
        before = path
    return before


def main() -> None:
    """Train and export."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "corpora")
    arguments.add_argument("--out", type=Path, default=LANGUAGE / "model")
    arguments.add_argument("--work", type=Path, default=ROOT / "training" / "work")
    arguments.add_argument("--threads", type=int, default=2)
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    given.work.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(LANGUAGE / "tokens.yaml")
    corpora = read_all(given.data, tokenizer)
    news = cached_news(given.data, given.work, tokenizer)
    rows = vocabulary(news, corpora)
    start = pretrained(news, rows, RECIPE, given.work)
    marked = corpora["news"]
    held = marked[::HELD]
    corpora["news"] = [e for i, e in enumerate(marked) if i % HELD]
    labels = collect(e for name in SHARES for e in corpora[name])

    def progress(model: Parser) -> dict[str, float]:
        dev = quick(model, labels, rows, corpora["sequoia-dev"], SEQUOIA)
        return dev | name_scores(model, labels, rows, held, NEWS)

    model = fit(corpora, labels, rows, RECIPE.sizes, RECIPE.course, start, progress)
    torch.save(model.state_dict(), given.work / "parser.pt")
    tagger = fit_names(model, corpora | {"news": marked}, rows, Targets(labels), RECIPE.names)
    trained = Trained(model, tagger, labels, list(rows))
    print(export(trained, corpora["sequoia"] + corpora["gsd"], given.out, RECIPE.version))


if __name__ == "__main__":
    main()
