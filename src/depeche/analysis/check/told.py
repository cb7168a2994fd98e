"""A claim as a document tells it, with the event that it stands on: what a reading and the ledger's tables both give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from depeche.analysis.check.query import DAY, Interval
from depeche.ledger.places import find_place
from depeche.ledger.queries.check import ClaimRow
from depeche.ledger.queries.check import Side as Stored
from depeche.records import Claim, Event, Participant, Reading


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody in the event of a claim: `words` as they stand there, `name` the fullest mention, `kind` that of the actor."""

    words: str
    name: str
    kind: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its event: `rule` names the lexicon's cue, `apart`: the place stands outside the claim's own words; `event` is the
    id of the ledger's event, None where the words are not in the ledger; `frame` is the
    rule that found the event, `narrowed` as in `Claim`."""

    record: str
    kind: str
    text: str
    type: str | None
    mode: str | None
    subject: str | None
    subject_country: str | None
    since: str | None
    until: str | None
    n: int | None
    rule: str
    lang: str
    published: date | None
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    place: str | None
    country: str | None
    apart: bool
    at: Interval | None
    event: str | None
    frame: str | None
    narrowed: str | None


def told_in(reading: Reading) -> tuple[Told, ...]:
    """The claims of a reading."""
    events = {e.id: e for e in reading.events}
    return tuple(_told(claim, events.get(claim.event or ""), reading) for claim in reading.claims)


def _told(claim: Claim, event: Event | None, reading: Reading) -> Told:
    kinds = {a.id: a.kind for a in reading.actors}
    place = event.place if event else None
    near = [p.country for p in (*event.actors, *event.recipients) if p.country] if event else []
    return Told(
        record=claim.id, kind=claim.kind, text=claim.span.text, type=claim.type, mode=claim.mode,
        subject=claim.subject.text if claim.subject else None, subject_country=claim.subject_country,
        since=claim.since, until=claim.until, n=claim.n, rule=claim.rule,
        lang=reading.document.lang, published=reading.document.published,
        actors=tuple(_side(p, kinds) for p in event.actors) if event else (),
        recipients=tuple(_side(p, kinds) for p in event.recipients) if event else (),
        place=place.text if place else None,
        country=find_place(place.text, reading.document.lang, near).country if place else None,
        apart=bool(place and not claim.span.start <= place.start < claim.span.end),
        at=_days(event), event=None, frame=event.rule if event else None, narrowed=claim.narrowed.text if claim.narrowed else None,
    )  # fmt: skip


def told_of(row: ClaimRow, sides: Iterable[Stored]) -> Told:
    """A claim of the ledger; `sides` are those of the event mention that it stands on."""
    named = list(sides)
    return Told(
        record=row.id, kind=row.kind, text=row.text, type=row.type, mode=row.mode, subject=row.subject,
        subject_country=row.subject_country, since=row.since, until=row.until, n=row.n, rule=row.rule, lang=row.lang,
        published=row.published,
        actors=tuple(Side(s.words, s.name, s.kind, s.country) for s in named if s.role == "actor"),
        recipients=tuple(Side(s.words, s.name, s.kind, s.country) for s in named if s.role == "recipient"),
        place=row.place, country=row.country,
        apart=row.place_start is not None and not row.start <= row.place_start < row.end,
        at=Interval(row.begins, row.ends) if row.begins and row.ends else None, event=row.event,
        frame=row.frame, narrowed=row.narrowed,
    )  # fmt: skip


def _side(p: Participant, kinds: dict[str, str]) -> Side:
    return Side(p.words.text, p.name.text, kinds.get(p.actor or ""), p.country)


def _days(event: Event | None) -> Interval | None:
    """The days of an event whose words date it on both ends."""
    time = event.time if event else None
    if time is None or time.start is None or time.end is None or time.kind not in ("point", "interval"):
        return None
    last = time.end.date() if time.end.time() == time.end.min.time() else time.end.date() + DAY
    return Interval(time.start.date(), max(last, time.start.date() + DAY))
