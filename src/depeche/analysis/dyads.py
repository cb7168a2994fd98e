"""`dyad`: what passed between two, period by period, beside how much was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import duckdb

from depeche.analysis.filters import OneOrMore, When, closed, kinds, period, statuses
from depeche.analysis.happenings import Happening, load_happenings
from depeche.analysis.parties import Party, find_party
from depeche.analysis.periods import label, next_start, start_of, starts_between
from depeche.analysis.scores import quad_of, score_of
from depeche.errors import InputError
from depeche.ledger.queries.happenings import Wanted
from depeche.ledger.queries.series import GRAINS, Dated, dated_events, documents_by
from depeche.ledger.store import Store

if TYPE_CHECKING:
    import pandas


class DyadFilters(TypedDict, total=False):
    """Which events of the pair count: `type`, `mode`, `quad`, `status`, `since` and `until` as in `EventFilters`."""

    type: OneOrMore
    mode: OneOrMore
    quad: OneOrMore
    status: OneOrMore
    since: When
    until: When


@dataclass(frozen=True, slots=True)
class Period:
    """One period [start, end). `documents` were published in it and read: 0 means that nothing is known of it, not that nothing happened.

    `events` are the ids of the pair's events in it; the four counts are PLOVER's quad classes; `cooperation_score` and
    `conflict_score` are the sums of their scores above and below 0.
    """

    label: str
    start: date
    end: date
    documents: int
    events: tuple[str, ...] = ()
    verbal_cooperation: int = 0
    material_cooperation: int = 0
    verbal_conflict: int = 0
    material_conflict: int = 0
    cooperation_score: float = 0.0
    conflict_score: float = 0.0

    @property
    def cooperation(self) -> int:
        """The number of cooperative events, verbal and material."""
        return self.verbal_cooperation + self.material_cooperation

    @property
    def conflict(self) -> int:
        """The number of conflictual events, verbal and material."""
        return self.verbal_conflict + self.material_conflict

    @property
    def score(self) -> float:
        """The sum of the scores."""
        return round(self.cooperation_score + self.conflict_score, 2)

    @property
    def mean_score(self) -> float | None:
        """The mean score of an event, None without one."""
        return round(self.score / len(self.events), 2) if self.events else None

    @property
    def per_thousand(self) -> float | None:
        """Events for each thousand documents read, None where nothing was read."""
        return round(1000 * len(self.events) / self.documents, 2) if self.documents else None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Events of the pair that are in no period: `undated`; `coarse`, whose day is not known to lie within one period ("in 2006" in a
    series by month); `outside` the days that the series covers."""

    undated: tuple[str, ...] = ()
    coarse: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dyad:
    """The series of one pair. `events` holds the events whole where they were asked for, by day."""

    first: Party
    second: Party
    periods: tuple[Period, ...]
    left_out: LeftOut
    events: tuple[Happening, ...] = ()

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the events that the series rests on."""
        return tuple(event for p in self.periods for event in p.events)


@dataclass(frozen=True, slots=True)
class Dyads:
    """Series side by side: of one grain, over the same periods."""

    by: str
    directed: bool
    dyads: tuple[Dyad, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the events that the answer rests on."""
        return tuple(dict.fromkeys(record for d in self.dyads for record in d.records))

    def to_frame(self) -> pandas.DataFrame:
        """One row a pair and period."""
        import pandas

        rows = [_row(dyad, p) for dyad in self.dyads for p in dyad.periods]
        return pandas.DataFrame(rows, columns=list(COLUMNS))

    def chart(self, path: str | Path) -> None:
        """Draw the series into a file, SVG or PNG (see `depeche.analysis.charts`)."""
        from depeche.analysis.charts import draw_dyads

        draw_dyads(self, path)


COLUMNS = (
    "first", "second", "period", "start", "end", "documents", "events", "cooperation", "conflict", "verbal_cooperation",
    "material_cooperation", "verbal_conflict", "material_conflict", "cooperation_score", "conflict_score", "score", "mean_score",
    "per_thousand", "records",
)  # fmt: skip


def _row(dyad: Dyad, p: Period) -> dict[str, object]:
    return {
        "first": dyad.first.country or dyad.first.name, "second": dyad.second.country or dyad.second.name, "period": p.label,
        "start": p.start, "end": p.end, "documents": p.documents, "events": len(p.events), "cooperation": p.cooperation,
        "conflict": p.conflict, "verbal_cooperation": p.verbal_cooperation, "material_cooperation": p.material_cooperation,
        "verbal_conflict": p.verbal_conflict, "material_conflict": p.material_conflict, "cooperation_score": p.cooperation_score,
        "conflict_score": p.conflict_score, "score": p.score, "mean_score": p.mean_score, "per_thousand": p.per_thousand,
        "records": " ".join(p.events),
    }  # fmt: skip


def dyads(
    store: Store,
    pairs: Sequence[tuple[str, str]],
    *,
    by: str = "month",
    directed: bool = False,
    whole: bool = False,
    **filters: Unpack[DyadFilters],
) -> Dyads:
    """What passed between each of the pairs, by day, week, month, quarter or year.

    Both are countries, bodies or names. Each acts on the other, or both together on nobody (a meeting, a clash); with `directed` only
    the first on the second. Only what happened counts, unless `status` says otherwise. The series runs over the time in which
    documents were read, or over the whole periods from that of `since` to that of `until`. With `whole`, every event comes with its members and their words.

    Raises InputError for a filter that cannot be or a name that is not in the ledger, LedgerError for a ledger that cannot be read.
    """
    closed(by, GRAINS, "grain")
    if not pairs:
        raise InputError("a dyad needs two names")
    types, modes = kinds({**filters})  # type: ignore[typeddict-item]  # the keys of DyadFilters are among those of EventFilters
    since, until = period(filters.get("since"), filters.get("until"))
    wanted = Wanted(types=types, modes=modes, statuses=statuses(filters.get("status", "actual")), directed=directed)
    with store.connect() as con:
        read = documents_by(con, by)
        frame = _frame(read, since, until, by)
        found = [_dyad(con, pair, wanted, frame, by) for pair in pairs]
        if whole:
            found = [replace(d, events=load_happenings(con, d.records)) for d in found]
    return Dyads(by, directed, tuple(found))


def _frame(read: dict[date, int], since: date | None, until: date | None, by: str) -> tuple[Period, ...]:
    """The empty periods."""
    first = since or min(read, default=None)
    last = until - timedelta(days=1) if until else max(read, default=None)
    if first is None or last is None or last < first:
        return ()
    starts = list(starts_between(first, last, by))
    ends = [*starts[1:], next_start(starts[-1], by)]
    return tuple(Period(label(s, by), s, e, read.get(s, 0)) for s, e in zip(starts, ends, strict=True))


def _dyad(
    con: duckdb.DuckDBPyConnection, pair: tuple[str, str], wanted: Wanted, frame: Sequence[Period], by: str
) -> Dyad:
    first, second = find_party(con, pair[0]), find_party(con, pair[1])
    events = dated_events(con, replace(wanted, dyad=(first.wanted(), second.wanted())))
    inside: dict[date, list[Dated]] = defaultdict(list)
    out: dict[str, list[str]] = {"undated": [], "coarse": [], "outside": []}
    starts = {p.start for p in frame}
    for event in events:
        start = event.day and start_of(event.day, by)
        if start is None:
            out["undated"].append(event.id)
        elif start_of(event.day_last or event.day or start, by) != start:
            out["coarse"].append(event.id)
        elif start not in starts:
            out["outside"].append(event.id)
        else:
            inside[start].append(event)
    left_out = LeftOut(*(tuple(out[name]) for name in ("undated", "coarse", "outside")))
    return Dyad(first.party, second.party, tuple(_filled(p, inside[p.start]) for p in frame), left_out)


def _filled(empty: Period, events: Iterable[Dated]) -> Period:
    """A period with its events."""
    events = list(events)
    quads = [quad_of(e.type) for e in events]
    scores = [score_of(e.type, e.mode) for e in events]
    return replace(
        empty,
        events=tuple(e.id for e in events),
        verbal_cooperation=quads.count(1),
        material_cooperation=quads.count(2),
        verbal_conflict=quads.count(3),
        material_conflict=quads.count(4),
        cooperation_score=round(sum(s for s in scores if s > 0), 2),
        conflict_score=round(sum(s for s in scores if s < 0), 2),
    )
