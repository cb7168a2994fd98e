"""What is known of a happening from all its mentions: one row of `events`, its sides, and where the sources disagree."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

import duckdb
import pyarrow as pa

from depeche.ledger.merge.likeness import match
from depeche.ledger.merge.traits import FINE, Party, party_of
from depeche.ledger.tables import row_ids

Value = TypeVar("Value", bound=Hashable)


class Mention(NamedTuple):
    """What a row of `event_mentions` tells, with its document's."""

    id: str
    event: str
    document: str
    lang: str
    origin: str
    published: date | None
    type: str
    mode: str | None
    cameo: str | None
    status: str
    begins: date | None
    ends: date | None
    place: str | None
    country: str | None
    toll: int | None

    @property
    def fine(self) -> bool:
        """Whether its words tell the day, or nearly."""
        return self.begins is not None and self.ends is not None and (self.ends - self.begins).days <= FINE


class Side(NamedTuple):
    """What a row of `participants` tells."""

    mention: str
    role: str
    name: str
    key: str
    kind: str | None
    country: str | None
    sector: str | None


_MENTIONS = """
    SELECT m.id, m.event, m.document, d.lang, d.origin, d.published, m.type, m.mode, m.cameo, m.status, m.begins, m.ends, m.place,
        p.country, m.toll
    FROM event_mentions m JOIN documents d ON m.document = d.id LEFT JOIN places p ON m.place = p.id
    WHERE m.rowid IN (SELECT unnest(?)) ORDER BY m.id
"""
_SIDES = """
    SELECT mention, role, name, key, kind, country, sector
    FROM participants WHERE rowid IN (SELECT unnest(?)) ORDER BY mention, role, n
"""


def rewrite(con: duckdb.DuckDBPyConnection, events: Collection[str]) -> None:
    """Write the rows of `events` and `event_sides` anew for these ids; an id that no mention has goes."""
    ids = sorted(events)
    if not ids:
        return
    for table, column in (("events", "id"), ("event_sides", "event")):
        con.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?))", [ids])
    members: dict[str, list[Mention]] = defaultdict(list)
    for row in con.execute(_MENTIONS, [row_ids(con, "event_mentions", "event", ids)]).fetchall():
        mention = Mention(*row)
        members[mention.event].append(mention)
    sides: dict[str, list[Side]] = defaultdict(list)
    mentions = [m.id for group in members.values() for m in group]
    for row in con.execute(_SIDES, [row_ids(con, "participants", "mention", mentions)]).fetchall():
        sides[row[0]].append(Side(*row))
    groups = {event: _people(group, sides) for event, group in members.items()}
    _insert(con, "events", [_event(event, group, groups[event]) for event, group in members.items()])
    _insert(con, "event_sides", [row for event, people in groups.items() for row in _side_rows(event, people)])


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        con.register("derived_rows", pa.table({name: [row[name] for row in rows] for name in rows[0]}))
        con.execute(f"INSERT INTO {table} BY NAME FROM derived_rows")
        con.unregister("derived_rows")


def _event(event: str, group: list[Mention], people: list[_Person]) -> dict[str, object]:
    type_ = _foremost((m.type, m.origin) for m in group)
    alike = [m for m in group if m.type == type_]
    day, last, day_from = _days(group)
    place = _foremost(((m.place, m.country), m.origin) for m in group if m.place)
    published = [m.published for m in group if m.published]
    return {
        "id": event, "type": type_, "mode": _foremost((m.mode, m.origin) for m in alike if m.mode),
        "cameo": _foremost((m.cameo, m.origin) for m in alike if m.cameo), "status": _status(group),
        "day": day, "day_last": last, "day_from": day_from,
        "place": place and place[0], "country": place and place[1],
        "acting": _countries(people, "actor"), "receiving": _countries(people, "recipient"),
        "mentions": len(group), "documents": len({m.document for m in group}), "origins": len({m.origin for m in group}),
        "published_first": min(published, default=None), "published_last": max(published, default=None),
        "disagreements": json.dumps(_disagreements(group, people), ensure_ascii=False),
    }  # fmt: skip


def _foremost(told: Iterable[tuple[Value, str]]) -> Value | None:
    """What most independent origins tell; of equals the smallest."""
    by: dict[Value, set[str]] = defaultdict(set)
    for value, origin in told:
        by[value].add(origin)
    return min(by, key=lambda v: (-len(by[v]), str(v)), default=None)


def _status(group: list[Mention]) -> str:
    """What took place did, whatever was planned or feared before; unless more origins deny it than tell it."""
    origins = {s: len({m.origin for m in group if m.status == s}) for s in {m.status for m in group}}
    if origins.get("denied", 0) > origins.get("actual", 0):
        return "denied"
    return next(s for s in ("actual", "planned", "possible", "habitual", "denied") if s in origins)


def _days(group: list[Mention]) -> tuple[date | None, date | None, str]:
    """The first and the last day of the happening, and whether words tell them; else the first day on which it was told."""
    told = [m for m in group if m.fine] or [m for m in group if m.begins and m.ends]
    begins = _foremost((m.begins, m.origin) for m in told)
    if begins:
        last = max(m.ends for m in told if m.begins == begins and m.ends) - timedelta(days=1)
        return begins, last, "text"
    published = min((m.published for m in group if m.published), default=None)
    return published, published, "publication" if published else "none"


@dataclass
class _Person:
    """One participant of a happening, under all its names."""

    parties: list[Party]
    sides: list[Side]


def _people(group: list[Mention], sides: dict[str, list[Side]]) -> list[_Person]:
    """The participants of a happening, each once: namesakes by the same rule as elsewhere in merging."""
    people: list[_Person] = []
    for mention in group:
        for side in sides.get(mention.id, ()):
            party = party_of(side.role, side.name, side.kind, side.country, mention.lang)
            same = next((p for p in people if _is_in(party, side, p)), None)
            if same is None:
                people.append(_Person([party], [side]))
            else:
                same.parties.append(party)
                same.sides.append(side)
    return people


def _is_in(party: Party, side: Side, person: _Person) -> bool:
    return any(
        side.key == s.key or (p.names and party.names and match(p, party) == "named")
        for p, s in zip(person.parties, person.sides, strict=True)
    )


def _role(person: _Person) -> str:
    """The side on which most mentions put somebody; the actors' where they are equal."""
    counts = Counter(s.role for s in person.sides)
    return "actor" if counts["actor"] >= counts["recipient"] else "recipient"


# Of a happening that many tell, one names a commentator beside those who did it: whom less than a third as many mentions name as
# the foremost of the side stays among its people, and makes no pair.
_MAIN = 3


def _main(people: list[_Person], role: str) -> list[_Person]:
    """Those of a side that carry it."""
    side = [p for p in people if _role(p) == role]
    most = max((_told(p) for p in side), default=0)
    return [p for p in side if _told(p) * _MAIN >= most]


def _told(person: _Person) -> int:
    """How many mentions name somebody."""
    return len({s.mention for s in person.sides})


def _countries(people: list[_Person], role: str) -> str:
    """The countries of one side, as `events` keeps them: each once, in order, "-" for those without."""
    return " ".join(sorted({_country(p) or "-" for p in _main(people, role)}))


def _country(person: _Person) -> str | None:
    return _foremost((s.country, s.mention) for s in person.sides if s.country)


def _side_rows(event: str, people: list[_Person]) -> list[dict[str, object]]:
    rows = []
    main = {id(p) for role in ("actor", "recipient") for p in _main(people, role)}
    for person in people:
        counts = Counter((s.key, s.name) for s in person.sides)
        key, name = min(counts, key=lambda k: (-counts[k], -len(k[1]), k))
        kind, sector = (
            _foremost((getattr(s, column), s.mention) for s in person.sides if getattr(s, column))
            for column in ("kind", "sector")
        )
        rows.append(
            {
                "event": event, "role": _role(person), "key": key, "name": name, "kind": kind, "country": _country(person), "sector": sector,
                "mentions": _told(person), "main": id(person) in main,
            }
        )  # fmt: skip
    return sorted(rows, key=lambda r: (str(r["role"]), str(r["key"])))


def _disagreements(group: list[Mention], people: list[_Person]) -> dict[str, list[dict[str, object]]]:
    """What independent origins tell differently, each value with the mentions that tell it; only where they do."""
    told: dict[str, list[tuple[object, Mention]]] = {
        "status": [(m.status, m) for m in group],
        "day": [(m.begins.isoformat(), m) for m in group if m.fine and m.begins],
        "toll": [(m.toll, m) for m in group if m.toll is not None],
        "actor": _named_actors(group, people),
    }
    found = {what: _values(values) for what, values in told.items()}
    return {what: values for what, values in found.items() if values}


def _named_actors(group: list[Mention], people: list[_Person]) -> list[tuple[object, Mention]]:
    """Who did it, where mentions of different origins name somebody else alone."""
    doers = {side.mention: [] for person in people for side in person.sides}  # type: dict[str, list[str]]
    for person in people:
        if _role(person) == "actor" and any(p.names for p in person.parties):
            name = min((s.key for s in person.sides), key=lambda k: (-len(k), k))
            for mention in {s.mention for s in person.sides if s.role == "actor"}:
                doers[mention].append(name)
    return [(doers[m.id][0], m) for m in group if len(doers.get(m.id, ())) == 1]


def _values(told: list[tuple[object, Mention]]) -> list[dict[str, object]]:
    """Each value with its mentions, if there are several and no origin tells them all."""
    by: dict[object, list[Mention]] = defaultdict(list)
    for value, mention in told:
        by[value].append(mention)
    if len(by) < 2 or len({m.origin for m in (m for group in by.values() for m in group)}) < 2:
        return []
    return [{"value": value, "mentions": [m.id for m in by[value]]} for value in sorted(by, key=str)]
