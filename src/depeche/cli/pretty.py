"""A reading for the eye: one line a record, the words that it rests on beneath."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from depeche import api
from depeche.cli.console import visible
from depeche.records import Attribution, Claim, Event, Participant, Quote, Reading, Span, Tenure, Time
from depeche.records.codecs import iso

WIDTH = 100
SIGNS = {"actual": "●", "planned": "▷", "possible": "?", "denied": "✗", "habitual": "↻"}
COLOURS = {"actual": "32", "planned": "36", "possible": "33", "denied": "31", "habitual": "35"}


class Painter:
    """Adds colour where the output is a terminal, and nothing where it is piped."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def paint(self, text: str, code: str) -> str:
        """The text in an ANSI colour, or as it is."""
        return f"\033[{code}m{text}\033[0m" if self.colour else text


def render(reading: Reading, *, colour: bool, explain: bool) -> str:
    """The whole reading of one document as text."""
    painter = Painter(colour)
    reasons = {str(r["id"]): r for r in api.explain(reading)} if explain else {}
    lines = list(_head(reading, painter, explain))
    if reading.events:
        lines += _section(f"WHO DID WHAT TO WHOM ({len(reading.events)})", painter)
        for event in reading.events:
            lines += [*_event(event, painter), *_why(reasons.get(event.id), event.evidence)]
    if reading.quotes:
        lines += _section(f"WHO SAID WHAT ({len(reading.quotes)})", painter)
        for quote in reading.quotes:
            lines += [*_quote(quote, painter), *_why(reasons.get(quote.id), quote.span)]
    if reading.tenures:
        lines += _section(f"WHO HOLDS WHICH OFFICE ({len(reading.tenures)})", painter)
        for tenure in reading.tenures:
            lines += [*_tenure(tenure, painter), *_why(reasons.get(tenure.id), tenure.evidence)]
    if reading.claims:
        lines += _section(f"CLAIMS THAT CAN BE CHECKED ({len(reading.claims)})", painter)
        for claim in reading.claims:
            lines += [*_claim(claim, painter), *_why(reasons.get(claim.id), claim.span)]
    if reading.times:
        lines += _section(f"TIMES ({len(reading.times)})", painter)
        lines += [
            f"  {visible(t.span.text)} = {_when(t)}" + (f"   [{t.rule}]" if explain else "") for t in reading.times
        ]
    lines += _aside(reading, painter)
    return "\n".join(lines) + "\n"


def _why(reason: dict[str, Any] | None, shown: Span) -> Iterator[str]:
    """What stands behind a record: the rule, its line in the lexicon, the cues that decided, and the sentence unless it is shown."""
    if reason is None:
        return
    entry = f" ({reason['entry']})" if reason["entry"] else ""
    yield f"      rule: {reason['rule']}{entry}"
    for cue in reason["cues"]:
        words, rule = cue.get("span") or cue.get("cue") or cue, cue.get("rule")
        if rule and words:
            holder = f", {cue['kind']}" if "kind" in cue else ""
            yield f"      cue: “{visible(words.get('text', ''))}” [{rule}{holder}]"
    sentence = " ".join(s["text"] for s in reason["sentences"])
    if sentence and sentence != shown.text:
        yield from wrapped(f"sentence: {' '.join(visible(sentence).split())}")


def _head(reading: Reading, painter: Painter, explain: bool) -> Iterator[str]:
    doc = reading.document
    name = visible(doc.title or doc.name or doc.id)
    about = ", ".join(visible(str(x)) for x in (doc.outlet, doc.published or "no date of publication", doc.lang) if x)
    yield painter.paint(name, "1") + f"  ({about})"
    if explain:
        yield f"parsed by {visible(reading.model)}"


def _section(title: str, painter: Painter) -> list[str]:
    return ["", painter.paint(title, "1;4")]


def _event(event: Event, painter: Painter) -> Iterator[str]:
    status = event.factuality.status
    kind = event.type + (f" {event.mode}" if event.mode else "")
    sides = _people(event.actors) + (f" → {_people(event.recipients)}" if event.recipients else "")
    facts = [sides]
    if event.place:
        facts.append(f"at {event.place.text}")
    if event.time:
        facts.append(f"on {_when(event.time)}")
    if event.attribution:
        facts.append(f"according to {_source(event.attribution)}")
    label = painter.paint(f"{SIGNS[status]} {status:<8} {kind}", COLOURS[status])
    yield f"  {label}  {'  '.join(visible(f) for f in facts if f)}"
    yield from _evidence(event.evidence, event.triggers, painter)


def _quote(quote: Quote, painter: Painter) -> Iterator[str]:
    speaker = visible(quote.speaker.text) if quote.speaker else "(nobody named)"
    cue = f", “{visible(quote.cue.text)}”" if quote.cue else ""
    yield f"  {painter.paint(speaker, '1')}  ({quote.kind}{cue})"
    yield from _evidence(quote.span, (), painter)
    if len(quote.chain) > 1:
        yield "      as told by: " + " < ".join(_source(a) for a in quote.chain[1:])


def _tenure(tenure: Tenure, painter: Painter) -> Iterator[str]:
    of = f" of {visible(tenure.of)}" if tenure.of else ""
    yield f"  {painter.paint(visible(tenure.person.text), '1')}  {visible(tenure.office.text)}{of}  ({tenure.status})"
    yield from _evidence(tenure.evidence, (tenure.person, tenure.office), painter)


def _claim(claim: Claim, painter: Painter) -> Iterator[str]:
    facts = [
        f"{name} {value}" for name, value in (("since", claim.since), ("until", claim.until), ("n =", claim.n)) if value
    ]
    about = " ".join(x for x in (claim.type, claim.mode) if x)
    who = f": {visible(claim.subject.text)}" if claim.subject else ""
    where = f" – {visible(claim.object.text)}" if claim.object else ""
    yield f"  {painter.paint(claim.kind, '1')} {about}{who}{where}  {' '.join(facts)}".rstrip()
    yield from _evidence(claim.span, (), painter)


def _aside(reading: Reading, painter: Painter) -> Iterator[str]:
    doc = reading.document
    aside = [b for b in doc.blocks if b.kind in ("furniture", "byline", "caption")]
    if aside:
        yield from _section(f"SET ASIDE ({len(aside)})", painter)
        for block in aside:
            yield f"  {block.kind}: {visible(' '.join(doc.text[block.start : block.end].split()))[:WIDTH]}"


def _people(participants: Iterable[Participant]) -> str:
    return ", ".join(p.name.text + (f" ({p.country})" if p.country else "") for p in participants) or "(nobody named)"


def _source(attribution: Attribution) -> str:
    holder = attribution.holder.text if attribution.holder else "(nobody named)"
    return visible(f"{holder} ({attribution.kind})")


def _when(time: Time) -> str:
    exact = iso(time)
    if exact:
        return exact
    if time.start or time.end:
        return f"{time.start.date() if time.start else '…'}/{time.end.date() if time.end else '…'}"
    return f"“{visible(time.span.text)}”"


def _evidence(span: Span, marked: Iterable[Span], painter: Painter) -> Iterator[str]:
    """The words themselves, the deciding ones in bold, wrapped and indented."""
    text = visible(span.text)
    inside = sorted(
        (m.start - span.start, m.end - span.start) for m in marked if span.start <= m.start and m.end <= span.end
    )
    for start, end in reversed(inside):
        text = text[:start] + painter.paint(text[start:end], "1") + text[end:]
    yield from wrapped(f"“{' '.join(text.split())}”")


def wrapped(text: str) -> list[str]:
    """A text in lines of the common width, indented."""
    indent = "      "
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
