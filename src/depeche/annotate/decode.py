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


def plain_moves(labels: Sequence[str]) -> NDArray[np.float32]:
    """Transition scores [before, after] that only forbid an I- after anything but its own B- or I-."""
    import numpy as np

    wrong = [[after[0] == "I" and before[1:] != after[1:] for after in labels] for before in labels]
    return np.where(np.array(wrong), IMPOSSIBLE, 0.0).astype(np.float32)


def best_sequences(scores: Scores, lengths: Sequence[int], labels: Sequence[str], moves: Scores) -> list[list[int]]:
    """The best tag sequence of each sentence (Viterbi), all sentences of a batch a step at a time.

    `scores[b, t, k]` are those of tag k at place t, `moves[before, after]` those of the step from tag to tag.
    """
    import numpy as np

    start = np.array([IMPOSSIBLE if label[0] == "I" else 0.0 for label in labels], dtype=np.float32)
    total = scores[:, 0] + start
    ends, back = [total], []
    for step in range(1, scores.shape[1]):
        made = total[:, :, None] + moves
        back.append(made.argmax(1))
        total = made.max(1) + scores[:, step]
        ends.append(total)
    pointers = np.stack(back).tolist() if back else []
    found = []
    for row, size in enumerate(lengths):
        path = [int(ends[size - 1][row].argmax())]
        for step in range(size - 2, -1, -1):
            path.append(pointers[step][row][path[-1]])
        found.append(path[::-1])
    return found


def name_spans(path: Sequence[int], labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first token, last + 1, label) of a well-formed tag sequence; label 0 is "O"."""
    return _spans([labels[i] for i in path]) if any(path) else []


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
