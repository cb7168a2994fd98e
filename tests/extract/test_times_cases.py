"""Runs the time cases of every language folder: words in, times out, no offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from depeche.extract.times import TimeGrammar, compile_times, find_times
from depeche.languages.reader import read_entries
from depeche.languages.schema.times import TimeRule, TimeTense, TimeWord
from depeche.records import Time

LANGUAGES = Path(__file__).parents[2] / "src" / "depeche" / "languages"
KEYS = {"id", "why", "published", "text", "expect", "never", "direction", "known_gap"}
EXPECTED_KEYS = {"time", "start", "end", "grain", "kind", "rule"}
REQUIRED = {"id", "why", "text"}


class BadCase(ValueError):
    """A case that says too little or too much."""


@dataclass(frozen=True)
class Case:
    """One case as it stands in the file."""

    lang: str
    id: str
    text: str
    published: date | None
    direction: str
    expect: tuple[dict[str, object], ...]
    never: tuple[str, ...]
    known_gap: str | None


def load_cases(path: Path, lang: str) -> list[Case]:
    """The cases of one file. Raises BadCase for unknown keys, double ids and cases that assert nothing."""
    found: dict[str, Case] = {}
    for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
        name = raw.get("id", "?")
        if unknown := set(raw) - KEYS:
            raise BadCase(f"{path.name}: {name}: unknown keys {sorted(unknown)}")
        if missing := {k for k in REQUIRED if not raw.get(k)}:
            raise BadCase(f"{path.name}: {name}: without {sorted(missing)}")
        if name in found:
            raise BadCase(f"{path.name}: {name}: the id stands twice")
        expect, never = raw.get("expect") or (), raw.get("never") or ()
        if not expect and not never:
            raise BadCase(f"{path.name}: {name}: asserts nothing")
        for wanted in expect:
            if set(wanted) - EXPECTED_KEYS or not {"time", "start", "end", "grain"} <= set(wanted):
                raise BadCase(
                    f"{path.name}: {name}: expected {wanted} needs time, start, end, grain; may have kind, rule"
                )
            if wanted["time"] not in raw["text"]:
                raise BadCase(f"{path.name}: {name}: {wanted['time']!r} does not stand in the text")
        found[name] = Case(
            lang, name, raw["text"], raw.get("published"), raw.get("direction", "text"), tuple(expect), tuple(never),
            raw.get("known_gap"),
        )  # fmt: skip
    return list(found.values())


def all_cases() -> Iterator[Case]:
    for path in sorted(LANGUAGES.glob("*/cases/times*.yaml")):
        yield from load_cases(path, path.parts[-3])


def grammar_of(lang: str) -> TimeGrammar:
    root = LANGUAGES / lang
    return compile_times(
        read_entries(root / "time_words.yaml", TimeWord),
        read_entries(root / "time_rules.yaml", TimeRule),
        read_entries(root / "time_tenses.yaml", TimeTense),
    )


def moment(value: object) -> datetime | None:
    if isinstance(value, datetime) or value is None:
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return datetime.fromisoformat(str(value))


def agrees(time: Time, wanted: dict[str, object]) -> bool:
    return (
        time.span.text == wanted["time"]
        and (time.start, time.end, time.grain) == (moment(wanted["start"]), moment(wanted["end"]), wanted["grain"])
        and wanted.get("kind", time.kind) == time.kind
        and wanted.get("rule", time.rule) == time.rule
    )


@pytest.fixture(scope="module")
def grammars() -> dict[str, TimeGrammar]:
    return {lang: grammar_of(lang) for lang in {c.lang for c in all_cases()}}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            c, id=f"{c.lang}-{c.id}", marks=[pytest.mark.xfail(strict=True, reason=c.known_gap)] if c.known_gap else []
        )
        for c in all_cases()
    ],
)
def test_case(case: Case, grammars: dict[str, TimeGrammar]) -> None:
    times = find_times(case.text, grammars[case.lang], case.published, case.direction)
    told = [(t.span.text, str(t.start), str(t.end), t.grain, t.kind, t.rule) for t in times]
    for wanted in case.expect:
        assert any(agrees(t, wanted) for t in times), f"wanted {wanted}, found {told}"
    for words in case.never:
        hit = [t for t in told if words == "time" or words in t[0]]
        assert not hit, f"never {words}, found {hit}"


def test_there_are_cases() -> None:
    assert sum(1 for _ in all_cases()) >= 150


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("- {id: a, why: b, text: c, never: [time], extra: d}", "unknown keys"),
        ("- {id: a, why: b, text: c}", "asserts nothing"),
        ("- {id: a, text: c, never: [time]}", "without"),
        ("- {id: a, why: b, text: c, never: [time]}\n- {id: a, why: b, text: c, never: [time]}", "stands twice"),
        ("- {id: a, why: b, text: c, expect: [{time: x, start: null, end: null, grain: day}]}", "does not stand"),
        ("- {id: a, why: b, text: c, expect: [{time: c}]}", "needs time"),
    ],
)
def test_refuses(tmp_path: Path, body: str, message: str) -> None:
    path = tmp_path / "times.yaml"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(BadCase, match=message):
        load_cases(path, "fr")
