"""What a check answers: the verdict, the words that it rests on, and what the ledger could have shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import duckdb

from depeche.analysis.check.coverage import Coverage
from depeche.analysis.check.deeds import Deed
from depeche.analysis.check.query import Bound, Interval, Party, Query, Spot
from depeche.ledger.queries import check as rows

if TYPE_CHECKING:
    import pandas

SUPPORTED, CONTRADICTED, UNDECIDABLE = "supported", "contradicted", "undecidable"


@dataclass(frozen=True, slots=True)
class Witness:
    """A happening of the ledger and the words that tell of it: `words` are those of its document at [start, end).

    `days` is an ISO day, or first/last day ("…" where open); `kind` is "text" for what was read, "list" for a curated list; `doubts` say
    why it does not count for certain.
    """

    event: str
    mention: str
    document: str
    name: str
    kind: str
    published: date | None
    days: str
    who: str
    where: str | None
    status: str
    words: str
    start: int
    end: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one claim. `verdict` is supported, contradicted or undecidable, `reasons` say why.

    `claimed` is the event that the claim is about, `counter` are those that contradict it, `doubts` those that may, `before` is the last
    one before the time that the claim bounds. `coverage` says what could have shown a counter-example; None where the claim could not be
    made a query.
    """

    query: Query
    verdict: str
    reasons: tuple[str, ...]
    claimed: Witness | None = None
    counter: tuple[Witness, ...] = ()
    doubts: tuple[Witness, ...] = ()
    before: Witness | None = None
    coverage: Coverage | None = None

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the event mentions that it rests on."""
        found = [self.claimed, *self.counter, *self.doubts, self.before]
        return tuple(dict.fromkeys(w.mention for w in found if w is not None))

    def to_dict(self) -> dict[str, object]:
        """The answer as plain values, as `depeche check --format json` writes it."""
        q = self.query
        return {
            "claim": q.text, "record": q.record, "verdict": self.verdict, "reasons": list(self.reasons),
            "query": {
                "kind": q.kind, "type": q.type, "mode": q.mode, "subject": _party(q.subject), "object": _party(q.object),
                "place": _spot(q.place), "since": _bound(q.since), "until": _bound(q.until), "n": q.n,
                "on": q.on and q.on.isoformat(), "at": q.at and str(q.at), "persons": q.persons, "actor": _party(q.actor),
                "other": _spot(q.other) if isinstance(q.other, Spot) else _party(q.other), "relation": q.relation,
            },
            "claimed": _witness(self.claimed), "counter_examples": [_witness(w) for w in self.counter],
            "doubts": [_witness(w) for w in self.doubts], "before": _witness(self.before), "coverage": _coverage(self.coverage),
        }  # fmt: skip

    def to_frame(self) -> pandas.DataFrame:
        """One row: the claim, the verdict and the first of its witnesses (see `frame`)."""
        return frame([self])

    def months(self) -> pandas.DataFrame:
        """The coverage, one row a month: month, documents, read, listed, thin, empty."""
        import pandas

        months = self.coverage.months if self.coverage else ()
        return pandas.DataFrame(
            [(m.month, m.documents, m.read, m.listed, m.thin, m.empty) for m in months],
            columns=["month", "documents", "read", "listed", "thin", "empty"],
        )


COLUMNS = (
    "claim record verdict reason kind type mode since until on claimed_event claimed_days claimed_words counter_event counter_document "
    "counter_days counter_words doubts covered_from covered_to months empty_months thin_months documents lists"
).split()


def frame(verdicts: Iterable[Verdict]) -> pandas.DataFrame:
    """Verdicts as a table, one row each, with the columns `COLUMNS`."""
    import pandas

    return pandas.DataFrame([row(v) for v in verdicts], columns=COLUMNS)


def row(verdict: Verdict) -> tuple[object, ...]:
    """The values of one verdict in the order of `COLUMNS`."""
    q, c = verdict.query, verdict.coverage
    first = verdict.counter[0] if verdict.counter else None
    claimed = verdict.claimed
    return (
        q.text, q.record, verdict.verdict, "; ".join(verdict.reasons), q.kind, q.type, q.mode, q.since and q.since.words,
        q.until and q.until.words, q.on and q.on.isoformat(), claimed and claimed.event, claimed and claimed.days, claimed and claimed.words,
        first and first.event, first and first.document, first and first.days, first and first.words, len(verdict.doubts),
        c and c.span.start and c.span.start.isoformat(), c and c.span.end and c.span.end.isoformat(), c and len(c.months),
        c and len(c.empty), c and len(c.thin), c and c.documents, "; ".join(c.lists) if c else None,
    )  # fmt: skip


def witnesses(con: duckdb.DuckDBPyConnection, deeds: Iterable[Deed]) -> tuple[Witness, ...]:
    """Deeds with the words that tell of them."""
    shown = list(deeds)
    words = rows.words(con, [(d.mention.document, d.mention.start, d.mention.end) for d in shown])
    return tuple(_shown(deed, said) for deed, said in zip(shown, words, strict=True))


def _shown(deed: Deed, words: str) -> Witness:
    m = deed.mention
    return Witness(
        event=m.event, mention=m.id, document=m.document, name=m.name, kind=m.kind, published=m.published, days=str(deed.days),
        who=deed.who, where=m.place, status=m.status, words=words, start=m.start, end=m.end, doubts=deed.doubts,
    )  # fmt: skip


def _party(party: Party | None) -> dict[str, object] | None:
    if party is None:
        return None
    values = {
        "words": party.words, "office": party.office, "country": party.country, "person": party.person, "name": party.name, "kind": party.kind,
    }  # fmt: skip
    return {k: v for k, v in values.items() if v is not None}


def _spot(spot: Spot | None) -> dict[str, object] | None:
    if spot is None:
        return None
    return {"words": spot.words, "country": spot.country, "key": spot.key}


def _bound(bound: Bound | None) -> str | None:
    return bound.words if bound else None


def _witness(w: Witness | None) -> dict[str, object] | None:
    if w is None:
        return None
    return {
        "event": w.event, "mention": w.mention, "document": w.document, "name": w.name, "kind": w.kind,
        "published": w.published and w.published.isoformat(), "days": w.days, "who": w.who, "where": w.where, "status": w.status,
        "words": w.words, "start": w.start, "end": w.end, "doubts": list(w.doubts),
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _coverage(c: Coverage | None) -> dict[str, object] | None:
    if c is None:
        return None
    return {
        "from": _day(c.span.start), "to": _last(c.span), "complete": c.complete, "documents": c.documents, "lists": list(c.lists),
        "least": c.least, "empty_months": list(c.empty), "thin_months": list(c.thin),
        "months": [{"month": m.month, "documents": m.documents, "read": m.read, "listed": m.listed} for m in c.months],
    }  # fmt: skip


def _last(span: Interval) -> str | None:
    return str(span).rpartition("/")[2] if span.end else None
