"""An event of the ledger as an answer shows it: who, what, when, where, and every mention that it rests on, in its own words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from depeche.analysis.scores import QUADS, quad_of, score_of
from depeche.ledger.queries.happenings import EventRow, MemberRow, SideRow, event_rows, member_rows, side_rows
from depeche.records import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A document. `kind`: text for what was read, list for a curated list. `origin` is the document that it copies, or itself."""

    document: str
    kind: str
    name: str
    url: str | None
    outlet: str | None
    title: str | None
    published: date | None
    origin: str


@dataclass(frozen=True, slots=True)
class Witness:
    """One mention of an event: `record` is its id, `words` the evidence with its offsets in the document's text, `triggers` the words that
    tell the event. `holder` says so according to the document (`holder_kind`: named, institution, unnamed, media, rumour)."""

    record: str
    source: Source
    status: str
    day: date | None
    day_from: str
    words: Span
    triggers: tuple[Span, ...]
    holder_kind: str | None
    holder: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody in an event: `role` is actor or recipient, `mentions` in how many of its mentions. Where many mentions tell it, one whom few
    of them name is not `main`: no party to pairs and trips."""

    role: str
    name: str
    key: str
    kind: str | None
    country: str | None
    sector: str | None
    mentions: int
    main: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """One event. It lies on the days from `day` to `day_last`, both included; `day_from` says whence: text, publication or none.

    `quad` and `score` are PLOVER's (see `depeche.analysis.scores`). `documents` tell it, `origins` of them are no copies of another.
    `disagreements` holds, under status, day, toll or actor, what its mentions say differently. `witnesses` come by date of publication.
    """

    id: str
    type: str
    mode: str | None
    cameo: str | None
    quad: int
    score: float
    status: str
    day: date | None
    day_last: date | None
    day_from: str
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    documents: int
    origins: int
    published_first: date | None
    published_last: date | None
    disagreements: Mapping[str, Sequence[object]]
    witnesses: tuple[Witness, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records that it rests on: the event's own, then those of its mentions."""
        return (self.id, *(w.record for w in self.witnesses))


def load_happenings(con: duckdb.DuckDBPyConnection, events: Sequence[str]) -> tuple[Happening, ...]:
    """The events of some ids, in the order of the ids."""
    if not events:
        return ()
    sides: dict[str, list[SideRow]] = defaultdict(list)
    members: dict[str, list[MemberRow]] = defaultdict(list)
    for side in side_rows(con, events):
        sides[side.event].append(side)
    for member in member_rows(con, events):
        members[member.event].append(member)
    rows = {row.id: row for row in event_rows(con, events)}
    return tuple(_happening(rows[event], sides[event], members[event]) for event in events if event in rows)


def _happening(row: EventRow, sides: Iterable[SideRow], members: Iterable[MemberRow]) -> Happening:
    by_role: dict[str, list[Side]] = {"actor": [], "recipient": []}
    for s in sides:
        by_role[s.role].append(Side(s.role, s.name, s.key, s.kind, s.country, s.sector, s.mentions, s.main))
    return Happening(
        row.id, row.type, row.mode, row.cameo, quad_of(row.type), score_of(row.type, row.mode), row.status, row.day, row.day_last,
        row.day_from, row.place, row.country, row.latitude, row.longitude, tuple(by_role["actor"]), tuple(by_role["recipient"]),
        row.documents, row.origins, row.published_first, row.published_last, json.loads(row.disagreements),
        tuple(_witness(m) for m in sorted(members, key=_first)),
    )  # fmt: skip


def _first(member: MemberRow) -> tuple[bool, date, str, int]:
    """By date of publication, the undated last."""
    return member.published is None, member.published or date.min, member.document, member.start


def _witness(m: MemberRow) -> Witness:
    source = Source(m.document, m.kind, m.name, m.url, m.outlet, m.title, m.published, m.origin)
    triggers = tuple(Span(t["start"], t["end"], t["text"]) for t in json.loads(m.triggers))
    words = Span(m.start, m.end, m.words)
    return Witness(m.id, source, m.status, m.day, m.day_from, words, triggers, m.holder_kind, m.holder)


def names_of(sides: Iterable[Side]) -> str:
    """The names of one side, as frames show them."""
    return "; ".join(s.name for s in sides)


def countries_of(sides: Iterable[Side]) -> str:
    """The countries of one side, each once."""
    return "; ".join(dict.fromkeys(s.country for s in sides if s.country))


def row_of(event: Happening) -> dict[str, object]:
    """An event as one flat row, with the words of its first witness."""
    first = event.witnesses[0] if event.witnesses else None
    return {
        "event": event.id, "type": event.type, "mode": event.mode, "cameo": event.cameo, "quad": QUADS[event.quad], "score": event.score,
        "status": event.status, "day": event.day, "day_last": event.day_last, "day_from": event.day_from,
        "actors": names_of(event.actors), "actor_countries": countries_of(event.actors),
        "recipients": names_of(event.recipients), "recipient_countries": countries_of(event.recipients),
        "place": event.place, "country": event.country, "latitude": event.latitude, "longitude": event.longitude,
        "documents": event.documents, "origins": event.origins,
        "published_first": event.published_first, "published_last": event.published_last,
        "disagreements": json.dumps(event.disagreements, ensure_ascii=False) if event.disagreements else None,
        **first_words(first), "mentions": " ".join(w.record for w in event.witnesses),
    }  # fmt: skip


def first_words(witness: Witness | None) -> dict[str, object]:
    """The columns of a witness: its document and its words with their offsets."""
    source = witness.source if witness else None
    return {
        "document": source and source.document, "name": source and source.name, "outlet": source and source.outlet,
        "url": source and source.url, "start": witness and witness.words.start, "end": witness and witness.words.end,
        "words": witness and witness.words.text,
    }  # fmt: skip


#: The columns of `row_of`, for frames without a row.
EVENT_COLUMNS: tuple[str, ...] = tuple(
    "event type mode cameo quad score status day day_last day_from actors actor_countries recipients recipient_countries place country "
    "latitude longitude documents origins published_first published_last disagreements document name outlet url start end words "
    "mentions".split()
)


def records_of(events: Collection[Happening]) -> tuple[str, ...]:
    """All records that some events rest on, each once."""
    return tuple(dict.fromkeys(record for event in events for record in event.records))
