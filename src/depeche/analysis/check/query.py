"""A claim as a typed query over the ledger: whose deed, of what type, to whom or where, since when, said on which day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from depeche.errors import InputError
from depeche.records.vocabularies import CLAIM_KINDS, EVENT_MODES, EVENT_TYPES

DAY = timedelta(days=1)

#: What "in N years" may be rounded by: a tenth, so that "in ten years" may be said nine years after.
ROUNDING = 0.1

#: How often one thing happens beside another.
RELATIONS = frozenset({"more", "less", "equal"})


@dataclass(frozen=True, slots=True)
class Interval:
    """Days [start, end). None is without end on its side."""

    start: date | None
    end: date | None

    def __str__(self) -> str:
        last = self.end and self.end - DAY
        if self.start == last:
            return f"{self.start}"
        return f"{self.start or '…'}/{last or '…'}"


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts, or whom it is done to. What is None is left open; a Party with nothing but words fits nobody for certain.

    `office` is an office's key ("minister.defence", "minister" for any minister), `country` an ISO 3166-1 alpha-3 or body code, `person`
    the folded name of a person, `name` that of an organisation or armed group, `kind` the kind of actor where the words are no more than
    a noun ("state" for a country itself).
    """

    words: str
    office: str | None = None
    country: str | None = None
    person: str | None = None
    name: str | None = None
    kind: str | None = None

    @property
    def open(self) -> bool:
        """Does nothing here say who it is?"""
        return not (self.office or self.country or self.person or self.name)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it happens: a country, and a city of it where `key`, its folded name, is given."""

    words: str
    country: str | None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """Since or until when: a date of its grain as the interval of its days, or, for "in ten years", a length back from the event.

    `days` holds the first unit itself ("2006": the year); what is counted begins after it.
    """

    words: str
    days: Interval | None = None
    months: int | None = None

    def before(self, day: date) -> Interval:
        """The days of the bound for an event on a day: what lies between is neither surely inside nor outside the bound."""
        if self.days is not None:
            return self.days
        months = self.months or 0
        start = shift(day, -months)
        return Interval(start, start + timedelta(days=round((day - start).days * ROUNDING)))


@dataclass(frozen=True, slots=True)
class Query:
    """A claim to be checked.

    `kind` is one of `CLAIM_KINDS`. `subject` is whose deed it is, `object` whom it is done to, `place` where. `since` and `until` bound it,
    `n` counts for "nth". `on` is the day on which it is said; `of_day`: the very event that is said to be the first was about that day;
    `at` holds the days of that event where the words give them, `event` its id where the ledger has it. `persons`: what is counted is
    people ("the first minister to"), not deeds. `actor` is who did that event, where the words name him beside the class ("Mark Esper,
    the first …"). For a comparison `other` is the other subject or place and `relation` says what is claimed. `narrowed` are
    words that narrow what is counted ("officielle"): another deed may not be such a one. `frame` is the
    rule that read the deed, where words tell it: what another rule read may be another kind of deed of the same type. `unread` says what of the
    words no query could be made of: the claim is then undecidable. `least` is how
    many documents make the silence of a month count (see `coverage.LEAST`). `record` is the id of the claim in the ledger or reading.
    """

    kind: str
    type: str | None
    mode: str | None = None
    subject: Party | None = None
    object: Party | None = None
    place: Spot | None = None
    since: Bound | None = None
    until: Bound | None = None
    n: int | None = None
    on: date | None = None
    of_day: bool = False
    at: Interval | None = None
    event: str | None = None
    persons: bool = False
    actor: Party | None = None
    other: Spot | Party | None = None
    relation: str | None = None
    narrowed: str | None = None
    frame: str | None = None
    text: str = ""
    unread: str | None = None
    least: int | None = None
    record: str | None = None

    def __post_init__(self) -> None:
        _one_of("claim kind", self.kind, CLAIM_KINDS)
        if self.type is not None:
            _one_of("event type", self.type, EVENT_TYPES)
        if self.mode is not None:
            _one_of(f"mode of {self.type}", self.mode, EVENT_MODES.get(self.type or "", frozenset()))
        if self.relation is not None:
            _one_of("relation", self.relation, RELATIONS)
        if self.least is not None and self.least < 1:
            raise InputError(f"{self.least} documents make no month count; accepted: 1 or more")
        if self.kind == "nth" and (self.n is None or self.n < 1):
            raise InputError("a claim of kind nth needs the number, 1 or more")


def _one_of(what: str, value: str, allowed: frozenset[str]) -> None:
    if value not in allowed:
        raise InputError(f"{what} {value!r} is unknown; accepted: {', '.join(sorted(allowed)) or 'none'}")


def read_bound(words: str) -> Bound:
    """The bound of "2006", "2006-02", "2006-02-13" or of an ISO duration ("P10Y", "P18M").

    >>> read_bound("2006-02").days
    Interval(start=datetime.date(2006, 2, 1), end=datetime.date(2006, 3, 1))

    Raises InputError for anything else.
    """
    if words[:1] == "P" and words[1:-1].isdigit() and words[-1:] in "YM":
        return Bound(words, months=int(words[1:-1]) * (12 if words[-1] == "Y" else 1))
    if words[:1] == "P" and words[1:-1].isdigit() and words[-1:] in "WD":
        # a length of days is a length all the same: kept as months only where it makes some, else as one month
        return Bound(words, months=max(1, round(int(words[1:-1]) * (7 if words[-1] == "W" else 1) / 30.4)))
    return Bound(words, days=days_of(words))


def days_of(words: str) -> Interval:
    """The days of an ISO day, month or year. Raises InputError for anything else."""
    parts = words.split("-")
    try:
        numbers = [int(p) for p in parts]
        if len(parts[0]) != 4 or not 1 <= len(parts) <= 3:
            raise ValueError
        year, month, day = (*numbers, 1, 1)[:3]
        start = date(year, month, day)
        if len(parts) == 3:
            return Interval(start, start + DAY)
        end = date(year + 1, 1, 1) if len(parts) == 1 else shift(start, 1)
    except (ValueError, OverflowError):
        raise InputError(f"{words!r} is no date; accepted: YYYY, YYYY-MM, YYYY-MM-DD") from None
    return Interval(start, end)


def shift(day: date, months: int) -> date:
    """The same day some months later or earlier; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, 1), 9999)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
