"""Questions to the ledger."""

from __future__ import annotations

import argparse

from depeche.cli.options import Subparsers


def add_parsers(commands: Subparsers) -> None:
    """The commands of this group."""


def run(args: argparse.Namespace) -> int:
    """Run one of them and return its exit code."""
    raise NotImplementedError(args.command)
