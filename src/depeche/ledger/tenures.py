"""Tenures learned from tenure mentions: who held which office of whom, from when to when, with witnesses and doubts.

What was read and what each curated list says are kept apart: a tenure's `source` is "read" or the list's name. Every pair of a
state (or body, or group) and an office is worked out from all its mentions at once, so the order in which they came does not count.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import NamedTuple

import duckdb
import pyarrow as pa

from depeche.ledger.spells import Doubt, Evidence, Spell, find_spells
from depeche.ledger.tables import Row, insert_rows
from depeche.records import identity

READ = "read"

# Offices that one person holds at a time: of a state or body, …
_SOLE = frozenset(
    "head_of_state head_of_government speaker speaker_senate central_bank chief_of_staff un_head nato_head imf_head wb_head who_head "
    "ecb_head iaea_head au_head commission_president council_president ep_president eu_diplomacy pope supreme_guide crown_prince "
    "spokesperson.government first_lady".split()
)
# … where the title says of which part, …
_SOLE_OF_PART = frozenset("mayor governor prefect regional_head police_prefect ambassador".split())
# … and of a party or another group that has a name.
_SOLE_OF_GROUP = frozenset("president party_head ceo first_secretary secretary_general director_general".split())


class Pair(NamedTuple):
    """An office of a state, body or group."""

    of: str
    office_key: str


@dataclass(frozen=True, slots=True)
class _Listed:
    """A row of a list that gives a tenure its bounds: it ends in [ends_after, ends_by)."""

    person: str
    key: str
    begins: date
    ends_after: date | None
    ends_by: date | None


def is_sole(pair: Pair) -> bool:
    """Does one person hold the office at a time?"""
    base, _, part = pair.office_key.partition(":")
    if base.startswith("minister.") or base in _SOLE:
        return True
    return base in (_SOLE_OF_PART if part else _SOLE_OF_GROUP if len(pair.of) > 3 else ())


def update(con: duckdb.DuckDBPyConnection, pairs: Collection[tuple[str | None, str]]) -> None:
    """Work out the tenures of some offices anew, from all that the ledger has on them. A mention that does not say whose office
    it is makes no tenure."""
    known = sorted({Pair(of, key) for of, key in pairs if of and key})
    if not known:
        return
    con.register("touched_pairs", pa.table({"of": [p.of for p in known], "office_key": [p.office_key for p in known]}))
    try:
        con.execute(
            'DELETE FROM tenures USING touched_pairs p WHERE tenures."of" = p."of" AND tenures.office_key = p.office_key'
        )
        names = _Names(con)
        rows = [*_read_rows(_evidence(con), names), *_listed_rows(_listed(con), names)]
    finally:
        con.unregister("touched_pairs")
    insert_rows(con, "tenures", rows)


_MENTIONS = """
    FROM tenure_mentions m
    JOIN touched_pairs p ON m."of" = p."of" AND m.office_key = p.office_key
    JOIN documents d ON d.id = m.document
"""
_SOURCE = "CASE d.kind WHEN 'list' THEN coalesce(d.outlet, d.name) ELSE 'read' END"


def _evidence(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, Pair], list[Evidence]]:
    """What was said of each office week by week, by source."""
    found: dict[tuple[str, Pair], list[Evidence]] = defaultdict(list)
    rows = con.execute(
        f"""SELECT {_SOURCE}, m."of", m.office_key, m.person_key, m.told, CASE m.basis WHEN 'listed' THEN 'stated' ELSE m.basis END AS basis,
            date_trunc('week', m.as_of)::DATE AS week, min(m.as_of), max(m.as_of), count(DISTINCT d.origin), count(*),
            count(DISTINCT m.document)
        {_MENTIONS} WHERE m.as_of IS NOT NULL AND m.begins IS NULL AND m.basis <> 'resolved' GROUP BY ALL"""
    ).fetchall()
    for source, of, office, *rest in rows:
        found[source, Pair(of, office)].append(Evidence(*rest))
    return found


def _listed(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, Pair], list[_Listed]]:
    """The tenures that lists give with their bounds."""
    found: dict[tuple[str, Pair], list[_Listed]] = defaultdict(list)
    rows = con.execute(
        f"""SELECT DISTINCT {_SOURCE}, m."of", m.office_key, m.person, m.person_key, m.begins, m.ends_after, m.ends
        {_MENTIONS} WHERE m.begins IS NOT NULL"""
    ).fetchall()
    for source, of, office, *rest in rows:
        found[source, Pair(of, office)].append(_Listed(*rest))
    return found


class _Names:
    """How the mentions write the persons and offices, most often first."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._persons = _commonest(con, "m.person_key", "m.person")
        self._offices = _commonest(con, "''", "m.office")

    def person(self, source: str, pair: Pair, key: str) -> str:
        """The commonest writing of a folded name."""
        return self._persons[source, pair, key]

    def office(self, source: str, pair: Pair) -> str:
        """The commonest title of an office."""
        return self._offices[source, pair, ""]


def _commonest(con: duckdb.DuckDBPyConnection, key: str, words: str) -> dict[tuple[str, Pair, str], str]:
    rows = con.execute(
        f'SELECT {_SOURCE} AS source, m."of", m.office_key, {key} AS key, {words} AS words, count(*) AS n {_MENTIONS} GROUP BY ALL'
        " ORDER BY n, words DESC"
    ).fetchall()
    return {(source, Pair(of, office), k): w for source, of, office, k, w, _ in rows}  # the last one stands


def _read_rows(evidence: Mapping[tuple[str, Pair], Iterable[Evidence]], names: _Names) -> Iterator[Row]:
    for (source, pair), told in sorted(evidence.items()):
        for n, spell in enumerate(find_spells(told, is_sole(pair), trusted=source != READ)):
            yield _row(source, pair, spell, n, names)


def _row(source: str, pair: Pair, spell: Spell, n: int, names: _Names) -> Row:
    return {
        "id": identity("tenure", source, *pair, spell.person, n),
        "person": names.person(source, pair, spell.person), "person_key": spell.person, "names": list(spell.names),
        "office": names.office(source, pair), "office_key": pair.office_key, "of": pair.of,
        "first_seen": spell.first, "last_seen": spell.last,
        "begins_after": spell.begins_after, "begins_by": spell.first, "ends_after": spell.last, "ends_by": spell.ends_by,
        "witnesses": spell.witnesses, "documents": spell.documents, "doubts": _doubts_json(spell.doubts), "source": source,
    }  # fmt: skip


def _doubts_json(doubts: Iterable[Doubt]) -> str:
    return json.dumps([asdict(d) for d in doubts], ensure_ascii=False, default=str)


def _listed_rows(listed: Mapping[tuple[str, Pair], Iterable[_Listed]], names: _Names) -> Iterator[Row]:
    for (source, pair), rows in sorted(listed.items()):
        for t in sorted(rows, key=lambda t: (t.begins, t.key)):
            yield {
                "id": identity("tenure", source, *pair, t.key, t.begins.isoformat()),
                "person": t.person, "person_key": t.key, "names": [t.key],
                "office": names.office(source, pair), "office_key": pair.office_key, "of": pair.of,
                "first_seen": t.begins, "last_seen": t.ends_after,
                "begins_after": t.begins - timedelta(days=1), "begins_by": t.begins, "ends_after": t.ends_after, "ends_by": t.ends_by,
                "witnesses": 1, "documents": 1, "doubts": "[]", "source": source,
            }  # fmt: skip
