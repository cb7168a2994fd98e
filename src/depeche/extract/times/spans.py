"""Spans between times, and the parts that periods are cut into."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from depeche.extract.times import intervals as cal
from depeche.extract.times.context import DAY, Context, part_of
from depeche.extract.times.intervals import Interval
from depeche.extract.times.points import date
from depeche.extract.times.relative import ago
from depeche.extract.times.scan import Match

#: Days of a month, of a week and months of a year that its beginning, middle and end take.
PHASES = {
    "month": {"begin": (0, 10), "mid": (9, 19), "end": (20, None)},
    "week": {"begin": (0, 2), "mid": (2, 4), "end": (3, None), "workdays": (0, 5)},
    "year": {"begin": (0, 2), "mid": (4, 8), "end": (10, None)},
    "decade": {"begin": (0, 3), "mid": (3, 7), "end": (7, None)},
    "century": {"begin": (0, 33), "mid": (33, 67), "end": (67, None)},
}
STEPS = {"week": "day", "month": "day", "year": "month", "decade": "year", "century": "year"}
NAMED_MONTH_BEGIN = 5


def part(match: Match, context: Context) -> Interval | None:
    """The beginning, middle or end of a period; of one that is named ("early April") the beginning is shorter."""
    period, phase = part_of(match, "period", context), match.text_of("phase") or ""
    if period is None or period.start is None or period.end is None:
        return None
    cut = _phase(period, phase, named=match.text_of("named") is not None)
    over = context.now is not None and cut is not None and cut.end is not None and cut.end <= context.now
    if over and context.strict and context.direction > 0 and match.text_of("named") is None:
        unit = period.grain
        moved = cal.unit_at(cal.add(period.start, 1, unit), unit)
        return _phase(moved, phase, named=False)
    return cut


def _phase(period: Interval, phase: str, named: bool) -> Interval | None:
    assert period.start and period.end
    bounds = PHASES.get(period.grain, {}).get(phase)
    if bounds is None:
        third = (period.end - period.start) / 3
        step = {"begin": 0, "mid": 1, "end": 2}.get(phase)
        if step is None:
            return None
        start = cal.floor(period.start + third * step, "day")
        end = period.end if step == 2 else cal.floor(start + third, "day")
        return Interval(start, end, period.grain) if start < end else None
    low, high = bounds
    if named and phase == "begin" and period.grain == "month":
        high = NAMED_MONTH_BEGIN
    finer = STEPS[period.grain]
    start = cal.add(period.start, low, finer)
    return Interval(start, period.end if high is None else cal.add(period.start, high, finer), finer)


def nth(match: Match, context: Context) -> Interval | None:
    """The n-th (from the end for n < 0) day, week, weekday, fortnight, month or year of a period."""
    n, unit, day = match.number("nth"), match.text_of("unit") or "day", match.number("weekday")
    period = part_of(match, "period", context)
    if period is None or period.start is None or period.end is None or not n:
        return None
    if unit == "fortnight":
        middle = period.start + timedelta(days=14)
        return Interval(period.start, middle, "day") if n == 1 else Interval(middle, period.end, "day")
    if day is None and unit == "week":
        day = 0
    if day is None:
        at = cal.add(period.start if n > 0 else period.end, n - 1 if n > 0 else n, unit)
        found = cal.unit_at(at, unit)
    elif n > 0:
        first = period.start + DAY * ((day - period.start.weekday()) % 7)
        found = cal.unit_at(first + DAY * 7 * (n - 1), "week" if unit == "week" else "day")
    else:
        length = 7 if unit == "week" else 1
        final = period.end - DAY * length
        back = (final.weekday() - day) % 7 + 7 * (-n - 1)
        found = cal.unit_at(final - DAY * back, "week" if length == 7 else "day")
    inside = found.start is not None and period.start <= found.start < period.end
    return found if inside else None


def years(match: Match, context: Context) -> Interval | None:
    """From a year to a year; the second may have two figures."""
    first, last = match.number("from"), match.number("to")
    if first is None or last is None:
        return None
    if last < 100:
        last += first // 100 * 100
    if not first < last:
        return None
    return Interval(datetime(first, 1, 1), datetime(last + 1, 1, 1), "year")


def range_(match: Match, context: Context) -> Interval | None:
    """From one time to another, both ends included; what the first leaves open it takes from the second."""
    if match.part("later"):  # "from Monday to Wednesday": the second day is the first of its name after the first
        first = part_of(match, "from", context)
        if first is None or first.start is None or (later := match.part("later")) is None:
            return None
        last = context.resolve(later, replace(context, now=cal.floor(first.start, "day"), direction=1, strict=True))
    else:
        last = part_of(match, "to", context) or date(match, context)
        if last is None or last.start is None:
            return None
        first = _first_end(match, last, context)
    if first is None or last is None or first.start is None or last.end is None or first.start >= last.end:
        return None
    return Interval(first.start, last.end, last.grain)


def _first_end(match: Match, last: Interval, context: Context) -> Interval | None:
    assert last.start is not None
    start_day = match.number("from_day")
    if start_day is not None:
        at = last.start.replace(day=1)
        same = cal.day_of(at.year, at.month, start_day)
        if same and same.start and same.start <= last.start:
            return same
        before = cal.add(at, -1, "month")
        return None if match.number("month") else cal.day_of(before.year, before.month, start_day)
    return part_of(match, "from", replace(context, now=last.start, direction=-1, strict=True))


def since(match: Match, context: Context) -> Interval | None:
    """From a past time up to now: open at its end."""
    inner = part_of(match, "time", replace(context, direction=-1, strict=False, present=False))
    if inner is None and match.part("time") is None:
        inner = ago(match, context)
    if inner is None or inner.start is None:
        return None
    return Interval(inner.start, None, inner.grain)


def from_(match: Match, context: Context) -> Interval | None:
    """From a time on (`after`: from its end on), past or to come: open at its end."""
    forward = not match.text_of("after") and (not context.direction or _innermost(match).rule.op == "weekday")
    ahead = replace(context, direction=1) if forward and not context.strict else context
    inner = part_of(match, "time", ahead)
    if inner and inner.end and match.text_of("after"):
        return Interval(inner.end, None, inner.grain)
    return None if inner is None or inner.start is None else Interval(inner.start, None, inner.grain)


def _innermost(match: Match) -> Match:
    inner = match.part("time")
    return match if inner is None else _innermost(inner)


def till(match: Match, context: Context) -> Interval | None:
    """Up to the end of a time (`before`: up to its start, but "before the end of" is up to the end): open at its start."""
    inner = part_of(match, "time", context)
    if inner and inner.start and match.text_of("before") and _part_named(match) != "end":
        return Interval(None, inner.start, inner.grain)
    return None if inner is None or inner.end is None else Interval(None, inner.end, inner.grain)


def _part_named(match: Match) -> str | None:
    """Which part of a period the time inside a match names ("end"), if any."""
    inner = match.part("time")
    return match.text_of("phase") if inner is None else _part_named(inner)


def until(match: Match, context: Context) -> Interval | None:
    """From now to the end of a time to come."""
    inner = part_of(match, "time", replace(context, direction=1))
    if inner is None and match.part("time") is None:
        inner = ago(match, context)
    if inner is None or inner.end is None or context.now is None or inner.end <= context.now:
        return None if inner is None or inner.end is None else Interval(None, inner.end, inner.grain)
    return Interval(context.now, inner.end, inner.grain)


def undated(match: Match, context: Context) -> Interval | None:
    """Durations and repetitions are told, not dated."""
    return None


def night(match: Match, context: Context) -> Interval | None:
    """The night from one day to the next."""
    days = part_of(match, "days", context)
    if days is None or days.start is None:
        return None
    start = cal.floor(days.start, "day")
    return Interval(start + timedelta(hours=20), start + timedelta(hours=30), "daypart")
