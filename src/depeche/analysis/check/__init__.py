"""Claims checked against the ledger: a typed query, the deeds that fit it, what the ledger could have shown, a verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import duckdb

from depeche.analysis.check.answer import Verdict, frame
from depeche.analysis.check.options import ClaimOptions, query_of
from depeche.analysis.check.query import Query
from depeche.analysis.check.reading import queries_of
from depeche.analysis.check.text import read_claim
from depeche.analysis.check.told import told_in, told_of
from depeche.analysis.check.verdict import check_query, check_readings
from depeche.ledger.queries import check as rows
from depeche.ledger.queries.check import ClaimFilter
from depeche.records import Reading

if TYPE_CHECKING:
    import pandas

__all__ = [
    "Checked",
    "ClaimFilter",
    "ClaimOptions",
    "Query",
    "Verdict",
    "check_each",
    "check_options",
    "check_reading",
    "read_claim",
]


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdicts on some claims, in text order or by day of publication."""

    verdicts: tuple[Verdict, ...]

    def to_frame(self) -> pandas.DataFrame:
        """One row a claim (see `depeche.analysis.check.answer.COLUMNS`)."""
        return frame(self.verdicts)

    def to_dicts(self) -> list[dict[str, object]]:
        """Each verdict as plain values."""
        return [v.to_dict() for v in self.verdicts]


def check_reading(
    con: duckdb.DuckDBPyConnection, reading: Reading, *, of_day: bool = False, least: int | None = None
) -> Checked:
    """The verdict on each claim of a reading, in text order.

    `of_day`: what the claims speak of, where their words do not date it, was about the day of publication ("--on"). Without that, a
    claim whose event the ledger does not hold is undecidable, for it may be about a time long before. `least` is how many documents make
    the silence of a month count (see `depeche.analysis.check.coverage.LEAST`).
    """
    claims = [queries_of(told) for told in told_in(reading)]
    return Checked(
        tuple(check_readings(con, [replace(q, of_day=of_day, least=least) for q in queries]) for queries in claims)
    )


def check_options(con: duckdb.DuckDBPyConnection, options: ClaimOptions) -> Checked:
    """The verdict on a claim in parts. Raises InputError for what is unknown, missing or impossible."""
    return Checked((check_query(con, query_of(options)),))


# Claims whose sides are looked up at once.
_SOME = 50


def check_each(con: duckdb.DuckDBPyConnection, found: Sequence[rows.ClaimRow]) -> Iterator[Verdict]:
    """The verdicts on claims of the ledger, one after the other, for a check takes a while: each is about the event that its words stand on."""
    for first in range(0, len(found), _SOME):
        some = found[first : first + _SOME]
        sides: dict[str, list[rows.Side]] = defaultdict(list)
        for side in rows.sides(con, {c.mention for c in some if c.mention}):
            sides[side.mention].append(side)
        for claim in some:
            yield check_readings(con, queries_of(told_of(claim, sides[claim.mention or ""])))
