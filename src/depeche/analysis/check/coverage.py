"""What the ledger could have shown: for each month of a span, the documents in which a deed of the kind would have stood.

A curated list shows every deed by the holders of its office on the days that it declares to cover (`list_coverage`). What was read shows
what its documents deal with: those published in the month that name the country visited (else whom it was done to, else who did it). A
month in which neither holds is empty, and its silence proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from depeche.analysis.check.names import CERTAIN, same_person
from depeche.analysis.check.query import DAY, Interval, Party, Query, shift
from depeche.ledger.queries import check as rows
from depeche.ledger.queries.check import Covered

#: A month with fewer documents than this that deal with the country is empty.
LEAST = 1


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the span: `documents` could have shown a counter-example, `dealing` of them because they deal with the country, the
    others as lists; `read` counts all that were published in it; `listed`: lists cover all of its days that lie in the span."""

    month: str
    documents: int
    dealing: int
    read: int
    listed: bool

    @property
    def empty(self) -> bool:
        """Could nothing in it have shown a counter-example?"""
        return not self.listed and self.dealing < LEAST


@dataclass(frozen=True, slots=True)
class Coverage:
    """The months of a span. `complete`: none is empty, and the time before the first one is covered where the span has no beginning;
    `listed`: lists alone cover all of it; `lists` names those that cover some of it; `documents` counts each document once."""

    span: Interval
    months: tuple[Month, ...]
    documents: int
    lists: tuple[str, ...]
    beginning: bool

    @property
    def empty(self) -> tuple[str, ...]:
        """The months that are empty."""
        return tuple(m.month for m in self.months if m.empty)

    @property
    def complete(self) -> bool:
        """Would any counter-example have been shown?"""
        return self.beginning and not self.empty

    @property
    def listed(self) -> bool:
        """Do lists alone cover the whole span?"""
        return self.beginning and all(m.listed for m in self.months)


def find_coverage(con: duckdb.DuckDBPyConnection, query: Query, span: Interval) -> Coverage:
    """The coverage of the days of a span, whose end must be known."""
    end = span.end or date.max
    lists = [c for c in _lists(con, query) if (c.begins or date.min) < end and c.ends > (span.start or date.min)]
    first = span.start or _earliest(con, lists, end)
    read = rows.documents_read(con, *_near(query), first.replace(day=1), end) if first < end else []
    counted = {r.month: r for r in read}
    months = tuple(_month(month, Interval(first, end), lists, counted.get(month)) for month in _months(first, end))
    return Coverage(
        span=Interval(span.start, end),
        months=months,
        documents=sum(r.near for r in read) + len({c.document for c in lists}),
        lists=tuple(dict.fromkeys(c.list for c in lists)),
        beginning=span.start is not None or any(c.begins is None for c in lists),
    )


def _month(month: date, span: Interval, lists: Sequence[Covered], read: rows.Read | None) -> Month:
    first, end = max(month, span.start or month), min(shift(month, 1), span.end or date.max)
    here = [c for c in lists if (c.begins or date.min) < end and c.ends > first]
    return Month(
        month=f"{month:%Y-%m}",
        documents=(read.near if read else 0) + len({c.document for c in here}),
        dealing=read.near if read else 0,
        read=read.documents if read else 0,
        listed=_covers(here, first, end),
    )


def _covers(lists: Iterable[Covered], first: date, end: date) -> bool:
    """Do the lists together cover all days [first, end)?"""
    for begins, ends in sorted((c.begins or date.min, c.ends) for c in lists):
        if begins <= first:
            first = max(first, ends)
    return first >= end


def _months(first: date, end: date) -> list[date]:
    months = []
    month = first.replace(day=1)
    while month < end:
        months.append(month)
        month = shift(month, 1)
    return months


def _earliest(con: duckdb.DuckDBPyConnection, lists: Sequence[Covered], end: date) -> date:
    """The first day of which the ledger knows anything, for spans that have no beginning."""
    read, _ = rows.span_read(con)
    known = [c.begins or rows.first_day(con, c.document) for c in lists] + ([read] if read else [])
    return min([day for day in known if day is not None], default=end)


def _near(query: Query) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a document must deal with to show a counter-example, as countries and folded names: the place, else whom it was done to, else
    who did it; a person or group by the name, an office by its country."""
    if query.place is not None and query.place.country is not None:
        return (query.place.country,), ()
    for side in (query.object, query.subject):
        if side is not None and (side.person or side.name):
            return (), (side.person or side.name or "",)
        if side is not None and side.country is not None:
            return (side.country,), ()
    return (), ()


def _lists(con: duckdb.DuckDBPyConnection, query: Query) -> list[Covered]:
    """The lists that hold all deeds of the subject; for a person, those of the time in which he held the office of the list."""
    party = query.subject
    if party is None or query.type is None or query.object is not None:
        return []
    fitting = [c for c in rows.covered(con, query.type) if c.mode in (None, query.mode)]
    if party.person is not None:
        return [clipped for c in fitting for clipped in _while_held(con, c, party)]
    return [c for c in fitting if (c.office, c.of) == (party.office, party.country)]


def _while_held(con: duckdb.DuckDBPyConnection, covered: Covered, party: Party) -> list[Covered]:
    """A list's cover of one person: the days on which the ledger shows the person in the office."""
    found = []
    for held in rows.holders(con, covered.office, covered.of):
        if held.first and held.last and same_person(party.person or "", held.person) == CERTAIN:
            begins, ends = max(covered.begins or date.min, held.first), min(covered.ends, held.last + DAY)
            if begins < ends:
                found.append(covered._replace(begins=begins, ends=ends))
    return found
