"""The traits of the event mentions of documents, from the ledger's tables."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import duckdb

from depeche.ledger.merge.traits import Party, Trait, beside, party_of, trigger_forms, trigger_stems
from depeche.ledger.merge.words import profile, stems, telling
from depeche.ledger.tables import row_ids

_DOCUMENTS = "SELECT id, lang, title, published, text FROM documents WHERE rowid IN (SELECT unnest(?))"
_MENTIONS = """
    SELECT m.id, m.document, m.type, m.mode, m.cameo, m.status, m.rule, m.start, m."end", m.begins, m.ends, m.place, p.country, m.triggers
    FROM event_mentions m LEFT JOIN places p ON m.place = p.id WHERE m.rowid IN (SELECT unnest(?)) ORDER BY m.id
"""
_PARTICIPANTS = """
    SELECT mention, document, role, name, key, kind, country
    FROM participants WHERE rowid IN (SELECT unnest(?)) ORDER BY mention, role, n
"""
_OFFICES = "SELECT document, person_key, office FROM tenure_mentions WHERE rowid IN (SELECT unnest(?))"


class _Source(NamedTuple):
    lang: str
    published: object
    text: str
    profile: Mapping[str, float]


def traits_of(con: duckdb.DuckDBPyConnection, documents: Iterable[str]) -> list[Trait]:
    """The traits of all event mentions of the documents, by mention id."""
    ids = list(documents)
    sources = {
        document: _Source(lang, published, text, profile(text, title, lang))
        for document, lang, title, published, text in con.execute(
            _DOCUMENTS, [row_ids(con, "documents", "id", ids)]
        ).fetchall()
    }
    parties = _parties(con, ids, sources)
    mentions = con.execute(_MENTIONS, [row_ids(con, "event_mentions", "document", ids)]).fetchall()
    return [_trait(row, sources[row[1]], parties[row[0]]) for row in mentions]


def _parties(
    con: duckdb.DuckDBPyConnection, documents: list[str], sources: Mapping[str, _Source]
) -> Mapping[str, list[Party]]:
    offices: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document, person, office in con.execute(
        _OFFICES, [row_ids(con, "tenure_mentions", "document", documents)]
    ).fetchall():
        offices[document, person].add(office)
    found: dict[str, list[Party]] = defaultdict(list)
    rows = con.execute(_PARTICIPANTS, [row_ids(con, "participants", "document", documents)]).fetchall()
    for mention, document, role, name, key, kind, country in rows:
        held = sorted(offices.get((document, key), ()))
        found[mention].append(party_of(role, name, kind, country, sources[document].lang, held))
    return found


def _trait(row: tuple, source: _Source, parties: list[Party]) -> Trait:  # type: ignore[type-arg]  # a row of _MENTIONS
    mention, document, type_, mode, cameo, status, rule, start, end, begins, ends, place, country, triggers = row
    spans = json.loads(triggers)
    first = (spans[0]["start"], spans[0]["end"])
    forms = trigger_forms(s["text"] for s in spans)
    near = beside(source.text, start, end, first)
    told = begins is not None and ends is not None  # "since 2006" dates no happening
    return Trait(
        mention, document, source.lang, type_, mode, cameo, status, rule, start, begins if told else None, ends if told else None,
        source.published, place, country, tuple(parties), trigger_stems(forms), forms,  # type: ignore[arg-type]  # a date
        telling(stems(source.text[start:end]), source.lang), telling(stems(near), source.lang), source.profile,
    )  # fmt: skip
