"""Days cut into periods of equal grain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from depeche.errors import InputError

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
#: More periods than anybody reads; a series by day over centuries comes from a mistaken date.
MOST = 20_000


def start_of(day: date, grain: str) -> date:
    """The first day of the period that a day lies in; weeks begin on Monday, as in ISO 8601.

    >>> start_of(date(2018, 3, 14), "week"), start_of(date(2018, 3, 14), "quarter")
    (datetime.date(2018, 3, 12), datetime.date(2018, 1, 1))
    """
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=day.weekday())
    return date(day.year, (day.month - 1) // _MONTHS[grain] * _MONTHS[grain] + 1, 1)


def next_start(start: date, grain: str) -> date:
    """The first day of the period after the one that begins on `start`."""
    if grain in ("day", "week"):
        return start + timedelta(days=1 if grain == "day" else 7)
    months = start.year * 12 + start.month - 1 + _MONTHS[grain]
    return date(months // 12, months % 12 + 1, 1)


def starts_between(first: date, last: date, grain: str) -> Iterator[date]:
    """The first days of the periods from that of `first` to that of `last`.

    Raises InputError where there would be more than `MOST`.
    """
    if (last - first).days // {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}[grain] > MOST:
        raise InputError(
            f"from {first} to {last} there are more than {MOST} periods of a {grain}; ask for less time or another grain"
        )
    start = start_of(first, grain)
    while start <= last:
        yield start
        start = next_start(start, grain)


def label(start: date, grain: str) -> str:
    """A period as ISO 8601 writes it.

    >>> [label(date(2018, 1, 1), g) for g in ("day", "week", "month", "quarter", "year")]
    ['2018-01-01', '2018-W01', '2018-01', '2018-Q1', '2018']
    """
    if grain == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    if grain == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return start.isoformat()[: {"day": 10, "month": 7, "year": 4}[grain]]
