"""Who held an office on a day, and which happenings name a person by the office alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

import duckdb

from depeche.ledger.spells import Doubt


class TenureRow(NamedTuple):
    """A row of `tenures`: `first_seen` and `last_seen` are the days of its first and last witness; it begins in
    (begins_after, begins_by] and ends in [ends_after, ends_by), None where nothing bounds it."""

    id: str
    source: str
    of: str
    office_key: str
    office: str
    person: str
    person_key: str
    names: tuple[str, ...]
    first_seen: date
    last_seen: date
    begins_after: date | None
    begins_by: date
    ends_after: date
    ends_by: date | None
    witnesses: int
    documents: int
    doubts: tuple[Doubt, ...]


class WitnessRow(NamedTuple):
    """A tenure mention with its words and its document."""

    id: str
    document: str
    name: str
    outlet: str | None
    as_of: date
    person: str
    office: str
    status: str
    basis: str
    words: str


class StandIn(NamedTuple):
    """A happening that names a person by the office alone: the event mention, its event, the side, and the tenure that says who it was."""

    mention: str
    event: str
    role: str
    tenure: str


_TENURES = """
SELECT id, source, "of", office_key, office, person, person_key, names, first_seen, last_seen, begins_after, begins_by, ends_after, ends_by,
    witnesses, documents, doubts
FROM tenures
WHERE "of" IN (SELECT unnest($of)) AND office_key IN (SELECT unnest($offices))
ORDER BY source <> 'read', source, first_seen, person_key
"""


def tenures_of(con: duckdb.DuckDBPyConnection, of: Collection[str], offices: Collection[str]) -> list[TenureRow]:
    """All tenures of some offices of some states, what was read first."""
    return [_row(*row) for row in con.execute(_TENURES, {"of": list(of), "offices": list(offices)}).fetchall()]


def _row(*fields: Any) -> TenureRow:
    row = TenureRow(*fields)
    return row._replace(names=tuple(row.names), doubts=tuple(_doubt(d) for d in json.loads(fields[-1])))


def _doubt(doubt: dict[str, Any]) -> Doubt:
    return Doubt(**doubt | {edge: date.fromisoformat(doubt[edge]) for edge in ("first", "last")})


_WITNESSES = """
SELECT m.id, m.document, d.name, d.outlet, m.as_of, m.person, m.office, m.told, m.basis, substring(d.text, m.start + 1, m."end" - m.start)
FROM tenure_mentions m JOIN documents d ON d.id = m.document
WHERE m."of" = $of AND m.office_key = $office AND m.person_key IN (SELECT unnest($names)) AND m.basis <> 'resolved'
    AND m.told IN ('current', 'acting') AND m.as_of BETWEEN $first AND $last
    AND (CASE d.kind WHEN 'list' THEN coalesce(d.outlet, d.name) ELSE 'read' END) = $source
ORDER BY abs(m.as_of - $near), m.basis <> 'stated', m.id LIMIT $limit
"""


def witnesses_of(con: duckdb.DuckDBPyConnection, tenure: TenureRow, near: date, limit: int) -> list[WitnessRow]:
    """The witnesses of a tenure, those nearest to a day first."""
    wanted = {
        "of": tenure.of, "office": tenure.office_key, "names": list(tenure.names), "first": tenure.first_seen, "last": tenure.last_seen,
        "source": tenure.source, "near": near, "limit": limit,
    }  # fmt: skip
    return [WitnessRow(*row) for row in con.execute(_WITNESSES, wanted).fetchall()]


_STAND_INS = """
SELECT p.mention, e.event, p.role, min(h.id)
FROM tenures h
JOIN participants p ON p.office_key = h.office_key AND p.country = h."of"
JOIN event_mentions e ON e.id = p.mention
JOIN documents d ON d.id = p.document
WHERE list_has_any(h.names, $keys) AND coalesce(d.published, e.day) BETWEEN h.first_seen AND h.last_seen
GROUP BY ALL ORDER BY p.mention, p.role
"""


def stand_ins(con: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> list[StandIn]:
    """The happenings in which an office without a name stands for a person of these folded names: told on a day between two witnesses.

    "Le président algérien se rendra à Moscou" of 2020-06-02 names Abdelmadjid Tebboune, where others show him in office before and after.
    """
    return [StandIn(*row) for row in con.execute(_STAND_INS, {"keys": sorted(set(keys))}).fetchall()]
