"""One claim with the deeds of the ledger, and where each of them stands to the time that the claim bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from depeche.analysis.check.answer import CONTRADICTED, SUPPORTED, UNDECIDABLE, Verdict, witnesses
from depeche.analysis.check.coverage import Coverage, find_coverage
from depeche.analysis.check.deeds import Deed, is_sole
from depeche.analysis.check.query import DAY, Interval, Query

#: How far from the day on which it is said the very event of a claim may lie, where nothing dates it.
REACH = timedelta(days=15)
#: A denial ("never since") is often said on the occasion of the first deed after all: what lies so near to it does not contradict it.
OCCASION = timedelta(days=7)

#: How many counter-examples, and how many doubts, an answer opens on their words; the reasons say how many there are.
SHOWN = 50

INSIDE, MAYBE, OUTSIDE = "inside", "maybe", "outside"


@dataclass(frozen=True)
class Case:
    """A claim, the deeds that fit it, and the day as of which it is judged."""

    con: duckdb.DuckDBPyConnection
    query: Query
    deeds: list[Deed]
    on: date
    assumed: bool

    @property
    def sole(self) -> bool:
        """Does one person at a time hold the office of the subject?"""
        return is_sole(self.query.subject)

    def bound(self, day: date) -> Interval | None:
        """The unit of time that the claim's bound names, for an event of a day."""
        return self.query.since.before(day) if self.query.since else None

    def span(self, end: date) -> Interval:
        """The days in which a counter-example would lie."""
        bound = self.bound(end)
        return Interval(bound.end if bound else None, end)

    def needed(self, end: date) -> Interval:
        """The days that must be covered: a length ("in ten years") is rounded, and so from its very beginning on."""
        bound = self.bound(end)
        if bound is None:
            return Interval(None, end)
        return Interval(bound.start if self.rounded else bound.end, end)

    @property
    def rounded(self) -> bool:
        """Is the bound a length of time, so that what lies in its first tenth is a doubt?"""
        return self.query.since is not None and self.query.since.days is None

    def cover(self, span: Interval) -> Coverage:
        """The coverage of some days."""
        return find_coverage(self.con, self.query, span)

    def sift(self, deeds: Iterable[Deed], end: date) -> tuple[list[Deed], list[Deed]]:
        """Those of the deeds that surely lie within the claim's time before a day, and those that may."""
        span, needed = self.span(end), self.needed(end)
        sure: list[Deed] = []
        maybe: list[Deed] = []
        for deed in deeds:
            where = stands(deed, span)
            if where == OUTSIDE and self.rounded:
                where = MAYBE if stands(deed, needed) != OUTSIDE else OUTSIDE
            if where == INSIDE and deed.certain and self.query.narrowed is None:
                sure.append(deed)
            elif where != OUTSIDE:
                maybe.append(deed)
        return sure, maybe

    def at_bound(self, day: date) -> list[Deed]:
        """The deeds within the very unit that the bound names ("2006")."""
        bound = self.bound(day)
        return [d for d in self.deeds if bound and d.dated and stands(d, bound) == INSIDE]

    def before(self, span: Interval) -> Deed | None:
        """The last certain deed before a span."""
        start = span.start or date.min
        return max((d for d in self.deeds if d.certain and d.first < start), key=lambda d: d.first, default=None)

    def supported(self, reasons: Iterable[str], coverage: Coverage, claimed: Deed | None = None) -> Verdict:
        """The claim holds."""
        return self._verdict(SUPPORTED, reasons, coverage, claimed)

    def contradicted(
        self, reasons: Iterable[str], coverage: Coverage, claimed: Deed | None = None, counter: Iterable[Deed] = ()
    ) -> Verdict:
        """The claim does not hold, by these deeds or by the silence of a list."""
        return self._verdict(CONTRADICTED, reasons, coverage, claimed, counter)

    def undecidable(
        self,
        reasons: Iterable[str],
        coverage: Coverage | None,
        claimed: Deed | None = None,
        doubts: Iterable[Deed] = (),
    ) -> Verdict:
        """The ledger does not settle it."""
        return self._verdict(UNDECIDABLE, reasons, coverage, claimed, (), doubts)

    def _verdict(
        self,
        verdict: str,
        reasons: Iterable[str],
        coverage: Coverage | None,
        claimed: Deed | None,
        counter: Iterable[Deed] = (),
        doubts: Iterable[Deed] = (),
    ) -> Verdict:
        said = [*reasons]
        if self.assumed:
            said.append(f"it is said of no day: judged as of {self.on}, the last that the ledger knows")
        before = self.before(coverage.span) if coverage and coverage.span.start else None
        if before is not None:
            said.append(f"the one before was on {before.first}")
        ordered = [sorted(group, key=lambda d: (d.first, d.mention.id))[:SHOWN] for group in (counter, doubts)]
        return Verdict(
            query=self.query,
            verdict=verdict,
            reasons=tuple(said),
            claimed=next(iter(witnesses(self.con, [claimed] if claimed else [])), None),
            counter=witnesses(self.con, ordered[0]),
            doubts=witnesses(self.con, ordered[1]),
            before=next(iter(witnesses(self.con, [before] if before else [])), None),
            coverage=coverage,
        )

    def claimed(self) -> list[Deed]:
        """The deeds that the claim may be about: the one that it names, else those about the day on which it is said."""
        q = self.query
        named = [d for d in self.deeds if q.event in d.events]
        if named:
            return named
        fitting = [d for d in self.deeds if q.actor is None or done_by(d, q.actor.person)]
        if q.at is not None:
            return _surest(d for d in fitting if d.first and _within(d, q.at, DAY))
        if q.on is None:
            return [d for d in fitting if d.certain and self._after_bound(d)]
        day = Interval(q.on, q.on + DAY)
        exact = [d for d in fitting if d.dated and _within(d, day, timedelta(0))]
        return _surest(exact or (d for d in fitting if _within(d, day, REACH)))

    def _after_bound(self, deed: Deed) -> bool:
        bound = self.bound(self.on)
        return bound is None or self.rounded or (bound.end is not None and deed.first >= bound.end)


def done_by(deed: Deed, person: str | None) -> bool:
    """May the deed be a person's? The family name is enough: "Bill Clinton" is listed as William J."""
    return person is None or not deed.doers or any(person.split()[-1:] == doer.split()[-1:] for doer in deed.doers)


def _within(deed: Deed, days: Interval, reach: timedelta) -> bool:
    """May the deed be one of the days, or so near to them?"""
    if deed.first == date.min or days.start is None or days.end is None:
        return False
    last = (deed.days.end or deed.first + DAY) if deed.dated else deed.first + DAY
    return deed.first < days.end + reach and last > days.start - reach


def _surest(deeds: Iterable[Deed]) -> list[Deed]:
    """Those that fit best of all that may be meant."""
    found = list(deeds)
    best = max((d.fits for d in found), default=0)
    return [d for d in found if d.fits == best]


def stands(deed: Deed, span: Interval) -> str:
    """Where a deed stands to the days of a span. The line of a list has its exact day; what a text dates by a month or year may have
    been on any of its days."""
    start, end = deed.days.start, deed.days.end
    if deed.listed and deed.dated and start is not None:
        end = start + DAY
    low, high = span.start or date.min, span.end or date.max
    if (end is not None and end <= low) or (start is not None and start >= high):
        return OUTSIDE
    if (start or date.min) >= low and (end or date.max) <= high:
        return INSIDE
    return MAYBE
