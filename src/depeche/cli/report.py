"""A reading as one self-contained HTML file: the text with its evidence marked, the records beside it, a click on one shows the other.

News text is hostile input: every word of it is escaped, nothing of it reaches the script, and the page's own policy
forbids all other scripts, frames, forms and connections.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable
from importlib import resources
from string import Template

from depeche.records import Event, Participant, Reading, Span
from depeche.records.codecs import iso

Record = tuple[str, str, str, list[Span]]  # id, css class, html of its line, the spans that it opens on


def render_report(readings: Iterable[Reading]) -> str:
    """The page for any number of readings."""
    folder = resources.files("depeche.cli").joinpath("assets")
    script = folder.joinpath("report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    body = "\n".join(_document(reading, number) for number, reading in enumerate(readings))
    page = Template(folder.joinpath("report.html").read_text(encoding="utf-8"))
    style = folder.joinpath("report.css").read_text(encoding="utf-8")
    return page.substitute(style=style, script=script, digest=digest, body=body)


def _document(reading: Reading, number: int) -> str:
    doc = reading.document
    records = [(f"d{number}-{key}", kind, line, spans) for key, kind, line, spans in _records(reading)]
    about = " · ".join(
        html.escape(str(x)) for x in (doc.outlet, doc.published or "no date of publication", doc.lang) if x
    )
    title = html.escape(doc.title or doc.name or doc.id)
    sections = "".join(_section(name, [r for r in records if r[1].split()[0] == kind]) for kind, name in SECTIONS)
    return (
        f'<article><header><h1>{title}</h1><p class="about">{about}</p></header><div class="columns">'
        f'<div class="text" lang="{html.escape(doc.lang)}">{_marked(reading, records)}</div>'
        f'<div class="records">{sections or "<p>Nothing was found.</p>"}</div></div></article>'
    )


SECTIONS = (
    ("event", "Who did what to whom"),
    ("quote", "Who said what"),
    ("office", "Who holds which office"),
    ("claim", "Claims that can be checked"),
    ("time", "Times"),
)


def _section(name: str, records: list[Record]) -> str:
    if not records:
        return ""
    items = "".join(
        f'<li><button type="button" class="record {kind}" data-id="{key}">{line}</button></li>'
        for key, kind, line, _ in records
    )
    return f"<section><h2>{name} <small>{len(records)}</small></h2><ul>{items}</ul></section>"


def _records(reading: Reading) -> Iterable[Record]:
    for event in reading.events:
        yield (
            f"e{event.id}",
            f"event {event.factuality.status}",
            _event_line(event),
            [*event.triggers, *_side_spans(event)],
        )
    for quote in reading.quotes:
        speaker = _words(quote.speaker) if quote.speaker else "<i>nobody named</i>"
        spans = [quote.span, *(s for a in quote.chain for s in (a.cue, a.words) if s)]
        yield f"q{quote.id}", "quote", f"<b>{speaker}</b> <span>{quote.kind}</span> {_words(quote.span)}", spans
    for tenure in reading.tenures:
        of = f" <span>{html.escape(tenure.of)}</span>" if tenure.of else ""
        line = f"<b>{_words(tenure.person)}</b> {_words(tenure.office)}{of} <span>{tenure.status}</span>"
        yield f"o{tenure.id}", "office", line, [tenure.person, tenure.office]
    for claim in reading.claims:
        since = f" <span>since {html.escape(claim.since)}</span>" if claim.since else ""
        yield f"c{claim.id}", "claim", f"<b>{claim.kind}</b>{since} {_words(claim.span)}", [claim.span]
    for number, time in enumerate(reading.times):
        yield f"t{number}", "time", f"<b>{_words(time.span)}</b> {iso(time) or 'not settled'}", [time.span]


def _event_line(event: Event) -> str:
    mode = f" {event.mode}" if event.mode else ""
    who = _people(event.actors) + (f" → {_people(event.recipients)}" if event.recipients else "")
    facts = [f"at {_words(event.place)}"] if event.place else []
    if event.time:
        facts.append(f"on {iso(event.time) or _words(event.time.span)}")
    if event.attribution and event.attribution.holder:
        facts.append(f"according to {_words(event.attribution.holder)}")
    return f"<b>{event.type}{mode}</b> <span>{event.factuality.status}</span> {who} <i>{', '.join(facts)}</i>"


def _people(participants: Iterable[Participant]) -> str:
    people = (_words(p.name) + (f" <span>{html.escape(p.country)}</span>" if p.country else "") for p in participants)
    return ", ".join(people) or "<i>nobody named</i>"


def _side_spans(event: Event) -> list[Span]:
    return [p.words for p in (*event.actors, *event.recipients)]


def _words(span: Span) -> str:
    return html.escape(span.text)


def _marked(reading: Reading, records: list[Record]) -> str:
    """The text cut at every edge of evidence, each piece naming the records that rest on it."""
    text = reading.document.text
    blocks = reading.document.blocks
    edges = {0, len(text)} | {b.start for b in blocks} | {b.end for b in blocks}
    edges |= {e for _, _, _, spans in records for s in spans for e in (s.start, s.end)}
    cuts = sorted(e for e in edges if 0 <= e <= len(text))
    opening: dict[int, list[Record]] = {}
    closing: dict[int, list[Record]] = {}
    for record in records:
        for span in record[3]:
            opening.setdefault(span.start, []).append(record)
            closing.setdefault(span.end, []).append(record)
    kinds = {b.start: b.kind for b in blocks}
    active: list[Record] = []
    kind, pieces = "body", []
    for start, end in zip(cuts, cuts[1:], strict=False):
        for record in closing.get(start, []):
            active.remove(record)
        active += opening.get(start, [])
        kind = kinds.get(start, kind if any(b.start <= start < b.end for b in blocks) else "body")
        pieces.append(_piece(text[start:end], active, kind))
    return "".join(pieces)


def _piece(text: str, active: list[Record], kind: str) -> str:
    words = html.escape(text)
    if active:
        keys = " ".join(dict.fromkeys(r[0] for r in active))
        classes = " ".join(dict.fromkeys(r[1].split()[0] for r in active))
        words = f'<mark class="{classes}" data-ids="{keys}" tabindex="0">{words}</mark>'
    return words if kind == "body" else f'<span class="{kind}">{words}</span>'
