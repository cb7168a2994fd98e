"""Readings as data frames, one row a record, for those who go on in pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from depeche.errors import RecordError
from depeche.records.codecs import iso
from depeche.records.types import Claim, Event, Participant, Quote, Span, Tenure, Time

if TYPE_CHECKING:
    import pandas

    from depeche.records.types import Reading

KINDS = ("events", "quotes", "tenures", "times", "claims")


def to_frame(reading: Reading, kind: str = "events") -> pandas.DataFrame:
    """One row a record of the kind: events, quotes, tenures, times or claims. Empty readings keep their columns.

    Raises RecordError for an unknown kind.
    """
    import pandas

    if kind not in KINDS:
        raise RecordError(f"no frame of {kind!r}; accepted: {', '.join(KINDS)}")
    row, columns = _ROWS[kind]
    frame = pandas.DataFrame([row(record) for record in getattr(reading, kind)], columns=list(columns))
    frame.insert(0, "document", reading.document.id)
    return frame


def _names(participants: tuple[Participant, ...]) -> str:
    return "; ".join(p.name.text for p in participants)


def _countries(participants: tuple[Participant, ...]) -> str:
    return "; ".join(p.country or "" for p in participants)


def _text(span: Span | None) -> str | None:
    return span.text if span else None


def _event(e: Event) -> dict[str, Any]:
    return {
        "id": e.id, "type": e.type, "mode": e.mode, "cameo": e.cameo, "status": e.factuality.status,
        "actors": _names(e.actors), "actor_countries": _countries(e.actors),
        "recipients": _names(e.recipients), "recipient_countries": _countries(e.recipients),
        "place": _text(e.place), "date": iso(e.time), "source": _text(e.attribution.holder) if e.attribution else None,
        "trigger": e.triggers[0].text, "start": e.evidence.start, "end": e.evidence.end, "evidence": e.evidence.text, "rule": e.rule,
    }  # fmt: skip


def _quote(q: Quote) -> dict[str, Any]:
    return {
        "id": q.id, "kind": q.kind, "speaker": _text(q.speaker), "cue": _text(q.cue),
        "start": q.span.start, "end": q.span.end, "text": q.span.text, "rule": q.rule,
    }  # fmt: skip


def _tenure(t: Tenure) -> dict[str, Any]:
    return {
        "id": t.id, "person": t.person.text, "office": t.office.text, "of": t.of, "status": t.status, "as_of": t.as_of,
        "start": t.evidence.start, "end": t.evidence.end, "evidence": t.evidence.text, "rule": t.rule,
    }  # fmt: skip


def _time(t: Time) -> dict[str, Any]:
    return {
        "text": t.span.text, "kind": t.kind, "grain": t.grain, "from": t.start, "to": t.end,
        "start": t.span.start, "end": t.span.end, "rule": t.rule,
    }  # fmt: skip


def _claim(c: Claim) -> dict[str, Any]:
    return {
        "id": c.id, "kind": c.kind, "type": c.type, "mode": c.mode, "subject": _text(c.subject), "object": _text(c.object),
        "since": c.since, "until": c.until, "n": c.n, "start": c.span.start, "end": c.span.end, "text": c.span.text, "rule": c.rule,
    }  # fmt: skip


_COLUMNS = {
    "events": "id type mode cameo status actors actor_countries recipients recipient_countries place date source trigger start end "
    "evidence rule",
    "quotes": "id kind speaker cue start end text rule",
    "tenures": "id person office of status as_of start end evidence rule",
    "times": "text kind grain from to start end rule",
    "claims": "id kind type mode subject object since until n start end text rule",
}
_MAKERS: dict[str, Any] = {"events": _event, "quotes": _quote, "tenures": _tenure, "times": _time, "claims": _claim}
_ROWS = {kind: (_MAKERS[kind], _COLUMNS[kind].split()) for kind in KINDS}
