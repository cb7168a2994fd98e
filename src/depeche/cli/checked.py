"""Verdicts on claims, written for a reader or a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from depeche.cli.console import visible
from depeche.errors import InputError

if TYPE_CHECKING:
    from depeche.analysis.check import Checked, Verdict
    from depeche.analysis.check.answer import Witness
    from depeche.analysis.check.coverage import Coverage, Month

SHOWN = 5  # witnesses of one kind in a table; json has all
WORDS = 300  # characters of a witness's words in a table


def write(checked: Checked, style: str, output: str | None) -> None:
    """Write verdicts in a style of `ANSWER_FORMATS` to a file, or to standard output."""
    if style == "parquet":
        if output is None:
            raise InputError("--format parquet needs --output FILE")
        checked.to_frame().to_parquet(output)
        return
    if style == "json":
        text = json.dumps(checked.to_dicts(), ensure_ascii=False, indent=1) + "\n"
    elif style == "csv":
        text = checked.to_frame().to_csv(index=False)
    else:
        text = "\n".join(render(v) for v in checked.verdicts)
    if output is None:
        sys.stdout.write(text)
    else:
        try:
            Path(output).write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(f"{output}: {error.strerror or error}") from error


def render(verdict: Verdict) -> str:
    """One verdict as lines for a reader."""
    q = verdict.query
    lines = [f"{verdict.verdict.upper()}  {visible(q.text)}"]
    lines += [f"  {'because' if i == 0 else '':<9} {visible(reason)}" for i, reason in enumerate(verdict.reasons)]
    for name, group in (
        ("event", [verdict.claimed] if verdict.claimed else []), ("against", verdict.counter), ("in doubt", verdict.doubts),
        ("before", [verdict.before] if verdict.before else []),
    ):  # fmt: skip
        for i, witness in enumerate(group[:SHOWN]):
            lines += _witness(name if i == 0 else "", witness)
        if len(group) > SHOWN:
            lines.append(f"  {'':<9} … and {len(group) - SHOWN} more (--format json shows all)")
    if verdict.coverage is not None:
        lines += _coverage(verdict.coverage)
    return "\n".join(lines) + "\n"


def _witness(name: str, w: Witness) -> Iterator[str]:
    words = " ".join(w.words.split())
    where = f", {w.where}" if w.where else ""
    yield f"  {name:<9} {w.days}  {visible(w.who + where)}  [{w.mention}]"
    yield f"  {'':<9}   “{visible(words[:WORDS])}{'…' if len(words) > WORDS else ''}” — {visible(w.name or w.document)}"
    for doubt in w.doubts:
        yield f"  {'':<9}   ? {visible(doubt)}"


def _coverage(c: Coverage) -> Iterator[str]:
    lists = f" and {', '.join(c.lists)}" if c.lists else ""
    yield (
        f"  {'coverage':<9} {c.span}: {c.documents} documents{lists} could have shown one; {len(c.thin)} of {len(c.months)} months thin (no list and fewer "
        f"than {c.least}), {len(c.empty)} empty"
    )
    years = [(year, list(months)) for year, months in groupby(c.months, key=lambda m: m.month[:4])]
    for whole, group in groupby(years, key=lambda y: all(m.listed for m in y[1])):
        if not whole:
            yield from (f"  {'':<9}   {year} {_year(months)}" for year, months in group)
            continue
        listed = [year for year, _ in group]
        span = listed[0] if len(listed) == 1 else f"{listed[0]}–{listed[-1]}"
        yield f"  {'':<9}   {span} all listed"


def _year(months: list[Month]) -> str:
    """The documents of each month of a year: "L" where a list covers it, "·" where it is empty, blank outside the span."""
    shown = {int(m.month[5:]): "L" if m.listed else "·" if m.empty else str(m.documents) for m in months}
    return " ".join(f"{shown.get(month, ''):>3}" for month in range(1, 13)).rstrip()
