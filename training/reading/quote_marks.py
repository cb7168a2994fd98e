"""Trains the component that tells quoted words from titles, names and words taken at a distance, and measures it.

    python training/reading/quote_marks.py --out src/depeche/languages/fr/learned
    python training/reading/quote_marks.py --folds 10       cross-validation, beside taking every marked stretch

Binary logistic regression with L2 over the signs of `depeche.extract.quotes.verdict`, passages shuffled into folds from a recorded
seed. While it learns, the annotation says which stretches before were quotes, since a quote without a cue goes on with the last one.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

from samples import words
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from train import SEED, SHARED, Passage, parse_passages

from depeche.extract.quotes.links import Scene, Stretch
from depeche.extract.quotes.read import judge, look
from depeche.extract.quotes.tables import MARKS
from depeche.extract.quotes.verdict import QUOTE
from depeche.languages.lexicon import Lexicon, load_lexicon
from depeche.languages.linear import LinearModel

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "evaluation"))
from gold import passages  # the evaluation folder is no package

OTHER = "other"
STRENGTH = 1.0
SHARED_WORDS = 0.5  # Dice overlap from which a marked stretch is an annotated quote


@dataclass(frozen=True)
class Sample:
    """A marked stretch: the signs that hold for it, and whether it is annotated as a quote."""

    signs: frozenset[str]
    quoted: bool


def collect(passage: Passage, lexicon: Lexicon) -> list[Sample]:
    """The marked stretches of a passage in text order."""
    annotated = [words(quote["text"]) for quote in passage.gold["quotes"]]
    found: list[Sample] = []

    def accept(scene: Scene, stretch: Stretch, signs: frozenset[str]) -> bool:
        own = words(scene.parsed.text[stretch.marked.start : stretch.marked.end])
        quoted = any(2 * len(own & other) >= SHARED_WORDS * (len(own) + len(other)) for other in annotated if own)
        found.append(Sample(signs, quoted))
        return quoted

    judge(look(passage.parsed, lexicon), accept)
    return found


def fit(samples: list[Sample]) -> LinearModel:
    """The weights of the signs."""
    vectors = DictVectorizer()
    table = vectors.fit_transform([dict.fromkeys(sorted(s.signs), 1.0) for s in samples])
    regression = LogisticRegression(C=STRENGTH, max_iter=400).fit(table, [s.quoted for s in samples])
    weights = {
        str(sign): (round(-float(w) / 2, 3), round(float(w) / 2, 3))
        for sign, w in zip(vectors.get_feature_names_out(), regression.coef_[0], strict=True)
    }
    bias = round(float(regression.intercept_[0]) / 2, 3)
    return LinearModel(MARKS, (OTHER, QUOTE), (-bias, bias), weights)


def cross_validate(samples: list[list[Sample]], folds: int) -> tuple[float, float]:
    """F1 of quotes among marked stretches: by the component, each passage unseen, and taking every stretch."""
    order = samples[:]
    random.Random(SEED).shuffle(order)
    counts = {True: [0, 0], False: [0, 0]}  # by gold: taken, left out
    for fold in range(folds):
        model = fit([s for at, passage in enumerate(order) if at % folds != fold for s in passage])
        for sample in (s for passage in order[fold::folds] for s in passage):
            other, quote = model.scores(sample.signs)
            counts[sample.quoted][quote <= other] += 1
    (hits, missed), (wrong, left) = counts[True], counts[False]
    every = hits + missed
    return 2 * hits / (2 * hits + missed + wrong), 2 * every / (2 * every + wrong + left)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold" / "train.jsonl", help="annotated passages")
    parser.add_argument("--out", type=Path, help="write the component to this folder")
    parser.add_argument("--folds", type=int, help="cross-validate")
    parser.add_argument("--lang", default="fr")
    args = parser.parse_args()
    lexicon = load_lexicon(args.lang)
    samples = [collect(passage, lexicon) for passage in parse_passages(passages(args.gold))]
    if args.folds:
        learned, every = cross_validate(samples, args.folds)
        print(f"{sum(map(len, samples))} marked stretches: F1 {learned:.3f}, taking every one {every:.3f}")
    if args.out:
        model = fit([s for passage in samples for s in passage])
        table = {"labels": model.labels, "bias": model.bias, "weights": model.weights}
        text = json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        (args.out / f"{MARKS}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{len(model.weights)} signs")


if __name__ == "__main__":
    main()
