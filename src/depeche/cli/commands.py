"""What the subcommands do: hand the input to the API, write the answer, report what could not be read."""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import PurePath
from typing import Generic, TypeVar

from depeche import api
from depeche.annotate.parsed import Parsed
from depeche.cli.console import progress, say
from depeche.cli.pretty import render
from depeche.errors import LexiconError, ModelError
from depeche.records import Document, Reading
from depeche.records.codecs import encode, to_gold

T = TypeVar("T")


def run(args: argparse.Namespace) -> int:
    """Run one subcommand and return its exit code."""
    inputs = api.open_sources(args.files, kind=args.kind, published=args.published, outlet=args.outlet, lang=args.lang)
    if args.command == "read":
        work = Work(inputs, partial(api.read_input, model=args.model))
        _write_readings((reading for _, reading in work), args.format, args.explain)
    else:
        parser = Work(inputs, partial(api.parse, model=args.model))
        _write_parses(iter(parser), args.format)
        return parser.exit_code()
    return work.exit_code()


class Work(Generic[T]):
    """Does one thing to each input in turn, tells the user at once about what could not be read, and goes on past it."""

    def __init__(self, inputs: Iterable[api.Input | api.Problem], do: Callable[[api.Input], T]) -> None:
        self._inputs, self._do = inputs, do
        self._done = self._failed = 0

    def __iter__(self) -> Iterator[tuple[api.Input, T]]:
        for item in progress(self._inputs):
            if isinstance(item, api.Problem):
                self._failed += not item.warning
                say(f"{'warning: ' if item.warning else ''}{item}")
                continue
            try:
                answer = self._do(item)
            except (LexiconError, ModelError):
                raise  # every other document would meet it too
            except Exception as error:  # a fault of ours costs this document, not the thousands behind it
                self._failed += 1
                say(_fault(item, error))
                continue
            self._done += 1
            yield item, answer

    def exit_code(self) -> int:
        """0 where everything was read, 1 where some was not, 2 where nothing was."""
        if not self._done:
            return 2
        return 1 if self._failed else 0


def _fault(item: api.Input, error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{PurePath(last.filename).name}:{last.lineno}"
    name = item.document.name or item.document.id
    return f"{name}: internal error, please report it with the text ({type(error).__name__} at {place}: {error})"


def _write_readings(readings: Iterator[Reading], style: str, explain: bool) -> None:
    if style == "pretty":
        for number, reading in enumerate(readings):
            print(("\n" if number else "") + render(reading, colour=sys.stdout.isatty(), explain=explain), end="")
    elif style == "html":
        from depeche.cli.report import render_report

        print(render_report(readings, explain=explain), end="")
    elif style == "json":
        opening = "["  # written as it comes: a list of many readings need not be held in memory
        for reading in readings:
            print(opening, json.dumps(_as_dict(reading, explain), ensure_ascii=False, indent=1), sep="\n", end="")
            opening = ","
        print("[]" if opening == "[" else "\n]")
    else:
        for reading in readings:
            record = to_gold(reading) if style == "gold" else _as_dict(reading, explain)
            print(json.dumps(record, ensure_ascii=False))


def _as_dict(reading: Reading, explain: bool) -> dict[str, object]:
    record: dict[str, object] = encode(reading)
    if explain:
        record["explanations"] = api.explain(reading)
    return record


def _write_parses(parses: Iterator[tuple[api.Input, Parsed]], style: str) -> None:
    from depeche.annotate.conllu import write_conllu

    for item, parsed in parses:
        document = item.document
        if style == "conllu":
            print(write_conllu(parsed, " ".join((document.name or document.id).split())), end="")
        else:
            print(json.dumps(_parse_record(document, parsed), ensure_ascii=False))


def _parse_record(document: Document, parsed: Parsed) -> dict[str, object]:
    """A parse as one line: sentences and entities as character offsets, heads as token indices (-1 for the root)."""
    sentences = [[parsed.tokens[s.first].start, parsed.tokens[s.last - 1].end] for s in parsed.sentences]
    return {
        "id": document.name or document.id,
        "text": parsed.text,
        "sentences": sentences,
        "tokens": [t._asdict() for t in parsed.tokens],
        "entities": [list(e) for e in parsed.entities],
    }
