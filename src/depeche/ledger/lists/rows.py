"""The rows of a curated list as rows of the ledger's tables: the list's text is the document, each row's own lines the evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from depeche.languages.lexicon import languages
from depeche.ledger.keys import fold
from depeche.ledger.lists import countries
from depeche.ledger.lists.leaders import OFFICE, Leader
from depeche.ledger.lists.travels import OFFICES, STATE, Cover, Trip, plain
from depeche.ledger.places import Place, find_place
from depeche.ledger.rows import DocumentRows, Row
from depeche.records import Span, identity


@dataclass(frozen=True)
class Source:
    """A list's file: `kind` is that of the list and its name in the ledger, `slot` what a newer file of the same takes the place of."""

    kind: str
    slot: str
    file: str
    text: str

    @cached_property
    def id(self) -> str:
        """The id of its document."""
        return identity("list", self.kind, self.slot, self.text)


def trip_rows(source: Source, trips: Sequence[Trip], covered: Iterable[Cover]) -> DocumentRows:
    """The rows of a list of travels: a visit and a word on who held which office for each trip, and what the list covers."""
    places = [_place(t) for t in trips]
    return DocumentRows(
        source.id,
        {
            "documents": [_document(source, [t.row for t in trips])],
            "places": [_place_row(p) for p in {p.id: p for p in places}.values()],
            "event_mentions": [_visit(source, t, p) for t, p in zip(trips, places, strict=True)],
            "participants": [side for t in trips for side in _sides(source, t)],
            "tenure_mentions": [_traveller(source, t) for t in trips],
            "list_coverage": [
                {
                    "document": source.id, "type": "CONSULT", "mode": "visit", "office_key": OFFICES[c.role], "of": STATE,
                    "begins": c.begins, "ends": c.ends,
                }
                for c in covered
            ],
        },
    )  # fmt: skip


def leader_rows(source: Source, leaders: Sequence[Leader]) -> DocumentRows:
    """The rows of a list of leaders: a tenure with its bounds for each."""
    return DocumentRows(
        source.id,
        {
            "documents": [_document(source, [t.row for t in leaders])],
            "tenure_mentions": [_leader(source, t) for t in leaders],
        },
    )


def _document(source: Source, rows: Iterable[Span]) -> Row:
    return {
        "id": source.id, "kind": "list", "name": source.slot, "url": None, "outlet": source.kind, "title": source.file, "lang": "en",
        "published": None, "earliest": None, "latest": None, "dating": None, "text": source.text, "source": f"list:{source.kind}",
        "blocks": "[]", "sentences": json.dumps([[r.start, r.end] for r in rows]), "model": "none", "reader": f"lists.{source.kind}",
        "origin": source.id, "minhash": None,
    }  # fmt: skip


def _record(source: Source, what: str, row: Span) -> str:
    """The id of a record within its list: it stays when rows are put in before it."""
    return identity(what, row.text, source.text.count(row.text, 0, row.start))


def _edges(span: Span | None, prefix: str = "") -> Row:
    return {f"{prefix}start": span.start if span else None, f"{prefix}end": span.end if span else None}


def _place(trip: Trip) -> Place:
    """Where a trip went: the first town that the list names, in the state that it names, or that state."""
    words = plain((trip.locale or trip.country).text)
    name = words.split(",")[0].split(";")[0].strip() if trip.locale else words
    where = countries.today(trip.code)
    found = find_place(name, languages()[0], where)
    at = (found.latitude, found.longitude) if found.country in where else (None, None)
    return Place(identity("place", name, trip.code, "list"), name, fold(name), trip.code, *at)


def _place_row(p: Place) -> Row:
    return {
        "id": p.id,
        "name": p.name,
        "key": p.key,
        "country": p.country,
        "latitude": p.latitude,
        "longitude": p.longitude,
    }


def _visit(source: Source, trip: Trip, place: Place) -> Row:
    record = _record(source, "trip", trip.row)
    mention = identity(source.id, record)
    where = trip.locale or trip.country
    tag = json.dumps([{"start": trip.tag.start, "end": trip.tag.end, "text": trip.tag.text}])
    return {
        "id": mention, "document": source.id, "record": record, "type": "CONSULT", "mode": "visit", "cameo": "042", "status": "actual",
        "contexts": "[]", **_edges(trip.row), "trigger": trip.tag.text, "triggers": tag, "cues": "[]",
        "place": place.id, **_edges(where, "place_"), **_edges(trip.time, "time_"),
        "begins": trip.first, "ends": trip.last + timedelta(days=1), "grain": "day", "day": trip.first, "day_from": "text",
        "holder_kind": None, "holder": None, **_edges(None, "holder_"), "rule": f"lists.{source.kind}", "reasons": "[]", "toll": None,
        "event": mention,
    }  # fmt: skip


def _sides(source: Source, trip: Trip) -> list[Row]:
    """The traveller, and the state that was visited."""
    mention = identity(source.id, _record(source, "trip", trip.row))
    return [
        _side(source, mention, "actor", trip.name, "person", STATE, "GOV"),
        _side(source, mention, "recipient", trip.country, "state", trip.code, None),
    ]


def _side(source: Source, mention: str, role: str, span: Span, kind: str, country: str, sector: str | None) -> Row:
    return {
        "mention": mention, "document": source.id, "role": role, "n": 0, "words": span.text, **_edges(span), "name": plain(span.text),
        **_edges(span, "name_"), "key": fold(plain(span.text)), "kind": kind, "country": country, "sector": sector, "actor": None,
    }  # fmt: skip


def _traveller(source: Source, trip: Trip) -> Row:
    status = "elect" if trip.elect else "current"
    return _tenure(source, "traveller", trip.row, trip.name, trip.role, OFFICES[trip.role.text], STATE, status) | {
        "begins": None, "ends": None, "ends_after": None, "as_of": trip.first,
    }  # fmt: skip


def _leader(source: Source, leader: Leader) -> Row:
    return _tenure(source, "leader", leader.row, leader.person, leader.office, OFFICE, leader.of, "current") | {
        "begins": leader.begins, "ends": leader.ends_by, "ends_after": leader.ends_after, "as_of": leader.begins,
    }  # fmt: skip


def _tenure(source: Source, what: str, row: Span, person: Span, office: Span, key: str, of: str, status: str) -> Row:
    record = _record(source, what, row)
    return {
        "id": identity(source.id, record), "document": source.id, "record": record,
        "person": plain(person.text), **_edges(person, "person_"), "person_key": fold(plain(person.text)),
        "office": office.text, **_edges(office, "office_"), "office_key": key, "of": of, "status": status, "told": status, "basis": "listed",
        **_edges(row), "rule": f"lists.{source.kind}",
    }  # fmt: skip
