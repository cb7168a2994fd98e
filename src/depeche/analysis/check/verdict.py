"""From a query to its verdict: supported, contradicted or undecidable, never more than the records and their coverage bear out.

A claim is contradicted by a deed that fits it for certain, took place and lies within its time; supported where there is none, nothing is
in doubt, and the ledger would have shown one; otherwise undecidable, and the doubt is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import duckdb

from depeche.analysis.check.answer import UNDECIDABLE, Verdict
from depeche.analysis.check.case import OCCASION, Case, done_by, stands
from depeche.analysis.check.comparison import compare
from depeche.analysis.check.coverage import Coverage
from depeche.analysis.check.deeds import Deed, find_deeds, retold, same_people
from depeche.analysis.check.names import CERTAIN, POSSIBLE
from depeche.analysis.check.query import DAY, Interval, Query
from depeche.ledger.queries import check as rows


def check_query(con: duckdb.DuckDBPyConnection, query: Query) -> Verdict:
    """The verdict on one query."""
    problem = _problem(query)
    on, assumed = _day_of(con, query)
    if problem or on is None:
        return Verdict(query, UNDECIDABLE, (problem or "the ledger holds nothing that is dated",))
    case = Case(con, query, find_deeds(con, query), on, assumed)
    return CHECKS[query.kind](case)


def check_readings(con: duckdb.DuckDBPyConnection, queries: Sequence[Query]) -> Verdict:
    """The verdict on a claim whose words can be read in several ways: the one that all of them give, else undecidable."""
    return agreed([check_query(con, q) for q in queries], "the words can be read in several ways")


def agreed(verdicts: Sequence[Verdict], why: str) -> Verdict:
    """The first of several verdicts if they are all alike; else that the claim is undecidable, and why."""
    first = verdicts[0]
    kinds = list(dict.fromkeys(v.verdict for v in verdicts))
    if len(kinds) == 1:
        return first
    doubts = tuple(dict.fromkeys(w for v in verdicts for w in (*v.counter, *v.doubts)))
    reasons = (f"{why}: {' or '.join(kinds)}", *first.reasons)
    return replace(first, verdict=UNDECIDABLE, reasons=reasons, counter=(), doubts=doubts)


def _problem(query: Query) -> str | None:
    """Why a claim cannot be looked up at all."""
    if query.unread:
        return query.unread
    if query.type is None:
        return "what is said to have been done was not understood"
    if query.subject is None and query.object is None and query.place is None:
        return "neither who did it nor whom or where it concerns was understood"
    for party in (query.subject, query.object):
        if party is not None and party.open:
            return f"who is meant by {party.words!r} is not known"
    if query.place is not None and query.place.country is None:
        return f"where {query.place.words!r} is, is not known"
    return None


def _day_of(con: duckdb.DuckDBPyConnection, query: Query) -> tuple[date | None, bool]:
    """The day as of which a claim is judged, and whether that is our assumption: the last that the ledger knows of."""
    day = query.on or (query.at and query.at.end and query.at.end - DAY)
    if day:
        return day, False
    known = [rows.span_read(con)[1], *(c.ends - DAY for c in rows.covered(con, query.type or ""))]
    return max((d for d in known if d is not None), default=None), True


def _first(case: Case) -> Verdict:
    """ "the first since 2006": none between the bound and the very event."""
    claimed = case.claimed()
    if not claimed:
        return _unfound(case)
    return agreed([_first_of(case, deed) for deed in claimed], f"which of {len(claimed)} events is meant is not clear")


def _first_of(case: Case, claimed: Deed) -> Verdict:
    day = claimed.first
    span = case.span(day)
    if span.start is not None and span.start > day:
        reason = f"the event itself, of {day}, lies within the time that the claim names"
        return case.undecidable([reason], case.cover(Interval(day, day)), claimed)
    others = _others(case, claimed)
    counter, doubts = case.sift(others, day)
    doubts += [d for d in others if d.first == day and d not in doubts]  # which of them was the first?
    coverage = case.cover(case.needed(day))
    if counter and _surely_later(claimed):
        return case.contradicted([_there(counter)], coverage, claimed, counter)
    reasons = [*_doubtful(case, doubts), *_uncertain(claimed), *_gaps(coverage)]
    if counter:
        reasons.insert(
            0, f"its words do not date the event itself: it may have come before others of the kind ({_there(counter)})"
        )
    if reasons:
        return case.undecidable(reasons, coverage, claimed, [*counter, *doubts])
    return case.supported([_none(coverage)], coverage, claimed)


def _surely_later(claimed: Deed) -> bool:
    """Was the event surely no earlier than the day that it is taken for? One that no words date may have been long before it was told."""
    return claimed.dated or claimed.mention.status == "planned"


def _others(case: Case, claimed: Deed) -> list[Deed]:
    """The deeds that are not the claimed one, nor its announcement, nor, where people are counted, by the same person."""
    rest = [d for d in case.deeds if d is not claimed and not retold(d, claimed, case.sole)]
    if not case.query.persons:
        return rest
    levels = [(d, same_people(d, claimed)) for d in rest]
    doubt = "it may be the same person"
    return [
        d if not level else replace(d, fits=POSSIBLE, doubts=(*d.doubts, doubt))
        for d, level in levels
        if level != CERTAIN
    ]


def _unfound(case: Case) -> Verdict:
    """The very event is not in the ledger: what came before the day on which it was can still contradict the claim."""
    end = (case.query.at.start if case.query.at else None) or case.on - OCCASION
    counter, doubts = case.sift(case.deeds, end)
    coverage = case.cover(case.needed(max(end, case.span(end).start or end)))
    missing = "the event itself is not in the ledger"
    sure = case.query.at is not None or (case.query.of_day and case.query.on is not None)
    if case.query.persons:  # he who was the first may have done it before
        sure = sure and case.query.actor is not None
        counter = [d for d in counter if case.query.actor is None or not done_by(d, case.query.actor.person)]
    if counter and sure:
        return case.contradicted([_there(counter), missing], coverage, None, counter)
    reasons = [missing]
    if counter:
        reasons.append(f"there were {len(counter)} of the kind before {end}: one of them may be the one that is meant")
    return case.undecidable([*reasons, *_gaps(coverage)], coverage, None, [*counter, *doubts])


def _nth(case: Case) -> Verdict:
    """ "the third since 1974": how many there were, the very event with them."""
    claimed = case.claimed()
    if not claimed:
        end = case.on
        coverage = case.cover(case.needed(end))
        return case.undecidable(["the event itself is not in the ledger", *_gaps(coverage)], coverage)
    return agreed([_nth_of(case, deed) for deed in claimed], f"which of {len(claimed)} events is meant is not clear")


def _nth_of(case: Case, claimed: Deed) -> Verdict:
    n, day = case.query.n or 1, claimed.first
    counted, doubts = case.sift(_others(case, claimed), day)
    edge = [d for d in case.at_bound(day) if not case.rounded]  # "since 2006" may or may not count those of 2006
    coverage = case.cover(Interval(_start_of(case, day), day))
    least = _number(case, counted) + 1
    most = _number(case, [*counted, *doubts, *edge]) + 1
    found = (
        f"{least} of the kind are known up to {day}"
        if least == most
        else f"{least} to {most} of the kind are known up to {day}"
    )
    if least > n and _surely_later(claimed):
        return case.contradicted([found], coverage, claimed, counted)
    if most < n and coverage.complete and coverage.listed and not _uncertain(claimed):
        return case.contradicted([f"{found}, and lists cover the whole time"], coverage, claimed, counted)
    reasons = [*_doubtful(case, [*doubts, *edge]), *_uncertain(claimed), *_gaps(coverage)]
    if least == most == n and not reasons:
        return case.supported([found, _none(coverage)], coverage, claimed)
    return case.undecidable([found, *reasons], coverage, claimed, [*doubts, *edge])


def _start_of(case: Case, day: date) -> date | None:
    bound = case.bound(day)
    return bound.start if bound else None


def _number(case: Case, deeds: Sequence[Deed]) -> int:
    """How many deeds these are, or people, where people are counted."""
    if not case.query.persons:
        return len(deeds)
    people: list[Deed] = []
    for deed in deeds:
        if not any(same_people(deed, p) for p in people):
            people.append(deed)
    return len(people)


def _only(case: Case) -> Verdict:
    """ "the only one since 1962": one, and no other."""
    end = case.on + DAY
    sure, doubts = case.sift(case.deeds, end)
    doubts += [] if case.rounded else case.at_bound(end)
    coverage = case.cover(Interval(_start_of(case, end), end))
    claimed = _meant(case, sure)
    others = [
        d
        for d in sure
        if claimed is not None and d is not claimed and not (case.query.persons and same_people(d, claimed))
    ]
    if claimed is None and _number(case, sure) > 1:
        return case.contradicted([f"there were {_number(case, sure)}"], coverage, None, sure)
    if others:
        return case.contradicted([_there(others)], coverage, claimed, others)
    if claimed is None and sure and case.query.actor is not None:
        return case.contradicted([f"there was one, by {sure[0].who}"], coverage, None, sure)
    doubts = [d for d in doubts if d is not claimed and not (claimed and retold(d, claimed, case.sole))]
    reasons = [*_doubtful(case, doubts), *_gaps(coverage)]
    if reasons or (not sure and not coverage.listed):
        return case.undecidable(reasons or ["none is known"], coverage, claimed, doubts)
    if not sure:
        return case.contradicted(["lists cover the whole time and hold none"], coverage)
    return case.supported([_none(coverage)], coverage, claimed or sure[0])


def _meant(case: Case, sure: list[Deed]) -> Deed | None:
    """The one among certain deeds that the claim speaks of, where its words say which."""
    q = case.query
    if q.event is not None or q.at is not None:
        return next((d for d in case.claimed() if d in sure), None)
    return next((d for d in sure if done_by(d, q.actor.person)), None) if q.actor is not None else None


def _never(case: Case) -> Verdict:
    """ "never", "none since 2006": nothing up to the day on which it is said."""
    end = (case.query.at.start if case.query.at else None) or case.on
    return _nothing_since(case, case.needed(end), end, lambda coverage: case.supported([_none(coverage)], coverage))


def _since(case: Case) -> Verdict:
    """ "no longer since 2017": the last was in 2017, none came after it."""
    if case.query.since is None:
        return _never(case)
    found = [d for d in case.at_bound(case.on) if d.certain and not case.query.narrowed]

    def settled(coverage: Coverage) -> Verdict:
        if found:
            return case.supported([_none(coverage)], coverage, found[-1])
        return case.undecidable(
            [f"none is known within {case.query.since.words if case.query.since else ''} itself"], coverage
        )

    return _nothing_since(case, case.needed(case.on), case.on, settled)


def _nothing_since(case: Case, needed: Interval, end: date, settled: Callable[[Coverage], Verdict]) -> Verdict:
    """The verdict where nothing must have been in the claim's time: `settled` gives it where nothing was, for certain."""
    coverage = case.cover(needed)
    counter, doubts = case.sift(case.deeds, end)
    late = [d for d in counter if d.first >= end - OCCASION]
    counter = [d for d in counter if d not in late]
    if counter:
        return case.contradicted([_there(counter)], coverage, None, counter)
    reasons = [*_doubtful(case, doubts), *_gaps(coverage)]
    if late:
        reasons.insert(0, "there was one just before it is said, which may be what it is said of")
    if reasons:
        return case.undecidable(reasons, coverage, None, [*late, *doubts])
    return settled(coverage)


def _last(case: Case) -> Verdict:
    """ "the last was in 2012": one then, none after."""
    until = case.query.until
    if until is None or until.days is None or until.days.end is None:
        return _latest(case)
    within = until.days
    found = [d for d in case.deeds if d.certain and stands(d, within) == "inside" and not case.query.narrowed]
    dated = replace(case, query=replace(case.query, since=until))

    def settled(coverage: Coverage) -> Verdict:
        if found:
            return case.supported([_none(coverage)], coverage, found[-1])
        then = case.cover(within)
        doubts = [d for d in case.deeds if stands(d, within) != "outside"]
        if then.complete and then.listed and not doubts:
            return case.contradicted([f"a list covers {until.words} and holds none of it"], coverage)
        return case.undecidable(
            [f"none is known within {until.words}", *_doubtful(case, doubts)], coverage, None, doubts
        )

    return _nothing_since(dated, Interval(within.end, case.on), case.on, settled)


def _latest(case: Case) -> Verdict:
    """ "the last one to date": none after the very event."""
    claimed = [d for d in case.claimed() if d.certain]
    if len(claimed) != 1 or case.on <= claimed[0].first:
        coverage = case.cover(case.needed(case.on))
        return case.undecidable(
            ["the event itself is not in the ledger, or not the only one about then"], coverage, None, claimed
        )
    deed = claimed[0]
    after = replace(case, query=replace(case.query, since=None), deeds=[d for d in case.deeds if d.first > deed.first])
    span = Interval((deed.days.end or deed.first + DAY), case.on)
    return _nothing_since(after, span, case.on, lambda coverage: case.supported([_none(coverage)], coverage, deed))


def _there(deeds: Sequence[Deed]) -> str:
    first = min(deeds, key=lambda d: (d.first, d.mention.id))
    more = f", and {len(deeds) - 1} more" if len(deeds) > 1 else ""
    return f"{first.who}: {first.days}{f', {first.mention.place}' if first.mention.place else ''}{more}"


def _none(coverage: Coverage) -> str:
    if coverage.listed:
        return f"none other in its time, of which {' and '.join(coverage.lists)} lists all"
    return (
        f"none other in its time, in {coverage.documents} documents that deal with it, {coverage.least} or more a month"
    )


def _doubtful(case: Case, doubts: Sequence[Deed]) -> list[str]:
    if not doubts:
        return []
    narrow = [f"whether it was {case.query.narrowed!r} is not known"] if case.query.narrowed else []
    why = list(dict.fromkeys([*(w for d in doubts for w in d.doubts), *narrow])) or [
        "its day is uncertain around the bounds"
    ]
    return [f"{len(doubts)} may count: {'; '.join(why[:3])}{' …' if len(why) > 3 else ''}"]


def _uncertain(claimed: Deed) -> list[str]:
    """What keeps the very event from being what the claim says that it is; one that is announced is enough."""
    if claimed.fits == CERTAIN and (claimed.happened == CERTAIN or claimed.mention.status == "planned"):
        return []
    return [f"the event itself is in doubt: {'; '.join(claimed.doubts)}"]


def _gaps(coverage: Coverage) -> list[str]:
    reasons = []
    if not coverage.beginning:
        reasons.append("nothing covers the time before the first document")
    if coverage.thin:
        shown = f"{', '.join(coverage.thin[:3])}{', …' if len(coverage.thin) > 3 else ''}"
        empty = f"{len(coverage.empty)} of them empty, " if coverage.empty else ""
        few = f"{empty}without {coverage.least} documents that deal with it"
        reasons.append(
            f"the silence of {len(coverage.thin)} of {len(coverage.months)} months proves nothing: {few} ({shown})"
        )
    return reasons


CHECKS: dict[str, Callable[[Case], Verdict]] = {
    "first": _first, "nth": _nth, "only": _only, "never": _never, "since": _since, "last": _last, "comparison": compare,
}  # fmt: skip
