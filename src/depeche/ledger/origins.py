"""Which documents hold the same text: agency copy under other titles, partial copies; told apart from texts of their own.

Candidates come from MinHash bands (datasketch); the texts themselves then decide. The origin of a document is the earliest one among
all that are linked with it by copies, so that it does not depend on the order in which they came.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

import duckdb
import pyarrow as pa
from datasketch import MinHash

from depeche.ledger.keys import fold
from depeche.ledger.tables import row_ids

# Words in a row that are compared. Two texts of their own on one happening share few runs of five words, quotations apart.
SHINGLE = 5
# MinHash permutations in BANDS bands of ROWS: texts that share half of their shingles meet with probability 0.99, a third 0.70, a tenth 0.03.
BANDS, ROWS = 32, 3
# Share of the shorter text's shingles from which on it is a copy: a paragraph of quotations stays below, a shortened text above.
COPIED = 0.5
# Texts of fewer shingles are told apart by nothing: "Le direct." is nobody's copy.
SHORTEST = 12
_SEED = 1

Connection = duckdb.DuckDBPyConnection


def shingles(text: str) -> frozenset[str]:
    """The runs of SHINGLE words of a text, folded; empty for one that is too short to be compared."""
    words = fold(text).split()
    found = frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
    return found if len(found) >= SHORTEST else frozenset()


def bands(found: Collection[str]) -> list[int]:
    """The MinHash bands of a text's shingles, each as a number of 64 bits: two texts that share one are compared."""
    if not found:
        return []
    signature = MinHash(num_perm=BANDS * ROWS, seed=_SEED)
    signature.update_batch([s.encode() for s in found])
    values = signature.hashvalues.astype("<u8").reshape(BANDS, ROWS)
    return [_digest(bytes([b]) + values[b].tobytes()) for b in range(BANDS)]


def _digest(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def is_copy(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether one of two texts copies the other, at least in good part."""
    return bool(a and b) and len(a & b) >= COPIED * min(len(a), len(b))


def assign(con: Connection, documents: Iterable[str]) -> set[str]:
    """Set `documents.origin` after documents came or went; gives the ids of the documents whose origin changed.

    `documents` are the ids of what came (their rows are in) and of what went (their rows are out).
    """
    ids = sorted(set(documents))
    linked = _withdraw(con, ids)
    texts = "SELECT id, text FROM documents WHERE rowid IN (SELECT unnest(?)) AND kind = 'text' ORDER BY id"
    came = dict(con.execute(texts, [row_ids(con, "documents", "id", ids)]).fetchall())
    _store_copies(con, came)
    return _settle(con, linked | set(came))


def _withdraw(con: Connection, documents: list[str]) -> set[str]:
    """Forget what was stored of documents; gives those that were linked with them."""
    linked = con.execute("SELECT b FROM copies JOIN (SELECT unnest(?) AS a) USING (a)", [documents]).fetchall()
    for table, column in (("copies", "a"), ("copies", "b"), ("signature_bands", "document")):
        con.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?))", [documents])
    return {document for (document,) in linked} - set(documents)


def _store_copies(con: Connection, came: dict[str, str]) -> None:
    """Store the bands of texts and their copies, among themselves and among all others."""
    runs = {document: shingles(text) for document, text in came.items()}
    rows = [(band, document) for document, found in runs.items() for band in bands(found)]
    if not rows:
        return
    con.register(
        "fresh_bands", pa.table({"band": pa.array([b for b, _ in rows], pa.uint64()), "document": [d for _, d in rows]})
    )
    con.execute("INSERT INTO signature_bands BY NAME FROM fresh_bands")
    pairs = con.execute(
        "SELECT DISTINCT f.document, s.document FROM fresh_bands f JOIN signature_bands s USING (band) "
        "WHERE f.document <> s.document ORDER BY ALL"
    ).fetchall()
    con.unregister("fresh_bands")
    others = sorted({other for _, other in pairs} - set(runs))
    texts = "SELECT id, text FROM documents WHERE rowid IN (SELECT unnest(?))"
    found = con.execute(texts, [row_ids(con, "documents", "id", others)]).fetchall()
    runs |= {document: shingles(text) for document, text in found}
    copies = {(x, y) for a, b in pairs if is_copy(runs[a], runs[b]) for x, y in ((a, b), (b, a))}
    if copies:
        con.executemany("INSERT INTO copies VALUES (?, ?)", sorted(copies))


def _settle(con: Connection, documents: set[str]) -> set[str]:
    """Recompute the origins in the groups of copies that documents belong to."""
    groups = _groups(con, documents)
    rows = con.execute(
        "SELECT id, published, origin FROM documents JOIN (SELECT unnest(?) AS id) USING (id)", [sorted(groups)]
    ).fetchall()
    members: dict[str, list[tuple[bool, date, str]]] = defaultdict(list)
    for document, published, _ in rows:
        members[groups[document]].append((published is None, published or date.max, document))
    first = {group: min(found)[2] for group, found in members.items()}
    changed = {document: origin for document, _, now in rows if (origin := first[groups[document]]) != now}
    if changed:
        con.register("settled", pa.table({"id": list(changed), "origin": list(changed.values())}))
        con.execute("UPDATE documents SET origin = settled.origin FROM settled WHERE documents.id = settled.id")
        con.unregister("settled")
    return set(changed)


def _groups(con: Connection, documents: set[str]) -> dict[str, str]:
    """For each document, and for all that copies link with them, the name of its group."""
    links: dict[str, set[str]] = {document: set() for document in documents}
    edge = set(documents)
    while edge:
        rows = con.execute("SELECT a, b FROM copies JOIN (SELECT unnest(?) AS a) USING (a)", [sorted(edge)]).fetchall()
        edge = {b for _, b in rows} - set(links)
        for a, b in rows:
            links.setdefault(a, set()).add(b)
            links.setdefault(b, set()).add(a)
    group = {}
    for document in sorted(links):
        stack = [document] if document not in group else []
        while stack:
            at = stack.pop()
            if at not in group:
                group[at] = document
                stack.extend(links[at])
    return group
