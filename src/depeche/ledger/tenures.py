"""Tenures learned from tenure mentions: who held which office of whom, from when to when, with witnesses and doubts.

What was read and what each curated list says are kept apart: a tenure's `source` is "read" or the list's name. Every pair of a
state (or body, or group) and an office is worked out from all its mentions at once, so the order in which they came does not count.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

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

    office: str
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


def update(
    con: duckdb.DuckDBPyConnection, pairs: Collection[tuple[str | None, str]], documents: Collection[str] | None = None
) -> None:
    """Work out the tenures of some offices anew. A mention that does not say whose office it is makes no tenure.

    `pairs` are the offices of which anything was said by what came, went or has another origin now; where nothing went, `documents` may
    be what came or has another origin: then only the months in which they speak are summed up anew, which takes a time that does not
    grow with what the ledger holds.
    """
    known = sorted({Pair(of, key) for of, key in pairs if of and key})
    if not known:
        return
    con.register("touched_pairs", pa.table({"of": [p.of for p in known], "office_key": [p.office_key for p in known]}))
    _sum_up(con, documents)
    con.register("touched", _touched(con, known, documents))
    con.execute(
        'DELETE FROM tenures USING touched t WHERE tenures."of" = t."of" AND tenures.office_key = t.office_key '
        "AND (t.person_key IS NULL OR tenures.person_key = t.person_key)"
    )
    evidence, names = _evidence(con)
    rows = [*_read_rows(evidence, names), *_listed_rows(_listed(con))]
    insert_rows(con, "tenures", rows)
    if any(row["source"] != READ for row in rows):
        con.execute(_COUNT_LISTS)
    con.unregister("touched_pairs")
    con.unregister("touched")


# The documents of news speak on one day, those of a list in many months.
_COUNT_LISTS = """
UPDATE tenures SET documents = n.documents FROM (
    SELECT t.id, count(DISTINCT m.document) AS documents FROM tenures t
    JOIN touched_pairs p ON t."of" = p."of" AND t.office_key = p.office_key
    JOIN tenure_mentions m ON m."of" = t."of" AND m.office_key = t.office_key AND list_contains(t.names, m.person_key)
    JOIN documents d ON d.id = m.document AND d.kind = 'list' AND d.outlet = t.source
    GROUP BY t.id
) n WHERE tenures.id = n.id
"""


def _touched(con: duckdb.DuckDBPyConnection, pairs: Sequence[Pair], documents: Collection[str] | None) -> pa.Table:
    """What is worked out anew: of an office that one person holds, all; of others, each person of whom the documents speak.

    The persons of an office of many have nothing to do with each other; one name is one person there.
    """
    persons: dict[Pair, list[str]] = defaultdict(list)
    if documents is not None:
        found = con.execute(
            'SELECT DISTINCT m."of", m.office_key, m.person_key FROM tenure_mentions m JOIN touched_pairs p '
            'ON m."of" = p."of" AND m.office_key = p.office_key WHERE m.document IN (SELECT unnest(?))',
            [list(documents)],
        ).fetchall()
        for of, office, person in found:
            persons[Pair(of, office)].append(person)
    rows = [
        (*pair, person, is_sole(pair))
        for pair in pairs
        for person in ([None] if documents is None or is_sole(pair) else persons[pair])
    ]
    names = [("of", pa.string()), ("office_key", pa.string()), ("person_key", pa.string()), ("sole", pa.bool_())]
    return pa.table([[row[n] for row in rows] for n in range(len(names))], schema=pa.schema(names))


_SOURCE = "CASE d.kind WHEN 'list' THEN coalesce(d.outlet, d.name) ELSE 'read' END"
_MONTHS_OF = """
CREATE TEMP TABLE touched_months AS
SELECT DISTINCT m."of", m.office_key, date_trunc('month', m.as_of)::DATE AS month FROM tenure_mentions m
JOIN touched_pairs p ON m."of" = p."of" AND m.office_key = p.office_key
WHERE m.as_of IS NOT NULL
"""
_CLEAR_MONTHS = """
DELETE FROM tenure_months USING touched_months t
WHERE tenure_months."of" = t."of" AND tenure_months.office_key = t.office_key AND tenure_months.month = t.month
"""
_CLEAR_PAIRS = """
DELETE FROM tenure_months USING touched_pairs p WHERE tenure_months."of" = p."of" AND tenure_months.office_key = p.office_key
"""
_SUM_UP = f"""
INSERT INTO tenure_months BY NAME
WITH told AS (
    SELECT {_SOURCE} AS source, m."of", m.office_key, m.person_key, m.told,
        CASE m.basis WHEN 'listed' THEN 'stated' ELSE m.basis END AS basis, t.month, m.as_of, m.document, d.origin, m.person, m.office
    FROM tenure_mentions m
    JOIN touched_months t ON m."of" = t."of" AND m.office_key = t.office_key AND date_trunc('month', m.as_of)::DATE = t.month
    JOIN documents d ON d.id = m.document
    WHERE m.begins IS NULL AND m.basis <> 'resolved'
)
SELECT source, "of", office_key, person_key, told, basis, month, min(as_of) AS first, max(as_of) AS last,
    count(DISTINCT origin) AS origins, count(*) AS mentions, count(DISTINCT document) AS documents, {{person}} AS person, {{office}} AS office
FROM told GROUP BY ALL
"""


def _sum_up(con: duckdb.DuckDBPyConnection, documents: Collection[str] | None) -> None:
    """Sum up anew what the months say in which documents speak, or all months of the offices."""
    if documents is None:
        con.execute(_MONTHS_OF)
        con.execute(_CLEAR_PAIRS)
    else:
        con.execute(_MONTHS_OF + " AND m.document IN (SELECT unnest(?))", [list(documents)])
        con.execute(_CLEAR_MONTHS)
    con.execute(_SUM_UP.format(person=_commonest("person"), office=_commonest("office")))
    con.execute("DROP TABLE touched_months")


def _commonest(column: str) -> str:
    """The commonest value of a column, the first by letters among equals."""
    return f"list_sort(list_transform(map_entries(histogram({column})), lambda e: {{'n': -CAST(e.value AS BIGINT), 'words': e.key}}))[1].words"


_OWN = 'JOIN touched t ON m."of" = t."of" AND m.office_key = t.office_key AND (t.person_key IS NULL OR m.person_key = t.person_key)'
# The longer an office is spoken of, the coarser the evidence: its amount stays the same, and with it the time that an office takes.
_EVIDENCE = f"""
WITH own AS (SELECT m.*, CASE WHEN t.sole THEN '' ELSE m.person_key END AS unit FROM tenure_months m {_OWN}),
sizes AS (
    SELECT source, "of", office_key, unit, CASE WHEN max(last) - min(first) < 6000 THEN 'month' ELSE 'quarter' END AS size
    FROM own GROUP BY ALL
)
SELECT source, "of", office_key, person_key, told, basis, date_trunc(size, month)::DATE AS bin, min(first), max(last), sum(origins)::INTEGER,
    sum(mentions)::INTEGER, sum(documents)::INTEGER, arg_max(person, (mentions, person)), arg_max(office, (mentions, office))
FROM own JOIN sizes USING (source, "of", office_key, unit) GROUP BY ALL
"""

Source: TypeAlias = tuple[str, Pair]


def _evidence(con: duckdb.DuckDBPyConnection) -> tuple[dict[Source, list[Evidence]], _Names]:
    """What was said of each office, bin by bin, by source, and how it writes the names."""
    found: dict[Source, list[Evidence]] = defaultdict(list)
    names = _Names()
    for source, of, office, *rest, person, title in con.execute(_EVIDENCE).fetchall():
        evidence = Evidence(*rest)
        found[source, Pair(of, office)].append(evidence)
        names.enter((source, Pair(of, office)), evidence, person, title)
    return found, names


class _Names:
    """How the mentions write the persons and offices, most often."""

    def __init__(self) -> None:
        self._persons: dict[tuple[Source, str], Counter[str]] = defaultdict(Counter)
        self._offices: dict[tuple[Source, str], Counter[str]] = defaultdict(Counter)

    def enter(self, of: Source, evidence: Evidence, person: str, title: str) -> None:
        """Count how a month's mentions write them."""
        self._persons[of, evidence.key][person] += evidence.mentions
        self._offices[of, self._unit(of, evidence.key)][title] += evidence.mentions

    def person(self, of: Source, key: str) -> str:
        """The commonest writing of a folded name."""
        return _first(self._persons[of, key])

    def office(self, of: Source, key: str) -> str:
        """The commonest title of an office; of an office of many, that of one person."""
        return _first(self._offices[of, self._unit(of, key)])

    @staticmethod
    def _unit(of: Source, key: str) -> str:
        return "" if is_sole(of[1]) else key


def _first(counts: Counter[str]) -> str:
    return min(counts, key=lambda words: (-counts[words], words))


_LISTED = f"""
SELECT DISTINCT {_SOURCE}, m."of", m.office_key, m.office, m.person, m.person_key, m.begins, m.ends_after, m.ends
FROM tenure_mentions m {_OWN} JOIN documents d ON d.id = m.document WHERE m.begins IS NOT NULL
"""


def _listed(con: duckdb.DuckDBPyConnection) -> dict[Source, list[_Listed]]:
    """The tenures that lists give with their bounds."""
    found: dict[Source, list[_Listed]] = defaultdict(list)
    for source, of, office, *rest in con.execute(_LISTED).fetchall():
        found[source, Pair(of, office)].append(_Listed(*rest))
    return found


def _read_rows(evidence: Mapping[Source, Iterable[Evidence]], names: _Names) -> Iterator[Row]:
    for of, told in sorted(evidence.items()):
        seen: Counter[str] = Counter()
        for spell in find_spells(told, is_sole(of[1]), trusted=of[0] != READ):
            yield _row(*of, spell, seen[spell.person], names)
            seen[spell.person] += 1


def _row(source: str, pair: Pair, spell: Spell, n: int, names: _Names) -> Row:
    return {
        "id": identity("tenure", source, *pair, spell.person, n),
        "person": names.person((source, pair), spell.person), "person_key": spell.person, "names": list(spell.names),
        "office": names.office((source, pair), spell.person), "office_key": pair.office_key, "of": pair.of,
        "first_seen": spell.first, "last_seen": spell.last,
        "begins_after": spell.begins_after, "begins_by": spell.first, "ends_after": spell.last, "ends_by": spell.ends_by,
        "witnesses": spell.witnesses, "documents": spell.documents, "doubts": _doubts_json(spell.doubts), "source": source,
    }  # fmt: skip


def _doubts_json(doubts: Iterable[Doubt]) -> str:
    rows = [
        {"kind": d.kind, "person": d.person, "first": str(d.first), "last": str(d.last), "witnesses": d.witnesses}
        for d in doubts
    ]
    return json.dumps(rows, ensure_ascii=False)


def _listed_rows(listed: Mapping[Source, Iterable[_Listed]]) -> Iterator[Row]:
    for (source, pair), rows in sorted(listed.items()):
        for t in sorted(rows, key=lambda t: (t.begins, t.key)):
            yield {
                "id": identity("tenure", source, *pair, t.key, t.begins.isoformat()),
                "person": t.person, "person_key": t.key, "names": [t.key],
                "office": t.office, "office_key": pair.office_key, "of": pair.of,
                "first_seen": t.begins, "last_seen": t.ends_after,
                "begins_after": t.begins - timedelta(days=1), "begins_by": t.begins, "ends_after": t.ends_after, "ends_by": t.ends_by,
                "witnesses": 1, "documents": 1, "doubts": "[]", "source": source,
            }  # fmt: skip
