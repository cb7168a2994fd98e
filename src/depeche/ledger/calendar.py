"""Days that words give in part: "--05-12/5" is a Friday 12 May of an unknown year (see `records.Time.said`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_SAID = re.compile(r"(?P<year>\d{4})?-?(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?:/(?P<weekday>\d))?")
# A text that names a weekday with its date speaks of days near its own: of 1,172 such dates, 95 % lie from 14 days before publication to 7 after.
_BEFORE, _AFTER = timedelta(days=14), timedelta(days=10)
_AHEAD = timedelta(days=35)  # a day that is told as to come may be weeks away
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """A day, month or year, as far as the words give it. `weekday` counts from Monday, 1."""

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None

    @property
    def full(self) -> bool:
        """Is it one day, with its year?"""
        return None not in (self.year, self.month, self.day)

    def first(self) -> date:
        """Its first day; the year must be known."""
        return date(self.year or 1, self.month or 1, self.day or 1)

    def days(self, earliest: date, latest: date) -> list[date]:
        """The days of [earliest, latest) that fit it."""
        found = []
        for year in range(earliest.year, latest.year + 1):
            try:
                day = date(year, self.month or 1, self.day or 1)
            except ValueError:
                continue
            if earliest <= day < latest and self.weekday in (None, day.isoweekday()):
                found.append(day)
        return found


def parse_said(text: str) -> Said | None:
    """What `Time.said` tells; None for a day that no calendar has."""
    match = _SAID.fullmatch(text)
    if match is None:
        return None
    said = Said(*(int(v) if (v := match[part]) else None for part in ("year", "month", "day", "weekday")))
    try:
        date(said.year or 2000, said.month or 1, said.day or 1)
    except ValueError:
        return None
    return said


def windows(
    days: Sequence[Said], earliest: date | None, latest: date | None, *, ahead: bool = False
) -> tuple[date, date] | None:
    """The interval around the days that fit the bounds, half-open; None where they narrow nothing.

    Where several are named, those days count to which most of the others are near. `ahead`: all are told as what is to come.
    """
    if not days or earliest is None or latest is None:
        return None
    after = _AHEAD if ahead else _AFTER
    fitting = [day for said in days for day in said.days(earliest - _BEFORE, latest + after)]
    if not fitting:
        return None
    support = {day: sum(abs(day - other) <= _BEFORE + _AFTER for other in fitting) for day in fitting}
    best = [day for day, n in support.items() if 2 * n >= max(support.values())]
    low, high = max(earliest, min(best) - after), min(latest, max(best) + _BEFORE + _DAY)
    return (low, high) if low < high else None
