"""What a command tells the user while it works: messages and progress, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def shows_progress() -> bool:
    """Whether somebody watches: standard error is a terminal and the answer goes elsewhere."""
    return sys.stderr.isatty() and not sys.stdout.isatty()


def progress(items: Iterable[T], *, always: bool = False) -> Iterator[T]:
    """A progress bar on long work; with `always`, also where the answer is a terminal's (it is short, and comes at the end)."""
    if not (sys.stderr.isatty() if always else shows_progress()):
        yield from items
        return
    from tqdm import tqdm

    yield from tqdm(items, unit=" documents", file=sys.stderr, mininterval=0.2, delay=0.5)


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
