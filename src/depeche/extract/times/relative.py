"""Times told from publication, or from what was narrated before."""

from __future__ import annotations

from datetime import datetime

from depeche.extract.times import intervals as cal
from depeche.extract.times.context import DAY, FINE, Context, narrated_last, part_of
from depeche.extract.times.intervals import Interval
from depeche.extract.times.scan import Match

#: Numbers up to this are meant to the finer grain: "two months ago" is a day, "six months ago" a month.
EXACT_UP_TO = 3


def shift(match: Match, context: Context) -> Interval | None:
    """The unit n units from that of publication."""
    n, unit = match.number("n"), match.text_of("unit")
    if context.now is None or n is None or unit is None:
        return None
    return cal.unit_at(cal.add(context.now, n, unit), unit)


def weekend(match: Match, context: Context) -> Interval | None:
    """A weekend: of a date, the last, the next, or the one that the tense points at."""
    day = part_of(match, "day", context)
    if day is not None and day.start is not None:
        return cal.unit_at(day.start + DAY * (1 if day.start.weekday() == 4 else 0), "weekend")
    if context.now is None:
        return None
    this = cal.unit_at(context.now, "weekend")
    which = match.number("which")
    if which is not None:
        step = which if this.start is None or which < 0 or this.start <= context.now else 0
        return cal.unit_at(cal.add(context.now, step, "week"), "weekend")
    candidates = [cal.unit_at(cal.add(context.now, n, "week"), "weekend") for n in (-1, 0)]
    return cal.choose(candidates, context.now, context.direction, context.strict and context.direction > 0)


def ago(match: Match, context: Context) -> Interval | None:
    """n units before (sign -1) or after publication: a point, finer than the unit while n is small and exact."""
    return None if context.now is None else moved(match, context.now)


def moved(match: Match, base: datetime) -> Interval | None:
    """The time n units from a day, by the captured n, unit and sign."""
    n, unit, sign = match.number("n"), match.text_of("unit"), match.number("sign") or 1
    if n is None or unit is None:
        return None
    if unit in ("hour", "minute", "second"):
        hours = n if unit == "hour" else 0
        return cal.unit_at(base + DAY * (sign * (hours // 24)), "day")
    if match.text_of("half") and unit in ("year", "century", "decade"):
        months = cal.MONTHS[unit] * n + cal.MONTHS[unit] // 2
        return cal.unit_at(cal.add(base, sign * months, "month"), "month")
    exact = n <= EXACT_UP_TO and not match.text_of("about")
    grain = cal.FINER.get(unit, unit) if exact else unit
    return cal.unit_at(cal.add(base, sign * n, unit), grain)


def span_of(match: Match, context: Context) -> Interval | None:
    """The n whole units before or after the one of publication."""
    n, unit, sign = match.number("n"), match.text_of("unit"), match.number("sign")
    if context.now is None or n is None or unit is None or sign is None:
        return None
    if unit in ("hour", "minute", "second"):
        n, unit = max(1, n // 24 if unit == "hour" else 1), "day"
    first = cal.floor(context.now, unit)
    grain = cal.RECORD_GRAIN.get(unit, unit)
    if match.text_of("rolling"):  # counted from the day itself, not from the turn of the unit
        if sign < 0:
            return Interval(cal.add(context.now, -n, unit), context.now + DAY, grain)
        return Interval(context.now, cal.add(context.now, n, unit) + DAY, grain)
    if sign < 0:
        return Interval(cal.add(first, -n, unit), first, grain)
    return Interval(cal.add(first, 1, unit), cal.add(first, n + 1, unit), grain)


def vague(match: Match, context: Context) -> Interval | None:
    """Some units up to publication (sign -1) or from it on: one bound is open."""
    sign, unit = match.number("sign"), match.text_of("unit") or "day"
    if context.now is None or sign is None:
        return None
    grain = cal.RECORD_GRAIN.get(unit, unit)
    return Interval(None, context.now + DAY, grain) if sign < 0 else Interval(context.now, None, grain)


def anaphor(match: Match, context: Context) -> Interval | None:
    """n units from a time that is named (part `of`), or that was narrated last, or from publication."""
    unit = match.text_of("unit") or "day"
    if match.part("of"):
        base = part_of(match, "of", context)
        if base is None or base.start is None:
            return None
        return moved(match, cal.floor(base.start, "day"))
    coarse = {"day": FINE, "weekend": FINE, "week": FINE | {"week"}, "month": FINE | {"week", "month"}}
    last = narrated_last(context, coarse.get(unit, FINE | {"week", "month", "season", "quarter", "year"}))
    if last is not None and last.start is not None:
        base_day: datetime | None = cal.floor(last.start, "day")
    else:
        base_day = context.now
    if base_day is None:
        return None
    if match.text_of("whole"):
        return cal.unit_at(cal.add(base_day, (match.number("n") or 0) * (match.number("sign") or 1), unit), unit)
    return moved(match, base_day)


def eve(match: Match, context: Context) -> Interval | None:
    """n days from an event whose date the text gives elsewhere."""
    if context.event is None or context.event.start is None:
        return None
    return moved(match, cal.floor(context.event.start, "day"))


def same(match: Match, context: Context) -> Interval | None:
    """The unit that holds what was narrated last: "that day", "the same year"."""
    unit = match.text_of("unit") or "day"
    last = narrated_last(context, FINE if unit == "day" else FINE | {"week", "month", "season", "quarter", "year"})
    return cal.unit_at(last.start, unit) if last and last.start else None
