"""Claims checked against the ledger: a typed query, the deeds that fit it, what the ledger could have shown, a verdict."""

from __future__ import annotations

import duckdb

from depeche.analysis.check.answer import Verdict, frame
from depeche.analysis.check.query import Query
from depeche.analysis.check.reading import queries_of
from depeche.analysis.check.told import told_in
from depeche.analysis.check.verdict import check_query, check_readings
from depeche.records import Reading

__all__ = ["Query", "Verdict", "check_query", "check_reading", "frame"]


def check_reading(con: duckdb.DuckDBPyConnection, reading: Reading) -> tuple[Verdict, ...]:
    """The verdict on each claim of a reading, in text order."""
    return tuple(check_readings(con, queries_of(told)) for told in told_in(reading))
