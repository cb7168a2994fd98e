"""Keeps the ledger's events true after documents came or went: looks only at what they touch."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

import duckdb
import pyarrow as pa

from depeche.ledger.merge.cluster import JOIN, Pair, cluster
from depeche.ledger.merge.gather import traits_of
from depeche.ledger.merge.happening import rewrite
from depeche.ledger.merge.keys import keys_of, met_by, stored
from depeche.ledger.merge.likeness import score
from depeche.ledger.merge.traits import Trait, dump, load
from depeche.ledger.tables import row_ids

Connection = duckdb.DuckDBPyConnection


def update(con: Connection, documents: Iterable[str], reoriginated: Iterable[str] = ()) -> None:
    """Recompute the events that documents have a part in.

    `documents` are ids of documents whose rows came or went since; `reoriginated` those whose origin changed. The rows of what came
    are in the tables, those of what went no longer. The events are the same for the same documents, in whatever order they came.
    """
    ids = sorted(set(documents))
    gone, seeds = _withdraw(con, ids)
    fresh = traits_of(con, ids)
    _store(con, fresh)
    _store_likenesses(con, fresh)
    seeds |= {_number(t.mention) for t in fresh}
    component = _component(con, seeds)
    changed = _assign(con, component)
    rewrite(con, {_id(m) for m in gone} | changed | _events_of(con, [*ids, *reoriginated]))


def _number(mention: str) -> int:
    return int(mention, 16)


def _id(number: int) -> str:
    return f"{number:016x}"


def _register(con: Connection, name: str, **columns: Sequence[object]) -> None:
    """Values as a view for the next statements."""
    con.register(name, pa.table({c: pa.array(v, _TYPES.get(c)) for c, v in columns.items()}))


_TYPES = {"key": pa.uint64(), "mention": pa.uint64(), "a": pa.uint64(), "b": pa.uint64(), "score": pa.float64()}


def _withdraw(con: Connection, documents: list[str]) -> tuple[set[int], set[int]]:
    """Drop what was derived for the documents before; gives their mentions of then, and those that stood beside them, which may now
    stand otherwise."""
    rows = con.execute(
        "SELECT mention FROM traits JOIN (SELECT unnest(?) AS document) USING (document)", [documents]
    ).fetchall()
    if not rows:
        return set(), set()
    old = {_number(mention) for (mention,) in rows}
    _register(con, "old_mentions", mention=sorted(old))
    beside = con.execute(
        "SELECT b FROM likenesses WHERE a IN (FROM old_mentions) AND score >= ? "
        "UNION SELECT a FROM likenesses WHERE b IN (FROM old_mentions) AND score >= ?",
        [JOIN, JOIN],
    ).fetchall()
    con.execute("DELETE FROM likenesses WHERE a IN (FROM old_mentions) OR b IN (FROM old_mentions)")
    con.execute("DELETE FROM merge_keys WHERE mention IN (FROM old_mentions)")
    con.unregister("old_mentions")
    for table in ("traits", "profiles"):
        con.execute(f"DELETE FROM {table} WHERE document IN (SELECT unnest(?))", [documents])
    return old, {mention for (mention,) in beside} - old


def _store(con: Connection, fresh: list[Trait]) -> None:
    if not fresh:
        return
    profiles = {t.document: json.dumps(dict(t.text), ensure_ascii=False, separators=(",", ":")) for t in fresh}
    _register(con, "fresh_profiles", document=list(profiles), terms=list(profiles.values()))
    con.execute("INSERT INTO profiles BY NAME FROM fresh_profiles")
    con.unregister("fresh_profiles")
    names = [t.mention for t in fresh]
    con.register(
        "fresh_traits",
        pa.table({"mention": names, "document": [t.document for t in fresh], "trait": [dump(t) for t in fresh]}),
    )
    con.execute("INSERT INTO traits BY NAME FROM fresh_traits")
    con.unregister("fresh_traits")
    keys = [(stored(key), _number(t.mention)) for t in fresh for key in sorted(keys_of(t))]
    _register(con, "fresh_keys", key=[k for k, _ in keys], mention=[m for _, m in keys])
    con.execute("INSERT INTO merge_keys BY NAME FROM fresh_keys")
    con.unregister("fresh_keys")


def _store_likenesses(con: Connection, fresh: list[Trait]) -> None:
    """Compare fresh mentions with all that share a key with them."""
    wanted = [(met, _number(t.mention)) for t in fresh for key in sorted(keys_of(t)) for met in met_by(key)]
    if not wanted:
        return
    _register(con, "wanted", key=[k for k, _ in wanted], mention=[m for _, m in wanted])
    found = con.execute(
        "SELECT DISTINCT least(w.mention, k.mention), greatest(w.mention, k.mention) FROM merge_keys k JOIN wanted w USING (key) "
        "WHERE w.mention <> k.mention ORDER BY ALL"
    ).fetchall()
    con.unregister("wanted")
    known = {_number(t.mention): t for t in fresh}
    known |= _load(con, {m for pair in found for m in pair} - set(known))
    scores = [score(known[a], known[b]) for a, b in found]
    _register(con, "fresh_pairs", a=[a for a, _ in found], b=[b for _, b in found], score=scores)
    con.execute("INSERT INTO likenesses BY NAME FROM fresh_pairs")
    con.unregister("fresh_pairs")


def _load(con: Connection, mentions: Collection[int]) -> dict[int, Trait]:
    """The stored traits of mentions."""
    if not mentions:
        return {}
    rows = con.execute(
        "SELECT mention, document, trait FROM traits WHERE rowid IN (SELECT unnest(?))",
        [row_ids(con, "traits", "mention", map(_id, sorted(mentions)))],
    ).fetchall()
    texts = _profiles(con, {document for _, document, _ in rows})
    return {_number(mention): load(mention, document, dumped, texts[document]) for mention, document, dumped in rows}


def _profiles(con: Connection, documents: Collection[str]) -> dict[str, Mapping[str, float]]:
    rows = con.execute(
        "SELECT document, terms FROM profiles WHERE rowid IN (SELECT unnest(?))",
        [row_ids(con, "profiles", "document", sorted(documents))],
    )
    return {document: json.loads(terms) for document, terms in rows.fetchall()}


def _component(con: Connection, seeds: set[int]) -> set[int]:
    """All mentions that are linked with the seeds, over any number of likenesses strong enough to join."""
    reached, edge = set(seeds), set(seeds)
    while edge:
        _register(con, "edge", mention=sorted(edge))
        rows = con.execute(
            "SELECT b FROM likenesses WHERE a IN (FROM edge) AND score >= ? "
            "UNION SELECT a FROM likenesses WHERE b IN (FROM edge) AND score >= ?",
            [JOIN, JOIN],
        ).fetchall()
        con.unregister("edge")
        edge = {mention for (mention,) in rows} - reached
        reached |= edge
    return reached


def _assign(con: Connection, component: set[int]) -> set[str]:
    """Say of each mention which event it belongs to; gives the events that gained or lost one, those that are no more among them."""
    if not component:
        return set()
    groups = cluster(component, _scores(con, component))
    now = {_id(m): _id(min(group)) for group in groups for m in group}
    rows = con.execute(
        "SELECT id, event FROM event_mentions JOIN (SELECT unnest(?) AS id) USING (id)", [sorted(now)]
    ).fetchall()
    moved = [(mention, event) for mention, event in rows if now[mention] != event]
    if moved:
        con.register("moved", pa.table({"id": [m for m, _ in moved], "event": [now[m] for m, _ in moved]}))
        con.execute("UPDATE event_mentions SET event = moved.event FROM moved WHERE event_mentions.id = moved.id")
        con.unregister("moved")
    return {event for _, event in rows} | set(now.values())


def _scores(con: Connection, component: set[int]) -> dict[Pair, float]:
    _register(con, "component", mention=sorted(component))
    rows = con.execute(
        "SELECT a, b, score FROM likenesses WHERE a IN (FROM component) AND b IN (FROM component)"
    ).fetchall()
    con.unregister("component")
    return {(a, b): value for a, b, value in rows}


def _events_of(con: Connection, documents: list[str]) -> set[str]:
    rows = con.execute(
        "SELECT DISTINCT event FROM event_mentions JOIN (SELECT unnest(?) AS document) USING (document)", [documents]
    ).fetchall()
    return {event for (event,) in rows}
