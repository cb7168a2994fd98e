"""Trees and names out of scores."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from depeche.annotate.decode import best_tree, is_tree, name_spans

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10**6))
def test_the_best_tree_is_the_best_of_all_trees_with_its_root(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32) * 3
    scores[np.arange(size), np.arange(size) + 1] = -1e9
    heads = best_tree(scores)
    assert is_tree(heads)
    logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))

    def total(tree: tuple[int, ...] | list[int]) -> float:
        return float(sum(logs[i, h] for i, h in enumerate(tree)))

    root = heads.index(0)
    trees = [t for t in product(range(size + 1), repeat=size) if is_tree(t) and t[root] == 0]
    assert total(heads) >= max(map(total, trees)) - 1e-3


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 6), st.integers(0, 10**6))
def test_names_are_well_formed(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, len(LABELS))).astype(np.float32)
    spans = name_spans(scores, LABELS)
    assert all(a < b <= size for a, b, _ in spans)
    assert all(left[1] <= right[0] for left, right in zip(spans, spans[1:], strict=False))


def test_an_inside_tag_without_a_beginning_is_repaired() -> None:
    scores = np.zeros((3, len(LABELS)), dtype=np.float32)
    scores[0, 1], scores[1, 4], scores[1, 2], scores[2, 0] = 5, 3, 2.5, 5
    assert name_spans(scores, LABELS) == [(0, 2, "PER")]
