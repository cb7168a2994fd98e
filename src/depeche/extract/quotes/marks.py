"""Pair quotation marks, whichever a writer used and however badly, so that one bad mark costs one quote.

French, English and straight marks are read as one alternation of "outside" and "inside" per family. Each mark may open, close,
reopen (at the head of a paragraph of the same quotation), nest, or be an accident; what stands on both sides of it makes some of
these dear, and the cheapest reading of the whole text wins (Viterbi over nesting depths 0 to 2, linear in the number of marks).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_DOUBLE = re.compile("[\"“”„‟″＂]|''|``")
_FRENCH = re.compile("[«»]|<<|>>")
_SINGLE_OPEN = re.compile(r"(?:(?<=[\s(\[«“\"])|\A)(?:[‘‚‹]\s?|')(?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.!?…,])\s?[’'›](?!\w)")

_LINE = re.compile("\n")

_OPENING = frozenset("«“„‟<")
_CLOSING = frozenset("»”>")
_BEFORE_OPEN = frozenset("([{—–-/:;=")
_AFTER_CLOSE = frozenset(".,;:!?)]}…»”—–/")
_STOPS = frozenset(".!?…")
_APOSTROPHES = frozenset("'’")

_WRONG_WAY = 4.0  # a directed mark read against its direction: only whole texts typed that way
_AGAINST_SPACE = 3.0  # an opening mark with a blank after it and none before
_GLUED = 0.8  # glued on both sides: undecided, a little dearer where the next letter speaks for the other way
_ACCIDENT = 2.6  # a mark that pairs with nothing (typing error)
_INCHES = 1.0  # the same after a digit
_NESTED = 1.2
_EDGE = 1.8  # the text starts or ends inside a quotation
_NEWLINE = 1.1  # a quotation that runs over a line break without reopening
_LONG = 600  # characters; each further stretch of this length inside one pair costs as much as a line break
_SINGLE_REACH = 300

_Inf = float("inf")


class Marked(NamedTuple):
    """Words between marks. `start:end` are the words, `outer_start:outer_end` include the marks that are there."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    opened: bool = True
    closed: bool = True
    continues: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    open_cost: float
    close_cost: float
    accident_cost: float
    reopen: bool


@dataclass(frozen=True, slots=True)
class _Path:
    cost: float
    steps: tuple[int, str, _Path] | None  # index of the mark, what it does, and the path before it
    since: int  # where the outermost open quotation starts


def find_marked(text: str) -> tuple[Marked, ...]:
    """The outermost stretches between quotation marks, in text order, none inside or across another.

    >>> [text[m.start:m.end] for text in ['Il a dit: "oui“, puis « non ».'] for m in find_marked(text)]
    ['oui', 'non']
    """
    found = [*_pairs(text, _FRENCH), *_pairs(text, _DOUBLE), *_singles(text)]
    return _outermost(text, found)


def _outermost(text: str, found: list[Marked]) -> tuple[Marked, ...]:
    """Of nested stretches the widest, of crossing ones the first; one that lacks a mark gives way to a complete one; none is empty."""
    kept: list[Marked] = []
    for marked in sorted(found, key=lambda m: (m.outer_start, -m.outer_end)):
        trimmed = _trim(text, marked)
        if trimmed is None:
            continue
        if kept and trimmed.outer_start < kept[-1].outer_end:
            lacking = not (kept[-1].opened and kept[-1].closed)
            if not (lacking and trimmed.opened and trimmed.closed):
                continue
            kept.pop()
        kept.append(trimmed)
    return tuple(kept)


def _trim(text: str, marked: Marked) -> Marked | None:
    start, end = marked.start, marked.end
    while start < end and (text[start].isspace() or text[start] in "\u200b\ufeff"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "\u200b\ufeff"):
        end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return None
    return marked._replace(start=start, end=end)


def _pairs(text: str, family: re.Pattern[str]) -> list[Marked]:
    marks = [_weigh(text, m.start(), m.end()) for m in family.finditer(text)]
    if not marks:
        return []
    lines = [m.start() for m in _LINE.finditer(text)]
    paths: list[_Path | None] = [_Path(0.0, None, -1), _Path(_EDGE, None, 0), None]
    for index, mark in enumerate(marks):
        paths = _step(lines, paths, index, mark)
    ended = (_ended(lines, path, len(text), depth) for depth, path in enumerate(paths))
    last = min((path for path in ended if path is not None), key=lambda path: path.cost)
    return _spans(text, marks, last)


def _ended(lines: Sequence[int], path: _Path | None, size: int, depth: int) -> _Path | None:
    if path is None or not depth:
        return path
    return _Path(path.cost + _EDGE * depth + _breaks(lines, path.since, size), path.steps, path.since)


def _step(lines: Sequence[int], paths: list[_Path | None], index: int, mark: _Mark) -> list[_Path | None]:
    """One mark further: the cheapest path to each depth."""
    best: list[_Path | None] = [None, None, None]

    def offer(depth: int, before: _Path, cost: float, what: str, since: int) -> None:
        total = before.cost + cost
        now = best[depth]
        if now is None or total < now.cost:
            best[depth] = _Path(total, (index, what, before), since)

    for depth, path in enumerate(paths):
        if path is None:
            continue
        offer(depth, path, mark.accident_cost, "accident", path.since)
        if depth == 0:
            offer(1, path, mark.open_cost, "open", mark.end)
        elif depth == 1:
            broken = _breaks(lines, path.since, mark.start) + (_ACCIDENT if path.since == mark.start else 0.0)
            offer(0, path, mark.close_cost + broken, "close", -1)
            offer(2, path, mark.open_cost + _NESTED, "nest", path.since)
            if mark.reopen:
                offer(1, path, min(mark.open_cost, mark.close_cost), "reopen", mark.end)
        else:
            offer(1, path, mark.close_cost, "unnest", path.since)
    return best


def _breaks(lines: Sequence[int], start: int, end: int) -> float:
    """What a stretch costs for its line breaks and its length."""
    return _NEWLINE * (bisect_left(lines, end) - bisect_left(lines, start) + max(0, end - start - 1) // _LONG)


def _weigh(text: str, start: int, end: int) -> _Mark:
    """The cost of reading the mark at start:end as opening and as closing."""
    mark = text[start]
    left, right = text[start - 1] if start else "\n", text[end] if end < len(text) else "\n"
    open_cost = close_cost = 0.0
    spaced_left, spaced_right = left.isspace(), right.isspace()
    if mark in _OPENING:
        close_cost += _WRONG_WAY
    elif mark in _CLOSING:
        open_cost += _WRONG_WAY if mark != "”" else _WRONG_WAY / 2
    elif spaced_left or left in _BEFORE_OPEN or left in _APOSTROPHES:
        close_cost += 0.0 if spaced_right else _AGAINST_SPACE
    elif spaced_right or right in _AFTER_CLOSE:
        open_cost += _AGAINST_SPACE
    elif right.isupper():
        open_cost += 0.0 if left in _STOPS else _GLUED
    else:
        open_cost += _GLUED if left in _STOPS or left.isalnum() else 0.0
    if mark not in _OPENING and mark not in _CLOSING and right in _AFTER_CLOSE and spaced_left is False:
        open_cost += _GLUED
    reopen = "\n" in text[max(0, start - 6) : start] and text[max(0, start - 6) : start].rstrip(
        " \t\u00a0\u202f"
    ).endswith("\n")
    inches = mark == '"' and left.isdigit() and not right.isalnum()
    return _Mark(start, end, open_cost, close_cost, _INCHES if inches else _ACCIDENT, reopen)


def _spans(text: str, marks: list[_Mark], last: _Path) -> list[Marked]:
    """The stretches that a path of decisions makes."""
    steps: list[tuple[int, str]] = []
    at: _Path | None = last
    while at is not None and at.steps is not None:
        index, what, before = at.steps
        steps.append((index, what))
        at = before
    steps.reverse()
    inside = at is not None and at.since == 0
    begun: tuple[int, int, bool, bool] = (0, 0, False, False)  # words start, mark start, opened, continues
    found: list[Marked] = []
    for index, what in steps:
        mark = marks[index]
        if what == "open":
            begun, inside = (mark.end, mark.start, True, False), True
        elif what == "close":
            found.append(Marked(begun[0], mark.start, begun[1], mark.end, begun[2], True, begun[3]))
            inside = False
        elif what == "reopen":
            found.append(Marked(begun[0], mark.start, begun[1], mark.start, begun[2], False, begun[3]))
            begun = (mark.end, mark.start, True, True)
    if inside:
        end = text.find("\n", begun[0] + 1)
        end = len(text) if end < 0 else end
        found.append(Marked(begun[0], end, begun[1], end, begun[2], False, begun[3]))
    return [_from_line(text, m) if not m.opened else m for m in found]


def _from_line(text: str, marked: Marked) -> Marked:
    """A quotation that was open before the text began: it starts on the line of its closing mark."""
    start = text.rfind("\n", 0, marked.end) + 1
    return marked._replace(start=start, outer_start=start) if start < marked.end else marked


def _singles(text: str) -> list[Marked]:
    """'…' and ‘…’ around whole words: only where the opening one cannot be an apostrophe."""
    found: list[Marked] = []
    at = 0
    while (opening := _SINGLE_OPEN.search(text, at)) is not None:
        closing = _SINGLE_CLOSE.search(text, opening.end(), min(len(text), opening.end() + _SINGLE_REACH))
        line = text.find("\n", opening.end())
        if closing is None or 0 <= line < closing.start():
            at = opening.end()
            continue
        found.append(Marked(opening.end(), closing.end() - 1, opening.start(), closing.end()))
        at = closing.end()
    return found
