"""`depeche`: parses the arguments, calls the API, formats the answer.

Exit codes: 0 everything was read, 1 some of the input could not be read, 2 nothing could be read (or wrong use).
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from depeche.errors import DepecheError

EXAMPLES = """examples:
  depeche read dispatch.txt --published 2024-05-14
  depeche read page.html --format html > reading.html
  cat news.jsonl | depeche read - --from jsonl --format jsonl > readings.jsonl
  depeche parse dispatch.txt --format conllu
"""
KINDS = ("text", "html", "jsonl", "conllu")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="depeche",
        description="Reads the news: who met, backed, threatened, visited or spoke for whom, each line opening on its words.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    read = commands.add_parser(
        "read",
        help="read documents into records",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_input(read)
    read.add_argument(
        "--format", choices=("pretty", "json", "jsonl", "gold", "html"), default="pretty", help="default: pretty"
    )
    read.add_argument(
        "--explain", action="store_true", help="show the sentence, cue, lexicon entry or model behind each record"
    )
    parse = commands.add_parser(
        "parse", help="write the parse alone", epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    _add_input(parse)
    parse.add_argument("--format", choices=("conllu", "jsonl"), default="conllu", help="default: conllu")
    return parser


def _add_input(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", nargs="+", metavar="FILE|-", help="text, HTML, JSONL or CoNLL-U files, or - for standard input"
    )
    command.add_argument(
        "--from", dest="kind", choices=KINDS, help="the kind of the input (default: told by suffix and content)"
    )
    command.add_argument(
        "--published", metavar="DATE", help="date of publication where the input does not say (YYYY-MM-DD)"
    )
    command.add_argument("--outlet", metavar="NAME", help="outlet where the input does not say")
    command.add_argument(
        "--lang", metavar="CODE", help="language where the input does not say (default: told from the text)"
    )
    command.add_argument("--model", metavar="MODEL", help="a model folder, or spacy:NAME for an installed spaCy model")


def _version() -> str:
    from importlib.metadata import version

    return f"depeche {version('depeche')}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # the answer is UTF-8 wherever it goes, whatever the locale says
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    args = build_parser().parse_args(argv)
    try:
        from depeche.cli import commands

        code = commands.run(args)
        sys.stdout.flush()
        return code
    except DepecheError as error:
        print(f"depeche: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # the reader of our output went away; Python would complain again while flushing at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("depeche: interrupted", file=sys.stderr)
        return 130
