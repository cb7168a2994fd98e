"""`depeche events`, `quotes`, `dyad`, `trips`, `timeline` and `claims`: what is asked of a ledger."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from depeche.cli.options import ANSWER_FORMATS, Subparsers, add_answer, add_command, add_ledger

if TYPE_CHECKING:
    from depeche.cli.pretty import Painter

EVENTS_EXAMPLES = """examples:
  depeche events --actor France --type CONSULT --since 2018-01 --until 2018-06
  depeche events --dyad USA DZA --status all --format csv --output usa-dza.csv
  depeche events --quad material-conflict --place Syrie --order documents --limit 10
  depeche events --involving "Mark Esper" --text Alger --format json

WHO is a country or body by code or name (DZA, Algeria, in French or English), or words of a name ("Esper"). Only what happened is shown:
plans, fears and denials with --status. A DATE is a day, month or year; --until includes it.
"""
QUOTES_EXAMPLES = """examples:
  depeche quotes --speaker Tebboune --since 2020
  depeche quotes --speaker DZA --text gaz --kind direct --format csv
"""
DYAD_EXAMPLES = """examples:
  depeche dyad USA DZA --by year
  depeche dyad USA DZA --beside RUS DZA --since 2018 --chart algiers.svg
  depeche dyad Hamas ISR --by quarter --format csv

Scores are PLOVER's, from -10 to +10 an event. An event counts in the period that its day is known to lie in; documents are those that
were published in it and read: where there are none, silence means nothing.
"""
TRIPS_EXAMPLES = """examples:
  depeche trips "Mark Esper"
  depeche trips USA --to DZA --since 2006
  depeche trips Macron --since 2018 --format geojson --output macron.geojson
  depeche trips --to Alger
"""
TIMELINE_EXAMPLES = """examples:
  depeche timeline "Mark Esper"
  depeche timeline USA DZA --since 2019 --limit 20
  depeche timeline --place Alger
"""
CLAIMS_EXAMPLES = """examples:
  depeche claims --verdict contradicted
  depeche claims --kind first --country DZA --format csv
"""
CLAIM_KINDS = ("first", "last", "only", "nth", "never", "since", "comparison")
VERDICTS = ("supported", "contradicted", "undecidable")
STATUSES = ("actual", "planned", "possible", "denied", "habitual", "all")
SOURCES = ("named", "institution", "unnamed", "media", "rumour", "none")
QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
# Items that a table shows where nothing else is asked for; other formats hold all.
PAGE = 20


def add_parsers(commands: Subparsers) -> None:
    """The commands of this group."""
    _events(add_command(commands, "events", "events, each with its documents and words", EVENTS_EXAMPLES))
    _quotes(add_command(commands, "quotes", "who said what", QUOTES_EXAMPLES))
    _dyad(add_command(commands, "dyad", "cooperation and conflict of a pair, period by period", DYAD_EXAMPLES))
    _trips(add_command(commands, "trips", "who went where, in order", TRIPS_EXAMPLES))
    _timeline(add_command(commands, "timeline", "a person, country, pair or place in order", TIMELINE_EXAMPLES))
    _claims(add_command(commands, "claims", "checkable claims met in documents, with verdicts", CLAIMS_EXAMPLES))


def _events(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--involving", action="append", metavar="WHO", help="in the event, on any side; repeat for several"
    )
    parser.add_argument("--actor", action="append", metavar="WHO", help="who does it")
    parser.add_argument("--recipient", action="append", metavar="WHO", help="to whom it is done")
    parser.add_argument("--dyad", nargs=2, metavar=("WHO", "WHO"), help="each acting on the other, or both together")
    _add_kind(parser)
    parser.add_argument("--place", metavar="PLACE", help="a country, or words of a place's name")
    _add_time(parser)
    parser.add_argument("--source", action="append", choices=SOURCES, help="who says so; none: the document itself")
    parser.add_argument(
        "--documents", action="append", choices=("text", "list"), help="what was read, or curated lists"
    )
    parser.add_argument("--outlet", action="append", metavar="NAME", help="told by this outlet")
    parser.add_argument("--text", metavar="WORDS", help="words of the evidence, whatever their capitals and accents")
    parser.add_argument("--order", choices=("newest", "oldest", "documents"), default="newest", help="default: newest")
    _add_page(parser)


def _quotes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--speaker", metavar="WHO", help="a name, or a country for all who speak for it")
    parser.add_argument("--kind", action="append", choices=("direct", "mixed", "indirect"), help="kind of quote")
    parser.add_argument("--source", action="append", choices=SOURCES, help="kind of speaker")
    parser.add_argument("--outlet", action="append", metavar="NAME", help="told by this outlet")
    _add_time(parser)
    parser.add_argument("--text", metavar="WORDS", help="words of the quote, whatever their capitals and accents")
    parser.add_argument("--order", choices=("newest", "oldest"), default="newest", help="default: newest")
    _add_page(parser)


def _dyad(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pair", nargs=2, metavar="WHO", help="two countries, bodies or names")
    parser.add_argument("--beside", action="append", nargs=2, default=[], metavar=("WHO", "WHO"), help="another pair")
    parser.add_argument(
        "--by", choices=("day", "week", "month", "quarter", "year"), default="month", help="default: month"
    )
    parser.add_argument("--directed", action="store_true", help="only what the first does to the second")
    _add_kind(parser)
    _add_time(parser)
    parser.add_argument("--chart", metavar="FILE", help="draw the series into FILE.svg or FILE.png")
    add_ledger(parser)
    add_answer(parser)


def _trips(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("who", nargs="?", metavar="WHO", help="a person, or a country for all who travel for it")
    parser.add_argument("--to", metavar="PLACE", help="where they led: a country, or words of a place's name")
    parser.add_argument("--status", action="append", choices=STATUSES, help="default: actual")
    parser.add_argument("--domestic", action="store_true", help="also visits within the traveller's own country")
    _add_time(parser)
    add_ledger(parser)
    parser.add_argument("--format", choices=(*ANSWER_FORMATS, "geojson"), default="table", help="default: table")
    parser.add_argument("--output", metavar="FILE", help="where the answer goes (default: standard output)")


def _timeline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "who", nargs="*", metavar="WHO", help="a person or country, or two; a place where it is neither"
    )
    parser.add_argument("--place", metavar="PLACE", help="a country, or words of a place's name")
    _add_kind(parser)
    _add_time(parser)
    _add_page(parser)


def _claims(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", choices=CLAIM_KINDS, help="kind of claim")
    parser.add_argument("--type", metavar="TYPE", help="PLOVER type of what is claimed")
    parser.add_argument("--country", metavar="WHO", help="a country or body that it is about")
    parser.add_argument("--text", metavar="WORDS", help="words of the claim")
    parser.add_argument("--verdict", choices=VERDICTS, help="only these")
    _add_time(parser)
    _add_page(parser)


def _add_kind(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--type", action="append", metavar="TYPE", help="PLOVER type, such as CONSULT; repeat for several"
    )
    parser.add_argument("--mode", action="append", metavar="MODE", help="PLOVER mode, such as visit")
    parser.add_argument("--quad", action="append", choices=QUADS, help="all types of a quad class")
    parser.add_argument("--status", action="append", choices=STATUSES, help="default: actual")


def _add_time(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", metavar="DATE", help="from YYYY, YYYY-MM or YYYY-MM-DD on")
    parser.add_argument("--until", metavar="DATE", help="up to the end of YYYY, YYYY-MM or YYYY-MM-DD")


def _add_page(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=_count, metavar="N", help=f"at most N (default: {PAGE} in a table, else all)")
    add_ledger(parser)
    add_answer(parser)


def _count(words: str) -> int:
    number = int(words)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{words} is no number of items; accepted: 1 or more")
    return number


def run(args: argparse.Namespace) -> int:
    """Run one of them and return its exit code."""
    asked = {
        "events": _ask_events, "quotes": _ask_quotes, "dyad": _ask_dyad, "trips": _ask_trips, "timeline": _ask_timeline,
        "claims": _ask_claims,
    }  # fmt: skip
    asked[args.command](args)
    return 0


def _given(args: argparse.Namespace, *names: str) -> dict[str, object]:
    """The options that were given, as the API calls them."""
    return {name: value for name in names if (value := getattr(args, name)) not in (None, [], False)}


def _limit(args: argparse.Namespace) -> int | None:
    limit: int | None = args.limit
    return PAGE if limit is None and args.format == "table" else limit


def _painter(args: argparse.Namespace) -> Painter:
    from depeche.cli.pretty import Painter

    return Painter(sys.stdout.isatty() and not args.output)


KIND = ("type", "mode", "quad", "status", "since", "until")


def _ask_events(args: argparse.Namespace) -> None:
    from depeche import api
    from depeche.cli.answers import write_answer
    from depeche.cli.ask_tables import events_table
    from depeche.records.codecs import encode

    names = (*KIND, "involving", "actor", "recipient", "place", "source", "documents", "outlet", "text")
    filters = _given(args, *names) | ({"dyad": tuple(args.dyad)} if args.dyad else {})
    answer = api.open(args.ledger).events(order=args.order, limit=_limit(args), **filters)  # type: ignore[arg-type]
    write_answer(args, answer, table=lambda: events_table(answer, _painter(args)), data=lambda: encode(answer))


def _ask_quotes(args: argparse.Namespace) -> None:
    from depeche import api
    from depeche.cli.answers import write_answer
    from depeche.cli.ask_tables import quotes_table
    from depeche.records.codecs import encode

    filters = _given(args, "speaker", "kind", "source", "outlet", "since", "until", "text")
    answer = api.open(args.ledger).quotes(order=args.order, limit=_limit(args), **filters)  # type: ignore[arg-type]
    write_answer(args, answer, table=lambda: quotes_table(answer, _painter(args)), data=lambda: encode(answer))


def _ask_dyad(args: argparse.Namespace) -> None:
    from depeche import api
    from depeche.cli.answers import write_answer
    from depeche.cli.ask_tables import dyads_table
    from depeche.records.codecs import encode

    answer = api.open(args.ledger).dyad(
        *args.pair,
        beside=[tuple(pair) for pair in args.beside],
        by=args.by,
        directed=args.directed,
        whole=args.format == "json",
        **_given(args, *KIND),  # type: ignore[arg-type]
    )
    if args.chart:
        answer.chart(args.chart)
    write_answer(args, answer, table=lambda: dyads_table(answer, _painter(args)), data=lambda: encode(answer))


def _ask_trips(args: argparse.Namespace) -> None:
    from depeche import api
    from depeche.cli.answers import write_answer
    from depeche.cli.ask_tables import trips_table
    from depeche.records.codecs import encode

    filters = _given(args, "to", "status", "domestic", "since", "until")
    answer = api.open(args.ledger).trips(args.who, **filters)  # type: ignore[arg-type]
    data = answer.to_geojson if args.format == "geojson" else lambda: encode(answer)
    write_answer(args, answer, table=lambda: trips_table(answer, _painter(args)), data=data)


def _ask_timeline(args: argparse.Namespace) -> None:
    from depeche import api
    from depeche.cli.answers import write_answer
    from depeche.cli.ask_tables import timeline_table
    from depeche.records.codecs import encode

    answer = api.open(args.ledger).timeline(*args.who, limit=_limit(args), **_given(args, *KIND, "place"))  # type: ignore[arg-type]
    write_answer(args, answer, table=lambda: timeline_table(answer, _painter(args)), data=lambda: encode(answer))


def _ask_claims(args: argparse.Namespace) -> None:
    from depeche import api
    from depeche.cli.answers import write_answer
    from depeche.cli.ask_tables import claims_table

    filters = _given(args, "kind", "type", "country", "since", "until", "text", "verdict")
    answer = api.open(args.ledger).claims(limit=_limit(args), **filters)  # type: ignore[arg-type]
    write_answer(args, answer, table=lambda: claims_table(answer), data=answer.to_dict)
