"""Events by what they are, who is in them, when and where, and in which words; then whole, with their members."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import duckdb


class Holding(NamedTuple):
    """That a person held an office of a state, at least from one day to another, both included."""

    office: str
    of: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PartyWanted:
    """Somebody who must be in the event, as one who carries its side: of a country, or under one of these folded names, or
    under no name but that of an office while it is held; in a role, or in any (None)."""

    country: str | None = None
    keys: tuple[str, ...] = ()
    holdings: tuple[Holding, ...] = ()
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events. Empty tuples and None leave a side open. `dyad`: each acts on the other or both act together on nobody;
    `directed`: only the first on the second. `since` and `until` are half-open, and the event must be known to lie between them.
    `text` is a regular expression that the evidence of one of its members must hold."""

    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    parties: tuple[PartyWanted, ...] = ()
    dyad: tuple[PartyWanted, PartyWanted] | None = None
    directed: bool = False
    country: str | None = None
    toward: str | None = None  # the country of the place or of a recipient
    places: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    dated: bool = False  # leave out what has no day
    holders: tuple[str, ...] = ()  # kinds of holders, "none" for what the document tells by itself
    outlets: tuple[str, ...] = ()
    document_kinds: tuple[str, ...] = ()
    text: str | None = None


# The order of a page of events.
ORDERS = {
    "newest": "e.day DESC NULLS LAST, e.id",
    "oldest": "e.day ASC NULLS LAST, e.id",
    "documents": "e.origins DESC, e.documents DESC, e.day DESC NULLS LAST, e.id",
}


# Those whom a mention calls by an office alone without a name, while it is held.
_IN_OFFICE = """
 UNION SELECT m.event, p.role FROM participants p JOIN (SELECT {held}) h ON p.office_key = h.office AND p.country = h.of
 JOIN event_mentions m ON m.id = p.mention WHERE m.day BETWEEN h.first AND h.last
"""


class _Question:
    """A question as SQL made of this module's own words, and the values that come from the user."""

    def __init__(self, wanted: Wanted) -> None:
        self.values: dict[str, Any] = {}
        self.tables: list[str] = []
        self.events: list[str] = ["true"]  # conditions on a row `e` of events
        self.members: list[str] = []  # conditions on one event mention `m` in its document `d`
        self._of_events(wanted)
        self._of_members(wanted)

    def _of_events(self, wanted: Wanted) -> None:
        self._where(self.events, "types", wanted.types, "e.type IN (SELECT unnest($types))")
        self._where(self.events, "modes", wanted.modes, "e.mode IN (SELECT unnest($modes))")
        self._where(self.events, "statuses", wanted.statuses, "e.status IN (SELECT unnest($statuses))")
        self._where(self.events, "country", wanted.country, "e.country = $country")
        self._where(self.events, "toward", wanted.toward, "(e.country = $toward OR contains(e.receiving, $toward))")
        self._where(self.events, "places", wanted.places, "e.place IN (SELECT unnest($places))")
        self._where(self.events, "since", wanted.since, "e.day >= $since")
        self._where(self.events, "until", wanted.until, "e.day_last < $until")
        if wanted.dated:
            self.events.append("e.day IS NOT NULL")
        for n, party in enumerate(wanted.parties):
            name = self._party(party, f"party{n}")
            roles = (party.role,) if party.role else ("actor", "recipient")
            self.events.append(f"({' OR '.join(_takes_part(party, role, name) for role in roles)})")
        if wanted.dyad:
            self._dyad(*wanted.dyad, wanted.directed)

    def _of_members(self, wanted: Wanted) -> None:
        self._where(
            self.members, "holders", wanted.holders, "coalesce(m.holder_kind, 'none') IN (SELECT unnest($holders))"
        )
        self._where(self.members, "outlets", wanted.outlets, "lower(d.outlet) IN (SELECT lower(unnest($outlets)))")
        self._where(self.members, "kinds", wanted.document_kinds, "d.kind IN (SELECT unnest($kinds))")
        words = 'substring(d.text, m.start + 1, m."end" - m.start)'
        self._where(self.members, "text", wanted.text, f"regexp_matches({words}, $text)")

    def _where(self, clauses: list[str], name: str, chosen: object, clause: str) -> None:
        """Add a clause and its value, where something was chosen."""
        if chosen:
            clauses.append(clause)
            self.values[name] = list(chosen) if isinstance(chosen, tuple) else chosen

    def _party(self, party: PartyWanted, name: str) -> str:
        """Note the value of a party; one under names gets a table of its events, so that the names are searched once."""
        self.values[name] = party.country or list(party.keys)
        if not party.country:
            found = f"SELECT event, role FROM event_sides WHERE main AND key IN (SELECT unnest(${name}))"
            if party.holdings:
                columns = dict(zip(Holding._fields, (list(c) for c in zip(*party.holdings, strict=True)), strict=True))
                self.values |= {f"{name}_{column}": values for column, values in columns.items()}
                held = ", ".join(f'unnest(${name}_{column}) AS "{column}"' for column in columns)
                found += _IN_OFFICE.format(held=held)
            self.tables.append(f"{name}_in AS MATERIALIZED ({found})")
        return name

    def _dyad(self, first: PartyWanted, second: PartyWanted, directed: bool) -> None:
        """PLOVER puts those who meet or fight without a clear host or target together among the actors, with no recipient. Two who do
        something together to a third are no dyad in it: allies that strike one target do not strike each other."""
        one, other = self._party(first, "first"), self._party(second, "second")
        ways = [f"{_takes_part(first, 'actor', one)} AND {_takes_part(second, 'recipient', other)}"]
        if not directed:
            ways.append(f"{_takes_part(second, 'actor', other)} AND {_takes_part(first, 'recipient', one)}")
        if not directed and first != second:
            ways.append(
                f"{_takes_part(first, 'actor', one)} AND {_takes_part(second, 'actor', other)} AND e.receiving = ''"
            )
        self.events.append(f"({' OR '.join(ways)})")

    def sql(self, columns: str, rest: str = "") -> str:
        """The columns of the events `e` that fulfil it; `hits` holds their id, type, mode, day, day_last, documents and origins."""
        hits = (
            "hits AS MATERIALIZED (SELECT id, type, mode, day, day_last, documents, origins FROM events e "
            f"WHERE {' AND '.join(self.events)})"
        )
        told = ""
        if self.members:
            # the texts are read last, and only those of the events that all else leaves
            told = (
                "WHERE e.id IN (SELECT m.event FROM event_mentions m JOIN documents d ON d.id = m.document "
                f"WHERE m.event IN (SELECT id FROM hits) AND {' AND '.join(self.members)})"
            )
        return f"WITH {', '.join([*self.tables, hits])} SELECT {columns} FROM hits e {told} {rest}"


def _takes_part(party: PartyWanted, role: str, name: str) -> str:
    """The condition that a party is in the event in this role."""
    if party.country:
        return f"contains({'e.acting' if role == 'actor' else 'e.receiving'}, ${name})"
    return f"e.id IN (SELECT event FROM {name}_in WHERE role = '{role}')"


def find_events(
    con: duckdb.DuckDBPyConnection, wanted: Wanted, order: str = "newest", limit: int | None = None
) -> tuple[list[str], int]:
    """The ids of the events wanted in an order of `ORDERS`, at most `limit`, and how many there are in all."""
    question = _Question(wanted)
    page = "" if limit is None else f"LIMIT {int(limit)}"
    sql = question.sql("e.id, count(*) OVER ()", f"ORDER BY {ORDERS[order]} {page}")
    rows = con.execute(sql, question.values).fetchall()
    return [event for event, _ in rows], rows[0][1] if rows else 0


def question_sql(wanted: Wanted, columns: str, rest: str) -> tuple[str, dict[str, Any]]:
    """The SQL that gives columns of the events wanted (see `_Question.sql`), and its values."""
    question = _Question(wanted)
    return question.sql(columns, rest), question.values


class EventRow(NamedTuple):
    """One row of events with its place."""

    id: str
    type: str
    mode: str | None
    cameo: str | None
    status: str
    day: date | None
    day_last: date | None
    day_from: str
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    documents: int
    origins: int
    published_first: date | None
    published_last: date | None
    disagreements: str


class SideRow(NamedTuple):
    """One row of event_sides."""

    event: str
    role: str
    key: str
    name: str
    kind: str | None
    country: str | None
    sector: str | None
    mentions: int
    main: bool


class MemberRow(NamedTuple):
    """One event mention with its document; `words` is the evidence, `triggers` JSON."""

    event: str
    id: str
    status: str
    day: date | None
    day_from: str
    start: int
    end: int
    words: str
    triggers: str
    holder_kind: str | None
    holder: str | None
    document: str
    kind: str
    name: str
    url: str | None
    outlet: str | None
    title: str | None
    published: date | None
    origin: str


_EVENTS = """
SELECT e.id, e.type, e.mode, e.cameo, e.status, e.day, e.day_last, e.day_from, p.name, e.country, p.latitude, p.longitude, e.documents,
  e.origins, e.published_first, e.published_last, e.disagreements
FROM events e LEFT JOIN places p ON p.id = e.place WHERE e.id IN (SELECT unnest($events))
"""
_SIDES = """
SELECT event, role, key, name, kind, country, sector, mentions, main
FROM event_sides WHERE event IN (SELECT unnest($events)) ORDER BY event, role, mentions DESC, key
"""
# The documents are looked up by their own ids first: joined directly, the texts of all would be read.
_MEMBERS = """
SELECT event, id, status, day, day_from, start, "end", triggers, holder_kind, holder, document
FROM event_mentions WHERE event IN (SELECT unnest($events))
"""
_WORDS = """
SELECT substring(d.text, m.start + 1, m."end" - m.start), d.kind, d.name, d.url, d.outlet, d.title, d.published, d.origin
FROM (SELECT unnest($documents) AS document, unnest($starts) AS start, unnest($ends) AS "end", unnest($n) AS n) m
JOIN documents d ON d.id = m.document ORDER BY m.n
"""


def event_rows(con: duckdb.DuckDBPyConnection, events: Collection[str]) -> list[EventRow]:
    """The events of some ids, in no order."""
    return [EventRow(*row) for row in con.execute(_EVENTS, {"events": list(events)}).fetchall()]


def side_rows(con: duckdb.DuckDBPyConnection, events: Collection[str]) -> list[SideRow]:
    """Who is in some events, the most mentioned of each side first."""
    return [SideRow(*row) for row in con.execute(_SIDES, {"events": list(events)}).fetchall()]


def member_rows(con: duckdb.DuckDBPyConnection, events: Collection[str]) -> list[MemberRow]:
    """The members of some events with their words, in no order."""
    members = con.execute(_MEMBERS, {"events": list(events)}).fetchall()
    words = _words(con, [(m[10], m[5], m[6]) for m in members])
    return [MemberRow._make((*m[:7], w[0], *m[7:], *w[1:])) for m, w in zip(members, words, strict=True)]


def _words(con: duckdb.DuckDBPyConnection, spans: Sequence[tuple[str, int, int]]) -> list[tuple[Any, ...]]:
    documents, starts, ends = (list(column) for column in zip(*spans, strict=True)) if spans else ([], [], [])
    values = {"documents": documents, "starts": starts, "ends": ends, "n": list(range(len(spans)))}
    return con.execute(_WORDS, values).fetchall() if spans else []
