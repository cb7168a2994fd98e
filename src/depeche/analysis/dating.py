"""`dating`: between which days a document without a date was published, and what says so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from depeche.errors import InputError
from depeche.ledger import recall
from depeche.ledger.dating import Reason
from depeche.ledger.store import Store

if TYPE_CHECKING:
    import pandas

_COLUMNS = "document name earliest latest days kind reason record reason_earliest reason_latest used".split()


@dataclass(frozen=True, slots=True)
class Dated:
    """One document and the interval [earliest, latest) in which it was published, None where nothing bounds it; the reasons name the
    records that they rest on. A document with a date has no reasons."""

    document: str
    name: str
    title: str | None
    published: date | None
    earliest: date | None
    latest: date | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Datings:
    """Documents with what is known of when they were published, by id."""

    documents: tuple[Dated, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records that the intervals rest on."""
        return tuple(r.record for d in self.documents for r in d.reasons if r.record)

    def to_frame(self) -> pandas.DataFrame:
        """One row a reason; one for a document without any."""
        import pandas

        return pandas.DataFrame([row for d in self.documents for row in _rows(d)], columns=_COLUMNS)


def _rows(dated: Dated) -> Iterable[dict[str, Any]]:
    days = (dated.latest - dated.earliest).days if dated.earliest and dated.latest else None
    own = {
        "document": dated.document,
        "name": dated.name,
        "earliest": dated.earliest,
        "latest": dated.latest,
        "days": days,
    }
    for r in dated.reasons or (None,):
        told = {} if r is None else {
            "kind": r.kind, "reason": r.words, "record": r.record, "reason_earliest": r.earliest, "reason_latest": r.latest, "used": r.used,
        }  # fmt: skip
        yield own | told


_QUERY = "SELECT id, name, title, published, earliest, latest, dating FROM documents WHERE kind = 'text' AND "


def dating(store: Store, *documents: str) -> Datings:
    """When documents were published: those named (by id, URL or name), else all that have no date.

    Raises InputError for a name that the ledger does not have.
    """
    with store.connect() as con:
        if not documents:
            found = con.execute(_QUERY + "published IS NULL ORDER BY id").fetchall()
        else:
            ids: list[str] = []
            for words in documents:
                named = recall.resolve_documents(con, words)
                if not named:
                    raise InputError(f"{words}: the ledger has no document of this id, URL or name")
                ids += named
            found = con.execute(_QUERY + "id IN (SELECT unnest(?)) ORDER BY id", [ids]).fetchall()
    return Datings(tuple(_dated(*row) for row in found))


def _dated(document: str, name: str, title: str | None, published: date | None, *bounds: Any) -> Dated:
    earliest, latest, reasons = bounds
    return Dated(
        document, name, title, published, earliest, latest, tuple(_reason(r) for r in json.loads(reasons or "[]"))
    )


def _reason(told: dict[str, Any]) -> Reason:
    days = {edge: date.fromisoformat(told[edge]) if told[edge] else None for edge in ("earliest", "latest")}
    return Reason(**told | days)
