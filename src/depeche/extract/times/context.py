"""What a time is read against, and how an operation reaches the parts of its match."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from depeche.extract.times import intervals as cal
from depeche.extract.times.intervals import Interval
from depeche.extract.times.scan import Match

DAY = timedelta(days=1)
FINE = frozenset({"second", "minute", "hour", "daypart", "day"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a time is read against: the day of publication, where the tense points, what was narrated before.

    `resolve` dates the parts of a match. `direction` is -1 (past), 1 (future) or 0; `strict`: it was given from
    outside; `present`: the clause is in the present tense. `event` is the date of the event that follows the match,
    if the text gives it elsewhere.
    """

    resolve: Callable[[Match, Context], Interval | None]
    now: datetime | None
    direction: int = 0
    strict: bool = False
    present: bool = False
    narrated: tuple[Interval, ...] = ()
    event: Interval | None = None

    @property
    def reference(self) -> datetime | None:
        """The day to which dates without a year are nearest: publication, else what was narrated last."""
        if self.now is not None:
            return self.now
        last = next((i.start for i in reversed(self.narrated) if i.grain in FINE or i.grain == "month"), None)
        return cal.floor(last, "day") if last else None

    def towards(self, direction: int) -> Context:
        """The same context with a direction that the words themselves give."""
        return replace(self, direction=direction, strict=True)


Operation = Callable[[Match, Context], Interval | None]


def part_of(match: Match, name: str, context: Context) -> Interval | None:
    """The interval of a part that the match captured under that name."""
    part = match.part(name)
    return context.resolve(part, context) if part else None


def leaning_of(match: Match, context: Context) -> Context:
    """The context with the direction of the match's own "last" or "next"."""
    which = match.number("which")
    return context if which is None else context.towards(which)


def narrated_last(context: Context, grains: frozenset[str]) -> Interval | None:
    """What was narrated last in one of these grains."""
    return next((i for i in reversed(context.narrated) if i.grain in grains and i.start), None)
