"""`timeline`: what there is to tell of a person, a country, a pair or a place, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypedDict, Unpack

import duckdb

from depeche.analysis.filters import OneOrMore, When, kinds, period, statuses
from depeche.analysis.happenings import EVENT_COLUMNS, Happening, load_happenings, records_of, row_of
from depeche.analysis.parties import SEEN, Found, Party, Spot, find_party, find_spot
from depeche.errors import InputError
from depeche.ledger.queries.happenings import Wanted, find_events
from depeche.ledger.queries.offices import OfficeRow, offices_of
from depeche.ledger.store import Store

if TYPE_CHECKING:
    import pandas


class TimelineFilters(TypedDict, total=False):
    """Of what and when: `place` as in `EventFilters`, and likewise `type`, `mode`, `quad`, `status`, `since` and `until`."""

    place: str
    type: OneOrMore
    mode: OneOrMore
    quad: OneOrMore
    status: OneOrMore
    since: When
    until: When


@dataclass(frozen=True, slots=True)
class Spell:
    """Time in an office: `record` is the tenure's id; seen from the day `first` to the day `last` by so many `witnesses`."""

    record: str
    person: str
    office: str
    of: str | None
    first: date
    last: date | None
    witnesses: int
    documents: int
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline: an event, or that somebody is seen in an office from this day on."""

    day: date
    event: Happening | None = None
    spell: Spell | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries by day. `total` events fulfil the question; where they are more than asked for, those that the most independent documents tell
    are here."""

    parties: tuple[Party, ...]
    spot: Spot | None
    total: int
    entries: tuple[Entry, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of all records that the answer rests on."""
        spells = tuple(e.spell.record for e in self.entries if e.spell)
        return (*records_of([e.event for e in self.entries if e.event]), *spells)

    def to_frame(self) -> pandas.DataFrame:
        """One row an entry; a spell in office has the type OFFICE, its record as event, and its words are those of the office."""
        import pandas

        return pandas.DataFrame([_row(e) for e in self.entries], columns=list(EVENT_COLUMNS))


def timeline(store: Store, *names: str, limit: int | None = None, **filters: Unpack[TimelineFilters]) -> Timeline:
    """What happened to one name (a person, country, body), between two, or at a place; for persons also their offices.

    A single name that is no country and nobody in the ledger is tried as a place.

    Raises InputError for more than two names, none without a place, and what is not in the ledger; LedgerError for a ledger that cannot be
    read.
    """
    if len(names) > 2 or (not names and not filters.get("place")):
        raise InputError("a timeline is of a person, a country, two of them, or a place")
    types, modes = kinds({**filters})  # type: ignore[typeddict-item]  # the keys of TimelineFilters are among those of EventFilters
    since, until = period(filters.get("since"), filters.get("until"))
    wanted = Wanted(
        types=types, modes=modes, statuses=statuses(filters.get("status", "actual")), since=since, until=until
    )
    with store.connect() as con:
        found_parties, spot = _subject(con, names, filters.get("place"))
        parties = tuple(f.party for f in found_parties)
        if spot:
            wanted = replace(wanted, country=spot.country, places=spot.places)
        if len(found_parties) == 2:
            wanted = replace(wanted, dyad=(found_parties[0].wanted(), found_parties[1].wanted()))
        elif found_parties:
            wanted = replace(wanted, parties=(found_parties[0].wanted(),))
        found, total = find_events(con, replace(wanted, dated=True), "documents", limit)
        events = load_happenings(con, found)
        # a pair has no office, and a country has hundreds of holders
        offices = offices_of(con, parties[0].keys) if len(parties) == 1 and parties[0].keys and not types else []
    entries = [Entry(e.day, event=e) for e in events if e.day]
    entries += [Entry(s.first, spell=s) for s in _spells(offices, since, until)]
    return Timeline(parties, spot, total, tuple(sorted(entries, key=_order)))


def _subject(
    con: duckdb.DuckDBPyConnection, names: Sequence[str], place: str | None
) -> tuple[tuple[Found, ...], Spot | None]:
    """Who and where; one name that is nobody's may be a place's."""
    spot = find_spot(con, place) if place else None
    try:
        return tuple(find_party(con, name) for name in names), spot
    except InputError:
        if len(names) != 1 or spot:
            raise
        try:
            return (), find_spot(con, names[0])
        except InputError:
            pass
        raise


def _spells(offices: Sequence[OfficeRow], since: date | None, until: date | None) -> Iterator[Spell]:
    for o in offices:
        last = o.last_seen or o.first_seen
        if o.witnesses < SEEN and o.source == "read":
            continue
        if o.first_seen and last and (not until or o.first_seen < until) and (not since or last >= since):
            yield Spell(o.id, o.person, o.office, o.of, o.first_seen, o.last_seen, o.witnesses, o.documents, o.source)


def _order(entry: Entry) -> tuple[date, bool, date, str]:
    """Offices first on their day, then what is known to the day before what is known to the month."""
    last = (entry.event.day_last if entry.event else None) or entry.day
    return entry.day, entry.event is not None, last, entry.event.id if entry.event else ""


def _row(entry: Entry) -> dict[str, object]:
    if entry.event:
        return row_of(entry.event)
    spell = entry.spell
    assert spell is not None
    return {
        "event": spell.record, "type": "OFFICE", "day": spell.first, "day_last": spell.last, "actors": spell.person,
        "actor_countries": spell.of, "documents": spell.documents, "words": spell.office,
    }  # fmt: skip
