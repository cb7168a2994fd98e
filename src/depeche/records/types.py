"""The records: frozen, typed, checked when built.

Offsets are half-open, in Unicode code points of `Document.text`. Record ids are hashes of content (see `identity`).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from depeche.errors import RecordError
from depeche.records import vocabularies as v

if TYPE_CHECKING:
    import pandas


def identity(*parts: object) -> str:
    """A 16-digit hexadecimal id that depends on the parts alone, the same in every process."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, default=str).encode()).hexdigest()[:16]


def _one_of(value: str, allowed: frozenset[str], what: str) -> None:
    if value not in allowed:
        raise RecordError(f"{what} {value!r} is unknown; accepted: {', '.join(sorted(allowed))}")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the document's text, with its words: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.text):
            raise RecordError(
                f"span {self.start}:{self.end} does not fit its {len(self.text)} characters {self.text[:40]!r}"
            )


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page: body, headline, byline, caption or furniture."""

    start: int
    end: int
    kind: str

    def __post_init__(self) -> None:
        _one_of(self.kind, v.BLOCK_KINDS, "block kind")


@dataclass(frozen=True, slots=True)
class Document:
    """One immutable text and what is known of its source. `published` is None when unknown, never today."""

    id: str
    text: str
    lang: str
    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    source: str = "text"
    name: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: a half-open interval [start, end) with its grain; both None where nothing settles it.

    `kind`: point ("jeudi"), interval ("depuis 2006", "du 3 au 5 mai"), duration ("pendant trois jours"), recurring ("chaque
    lundi"). An open interval has one bound None. `rule` names the lexicon line or rule that read it.

    `said` is what the words alone give of a day, month or year, as ISO 8601 writes it, a missing year as "-": "2019-02-14", "--05-12" ("le
    12 mai"), with the weekday after a stroke, Monday 1: "--05-12/5" ("vendredi 12 mai"). None for other times. `tense` is that of the
    clause around such a day, month or year (past, present, future), None where its words do not say.
    """

    span: Span
    kind: str
    grain: str
    start: datetime | None
    end: datetime | None
    rule: str
    said: str | None = None
    tense: str | None = None

    def __post_init__(self) -> None:
        _one_of(self.kind, v.TIME_KINDS, "time kind")
        if self.tense is not None:
            _one_of(self.tense, v.TENSES, "tense")
        _one_of(self.grain, v.GRAINS, "grain")
        if self.start and self.end and self.start >= self.end:
            raise RecordError(f"time {self.span.text!r}: start {self.start} is not before end {self.end}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text and the actor that it stands for; None where unresolved, never a guess."""

    span: Span
    head: Span
    kind: str
    actor: str | None
    rule: str

    def __post_init__(self) -> None:
        _one_of(self.kind, v.MENTION_KINDS, "mention kind")


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, office, organisation, armed group, state or crowd of one document.

    `name` is its fullest mention. `country` is an ISO 3166-1 alpha-3 code or a body code (UNO, EUE, …), None where nothing
    settles it. `sector` is a PLOVER sector. `office` is the key (see `Tenure.key`) of the office that stands for an actor without a name.
    """

    id: str
    kind: str
    name: Span
    country: str | None
    sector: str | None
    office: str | None = None

    def __post_init__(self) -> None:
        _one_of(self.kind, v.ACTOR_KINDS, "actor kind")
        if self.sector is not None:
            _one_of(self.sector, v.SECTORS, "sector")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decided something, and the lexicon entry or rule that knows them."""

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain "X, cited by Y". `holder` is the fullest mention of who says so, `words` as it stands at the cue."""

    kind: str
    holder: Span | None
    words: Span | None
    cue: Span | None
    rule: str
    actor: str | None = None

    def __post_init__(self) -> None:
        _one_of(self.kind, v.HOLDER_KINDS, "holder kind")


@dataclass(frozen=True, slots=True)
class Factuality:
    """Whether it happened: actual, planned, possible, denied, habitual; with the cues that decide."""

    status: str
    cues: tuple[Cue, ...] = ()

    def __post_init__(self) -> None:
        _one_of(self.status, v.FACTUALITIES, "factuality")


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who holds which office of what, as the words say, as of the date of publication.

    `key` is the office under all its names, where `of` is a country or body: "head_of_state" for "président" and "chef de l'État",
    "mayor:londres" for the mayor of one city; of a group its own title ("president" of a party). `basis` says what the record rests
    on: "stated", person, office and whose office stand together in the words; "linked", person and office do, whose office it is
    comes from elsewhere in the text or from what is known; "resolved", even the person does. `told` is the status that the words
    alone give, `status` the one that what is known of the person makes of it.
    """

    id: str
    person: Span
    actor: str | None
    office: Span
    of: str | None
    status: str
    as_of: date | None
    evidence: Span
    rule: str
    key: str = ""
    basis: str = "stated"
    told: str = "current"

    def __post_init__(self) -> None:
        _one_of(self.status, v.TENURE_STATUSES, "tenure status")
        _one_of(self.basis, v.TENURE_BASES, "tenure basis")
        _one_of(self.told, v.TENURE_STATUSES, "tenure status")


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words (without their marks) or a reported clause, and the chain of who says so, nearest first."""

    id: str
    span: Span
    kind: str
    chain: tuple[Attribution, ...]
    rule: str

    def __post_init__(self) -> None:
        _one_of(self.kind, v.QUOTE_KINDS, "quote kind")

    @property
    def speaker(self) -> Span | None:
        """The speaker's fullest mention, or None."""
        return self.chain[0].holder if self.chain else None

    @property
    def cue(self) -> Span | None:
        """The words that attribute, or None."""
        return self.chain[0].cue if self.chain else None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in an event: `words` as they stand in its sentence, `name` the fullest mention, `country` as in `Actor`."""

    words: Span
    name: Span
    country: str | None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event mention: one thing that happened or may happen, as one document tells it.

    `rule` is the lexicon frame that proposed it, `reasons` the strongest features of the learned component that kept it, if any.
    """

    id: str
    type: str
    mode: str | None
    cameo: str | None
    triggers: tuple[Span, ...]
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    factuality: Factuality
    evidence: Span
    rule: str
    place: Span | None = None
    time: Time | None = None
    attribution: Attribution | None = None
    contexts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _one_of(self.type, v.EVENT_TYPES, "event type")
        if self.mode is not None:
            _one_of(self.mode, v.EVENT_MODES[self.type], f"mode of {self.type}")
        if not self.triggers:
            raise RecordError(f"a {self.type} event without a trigger")


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement about events, as a query over the ledger: "the first visit of a US defence minister to X since 2006".

    `event` is the id of the event that is said to be the first (last, only, n-th), None for "never". `subject` and `place` are
    the words of who and where, `since` and `until` ISO dates (day, month or year), or an ISO duration before the event ("P10Y" for "en
    dix ans"), or "XXXX" for a bound of which no date is known; `n` the ordinal; `narrowed` are words that narrow what is counted
    ("officielle" in "la première visite officielle").
    """

    id: str
    span: Span
    kind: str
    event: str | None
    type: str | None
    mode: str | None
    subject: Span | None
    subject_country: str | None
    object: Span | None
    object_country: str | None
    since: str | None
    until: str | None
    n: int | None
    rule: str
    narrowed: Span | None = None

    def __post_init__(self) -> None:
        _one_of(self.kind, v.CLAIM_KINDS, "claim kind")


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one document, the name of the language model that parsed it, and its sentences."""

    document: Document
    model: str
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    sentences: tuple[Span, ...] = ()

    def to_frame(self, kind: str = "events") -> pandas.DataFrame:
        """One row a record of the kind (events, quotes, tenures, times, claims); see `depeche.records.frames`."""
        from depeche.records.frames import to_frame

        return to_frame(self, kind)
