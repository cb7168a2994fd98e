"""`depeche check`: claims against the ledger."""

from __future__ import annotations

import argparse
import sys

from depeche.cli.options import Subparsers, add_answer, add_command, add_ledger
from depeche.errors import InputError

CHECK_EXAMPLES = """examples:
  depeche check "première visite d'un ministre américain de la Défense en Algérie depuis 2006" --on 2020-10-01
  depeche check --kind first --type CONSULT --mode visit --subject "ministre de la Défense" --of USA --place DZA \\
      --since 2006 --on 2020-10-01 --format json
  depeche check --kind comparison --mode visit --subject "président" --of USA --place France --than Italie
  depeche check - < dispatch.txt

The verdict is "supported" (no counter-example, and none could have escaped), "contradicted" (by this event, in these words), or
"undecidable", always with what could have shown a counter-example, month by month: lists that cover it, and documents that deal with
both sides. A month without a list and with fewer than --least documents is thin: its silence proves nothing.

exit codes: 0 every claim was checked (undecidable is an answer), 1 some could not be made a query, 2 nothing could be checked.
"""
KINDS = ("first", "last", "only", "nth", "never", "since", "comparison")


def add_parsers(commands: Subparsers) -> None:
    """The commands of this group."""
    check = add_command(
        commands, "check", "check a claim: first, last, only, n-th, never, since, more often", CHECK_EXAMPLES
    )
    check.add_argument("text", nargs="?", metavar="TEXT|-", help="the claim in words, or - for standard input")
    check.add_argument("--on", metavar="DATE", help="the day of the event, or on which the claim is said (YYYY-MM-DD)")
    check.add_argument("--lang", metavar="CODE", help="language of the words (default: told from the text)")
    check.add_argument(
        "--least",
        type=int,
        metavar="N",
        help="documents on both sides that make the silence of a month count (default: 30)",
    )
    parts = check.add_argument_group("the claim in parts, instead of TEXT")
    parts.add_argument("--kind", choices=KINDS, help="what is claimed")
    parts.add_argument("--type", help="PLOVER event type (default: CONSULT)")
    parts.add_argument("--mode", help="PLOVER mode of the type, such as visit")
    parts.add_argument("--subject", metavar="WHO", help="an office, a country or a name: who did it")
    parts.add_argument("--of", metavar="COUNTRY", help="whose office that is")
    parts.add_argument("--object", metavar="WHO", help="whom it was done to")
    parts.add_argument("--place", metavar="PLACE", help="the country (code or name) or town where it was")
    parts.add_argument("--since", metavar="DATE", help="YYYY, YYYY-MM, YYYY-MM-DD, or a length before the event (P10Y)")
    parts.add_argument("--until", metavar="DATE", help="when the last one is said to have been (with --kind last)")
    parts.add_argument("--n", type=int, metavar="N", help="the number (with --kind nth)")
    parts.add_argument("--actor", metavar="NAME", help="who did the very event that the claim is about")
    parts.add_argument(
        "--persons", action="store_true", default=None, help="count people, not deeds (“the first minister to”)"
    )
    parts.add_argument("--than", metavar="PLACE|WHO", help="the other place or subject (with --kind comparison)")
    parts.add_argument("--relation", choices=("more", "less", "equal"), help="what is compared (default: more)")
    add_ledger(check)
    add_answer(check)


def run(args: argparse.Namespace) -> int:
    """Run one of them and return its exit code."""
    return _check(args)


PARTS = "type mode subject of object place since until n actor persons than relation".split()


def _check(args: argparse.Namespace) -> int:
    given = {name: getattr(args, name) for name in PARTS if getattr(args, name) is not None}
    if (args.text is None) == (args.kind is None):
        raise InputError("give the claim either in words or by --kind and its parts")
    if args.text is not None and given:
        raise InputError(f"--{next(iter(given))} goes with --kind, not with a text")
    from depeche import api
    from depeche.cli.checked import write

    ledger = api.open(args.ledger)
    if args.kind is not None:
        from depeche.analysis.check import ClaimOptions

        checked = ledger.check(ClaimOptions(args.kind, on=args.on, lang=args.lang, least=args.least, **given))
    else:
        text = sys.stdin.read() if args.text == "-" else args.text
        checked = ledger.check(text, on=args.on, lang=args.lang, least=args.least)
    if not checked.verdicts:
        raise InputError(
            "no checkable claim was found in the text (first, last, only, n-th, never, since, more often than)"
        )
    write(checked, args.format, args.output)
    asked = [v.coverage is not None for v in checked.verdicts]
    return 0 if all(asked) else 1 if any(asked) else 2
