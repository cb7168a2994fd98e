"""`depeche who` and `depeche dating`: who held which office, and when an undated document was published."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from depeche.cli.options import Subparsers, add_answer, add_command, add_ledger

if TYPE_CHECKING:
    from depeche.analysis.dating import Dated, Datings
    from depeche.analysis.who import Holder, Who

WHO_EXAMPLES = """examples:
  depeche who "chef de la diplomatie" DZA --on 2020-10-01
  depeche who "Premier ministre" Italy
  depeche who minister.foreign USA --on 2015-06-01 --format json

Each source is asked apart: what was read in the news, and each curated list. On a day, a holder is "seen" (witnesses before and after it),
"last seen" (the latest word on the office is older), or allowed by the "bounds" of the tenure alone.

exit codes: 0 somebody is known, 1 nobody is, 2 wrong use.
"""
DATING_EXAMPLES = """examples:
  depeche dating --ledger archive.duckdb
  depeche dating 3f9a12c07b5e4d21 --format json
"""


def add_parsers(commands: Subparsers) -> None:
    """The commands of this group."""
    who = add_command(commands, "who", "who held an office, with witnesses and doubts", WHO_EXAMPLES)
    who.add_argument("office", metavar="OFFICE", help='a title ("chef de la diplomatie") or a key (minister.foreign)')
    who.add_argument("of", metavar="COUNTRY", help="a country by code or name, or a body or group by its name")
    who.add_argument("--on", metavar="DATE", help="the day (YYYY-MM-DD; default: all holders in order)")
    who.add_argument("--witnesses", type=int, default=3, metavar="N", help="words shown of each (default: 3)")
    add_ledger(who)
    add_answer(who)
    dating = add_command(commands, "dating", "when documents without a date were published, and why", DATING_EXAMPLES)
    dating.add_argument(
        "documents", nargs="*", metavar="DOCUMENT", help="id, URL or name (default: all without a date)"
    )
    add_ledger(dating)
    add_answer(dating)


def run(args: argparse.Namespace) -> int:
    """Run one of them and return its exit code."""
    return {"who": _who, "dating": _dating}[args.command](args)


def _who(args: argparse.Namespace) -> int:
    from depeche import api
    from depeche.cli.answers import write_answer
    from depeche.records.codecs import encode

    answer = api.open(args.ledger).who(args.office, args.of, on=args.on, witnesses=args.witnesses)
    write_answer(args, answer, table=lambda: _who_lines(answer), data=lambda: encode(answer))
    return 0 if answer.holders else 1


def _who_lines(answer: Who) -> Iterator[str]:
    from depeche.analysis.who import headline

    yield headline(answer)
    if not answer.holders:
        yield "  nobody is known"
    for holder in answer.holders:
        yield from _holder_lines(holder)


def _holder_lines(holder: Holder) -> Iterator[str]:
    how = f", {holder.certainty}" if holder.certainty else ""
    yield ""
    yield f"  {_plain(holder.person)}  {holder.first_seen} to {holder.last_seen}{how}  ({holder.source})"
    begins = f"after {holder.begins_after}, by {holder.begins_by}" if holder.begins_after else f"by {holder.begins_by}"
    ends = f"from {holder.ends_after}, before {holder.ends_by}" if holder.ends_by else f"{holder.ends_after} or later"
    yield f"    began {begins}; ended {ends}; {holder.witnesses} witnesses in {holder.documents} documents; tenure {holder.tenure}"
    for doubt in holder.doubts:
        yield f"    doubt: {doubt.kind} {_plain(doubt.person)}, {doubt.first} to {doubt.last}" + (
            f", {doubt.witnesses} witnesses" if doubt.witnesses else ""
        )
    for w in holder.shown:
        words = textwrap.shorten(_plain(w.words), 100, placeholder=" …")
        yield f"    {w.as_of} “{words}” {_plain(w.outlet or w.name)} {w.id}"


def _dating(args: argparse.Namespace) -> int:
    from depeche import api
    from depeche.cli.answers import write_answer
    from depeche.records.codecs import encode

    answer = api.open(args.ledger).dating(*args.documents)
    write_answer(args, answer, table=lambda: _dating_lines(answer), data=lambda: encode(answer))
    return 0


def _dating_lines(answer: Datings) -> Iterator[str]:
    for dated in answer.documents:
        yield from _dated_lines(dated)
    yield f"{len(answer.documents)} documents"


def _dated_lines(dated: Dated) -> Iterator[str]:
    yield f"{dated.document}  {_plain(dated.title or dated.name)}"
    if dated.published:
        yield f"  published {dated.published}"
    else:
        yield f"  {dated.earliest or 'any time'} to {dated.latest or 'any time'}"
    for r in dated.reasons:
        bounds = (
            f"from {r.earliest}" * bool(r.earliest)
            + " " * bool(r.earliest and r.latest)
            + f"before {r.latest}" * bool(r.latest)
        )
        unused = "" if r.used else " (its end is not believed: the text remembers)"
        yield f"    {r.kind}: {_plain(r.words)}: {bounds}{unused} {r.record}"


def _plain(words: str) -> str:
    from depeche.cli.console import visible

    return visible(" ".join(words.split()))
