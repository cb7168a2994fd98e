"""`claims`: the checkable claims that the documents make, each with its verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from depeche.analysis.check import check_each
from depeche.analysis.check.answer import CONTRADICTED, SUPPORTED, UNDECIDABLE, Verdict, frame
from depeche.analysis.filters import OneOrMore, When, closed, period
from depeche.analysis.parties import country_code
from depeche.errors import InputError
from depeche.ledger.queries import check as rows
from depeche.ledger.queries.check import ClaimFilter
from depeche.ledger.store import Store
from depeche.records.vocabularies import CLAIM_KINDS, EVENT_TYPES

if TYPE_CHECKING:
    import pandas

VERDICTS = (SUPPORTED, CONTRADICTED, UNDECIDABLE)


class ClaimFilters(TypedDict, total=False):
    """Which claims: of a `kind` (first, last, only, nth, never, since, comparison), about events of a `type`, about a `country` or body
    (who does it, to whom or where), published from `since` to `until`, both included, with some words (`text`); `verdict`: only these.
    """

    kind: str
    type: str
    country: str
    since: When
    until: When
    text: str
    verdict: OneOrMore


@dataclass(frozen=True, slots=True)
class Claims:
    """A page of verdicts on claims, the newest claims first. `total` claims fulfil the question, bar the verdict; `checked` of them were
    checked to fill the page, `counts` says with which verdicts."""

    total: int
    checked: int
    counts: dict[str, int]
    verdicts: tuple[Verdict, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records that the answer rests on: claims, then the mentions that decide them."""
        claims = [v.query.record for v in self.verdicts if v.query.record]
        return tuple(dict.fromkeys([*claims, *(r for v in self.verdicts for r in v.records)]))

    def to_frame(self) -> pandas.DataFrame:
        """One row a claim (see `depeche.analysis.check.answer.COLUMNS`)."""
        return frame(self.verdicts)

    def to_dict(self) -> dict[str, object]:
        """The answer as plain values."""
        return {
            "total": self.total,
            "checked": self.checked,
            "counts": self.counts,
            "claims": [v.to_dict() for v in self.verdicts],
        }


def claims(store: Store, *, limit: int | None = None, **filters: Unpack[ClaimFilters]) -> Claims:
    """The claims that fulfil all filters (see `ClaimFilters`), as many as `limit` checked against the ledger.

    Raises InputError for a filter that cannot be, LedgerError for a ledger that cannot be read.
    """
    since, until = period(filters.get("since"), filters.get("until"))
    kinds = closed(filters.get("kind", ()), CLAIM_KINDS, "kind of claim")
    types = closed(filters.get("type", "").upper() or (), EVENT_TYPES, "event type")
    verdicts = closed(filters.get("verdict", ()), VERDICTS, "verdict")
    name = filters.get("country")
    code = country_code(name) if name else None
    if name and not code:
        raise InputError(f"{name!r} is no country or body; accepted: a code (DZA) or a name (Algeria)")
    wanted = ClaimFilter(
        kind=kinds[0] if kinds else None,
        type=types[0] if types else None,
        country=code,
        first=since,
        last=until,
        words=filters.get("text"),
    )
    with store.connect() as con:
        found = rows.claims(con, wanted)[::-1]
        counts: Counter[str] = Counter()
        kept: list[Verdict] = []
        for verdict in check_each(con, found):
            counts[verdict.verdict] += 1
            if not verdicts or verdict.verdict in verdicts:
                kept.append(verdict)
            if limit is not None and len(kept) >= limit:
                break
    return Claims(len(found), counts.total(), {v: counts[v] for v in VERDICTS}, tuple(kept))
