"""Where the entry behind a rule's name stands: so that a reader of a record can open the very line that made it."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

_ID = re.compile(r"^\s*-\s*\{?\s*(?:\w+:[^,{}]*,\s*)*id:\s*[\"']?([^\s,}\"']+)")


def place_of(rule: str, lang: str) -> str | None:
    """File and line of the entry that a rule names, such as "fr/events/consult.yaml:5"; None for a rule of the code alone.

    A rule is the id of an entry ("consult.se_rendre_a"), or says in which file the id is ("reporting:say/after",
    "offices.title-comma-name:ambassador").
    """
    places = _places(lang)
    kind, _, identifier = rule.partition(":")
    if not identifier:
        return places.get(("", rule))
    return places.get((kind.partition(".")[0], identifier.partition("/")[0]))


@cache
def _places(lang: str) -> dict[tuple[str, str], str]:
    """For each id its place, under the name of its file and under no name."""
    found: dict[tuple[str, str], str] = {}
    root = resources.files("depeche.languages").joinpath(lang)
    for name, file in _files(root, lang):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            match = _ID.match(line)
            if match:
                kind = file.name.removesuffix(".yaml")
                found[kind, match[1]] = f"{name}:{number}"
                found.setdefault(("", match[1]), f"{name}:{number}")
    return found


def _files(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    """The files of entries in a language folder; its cases are none."""
    files = []
    for item in sorted(folder.iterdir(), key=lambda p: p.name):
        if item.is_file() and item.name.endswith(".yaml"):
            files.append((f"{name}/{item.name}", item))
        elif item.is_dir() and item.name not in ("cases", "model", "learned"):
            files += _files(item, f"{name}/{item.name}")
    return files
