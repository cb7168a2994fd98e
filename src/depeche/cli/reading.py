"""`depeche read` and `depeche parse`: their arguments. What they do is in `commands`, imported when one of them runs."""

from __future__ import annotations

import argparse

from depeche.cli.options import Subparsers, add_command, add_input

EXAMPLES = """examples:
  depeche read dispatch.txt --published 2024-05-14
  depeche read page.html --format html > reading.html
  cat news.jsonl | depeche read - --from jsonl --format jsonl > readings.jsonl
  depeche parse dispatch.txt --format conllu
"""


def add_parsers(commands: Subparsers) -> None:
    """The commands that read and keep nothing."""
    read = add_command(commands, "read", "read documents into records", EXAMPLES)
    add_input(read)
    read.add_argument(
        "--format", choices=("pretty", "json", "jsonl", "gold", "html"), default="pretty", help="default: pretty"
    )
    read.add_argument(
        "--explain", action="store_true", help="show the sentence, cue, lexicon entry or model behind each record"
    )
    parse = add_command(commands, "parse", "write the parse alone", EXAMPLES)
    add_input(parse)
    parse.add_argument("--format", choices=("conllu", "jsonl"), default="conllu", help="default: conllu")


def run(args: argparse.Namespace) -> int:
    """Run one of them and return its exit code."""
    from depeche.cli import commands

    return commands.run(args)
