"""Dates what the scanner found: from the captured words of a match and its context to an interval.

The operations know the calendar alone; all words are the lexicon's.
"""

from __future__ import annotations

from depeche.extract.times import points, relative, spans
from depeche.extract.times.context import Context, Operation
from depeche.extract.times.intervals import Interval
from depeche.extract.times.scan import Match

OPERATIONS: dict[str, Operation] = {
    "ago": relative.ago,
    "anaphor": relative.anaphor,
    "century": points.century,
    "clock": points.clock,
    "copy": points.copy,
    "date": points.date,
    "daypart": points.daypart,
    "decade": points.decade,
    "duration": spans.undated,
    "eve": relative.eve,
    "from": spans.from_,
    "holiday": points.holiday,
    "month": points.month,
    "night": spans.night,
    "nth": spans.nth,
    "part": spans.part,
    "quarter": points.quarter,
    "range": spans.range_,
    "recurring": spans.undated,
    "same": relative.same,
    "season": points.season,
    "shift": relative.shift,
    "since": spans.since,
    "span_of": relative.span_of,
    "till": spans.till,
    "until": spans.until,
    "vague": relative.vague,
    "week_of": points.week_of,
    "weekday": points.weekday,
    "weekday_in": points.weekday_in,
    "weekend": relative.weekend,
    "year": points.year,
    "years": spans.years,
}


def resolve(match: Match, context: Context) -> Interval | None:
    """The interval of a match; None where the context does not settle it or the calendar has no such time."""
    try:
        return OPERATIONS[match.rule.op](match, context)
    except (OverflowError, ValueError):  # beyond the years that the calendar can hold
        return None
