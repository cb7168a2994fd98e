"""JSON lines: one line, one document."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import IO

from depeche.ingest.decoding import decode
from depeche.ingest.drafts import Draft
from depeche.ingest.opening import is_blank
from depeche.ingest.problems import Problem

ACCEPTED = 'one JSON object a line: "id" and "text", and optionally "published", "outlet", "title", "lang", "url"'
_OPTIONAL = ("published", "outlet", "title", "lang", "url")
# The longest line that is read, in bytes; a longer one is passed over, in pieces of this size.
LONGEST_LINE = 128_000_000


def read_jsonl(stream: IO[bytes], file: str) -> Iterator[Draft | Problem]:
    """One document for each line; a Problem, with its line, for each line that is none. Unknown keys and empty lines are passed over."""
    number = 0
    while data := stream.readline(LONGEST_LINE):
        number += 1
        if len(data) >= LONGEST_LINE and not data.endswith(b"\n"):
            while (piece := stream.readline(LONGEST_LINE)) and not piece.endswith(b"\n"):
                pass
            yield Problem(file, f"a line of more than {LONGEST_LINE} bytes", ACCEPTED, number)
        elif not is_blank(data):
            yield from _read_line(data, file, number)


def read_json(data: bytes, file: str) -> Iterator[Draft | Problem]:
    """The documents of a file that is one JSON object, or a list of them; else of its lines."""
    text = decode(data).text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield from read_jsonl(io.BytesIO(text.encode("utf-8", "replace")), file)
        return
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        yield from _read_value(item, file, f"{file}#{number}")


def _read_line(data: bytes, file: str, number: int) -> Iterator[Draft | Problem]:
    decoded = decode(data)
    if decoded.damaged:
        found = f"{decoded.damaged} places that are no letters, read as U+FFFD ({decoded.note})"
        yield Problem(file, found, "UTF-8", number, warning=True)
    try:
        value = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        yield Problem(file, f"not JSON: {_short(str(error))}", ACCEPTED, number)
        return
    yield from _read_value(value, file, f"{file}:{number}", number, decoded.note)


def _read_value(
    value: object, file: str, otherwise: str, number: int | None = None, note: str = ""
) -> Iterator[Draft | Problem]:
    """The document that a JSON value is; `otherwise` is its name if it has no id."""
    if not isinstance(value, dict):
        yield Problem(file, f"a JSON {_json_type(value)}", ACCEPTED, number)
        return
    text = value.get("text")
    if not isinstance(text, str):
        found = (
            f'"text" is a JSON {_json_type(text)}'
            if "text" in value
            else 'no "text" among the keys ' + _short(", ".join(value), 120)
        )
        yield Problem(file, found, ACCEPTED, number)
        return
    for key in _OPTIONAL:
        if not isinstance(value.get(key), str | None):
            yield Problem(
                file, f'"{key}" is a JSON {_json_type(value[key])}, left out', "a string or null", number, warning=True
            )
    published, outlet, title, lang, url = (_words(value.get(key)) for key in _OPTIONAL)
    name = _name(value.get("id"), otherwise)
    yield Draft(
        text, file, name, "jsonl", number, published, outlet, title, lang=lang, url=url, stated=True, note=note
    )  # fmt: skip


def _words(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _name(identifier: object, otherwise: str) -> str:
    if isinstance(identifier, (str, int)) and not isinstance(identifier, bool) and str(identifier).strip():
        return str(identifier)
    return otherwise


def _json_type(value: object) -> str:
    if value is None:
        return "null"
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number"}
    return names[type(value)]


def _short(words: str, longest: int = 200) -> str:
    return words if len(words) <= longest else words[:longest] + "…"
