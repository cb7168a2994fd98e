"""Documents and records as they stand in the ledger."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping

import duckdb

from depeche.ledger.rows import Row
from depeche.records import Block, Document

# The kinds of record that answers name, and their tables. An event has the id of its first mention: it is looked for before them.
KINDS = {
    "event": "events",
    "event mention": "event_mentions",
    "quote": "quotes",
    "tenure": "tenures",
    "tenure mention": "tenure_mentions",
    "claim": "claims",
    "document": "documents",
}


def find_record(con: duckdb.DuckDBPyConnection, record: str) -> tuple[str, Row] | None:
    """The kind of a record and its row, by the id of either; None where the ledger has none of that id."""
    for kind, table in KINDS.items():
        rows = fetch(con, f'SELECT * FROM "{table}" WHERE id = ?', [record])
        if rows:
            return kind, rows[0]
    return None


def fetch(con: duckdb.DuckDBPyConnection, query: str, parameters: list[object] | None = None) -> list[Row]:
    """The answer of a query as rows, with its columns as keys."""
    cursor = con.execute(query, parameters or [])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def rows_of_documents(con: duckdb.DuckDBPyConnection, table: str, documents: Collection[str]) -> list[Row]:
    """The rows that documents own in a table, in the order in which they came."""
    return fetch(
        con, f'SELECT t.* FROM "{table}" t JOIN (SELECT unnest(?) AS document) USING (document)', [list(documents)]
    )


def document_rows(con: duckdb.DuckDBPyConnection, documents: Iterable[str]) -> dict[str, Row]:
    """The rows of documents by their ids."""
    wanted = "SELECT d.* EXCLUDE (minhash) FROM documents d JOIN (SELECT unnest(?) AS id) USING (id)"
    return {str(row["id"]): row for row in fetch(con, wanted, [list(dict.fromkeys(documents))])}


def as_document(row: Mapping[str, object]) -> Document:
    """The Document that a row of documents was made from."""
    kept = {name: row[name] for name in ("id", "text", "lang", "published", "outlet", "title", "url", "source", "name")}
    blocks = tuple(Block(b["start"], b["end"], b["kind"]) for b in json.loads(str(row["blocks"])))
    return Document(**kept, blocks=blocks)  # type: ignore[arg-type]  # the columns are of the fields' types


def resolve_documents(con: duckdb.DuckDBPyConnection, words: str) -> list[str]:
    """The ids of the documents that have these words for id, else for URL, else for name."""
    for column in ("id", "url", "name"):
        found = con.execute(f"SELECT id FROM documents WHERE {column} = ? ORDER BY id", [words]).fetchall()
        if found:
            return [document for (document,) in found]
    return []


def reader_stamps(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, str, str]]:
    """Of each document that was read (lists are not): id, language, the stamp of its reader, and what kind of source it came from."""
    found = con.execute("SELECT id, lang, reader, source FROM documents WHERE kind = 'text' ORDER BY published, id")
    yield from found.fetchall()


def count_rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many there are of each kind of record, and how many events have more than one mention, document or origin."""
    counts = {
        "documents": "SELECT count(*) FROM documents WHERE kind = 'text'",
        "lists": "SELECT count(*) FROM documents WHERE kind = 'list'",
        "origins": "SELECT count(DISTINCT origin) FROM documents",
        "actors": "SELECT count(*) FROM actors",
        "mentions": "SELECT count(*) FROM mentions",
        "event mentions": "SELECT count(*) FROM event_mentions",
        "events": "SELECT count(*) FROM events",
        "events with several mentions": "SELECT count(*) FROM events WHERE mentions > 1",
        "events in several documents": "SELECT count(*) FROM events WHERE documents > 1",
        "events of several origins": "SELECT count(*) FROM events WHERE origins > 1",
        "quotes": "SELECT count(*) FROM quotes",
        "tenure mentions": "SELECT count(*) FROM tenure_mentions",
        "tenures": "SELECT count(*) FROM tenures",
        "claims": "SELECT count(*) FROM claims",
        "places": "SELECT count(*) FROM places",
    }
    selected = ", ".join(f"({query})" for query in counts.values())
    found = con.execute(f"SELECT {selected}").fetchone() or ()
    return dict(zip(counts, found, strict=True))


# The records that open on words of one document: tables that have `start`, `end` and `rule`.
TOLD = {"event mention": "event_mentions", "quote": "quotes", "tenure mention": "tenure_mentions", "claim": "claims"}


def records_behind(con: duckdb.DuckDBPyConnection, kind: str, row: Row) -> list[tuple[str, Row]]:
    """The records with words that a record rests on, each with its kind, by day of publication: of an event its mentions, of a tenure
    those who witness it, of a claim also the mention that it is about, of a document all that it tells; any other is its own."""
    if kind == "event":
        return _told(con, "event mention", "t.event = ?", [row["id"]])
    if kind == "tenure":
        return _told(con, "tenure mention", _WITNESSES, [row[name] for name in _OF_TENURE])
    if kind == "document":
        return [record for told in TOLD for record in _told(con, told, "t.document = ?", [row["id"]])]
    about = _told(con, "event mention", "t.id = ?", [row["mention"]]) if kind == "claim" else []
    return [(kind, row), *about]


# The mentions that make a tenure: under one of the person's names, in the same source, within its days.
_WITNESSES = """list_contains(?, t.person_key) AND t.office_key = ? AND t."of" = ?
    AND CASE d.kind WHEN 'list' THEN coalesce(d.outlet, d.name) ELSE 'read' END = ?
    AND t.basis <> 'resolved' AND t.told IN ('current', 'acting') AND (t.as_of IS NULL OR t.as_of BETWEEN ? AND coalesce(?, t.as_of))"""
_OF_TENURE = ("names", "office_key", "of", "source", "first_seen", "last_seen")


def sides(con: duckdb.DuckDBPyConnection, kind: str, record: str) -> list[Row]:
    """Who is in an event or event mention: rows with `role` (actor or recipient), `name`, `country`, in order; none for other kinds."""
    if kind == "event":
        return fetch(
            con,
            "SELECT role, name, country FROM event_sides WHERE event = ? ORDER BY role, mentions DESC, key",
            [record],
        )
    if kind == "event mention":
        return fetch(con, "SELECT role, name, country FROM participants WHERE mention = ? ORDER BY role, n", [record])
    return []


def _told(con: duckdb.DuckDBPyConnection, kind: str, condition: str, parameters: list[object]) -> list[tuple[str, Row]]:
    query = f"SELECT t.* FROM {TOLD[kind]} t JOIN documents d ON d.id = t.document WHERE {condition} ORDER BY d.published, t.document, t.start"
    return [(kind, row) for row in fetch(con, query, parameters)]
