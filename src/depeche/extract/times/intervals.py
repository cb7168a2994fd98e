"""Arithmetic on half-open intervals of the calendar: no words, no language."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12, "decade": 120, "century": 1200}
LENGTHS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "weekend": timedelta(weeks=1),
    "fortnight": timedelta(days=14),
}
#: Of what size the answer is to "n units ago": one step finer than the unit while the number is small.
FINER = {"week": "day", "month": "day", "year": "month", "decade": "year", "century": "decade"}
#: The grain of a record for a unit that records do not know.
RECORD_GRAIN = {"fortnight": "week", "semester": "quarter"}
#: First day of spring, summer, autumn, winter.
SEASONS = ((3, 21), (6, 21), (9, 24), (12, 21))
#: How many times a day counts on either side of publication, by direction.
FUTURE_WEIGHT = {-1: 6.0, 0: 1.5, 1: 1.0}
PAST_WEIGHT = {-1: 1.0, 0: 1.0, 1: 6.0}


class Interval(NamedTuple):
    """[start, end) and its grain; a bound that is None is open."""

    start: datetime | None
    end: datetime | None
    grain: str


def midnight(day: date) -> datetime:
    """The first instant of a day."""
    return datetime(day.year, day.month, day.day)


def add(moment: datetime, n: int, unit: str) -> datetime:
    """The moment n units later (earlier for n < 0); the day is clipped to the month's last.

    Raises OverflowError or ValueError outside the years 1 to 9999.
    """
    if unit not in MONTHS:
        return moment + LENGTHS[unit] * n
    total = moment.year * 12 + moment.month - 1 + n * MONTHS[unit]
    year, month = total // 12, total % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def floor(moment: datetime, unit: str) -> datetime:
    """The start of the unit that holds the moment. A week begins on Monday, a weekend on Saturday."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit in ("week", "fortnight"):
        return day - timedelta(days=day.weekday())
    if unit == "weekend":
        return day + timedelta(days=5 - day.weekday())
    if unit in ("month", "quarter", "semester"):
        size = MONTHS[unit]
        return day.replace(day=1, month=(day.month - 1) // size * size + 1)
    if unit == "year":
        return day.replace(day=1, month=1)
    if unit == "decade":
        return day.replace(day=1, month=1, year=max(1, day.year // 10 * 10))
    if unit == "century":
        return day.replace(day=1, month=1, year=(day.year - 1) // 100 * 100 + 1)
    if unit == "hour":
        return moment.replace(minute=0, second=0, microsecond=0)
    return day if unit in ("day", "daypart") else moment.replace(microsecond=0)


def unit_at(moment: datetime, unit: str) -> Interval:
    """The unit that holds the moment, as an interval."""
    start = floor(moment, unit)
    end = start + timedelta(days=2) if unit == "weekend" else add(start, 1, unit)
    return Interval(start, end, RECORD_GRAIN.get(unit, unit))


def day_of(year: int, month: int, day: int) -> Interval | None:
    """A day of the calendar; None where there is no such day."""
    if not (1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    start = datetime(year, month, day)
    return Interval(start, start + timedelta(days=1), "day")


def month_of(year: int, month: int) -> Interval | None:
    """A month of the calendar; None where there is no such month."""
    if not (1 <= year <= 9998 and 1 <= month <= 12):
        return None
    return unit_at(datetime(year, month, 1), "month")


def season_of(year: int, season: int) -> Interval | None:
    """Season 1 (spring) to 4 (winter), which begins in that year; a winter ends in the next."""
    if not (1 <= year <= 9997 and 1 <= season <= 4):
        return None
    month, day = SEASONS[season - 1]
    next_month, next_day = SEASONS[season % 4]
    return Interval(datetime(year, month, day), datetime(year + (season == 4), next_month, next_day), "season")


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def choose(candidates: Iterable[Interval | None], now: datetime, direction: int, strict: bool) -> Interval | None:
    """The candidate that is meant.

    `now` is the first instant of the day that the text speaks from. `strict`: the direction (1 future, -1 past) is
    given from outside and holds whatever the distance. Otherwise the nearest wins, the wrong side counts six
    times as far, and where nothing tells, the future counts half as far again: news tell mostly of what was.
    """
    found = [c for c in candidates if c is not None and c.start is not None and c.end is not None]
    if strict and direction > 0:
        return min((c for c in found if c.end and c.end > now), key=lambda c: c.start or now, default=None)
    if strict and direction < 0:
        return max((c for c in found if c.start and c.start <= now), key=lambda c: c.start or now, default=None)

    def distance(c: Interval) -> float:
        if c.start and c.start > now:
            return (c.start - now).days * FUTURE_WEIGHT[direction]
        return max(0, (now - c.end).days + 1 if c.end else 0) * PAST_WEIGHT[direction]

    return min(found, key=distance, default=None)
