"""Mentions into events: a function of the set of mentions and of how alike each pair is."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

Pair = tuple[int, int]

# Average log-odds between two groups above which they are one happening.
JOIN = 1.5
# What a pair weighs that nothing brought together: unlike, but no proof against.
STRANGERS = -1.0
# A pair with this score or less can't be one happening, whatever others say.
CONFLICT = -9.0


def cluster(mentions: Iterable[int], scores: Mapping[Pair, float]) -> list[frozenset[int]]:
    """The groups of mentions that are one happening each, by average linkage.

    `scores` holds log-odds for pairs (smaller id first); a pair that is missing counts as STRANGERS. Two groups are joined while
    their average is at least JOIN and no pair between them is in CONFLICT; the likeliest first, ties by the smallest ids, so that
    the groups do not depend on the order of anything.
    """
    groups = {m: [m] for m in mentions}
    near: dict[int, dict[int, list[float]]] = {m: {} for m in groups}
    for (a, b), score in scores.items():
        if a in groups and b in groups:
            bad = 1.0 if score <= CONFLICT else 0.0
            near[a][b] = near[b][a] = [score, 1.0, bad]
    heap = [(-link[0], a, b) for a in near for b, link in near[a].items() if a < b and link[0] >= JOIN]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or b not in near[a]:
            continue
        if -negative != _average(near[a][b], len(groups[a]) * len(groups[b])):
            continue  # an entry from before one of them grew
        _join(groups, near, a, b)
        for c, link in near[a].items():
            average = _average(link, len(groups[a]) * len(groups[c]))
            if average >= JOIN:
                heapq.heappush(heap, (-average, min(a, c), max(a, c)))
    return sorted((frozenset(g) for g in groups.values()), key=min)


def _average(link: list[float], pairs: int) -> float:
    total, known, bad = link
    return CONFLICT if bad else round((total + STRANGERS * (pairs - known)) / pairs, 6)


def _join(groups: dict[int, list[int]], near: dict[int, dict[int, list[float]]], a: int, b: int) -> None:
    """Join group b to group a, whose id is the smaller."""
    groups[a] += groups.pop(b)
    for c, link in near.pop(b).items():
        del near[c][b]
        if c != a:
            mine = near[a].setdefault(c, [0.0, 0.0, 0.0])
            near[a][c] = near[c][a] = [x + y for x, y in zip(mine, link, strict=True)]
