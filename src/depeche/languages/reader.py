"""Reads the YAML of a language folder into frozen entries and refuses what does not fit, with file and line.

Each file is a list of mappings; each mapping becomes one entry of a dataclass whose fields are the accepted keys. A field is
`str`, `int`, `bool`, `float`, `tuple[str, ...]` (a single word is accepted for a list of one) or `dict[str, tuple[str, ...]]`;
a field without a default is required. A class may list closed values in `CLOSED: ClassVar[dict[str, frozenset[str]]]`.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import yaml

from depeche.errors import LexiconError

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
E = TypeVar("E")


def read_entries(path: Path | Traversable, kind: type[E]) -> list[E]:
    """All entries of one file.

    Raises LexiconError ("file:line: what was found, what is accepted") for bad YAML, an empty file, unknown or missing keys,
    wrong types, values outside a closed vocabulary and duplicate ids.
    """
    text = path.read_text(encoding="utf-8")
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise LexiconError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(root, yaml.SequenceNode) or not root.value:
        raise LexiconError(f"{path}:1: a non-empty list of {kind.__name__} entries is expected")
    hints = get_type_hints(kind)
    entries: list[E] = []
    seen: dict[str, int] = {}
    for node in root.value:
        entry = _entry(path, node, kind, hints)
        identifier = getattr(entry, "id", None)
        line = node.start_mark.line + 1
        if identifier is not None:
            if identifier in seen:
                raise LexiconError(f"{path}:{line}: id {identifier!r} is already used on line {seen[identifier]}")
            seen[identifier] = line
        entries.append(entry)
    return entries


def _entry(path: Path | Traversable, node: yaml.Node, kind: type[E], hints: dict[str, Any]) -> E:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise LexiconError(f"{path}:{line}: a mapping is expected, not {node.tag}")
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]  # every entry class is a dataclass
    closed: dict[str, frozenset[str]] = getattr(kind, "CLOSED", {})
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, where = key_node.value, f"{path}:{key_node.start_mark.line + 1}"
        name = "of_" if key == "of" and "of_" in known else key
        if name not in known:
            raise LexiconError(f"{where}: unknown key {key!r}; accepted: {', '.join(sorted(known))}")
        if name in values:
            raise LexiconError(f"{where}: key {key!r} stands twice")
        values[name] = _value(where, key, value_node, hints[name])
        if key in closed:
            _check_closed(where, key, values[name], closed[key])
    for name, f in known.items():
        if name not in values and f.default is MISSING and f.default_factory is MISSING:
            raise LexiconError(f"{path}:{line}: key {name!r} is missing")
    return kind(**values)


def _check_closed(where: str, key: str, value: Any, allowed: frozenset[str]) -> None:
    for item in value if isinstance(value, tuple) else (value,):
        if item not in allowed:
            raise LexiconError(f"{where}: {key} {item!r} is unknown; accepted: {', '.join(sorted(allowed))}")


def _value(where: str, key: str, node: yaml.Node, hint: Any) -> Any:
    kind = str(hint)
    if "dict" in kind:
        if not isinstance(node, yaml.MappingNode):
            raise LexiconError(f"{where}: {key} must be a mapping")
        return {k.value: _words(where, key, n) for k, n in node.value}
    if "tuple" in kind:
        return _words(where, key, node)
    if not isinstance(node, yaml.ScalarNode):
        raise LexiconError(f"{where}: {key} must be a single value")
    if hint is bool:
        if node.value not in ("true", "false"):
            raise LexiconError(f"{where}: {key} must be true or false, not {node.value!r}")
        return node.value == "true"
    if hint in (int, float) or kind in ("int | None", "float | None"):
        try:
            return float(node.value) if "float" in kind else int(node.value)
        except ValueError as error:
            raise LexiconError(f"{where}: {key} must be a number, not {node.value!r}") from error
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return str(node.value)


def _words(where: str, key: str, node: yaml.Node) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    words: list[str] = []
    for n in nodes:
        if not isinstance(n, yaml.ScalarNode) or not n.value.strip():
            raise LexiconError(f"{where}: {key} holds an empty or nested item")
        words.append(n.value)
    if len(set(words)) != len(words):
        raise LexiconError(
            f"{where}: {key} names the same word twice: {', '.join(w for w in words if words.count(w) > 1)}"
        )
    return tuple(words)
