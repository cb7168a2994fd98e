"""`quotes`: who said what, in his own or in reported words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from depeche.analysis.filters import OneOrMore, When, closed, many, period, words_pattern
from depeche.analysis.happenings import Source
from depeche.analysis.parties import country_code, find_speaker
from depeche.ledger.queries.quotes import ORDERS, QuoteRow, QuotesWanted, find_quotes
from depeche.ledger.store import Store
from depeche.records import Span
from depeche.records.vocabularies import HOLDER_KINDS, QUOTE_KINDS

if TYPE_CHECKING:
    import pandas


class QuoteFilters(TypedDict, total=False):
    """Which quotes. Every filter that is given must hold.

    - `speaker`: a name, or a country or body for all who speak for it
    - `kind`: direct, mixed, indirect; `source`: named, institution, unnamed, media, rumour, or none for words of nobody named
    - `outlet`: outlets
    - `since`, `until`: days of publication, "2018", "2018-03" or "2018-03-05", both included
    - `text`: words that the quote holds, whatever their capitals and accents
    """

    speaker: str
    kind: OneOrMore
    source: OneOrMore
    outlet: OneOrMore
    since: When
    until: When
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain of those who say so: `kind` as in `Attribution`, the fullest name, the words at the cue, the cue."""

    kind: str
    holder: str | None
    words: str | None
    cue: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """One quote: `record` is its id, `words` the quoted words with their offsets in the document's text."""

    record: str
    kind: str
    words: Span
    speaker: str | None
    speaker_kind: str | None
    speaker_country: str | None
    chain: tuple[Link, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Quotes:
    """A page of quotes, and how many there are in all."""

    total: int
    quotes: tuple[Said, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of all records that the answer rests on."""
        return tuple(q.record for q in self.quotes)

    def to_frame(self) -> pandas.DataFrame:
        """One row a quote."""
        import pandas

        return pandas.DataFrame([_row(q) for q in self.quotes], columns=list(_COLUMNS))


def quotes(store: Store, *, order: str = "newest", limit: int | None = None, **filters: Unpack[QuoteFilters]) -> Quotes:
    """The quotes that fulfil all filters (see `QuoteFilters`), by `order`: newest or oldest publication.

    Raises InputError for a filter that cannot be, LedgerError for a ledger that cannot be read.
    """
    closed(order, ORDERS, "order")
    since, until = period(filters.get("since"), filters.get("until"))
    kinds = closed(filters.get("kind", ()), QUOTE_KINDS, "kind of quote")
    holders = closed(filters.get("source", ()), HOLDER_KINDS | {"none"}, "source")
    text = words_pattern(filters["text"]) if filters.get("text") else None
    with store.connect() as con:
        name = filters.get("speaker")
        code = country_code(name) if name else None
        keys = find_speaker(con, name).keys if name and not code else ()
        wanted = QuotesWanted(
            (code,) if code else (), keys, kinds, holders, many(filters.get("outlet", ())), since, until, text
        )
        rows, total = find_quotes(con, wanted, order, limit)
    return Quotes(total, tuple(_said(row) for row in rows))


def _said(row: QuoteRow) -> Said:
    source = Source(
        row.document, row.document_kind, row.name, row.url, row.outlet, row.title, row.published, row.origin
    )
    chain = tuple(
        Link(a["kind"], *(a[k] and a[k]["text"] for k in ("holder", "words", "cue"))) for a in json.loads(row.chain)
    )
    words = Span(row.start, row.end, row.text)
    return Said(row.id, row.kind, words, row.speaker, row.speaker_kind, row.speaker_country, chain, source)


_COLUMNS = (
    "quote", "kind", "speaker", "speaker_kind", "speaker_country", "cue", "words", "published", "document", "name", "outlet", "url",
    "start", "end",
)  # fmt: skip


def _row(q: Said) -> dict[str, object]:
    s = q.source
    return {
        "quote": q.record, "kind": q.kind, "speaker": q.speaker, "speaker_kind": q.speaker_kind, "speaker_country": q.speaker_country,
        "cue": q.chain[0].cue if q.chain else None, "words": q.words.text, "published": s.published, "document": s.document,
        "name": s.name, "outlet": s.outlet, "url": s.url, "start": q.words.start, "end": q.words.end,
    }  # fmt: skip
