"""Which mentions become one event: cases that a reader of news can add to (`merge_cases.yaml`), and what holds for any set of them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from ledger_contents import contents

import depeche
from depeche.ledger import merge, origins, write
from depeche.ledger.rows import DocumentRows, rows_of
from depeche.ledger.store import Store

CASES = yaml.safe_load((Path(__file__).parent / "merge_cases.yaml").read_text(encoding="utf-8"))
KEYS = {"id", "why", "documents", "together", "apart", "known_gap"}


def fill(store: Store, batch: Sequence[DocumentRows]) -> None:
    """Add documents and merge them; a no-op where adding does it already."""
    ids = [rows.id for rows in batch]
    write.add(store, batch)
    with store.connect(write=True) as con:
        merge.update(con, ids, origins.assign(con, ids))


def drop(store: Store, ids: list[str]) -> None:
    write.forget(store, ids)
    with store.connect(write=True) as con:
        merge.update(con, ids, origins.assign(con, ids))


@cache
def read(identifier: str) -> tuple[DocumentRows, ...]:
    """The documents of a case, read once."""
    case = next(c for c in CASES if c["id"] == identifier)
    return tuple(
        rows_of(depeche.read(d["text"], published=str(d["published"]), outlet=f"paper {n}", lang="fr"), "test")
        for n, d in enumerate(case["documents"])
    )


def event_of(store: Store, case: dict, batch: Sequence[DocumentRows], mention: str) -> str:
    """The event of the mention that is written "document:word" or "document:word#2"."""
    at, _, word = mention.partition(":")
    word, _, nth = word.partition("#")
    document = batch[int(at)].id
    with store.connect() as con:
        found = con.execute(
            "SELECT triggers, event FROM event_mentions WHERE document = ? ORDER BY start, id", [document]
        ).fetchall()
    spans = sorted((s["start"], event) for triggers, event in found for s in json.loads(triggers) if s["text"] == word)
    assert spans, f"no event with the trigger {word!r} was read in document {at}"
    return spans[int(nth or 1) - 1][1]


def test_the_cases_say_something() -> None:
    assert len(CASES) >= 15
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(set(case) <= KEYS and (case.get("together") or case.get("apart")) for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict, store: Store, request: pytest.FixtureRequest) -> None:
    if "known_gap" in case:
        request.applymarker(pytest.mark.xfail(strict=True, reason=case["known_gap"]))
    batch = read(case["id"])
    fill(store, batch)
    for group in case.get("together", ()):
        assert len({event_of(store, case, batch, mention) for mention in group}) == 1
    for group in case.get("apart", ()):
        for one, other in combinations(group, 2):
            assert event_of(store, case, batch, one) != event_of(store, case, batch, other)


@pytest.fixture(scope="module")
def many() -> list[DocumentRows]:
    return [rows for case in CASES for rows in read(case["id"])]


@pytest.mark.parametrize("seed", range(3))
def test_neither_order_nor_batches_matter(many: list[DocumentRows], tmp_path: Path, seed: int) -> None:
    straight, other = Store(tmp_path / "a.duckdb", create=True), Store(tmp_path / "b.duckdb", create=True)
    fill(straight, many)
    shuffled = random.Random(seed).sample(many, len(many))
    for at in range(0, len(shuffled), 4 + seed):
        fill(other, shuffled[at : at + 4 + seed])
    assert contents(straight) == contents(other)


def test_what_is_forgotten_never_was(many: list[DocumentRows], tmp_path: Path) -> None:
    never, forgotten = Store(tmp_path / "a.duckdb", create=True), Store(tmp_path / "b.duckdb", create=True)
    fill(never, many[::2])
    fill(forgotten, many)
    drop(forgotten, [rows.id for rows in many[1::2]])
    assert contents(never) == contents(forgotten)


def test_merging_twice_changes_nothing(many: list[DocumentRows], store: Store) -> None:
    fill(store, many)
    before = contents(store)
    with store.connect(write=True) as con:
        merge.update(con, [rows.id for rows in many])
    assert contents(store) == before


def test_every_mention_is_in_one_event_that_tells_of_it(many: list[DocumentRows], store: Store) -> None:
    fill(store, many)
    with store.connect() as con:
        counted = dict(con.execute("SELECT event, count(*) FROM event_mentions GROUP BY 1").fetchall())
        told = {
            e: (n, d, o) for e, n, d, o in con.execute("SELECT id, mentions, documents, origins FROM events").fetchall()
        }
    assert {event: told[event][0] for event in told} == counted
    assert all(origins <= documents <= mentions for mentions, documents, origins in told.values())


def test_where_sources_disagree(store: Store) -> None:
    case = next(c for c in CASES if c["id"] == "planned-then-done")
    batch = read(case["id"])
    fill(store, batch)
    event = event_of(store, case, batch, "0:visite")
    with store.connect() as con:
        status, documents, said = con.execute(
            "SELECT status, documents, disagreements FROM events WHERE id = ?", [event]
        ).fetchone() or ("", 0, "{}")
    assert (status, documents) == ("actual", 2)
    assert {v["value"] for v in json.loads(said)["status"]} == {"planned", "actual"}
