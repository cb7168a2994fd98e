"""Options that several commands share."""

from __future__ import annotations

import argparse
import os
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

KINDS = ("text", "html", "jsonl", "conllu")
LIST_KINDS = ("us-travels", "reign-leaders")
ANSWER_FORMATS = ("table", "csv", "json", "parquet")
# The ledger where neither the command nor the environment names one.
DEFAULT_LEDGER = "depeche.duckdb"


def add_command(commands: Subparsers, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    """A subcommand whose help ends with examples."""
    return commands.add_parser(
        name, help=summary, description=summary, epilog=examples, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def add_input(command: argparse.ArgumentParser) -> None:
    """The files that a command reads, and what is said of them all alike."""
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


def add_ledger(command: argparse.ArgumentParser) -> None:
    """Which ledger: `args.ledger`."""
    command.add_argument(
        "--ledger",
        metavar="PATH",
        default=os.environ.get("DEPECHE_LEDGER") or DEFAULT_LEDGER,
        help=f"the ledger's file (default: $DEPECHE_LEDGER, else {DEFAULT_LEDGER})",
    )


def add_answer(command: argparse.ArgumentParser) -> None:
    """How an answer is written: `args.format` and `args.output`."""
    command.add_argument("--format", choices=ANSWER_FORMATS, default="table", help="default: table")
    command.add_argument("--output", metavar="FILE", help="where the answer goes (default: standard output)")
