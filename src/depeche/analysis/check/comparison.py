"""How often one thing happened beside another: "they go to France more often than to Italy"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import comb

from depeche.analysis.check.answer import UNDECIDABLE, Verdict
from depeche.analysis.check.case import Case
from depeche.analysis.check.deeds import Deed, find_deeds
from depeche.analysis.check.query import DAY, Party, Query, Spot

#: What was read is a sample of what happened: its counts must differ by more than chance would make them, once in a hundred.
CHANCE = 0.01


def compare(case: Case) -> Verdict:
    """The verdict on which of two counts is the greater, over the claim's time or, without one, over all that is covered."""
    other = _other(case.query)
    if other is None or case.query.relation is None:
        return Verdict(case.query, UNDECIDABLE, ("what is compared with what was not understood",))
    beside = replace(case, query=other, deeds=find_deeds(case.con, other))
    end = case.on + DAY
    coverages = [c.cover(c.needed(end)) for c in (case, beside)]
    counts = [_counts(c, end) for c in (case, beside)]
    coverage = coverages[0]
    said = [" against ".join(_told(least, most) for least, most in counts) + f" up to {case.on}"]
    missing = [
        f"{len(c.empty)} of {len(c.months)} months are empty for one of them"
        for c in coverages
        if c.empty or not c.beginning
    ]
    if missing:
        return case.undecidable([*said, *missing], coverage, None, _unsure(case, end))
    listed = all(c.listed for c in coverages)
    answers = {_holds(case.query.relation, one, two, listed) for one in counts[0] for two in counts[1]}
    if answers == {True}:
        return case.supported(said, coverage)
    if answers == {False}:
        return case.contradicted(said, coverage, None, case.sift(beside.deeds, end)[0])
    doubt = "those in doubt would decide it" if listed else "the difference may be chance: what was read is a sample"
    return case.undecidable([*said, doubt], coverage, None, _unsure(case, end))


def _other(query: Query) -> Query | None:
    """The query for the other side of the comparison."""
    if isinstance(query.other, Spot) and query.other.country and query.place is not None:
        return replace(query, place=query.other, other=None)
    if isinstance(query.other, Spot) and query.other.country and query.object is not None:
        return replace(query, object=Party(query.other.words, country=query.other.country, kind="state"), other=None)
    if isinstance(query.other, Party) and not query.other.open:
        return replace(query, subject=query.other, other=None)
    return None


def _counts(case: Case, end: date) -> tuple[int, int]:
    """The least and greatest number of deeds in the claim's time."""
    sure, maybe = case.sift(case.deeds, end)
    return len(sure), len(sure) + len(maybe)


def _unsure(case: Case, end: date) -> list[Deed]:
    """The deeds that may count."""
    return case.sift(case.deeds, end)[1]


def _told(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} to {most}"


def _holds(relation: str, one: int, two: int, exact: bool) -> bool | None:
    """Is the relation true of two counts? None where they are counts of a sample that chance may have made."""
    if relation == "less":
        one, two = two, one
    if relation == "equal":
        return one == two if exact else None
    if exact:
        return one > two
    if _by_chance(max(one, two), one + two):
        return None
    return one > two


def _by_chance(greater: int, total: int) -> bool:
    """Would chance alone split a total as unevenly as that, one time in a hundred or more (binomial, both ends)?"""
    tail = sum(comb(total, k) for k in range(greater, total + 1))
    return 2 * tail >= CHANCE * float(2**total)
