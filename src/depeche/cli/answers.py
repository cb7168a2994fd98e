"""Answers as they leave the program: a table for the eye, CSV, JSON or Parquet for others, to standard output or a file."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from depeche.errors import InputError

if TYPE_CHECKING:
    import pandas


class Framed(Protocol):
    """An answer that can be a data frame."""

    def to_frame(self) -> pandas.DataFrame:
        """The answer, one row a line."""
        ...


def write_answer(
    args: argparse.Namespace, answer: Framed, *, table: Callable[[], Iterable[str]], data: Callable[[], object]
) -> None:
    """Write an answer as `args.format` and `args.output` say. `table` gives its lines for the eye, `data` its plain values for JSON.

    Raises InputError for a Parquet file without a name, and for a file that cannot be written.
    """
    if args.format == "parquet":
        if not args.output:
            raise InputError("parquet is no text: say with --output into which file")
        _to_file(args.output, lambda path: answer.to_frame().to_parquet(path, index=False))
        return
    if args.format == "csv":
        text = csv_text(answer.to_frame())
    elif args.format == "table":
        text = "".join(f"{line}\n" for line in table())
    else:
        text = json_text(data())
    if args.output:
        _to_file(args.output, lambda path: path.write_text(text, encoding="utf-8"))
    else:
        sys.stdout.write(text)


def _to_file(name: str, write: Callable[[Path], object]) -> None:
    try:
        write(Path(name))
    except OSError as error:
        raise InputError(f"{name}: cannot be written to: {(error.strerror or str(error)).lower()}") from error


# What a spreadsheet takes for a formula, in ASCII and in full width.
_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
# Control characters other than tabs and line ends: they drive terminals, and no table needs them.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def csv_text(frame: pandas.DataFrame) -> str:
    """A frame as CSV that is safe to open: control characters become spaces, and a text that a spreadsheet would take for a formula gets
    an apostrophe before it. JSON and Parquet keep texts as they are."""
    safe = frame.map(_safe_cell)
    return str(safe.to_csv(index=False, lineterminator="\n"))


def _safe_cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    plain = _CONTROL.sub(" ", value)
    return f"'{plain}" if _FORMULA.match(plain) else plain


# What JSON need not escape, and a terminal obeys.
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def json_text(value: object) -> str:
    """Plain values as JSON, every character that drives a terminal escaped: the values are the same."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return _UNSAFE_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"
