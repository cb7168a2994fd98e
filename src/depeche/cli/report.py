"""A reading as one self-contained HTML file: the text with its evidence marked, the records beside it, a click on one shows the other.

News text is hostile input: every word of it is escaped, nothing of it reaches the script, and the page's own policy
forbids all other scripts, frames, forms and connections.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Iterator
from importlib import resources
from string import Template
from typing import NamedTuple

from depeche import api
from depeche.cli.pretty import SIGNS
from depeche.records import Attribution, Claim, Event, Participant, Quote, Reading, Span, Tenure, Time
from depeche.records.codecs import iso

SECTIONS = (
    ("event", "Who did what to whom"),
    ("quote", "Who said what"),
    ("office", "Who holds which office"),
    ("claim", "Claims that can be checked"),
    ("time", "Times"),
)


class Line(NamedTuple):
    """A record on the page: its key, what kind it is, its line in HTML, and the spans that it opens on."""

    key: str
    kind: str
    line: str
    spans: tuple[Span, ...]


def render_report(readings: Iterable[Reading], *, explain: bool = False) -> str:
    """The page for any number of readings."""
    folder = resources.files("depeche.cli").joinpath("assets")
    script = folder.joinpath("report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    titles, articles = [], []
    for number, reading in enumerate(readings):
        titles.append(f'<li><a href="#d{number}">{_title(reading)}</a></li>')
        articles.append(_document(reading, number, explain))
    contents = f'<nav aria-label="Documents"><ol>{"".join(titles)}</ol></nav>' if len(titles) > 1 else ""
    legend = "".join(f'<li class="{kind}">{name}</li>' for kind, name in SECTIONS)
    return Template(folder.joinpath("report.html").read_text(encoding="utf-8")).substitute(
        style=folder.joinpath("report.css").read_text(encoding="utf-8"),
        script=script,
        digest=digest,
        legend=legend,
        contents=contents,
        body="\n".join(articles) or "<p>Nothing was read.</p>",
    )


def _title(reading: Reading) -> str:
    doc = reading.document
    return html.escape(doc.title or doc.name or doc.id)


def _document(reading: Reading, number: int, explain: bool) -> str:
    doc = reading.document
    why = _reasons(reading) if explain else {}
    records = [r._replace(key=f"d{number}-{r.key}", line=r.line + why.get(r.key, "")) for r in _records(reading)]
    about = " · ".join(
        html.escape(str(x)) for x in (doc.outlet, doc.published or "no date of publication", doc.lang) if x
    )
    sections = "".join(_section(name, [r for r in records if r.kind == kind]) for kind, name in SECTIONS)
    return (
        f'<article id="d{number}"><header><h1>{_title(reading)}</h1><p class="about">{about}</p></header>'
        f'<div class="columns"><div class="text" lang="{html.escape(doc.lang)}">{_marked(reading, records)}</div>'
        f'<div class="records">{sections or "<p>Nothing was found.</p>"}</div></div></article>'
    )


def _section(name: str, records: list[Line]) -> str:
    if not records:
        return ""
    items = "".join(
        f'<li><button type="button" class="record {r.kind}" data-id="{r.key}" aria-pressed="false">{r.line}</button></li>'
        for r in records
    )
    return f"<section><h2>{name} <small>{len(records)}</small></h2><ul>{items}</ul></section>"


def _records(reading: Reading) -> Iterator[Line]:
    for event in reading.events:
        sides = (p.words for p in (*event.actors, *event.recipients))
        place = (event.place,) if event.place else ()
        yield Line(f"e{event.id}", "event", _event_line(event), (*event.triggers, *sides, *place))
    for quote in reading.quotes:
        spans = (quote.span, *(s for a in quote.chain for s in (a.cue, a.words) if s))
        yield Line(f"q{quote.id}", "quote", _quote_line(quote), spans)
    for tenure in reading.tenures:
        yield Line(f"o{tenure.id}", "office", _tenure_line(tenure), (tenure.person, tenure.office))
    for claim in reading.claims:
        yield Line(f"c{claim.id}", "claim", _claim_line(claim), (claim.span,))
    for number, time in enumerate(reading.times):
        line = f"<b>{_words(time.span)}</b> {_when(time) or '<i>not settled</i>'}"
        yield Line(f"t{number}", "time", line, (time.span,))


def _event_line(event: Event) -> str:
    status = event.factuality.status
    kind = f"{event.type} {event.mode}" if event.mode else event.type
    who = _people(event.actors) + (
        f' <span class="to">→</span> {_people(event.recipients)}' if event.recipients else ""
    )
    facts = [f"at {_words(event.place)}"] if event.place else []
    if event.time:
        facts.append(f"on {_when(event.time) or _words(event.time.span)}")
    if event.attribution:
        facts.append(f"according to {_source(event.attribution)}")
    more = f'<span class="facts">{" · ".join(facts)}</span>' if facts else ""
    return f'<span class="tag {status}">{SIGNS[status]} {status}</span> <b class="{status}">{kind}</b> {who}{more}'


def _quote_line(quote: Quote) -> str:
    speaker = f"<b>{_words(quote.speaker)}</b>" if quote.speaker else "<i>nobody named</i>"
    told = (
        f'<span class="facts">as told by {" ← ".join(map(_source, quote.chain[1:]))}</span>' if quote.chain[1:] else ""
    )
    return f'{speaker} <span class="tag">{quote.kind}</span> <q>{_words(quote.span)}</q>{told}'


def _tenure_line(tenure: Tenure) -> str:
    of = f' <abbr class="country">{html.escape(tenure.of)}</abbr>' if tenure.of else ""
    return f'<b>{_words(tenure.person)}</b> {_words(tenure.office)}{of} <span class="tag">{tenure.status}</span>'


def _claim_line(claim: Claim) -> str:
    since = f" since {html.escape(claim.since)}" if claim.since else ""
    until = f" until {html.escape(claim.until)}" if claim.until else ""
    what = " ".join(x for x in (claim.type, claim.mode) if x)
    return f"<b>{claim.kind} {what}</b>{since}{until} <q>{_words(claim.span)}</q>"


def _reasons(reading: Reading) -> dict[str, str]:
    """For each record that has them, the cues, the rule and its line in the lexicon, in HTML."""
    prefix = {"event": "e", "quote": "q", "tenure": "o", "claim": "c"}
    found = {}
    for reason in api.explain(reading):
        entry = f" ({reason['entry']})" if reason["entry"] else ""
        words = html.escape(f"rule {reason['rule']}{entry}")
        found[f"{prefix[str(reason['kind'])]}{reason['id']}"] = f'<span class="facts why">{words}</span>'
    return found


def _people(participants: Iterable[Participant]) -> str:
    people = (
        _words(p.name) + (f' <abbr class="country">{html.escape(p.country)}</abbr>' if p.country else "")
        for p in participants
    )
    return ", ".join(people) or "<i>nobody named</i>"


def _source(attribution: Attribution) -> str:
    return _words(attribution.holder) if attribution.holder else f"<i>{attribution.kind}</i>"


def _when(time: Time) -> str:
    return html.escape(iso(time) or "")


def _words(span: Span) -> str:
    return html.escape(" ".join(span.text.split()))


def _marked(reading: Reading, records: list[Line]) -> str:
    """The text cut at every edge of evidence, each piece naming the records that rest on it."""
    text, blocks = reading.document.text, reading.document.blocks
    opening: dict[int, list[Line]] = {}
    closing: dict[int, list[Line]] = {}
    for record in records:
        for span in record.spans:
            opening.setdefault(span.start, []).append(record)
            closing.setdefault(span.end, []).append(record)
    kinds = {b.start: b.kind for b in blocks}
    ends = {b.end for b in blocks}
    cuts = sorted({0, len(text), *kinds, *ends, *opening, *closing})
    active: list[Line] = []
    reached: set[str] = set()
    kind, pieces = "body", []
    for start, end in zip(cuts, cuts[1:], strict=False):
        for record in closing.get(start, []):
            active.remove(record)
        active += opening.get(start, [])
        kind = kinds.get(start, "body" if start in ends else kind)
        pieces.append(_piece(text[start:end], active, kind, reached))
    return "".join(pieces)


def _piece(text: str, active: list[Line], kind: str, reached: set[str]) -> str:
    words = html.escape(text)
    if active:
        keys = dict.fromkeys(r.key for r in active)
        classes = " ".join(dict.fromkeys(r.kind for r in active))
        # one stop of the tabulator a record, not one a piece of its words
        stop = "" if reached.issuperset(keys) else ' tabindex="0" role="button"'
        reached.update(keys)
        words = f'<mark class="{classes}" data-ids="{" ".join(keys)}"{stop}>{words}</mark>'
    return words if kind == "body" else f'<span class="{kind}">{words}</span>'
