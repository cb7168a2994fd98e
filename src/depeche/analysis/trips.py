"""`trips`: who went where, in order: the visits of a person, or of all who travel for a country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, TypedDict, Unpack

from depeche.analysis.filters import OneOrMore, When, period, statuses
from depeche.analysis.happenings import Happening, Side, first_words, load_happenings, records_of
from depeche.analysis.parties import Party, Spot, find_party, find_spot
from depeche.errors import InputError
from depeche.ledger.keys import fold
from depeche.ledger.names import country_name
from depeche.ledger.persons import group_names
from depeche.ledger.queries.happenings import Wanted
from depeche.ledger.queries.series import Led, visits_led
from depeche.ledger.queries.spots import countries_at
from depeche.ledger.store import Store
from depeche.records.vocabularies import BODY_CODES

if TYPE_CHECKING:
    import pandas

# Two visits of one traveller to one country so near to each other are one stop, told twice or on two days.
SAME_STOP = timedelta(days=2)
# A visit known only to a longer time than this is not taken for one on a day within it.
COARSE = timedelta(days=31)
# From one stop to the next within a journey.
SAME_TRIP = timedelta(days=2)


class TripFilters(TypedDict, total=False):
    """Which visits: `since`, `until` and `status` as in `EventFilters`; `to` is the country or place that they led to; `domestic` keeps
    visits within the traveller's own country."""

    since: When
    until: When
    status: OneOrMore
    to: str
    domestic: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit: between the days `first` and `last`, both included, None where undated; `day_from` says whence they are known: text,
    publication or none. `hosts` are whom it was to, the country itself aside.

    `country` is where it led, by its place or, without one, by its hosts; the coordinates are those of the place or of the country's
    capital, as the ledger knows them.
    """

    first: date | None
    last: date | None
    day_from: str
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    hosts: tuple[str, ...]
    events: tuple[Happening, ...]

    @property
    def where(self) -> str:
        """The place, or the country by its name."""
        return self.place or country_name(self.country or "")


@dataclass(frozen=True, slots=True)
class Trip:
    """A journey: stops of one traveller that follow upon each other within days. `key` is the folded name that the traveller goes by."""

    traveller: str
    key: str
    country: str | None
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Trips:
    """Journeys in order, the undated last. `nowhere` holds the ids of visits that do not say where they led."""

    party: Party | None
    to: Spot | None
    trips: tuple[Trip, ...]
    nowhere: tuple[str, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of all records that the answer rests on."""
        return records_of([event for trip in self.trips for stop in trip.stops for event in stop.events])

    def to_frame(self) -> pandas.DataFrame:
        """One row a stop; `trip` numbers the journeys."""
        import pandas

        rows = [_row(n, trip, stop) for n, trip in enumerate(self.trips, 1) for stop in trip.stops]
        return pandas.DataFrame(rows, columns=list(_COLUMNS))

    def to_geojson(self) -> dict[str, object]:
        """A GeoJSON FeatureCollection (RFC 7946): a Point a stop, without geometry where it is not on the map, and a LineString a
        journey of several stops. `first` and `last` are ISO days."""
        return {
            "type": "FeatureCollection",
            "features": [f for n, trip in enumerate(self.trips, 1) for f in _features(n, trip)],
        }


def trips(store: Store, who: str | None = None, **filters: Unpack[TripFilters]) -> Trips:
    """The journeys of a person, or of all who acted for a country; with `to` those that led there, whoever made them without `who`.

    Raises InputError where neither is given or one is not in the ledger, LedgerError for a ledger that cannot be read.
    """
    to = filters.get("to")
    if not who and not to:
        raise InputError("whose trips? Name a person or country, or with `to` where they led")
    since, until = period(filters.get("since"), filters.get("until"))
    wanted = Wanted(
        types=("CONSULT",),
        modes=("visit",),
        statuses=statuses(filters.get("status", "actual")),
        since=since,
        until=until,
    )
    with store.connect() as con:
        found = find_party(con, who) if who else None
        party = found.party if found else None
        spot = find_spot(con, to) if to else None
        if spot:
            wanted = replace(wanted, toward=spot.country, places=spot.places)
        if found:
            wanted = replace(wanted, parties=(found.wanted("actor"),))
        abroad, silent = _abroad(visits_led(con, wanted), party, bool(filters.get("domestic")))
        visits, nowhere = _visits(load_happenings(con, abroad), party)
        led = [v for v in visits if _leads(v, spot) and (filters.get("domestic") or v.country != v.traveller.country)]
        at = countries_at(
            con, {c: fold(country_name(c)) for c in {v.country for v in led if v.country and not v.on_map}}
        )
    return Trips(party, spot, tuple(_journeys(led, _identities(led, party), at)), nowhere)


def _abroad(visits: Iterable[Led], party: Party | None, domestic: bool) -> tuple[list[str], tuple[str, ...]]:
    """The visits that must be looked at, and those that lead nowhere: most visits of a country's own people are within it."""
    if party is None or party.country is None or domestic:
        return [v.id for v in visits], ()
    own = BODY_CODES | {party.country, "-"}
    found, silent = [], []
    for visit in visits:
        if (visit.country and visit.country not in own) or not own.issuperset(visit.receiving.split()):
            found.append(visit.id)
        elif visit.country != party.country:
            silent.append(visit.id)
    return found, tuple(silent)


@dataclass(frozen=True, eq=False)  # compared by identity: told apart where all else is alike
class _Visit:
    """One traveller in one event."""

    traveller: Side
    event: Happening
    country: str | None

    @property
    def on_map(self) -> bool:
        """Does the event itself say where on the map?"""
        return self.event.latitude is not None and self.country == self.event.country


def _visits(events: Iterable[Happening], party: Party | None) -> tuple[list[_Visit], tuple[str, ...]]:
    """Each traveller of each visit, and the ids of the visits that led nowhere."""
    found: list[_Visit] = []
    nowhere: list[str] = []
    for event in events:
        travellers = [s for s in event.actors if s.main and (party is None or _is(s, party, event))]
        visits = [_Visit(s, event, _destination(event, s)) for s in travellers]
        found += [v for v in visits if v.country]
        if travellers and not any(v.country for v in visits):
            nowhere.append(event.id)
    return found, tuple(nowhere)


def _is(side: Side, party: Party, event: Happening) -> bool:
    """Is this somebody of the party: of its country, under its names, or under its office alone while it was held?"""
    if party.country:
        return side.country == party.country
    if side.key in party.keys:
        return True
    held = [h for h in party.holdings if event.day and h.first <= event.day <= h.last]
    return side.kind == "office" and any(h.of == side.country for h in held)


def _destination(event: Happening, traveller: Side) -> str | None:
    """The country of the place; where that is the traveller's own or none, the one country of the hosts. A body is nowhere."""
    place = None if event.country in BODY_CODES else event.country
    if place and place != traveller.country:
        return place
    hosts = {s.country for s in event.recipients if s.main and s.country} - BODY_CODES - {traveller.country}
    return hosts.pop() if len(hosts) == 1 else place


def _leads(visit: _Visit, spot: Spot | None) -> bool:
    """Is this where the visit led? What is looked for by a place's own name is found by it."""
    return spot is None or spot.country is None or visit.country == spot.country


def _identities(visits: Sequence[_Visit], party: Party | None) -> dict[_Visit, str]:
    """Under which folded name each visit's traveller goes: one for all names of a person. An office without a name is the person who was
    asked for, or else the one person of its state who was there then."""
    person = party is not None and party.country is None
    names = group_names({v.traveller.key: 1.0 for v in visits if v.traveller.kind == "person"})
    found = {}
    for visit in visits:
        key = names.get(visit.traveller.key, visit.traveller.key)
        if visit.traveller.kind == "office":
            beside = {
                names[v.traveller.key]
                for v in visits
                if v.traveller.kind == "person" and (person or _together(v, visit))
            }
            key = beside.pop() if len(beside) == 1 else key
        found[visit] = key
    return found


def _together(one: _Visit, other: _Visit) -> bool:
    """Are two travellers of one state in one country on the same days?"""
    if one.traveller.country != other.traveller.country or one.country != other.country:
        return False
    days = [d for v in (one, other) for d in (v.event.day, v.event.day_last)]
    first, last, first_other, last_other = (d or date.max for d in days)
    return (
        first_other - SAME_STOP <= last
        and first - SAME_STOP <= last_other
        and max(_days_long(one), _days_long(other)) < COARSE
    )


def _days_long(visit: _Visit) -> timedelta:
    """How far apart the days are between which a visit lies; without any, too far."""
    return visit.event.day_last - visit.event.day if visit.event.day and visit.event.day_last else COARSE


def _journeys(visits: Sequence[_Visit], named: dict[_Visit, str], at: dict[str, tuple[float, float]]) -> Iterator[Trip]:
    """The visits of each traveller as stops, and stops close together as one journey."""
    groups: dict[str, list[_Visit]] = {}
    for visit in visits:
        groups.setdefault(named[visit], []).append(visit)
    found: list[Trip] = []
    for key, theirs in groups.items():
        side = max((v.traveller for v in theirs), key=lambda s: (s.key == key, s.kind == "person", s.mentions, s.name))
        stops = _stops(theirs, at)
        cuts = [0, *(n + 1 for n, (a, b) in enumerate(pairwise(stops)) if not _follows(a, b)), len(stops)]
        found += [Trip(side.name, key, side.country, tuple(stops[a:b])) for a, b in pairwise(cuts)]
    yield from sorted(found, key=lambda t: (_order(t.stops[0]), t.key))


def _order(stop: Stop) -> tuple[bool, date, date]:
    return stop.first is None, stop.first or date.max, stop.last or date.max


def _follows(earlier: Stop, later: Stop) -> bool:
    """Do two stops belong to one journey? Only where words tell the days of both."""
    if earlier.day_from != "text" or later.day_from != "text":
        return False
    if earlier.first is None or earlier.last is None or later.first is None or later.last is None:
        return False
    exact = earlier.last - earlier.first < COARSE / 4 and later.last - later.first < COARSE / 4
    return exact and later.first - earlier.last <= SAME_TRIP


def _stops(visits: Iterable[_Visit], at: dict[str, tuple[float, float]]) -> list[Stop]:
    """One traveller's visits, those to one country at one time as one stop, by day."""
    found: list[Stop] = []
    by_day = sorted(
        visits, key=lambda v: (v.event.day is None, v.event.day or date.max, v.event.day_last or date.max, v.event.id)
    )
    for visit in by_day:
        stop = _stop(visit, at)
        same = next((n for n in range(len(found) - 1, -1, -1) if _same(found[n], stop)), None)
        if same is None:
            found.append(stop)
        else:
            found[same] = _joined(found[same], stop)
    return sorted(found, key=_order)


def _stop(visit: _Visit, at: dict[str, tuple[float, float]]) -> Stop:
    e = visit.event
    there = e.country == visit.country
    latitude, longitude = (e.latitude, e.longitude) if visit.on_map else at.get(visit.country or "", (None, None))
    hosts = tuple(s.name for s in e.recipients if s.main and s.kind != "state" and s.key != fold(e.place or ""))
    return Stop(
        e.day, e.day_last, e.day_from, e.place if there else None, visit.country, latitude, longitude, hosts, (e,)
    )


def _same(one: Stop, other: Stop) -> bool:
    """Are two stops of one traveller one, told twice? The day of one may lie within the other's month, not within its year."""
    if one.country != other.country or one.first is None or other.first is None or not one.last or not other.last:
        return False
    if max(one.last - one.first, other.last - other.first) >= COARSE and (one.first, one.last) != (
        other.first,
        other.last,
    ):
        return False
    return other.first - one.last <= SAME_STOP and one.first - other.last <= SAME_STOP


def _joined(one: Stop, other: Stop) -> Stop:
    """Two tellings of one stop: the days that both allow, or all of them; the place that is more than the country."""
    told = [s for s in (one, other) if s.day_from == "text"] or [one, other]
    firsts, lasts = [s.first for s in told if s.first], [s.last for s in told if s.last]
    first, last = max(firsts), min(lasts)
    if first > last:
        first, last = min(firsts), max(lasts)
    better = min(
        (one, other), key=lambda s: (s.place is None, s.place == country_name(s.country or ""), s.latitude is None)
    )
    hosts = tuple(dict.fromkeys((*one.hosts, *other.hosts)))
    return replace(
        better, first=first, last=last, day_from=told[0].day_from, hosts=hosts, events=(*one.events, *other.events)
    )


_COLUMNS = (
    "trip", "traveller", "traveller_country", "first", "last", "day_from", "place", "country", "latitude", "longitude", "hosts", "documents",
    "origins", "document", "name", "outlet", "url", "start", "end", "words", "events",
)  # fmt: skip


def _row(number: int, trip: Trip, stop: Stop) -> dict[str, object]:
    witness = next((e.witnesses[0] for e in stop.events if e.witnesses), None)
    return {
        "trip": number, "traveller": trip.traveller, "traveller_country": trip.country, "first": stop.first, "last": stop.last,
        "day_from": stop.day_from, "place": stop.place, "country": stop.country, "latitude": stop.latitude, "longitude": stop.longitude,
        "hosts": "; ".join(stop.hosts), "documents": documents_of(stop), "origins": origins_of(stop), **first_words(witness),
        "events": " ".join(e.id for e in stop.events),
    }  # fmt: skip


def documents_of(stop: Stop) -> int:
    """How many documents tell of a stop."""
    return len({w.source.document for e in stop.events for w in e.witnesses})


def origins_of(stop: Stop) -> int:
    """How many of them are no copies of another."""
    return len({w.source.origin for e in stop.events for w in e.witnesses})


def _features(number: int, trip: Trip) -> Iterator[dict[str, object]]:
    for stop in trip.stops:
        properties = _row(number, trip, stop)
        on_map = stop.latitude is not None and stop.longitude is not None
        point = {"type": "Point", "coordinates": [stop.longitude, stop.latitude]} if on_map else None
        yield {"type": "Feature", "geometry": point, "properties": {k: _plain(v) for k, v in properties.items()}}
    path = [[s.longitude, s.latitude] for s in trip.stops if s.longitude is not None]
    if len(path) > 1:
        properties = {
            "trip": number, "traveller": trip.traveller, "traveller_country": trip.country,
            "first": _plain(trip.stops[0].first), "last": _plain(trip.stops[-1].last),
            "countries": [s.country for s in trip.stops],
        }  # fmt: skip
        yield {"type": "Feature", "geometry": {"type": "LineString", "coordinates": path}, "properties": properties}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
