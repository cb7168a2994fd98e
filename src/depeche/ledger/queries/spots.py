"""Where countries lie, as the ledger's own places tell it: no gazetteer is loaded for a question."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb


def countries_at(con: duckdb.DuckDBPyConnection, keys: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of countries by code, from places of the ledger under the folded names that `keys` gives by code."""
    if not keys:
        return {}
    rows = con.execute(
        "SELECT country, min(latitude), min(longitude) FROM places "
        "JOIN (SELECT unnest($codes) AS country, unnest($names) AS key) USING (country, key) "
        "WHERE latitude IS NOT NULL GROUP BY country",
        {"codes": list(keys), "names": list(keys.values())},
    ).fetchall()
    return {code: (latitude, longitude) for code, latitude, longitude in rows}
