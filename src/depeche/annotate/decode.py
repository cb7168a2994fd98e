"""From scores to structures: a dependency tree for a sentence, and names from BIO tags. Plain lists in the common case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

IMPOSSIBLE = -1e9


def is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (0 for the root, else the place of the governor counted from 1) make one tree with one root."""
    if sum(h == 0 for h in heads) != 1:
        return False
    state = [0] * (len(heads) + 1)  # 0 unseen, 1 reaches the root, a larger number: the walk that met it
    state[0] = 1
    for begin in range(1, len(heads) + 1):
        walk, at = begin + 1, begin
        while state[at] == 0:
            state[at] = walk
            at = heads[at - 1]
        if state[at] == walk:
            return False
        at = begin
        while state[at] == walk:
            state[at] = 1
            at = heads[at - 1]
    return True


def best_tree(scores: Scores) -> list[int]:
    """Heads of the best tree with one root. `scores[i, h]`: token i governed by h (0 the root, else token h - 1).

    The best head of each token, where these make a tree (nine sentences in ten); else Chu-Liu/Edmonds with the likeliest root.
    """
    heads: list[int] = scores.argmax(1).tolist()
    if is_tree(heads):
        return heads
    import numpy as np

    size = len(heads)
    steep = scores - scores.max(1, keepdims=True)
    logs = steep - np.log(np.exp(steep).sum(1, keepdims=True))
    full = np.full((size + 1, size + 1), IMPOSSIBLE)
    full[1:, :] = logs
    root = int(full[1:, 0].argmax()) + 1
    full[1:, 0] = IMPOSSIBLE
    full[root, :] = IMPOSSIBLE
    full[root, 0] = 0.0
    np.fill_diagonal(full, IMPOSSIBLE * 2)
    return [int(h) for h in _edmonds(full)[1:]]


def _cycle(heads: NDArray[np.intp]) -> list[int]:
    """The tokens of one cycle among heads (index 0 is the root and points to itself), or nothing."""
    state = [0] * len(heads)
    state[0] = -1
    for begin in range(1, len(heads)):
        at = begin
        while state[at] == 0:
            state[at] = begin
            at = int(heads[at])
        if state[at] == begin:
            cycle, stop = [at], at
            at = int(heads[at])
            while at != stop:
                cycle.append(at)
                at = int(heads[at])
            return cycle
        at = begin
        while state[at] == begin:
            state[at] = -1
            at = int(heads[at])
    return []


def _edmonds(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """The best arborescence from node 0: `scores[d, h]`. Contracts cycle after cycle, then opens them again."""
    import numpy as np

    heads: NDArray[np.intp] = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.array(cycle)
    outside = np.array([i for i in range(len(heads)) if i not in set(cycle)])
    total = scores[inside, heads[inside]].sum()
    size = len(outside)
    smaller = np.full((size + 1, size + 1), IMPOSSIBLE * 2)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, inside)]  # outside tokens governed from within the cycle
    smaller[:size, size] = leaving.max(1)
    entering = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None] + total
    smaller[size, :size] = entering.max(0)
    found = _edmonds(smaller)
    result: NDArray[np.intp] = heads.copy()
    for place, node in enumerate(outside):
        head = int(found[place])
        result[node] = outside[head] if head < size else inside[int(leaving[place].argmax())]
    door = int(found[size])
    broken = inside[int(entering[:, door].argmax())]
    result[broken] = outside[door]
    result[0] = 0
    return result


def name_spans(scores: Scores, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first token, last + 1, label) of the best well-formed BIO sequence. `labels` are "O", "B-PER", "I-PER" …"""
    best: list[int] = scores.argmax(1).tolist()
    if not any(best):  # label 0 is "O": most sentences hold no name
        return []
    before = 0
    for at in best:
        if labels[at][0] == "I" and labels[before][1:] != labels[at][1:]:
            best = _viterbi(scores, labels)
            break
        before = at
    return _spans([labels[i] for i in best])


def _viterbi(scores: Scores, labels: Sequence[str]) -> list[int]:
    """The best sequence in which an I- follows its own B- or I-."""
    import numpy as np

    size = len(labels)
    allowed = np.zeros((size, size))
    for after, label in enumerate(labels):
        if label[0] == "I":
            for before, other in enumerate(labels):
                if other[1:] != label[1:]:
                    allowed[before, after] = IMPOSSIBLE
    start = np.array([IMPOSSIBLE if label[0] == "I" else 0.0 for label in labels])
    logs = (
        scores
        - np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1, keepdims=True))
        - scores.max(1, keepdims=True)
    )
    total = logs[0] + start
    back = []
    for row in logs[1:]:
        step = total[:, None] + allowed
        back.append(step.argmax(0))
        total = step.max(0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def _spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first, last + 1, label) of well-formed BIO tags."""
    found: list[tuple[int, int, str]] = []
    first = -1
    for i, tag in enumerate([*tags, "O"]):
        if first >= 0 and tag[0] != "I":
            found.append((first, i, tags[first][2:]))
            first = -1
        if tag[0] == "B":
            first = i
    return found
