"""Records to plain dictionaries and back, and to the lines of the annotation guide's format.

`decode(type, encode(record)) == record` holds for every record (a property test checks it).
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from depeche.errors import RecordError
from depeche.records.types import Event, Participant, Quote, Reading, Span, Tenure, Time

R = TypeVar("R")


def encode(record: object) -> Any:
    """A record as dictionaries, lists, strings, numbers and None; every span is {"start", "end", "text"}."""
    if is_dataclass(record) and not isinstance(record, type):
        return {f.name: encode(getattr(record, f.name)) for f in fields(record)}
    if isinstance(record, tuple):
        return [encode(item) for item in record]
    if isinstance(record, date):
        return record.isoformat()
    return record


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def decode(kind: type[R], data: Mapping[str, Any]) -> R:
    """The record of a type from what `encode` made.

    Raises RecordError for unknown or missing keys and for values that the record refuses.
    """
    hints = _hints(cast(Any, kind))
    unknown = set(data) - set(hints)
    if unknown:
        raise RecordError(f"{kind.__name__}: unknown key {sorted(unknown)[0]!r}; accepted: {', '.join(sorted(hints))}")
    try:
        return kind(**{name: _decode_value(hints[name], value) for name, value in data.items()})
    except TypeError as error:
        raise RecordError(f"{kind.__name__}: {error}") from error


def _decode_value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _decode_value(next(a for a in get_args(hint) if a is not type(None)), value)
    if origin is tuple:
        return tuple(_decode_value(get_args(hint)[0], item) for item in value)
    if is_dataclass(hint) and isinstance(hint, type):
        return decode(hint, value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    return value


def iso(time: Time | None, published: date | None = None) -> str | None:
    """A time as readings write it: an ISO day, month, year, or "start/end" with the end included; None where it is not settled.

    A time that is open at its end gives its start, or, where `published` is given and not before it, runs to the day of publication.
    """
    if time is None or time.start is None or time.kind in ("recurring", "duration"):
        return None
    if time.end is None:
        last = datetime.combine(published, datetime.min.time()) if published else None
        if last is None or last < time.start:
            return _written(time.start, time.grain)
        return _between(time.start, last, time.grain)
    return _between(time.start, time.end - timedelta(microseconds=1), time.grain, time.kind == "point")


def _written(moment: datetime, grain: str) -> str:
    if grain in ("year", "decade", "century"):
        return f"{moment.year:04d}"
    day = moment.date().isoformat()
    return day[:7] if grain in ("month", "quarter") else day


def _between(start: datetime, last: datetime, grain: str, point: bool = False) -> str:
    first, final = _written(start, grain), _written(last, grain)
    if first == final:
        return first
    if point and grain == "day" and first[:7] == final[:7] and (last - start).days >= 4:
        return first[:7]  # "late March" is told as its month
    if point and grain == "month" and first[:4] == final[:4]:
        return first[:4]  # "early 2019" as its year
    return f"{first}/{final}"


def to_gold(reading: Reading) -> dict[str, Any]:
    """A reading in the format of the annotation guide: one passage with `events`, `quotes` and `offices`."""
    doc = reading.document
    return {
        "id": doc.name or doc.id,
        "lang": doc.lang,
        "outlet": doc.outlet,
        "title": doc.title,
        "published": doc.published.isoformat() if doc.published else None,
        "text": doc.text,
        "events": [_gold_event(e) for e in reading.events],
        "quotes": [_gold_quote(q) for q in reading.quotes],
        "offices": [_gold_office(t) for t in reading.tenures],
    }


def _gold_event(event: Event) -> dict[str, Any]:
    return {
        "type": event.type,
        "mode": event.mode,
        "triggers": list(dict.fromkeys(t.text for t in event.triggers)),
        "actors": [_gold_side(p) for p in event.actors],
        "recipients": [_gold_side(p) for p in event.recipients],
        "status": event.factuality.status,
        "date": iso(event.time),
        "place": _words(event.place),
        "source": _words(event.attribution.holder) if event.attribution else None,
    }


def _gold_side(participant: Participant) -> dict[str, Any]:
    return {"text": participant.name.text, "code": participant.country}


def _gold_quote(quote: Quote) -> dict[str, Any]:
    return {"text": quote.span.text, "kind": quote.kind, "speaker": _words(quote.speaker), "cue": _words(quote.cue)}


def _gold_office(tenure: Tenure) -> dict[str, Any]:
    return {"person": tenure.person.text, "office": tenure.office.text, "of": tenure.of, "status": tenure.status}


def _words(span: Span | None) -> str | None:
    return span.text if span else None
