"""Small linear models over named features: fast on a plain CPU, deterministic, and able to say why.

A model is a table of weights in a language folder (`learned/*.json`), made by `training/`; a feature that it does not know weighs
nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from depeche.errors import LexiconError

TOP = 4  # features that an explanation names


@dataclass(frozen=True)
class LinearModel:
    """Multinomial logistic regression. `weights` gives for each feature one weight a label."""

    name: str
    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The unnormalised score of each label."""
        totals = list(self.bias)
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                for at, weight in enumerate(row):
                    totals[at] += weight
        return totals

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """The probability of each label."""
        totals = self.scores(features)
        top = max(totals)
        raised = [math.exp(t - top) for t in totals]
        whole = sum(raised)
        return [r / whole for r in raised]

    def reasons(self, features: Iterable[str], label: str) -> tuple[str, ...]:
        """The features that spoke most for a label, strongest first."""
        at = self.labels.index(label)
        known = [(self.weights[f][at], f) for f in features if f in self.weights]
        return tuple(f for w, f in sorted(known, key=lambda k: (-k[0], k[1]))[:TOP] if w > 0)


def load_model(path: Path | Traversable) -> LinearModel:
    """The model of one file. Raises LexiconError where the file is not one."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        labels, bias = tuple(data["labels"]), tuple(data["bias"])
        weights = {name: tuple(row) for name, row in data["weights"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{path}: not a linear model (labels, bias, weights): {error}") from error
    if any(len(row) != len(labels) for row in (bias, *weights.values())):
        raise LexiconError(f"{path}: every row of weights must have one weight for each of {', '.join(labels)}")
    return LinearModel(path.name.removesuffix(".json"), labels, bias, weights)
