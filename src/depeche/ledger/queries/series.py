"""What a series needs: the days of the events of a pair, and how much was read when."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import duckdb

from depeche.ledger.queries.happenings import Wanted, find_columns

#: The lengths of a period, as the user and DuckDB call them.
GRAINS = ("day", "week", "month", "quarter", "year")


class Dated(NamedTuple):
    """An event by its type and the days on which it may lie, both included."""

    id: str
    type: str
    mode: str | None
    day: date | None
    day_last: date | None


def dated_events(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> list[Dated]:
    """The events wanted by day."""
    rows = find_columns(
        con, wanted, "e.id, e.type, e.mode, e.day, e.day_last", "ORDER BY e.day NULLS LAST, e.day_last, e.id"
    )
    return [Dated(*row) for row in rows]


def documents_by(con: duckdb.DuckDBPyConnection, grain: str) -> dict[date, int]:
    """How many documents were published in each period of a grain of `GRAINS`, by its first day; lists and undated texts aside."""
    rows = con.execute(
        "SELECT date_trunc($grain, published)::DATE, count(*) FROM documents WHERE kind = 'text' AND published IS NOT NULL GROUP BY 1",
        {"grain": grain},
    ).fetchall()
    return dict(rows)


class Led(NamedTuple):
    """A visit by where it may have led: the country of its place, and those of its hosts as `events.receiving` has them."""

    id: str
    country: str | None
    receiving: str


def visits_led(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> list[Led]:
    """The visits wanted, by day."""
    return [
        Led(*row)
        for row in find_columns(con, wanted, "e.id, e.country, e.receiving", "ORDER BY e.day NULLS LAST, e.id")
    ]
