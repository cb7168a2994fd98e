"""The command line. `main` is the entry point; subcommands import what they need when they run."""

from depeche.cli.main import main

__all__ = ["main"]
