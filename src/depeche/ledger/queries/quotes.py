"""Quotes by who speaks, when and in which words; claims likewise."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import duckdb


@dataclass(frozen=True, slots=True)
class QuotesWanted:
    """Which quotes. Empty and None leave a side open; `since` and `until` are half-open days of publication, `text` is a pattern."""

    countries: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    text: str | None = None


class QuoteRow(NamedTuple):
    """One quote with its document. `chain` is JSON: who says so, nearest first."""

    id: str
    kind: str
    start: int
    end: int
    text: str
    speaker: str | None
    speaker_kind: str | None
    speaker_country: str | None
    chain: str
    document: str
    document_kind: str
    name: str
    url: str | None
    outlet: str | None
    title: str | None
    published: date | None
    origin: str


_COLUMNS = """
q.id, q.kind, q.start, q."end", q.text, q.speaker, q.speaker_kind, q.speaker_country, q.chain, d.id, d.kind, d.name, d.url, d.outlet, d.title,
d.published, d.origin
"""
ORDERS = {
    "newest": "published DESC NULLS LAST, document, start, id",
    "oldest": "published ASC NULLS LAST, document, start, id",
}


def find_quotes(
    con: duckdb.DuckDBPyConnection, wanted: QuotesWanted, order: str = "newest", limit: int | None = None
) -> tuple[list[QuoteRow], int]:
    """The quotes wanted in an order of `ORDERS`, at most `limit`, and how many there are in all."""
    clauses: list[str] = ["true"]
    values: dict[str, Any] = {}
    for name, chosen, clause in (
        ("countries", wanted.countries, "q.speaker_country IN (SELECT unnest($countries))"),
        ("keys", wanted.keys, "q.speaker_key IN (SELECT unnest($keys))"),
        ("kinds", wanted.kinds, "q.kind IN (SELECT unnest($kinds))"),
        ("holders", wanted.holders, "coalesce(q.speaker_kind, 'none') IN (SELECT unnest($holders))"),
        ("outlets", wanted.outlets, "lower(d.outlet) IN (SELECT lower(unnest($outlets)))"),
        ("since", wanted.since, "d.published >= $since"),
        ("until", wanted.until, "d.published < $until"),
        ("text", wanted.text, "regexp_matches(q.text, $text)"),
    ):
        if chosen:
            clauses.append(clause)
            values[name] = list(chosen) if isinstance(chosen, tuple) else chosen
    page = "" if limit is None else f" LIMIT {int(limit)}"
    # the page is found by narrow columns first, then its rows alone are read whole
    found = con.execute(
        "SELECT q.rowid, q.id AS id, q.document AS document, q.start AS start, d.published AS published, count(*) OVER () FROM quotes q "
        f"JOIN documents d ON d.id = q.document WHERE {' AND '.join(clauses)} ORDER BY {ORDERS[order]}{page}",
        values,
    ).fetchall()
    rows = _whole(con, [row[0] for row in found])
    return [rows[row[0]] for row in found], found[0][-1] if found else 0


def _whole(con: duckdb.DuckDBPyConnection, numbers: Collection[int]) -> dict[int, QuoteRow]:
    """Quotes by the numbers of their rows."""
    if not numbers:
        return {}
    rows = con.execute(
        f"SELECT q.rowid, {_COLUMNS} FROM quotes q JOIN documents d ON d.id = q.document WHERE q.rowid IN (SELECT unnest($numbers))",
        {"numbers": list(numbers)},
    ).fetchall()
    return {row[0]: QuoteRow(*row[1:]) for row in rows}
