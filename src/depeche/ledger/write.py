"""Whole documents into the ledger and out of it, and all that rests on them, in one transaction a batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import duckdb

from depeche.ledger import dating, merge, origins, tenures
from depeche.ledger.rows import DocumentRows
from depeche.ledger.store import Store
from depeche.ledger.tables import insert_rows

# The tables whose rows belong to one document, by its id in their column `document`.
OWNED = (
    "actors", "mentions", "times", "event_mentions", "participants", "quotes", "tenure_mentions", "claims", "list_coverage",
)  # fmt: skip

# An office and of whom, as tenure mentions name it: (of, office_key).
Office: TypeAlias = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of the documents that a batch brought and took away, in order."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def add(store: Store, batch: Iterable[DocumentRows]) -> Changes:
    """Add documents with all their rows; those that the ledger has already change nothing."""
    return exchange(store, new=tuple(batch))


def forget(store: Store, documents: Iterable[str]) -> Changes:
    """Take documents out by their ids, with all that rests on them; ids that the ledger does not have change nothing."""
    return exchange(store, gone=tuple(documents))


def exchange(
    store: Store, *, gone: Sequence[str] = (), new: Sequence[DocumentRows] = (), replace: bool = False
) -> Changes:
    """Take the documents `gone` out, add those of `new` that are not in, and make the derived tables true again: one transaction.

    With `replace`, those of `new` take the place of documents that have their id or their URL.
    """
    fresh = {rows.id: rows for rows in (_last_of_each_url(new) if replace else new)}
    with store.connect(write=True) as con:
        if replace:
            gone = [*gone, *fresh, *_at_urls(con, fresh.values())]
        removed = _present(con, gone)
        offices, places = _offices(con, removed), _places(con, removed)
        _delete(con, removed)
        known = set(_present(con, fresh))
        added = [document for document in fresh if document not in known]
        _insert(con, [fresh[document] for document in added])
        _drop_unnamed_places(con, places)
        _derive(con, list(dict.fromkeys([*added, *removed])), offices)
    return Changes(tuple(added), tuple(removed))


def known_documents(store: Store, documents: Collection[str]) -> set[str]:
    """Those of the ids that the ledger has."""
    with store.connect() as con:
        return set(_present(con, documents))


def _present(con: duckdb.DuckDBPyConnection, documents: Collection[str]) -> list[str]:
    if not documents:
        return []
    found = con.execute(
        "SELECT id FROM documents JOIN (SELECT unnest(?) AS id) USING (id)", [list(documents)]
    ).fetchall()
    present = {document for (document,) in found}
    return [document for document in dict.fromkeys(documents) if document in present]


def _insert(con: duckdb.DuckDBPyConnection, batch: Sequence[DocumentRows]) -> None:
    if not batch:
        return
    for table in ("documents", *OWNED):
        insert_rows(con, table, [row for rows in batch for row in rows.tables.get(table, ())])
    named = {row["id"]: row for rows in batch for row in rows.tables.get("places", ())}
    known = con.execute("SELECT id FROM places JOIN (SELECT unnest(?) AS id) USING (id)", [list(named)]).fetchall()
    insert_rows(con, "places", [row for place, row in named.items() if (place,) not in known])


def _last_of_each_url(new: Sequence[DocumentRows]) -> list[DocumentRows]:
    return list({rows.tables["documents"][0]["url"] or rows.id: rows for rows in new}.values())


def _at_urls(con: duckdb.DuckDBPyConnection, new: Iterable[DocumentRows]) -> list[str]:
    """The documents that have the URLs of new ones."""
    urls = [url for rows in new if (url := rows.tables["documents"][0]["url"])]
    found = con.execute("SELECT id FROM documents JOIN (SELECT unnest(?) AS url) USING (url)", [urls]) if urls else None
    return [document for (document,) in found.fetchall()] if found else []


def _places(con: duckdb.DuckDBPyConnection, documents: list[str]) -> list[str]:
    """The places that events of the documents name."""
    query = "SELECT DISTINCT place FROM event_mentions WHERE place IS NOT NULL AND document IN (SELECT unnest(?))"
    return [place for (place,) in con.execute(query, [documents]).fetchall()]


def _delete(con: duckdb.DuckDBPyConnection, documents: list[str]) -> None:
    if not documents:
        return
    for table in OWNED:
        con.execute(f'DELETE FROM "{table}" WHERE document IN (SELECT unnest(?))', [documents])
    con.execute("DELETE FROM documents WHERE id IN (SELECT unnest(?))", [documents])


def _drop_unnamed_places(con: duckdb.DuckDBPyConnection, places: Collection[str]) -> None:
    """Take those of the places out that no event names any more."""
    if places:
        con.execute(
            "DELETE FROM places WHERE id IN (SELECT unnest(?)) AND id NOT IN (SELECT place FROM event_mentions WHERE place IS NOT NULL)",
            [list(places)],
        )


def _derive(con: duckdb.DuckDBPyConnection, documents: list[str], offices: set[Office]) -> None:
    """Make the derived tables true again after documents have come and gone; `offices` are those that what went said something of."""
    copied = origins.assign(con, documents)
    merge.update(con, documents, copied)
    changed = [*documents, *copied]
    others = _offices(con, changed) - offices
    tenures.update(con, offices)
    tenures.update(con, others, changed)
    dating.update(con, changed, offices | others)


def _offices(con: duckdb.DuckDBPyConnection, documents: list[str]) -> set[Office]:
    """The offices, as (of, office_key), of which documents say who holds them."""
    query = 'SELECT DISTINCT "of", office_key FROM tenure_mentions WHERE document IN (SELECT unnest(?))'
    return {(of, office) for of, office in con.execute(query, [documents]).fetchall()} if documents else set()
