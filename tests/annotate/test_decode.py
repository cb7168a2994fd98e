"""Trees and names out of scores."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from depeche.annotate.decode import best_sequences, best_tree, is_tree, name_spans, plain_moves

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
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 10**6))
def test_tag_sequences_are_the_best_well_formed_ones(lengths: list[int], seed: int) -> None:
    draw = np.random.default_rng(seed)
    scores = draw.normal(size=(len(lengths), max(lengths), len(LABELS))).astype(np.float32)
    moves = plain_moves(LABELS) + draw.normal(size=(len(LABELS), len(LABELS))).astype(np.float32)
    for row, path in enumerate(best_sequences(scores, lengths, LABELS, moves)):
        size = lengths[row]

        def total(tags: tuple[int, ...], row: int = row) -> float:
            start = -1e9 if LABELS[tags[0]][0] == "I" else 0.0
            steps = sum(float(moves[a, b]) for a, b in zip(tags, tags[1:], strict=False))
            return start + steps + sum(float(scores[row, i, k]) for i, k in enumerate(tags))

        assert len(path) == size
        assert total(tuple(path)) >= max(map(total, product(range(len(LABELS)), repeat=size))) - 1e-3
        assert all(a < b <= size for a, b, _ in name_spans(path, LABELS))


def test_an_inside_tag_without_a_beginning_is_repaired() -> None:
    scores = np.zeros((1, 3, len(LABELS)), dtype=np.float32)
    scores[0, 0, 1], scores[0, 1, 4], scores[0, 1, 2], scores[0, 2, 0] = 5, 3, 2.5, 5
    [path] = best_sequences(scores, [3], LABELS, plain_moves(LABELS))
    assert name_spans(path, LABELS) == [(0, 2, "PER")]
