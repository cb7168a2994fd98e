"""What the ledger holds of the deeds that a claim counts: mentions gathered to happenings and stays, each with its days and its doubts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import duckdb

from depeche.analysis.check.fit import HEIRS, Known, fit_deed, fit_status
from depeche.analysis.check.names import CERTAIN, NO, POSSIBLE, same_person
from depeche.analysis.check.query import DAY, Interval, Party, Query, shift
from depeche.ledger import tenures
from depeche.ledger.queries import check as rows
from depeche.ledger.queries.check import Mention, Side

#: What is told without its day in so many days around a deed by the same person is that deed, announced or told again.
_AROUND = timedelta(days=15)
_RUN_UP = timedelta(days=90)
_LONGEST = timedelta(days=90)  # a visit that lasts longer is told again while it lasts
_BEFORE = timedelta(days=366)  # so much before the bound is looked at as well: the one before is worth telling
_EXACT = 7  # days: what is told more loosely is not dated exactly
_FRESH = timedelta(days=366)
_AGREEING, _AGREEING_LOOSELY = 2, 3  # independent documents that bear each other out, on exact days or on looser ones
_BACK = 40  # the latest stays that a deed may be a part of


@dataclass(frozen=True, slots=True)
class Deed:
    """One happening of the kind that a claim counts.

    `days` are those on which it may have happened (a visit: its whole length, where `dated`); `fits` says how sure it is that it is of
    the kind, `happened` that it took place; `doubts` what keeps either from being certain. `mention` is the mention that shows it best,
    `who` names those who did it, `doers` holds the folded names of the persons among them, `events` the ids of the ledger's events that
    it gathers, `guess` is the likeliest day of one that no words date. `sound`: a list tells it, two independent documents do, or one
    in plain words (see `_plain`): one document alone is easily misread.
    """

    mention: Mention
    days: Interval
    dated: bool
    fits: int
    happened: int
    doubts: tuple[str, ...]
    who: str
    doers: frozenset[str]
    events: frozenset[str]
    guess: date | None
    listed: bool
    sound: bool

    @property
    def certain(self) -> bool:
        """Is it of the kind for certain, did it take place, on days that are known, and is it told soundly?"""
        return self.fits == self.happened == CERTAIN and self.dated and self.sound

    @property
    def rank(self) -> tuple[int, int, bool, bool]:
        """How good a witness it is."""
        return (self.fits, self.happened, self.dated, self.listed)

    @property
    def first(self) -> date:
        """Its first day, or the likeliest one."""
        return (self.days.start if self.dated else self.guess) or date.min


def find_deeds(con: duckdb.DuckDBPyConnection, query: Query) -> list[Deed]:
    """The deeds that fit or may fit, by day; none of the query's time bounds is looked at."""
    found = rows.mentions(con, sought(query))
    known = knowledge(con, found)
    deeds = [_deed(query, mention, sides, known) for mention, sides in found]
    if query.subject is not None and query.subject.person is not None:
        deeds = _one_of_several(query.subject.person, [d for d in deeds if d is not None])
    return _stays(_happenings(d for d in deeds if d is not None), is_sole(query.subject))


def _one_of_several(person: str, deeds: list[Deed]) -> list[Deed | None]:
    """The deeds of a person whose name several have ("George Bush"): none of them is certain."""
    names = sorted({doer for d in deeds for doer in d.doers if same_person(person, doer)})
    if all(same_person(a, b) == CERTAIN for a in names for b in names):
        return [*deeds]
    doubt = f"{person!r} may be {' or '.join(names)}"
    return [replace(d, fits=min(d.fits, POSSIBLE), doubts=(*d.doubts, doubt)) for d in deeds]


def is_sole(party: Party | None) -> bool:
    """Does one person at a time hold the office of a party?"""
    if party is None or party.country is None or party.office is None:
        return False
    return tenures.is_sole(tenures.Pair(party.country, party.office))


def knowledge(con: duckdb.DuckDBPyConnection, found: Iterable[tuple[Mention, list[Side]]]) -> Known:
    """What the ledger and the documents of the mentions know of those whom they name."""
    people = [(mention, side) for mention, sides in found for side in sides if side.kind in (None, "person")]
    keys = {side.key for _, side in people}
    return Known(rows.tenures(con, keys), rows.said(con, {mention.document for mention, _ in people}, keys))


def sought(query: Query) -> rows.Sought:
    """What to ask the ledger for."""
    countries, keys = _of_party(query.subject)
    target, target_keys = _of_party(query.object)
    if query.place is not None and query.place.country is not None:
        target = (query.place.country, *(old for old, heirs in HEIRS.items() if query.place.country in heirs))
    mode = None if query.type == "CONSULT" else query.mode
    if query.type == "CONSULT" and query.mode != "visit":
        # whoever meets is met: the sides may be told either way round
        countries = target = (*countries, *target)
        keys = target_keys = (*keys, *target_keys)
    placed = query.place is not None
    return rows.Sought(query.type or "", mode, _since(query), countries, keys, target, target_keys, placed)


def _since(query: Query) -> date | None:
    """From which day on deeds matter: what was told before the claim's bound lies before it, whenever it was."""
    if query.since is None or query.kind in ("last", "since"):
        return None
    if query.since.days is not None:
        return query.since.days.start and query.since.days.start - _BEFORE
    return shift(query.on, -(query.since.months or 0)) - _BEFORE if query.on is not None else None


def _of_party(party: Party | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if party is None:
        return (), ()
    names = tuple(n for n in (party.person, party.name) if n)
    return ((party.country,) if party.country else ()), names


def _deed(query: Query, mention: Mention, sides: list[Side], known: Known) -> Deed | None:
    days, dated = when(mention)
    fit = fit_deed(query, mention, sides, known, days)
    if not fit.level or mention.negated:
        return None
    happened = fit_status(mention)
    undated = () if dated else (_UNDATED[mention.day is None],)
    doers = [s for s in sides if s.role == "actor"] or sides
    return Deed(
        mention, days, dated, fit.level, happened.level, tuple(dict.fromkeys((*fit.doubts, *happened.doubts, *undated))),
        ", ".join(dict.fromkeys(s.name for s in doers)), frozenset(s.key for s in doers if s.kind in (None, "person")),
        frozenset({mention.event}), mention.day, mention.kind == "list",
        mention.kind == "list" or _plain(mention, sides, days, dated),
    )  # fmt: skip


def _plain(mention: Mention, sides: list[Side], days: Interval, dated: bool) -> bool:
    """Is it a visit, by one visitor, on exact days, told within a year of them? Against the list of US travels, 5 of 5 such visits that one
    document alone told were right, and 1 of 5 others."""
    if mention.mode != "visit" or not dated or _length(days) > _EXACT or mention.published is None:
        return False
    fresh = days.end is not None and abs(mention.published - days.end) <= _FRESH
    return fresh and sum(s.role == "actor" for s in sides) == 1


_UNDATED = {False: "its words do not date it, the day is that of publication", True: "nothing tells when it was"}


def when(mention: Mention) -> tuple[Interval, bool]:
    """The days on which it was, and whether words tell them: what is told without a day was by the day of publication, or comes after
    it where it is planned."""
    if mention.begins is not None and mention.ends is not None:
        return Interval(mention.begins, mention.ends), True
    if mention.begins is not None:
        return Interval(mention.begins, mention.published and mention.published + DAY), False
    if mention.published is None:
        return Interval(None, mention.ends), False
    if mention.status == "planned":
        return Interval(mention.published, mention.ends), False
    return Interval(None, min(filter(None, (mention.ends, mention.published + DAY)))), False


def _happenings(deeds: Iterable[Deed]) -> list[Deed]:
    """One deed an event: the mention that fits best speaks for all. The rows of a list are happenings of their own, whatever was merged:
    the list tells them apart."""
    groups: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        groups[deed.mention.event].append(deed)
    joined = (_joined(part) for group in groups.values() for part in _by_row(group))
    return [d for d in joined if d.happened]


def _by_row(group: list[Deed]) -> list[list[Deed]]:
    """The tellings of one event, parted where several rows of a list are among them: each telling goes with the row whose days it has."""
    rows_ = [d for d in group if d.listed]
    if len(rows_) < 2:
        return [group]
    parts = [[row] for row in rows_]
    for deed in group:
        if not deed.listed:
            part = next((p for p in parts if _touch(p[0].days, deed.days)), None)
            part.append(deed) if part is not None else parts.append([deed])
    return parts


def _joined(group: list[Deed]) -> Deed:
    """Several tellings of one happening as one deed. Where some deny it, or give it other days, that is a doubt."""
    best = max(group, key=lambda d: (d.rank, -_length(d.days), d.mention.id))
    best = replace(
        best, events=frozenset().union(*(d.events for d in group)), doers=frozenset().union(*(d.doers for d in group))
    )
    if best.happened and any(not d.happened for d in group):
        best = replace(best, happened=POSSIBLE, doubts=(*best.doubts, "some sources deny it"))
    tellers = {d.mention.origin for d in group if d.rank == best.rank}
    if len(tellers) >= (_AGREEING if _length(best.days) <= _EXACT else _AGREEING_LOOSELY):
        best = replace(best, sound=True)
    if not best.sound:
        best = replace(best, doubts=(*best.doubts, _few(len(tellers), best)))
    days = [d.days for d in group if d.rank == best.rank and d.dated]
    if any(not _touch(i, best.days) for i in days):
        best = replace(
            best,
            days=_hull(days),
            happened=min(best.happened, POSSIBLE),
            doubts=(*best.doubts, "sources give it different days"),
        )
    return best


def _few(tellers: int, deed: Deed) -> str:
    loosely = " loosely dated" if _length(deed.days) > _EXACT else ""
    return "one document alone tells of it" if tellers == 1 else f"only {tellers} documents tell of it,{loosely}"


def _hull(days: Sequence[Interval]) -> Interval:
    return Interval(min(i.start for i in days if i.start), max(i.end for i in days if i.end))


def _length(days: Interval) -> int:
    return (days.end - days.start).days if days.start and days.end else 10**6


def _touch(one: Interval, other: Interval) -> bool:
    """Do two dated intervals overlap, or does one begin on the day after the other?"""
    if not (one.start and one.end and other.start and other.end):
        return False
    return one.start <= other.end and other.start <= one.end


def _stays(deeds: list[Deed], sole: bool) -> list[Deed]:
    """Deeds by day: those by one person that touch are one stay; what is told without a day gives way to the stay that it tells."""
    dated = sorted((d for d in deeds if d.dated), key=lambda d: (d.first, d.mention.id))
    stays: list[Deed] = []
    for deed in dated:
        near = range(len(stays) - 1, max(-1, len(stays) - 1 - _BACK), -1)
        index = next((i for i in near if _touch(stays[i].days, deed.days) and same_doer(stays[i], deed, sole)), None)
        if index is None:
            stays.append(deed)
        else:
            stays[index] = _lengthened(stays[index], deed)
    certain = [s for s in stays if s.certain]
    firsts = [s.first for s in certain]
    return [
        *stays,
        *(d for d in deeds if not d.dated and not any(_tells(d, s, sole) for s in _around(d, certain, firsts))),
    ]


def _around(deed: Deed, stays: list[Deed], firsts: list[date]) -> list[Deed]:
    """Of stays in the order of their first days, those that a deed without a day may tell of."""
    if deed.guess is None:
        return []
    low, high = deed.guess - _AROUND - _LONGEST, deed.guess + _RUN_UP
    return stays[bisect_left(firsts, low) : bisect_right(firsts, high)]


def _lengthened(one: Deed, other: Deed) -> Deed:
    """Two touching deeds of one person as one: as sure as the surer, whose days it has, or those of both where both are as sure."""
    best, rest = (one, other) if one.rank >= other.rank else (other, one)
    days = _hull([one.days, other.days]) if best.rank == rest.rank else best.days
    sound = best.sound or rest.sound or (best.mention.origin != rest.mention.origin and _length(days) <= _EXACT)
    return replace(best, days=days, sound=sound, events=best.events | rest.events, doers=best.doers | rest.doers)


def same_people(one: Deed, other: Deed) -> int:
    """How sure it is that two deeds were done by one person: CERTAIN, POSSIBLE or NO. A list calls each person by one name."""
    if one.listed and other.listed:
        return CERTAIN if one.doers & other.doers else NO
    return max((same_person(a, b) for a in one.doers for b in other.doers), default=POSSIBLE)


def same_doer(one: Deed, other: Deed, sole: bool) -> bool:
    """Were two deeds done by the same? `sole`: one person at a time holds the office that both were done by, so that one who is not
    named, or by the family name alone, on the same days is the same."""
    level = same_people(one, other)
    return level == CERTAIN or (sole and level == POSSIBLE)


def _tells(deed: Deed, of: Deed, sole: bool) -> bool:
    """Is a deed without its own day the telling of another one, announced before it or told again soon after it?"""
    if deed.guess is None or not same_doer(deed, of, sole):
        return False
    if deed.mention.status == "planned":
        return of.first - _RUN_UP <= deed.guess <= of.first + _AROUND
    return of.first - DAY <= deed.guess <= (of.days.end or of.first) + _AROUND


def retold(deed: Deed, of: Deed, sole: bool) -> bool:
    """Is a deed without its own day, told after another one by the same, at the likeliest that one?"""
    if deed.dated or deed.guess is None or not same_doer(deed, of, sole):
        return False
    return deed.guess >= of.first - DAY or _tells(deed, of, sole)
