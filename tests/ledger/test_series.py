"""Pairs period by period, journeys and timelines: what counts, when, and what is left out and said so."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_ledger import DZA, ESPER, TEBBOUNE, TUN, USA, Maker, Told, Who, small_ledger

from depeche.analysis.charts import draw_dyads
from depeche.analysis.dyads import Dyad, dyads
from depeche.analysis.periods import label, next_start, start_of, starts_between
from depeche.analysis.scores import QUADS, quad_of, score_of, types_of
from depeche.analysis.timeline import timeline
from depeche.analysis.trips import Trips, trips
from depeche.errors import InputError
from depeche.ledger.queries.series import GRAINS
from depeche.ledger.store import Store
from depeche.records.vocabularies import EVENT_MODES, EVENT_TYPES


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return small_ledger(tmp_path_factory.mktemp("ledger") / "small.duckdb")


def pair(store: Store, first: str, second: str, **options: object) -> Dyad:
    return dyads(store, [(first, second)], **options).dyads[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("type_", sorted(EVENT_TYPES))
def test_every_type_and_mode_has_its_score(type_: str) -> None:
    for mode in (None, *EVENT_MODES[type_]):
        score = score_of(type_, mode)
        assert -10 <= score <= 10
        # what is asked for may be help, which is no conflict
        assert (score > 0) == (quad_of(type_) < 3) or type_ == "REQUEST"


def test_quad_classes_hold_every_type_once() -> None:
    assert sorted(t for quad in QUADS.values() for t in types_of(quad)) == sorted(EVENT_TYPES)
    assert types_of("3") == types_of("verbal-conflict")


@given(st.dates(date(1, 2, 1), date(9998, 1, 1)), st.sampled_from(GRAINS))
def test_a_day_lies_in_its_period(day: date, grain: str) -> None:
    start = start_of(day, grain)
    assert start <= day < next_start(start, grain)
    assert start_of(start, grain) == start
    assert label(start, grain)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 900), st.sampled_from(GRAINS))
def test_periods_cover_every_day_once(first: date, days: int, grain: str) -> None:
    last = first + timedelta(days=days)
    starts = list(starts_between(first, last, grain))
    assert starts == sorted(set(starts))
    assert {start_of(first + timedelta(days=n), grain) for n in range(days + 1)} == set(starts)


def test_a_pair_by_month(small: Store) -> None:
    dyad = pair(small, "Russie", "USA", by="month")
    assert [(p.label, p.documents, p.events) for p in dyad.periods] == [
        ("2020-10", 3, ("e05", "e08")),  # not e09: allies that bomb a third do nothing to each other
        ("2020-11", 0, ()),
        ("2020-12", 1, ()),
    ]
    october = dyad.periods[0]
    assert (october.verbal_conflict, october.verbal_cooperation, october.material_conflict) == (1, 1, 0)
    assert (october.conflict_score, october.cooperation_score, october.score, october.mean_score) == (
        -3.5,
        1.5,
        -2.0,
        -1.0,
    )
    assert (october.per_thousand, dyad.periods[1].per_thousand) == (666.67, None)
    assert (dyad.left_out.coarse, dyad.left_out.undated, dyad.left_out.outside) == (("e07",), ("e11",), ())


def test_a_year_holds_what_a_month_could_not(small: Store) -> None:
    dyad = pair(small, "USA", "RUS", by="year")
    assert [p.events for p in dyad.periods] == [("e07", "e05", "e08")]
    assert dyad.left_out.coarse == ()


def test_only_what_happened_counts_unless_asked(small: Store) -> None:
    assert pair(small, "DZA", "RUS", by="year").records == ("e06",)
    assert pair(small, "DZA", "RUS", by="year", status="all").records == ("e06", "e04")
    assert pair(small, "DZA", "RUS", by="year").left_out.outside == ("e12",)
    assert pair(small, "DZA", "RUS", by="year", since="1962", until="1962").records == ("e12",)


def test_directed(small: Store) -> None:
    assert pair(small, "RUS", "USA", directed=True).records == ("e05",)
    assert pair(small, "USA", "RUS", directed=True, by="year").records == ("e07",)


@pytest.mark.parametrize("grain", GRAINS)
def test_no_event_is_lost(small: Store, grain: str) -> None:
    dyad = pair(small, "USA", "RUS", by=grain)
    out = dyad.left_out
    assert sorted((*dyad.records, *out.coarse, *out.undated, *out.outside)) == ["e05", "e07", "e08", "e11"]


def test_side_by_side_over_the_same_periods(small: Store) -> None:
    answer = dyads(small, [("USA", "DZA"), ("RUS", "DZA")], by="quarter", whole=True)
    assert [[p.label for p in d.periods] for d in answer.dyads] == [["2020-Q4"]] * 2
    assert [[e.id for e in d.events] for d in answer.dyads] == [["e02", "e14"], ["e06"]]
    frame = answer.to_frame()
    assert list(frame["first"]) == ["USA", "RUS"]
    assert list(frame["documents"]) == [4, 4]


def test_who_is_named_in_passing_makes_no_pair(tmp_path: Path) -> None:
    maker = Maker(tmp_path / "n.duckdb")
    maker.document("a", "2020-10-01")
    critic = Who("Ann Critic", "USA", main=False)
    maker.event(Told("x1", "ASSAULT", "a attaqué", "2020-10-01", (TUN, critic), (DZA,), documents=("a",)))
    store = maker.write()
    assert pair(store, "TUN", "DZA").records == ("x1",)
    assert pair(store, "USA", "DZA").records == ()
    assert trips(store, "Ann Critic").trips == ()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "decade"}, "grain 'decade' is unknown; accepted: day, month, quarter, week, year"),
        ({"type": "WAR"}, "event type 'WAR' is unknown"),
        ({"since": "0001", "by": "day"}, "more than 20000 periods of a day"),
    ],
)
def test_impossible_series(small: Store, options: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        pair(small, "USA", "DZA", **options)


def test_an_empty_ledger_has_no_periods(tmp_path: Path) -> None:
    store = Store(tmp_path / "n.duckdb", create=True)
    assert pair(store, "USA", "DZA").periods == ()
    with pytest.raises(InputError, match="nothing to draw"):
        draw_dyads(dyads(store, [("USA", "DZA")]), tmp_path / "c.svg")


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_charts_are_the_same_bytes_each_time(small: Store, tmp_path: Path, suffix: str) -> None:
    answer = dyads(small, [("USA", "RUS"), ("le chef du Pentagone", "un camp")])
    for name in ("one", "two"):
        answer.chart(tmp_path / f"{name}.{suffix}")
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes() != b""


def test_a_chart_needs_a_place_and_a_kind(small: Store, tmp_path: Path) -> None:
    answer = dyads(small, [("USA", "RUS")])
    with pytest.raises(InputError, match="written as svg or png"):
        answer.chart(tmp_path / "c.pdf")
    with pytest.raises(InputError, match="cannot be written to"):
        answer.chart(tmp_path / "none" / "c.svg")


def stops(answer: Trips) -> list[list[str]]:
    return [[f"{s.first} {s.where}" for s in trip.stops] for trip in answer.trips]


def test_a_journey_in_order(small: Store) -> None:
    answer = trips(small, "Mark Esper")
    # the third stop is told of "le chef du Pentagone" alone, who he was then; the list tells the second once more
    assert stops(answer) == [["2020-09-30 Tunis", "2020-10-01 Alger", "2020-10-02 Rabat"]]
    algiers = answer.trips[0].stops[1]
    assert [e.id for e in algiers.events] == ["e02", "e14"]
    assert algiers.hosts == ("Abdelmadjid Tebboune",)
    assert (answer.trips[0].traveller, algiers.country, algiers.latitude) == ("Mark Esper", "DZA", 36.7)


def test_a_country_travels_by_its_people(small: Store) -> None:
    answer = trips(small, "USA")
    assert [t.traveller for t in answer.trips] == ["Mark Esper", "le chef du Pentagone", "États-Unis"]
    assert stops(answer)[0] == ["2020-09-30 Tunis", "2020-10-01 Alger"]
    assert stops(answer)[-1] == ["None Russie"]  # undated, without a place: the host's country, last


@pytest.mark.parametrize(
    ("who", "filters", "countries"),
    [
        ("USA", {"to": "DZA"}, ["DZA"]),
        (None, {"to": "Alger"}, ["DZA"]),
        ("Tebboune", {}, []),
        ("Tebboune", {"status": "planned"}, ["RUS"]),
        ("FRA", {}, []),
        ("FRA", {"domestic": True}, ["FRA"]),
        ("Esper", {"since": "2020-10", "until": "2020-10-01"}, ["DZA"]),
    ],
)
def test_which_trips(small: Store, who: str | None, filters: dict[str, object], countries: list[str]) -> None:
    answer = trips(small, who, **filters)  # type: ignore[arg-type]
    assert [s.country for t in answer.trips for s in t.stops] == countries


def test_one_visit_told_on_two_days_is_one_stop_and_next_months_another(tmp_path: Path) -> None:
    maker = Maker(tmp_path / "n.duckdb")
    maker.document("a", "2020-10-01")
    for id_, day, last in (("v1", "2020-10-01", None), ("v2", "2020-10-03", None), ("v3", "2020-10-01", "2020-10-31"), ("v4", "2020-11-20", None), ("v5", "2020-01-01", "2020-12-31")):  # fmt: skip
        maker.event(
            Told(id_, "CONSULT", "visite", day, (ESPER,), (TEBBOUNE,), "visit", last=last, place="Alger", country="DZA")
        )
    maker.event(Told("v6", "CONSULT", "visite", "2020-12-24", (ESPER,), (), "visit"))
    answer = trips(maker.write(), "Esper")
    assert [[e.id for e in s.events] for t in answer.trips for s in t.stops] == [["v5"], ["v1", "v3", "v2"], ["v4"]]
    assert answer.nowhere == ("v6",)


def test_map_data(small: Store) -> None:
    data = trips(small, "Esper").to_geojson()
    features = data["features"]
    assert isinstance(features, list)
    kinds = [f["geometry"] and f["geometry"]["type"] for f in features]
    assert (data["type"], kinds) == ("FeatureCollection", ["Point", "Point", "Point", "LineString"])
    assert features[0]["geometry"]["coordinates"] == [10.2, 36.8]  # longitude first
    assert features[0]["properties"]["first"] == "2020-09-30"
    assert features[3]["properties"]["countries"] == ["TUN", "DZA", "MAR"]


def test_trips_of_nobody_to_nowhere(small: Store) -> None:
    with pytest.raises(InputError, match="whose trips"):
        trips(small)
    assert list(trips(small, "FRA").to_frame().columns) == list(trips(small, "USA").to_frame().columns)


def lines(store: Store, *names: str, **filters: object) -> list[str]:
    entries = timeline(store, *names, **filters).entries  # type: ignore[arg-type]
    return [e.event.id if e.event else e.spell.record if e.spell else "" for e in entries]


def test_timelines(small: Store) -> None:
    assert lines(small, "Mark Esper") == ["t1", "e01", "e02", "e14", "e03", "e08"]
    assert lines(small, "USA", "RUS") == ["e07", "e05", "e08"]
    assert lines(small, place="DZA") == ["e02", "e14", "e13"]
    assert lines(small, "Rabat") == ["e03"]  # nobody is called so, but a place is
    assert lines(small, "Esper", type="CONSULT", mode="phone") == ["e08"]
    assert lines(small, "USA", limit=1) == ["e02"]  # what the most independent documents tell
    assert timeline(small, "USA", limit=1).total == 8
    frame = timeline(small, "Esper").to_frame()
    assert list(frame["type"])[:2] == ["OFFICE", "CONSULT"]


@pytest.mark.parametrize(
    ("names", "said"),
    [(("USA", "RUS", "DZA"), "two of them"), ((), "two of them"), (("Zzyzx",), "nobody in this ledger")],
)
def test_impossible_timelines(small: Store, names: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        timeline(small, *names)


def test_pairs_of_one_country_with_itself(tmp_path: Path) -> None:
    maker = Maker(tmp_path / "n.duckdb")
    maker.document("a", "2020-10-01")
    maker.event(Told("x1", "ACCUSE", "accuse", "2020-10-01", (USA,), (ESPER,)))
    maker.event(Told("x2", "PROTEST", "manifeste", "2020-10-01", (USA,), ()))
    assert pair(maker.write(), "USA", "USA").records == ("x1",)
