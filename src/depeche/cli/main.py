"""`depeche`: parses the arguments, hands them to the command's group, turns errors into messages and exit codes.

Exit codes: 0 everything was done, 1 some of the input could not be read, 2 nothing could be done (or wrong use).
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from depeche.cli import ledger_ask, ledger_check, ledger_who, ledger_write, reading
from depeche.errors import DepecheError

EXAMPLES = """examples:
  depeche read dispatch.txt --published 2024-05-14
  depeche add news/*.jsonl --ledger news.duckdb
  depeche read page.html --format html > reading.html
  cat news.jsonl | depeche read - --from jsonl --format jsonl > readings.jsonl
"""
# Each group adds its commands with `add_parsers` and does them with `run`, which imports what it needs.
GROUPS = (reading, ledger_write, ledger_ask, ledger_check, ledger_who)


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
    for group in GROUPS:
        earlier = set(commands.choices)
        group.add_parsers(commands)
        for name in set(commands.choices) - earlier:
            commands.choices[name].set_defaults(run=group.run)
    return parser


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
        code: int = args.run(args)
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
