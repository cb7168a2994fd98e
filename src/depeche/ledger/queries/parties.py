"""Which actors of the ledger a name may mean."""

from __future__ import annotations

from typing import NamedTuple

import duckdb


class Named(NamedTuple):
    """A folded name, its usual spelling, the mentions of it, and the numbers of the rows that hold it, good for this connection."""

    key: str
    name: str
    mentions: int
    rows: list[int]


_IN_EVENTS = """
SELECT key, arg_max(name, mentions), sum(mentions)::BIGINT AS n, list(rowid)
FROM event_sides
WHERE contains(key, $last) AND (key = $last OR contains(' ' || key || ' ', ' ' || $words || ' '))
GROUP BY key ORDER BY n DESC, key
"""
_IN_QUOTES = """
SELECT speaker_key, mode(speaker), count(*) AS n, list(rowid)
FROM quotes
WHERE contains(speaker_key, $last) AND (speaker_key = $last OR contains(' ' || speaker_key || ' ', ' ' || $words || ' '))
GROUP BY speaker_key ORDER BY n DESC, speaker_key
"""
_NEAREST = """
SELECT arg_max(name, mentions) AS name,
  greatest(jaro_winkler_similarity(key, $words), jaro_winkler_similarity(split_part(key, ' ', -1), $words)) AS likeness
FROM event_sides
WHERE kind IS DISTINCT FROM 'crowd'
GROUP BY key
HAVING likeness > 0.85
ORDER BY likeness DESC, key
LIMIT 3
"""


def actors_named(con: duckdb.DuckDBPyConnection, words: str) -> list[Named]:
    """Actors of events whose folded name holds the folded words, or is their last word alone; the most mentioned first."""
    return [Named(*row) for row in con.execute(_IN_EVENTS, {"words": words, "last": words.split()[-1]}).fetchall()]


def speakers_named(con: duckdb.DuckDBPyConnection, words: str) -> list[Named]:
    """The same among those who speak in quotes."""
    return [Named(*row) for row in con.execute(_IN_QUOTES, {"words": words, "last": words.split()[-1]}).fetchall()]


def nearest_names(con: duckdb.DuckDBPyConnection, words: str) -> list[str]:
    """Names of actors that are spelt nearly like the folded words, or whose last word is."""
    return [name for name, _ in con.execute(_NEAREST, {"words": words}).fetchall()]


_PLACES = "SELECT id FROM places WHERE contains(' ' || key || ' ', ' ' || $words || ' ')"
_SAME_SPOT = """
SELECT p.id FROM places p
JOIN (SELECT DISTINCT latitude, longitude FROM places WHERE key = $words AND latitude IS NOT NULL) s
  ON p.latitude = s.latitude AND p.longitude = s.longitude
"""
_NEAREST_PLACES = """
SELECT min(name) FROM places GROUP BY key
HAVING jaro_winkler_similarity(key, $words) > 0.85
ORDER BY jaro_winkler_similarity(key, $words) DESC, key LIMIT 3
"""


def places_named(con: duckdb.DuckDBPyConnection, words: str) -> list[str]:
    """The ids of the places whose folded name holds the folded words, and of those on the very spot of one that is called so."""
    found = con.execute(f"{_PLACES} UNION {_SAME_SPOT} ORDER BY id", {"words": words}).fetchall()
    return [place for (place,) in found]


def nearest_places(con: duckdb.DuckDBPyConnection, words: str) -> list[str]:
    """Names of places that are spelt nearly like the folded words."""
    return [name for (name,) in con.execute(_NEAREST_PLACES, {"words": words}).fetchall()]
