"""National leaders by month, as the REIGN data set has them: one row a leader and spell, CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from depeche.ingest.problems import Problem
from depeche.ledger.lists import countries
from depeche.records import Span

#: The office of the list's rows: whoever in fact leads the state, by whatever title.
OFFICE = "state_leader"

_COLUMNS = ("stateabb", "leader", "sdate", "smonth", "syear", "emonth", "eyear")
_FIELD = re.compile(r'"((?:[^"]|"")*)"|([^,"\n\r]*)')


@dataclass(frozen=True, slots=True)
class Leader:
    """One row: a spell that begins on a day and ends in [ends_after, ends_by). Where it had not ended, `ends_after` is the last day that
    the list names, `ends_by` None."""

    row: Span
    person: Span
    office: Span
    of: str
    begins: date
    ends_after: date
    ends_by: date | None


def is_leaders(text: str) -> bool:
    """Is this such a list?"""
    header = text.lstrip("\ufeff").partition("\n")[0]
    return set(_COLUMNS) <= {name.strip() for name in header.split(",")}


def read_leaders(text: str, file: str) -> Iterator[Leader | Problem]:
    """The spells of a file in its order; a Problem, with its line, for a row that cannot be used."""
    found = list(_all(text, file))
    horizon = max((leader.ends_after for leader in found if isinstance(leader, Leader)), default=date.min)
    for leader in found:
        open_ = isinstance(leader, Leader) and leader.ends_by is None
        yield replace(leader, ends_after=horizon) if isinstance(leader, Leader) and open_ else leader


def _all(text: str, file: str) -> Iterator[Leader | Problem]:
    rows = _rows(text)
    header = next(rows, [])
    at = {field.text.strip("\ufeff "): n for n, field in enumerate(header) if field is not None}
    title = header[at["leader"]]
    for fields in rows:
        found = _read(text, fields, at, title or _NOTHING)
        if isinstance(found, str):
            start = next((f.start for f in fields if f is not None), 0)
            yield Problem(file, found, f"a row with {', '.join(_COLUMNS)}", text.count("\n", 0, start) + 1)
        else:
            yield found


_NOTHING = Span(0, 1, " ")


def _read(text: str, fields: list[Span | None], at: dict[str, int], title: Span) -> Leader | str:
    """The spell of one row, or what is wrong with it."""
    if len(fields) < max(at[c] for c in _COLUMNS) + 1:
        return f"a row of {len(fields)} fields"
    state, person, *numbers = (fields[at[c]] for c in _COLUMNS)
    if state is None or person is None:
        return "a row without a state or a leader"
    begins = _date(numbers[2], numbers[1], numbers[0])
    if begins is None:
        return f"a beginning that is no date for {person.text!r}"
    ends = _date(numbers[4], numbers[3])
    if ends is None and (numbers[3] or numbers[4]):
        return f"an end that is no month for {person.text!r}"
    if ends is not None and ends < begins.replace(day=1):
        return f"an end before the beginning for {person.text!r}"
    of = countries.abbreviated(state.text, (ends or date.max).year)
    if of is None:
        return f"the state {state.text!r}, which is not in the table of countries"
    known = [f for f in fields if f is not None]
    row = Span(known[0].start, known[-1].end, text[known[0].start : known[-1].end])
    return Leader(row, person, title, of, begins, max(begins, ends or begins), _next_month(ends) if ends else None)


def _date(year: Span | None, month: Span | None, day: Span | None = None) -> date | None:
    try:
        return date(int(year.text), int(month.text), int(day.text) if day else 1) if year and month else None
    except ValueError:
        return None


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _rows(text: str) -> Iterator[list[Span | None]]:
    """The fields of each row where they stand, without blanks around them; None for an empty one. Empty lines are passed over."""
    at, row = 0, list[Span | None]()
    while at <= len(text):
        match = _FIELD.match(text, at)
        assert match is not None  # it matches the empty string
        group = 1 if match.group(1) is not None else 2
        words = match.group(group).strip()
        start = match.start(group) + match.group(group).find(words) if words else 0
        row.append(Span(start, start + len(words), words) if words else None)
        at = match.end()
        if at < len(text) and text[at] == ",":
            at += 1
            continue
        line_end = re.compile(r"[^\n]*\n?").match(text, at)
        assert line_end is not None
        at = line_end.end()
        if any(field is not None for field in row):
            yield row
        row = []
        if at >= len(text):
            return
