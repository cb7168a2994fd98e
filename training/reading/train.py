"""Trains the learned components of the reading, and measures them by cross-validation: never on what trained them.

    python training/reading/train.py --out src/depeche/languages/fr/learned
    python training/reading/train.py --folds 5         the comparison with the rules alone

It learns from the annotated passages of --gold and from our own annotation of news (`annotations.jsonl`, offsets into --data).

Multinomial logistic regression with L2 (scikit-learn, lbfgs), passages shuffled into folds from a recorded seed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from annotations import rebuild
from samples import Samples, add_samples
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from depeche.annotate import load
from depeche.annotate.parsed import Parsed
from depeche.extract.events.scene import Scene
from depeche.ingest import make_document
from depeche.languages.lexicon import Lexicon, load_lexicon
from depeche.languages.linear import LinearModel
from depeche.pipeline import annotate, prepare, read_parsed
from depeche.records import Document
from depeche.records.codecs import to_gold

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "evaluation"))
from gold import measure, passages, print_scores  # the evaluation folder is no package

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEED = 20
LEAST = 2  # times a feature must be seen to be kept
STRENGTH = {
    "event_triggers": 0.1,
    "event_roles": 0.12,
    "event_times": 0.1,
    "event_places": 0.15,
    "event_status": 0.2,
}
NEGLIGIBLE = 0.01  # weights under this are dropped from the file


@dataclass(frozen=True)
class Passage:
    """An annotated passage with its parse."""

    gold: dict[str, Any]
    document: Document
    parsed: Parsed


def parse_passages(annotated: Iterable[dict[str, Any]]) -> list[Passage]:
    """Annotated passages, parsed by their language's own model."""
    found = []
    for gold in annotated:
        document = make_document(
            gold["text"], published=gold["published"], outlet=gold["outlet"], title=gold["title"], lang=gold["lang"]
        )
        found.append(Passage(gold, document, annotate(document, load(gold["lang"]))))
    return found


def collect(training: list[Passage], lexicon: Lexicon) -> Samples:
    """The samples of the passages, proposed by the rules alone."""
    samples = Samples()
    for passage in training:
        scene: Scene = prepare(passage.document, passage.parsed, lexicon).scene
        add_samples(samples, scene, passage.gold["events"])
    return samples


def fit(name: str, samples: list[tuple[list[str], str]]) -> LinearModel | None:
    """A linear model from samples; None where there are too few to learn from."""
    counts: dict[str, int] = {}
    for features, _ in samples:
        for feature in set(features):
            counts[feature] = counts.get(feature, 0) + 1
    labels = sorted({label for _, label in samples})
    if len(labels) < 2:
        return None
    vectors = DictVectorizer()
    table = vectors.fit_transform([{f: 1.0 for f in features if counts[f] >= LEAST} for features, _ in samples])
    regression = LogisticRegression(C=STRENGTH[name], max_iter=400)
    regression.fit(table, [label for _, label in samples])
    classes = [str(c) for c in regression.classes_]
    coefficients, bias = regression.coef_, regression.intercept_
    if len(classes) == 2:  # scikit-learn keeps one row for two classes
        coefficients, bias = [-coefficients[0] / 2, coefficients[0] / 2], [-bias[0] / 2, bias[0] / 2]
    weights = {
        str(feature): tuple(round(float(row[at]), 3) for row in coefficients)
        for at, feature in enumerate(vectors.get_feature_names_out())
    }
    weights = {f: row for f, row in weights.items() if max(map(abs, row)) >= NEGLIGIBLE}
    return LinearModel(name, tuple(classes), tuple(round(float(b), 3) for b in bias), weights)


def train(training: list[Passage], lexicon: Lexicon) -> dict[str, LinearModel]:
    """All components from annotated passages."""
    samples = collect(training, replace(lexicon, learned={}))
    made = {f.name: fit(f.name, getattr(samples, f.name)) for f in fields(samples) if getattr(samples, f.name)}
    return {name: model for name, model in made.items() if model is not None}


def predict(lexicon: Lexicon, unseen: list[Passage]) -> dict[str, dict[str, Any]]:
    """Readings of passages, in the gold's format."""
    return {p.gold["id"]: {**to_gold(read_parsed(p.document, p.parsed, lexicon)), "id": p.gold["id"]} for p in unseen}


def cross_validate(
    everything: list[Passage], also: list[Passage], lexicon: Lexicon, folds: int
) -> dict[str, dict[str, Any]]:
    """Readings of every passage by components that were not trained on it; `also` trains all of them."""
    order = everything[:]
    random.Random(SEED).shuffle(order)
    predictions: dict[str, dict[str, Any]] = {}
    for fold in range(folds):
        held = order[fold::folds]
        rest = [p for at, p in enumerate(order) if at % folds != fold]
        predictions |= predict(replace(lexicon, learned=train([*rest, *also], lexicon)), held)
    return predictions


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gold", type=Path, default=SHARED / "gold" / "train.jsonl", help="passages to learn from and validate on"
    )
    parser.add_argument(
        "--data", type=Path, default=SHARED / "corpora", help="the folder whose news our own annotation points into"
    )
    parser.add_argument("--out", type=Path, help="write the components to this folder")
    parser.add_argument("--folds", type=int, help="cross-validate instead")
    parser.add_argument("--lang", default="fr")
    args = parser.parse_args()
    lexicon, everything, also = (
        load_lexicon(args.lang),
        parse_passages(passages(args.gold)),
        parse_passages(rebuild(args.data)),
    )
    if args.folds:
        score = measure(args.gold.parent).score
        gold = {p.gold["id"]: p.gold for p in everything}
        for name, predictions in (
            ("rules alone", predict(replace(lexicon, learned={}), everything)),
            ("with learned components", cross_validate(everything, also, lexicon, args.folds)),
        ):
            print(f"== {name}")
            print_scores(score(gold, predictions))
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        for name, model in train([*everything, *also], lexicon).items():
            table = {"labels": model.labels, "bias": model.bias, "weights": model.weights}
            (args.out / f"{name}.json").write_text(
                json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
            )
            print(f"{name}: {len(model.weights)} features")


if __name__ == "__main__":
    main()
