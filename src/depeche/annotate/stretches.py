"""Stretches of a text, found by the place they touch, in time that does not grow with the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")
# Characters a bucket: most entities, quotes and clauses lie in one or two.
_WIDTH = 256


class Stretches(Generic[T]):
    """Things that each hold a half-open stretch of characters; those that touch a place come in the order they were added."""

    def __init__(self, items: Iterable[tuple[int, int, T]] = ()) -> None:
        self._items: list[tuple[int, int, T]] = []
        self._buckets: dict[int, list[int]] = {}
        for start, end, item in items:
            self.add(start, end, item)

    def add(self, start: int, end: int, item: T) -> None:
        """Put in a thing that holds [start, end)."""
        for bucket in range(start // _WIDTH, (end - 1) // _WIDTH + 1):
            self._buckets.setdefault(bucket, []).append(len(self._items))
        self._items.append((start, end, item))

    def touching(self, start: int, end: int) -> list[T]:
        """What shares a character with [start, end)."""
        near: set[int] = set()
        for bucket in range(start // _WIDTH, (end - 1) // _WIDTH + 1):
            near.update(self._buckets.get(bucket, ()))
        found = (self._items[number] for number in sorted(near))
        return [item for s, e, item in found if s < end and start < e]
