"""The offices of a person, as the tenures of the ledger tell them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import duckdb


class OfficeRow(NamedTuple):
    """One tenure: seen from `first_seen` to `last_seen`, both included, by `witnesses` mentions in `documents`; `source` is 'read' or the
    name of a list."""

    id: str
    person: str
    office: str
    office_key: str
    of: str | None
    first_seen: date | None
    last_seen: date | None
    witnesses: int
    documents: int
    source: str


_OFFICES = """
SELECT id, person, office, office_key, "of", first_seen, last_seen, witnesses, documents, source
FROM tenures WHERE person_key IN (SELECT unnest($keys)) AND first_seen IS NOT NULL
ORDER BY first_seen, last_seen, id
"""


def offices_of(con: duckdb.DuckDBPyConnection, keys: Collection[str]) -> list[OfficeRow]:
    """The tenures of those whom most witnesses call by one of the folded names, by first day."""
    return [OfficeRow(*row) for row in con.execute(_OFFICES, {"keys": list(keys)}).fetchall()]
