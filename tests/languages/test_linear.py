"""Linear models: what they answer, why, and what the loader refuses."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from depeche.errors import LexiconError
from depeche.languages.linear import LinearModel, load_model

MODEL = LinearModel(
    "m", ("event", "none"), (0.5, -0.5), {"verb": (1.0, -1.0), "weak": (-2.0, 2.0), "noun": (0.25, 0.0)}
)


def test_scores_add_up_and_unknown_features_weigh_nothing() -> None:
    assert MODEL.scores(["verb", "unheard"]) == [1.5, -1.5]


def test_probabilities_are_the_softmax_of_the_scores() -> None:
    event, none = MODEL.probabilities(["verb"])
    assert event + none == pytest.approx(1.0)
    assert event == pytest.approx(1 / (1 + math.exp(-3.0)))


def test_reasons_name_the_features_that_spoke_for_a_label_strongest_first() -> None:
    assert MODEL.reasons(["noun", "verb", "weak", "unheard"], "event") == ("verb", "noun")


def write(folder: Path, data: object) -> Path:
    path = folder / "m.json"
    path.write_text(json.dumps(data) if not isinstance(data, str) else data, encoding="utf-8")
    return path


def test_a_model_is_read_from_its_file(tmp_path: Path) -> None:
    path = write(tmp_path, {"labels": ["a", "b"], "bias": [0, 1], "weights": {"x": [1, 2]}})
    assert load_model(path) == LinearModel("m", ("a", "b"), (0, 1), {"x": (1, 2)})


@pytest.mark.parametrize(
    "data",
    [
        "not json",
        {"labels": ["a"]},
        {"labels": ["a", "b"], "bias": [0, 1], "weights": {"x": [1]}},
        {"labels": ["a", "b"], "bias": [0], "weights": {}},
    ],
)
def test_what_is_no_model_is_refused_with_its_file(tmp_path: Path, data: object) -> None:
    with pytest.raises(LexiconError, match=r"m\.json"):
        load_model(write(tmp_path, data))
