"""Events by what they are, who is in them, when and where, and in which words; then whole, with their members."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
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
    """Somebody who must be in the event, as one who carries its side: of a country, or in one of these rows of event_sides, or
    under no name but that of an office while it is held; in a role, or in any (None)."""

    country: str | None = None
    rows: tuple[int, ...] = ()
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


# Those whom a mention calls by an office without a name, while it is held. In two steps: joined at once, every mention meets every holding.
_IN_OFFICE = """
{name}_held AS MATERIALIZED (
  SELECT p.mention, p.role, h.first, h.last FROM participants p JOIN (SELECT {held}) h ON p.office_key = h.office AND p.country = h.of),
{name}_in AS MATERIALIZED (
  {named} UNION SELECT m.event, h.role FROM {name}_held h JOIN event_mentions m ON m.id = h.mention WHERE m.day BETWEEN h.first AND h.last)
"""


# What is kept of the events that a question finds.
_HITS = "id, type, mode, day, day_last, country, receiving, documents, origins"


class _Question:
    """A question as SQL made of this module's own words, and the values that come from the user."""

    def __init__(self, wanted: Wanted) -> None:
        self.values: dict[str, Any] = {}
        self.tables: list[str] = []
        self.events: list[str] = ["true"]  # conditions on a row `e` of events
        self.members: list[str] = []  # conditions on one event mention `m`
        self.sources: list[str] = []  # and on its document `d`
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
        self._where(self.sources, "outlets", wanted.outlets, "lower(d.outlet) IN (SELECT lower(unnest($outlets)))")
        self._where(self.sources, "kinds", wanted.document_kinds, "d.kind IN (SELECT unnest($kinds))")
        self.text = wanted.text

    def _where(self, clauses: list[str], name: str, chosen: object, clause: str) -> None:
        """Add a clause and its value, where something was chosen."""
        if chosen:
            clauses.append(clause)
            self.values[name] = list(chosen) if isinstance(chosen, tuple) else chosen

    def _party(self, party: PartyWanted, name: str) -> str:
        """Note the value of a party; one under names gets a table of its events."""
        self.values[name] = party.country or list(party.rows)
        if not party.country:
            named = f"SELECT event, role FROM event_sides WHERE main AND rowid IN (SELECT unnest(${name}))"
            if party.holdings:
                columns = dict(zip(Holding._fields, (list(c) for c in zip(*party.holdings, strict=True)), strict=True))
                self.values |= {f"{name}_{column}": values for column, values in columns.items()}
                held = ", ".join(f'unnest(${name}_{column}) AS "{column}"' for column in columns)
                self.tables.append(_IN_OFFICE.format(name=name, held=held, named=named))
            else:
                self.tables.append(f"{name}_in AS MATERIALIZED ({named})")
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
        """The columns of the events `e` that fulfil all but `text`; `hits` holds some of theirs."""
        told = f"WHERE e.id IN (SELECT m.event {self._of_hits()})" if self.members or self.sources else ""
        return f"{self._with()} SELECT {columns} FROM hits e {told} {rest}"

    def members_sql(self, columns: str, rest: str = "") -> str:
        """The same of their members `m`, those that fulfil what a member must."""
        return f"{self._with()} SELECT {columns} {self._of_hits()} {rest}"

    def _with(self) -> str:
        hits = f"hits AS MATERIALIZED (SELECT {_HITS} FROM events e WHERE {' AND '.join(self.events)})"
        return f"WITH {', '.join([*self.tables, hits])}"

    def _of_hits(self) -> str:
        documents = "JOIN documents d ON d.id = m.document" if self.sources else ""
        clauses = " AND ".join(
            [
                "m.rowid IN (SELECT rowid FROM event_mentions WHERE event IN (SELECT id FROM hits))",
                *self.members,
                *self.sources,
            ]
        )
        return f"FROM event_mentions m {documents} WHERE {clauses}"


def _takes_part(party: PartyWanted, role: str, name: str) -> str:
    """The condition that a party is in the event in this role."""
    if party.country:
        return f"contains({'e.acting' if role == 'actor' else 'e.receiving'}, ${name})"
    return f"e.id IN (SELECT event FROM {name}_in WHERE role = '{role}')"


def find_events(
    con: duckdb.DuckDBPyConnection, wanted: Wanted, order: str = "newest", limit: int | None = None
) -> tuple[list[str], int]:
    """The ids of the events wanted in an order of `ORDERS`, at most `limit`, and how many there are in all."""
    question = _narrowed(con, wanted)
    page = "" if limit is None else f"LIMIT {int(limit)}"
    sql = question.sql("e.id, count(*) OVER ()", f"ORDER BY {ORDERS[order]} {page}")
    rows = con.execute(sql, _used(sql, question.values)).fetchall()
    return [event for event, _ in rows], rows[0][1] if rows else 0


def _narrowed(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> _Question:
    """The question, a text in it already looked for."""
    question = _Question(wanted)
    if question.text:
        question.values["told"] = _told(con, question, question.text)
        question.events.append("e.id IN (SELECT unnest($told))")
        question.members.clear()  # what was found fulfils them
        question.sources.clear()
    return question


# Up to this many mentions, their texts are fetched by id and searched here, in a tenth of the time: joined, DuckDB reads the texts of all.
FEW = 50_000
# Texts that are held at once.
_TEXTS = 2_000


def _told(con: duckdb.DuckDBPyConnection, question: _Question, text: str) -> list[str]:
    """The ids of the events of which one member holds the text."""
    spans = question.members_sql('m.event, m.document, m.start, m."end"', f"LIMIT {FEW + 1}")
    rows = con.execute(spans, _used(spans, question.values)).fetchall()
    if len(rows) > FEW:
        question.members.append('regexp_matches(substring(d.text, m.start + 1, m."end" - m.start), $text)')
        every = question.members_sql("DISTINCT m.event")
        return [event for (event,) in con.execute(every, question.values | {"text": text}).fetchall()]
    by_document: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for event, document, start, end in rows:
        by_document[document].append((event, start, end))
    pattern, found = re.compile(text), set[str]()
    for document, words in _documents(
        con, "SELECT id, text FROM documents WHERE rowid IN (SELECT unnest($rows))", by_document
    ):
        found |= {event for event, start, end in by_document[document] if pattern.search(words, start, end)}
    return sorted(found)


def _used(sql: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values that a statement names: DuckDB refuses others."""
    return {name: value for name, value in values.items() if re.search(rf"\${name}\b", sql)}


def find_columns(con: duckdb.DuckDBPyConnection, wanted: Wanted, columns: str, rest: str) -> list[tuple[Any, ...]]:
    """Columns of the events wanted, of those in `_HITS`, as rows of an `e`."""
    question = _narrowed(con, wanted)
    sql = question.sql(columns, rest)
    return con.execute(sql, _used(sql, question.values)).fetchall()


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


# Rows are found by id in one narrow column, then read by their numbers: found and read at once, every column of every row would be
# read (measured at a million events: 83 ms of one core against 45).
_EVENTS = """
SELECT e.id, e.type, e.mode, e.cameo, e.status, e.day, e.day_last, e.day_from, p.name, e.country, p.latitude, p.longitude, e.documents,
  e.origins, e.published_first, e.published_last, e.disagreements
FROM events e LEFT JOIN places p ON p.id = e.place WHERE e.rowid IN (SELECT unnest($rows))
"""
_SIDES = """
SELECT event, role, key, name, kind, country, sector, mentions, main
FROM event_sides WHERE rowid IN (SELECT unnest($rows)) ORDER BY event, role, mentions DESC, key
"""
_MEMBERS = """
SELECT event, id, status, day, day_from, start, "end", triggers, holder_kind, holder, document
FROM event_mentions WHERE rowid IN (SELECT unnest($rows))
"""
_DOCUMENTS = """
SELECT id, text, kind, name, url, outlet, title, published, origin FROM documents WHERE rowid IN (SELECT unnest($rows))
"""


def _numbers(con: duckdb.DuckDBPyConnection, sql: str, ids: Collection[str]) -> list[int]:
    """The numbers of the rows that a statement finds by `$ids`."""
    return [row for (row,) in con.execute(sql, {"ids": list(ids)}).fetchall()]


def event_rows(con: duckdb.DuckDBPyConnection, events: Collection[str]) -> list[EventRow]:
    """The events of some ids, in no order."""
    rows = _numbers(con, "SELECT rowid FROM events WHERE id IN (SELECT unnest($ids))", events)
    return [EventRow(*row) for row in con.execute(_EVENTS, {"rows": rows}).fetchall()]


def side_rows(con: duckdb.DuckDBPyConnection, events: Collection[str]) -> list[SideRow]:
    """Who is in some events, the most mentioned of each side first."""
    rows = _numbers(con, "SELECT rowid FROM event_sides WHERE event IN (SELECT unnest($ids))", events)
    return [SideRow(*row) for row in con.execute(_SIDES, {"rows": rows}).fetchall()]


def member_rows(con: duckdb.DuckDBPyConnection, events: Collection[str]) -> list[MemberRow]:
    """The members of some events with their words, in no order."""
    rows = _numbers(con, "SELECT rowid FROM event_mentions WHERE event IN (SELECT unnest($ids))", events)
    by_document: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for *member, document in con.execute(_MEMBERS, {"rows": rows}).fetchall():
        by_document[document].append(tuple(member))
    found = []
    for document, text, *source in _documents(con, _DOCUMENTS, by_document):
        for m in by_document[document]:
            words = text[m[5] : m[6]]
            found.append(MemberRow._make((*m[:7], words, *m[7:], document, *source)))
    return found


def _documents(con: duckdb.DuckDBPyConnection, sql: str, ids: Collection[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of documents with their texts, a few at once: joined with anything, DuckDB reads the texts of all."""
    rows = _numbers(con, "SELECT rowid FROM documents WHERE id IN (SELECT unnest($ids))", ids)
    for first in range(0, len(rows), _TEXTS):
        yield from con.execute(sql, {"rows": rows[first : first + _TEXTS]}).fetchall()
