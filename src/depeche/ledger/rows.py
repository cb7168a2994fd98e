"""A reading as rows of the ledger's tables: plain values, the same for the same reading in every process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from depeche.extract.tolls import find_toll
from depeche.languages.lexicon import load_lexicon
from depeche.ledger.keys import fold
from depeche.ledger.places import Place, find_place
from depeche.records import (
    Attribution,
    Claim,
    Cue,
    Document,
    Event,
    Participant,
    Quote,
    Reading,
    Span,
    Tenure,
    identity,
)

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """All rows that one document brings, by table. `tables["documents"]` holds one row, that of `id`; every row of a table has the
    table's columns as keys."""

    id: str
    tables: Mapping[str, list[Row]]


def rows_of(reading: Reading, reader: str) -> DocumentRows:
    """The rows of one reading. `reader` is the stamp of what read it (see `depeche.ledger.stamp`)."""
    document = reading.document
    places = {e.id: _find_place(e.place, e, document.lang) for e in reading.events if e.place}
    return DocumentRows(
        document.id,
        {
            "documents": [_document(reading, reader)],
            "actors": list(_actors(reading)),
            "mentions": list(_mentions(reading)),
            "times": list(_times(reading)),
            "places": [_place(p) for p in {p.id: p for p in places.values()}.values()],
            "event_mentions": [_event(e, document, places.get(e.id)) for e in reading.events],
            "participants": list(_participants(reading)),
            "quotes": [_quote(q, reading) for q in reading.quotes],
            "tenure_mentions": [_tenure(t, reading) for t in reading.tenures],
            "claims": [_claim(c, document) for c in reading.claims],
        },
    )


def row_id(document: str, record: str) -> str:
    """The id that a record of a reading has in the ledger."""
    return identity(document, record)


def spans_json(spans: Iterable[Span | Cue]) -> str:
    """Spans as the ledger keeps them in JSON; a cue's with its rule."""
    return _json([_span(s.span) | {"rule": s.rule} if isinstance(s, Cue) else _span(s) for s in spans])


def _span(span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _edges(span: Span | None, prefix: str = "") -> Row:
    """The columns `start` and `end` of a span, with the prefix before their names."""
    return {f"{prefix}start": span.start if span else None, f"{prefix}end": span.end if span else None}


def _find_place(words: Span, event: Event, lang: str) -> Place:
    countries = {p.country for p in (*event.actors, *event.recipients) if p.country}
    return find_place(words.text, lang, countries)


def _document(reading: Reading, reader: str) -> Row:
    d = reading.document
    return {
        "id": d.id, "kind": "text", "name": d.name, "url": d.url, "outlet": d.outlet, "title": d.title, "lang": d.lang,
        "published": d.published, "earliest": d.published, "latest": d.published and d.published + timedelta(days=1), "dating": None,
        "text": d.text, "source": d.source,
        "blocks": _json([{"start": b.start, "end": b.end, "kind": b.kind} for b in d.blocks]),
        "sentences": _json([[s.start, s.end] for s in reading.sentences]),
        "model": reading.model, "reader": reader, "origin": d.id, "minhash": None,
    }  # fmt: skip


def _actors(reading: Reading) -> Iterator[Row]:
    document = reading.document.id
    for a in reading.actors:
        yield {
            "id": row_id(document, a.id), "document": document, "kind": a.kind, "name": a.name.text, **_edges(a.name, "name_"),
            "key": fold(a.name.text), "country": a.country, "sector": a.sector, "office_key": a.office,
        }  # fmt: skip


def _mentions(reading: Reading) -> Iterator[Row]:
    document = reading.document.id
    for m in reading.mentions:
        yield {
            "document": document, **_edges(m.span), **_edges(m.head, "head_"), "kind": m.kind,
            "actor": m.actor and row_id(document, m.actor), "rule": m.rule,
        }  # fmt: skip


def _times(reading: Reading) -> Iterator[Row]:
    for t in reading.times:
        yield {
            "document": reading.document.id, **_edges(t.span), "kind": t.kind, "grain": t.grain, "begins": t.start, "ends": t.end,
            "rule": t.rule, "said": t.said, "tense": t.tense,
        }  # fmt: skip


def _place(p: Place) -> Row:
    return {
        "id": p.id, "name": p.name, "key": p.key, "country": p.country, "latitude": p.latitude, "longitude": p.longitude,
    }  # fmt: skip


def _event(e: Event, document: Document, place: Place | None) -> Row:
    told = e.attribution
    begins, ends = _days(e)
    cues = [*e.factuality.cues, *([Cue(told.cue, told.rule)] if told and told.cue else [])]
    return {
        "id": row_id(document.id, e.id), "document": document.id, "record": e.id,
        "type": e.type, "mode": e.mode, "cameo": e.cameo, "status": e.factuality.status, "contexts": _json(e.contexts),
        **_edges(e.evidence), "trigger": e.triggers[0].text, "triggers": spans_json(e.triggers), "cues": spans_json(cues),
        "place": place and place.id, **_edges(e.place, "place_"), **_edges(e.time.span if e.time else None, "time_"),
        "begins": begins, "ends": ends, "grain": e.time.grain if e.time else None,
        "day": begins or document.published,
        "day_from": "text" if begins else "publication" if document.published else "none",
        "holder_kind": told and told.kind, "holder": told.holder.text if told and told.holder else None,
        **_edges(told.holder if told else None, "holder_"),
        "rule": e.rule, "reasons": _json(e.reasons), "toll": _toll(e, document.lang), "event": row_id(document.id, e.id),
    }  # fmt: skip


def _toll(event: Event, lang: str) -> int | None:
    """The dead that the evidence tells of: of an attack alone, since the same sentence may tell of its condemnation, too."""
    return find_toll(event.evidence.text, load_lexicon(lang)) if event.type == "ASSAULT" else None


def _days(event: Event) -> tuple[date | None, date | None]:
    """The days that the words of an event's time name, half-open; None where they are open or settle nothing."""
    time = event.time
    if time is None or time.kind not in ("point", "interval"):
        return None, None
    return time.start and time.start.date(), time.end and _day_after(time.end)


def _day_after(end: datetime) -> date:
    """The first whole day after a half-open interval."""
    return (end - timedelta(microseconds=1)).date() + timedelta(days=1)


def _participants(reading: Reading) -> Iterator[Row]:
    document = reading.document.id
    known = {a.id: a for a in reading.actors}
    for e in reading.events:
        for role, people in (("actor", e.actors), ("recipient", e.recipients)):
            for n, p in enumerate(people):
                actor = known.get(p.actor or "")
                yield {
                    "mention": row_id(document, e.id), "document": document, "role": role, "n": n, **_named(p),
                    "kind": actor and actor.kind, "country": p.country or (actor and actor.country),
                    "sector": actor and actor.sector, "actor": p.actor and row_id(document, p.actor),
                    "office_key": actor and actor.office,
                }  # fmt: skip


def _named(p: Participant) -> Row:
    return {
        "words": p.words.text, **_edges(p.words), "name": p.name.text, **_edges(p.name, "name_"), "key": fold(p.name.text),
    }  # fmt: skip


def _quote(q: Quote, reading: Reading) -> Row:
    document = reading.document.id
    first = q.chain[0] if q.chain else None
    country = next((a.country for a in reading.actors if first and a.id == first.actor), None)
    return {
        "id": row_id(document, q.id), "document": document, "record": q.id, "kind": q.kind, **_edges(q.span), "text": q.span.text,
        "speaker": q.speaker.text if q.speaker else None, **_edges(q.speaker, "speaker_"),
        "speaker_key": fold(q.speaker.text) if q.speaker else None, "speaker_kind": first and first.kind, "speaker_country": country,
        "chain": _json([_link(a, document) for a in q.chain]), "rule": q.rule,
    }  # fmt: skip


def _link(a: Attribution, document: str) -> dict[str, object]:
    spans = {name: span and _span(span) for name, span in (("holder", a.holder), ("words", a.words), ("cue", a.cue))}
    return {"kind": a.kind, **spans, "rule": a.rule, "actor": a.actor and row_id(document, a.actor)}


def _tenure(t: Tenure, reading: Reading) -> Row:
    document = reading.document
    return {
        "id": row_id(document.id, t.id), "document": document.id, "record": t.id,
        "person": t.person.text, **_edges(t.person, "person_"), "person_key": fold(t.person.text),
        "office": t.office.text, **_edges(t.office, "office_"), "office_key": t.key,
        "of": t.of, "status": t.status, "told": t.told, "basis": t.basis, "begins": None, "ends": None, "as_of": None if _tells_of_the_past(t, reading) else t.as_of,
        **_edges(t.evidence), "rule": t.rule,
    }  # fmt: skip


def _tells_of_the_past(t: Tenure, reading: Reading) -> bool:
    """Does the sentence of a tenure name a year before the last, so that it need not hold on the day of publication?"""
    if t.as_of is None:
        return False
    sentence = next((s for s in reading.sentences if s.start <= t.office.start < s.end), t.evidence)
    years = (
        int(time.said[:4])
        for time in reading.times
        if time.said and time.said[:4].isdigit() and sentence.start <= time.span.start < sentence.end
    )
    return any(year < t.as_of.year - 1 for year in years)


def _claim(c: Claim, document: Document) -> Row:
    return {
        "id": row_id(document.id, c.id), "document": document.id, "record": c.id, "kind": c.kind, **_edges(c.span), "text": c.span.text,
        "mention": c.event and row_id(document.id, c.event), "type": c.type, "mode": c.mode,
        "subject": c.subject.text if c.subject else None, "subject_country": c.subject_country,
        "object": c.object.text if c.object else None, "object_country": c.object_country,
        "since": c.since, "until": c.until, "n": c.n, "rule": c.rule, "narrowed": c.narrowed.text if c.narrowed else None,
    }  # fmt: skip
