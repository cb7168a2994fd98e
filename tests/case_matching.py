"""Holds a reading against a case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from depeche.languages.cases import Case
from depeche.records import Reading
from depeche.records.codecs import iso

ARTICLES = re.compile(r"^(?:(?:les?|la|une?|des?|du|aux?|ses|son|sa|leurs?)\s+|[ld]['’]\s*)", re.IGNORECASE)


def plain(words: str | None) -> str:
    """Words without leading article, case and typographic variants."""
    folded = unicodedata.normalize("NFC", words or "").replace("’", "'").strip().lower()
    return ARTICLES.sub("", folded).strip()


def failures(case: Case, reading: Reading) -> list[str]:
    """What the reading lacks or has too much, in words; empty where the case holds."""
    found = {
        kind: list(records(kind, reading)) for kind in ("event", "quote", "office", "actor", "claim", "time", "block")
    }
    wrong = []
    for wanted in case.expect:
        kind = next(iter(wanted))
        if not any(fits(wanted, record) for record in found[kind]):
            wrong.append(f"not found: {dict(wanted)}; there is: {found[kind]}")
    if case.only:
        for kind in {next(iter(w)) for w in case.expect}:
            if len(found[kind]) > sum(next(iter(w)) == kind for w in case.expect):
                wrong.append(f"more {kind}s than expected: {found[kind]}")
    for unwanted in case.never:
        if isinstance(unwanted, str):
            wrong += [f"must not be: {record}" for record in found[unwanted]]
        else:
            wrong += [f"must not be: {record}" for record in found[next(iter(unwanted))] if fits(unwanted, record)]
    return wrong


def records(kind: str, reading: Reading) -> Iterable[dict[str, Any]]:
    """The records of a kind as mappings with the keys of a case."""
    return RECORDS[kind](reading)


def _events(reading: Reading) -> Iterable[dict[str, Any]]:
    for e in reading.events:
        yield {
            "event": e.type, "mode": e.mode, "trigger": [t.text for t in e.triggers], "status": e.factuality.status,
            "factuality": e.factuality.status, "actors": [p.name.text for p in e.actors],
            "recipients": [p.name.text for p in e.recipients], "date": iso(e.time), "time": iso(e.time),
            "place": e.place.text if e.place else None,
            "source": e.attribution.holder.text if e.attribution and e.attribution.holder else None,
        }  # fmt: skip


def _quotes(reading: Reading) -> Iterable[dict[str, Any]]:
    for q in reading.quotes:
        cue = q.cue.text if q.cue else None
        yield {"quote": q.span.text, "kind": q.kind, "speaker": q.speaker.text if q.speaker else None, "cue": cue}


def _offices(reading: Reading) -> Iterable[dict[str, Any]]:
    for t in reading.tenures:
        yield {"office": t.office.text, "person": t.person.text, "of": t.of, "status": t.status}


def _actors(reading: Reading) -> Iterable[dict[str, Any]]:
    for a in reading.actors:
        mentions = [m.span.text for m in reading.mentions if m.actor == a.id]
        yield {"actor": a.name.text, "country": a.country, "kind": a.kind, "mentions": mentions}


def _claims(reading: Reading) -> Iterable[dict[str, Any]]:
    for c in reading.claims:
        yield {
            "claim": c.kind, "since": c.since, "until": c.until, "n": c.n, "text": c.span.text, "event": c.type,
            "subject": c.subject.text if c.subject else None, "object": c.object.text if c.object else None,
            "narrowed": c.narrowed.text if c.narrowed else None,
        }  # fmt: skip


def _times(reading: Reading) -> Iterable[dict[str, Any]]:
    for m in reading.times:
        yield {"time": m.span.text, "start": m.start, "end": m.end, "grain": m.grain, "kind": m.kind}


def _blocks(reading: Reading) -> Iterable[dict[str, Any]]:
    for b in reading.document.blocks:
        yield {"block": b.kind, "text": reading.document.text[b.start : b.end].strip()}


RECORDS = {
    "event": _events,
    "quote": _quotes,
    "office": _offices,
    "actor": _actors,
    "claim": _claims,
    "time": _times,
    "block": _blocks,
}


def fits(wanted: Mapping[str, Any], record: dict[str, Any]) -> bool:
    """Whether a record has all the fields that a case states."""
    return all(
        among(value, record[key]) if key in ("trigger", "mentions") else same(value, record.get(key))
        for key, value in wanted.items()
    )


def among(wanted: Any, found: list[str]) -> bool:
    """Whether the wanted words are all among the found ones."""
    names = {plain(f) for f in found}
    return {plain(str(w)) for w in (wanted if isinstance(wanted, list) else [wanted])} <= names


def same(wanted: Any, found: Any) -> bool:
    """Words compare without article and case; lists as sets."""
    if isinstance(found, list):
        names = {plain(f) for f in found}
        if isinstance(wanted, list):
            return {plain(str(w)) for w in wanted} == names if wanted or not found else not found
        return plain(str(wanted)) in names
    if wanted is None or found is None:
        return wanted is None and found is None
    if isinstance(found, datetime):  # a bare date means its midnight
        given = str(wanted).replace(" ", "T")
        return datetime.fromisoformat(given) == found
    return plain(str(wanted)) == plain(str(found))
