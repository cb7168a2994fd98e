"""Rows into tables, many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
