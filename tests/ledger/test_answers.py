"""What the ledger answers: events and quotes by all their filters, and words that are those of the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_ledger import EVENTS, small_ledger

from depeche.analysis.events import events
from depeche.analysis.filters import words_pattern
from depeche.analysis.quotes import quotes
from depeche.errors import InputError
from depeche.ledger.store import Store


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return small_ledger(tmp_path_factory.mktemp("ledger") / "small.duckdb")


def found(store: Store, **filters: object) -> list[str]:
    return sorted(e.id for e in events(store, **filters).events)  # type: ignore[arg-type]


# filters, ids of the events
ASKED = [
    ({}, "e01 e02 e03 e05 e06 e07 e08 e09 e10 e11 e12 e13 e14"),
    ({"status": "planned"}, "e04"),
    ({"status": "all", "type": "CONSULT", "since": "2020-11"}, "e04"),
    ({"type": "consult", "mode": "visit", "actor": "USA"}, "e01 e02 e03 e11 e14"),
    ({"actor": "Esper"}, "e01 e02 e03 e08 e14"),
    ({"actor": ["Esper", "RUS"]}, "e08"),
    ({"actor": "le chef du Pentagone"}, "e03"),
    ({"involving": "Algeria"}, "e02 e06 e12 e13 e14"),
    ({"recipient": "Algérie"}, "e02 e06 e12 e14"),
    ({"dyad": ("USA", "Russie")}, "e05 e07 e08 e11"),
    ({"dyad": ("Esper", "DZA")}, "e02 e14"),
    ({"quad": "material-conflict"}, "e07 e09 e13"),
    ({"quad": "verbal cooperation", "mode": "phone"}, "e08"),
    ({"place": "Alger"}, "e02 e13 e14"),  # "Algérie" lies on the same spot
    ({"place": "DZA"}, "e02 e13 e14"),
    ({"place": "alg"}, None),
    ({"since": "2020-10-20", "until": "2020-10"}, "e08 e09 e10"),
    ({"until": "1962"}, "e12"),
    ({"since": "2020", "until": "2020", "type": "SANCTION"}, "e07"),
    (
        {"since": "2020-01", "until": "2020-01", "type": "SANCTION"},
        "",
    ),  # of the whole year, so not known to be of January
    ({"source": "media"}, "e05"),
    ({"documents": "list"}, "e14"),
    ({"outlet": "agence du rivage"}, "e01 e02"),
    ({"text": "contre l’etat"}, "e13"),
    ({"text": "RECU"}, "e02"),
    ({"text": "reçu", "actor": "USA", "place": "DZA", "since": "2020-10"}, "e02"),
    ({"text": "camp", "involving": "Esper"}, ""),
]


@pytest.mark.parametrize(("filters", "ids"), ASKED, ids=[str(f) for f, _ in ASKED])
def test_filters(small: Store, filters: dict[str, object], ids: str | None) -> None:
    if ids is None:
        with pytest.raises(InputError):
            found(small, **filters)
    else:
        assert found(small, **filters) == ids.split()


# filters, what the message says
REFUSED = [
    ({"type": "VISIT"}, "event type 'VISIT' is unknown; accepted: ACCUSE, AGREE"),
    ({"type": "AID", "mode": "visit"}, "mode of AID 'visit' is unknown"),
    ({"type": "AID", "quad": "verbal-conflict"}, "no event is both AID and verbal-conflict"),
    ({"quad": "war"}, "accepted: verbal cooperation, material cooperation"),
    ({"status": "done"}, "status 'done' is unknown; accepted: actual"),
    ({"source": "press"}, "source 'press' is unknown"),
    ({"involving": "Espper"}, "nobody in this ledger is called 'Espper'; nearest: "),
    ({"involving": "Algérei"}, "nearest: Algérie"),
    ({"actor": "Congo"}, "'Congo' is ambiguous: say COD"),
    ({"place": "Tuniss"}, "no event in this ledger is placed at 'Tuniss'; nearest: Tunis"),
    ({"since": "hier"}, "'hier' is no date; accepted: YYYY, YYYY-MM, YYYY-MM-DD"),
    ({"until": "2020-02-30"}, "is no date"),
    ({"since": "2021", "until": "2020"}, "it ends before it starts"),
    ({"text": "…"}, "has no word"),
    ({"text": "a" * 300}, "too long"),
    ({"order": "best"}, "order 'best' is unknown; accepted: documents, newest, oldest"),
]


@pytest.mark.parametrize(("filters", "said"), REFUSED, ids=[str(f)[:40] for f, _ in REFUSED])
def test_impossible_filters_say_what_is_accepted(small: Store, filters: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        events(small, **filters)  # type: ignore[arg-type]


HOSTILE = [
    "'; DROP TABLE events; --",
    "%",
    "_",
    "\\",
    "$types",
    "a\x00b",
    "(((",
    "[a",
    "=1+1",
    "\x1b[31mEsper",
    "a' OR 1=1 --",
    "👍🏽",
    "?" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["involving", "place", "text", "outlet", "since", "type"])
def test_hostile_filters_are_only_words(small: Store, name: str, text: str) -> None:
    try:
        assert events(small, **{name: text}).total == 0  # type: ignore[arg-type]
    except InputError as error:
        assert str(error)
    assert events(small, status="all").total == len(EVENTS)


def test_every_word_is_the_documents_own(small: Store) -> None:
    answer = events(small, status="all")
    with small.connect() as con:
        texts = dict(con.execute("SELECT id, text FROM documents").fetchall())
    witnesses = [w for e in answer.events for w in e.witnesses]
    assert len(witnesses) == sum(len(t.documents) for t in EVENTS)
    for w in witnesses:
        assert texts[w.source.document][w.words.start : w.words.end] == w.words.text
        for trigger in w.triggers:
            assert texts[w.source.document][trigger.start : trigger.end] == trigger.text
    assert set(answer.records) == {e.id for e in answer.events} | {w.record for w in witnesses}


def test_an_event_shows_its_members_and_where_they_differ(small: Store) -> None:
    (event,) = events(small, actor="Esper", place="Alger", documents="text").events
    assert (event.documents, event.origins, [w.source.document for w in event.witnesses]) == (3, 2, ["a", "b", "c"])
    assert [d["value"] for d in event.disagreements["day"]] == ["2020-10-01", "2020-10-02"]  # type: ignore[index]
    assert (event.quad, event.score, event.latitude) == (1, 4.0, 36.7)
    assert str(event.published_first) == "2020-10-01"


@pytest.mark.parametrize(("order", "first"), [("newest", "e10"), ("oldest", "e12"), ("documents", "e02")])
def test_order_and_pages(small: Store, order: str, first: str) -> None:
    page = events(small, order=order, limit=2)
    assert (page.total, len(page.events), page.events[0].id) == (13, 2, first)
    everything = events(small, order=order)
    assert everything.events[:2] == page.events
    if order != "documents":
        assert everything.events[-1].day is None  # the undated come last either way


def test_frames_keep_their_columns_without_a_row(small: Store) -> None:
    whole, empty = events(small).to_frame(), events(small, actor="Esper", place="Lyon").to_frame()
    assert list(whole.columns) == list(empty.columns)
    assert (len(whole), len(empty)) == (13, 0)
    assert whole.set_index("event").loc["e02", "words"] == "reçu à Alger par le président"


def test_quotes(small: Store) -> None:
    assert [q.record for q in quotes(small).quotes] == ["q2", "q1", "q3"]
    assert [q.record for q in quotes(small, order="oldest", limit=1).quotes] == ["q1"]
    for filters, ids in (
        ({"speaker": "Tebboune"}, ["q1"]),
        ({"speaker": "USA"}, ["q2"]),
        ({"text": "petrole"}, ["q1"]),
        ({"kind": "indirect"}, ["q2"]),
        ({"since": "2020-10-02"}, ["q2"]),
        ({"outlet": "Agence du Rivage"}, ["q1"]),
        ({"source": "unnamed"}, []),
    ):
        assert [q.record for q in quotes(small, **filters).quotes] == ids  # type: ignore[arg-type]
    (said,) = quotes(small, speaker="Esper").quotes
    assert (said.chain[0].cue, said.source.outlet, quotes(small).to_frame().shape) == ("dit", "Le Fanal", (3, 14))
    with pytest.raises(InputError, match="kind of quote 'shouted' is unknown"):
        quotes(small, kind="shouted")


@pytest.mark.parametrize(
    ("text", "inside", "holds"),
    [
        ("petrole", "Le PÉTROLE brut", True),
        ("l'Etat", "de l’État", True),
        ("oeuvre", "une ŒUVRE", True),
        ("Œuvre", "une oeuvre", True),
        ("paix durable", "paix\n durable", True),
        ("a.b", "axb", False),
        ("(paix", "la (paix", True),
    ],
)
def test_words_are_found_whatever_their_accents(text: str, inside: str, holds: bool) -> None:
    assert bool(re.search(words_pattern(text), inside)) is holds


def test_the_ledger_itself_answers(tmp_path: Path) -> None:
    import depeche

    small_ledger(tmp_path / "n.duckdb")
    ledger = depeche.open(tmp_path / "n.duckdb")
    assert ledger.events(type="AID", since="2020").total == 1
    assert ledger.quotes(speaker="DZA").total == 1
    assert len(ledger.dyad("USA", "DZA").dyads) == 1
    assert len(ledger.trips("Esper").trips) == 1
    assert ledger.timeline("Esper").total == 5
    assert ledger.claims().total == 0
