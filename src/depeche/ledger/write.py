"""Whole documents into the ledger and out of it, and all that rests on them, in one transaction a batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import duckdb

from depeche.ledger import tenures
from depeche.ledger.rows import DocumentRows
from depeche.ledger.store import Store
from depeche.ledger.tables import insert_rows

# The tables whose rows belong to one document, by its id in their column `document`.
OWNED = (
    "actors", "mentions", "times", "event_mentions", "participants", "quotes", "tenure_mentions", "claims", "list_coverage",
)  # fmt: skip


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
        touched = _touched(con, removed)
        _delete(con, removed)
        known = set(_present(con, fresh))
        added = [document for document in fresh if document not in known]
        _insert(con, [fresh[document] for document in added])
        _drop_unnamed_places(con, touched.places)
        _derive(con, added, touched)
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


@dataclass(frozen=True, slots=True)
class Touched:
    """What rested on documents that go, besides their own rows."""

    mentions: frozenset[str] = frozenset()  # event mentions of other documents that share an event with theirs
    offices: frozenset[tuple[str | None, str]] = frozenset()  # (of, office_key) of their tenure mentions
    places: frozenset[str] = frozenset()
    copies: frozenset[str] = frozenset()  # documents that are held for copies of theirs


def _touched(con: duckdb.DuckDBPyConnection, documents: list[str]) -> Touched:
    """Collected before the rows go."""
    if not documents:
        return Touched()

    def found(query: str) -> list[tuple[str, ...]]:
        return con.execute(f"WITH gone AS (SELECT unnest(?) AS document) {query}", [documents]).fetchall()

    shared = """SELECT other.id FROM event_mentions other ANTI JOIN gone USING (document)
        WHERE other.event IN (SELECT event FROM event_mentions JOIN gone USING (document))"""
    return Touched(
        mentions=frozenset(mention for (mention,) in found(shared)),
        offices=frozenset(_offices(con, documents)),
        places=frozenset(
            p
            for (p,) in found(
                "SELECT DISTINCT place FROM event_mentions JOIN gone USING (document) WHERE place IS NOT NULL"
            )
        ),
        copies=frozenset(
            d for (d,) in found("SELECT id FROM documents WHERE origin IN (FROM gone) AND id NOT IN (FROM gone)")
        ),
    )


def _delete(con: duckdb.DuckDBPyConnection, documents: list[str]) -> None:
    if not documents:
        return
    for table in (*OWNED, "signature_bands"):
        con.execute(f'DELETE FROM "{table}" WHERE document IN (SELECT unnest(?))', [documents])
    con.execute("DELETE FROM documents WHERE id IN (SELECT unnest(?))", [documents])


def _drop_unnamed_places(con: duckdb.DuckDBPyConnection, places: Collection[str]) -> None:
    """Take those of the places out that no event names any more."""
    if places:
        con.execute(
            "DELETE FROM places WHERE id IN (SELECT unnest(?)) AND id NOT IN (SELECT place FROM event_mentions WHERE place IS NOT NULL)",
            [list(places)],
        )


def _derive(con: duckdb.DuckDBPyConnection, added: list[str], touched: Touched) -> None:
    """Make the derived tables true again, after the documents have come and gone."""
    tenures.update(con, touched.offices | _offices(con, added))


def _offices(con: duckdb.DuckDBPyConnection, documents: list[str]) -> set[tuple[str | None, str]]:
    """The offices, as (of, office_key), of which documents say who holds them."""
    query = 'SELECT DISTINCT "of", office_key FROM tenure_mentions WHERE document IN (SELECT unnest(?))'
    return {(of, office) for of, office in con.execute(query, [documents]).fetchall()} if documents else set()
