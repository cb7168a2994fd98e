"""Cases: what a linguist expects of a sentence, in words. Loaded here, run by the tests.

A case asserts records that must be found (`expect`), and kinds of records or records that must not be (`never`). Stated fields are
checked, unstated ones are not; `only: true` closes the list of a kind. A case that asserts nothing is refused. `known_gap`
says why a case fails today: it is a strict expected failure, and must go when the case passes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from depeche.errors import LexiconError

KEYS = frozenset("id why published text expect never only known_gap direction".split())
FIELDS: dict[str, frozenset[str]] = {
    "event": frozenset("trigger mode actors recipients status factuality date time place source".split()),
    "quote": frozenset("kind speaker cue".split()),
    "office": frozenset("person of status".split()),
    "actor": frozenset("country mentions kind".split()),
    "claim": frozenset("since until n text event subject object narrowed".split()),
    "time": frozenset("start end grain kind".split()),
    "block": frozenset("text".split()),
}


@dataclass(frozen=True)
class Case:
    """One case. `expect` and `never` hold mappings whose first key is the kind of record; `never` may name a bare kind."""

    id: str
    text: str
    file: str
    line: int
    why: str = ""
    published: str | None = None
    expect: tuple[Mapping[str, Any], ...] = ()
    never: tuple[Mapping[str, Any] | str, ...] = ()
    only: bool = False
    known_gap: str | None = None
    direction: str = "text"


def load_cases(path: Path) -> list[Case]:
    """The cases of one file. Raises LexiconError (file:line) for what the format does not allow."""
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.SequenceNode):
        raise LexiconError(f"{path}:1: a non-empty list of cases is expected")
    items = yaml.safe_load(path.read_text(encoding="utf-8"))
    cases, seen = [], set()
    for node, item in zip(root.value, items, strict=True):
        where = f"{path.name}:{node.start_mark.line + 1}"
        case = _case(item, path, node.start_mark.line + 1, where)
        if case.id in seen:
            raise LexiconError(f"{where}: id {case.id!r} is already used")
        seen.add(case.id)
        cases.append(case)
    return cases


def _case(item: dict[str, Any], path: Path, line: int, where: str) -> Case:
    unknown = set(item) - KEYS
    if unknown:
        raise LexiconError(f"{where}: unknown key {sorted(unknown)[0]!r}; accepted: {', '.join(sorted(KEYS))}")
    if not item.get("id") or not item.get("text"):
        raise LexiconError(f"{where}: a case needs an id and a text")
    if not item.get("expect") and not item.get("never"):
        raise LexiconError(f"{where}: case {item['id']} asserts nothing")
    for record in [*item.get("expect", []), *(n for n in item.get("never", []) if not isinstance(n, str))]:
        kind = next(iter(record))
        if kind not in FIELDS:
            raise LexiconError(f"{where}: unknown kind of record {kind!r}; accepted: {', '.join(sorted(FIELDS))}")
        wrong = set(record) - FIELDS[kind] - {kind}
        if wrong:
            raise LexiconError(
                f"{where}: {kind} has no field {sorted(wrong)[0]!r}; accepted: {', '.join(sorted(FIELDS[kind]))}"
            )
    for bare in (n for n in item.get("never", []) if isinstance(n, str)):
        if bare not in FIELDS:
            raise LexiconError(f"{where}: never {bare!r} is unknown; accepted: {', '.join(sorted(FIELDS))}")
    published = item.get("published")
    return Case(
        id=str(item["id"]),
        text=item["text"],
        file=path.name,
        line=line,
        why=item.get("why", ""),
        published=str(published) if published else None,
        expect=tuple(item.get("expect", ())),
        never=tuple(item.get("never", ())),
        only=bool(item.get("only", False)),
        known_gap=item.get("known_gap"),
        direction=item.get("direction", "text"),
    )
