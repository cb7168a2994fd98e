"""The Python functions as a user meets them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

import depeche
from depeche.errors import DepecheError, InputError, LexiconError, ModelError, RecordError

TEXT = "Le président malien a reçu lundi à Bamako l'ambassadeur de France. « Nous voulons coopérer », a-t-il déclaré."


@pytest.fixture(scope="module")
def reading():
    return depeche.read(TEXT, published="2024-03-06", outlet="Agence du Rivage")


def test_the_package_offers_what_the_api_lists() -> None:
    from depeche import api

    assert depeche.__all__ == api.__all__
    assert all(callable(getattr(depeche, name)) for name in api.__all__)


def test_read_gives_events_quotes_and_times(reading) -> None:
    assert [(e.type, e.mode) for e in reading.events][:1] == [("CONSULT", "visit")]
    assert [q.span.text for q in reading.quotes] == ["Nous voulons coopérer"]
    assert [t.start for t in reading.times] == [datetime(2024, 3, 4)]
    assert [s.text for s in reading.sentences] == [TEXT[:66], TEXT[67:]]
    assert (reading.document.published, reading.document.outlet) == (date(2024, 3, 6), "Agence du Rivage")


@pytest.mark.parametrize(
    "published", ["2024-03-06", date(2024, 3, 6), datetime(2024, 3, 6, 12, 30), "2024-03-06T12:30:00Z"]
)
def test_a_date_may_be_given_in_any_form(published) -> None:
    assert depeche.read(TEXT, published=published).document.published == date(2024, 3, 6)


def test_without_a_date_no_time_is_guessed() -> None:
    assert [(t.start, t.end) for t in depeche.read(TEXT).times] == [(None, None)]


@pytest.mark.parametrize("kind", ["events", "quotes", "tenures", "times", "claims"])
def test_frames_have_one_row_a_record(reading, kind: str) -> None:
    frame = reading.to_frame(kind)
    assert len(frame) == len(getattr(reading, kind))
    assert frame.columns[0] == "document"


def test_frames_without_rows_keep_their_columns() -> None:
    empty = depeche.read("Il pleut.").to_frame()
    assert empty.empty
    assert {"type", "actors", "evidence"} <= set(empty.columns)


def test_the_event_frame_says_who_did_what_to_whom_and_where_it_stands(reading) -> None:
    row = reading.to_frame().iloc[0]
    assert (row["type"], row["actor_countries"], row["recipient_countries"], row["date"]) == (
        "CONSULT",
        "FRA",
        "MLI",
        "2024-03-04",
    )
    assert TEXT[row["start"] : row["end"]] == row["evidence"]


@pytest.mark.parametrize(
    ("direction", "day"), [("text", date(2024, 5, 16)), ("future", date(2024, 5, 16)), ("past", date(2024, 5, 9))]
)
def test_times_look_where_they_are_told(direction: str, day: date) -> None:
    (time,) = depeche.times("Il arrivera jeudi.", published="2024-05-14", direction=direction)
    assert time.start is not None
    assert (time.start.date(), time.grain, time.span.text) == (day, "day", "jeudi")


@pytest.mark.parametrize("text", ["", " \n"])
def test_no_times_in_no_text(text: str) -> None:
    assert depeche.times(text) == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"direction": "sideways"}, "direction 'sideways' is unknown; accepted: text, past, future"),
        ({"published": "2024-02-31"}, "'2024-02-31' is no date; accepted: YYYY-MM-DD"),
    ],
)
def test_times_refuse_what_they_cannot_use(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        depeche.times("jeudi", **arguments)


def test_a_language_without_a_folder_is_refused() -> None:
    with pytest.raises(InputError, match="xx; accepted: texts in fr"):
        depeche.read(TEXT, lang="xx")
    with pytest.raises(LexiconError, match="'xx'; there is: fr"):
        depeche.times("jeudi", lang="xx")


@pytest.mark.parametrize("text", ["", "  \n\t", "\ufeff"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="the text is empty; accepted: at least one word"):
        depeche.read(text)


def test_an_impossible_date_is_refused() -> None:
    with pytest.raises(InputError, match="'2024-02-31' is no date; accepted: YYYY-MM-DD"):
        depeche.read(TEXT, published="2024-02-31")


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(ModelError, match="nope"):
        depeche.read(TEXT, model="nope")


def test_an_unknown_frame_is_refused(reading) -> None:
    with pytest.raises(RecordError, match="no frame of 'speeches'; accepted: events, quotes"):
        reading.to_frame("speeches")


def test_every_error_has_one_root() -> None:
    assert all(issubclass(e, DepecheError) for e in (InputError, LexiconError, ModelError, RecordError))


def test_explanations_name_sentence_cue_rule_line_and_model(reading) -> None:
    explanations = depeche.explain(reading)
    assert {e["kind"] for e in explanations} >= {"event", "quote"}
    event = explanations[0]
    assert event["rule"] == reading.events[0].rule
    assert str(event["entry"]).startswith("fr/events/consult.yaml:")
    assert event["model"] == reading.model
    assert [s["text"] for s in event["sentences"]] == [TEXT[:66]]
    assert event["cues"][0]["text"] == "reçu"


def test_the_line_of_an_explanation_is_the_entry(reading) -> None:
    from importlib import resources

    file, _, number = str(depeche.explain(reading)[0]["entry"]).rpartition(":")
    lines = resources.files("depeche.languages").joinpath(file).read_text(encoding="utf-8").splitlines()
    assert f"id: {reading.events[0].rule}" in lines[int(number) - 1]
