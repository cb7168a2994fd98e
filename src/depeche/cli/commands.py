"""What the subcommands do: hand the input to the API, write the answer, report what could not be read."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from depeche import api
from depeche.annotate.parsed import Parsed
from depeche.records import Document, Reading
from depeche.records.codecs import encode, to_gold

T = TypeVar("T")


def run(args: argparse.Namespace) -> int:
    """Run one subcommand and return its exit code."""
    inputs = api.open_sources(args.files, kind=args.kind, published=args.published, outlet=args.outlet, lang=args.lang)
    counter = _Counter()
    if args.command == "read":
        readings = (api.read_input(item, model=args.model) for item in counter.documents(inputs))
        _write_readings(readings, args.format, args.explain)
    else:
        parses = ((item, api.parse(item, model=args.model)) for item in counter.documents(inputs))
        _write_parses(parses, args.format)
    return counter.exit_code()


class _Counter:
    """Passes documents on and tells the user at once about what could not be read."""

    def __init__(self) -> None:
        self.read = 0
        self.failed = 0

    def documents(self, inputs: Iterable[api.Input | api.Problem]) -> Iterator[api.Input]:
        for item in _progress(inputs):
            if isinstance(item, api.Problem):
                print(f"depeche: {'warning: ' if item.warning else ''}{item}", file=sys.stderr)
                self.failed += not item.warning
            else:
                self.read += 1
                yield item

    def exit_code(self) -> int:
        if not self.read:
            return 2
        return 1 if self.failed else 0


def _progress(items: Iterable[T]) -> Iterator[T]:
    """A progress bar on long work, where standard error is a terminal and the answer goes elsewhere."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    from tqdm import tqdm

    yield from tqdm(items, unit="doc", file=sys.stderr, mininterval=0.5)


def _write_readings(readings: Iterator[Reading], style: str, explain: bool) -> None:
    if style == "pretty":
        from depeche.cli.pretty import render

        for number, reading in enumerate(readings):
            print(("\n" if number else "") + render(reading, colour=sys.stdout.isatty(), explain=explain), end="")
    elif style == "html":
        from depeche.cli.report import render_report

        print(render_report(readings), end="")
    elif style == "json":
        print(json.dumps([_as_dict(r, explain) for r in readings], ensure_ascii=False, indent=1))
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
            print(f"# newdoc id = {' '.join((document.name or document.id).split())}\n{write_conllu(parsed)}", end="")
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
