"""What the ledger could have shown: for each month of a span, the documents in which a deed of the kind would have stood.

A curated list shows every deed by the holders of its office on the days that it declares to cover (`list_coverage`). What was read may
show one where it deals with both sides: who acts, and the country visited or whom it was done to. A month without any such document is
empty; one with few is thin: its silence proves nothing either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from depeche.analysis.check.names import CERTAIN, same_person
from depeche.analysis.check.query import DAY, Interval, Party, Query, shift
from depeche.ledger.queries import check as rows
from depeche.ledger.queries.check import Covered, Named

#: So many documents that deal with both sides make the silence of a month count. Measured on 27,366 French articles of 2011 to 2020
#: against the list of US travels: of 69 visits by presidents to countries in months without such a document none was told, of 20 in months
#: with one or more 16, of 8 in months with three or more 8; but of 33 by secretaries of state in months with one or more 3, of 3 in
#: months with ten or more 2. Below this number, news can contradict a claim and never support it.
LEAST = 30


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the span: `documents` could have shown a counter-example, `dealing` of them because they deal with both sides, the
    others as lists; `read` counts all that were published in it; `listed`: lists cover all of its days that lie in the span; `thin`:
    its silence proves nothing."""

    month: str
    documents: int
    dealing: int
    read: int
    listed: bool
    thin: bool

    @property
    def empty(self) -> bool:
        """Could nothing in it have shown a counter-example?"""
        return self.thin and self.dealing == 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """The months of a span. `complete`: none is thin, and the time before the first one is covered where the span has no beginning;
    `listed`: lists alone cover all of it; `lists` names those that cover some of it; `documents` counts each document once; `least` is
    how many documents make the silence of a month count."""

    span: Interval
    months: tuple[Month, ...]
    documents: int
    lists: tuple[str, ...]
    beginning: bool
    least: int

    @property
    def empty(self) -> tuple[str, ...]:
        """The months in which nothing could have shown a counter-example."""
        return tuple(m.month for m in self.months if m.empty)

    @property
    def thin(self) -> tuple[str, ...]:
        """The months whose silence proves nothing, the empty ones among them."""
        return tuple(m.month for m in self.months if m.thin)

    @property
    def complete(self) -> bool:
        """Would any counter-example have been shown?"""
        return self.beginning and not self.thin

    @property
    def listed(self) -> bool:
        """Do lists alone cover the whole span?"""
        return self.beginning and all(m.listed for m in self.months)


def find_coverage(con: duckdb.DuckDBPyConnection, query: Query, span: Interval) -> Coverage:
    """The coverage of the days of a span, whose end must be known."""
    end = span.end or date.max
    lists = [c for c in _lists(con, query) if (c.begins or date.min) < end and c.ends > (span.start or date.min)]
    first = span.start or _earliest(con, lists, end)
    read = rows.documents_read(con, *_sides(query), first.replace(day=1), end) if first < end else []
    counted = {r.month: r for r in read}
    days = Interval(first, end)
    months = tuple(_month(m, days, lists, counted.get(m), query.least or LEAST) for m in _months(first, end))
    return Coverage(
        span=Interval(span.start, end),
        months=months,
        documents=sum(r.near for r in read) + len({c.document for c in lists}),
        lists=tuple(dict.fromkeys(c.list for c in lists)),
        beginning=span.start is not None or any(c.begins is None for c in lists),
        least=query.least or LEAST,
    )


def _month(month: date, span: Interval, lists: Sequence[Covered], read: rows.Read | None, least: int) -> Month:
    first, end = max(month, span.start or month), min(shift(month, 1), span.end or date.max)
    here = [c for c in lists if (c.begins or date.min) < end and c.ends > first]
    near, listed = read.near if read else 0, _covers(here, first, end)
    return Month(
        month=f"{month:%Y-%m}", documents=near + len({c.document for c in here}), dealing=near, read=read.documents if read else 0,
        listed=listed, thin=not listed and near < least,
    )  # fmt: skip


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


def _sides(query: Query) -> tuple[Named, Named]:
    """What a document must deal with to show a counter-example: the place, or whom it was done to, and who did it."""
    target = Named((query.place.country,)) if query.place is not None and query.place.country else _of(query.object)
    return target, _of(query.subject)


def _of(party: Party | None) -> Named:
    """How documents are told that deal with somebody: a person or group by the name, an office by its country."""
    if party is None:
        return Named()
    name = party.person or party.name
    if name:
        return Named(keys=(name,))
    return Named((party.country,)) if party.country else Named()


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
