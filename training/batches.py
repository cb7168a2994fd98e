"""From spellings to tensors: a cache of word features, and batches of sentences of about the same length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from net import Batch

from depeche.annotate.features import endings, grams, normal, shape


class Featurizer:
    """Features of spellings, computed once each."""

    def __init__(self, vocabulary: dict[str, int]) -> None:
        self.vocabulary = vocabulary
        self._known: dict[str, tuple[int, list[int], int, list[int]]] = {}

    def __call__(self, word: str) -> tuple[int, list[int], int, list[int]]:
        """(vocabulary row or 0, n-gram rows, shape, endings)."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = (
                self.vocabulary.get(normal(word), 0),
                grams(word),
                shape(word),
                endings(word),
            )
        return found

    def batch(
        self, sentences: Sequence[Sequence[str]], forget: float = 0.0, draw: np.random.Generator | None = None
    ) -> Batch:
        """A padded batch. `forget` is the chance that a word loses its vocabulary row, so that n-grams learn to stand in."""
        index: dict[str, int] = {}
        lengths = [len(s) for s in sentences]
        kinds = np.zeros((len(sentences), max(lengths)), dtype=np.int64)
        for row, sentence in enumerate(sentences):
            kinds[row, : len(sentence)] = [index.setdefault(w, len(index)) for w in sentence]
        found = [self(w) for w in index]
        rows = np.array([f[0] for f in found])
        if forget and draw is not None:
            rows = np.where(draw.random(len(rows)) < forget, 0, rows)
        sizes = [len(f[1]) for f in found]
        return Batch(
            torch.from_numpy(kinds),
            torch.tensor(lengths),
            torch.from_numpy(rows),
            torch.tensor([g for f in found for g in f[1]]),
            torch.from_numpy(np.concatenate([[0], np.cumsum(sizes)[:-1]])),
            torch.tensor([f[2] for f in found]),
            torch.tensor([f[3] for f in found]),
        )


def group(lengths: Sequence[int], tokens: int, draw: np.random.Generator, pool: int = 4000) -> list[list[int]]:
    """Indices of sentences in shuffled batches of about `tokens` tokens, each of sentences of nearly one length."""
    order = draw.permutation(len(lengths))
    batches: list[list[int]] = []
    for begin in range(0, len(order), pool):
        some = sorted(order[begin : begin + pool].tolist(), key=lambda i: lengths[i])
        batch: list[int] = []
        for i in some:
            if batch and (len(batch) + 1) * lengths[i] > tokens:
                batches.append(batch)
                batch = []
            batch.append(i)
        batches.append(batch)
    return [batches[i] for i in draw.permutation(len(batches))]
