"""What a ledger holds, for comparison."""

from __future__ import annotations

from depeche.ledger.store import Store


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a ledger, in an order of their own: two ledgers of the same documents have the same."""
    with store.connect() as con:
        tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {table: sorted(con.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in tables}


def documents(store: Store) -> list[str]:
    """The ids of a ledger's documents."""
    with store.connect() as con:
        return [d for (d,) in con.execute("SELECT id FROM documents ORDER BY id").fetchall()]
