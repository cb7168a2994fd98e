"""`depeche add`, `forget`, `reread` and `explain`: what goes into the ledger and out of it, and what stands behind it."""

from __future__ import annotations

import argparse

from depeche.cli.options import Subparsers


def add_parsers(commands: Subparsers) -> None:
    """The commands of this group."""


def run(args: argparse.Namespace) -> int:
    """Run one of them and return its exit code."""
    raise NotImplementedError(args.command)
