"""`events`: the events that fulfil all filters, each with its members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from depeche.analysis.filters import EventFilters, closed, wanted_events
from depeche.analysis.happenings import EVENT_COLUMNS, Happening, load_happenings, records_of, row_of
from depeche.ledger.queries.happenings import ORDERS, find_events
from depeche.ledger.store import Store

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Events:
    """A page of events, and how many there are in all."""

    total: int
    events: tuple[Happening, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of all records that the answer rests on."""
        return records_of(self.events)

    def to_frame(self) -> pandas.DataFrame:
        """One row an event."""
        import pandas

        return pandas.DataFrame([row_of(e) for e in self.events], columns=list(EVENT_COLUMNS))


def events(store: Store, *, order: str = "newest", limit: int | None = None, **filters: Unpack[EventFilters]) -> Events:
    """The events that fulfil all filters (see `EventFilters`), by `order`: newest, oldest, or documents (the most told first).

    Raises InputError for a filter that cannot be, LedgerError for a ledger that cannot be read.
    """
    closed(order, ORDERS, "order")
    with store.connect() as con:
        found, total = find_events(con, wanted_events(con, filters), order, limit)
        return Events(total, load_happenings(con, found))
