"""Spells in office from what many documents say: who held it from when to when, with what speaks against it. No database, no order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from depeche.ledger.persons import group_names

# What a witness weighs. A "linked" one does not itself say whose office it is: it counts only for a person of whom a "stated" one does,
# or so many documents that are no copies of each other: a country's own press seldom writes "le Premier ministre français".
_WEIGHTS = {"stated": 1.0, "linked": 0.5}
_ENOUGH_LINKED = 3
# What it costs to let another person take the office over: two witnesses that nobody else bears out do not, three do.
_HANDOVER = 1.25
# Around a handover the press calls both "president": words so near to it do not speak against either.
_BETWEEN = timedelta(days=45)
# A silence within a spell that is worth telling.
_GAP = timedelta(days=365)
_IN_OFFICE = frozenset({"current", "acting"})
# The persons of one office that are weighed against each other, by what speaks for them; the others are slips.
_MANY = 100

# The first day of a week, month or quarter.
Bin = date


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the documents of one week (month, quarter) say of one person under one name: `told` and `basis` as in `Tenure`; `first` and
    `last` are the days of the first and last of them; `origins` counts the documents that are no copies of others."""

    key: str
    told: str
    basis: str
    bin: Bin
    first: date
    last: date
    origins: int
    mentions: int
    documents: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against a spell. `kind`: "rival" (another is called the holder), "former" (the holder is called a former one),
    "gap" (no witness for more than a year). `person` is a folded name."""

    kind: str
    person: str
    first: date
    last: date
    witnesses: int


@dataclass(frozen=True, slots=True)
class Spell:
    """A person's time in an office: `first` and `last` are the days of the first and last witness.

    It begins in (begins_after, begins_by], ends in [ends_after, ends_by); None where nothing bounds it. `names` are the folded
    names under which its person is known, `person` the one that stands for all.
    """

    person: str
    names: tuple[str, ...]
    first: date
    last: date
    begins_after: date | None
    ends_by: date | None
    witnesses: int
    documents: int
    doubts: tuple[Doubt, ...] = ()


@dataclass
class _Record:
    """What is said of one person, by bin."""

    names: set[str] = field(default_factory=set)
    says: dict[Bin, float] = field(
        default_factory=lambda: defaultdict(float)
    )  # in office, less what says that it is over
    held: dict[Bin, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    over: dict[Bin, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    elect: list[date] = field(default_factory=list)

    def is_vouched(self) -> bool:
        """Does a document state that the person holds the office, or do enough imply it?"""
        held = [e for own in self.held.values() for e in own]
        return any(e.basis == "stated" for e in held) or sum(e.origins for e in held) >= _ENOUGH_LINKED

    @property
    def weight(self) -> float:
        """What speaks for the person's ever having held the office."""
        return sum(_WEIGHTS[e.basis] * e.origins for own in self.held.values() for e in own)


def find_spells(evidence: Iterable[Evidence], sole: bool, trusted: bool = False) -> tuple[Spell, ...]:
    """The spells in one office that the evidence makes, by their beginning. `sole`: one person holds it at a time; else the persons have
    nothing to do with each other, and one name is one person. `trusted`: a single witness is believed against others, as a curated
    list's row is.

    Of several who are called the holder at one time, the weight of evidence decides, with as few handovers as it allows; who is named
    against it becomes a doubt. The result depends on the set of the evidence alone.
    """
    people = _people(sorted(evidence, key=lambda e: (e.bin, e.key, e.told, e.basis)), sole)
    if not people:
        return ()
    groups = [people] if sole else [{person: record} for person, record in people.items()]
    return tuple(
        sorted(
            (s for g in groups for s in _spells_of(g, 0.0 if trusted else _HANDOVER)), key=lambda s: (s.first, s.person)
        )
    )


def _people(evidence: Sequence[Evidence], sole: bool) -> dict[str, _Record]:
    """The persons who are vouched for as holders of the office, with all that is said of them."""
    weights: dict[str, float] = defaultdict(float)
    for e in evidence:
        weights[e.key] += _WEIGHTS.get(e.basis, 0.0) * e.origins
    known = {k: w for k, w in weights.items() if w > 0}
    stands_for = group_names(known) if sole else dict(zip(known, known, strict=True))
    records: dict[str, _Record] = defaultdict(_Record)
    for e in evidence:
        if e.key in stands_for and e.basis in _WEIGHTS:
            _enter(records[stands_for[e.key]], e)
    stated = {p: r for p, r in records.items() if r.is_vouched()}
    kept = sorted(stated, key=lambda p: (-stated[p].weight, p))[: _MANY if sole else None]
    return {person: stated[person] for person in sorted(kept)}


def _enter(record: _Record, e: Evidence) -> None:
    record.names.add(e.key)
    weight = _WEIGHTS[e.basis] * e.origins
    if e.told in _IN_OFFICE:
        record.held[e.bin].append(e)
        record.says[e.bin] += weight
    elif e.told == "former":
        record.over[e.bin].append(e)
        record.says[e.bin] -= weight
    else:
        record.elect.append(e.last)
        record.says[e.bin] -= weight


def _spells_of(people: Mapping[str, _Record], handover: float) -> Iterator[Spell]:
    """The spells of persons who cannot hold the office at one time."""
    bins = sorted({day for record in people.values() for day in record.says})
    path = _path(people, bins, handover)
    runs = _sharpened(_runs(path, people), people)
    for at, (person, own) in enumerate(runs):
        before, after = (runs[at - 1] if at else None), (runs[at + 1] if at + 1 < len(runs) else None)
        yield _spell(people, person, own, before, after, _doubts(people, runs, at))


def _path(people: Mapping[str, _Record], bins: Sequence[Bin], handover: float) -> list[tuple[Bin, str | None]]:
    """Who holds the office in each bin that somebody tells of, None where nobody does: the best sequence (Viterbi), by weight of
    evidence less the handovers. Equal sequences are told apart by the persons' names."""
    states: list[str | None] = [None, *people]
    score = dict.fromkeys(states, 0.0)
    back: list[dict[str | None, str | None]] = []
    for day in bins:
        best = max(states, key=lambda s: score[s])  # the first of equals
        came: dict[str | None, str | None] = {}
        fresh: dict[str | None, float] = {}
        for state in states:
            stays = score[state] >= score[best] - handover or not back
            came[state] = state if stays else best
            gain = people[state].says.get(day, 0.0) if state is not None else 0.0
            fresh[state] = (score[state] if stays else score[best] - handover) + gain
        back.append(came)
        score = fresh
    state = max(states, key=lambda s: score[s])
    path: list[tuple[Bin, str | None]] = []
    for day, came in zip(reversed(bins), reversed(back), strict=True):
        path.append((day, state))
        state = came[state]
    return path[::-1]


_Run = tuple[str, list[Evidence]]


def _runs(path: Sequence[tuple[Bin, str | None]], people: Mapping[str, _Record]) -> list[_Run]:
    """The stretches of one holder with their witnesses."""
    runs: list[_Run] = []
    open_: str | None = None
    for day, person in path:
        if person is not None:
            if person != open_:
                runs.append((person, []))
            runs[-1][1].extend(people[person].held.get(day, ()))
        open_ = person
    return [(person, own) for person, own in runs if own]


def _sharpened(runs: Sequence[_Run], people: Mapping[str, _Record]) -> list[_Run]:
    """The runs with the witnesses of the bin of a handover, which goes to one of the two, where their days do not cross."""
    sharp = [(person, list(own)) for person, own in runs]
    for (left, mine), (right, theirs), (_, new_mine), (_, new_theirs) in zip(
        runs, runs[1:], sharp, sharp[1:], strict=False
    ):
        begins, ends = min(e.first for e in theirs), max(e.last for e in mine)
        new_mine += [e for e in people[left].held.get(min(e.bin for e in theirs), ()) if e.last < begins]
        new_theirs += [e for e in people[right].held.get(max(e.bin for e in mine), ()) if e.first > ends]
    return sharp


def _spell(
    people: Mapping[str, _Record],
    person: str,
    own: list[Evidence],
    before: _Run | None,
    after: _Run | None,
    doubts: list[Doubt],
) -> Spell:
    first, last = min(e.first for e in own), max(e.last for e in own)
    record = people[person]
    earlier = [day for e in (before[1] if before else ()) for day in (e.first, e.last) if day < first]
    earlier += [day for day in record.elect if day < first]
    later = [e.last for e in after[1] if e.last > last] if after else []
    over = [e.first for own in record.over.values() for e in own if e.first > last]
    ends = [*(e.first for e in (after[1] if after else ()) if e.first > last), *over] or later
    return Spell(
        person=person, names=tuple(sorted(record.names)), first=first, last=last,
        begins_after=max(earlier, default=None), ends_by=min(ends, default=None),
        witnesses=sum(e.mentions for e in own), documents=sum(e.documents for e in own), doubts=tuple(doubts),
    )  # fmt: skip


def _doubts(people: Mapping[str, _Record], runs: Sequence[_Run], at: int) -> list[Doubt]:
    """What speaks against one of the runs: rivals and words that it is over, inside it; long silences."""
    person, own = runs[at]
    first, last = min(e.first for e in own), max(e.last for e in own)
    found = []
    for rival, record in people.items():
        if rival != person:
            inside = [e for w in record.held.values() for e in w if first <= e.first and e.last <= last]
            found += _doubt("rival", rival, [e for e in inside if not _near(e, rival, runs, at)])
    found += _doubt(
        "former", person, [e for w in people[person].over.values() for e in w if first <= e.first and e.last <= last]
    )
    days = sorted({e.first for e in own} | {e.last for e in own})
    found += [Doubt("gap", person, a, b, 0) for a, b in zip(days, days[1:], strict=False) if b - a > _GAP]
    return found


def _doubt(kind: str, person: str, evidence: Sequence[Evidence]) -> list[Doubt]:
    if not evidence:
        return []
    days = [e.first for e in evidence] + [e.last for e in evidence]
    return [Doubt(kind, person, min(days), max(days), sum(e.mentions for e in evidence))]


def _near(e: Evidence, person: str, runs: Sequence[_Run], at: int) -> bool:
    """Does a witness stand so near to a spell of its own person, or to the end of this one that the person's touches, that it tells of
    the handover?"""
    own = runs[at][1]
    first, last = min(o.first for o in own), max(o.last for o in own)
    if at and runs[at - 1][0] == person and e.first <= first + _BETWEEN:
        return True
    if at + 1 < len(runs) and runs[at + 1][0] == person and e.last >= last - _BETWEEN:
        return True
    return any(
        holder == person
        and min(o.first for o in theirs) - _BETWEEN <= e.first
        and e.last <= max(o.last for o in theirs) + _BETWEEN
        for holder, theirs in runs
    )
