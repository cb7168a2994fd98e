"""Many rows at once: into tables, and out of them by their keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import duckdb
import pyarrow as pa

Row: TypeAlias = Mapping[str, object]


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns of the table as keys; the columns that they leave out are NULL."""
    if not rows:
        return
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    con.register("fresh_rows", pa.table(columns))
    con.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM fresh_rows')
    con.unregister("fresh_rows")


def row_ids(con: duckdb.DuckDBPyConnection, table: str, key: str, values: Iterable[str]) -> list[int]:
    """The numbers of the rows whose key is one of some values, for `WHERE rowid IN (SELECT unnest(?))`.

    In two steps since a join reads all columns of the whole table that it returns, while the second step reads only what lies near the
    rows. Measured with 200 documents among 220,000: 20 + 6 ms, not 160.
    """
    found = con.execute(f'SELECT rowid FROM "{table}" WHERE "{key}" IN (SELECT unnest(?))', [list(values)])
    return [number for (number,) in found.fetchall()]
