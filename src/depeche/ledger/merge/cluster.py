"""Mentions into events: a function of the set of mentions and of how alike each pair is."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from typing import NamedTuple

Pair = tuple[int, int]

# Log-odds from which on two groups are one happening.
JOIN = 1.6
# How far the best pair between two groups speaks for them, beside the average of all their pairs: by the average alone a long story falls
# to pieces, by the best pair alone stories are chained together.
PEAK = 0.35
# What a pair weighs that nothing brought together: neither for nor against.
STRANGERS = 0.0
# A pair with this score or less can't be one happening, whatever others say.
CONFLICT = -9.0


def cluster(mentions: Iterable[int], scores: Mapping[Pair, float]) -> list[frozenset[int]]:
    """The groups of mentions that are one happening each, by agglomeration.

    `scores` holds log-odds for pairs (smaller id first); a pair that is missing counts as STRANGERS. Two groups are joined while
    they are alike enough (JOIN) and no pair between them is in CONFLICT; the likeliest first, ties by the smallest ids, so that the
    groups do not depend on the order of anything.
    """
    groups = {m: [m] for m in mentions}
    near: dict[int, dict[int, _Link]] = {m: {} for m in groups}
    for (a, b), score in scores.items():
        if a in groups and b in groups:
            near[a][b] = near[b][a] = _Link(score, 1, score, score)
    heap = [(-link.best, a, b) for a in near for b, link in near[a].items() if a < b and link.best >= JOIN]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or b not in near[a]:
            continue
        if -negative != near[a][b].likeness(len(groups[a]) * len(groups[b])):
            continue  # an entry from before one of them grew
        _join(groups, near, a, b)
        for c, link in near[a].items():
            likeness = link.likeness(len(groups[a]) * len(groups[c]))
            if likeness >= JOIN:
                heapq.heappush(heap, (-likeness, min(a, c), max(a, c)))
    return sorted((frozenset(g) for g in groups.values()), key=min)


class _Link(NamedTuple):
    """The pairs between two groups that were compared: the sum of their scores, their number, the best and the worst score."""

    total: float
    known: int
    best: float
    worst: float

    def likeness(self, pairs: int) -> float:
        """How alike the groups are, that have so many pairs in all."""
        if self.worst <= CONFLICT:
            return CONFLICT
        average = (self.total + STRANGERS * (pairs - self.known)) / pairs
        return round(PEAK * self.best + (1 - PEAK) * average, 6)

    def __add__(self, other: _Link) -> _Link:  # type: ignore[override]  # of two groups that are joined, not of tuples
        return _Link(
            self.total + other.total, self.known + other.known, max(self.best, other.best), min(self.worst, other.worst)
        )


def _join(groups: dict[int, list[int]], near: dict[int, dict[int, _Link]], a: int, b: int) -> None:
    """Join group b to group a, whose id is the smaller."""
    groups[a] += groups.pop(b)
    for c, link in near.pop(b).items():
        del near[c][b]
        if c != a:
            near[a][c] = near[c][a] = near[a][c] + link if c in near[a] else link
