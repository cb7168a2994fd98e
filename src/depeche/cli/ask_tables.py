"""Answers of the ledger for the eye: one block an item, the words that it rests on beneath."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from depeche.analysis.trips import Stop
from depeche.cli.console import visible
from depeche.cli.pretty import COLOURS, SIGNS, Painter, wrapped

if TYPE_CHECKING:
    from depeche.analysis.claims import Claims
    from depeche.analysis.dyads import Dyad, Dyads
    from depeche.analysis.events import Events
    from depeche.analysis.happenings import Happening, Side, Witness
    from depeche.analysis.quotes import Quotes, Said
    from depeche.analysis.timeline import Entry, Timeline
    from depeche.analysis.trips import Trip, Trips

# Witnesses that are printed of each event; JSON has all.
SHOWN = 2
# Names that are printed of each side.
NAMED = 4
# Up to this many periods are all printed; of more, those without an event are left out.
ALL_PERIODS = 60
_HALF = 14


def events_table(answer: Events, painter: Painter) -> Iterator[str]:
    """Events, each with its first witnesses."""
    for event in answer.events:
        yield from _event(event, painter)
    yield from _page(answer.total, len(answer.events), "event")


def _page(total: int, shown: int, what: str) -> Iterator[str]:
    some = "" if shown == total else f"; {shown} of them here (see --limit)"
    yield f"{total} {what}{'' if total == 1 else 's'}{some}"


def _event(event: Happening, painter: Painter) -> Iterator[str]:
    label = painter.paint(f"{SIGNS[event.status]} {when(event):<12} {kind_of(event)}", COLOURS[event.status])
    yield f"{label}  {visible(sides_of(event))}{_where(event)}  {_weight(event.documents, event.origins)}"
    told = _distinct(event.witnesses)
    for witness in told[:SHOWN]:
        yield from _witness(witness, painter)
    more = len(event.witnesses) - SHOWN
    if more > 0:
        yield f"      … and {more} more mention{'' if more == 1 else 's'}"
    yield from _disagreements(event)
    yield painter.paint(f"      {event.id}", "2")
    yield ""


def kind_of(event: Happening) -> str:
    """Type and mode."""
    return event.type + (f" {event.mode}" if event.mode else "")


def when(event: Happening | Stop) -> str:
    """The days of an event: "≈" where no word tells them and the day of publication stands in."""
    first, last = (event.first, event.last) if isinstance(event, Stop) else (event.day, event.day_last)
    return ("≈" if event.day_from == "publication" else "") + days(first, last)


def days(first: date | None, last: date | None) -> str:
    """Days as a day, month or year where they are one, else from … to."""
    if first is None:
        return "undated"
    if last is None or last == first:
        return first.isoformat()
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        if first.year == last.year and first.month == 1 and last.month == 12:
            return str(first.year)
    return f"{first}…{last:%m-%d}" if first.year == last.year else f"{first}…{last}"


def sides_of(event: Happening) -> str:
    """Who → to whom."""
    return _people(event.actors) + (f" → {_people(event.recipients)}" if event.recipients else "")


def _people(sides: Sequence[Side]) -> str:
    names = [s.name + (f" ({s.country})" if s.country else "") for s in sides[:NAMED]]
    more = f" and {len(sides) - NAMED} others" if len(sides) > NAMED else ""
    return (", ".join(names) or "(nobody named)") + more


def _where(event: Happening) -> str:
    if not event.place:
        return ""
    return f"  at {visible(event.place)}" + (f" ({event.country})" if event.country else "")


def _weight(documents: int, origins: int) -> str:
    told = f"{documents} document{'' if documents == 1 else 's'}"
    return f"[{told}]" if documents == origins else f"[{told}, {origins} independent]"


def _distinct(witnesses: Sequence[Witness]) -> list[Witness]:
    """One witness of each origin first, then the others."""
    first: dict[str, Witness] = {}
    for w in witnesses:
        first.setdefault(w.source.origin, w)
    ahead = list(first.values())
    return ahead + [w for w in witnesses if w not in ahead]


def _witness(witness: Witness, painter: Painter) -> Iterator[str]:
    yield from quoted(
        witness.words.text,
        painter,
        [(t.start - witness.words.start, t.end - witness.words.start) for t in witness.triggers],
    )
    source = witness.source
    told = f", according to {witness.holder or '(nobody named)'}" if witness.holder_kind else ""
    yield f"      — {_source(source.outlet, source.title or source.name, source.document, source.published)}{visible(told)}"


def _source(outlet: str | None, name: str, document: str, published: date | None) -> str:
    parts = (outlet, name or document, published.isoformat() if published else "undated")
    return visible(", ".join(" ".join(p.split()) for p in parts if p))


def quoted(text: str, painter: Painter, marked: Iterable[tuple[int, int]] = ()) -> list[str]:
    """Words wrapped in quotation marks, stretches of them in bold."""
    shown = visible(text)
    for start, end in sorted(marked, reverse=True):
        if 0 <= start < end <= len(shown):
            shown = shown[:start] + painter.paint(shown[start:end], "1") + shown[end:]
    return wrapped(f"“{' '.join(shown.split())}”")


def _disagreements(event: Happening) -> Iterator[str]:
    for what, told in event.disagreements.items():
        values = " / ".join(str(t["value"]) for t in told if isinstance(t, dict))
        yield f"      sources differ on {what}: {visible(values)}"


def quotes_table(answer: Quotes, painter: Painter) -> Iterator[str]:
    """Quotes, each with who says so."""
    for said in answer.quotes:
        yield from _quote(said, painter)
    yield from _page(answer.total, len(answer.quotes), "quote")


def _quote(said: Said, painter: Painter) -> Iterator[str]:
    speaker = painter.paint(visible(said.speaker or "(nobody named)"), "1")
    country = f" ({said.speaker_country})" if said.speaker_country else ""
    cue = said.chain[0].cue if said.chain else None
    yield f"{speaker}{country}  {said.kind}" + (f", “{visible(cue)}”" if cue else "")
    yield from quoted(said.words.text, painter)
    if len(said.chain) > 1:
        yield "      as told by: " + visible(" < ".join(link.holder or "(nobody named)" for link in said.chain[1:]))
    s = said.source
    yield f"      — {_source(s.outlet, s.title or s.name, s.document, s.published)}"
    yield painter.paint(f"      {said.record}", "2")
    yield ""


def dyads_table(answer: Dyads, painter: Painter) -> Iterator[str]:
    """Each pair's series: what was read, the events by quad class, the scores as bars that share one scale."""
    top = max((max(p.cooperation_score, -p.conflict_score) for d in answer.dyads for p in d.periods), default=0.0)
    for dyad in answer.dyads:
        yield from _dyad(dyad, answer, top, painter)


def _dyad(dyad: Dyad, answer: Dyads, top: float, painter: Painter) -> Iterator[str]:
    arrow = "→" if answer.directed else "–"
    yield painter.paint(visible(f"{dyad.first.name} {arrow} {dyad.second.name}"), "1") + f", by {answer.by}"
    yield f"{'period':<11} documents  events  cooperation    conflict    score  {'conflict':>{_HALF}}│cooperation"
    yield f"{'':<11} {'':>9}  {'':>6}  verbal+mat.  verbal+mat."
    few = len(dyad.periods) <= ALL_PERIODS
    shown = [p for p in dyad.periods if few or p.events]
    for p in shown:
        counts = (
            f"{p.verbal_cooperation:>6}+{p.material_cooperation:<4} {p.verbal_conflict:>7}+{p.material_conflict:<4}"
        )
        left = painter.paint(_bar(-p.conflict_score, top, _HALF)[::-1].rjust(_HALF), "31")
        right = painter.paint(_bar(p.cooperation_score, top, _HALF), "34")
        yield f"{p.label:<11} {p.documents:>9}  {len(p.events):>6}  {counts} {p.score:>7.1f}  {left}│{right}".rstrip()
    if len(shown) < len(dyad.periods):
        yield f"({len(dyad.periods) - len(shown)} periods without an event of the pair are left out; --format csv has all)"
    yield f"{len(dyad.records)} events in {sum(p.documents for p in dyad.periods)} documents read"
    out = dyad.left_out
    for ids, why in (
        (out.coarse, f"not known to lie within one {answer.by}"),
        (out.undated, "undated"),
        (out.outside, "outside the time in which documents were read"),
    ):
        if ids:
            yield f"  left out: {len(ids)} {why}"
    empty = sum(1 for p in dyad.periods if not p.documents)
    if empty:
        yield f"  {empty} of {len(dyad.periods)} periods are empty of documents: no event there means nothing"
    yield ""


def _bar(value: float, top: float, width: int) -> str:
    """A bar of whole blocks; the smallest value above 0 shows."""
    if top <= 0 or value <= 0:
        return ""
    return "█" * max(1, round(width * value / top))


def trips_table(answer: Trips, painter: Painter) -> Iterator[str]:
    """Journeys, each with its stops."""
    for trip in answer.trips:
        yield from _trip(trip, painter)
    stops = sum(len(t.stops) for t in answer.trips)
    yield f"{stops} stop{'' if stops == 1 else 's'} on {len(answer.trips)} journey{'' if len(answer.trips) == 1 else 's'}"
    if answer.nowhere:
        yield f"  left out: {len(answer.nowhere)} visits that do not say where they led"


def _trip(trip: Trip, painter: Painter) -> Iterator[str]:
    country = f" ({trip.country})" if trip.country else ""
    yield painter.paint(visible(trip.traveller), "1") + country
    for stop in trip.stops:
        yield f"  {when(stop):<22} {visible(_stop_at(stop))}  {_told(stop)}"
        witnesses = [w for e in stop.events for w in e.witnesses]
        for witness in _distinct(witnesses)[:1]:
            yield from _witness(witness, painter)
        yield painter.paint(f"      {' '.join(e.id for e in stop.events)}", "2")
    yield ""


def _stop_at(stop: Stop) -> str:
    at = f"{stop.where} ({stop.country})"
    hosts = f", to {'; '.join(stop.hosts[:NAMED])}" if stop.hosts else ""
    return at + hosts


def _told(stop: Stop) -> str:
    sources = [w.source for e in stop.events for w in e.witnesses]
    return _weight(len({s.document for s in sources}), len({s.origin for s in sources}))


def timeline_table(answer: Timeline, painter: Painter) -> Iterator[str]:
    """One line an entry, then its words."""
    for entry in answer.entries:
        yield from _entry(entry, painter)
    shown = sum(1 for e in answer.entries if e.event)
    some = (
        ""
        if shown == answer.total
        else f"; the {shown} that the most independent documents tell are here (see --limit)"
    )
    yield f"{answer.total} event{'' if answer.total == 1 else 's'}{some}"


def _entry(entry: Entry, painter: Painter) -> Iterator[str]:
    event, spell = entry.event, entry.spell
    if spell:
        last = f" to {spell.last}" if spell.last else ""
        of = f" of {spell.of}" if spell.of else ""
        line = f"§ {spell.first.isoformat():<12} {spell.office}{of}: {spell.person}, seen{last} ({spell.witnesses} mentions, {spell.source})"
        yield painter.paint(visible(line), "35")
    if event:
        label = painter.paint(f"{SIGNS[event.status]} {when(event):<12} {kind_of(event)}", COLOURS[event.status])
        yield f"{label}  {visible(sides_of(event))}{_where(event)}  {_weight(event.documents, event.origins)}"
        for witness in event.witnesses[:1]:
            yield from quoted(witness.words.text, painter)


def claims_table(answer: Claims) -> Iterator[str]:
    """Claims with their verdicts, and how many there are of each."""
    from depeche.cli.checked import render

    for verdict in answer.verdicts:
        yield render(verdict)
    yield from _page(answer.total, len(answer.verdicts), "claim")
    yield f"  {answer.checked} checked: " + ", ".join(
        f"{number} {verdict}" for verdict, number in answer.counts.items()
    )
