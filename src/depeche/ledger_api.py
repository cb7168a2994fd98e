"""The ledger in Python: one object, its methods the questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Unpack

from depeche.analysis.check import Checked, ClaimOptions, check_options, check_reading, read_claim
from depeche.analysis.claims import ClaimFilters, Claims, claims
from depeche.analysis.dating import Datings, dating
from depeche.analysis.dyads import DyadFilters, Dyads, dyads
from depeche.analysis.events import Events, events
from depeche.analysis.explain import Explanation, explain
from depeche.analysis.filters import EventFilters
from depeche.analysis.quotes import QuoteFilters, Quotes, quotes
from depeche.analysis.reread import Rereading, reread
from depeche.analysis.timeline import Timeline, TimelineFilters, timeline
from depeche.analysis.trips import TripFilters, Trips, trips
from depeche.analysis.who import Who, who
from depeche.ingest import Input, Problem, open_sources
from depeche.ingest.documents import given_date
from depeche.ledger import recall
from depeche.ledger.filling import Added, Forgotten, add_inputs, add_readings, forget_documents, ignore
from depeche.ledger.intake import Outcome
from depeche.ledger.lists import Imported, import_lists
from depeche.ledger.store import Store
from depeche.records import Reading


class Ledger:
    """A ledger, opened by `depeche.open`. Nothing is held open between two calls: others may read, and one may write."""

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        self._store = Store(path, create=create)

    @property
    def path(self) -> Path:
        """Where its file is."""
        return self._store.path

    def add(
        self,
        *sources: str | Path | Input | Problem,
        kind: str | None = None,
        published: str | date | None = None,
        outlet: str | None = None,
        lang: str | None = None,
        model: str | None = None,
        jobs: int = 1,
        replace: bool = False,
        report: Callable[[Outcome], None] = ignore,
    ) -> Added:
        """Read sources and add what they hold; a document that is in already changes nothing.

        `sources` are files ("-" is standard input) or what `depeche.open_sources` gives; `kind`, `published`, `outlet` and `lang` are said
        of all files, as there. With `replace`, a document takes the place of the one that has its id or its URL. `jobs` processes
        read at once; above 1, a script must call this under `if __name__ == "__main__"`. `report` is called with what became of
        each input, in order. What cannot be read becomes a problem, and the rest goes on.

        Raises LedgerError where another process writes or the file cannot be written to; whole batches before that are kept.
        """

        streams = [
            open_sources([source], kind=kind, published=published, outlet=outlet, lang=lang)
            if isinstance(source, (str, Path))
            else (source,)
            for source in sources
        ]
        inputs = chain.from_iterable(streams)  # opened one after the other
        return add_inputs(self._store, inputs, model=model, jobs=jobs, replace=replace, report=report)

    def add_readings(self, readings: Iterable[Reading]) -> Added:
        """Add what `depeche.read` or `depeche.read_input` of this version read before."""
        return add_readings(self._store, readings)

    def forget(self, *documents: str) -> Forgotten:
        """Take documents out with all that rests on them, each named by its id, its URL or its name.

        Raises InputError, before any goes, for a name that several documents have.
        """
        return forget_documents(self._store, documents)

    def reread(
        self,
        *,
        everything: bool = False,
        dry_run: bool = False,
        model: str | None = None,
        jobs: int = 1,
        report: Callable[[Outcome], None] = ignore,
    ) -> Rereading:
        """Read the stored texts again with the present reader, and say what changed.

        Only documents that another reader read (another version, lexicon, learned component or model) are read again, or, with
        `everything`, all; with `dry_run` the ledger stays as it is. Documents that came with a parse of their own are kept.
        """
        return reread(self._store, everything=everything, dry_run=dry_run, model=model, jobs=jobs, report=report)

    def import_lists(
        self,
        *paths: str | Path,
        kind: str | None = None,
        covered: Sequence[tuple[date | None, date]] | None = None,
    ) -> Imported:
        """Import curated lists: files, or all XML and CSV files of folders; `kind` is told from their content by default.

        `covered` says of which times, half-open, a list of travels names every trip; by default from its first trip to its last. The
        same list again changes nothing, a newer one takes the place of the older. Raises InputError where nothing can be read.
        """
        return import_lists(self._store, paths, kind=kind, covered=covered)

    def explain(self, record: str) -> Explanation:
        """What stands behind a record: its documents and words, the cues, the rules and models that made it.

        Raises LedgerError for an id that the ledger does not have.
        """
        return explain(self._store, record)

    def check(
        self,
        claim: str | Reading | ClaimOptions,
        *,
        on: str | date | None = None,
        least: int | None = None,
        lang: str | None = None,
        model: str | None = None,
    ) -> Checked:
        """The verdict on each claim of a text or reading, or on one in parts; none where a text claims nothing that can be checked.

        `on` is the day on which a text says it, about which the event is taken to have been where the words do not date it. `least` is
        how many documents on both sides make the silence of a month count, 30 by default; a list that covers it always does.
        Raises InputError for an empty text, an impossible date or parts that make no claim.
        """
        if isinstance(claim, str):
            claim = read_claim(claim, on=on, lang=lang, model=model)
        with self._store.connect() as con:
            if isinstance(claim, ClaimOptions):
                return check_options(con, claim)
            return check_reading(con, claim, of_day=on is not None, least=least)

    def claims(self, *, limit: int | None = None, **filters: Unpack[ClaimFilters]) -> Claims:
        """The checkable claims that its documents make, with verdicts (see `depeche.analysis.claims`)."""
        return claims(self._store, limit=limit, **filters)

    def events(self, *, order: str = "newest", limit: int | None = None, **filters: Unpack[EventFilters]) -> Events:
        """The events that fulfil all filters, each with its members and their words (see `depeche.analysis.events`)."""
        return events(self._store, order=order, limit=limit, **filters)

    def quotes(self, *, order: str = "newest", limit: int | None = None, **filters: Unpack[QuoteFilters]) -> Quotes:
        """The quotes that fulfil all filters (see `depeche.analysis.quotes`)."""
        return quotes(self._store, order=order, limit=limit, **filters)

    def dyad(
        self,
        first: str,
        second: str,
        *,
        beside: Sequence[tuple[str, str]] = (),
        by: str = "month",
        directed: bool = False,
        whole: bool = False,
        **filters: Unpack[DyadFilters],
    ) -> Dyads:
        """Cooperation and conflict of a pair, period by period, and of others `beside` it (see `depeche.analysis.dyads`)."""
        pairs = [(first, second), *beside]
        return dyads(self._store, pairs, by=by, directed=directed, whole=whole, **filters)

    def trips(self, who: str | None = None, **filters: Unpack[TripFilters]) -> Trips:
        """Who went where, in order (see `depeche.analysis.trips`)."""
        return trips(self._store, who, **filters)

    def timeline(self, *names: str, limit: int | None = None, **filters: Unpack[TimelineFilters]) -> Timeline:
        """What there is to tell of a person, country, pair or place, in order (see `depeche.analysis.timeline`)."""
        return timeline(self._store, *names, limit=limit, **filters)

    def who(self, office: str, of: str, *, on: str | date | None = None, witnesses: int = 3) -> Who:
        """Who held an office of a country, body or group, on a day or ever (see `depeche.analysis.who`)."""
        return who(self._store, office, of, given_date(on), witnesses=witnesses)

    def dating(self, *documents: str) -> Datings:
        """Between which days documents were published, and why; all without a date where none is named (see `depeche.analysis.dating`)."""
        return dating(self._store, *documents)

    def counts(self) -> dict[str, int]:
        """How many there are of each kind of record."""
        with self._store.connect() as con:
            return recall.count_rows(con)
