"""Records survive the way to JSON and back, and refuse what breaks their rules."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depeche.errors import RecordError
from depeche.records import (
    Attribution,
    Cue,
    Document,
    Event,
    Factuality,
    Participant,
    Quote,
    Reading,
    Span,
    Tenure,
    Time,
)
from depeche.records.codecs import decode, encode, iso
from depeche.records.vocabularies import (
    EVENT_MODES,
    EVENT_TYPES,
    FACTUALITIES,
    HOLDER_KINDS,
    QUOTE_KINDS,
    TENURE_STATUSES,
)

words = st.text(min_size=1, max_size=30)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    text, start = draw(words), draw(st.integers(0, 10_000))
    return Span(start, start + len(text), text)


times = st.builds(
    lambda span, start, days: Time(span, "point", "day", start, start + timedelta(days=days), "t"),
    spans(), st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(1, 400),
)  # fmt: skip
participants = st.builds(Participant, spans(), spans(), st.none() | st.just("DZA"), st.none() | words)
attributions = st.builds(
    Attribution,
    st.sampled_from(sorted(HOLDER_KINDS)),
    st.none() | spans(),
    st.none() | spans(),
    st.none() | spans(),
    words,
)
factualities = st.builds(
    Factuality, st.sampled_from(sorted(FACTUALITIES)), st.lists(st.builds(Cue, spans(), words), max_size=2).map(tuple)
)
quotes = st.builds(
    Quote, words, spans(), st.sampled_from(sorted(QUOTE_KINDS)), st.lists(attributions, max_size=2).map(tuple), words
)
tenures = st.builds(
    Tenure, words, spans(), st.none() | words, spans(), st.none() | words, st.sampled_from(sorted(TENURE_STATUSES)),
    st.none() | st.dates(), spans(), words,
)  # fmt: skip


@st.composite
def events(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(sorted(EVENT_TYPES)))
    mode = draw(st.sampled_from([None, *sorted(EVENT_MODES[kind])]))
    sides = st.lists(participants, max_size=2).map(tuple)
    return Event(
        id="e", type=kind, mode=mode, cameo=None, triggers=(draw(spans()),), actors=draw(sides), recipients=draw(sides),
        factuality=draw(factualities), evidence=draw(spans()), rule="r", place=draw(st.none() | spans()),
        time=draw(st.none() | times), attribution=draw(st.none() | attributions), contexts=("military",),
    )  # fmt: skip


@given(st.lists(events(), max_size=3), st.lists(quotes, max_size=2), st.lists(tenures, max_size=2), words)
def test_readings_round_trip_through_json(found: list[Event], said: list[Quote], held: list[Tenure], text: str) -> None:
    document = Document(id="d", text=text, lang="fr", published=date(2024, 5, 14))
    reading = Reading(document, "m", events=tuple(found), quotes=tuple(said), tenures=tuple(held))
    assert decode(Reading, json.loads(json.dumps(encode(reading), ensure_ascii=False))) == reading


def test_unknown_keys_are_refused_by_name() -> None:
    with pytest.raises(RecordError, match="unknown key 'colour'; accepted: end, start, text"):
        decode(Span, {"start": 0, "end": 1, "text": "a", "colour": "red"})


def test_missing_keys_are_refused() -> None:
    with pytest.raises(RecordError, match="Span"):
        decode(Span, {"start": 0, "end": 1})


@pytest.mark.parametrize(("start", "end", "text"), [(0, 3, "ab"), (2, 2, ""), (-1, 1, "ab")])
def test_spans_that_do_not_fit_are_refused(start: int, end: int, text: str) -> None:
    with pytest.raises(RecordError):
        Span(start, end, text)


def test_a_mode_of_another_type_is_refused() -> None:
    with pytest.raises(RecordError, match="mode of CONSULT 'riot' is unknown"):
        Event("e", "CONSULT", "riot", None, (Span(0, 1, "a"),), (), (), Factuality("actual"), Span(0, 1, "a"), "r")


def _time(start: datetime, end: datetime, grain: str, kind: str = "point") -> Time:
    return Time(Span(0, 5, "jeudi"), kind, grain, start, end, "t")


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (_time(datetime(2020, 10, 1), datetime(2020, 10, 2), "day"), "2020-10-01"),
        (_time(datetime(2006, 2, 1), datetime(2006, 3, 1), "month"), "2006-02"),
        (_time(datetime(2006, 1, 1), datetime(2007, 1, 1), "year"), "2006"),
        (_time(datetime(2022, 6, 23), datetime(2022, 6, 25), "day", "interval"), "2022-06-23/2022-06-24"),
        (_time(datetime(2022, 6, 23, 14, 30), datetime(2022, 6, 23, 14, 31), "minute"), "2022-06-23"),
        (Time(Span(0, 5, "jeudi"), "point", "day", None, None, "t"), None),
        (_time(datetime(2020, 10, 1), datetime(2020, 10, 2), "day", "recurring"), None),
        (None, None),
    ],
)
def test_times_are_written_as_the_annotation_guide_does(time: Time | None, expected: str | None) -> None:
    assert iso(time) == expected
