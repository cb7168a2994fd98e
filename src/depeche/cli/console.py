"""What a command tells the user while it works: messages and progress, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from depeche.ingest import Problem

if TYPE_CHECKING:
    from tqdm import tqdm

T = TypeVar("T")


def progress(items: Iterable[T]) -> Iterator[T]:
    """A progress bar on long work, where standard error is a terminal and the answer goes elsewhere."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    yield from _bar(items)


class Watch:
    """Told of what becomes of each input, one after the other: moves a progress bar on a terminal, and says at once what failed."""

    def __init__(self) -> None:
        self._shown = _bar() if sys.stderr.isatty() else None

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.close()

    def __call__(self, outcome: object) -> None:
        """One more input."""
        if self._shown is not None:
            self._shown.update()
        if isinstance(outcome, Problem):
            say(f"{'warning: ' if outcome.warning else ''}{outcome}")


def _bar(items: Iterable[T] | None = None) -> tqdm[T]:
    from tqdm import tqdm

    return tqdm(items, unit=" documents", file=sys.stderr, mininterval=0.2, delay=0.5)


def say(message: str) -> None:
    """A line for the user, above the progress bar if one is shown."""
    line = f"depeche: {visible(message)}"
    if sys.stderr.isatty():
        from tqdm import tqdm

        tqdm.write(line, file=sys.stderr)
    else:
        print(line, file=sys.stderr)


def visible(text: str) -> str:
    """The text with control characters replaced, so that a hostile one cannot drive the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
