"""`depeche add`, `import`, `forget`, `reread` and `explain`: what goes into the ledger and out of it, and what stands behind it."""

from __future__ import annotations

import argparse
import json
import os
import textwrap
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from depeche.cli.options import LIST_KINDS, Subparsers, add_command, add_input, add_ledger
from depeche.errors import InputError

if TYPE_CHECKING:
    from depeche.analysis.explain import Evidence, Explanation
    from depeche.analysis.reread import Change

ADD_EXAMPLES = """examples:
  depeche add news/*.jsonl --ledger news.duckdb
  depeche add page.html --outlet "El Watan" --replace
  xzcat news.jsonl.xz | depeche add - --from jsonl
"""
IMPORT_EXAMPLES = """examples:
  depeche import us-state-travels/ --ledger news.duckdb
  depeche import reign-leaders.csv
  depeche import secretaries.xml --covers 1996-12-01..2017-01-20
"""
FORGET_EXAMPLES = """examples:
  depeche forget 3f9a12c07b5e4d21 --ledger news.duckdb
  depeche forget https://example.org/dispatch.html
"""
REREAD_EXAMPLES = """examples:
  depeche reread --ledger news.duckdb --dry-run
  depeche reread --all --format json > changes.json
"""
EXPLAIN_EXAMPLES = """examples:
  depeche explain 3f9a12c07b5e4d21 --ledger news.duckdb
  depeche explain 3f9a12c07b5e4d21 --format json
"""


def add_parsers(commands: Subparsers) -> None:
    """The commands of this group."""
    add = add_command(commands, "add", "read documents into the ledger", ADD_EXAMPLES)
    add_input(add)
    add_ledger(add)
    _add_jobs(add)
    add.add_argument("--replace", action="store_true", help="let a document take the place of the one with its URL")
    lists = add_command(commands, "import", "import curated lists as one more source", IMPORT_EXAMPLES)
    lists.add_argument("files", nargs="+", metavar="FILE|FOLDER", help="lists (XML, CSV), or folders of them")
    lists.add_argument("--kind", choices=LIST_KINDS, help="the kind of list (default: told by its content)")
    lists.add_argument(
        "--covers",
        action="append",
        metavar="FROM..TO",
        help="days between which a list of travels names every trip, TO included; may be given several times "
        "(default: from its first trip to its last)",
    )
    add_ledger(lists)
    forget = add_command(
        commands, "forget", "take documents out of the ledger, with all that rests on them", FORGET_EXAMPLES
    )
    forget.add_argument("documents", nargs="+", metavar="DOCUMENT", help="its id, its URL or its name")
    add_ledger(forget)
    reread = add_command(
        commands, "reread", "read the ledger's texts again with this version, and show what changes", REREAD_EXAMPLES
    )
    add_ledger(reread)
    _add_jobs(reread)
    reread.add_argument("--model", metavar="MODEL", help="a model folder, or spacy:NAME for an installed spaCy model")
    reread.add_argument("--all", action="store_true", help="also documents that this very reader has read")
    reread.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    reread.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    explain = add_command(
        commands, "explain", "show what stands behind a record, from source to answer", EXPLAIN_EXAMPLES
    )
    explain.add_argument("record", metavar="ID", help="the id of a record or document, as answers print it")
    add_ledger(explain)
    explain.add_argument("--format", choices=("table", "json"), default="table", help="default: table")


def _add_jobs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes that read (default: one a core)"
    )


def run(args: argparse.Namespace) -> int:
    """Run one of them and return its exit code."""
    return {"add": _add, "import": _import, "forget": _forget, "reread": _reread, "explain": _explain}[args.command](
        args
    )


def _add(args: argparse.Namespace) -> int:
    from depeche import api
    from depeche.cli.console import Watch

    ledger = api.open(args.ledger, create=True)
    with Watch() as watch:
        done = ledger.add(
            *args.files,
            kind=args.kind,
            published=args.published,
            outlet=args.outlet,
            lang=args.lang,
            model=args.model,
            jobs=args.jobs,
            replace=args.replace,
            report=watch,
        )
    failed = [p for p in done.problems if not (isinstance(p, api.Problem) and p.warning)]
    print(
        f"{args.ledger}: {len(done.added)} documents added"
        + (f", {len(done.known)} were in already" if done.known else "")
        + (f", {len(done.removed)} made way" if done.removed else "")
        + (f", {len(failed)} could not be read" if failed else "")
    )
    if not done.added and not done.known:
        return 2
    return 1 if failed else 0


def _import(args: argparse.Namespace) -> int:
    from depeche import api
    from depeche.cli.console import say

    covered = [_days(words) for words in args.covers] if args.covers else None
    done = api.open(args.ledger, create=True).import_lists(*args.files, kind=args.kind, covered=covered)
    for problem in done.problems:
        say(str(problem))
    print(
        f"{args.ledger}: {len(done.added)} lists imported, {done.rows} rows in use"
        + (f", {len(done.known)} lists were in already" if done.known else "")
        + (f", {len(done.removed)} older ones made way" if done.removed else "")
        + (f", {len(done.problems)} rows or files could not be used" if done.problems else "")
    )
    return 1 if done.problems else 0


def _days(words: str) -> tuple[date | None, date]:
    """The half-open days of FROM..TO; FROM may be left out."""
    first, dots, last = words.partition("..")
    try:
        begins = date.fromisoformat(first) if first else None
        ends = date.fromisoformat(last) + timedelta(days=1)
    except ValueError:
        ends = date.min
        begins = None
    if not dots or ends == date.min or (begins and begins >= ends):
        raise InputError(
            f"--covers {words!r} is no span of days; accepted: FROM..TO, as 1996-12-01..2017-01-20, or ..TO"
        )
    return begins, ends


def _forget(args: argparse.Namespace) -> int:
    from depeche import api
    from depeche.cli.console import say

    done = api.open(args.ledger).forget(*args.documents)
    for words in done.unknown:
        say(f"{words}: the ledger has no document of this id, URL or name")
    print(f"{args.ledger}: {len(done.removed)} documents taken out")
    if not done.removed:
        return 2
    return 1 if done.unknown else 0


def _reread(args: argparse.Namespace) -> int:
    from depeche import api
    from depeche.cli.console import Watch, say
    from depeche.records.codecs import encode

    with Watch() as watch:
        done = api.open(args.ledger).reread(
            everything=args.all, dry_run=args.dry_run, model=args.model, jobs=args.jobs, report=watch
        )
    if args.format == "json":
        print(json.dumps(encode(done), ensure_ascii=False, indent=1))
    else:
        for change in done.changes:
            print("\n".join(_change_lines(change)))
    if done.kept:
        say(f"{len(done.kept)} documents came with a parse of their own and were not read again")
    counts = {how: sum(c.how == how for c in done.changes) for how in ("gone", "new", "changed")}
    said = ", ".join(f"{n} {how}" for how, n in counts.items())
    say(
        f"{args.ledger}: {len(done.documents)} documents read again: {said}{' (nothing was written)' if args.dry_run else ''}"
    )
    return 1 if done.problems else 0


SIGNS = {"gone": "-", "new": "+", "changed": "~"}


def _change_lines(change: Change) -> Iterator[str]:
    yield f"{SIGNS[change.how]} {change.kind} {change.id} {change.what}: {_short(change.words)}"
    for name, before, after in change.fields:
        yield f"    {name}: {_short(str(before))} -> {_short(str(after))}"


def _explain(args: argparse.Namespace) -> int:
    from depeche import api

    found = api.open(args.ledger).explain(args.record)
    if args.format == "json":
        from depeche.records.codecs import encode

        print(json.dumps(encode(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_explanation_lines(found)))
    return 0


def _explanation_lines(found: Explanation) -> Iterator[str]:
    yield f"{found.kind} {found.id}"
    for name, value in found.facts:
        yield f"  {name}: {_short(str(value))}"
    for evidence in found.evidence:
        yield ""
        yield from _evidence_lines(evidence)


def _evidence_lines(evidence: Evidence) -> Iterator[str]:
    source = evidence.source
    about = " · ".join(str(x) for x in (source.name, source.outlet, source.published, source.url) if x)
    yield f"  {evidence.kind} {evidence.id} in document {source.id}: {_visible(about)}"
    if source.origin != source.id:
        yield f"    a copy of document {source.origin}"
    words = " ".join(s.text for s in evidence.sentences) or evidence.words.text
    yield from textwrap.wrap(
        f"“{_visible(' '.join(words.split()))}”",
        100,
        initial_indent="    ",
        subsequent_indent="    ",
        break_on_hyphens=False,
    )
    yield f"    words {evidence.words.start}:{evidence.words.end} “{_short(evidence.words.text)}”"
    for cue in evidence.cues:
        yield f"    cue “{_short(cue.span.text)}” by {cue.rule}"
    yield f"    rule {evidence.rule}" + (f" ({evidence.entry})" if evidence.entry else "")
    if evidence.reasons:
        yield f"    kept for {', '.join(evidence.reasons)}"
    yield f"    model {source.model}, reader {source.reader}"


def _short(words: str) -> str:
    return textwrap.shorten(_visible(words), 160, placeholder=" …")


def _visible(words: str) -> str:
    from depeche.cli.console import visible

    return visible(words)
