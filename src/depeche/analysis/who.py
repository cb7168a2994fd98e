"""`who`: who held an office on a day, as far as the ledger knows, with witnesses and doubts; lists and what was read side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from depeche.analysis.parties import country_code
from depeche.analysis.titles import office_key_of, same_group
from depeche.ledger.lists.leaders import OFFICE
from depeche.ledger.names import country_name
from depeche.ledger.queries.tenures import TenureRow, WitnessRow, tenures_of, witnesses_of
from depeche.ledger.spells import Doubt
from depeche.ledger.store import Store

if TYPE_CHECKING:
    import pandas

# The heads whom lists of leaders call by no title.
_LEADERS = frozenset({"head_of_state", "head_of_government"})
_WITNESSES = 3


@dataclass(frozen=True, slots=True)
class Witness:
    """A tenure mention by its id: what a document said of who holds an office, in which words, as of which day."""

    id: str
    document: str
    name: str
    outlet: str | None
    as_of: date
    person: str
    office: str
    status: str
    basis: str
    words: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who held the office, by the tenure's id.

    `certainty`, on the day asked for: "seen", witnesses show the person in office on that day or before and after it; "last seen", the
    latest word on the office is before it; "bounds", no witness, but the person's time may reach to it. None without a day. It begins in
    (begins_after, begins_by] and ends in [ends_after, ends_by); None where nothing bounds it. `source` is "read" or the name of a list.
    """

    tenure: str
    person: str
    office: str
    of: str
    source: str
    certainty: str | None
    first_seen: date
    last_seen: date
    begins_after: date | None
    begins_by: date
    ends_after: date
    ends_by: date | None
    witnesses: int
    documents: int
    doubts: tuple[Doubt, ...]
    shown: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """The answer: those who held the office on a day, or all in order where no day was asked for. Sources may disagree."""

    office: str
    office_key: str
    of: str
    on: date | None
    holders: tuple[Holder, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the tenures and tenure mentions that the answer rests on."""
        return tuple(i for h in self.holders for i in (h.tenure, *(w.id for w in h.shown)))

    def to_frame(self) -> pandas.DataFrame:
        """One row a holder."""
        import pandas

        return pandas.DataFrame([_flat(h) for h in self.holders], columns=list(COLUMNS))


COLUMNS = (
    "person office of source certainty first_seen last_seen begins_after begins_by ends_after ends_by witnesses documents doubts tenure "
    "shown words"
).split()


def _flat(holder: Holder) -> dict[str, Any]:
    row = {name: getattr(holder, name) for name in COLUMNS if name not in ("doubts", "shown", "words")}
    doubts = "; ".join(f"{d.kind} {d.person} {d.first}/{d.last} ({d.witnesses})" for d in holder.doubts)
    shown = " ".join(w.id for w in holder.shown)
    return row | {
        "doubts": doubts,
        "shown": shown,
        "words": " | ".join(" ".join(w.words.split()) for w in holder.shown),
    }


def who(store: Store, office: str, of: str, on: date | None = None, *, witnesses: int = _WITNESSES) -> Who:
    """Who held an office of a country, body or group on a day; without a day, all that the ledger knows.

    `office` is a title ("ministre de la Défense") or a key ("minister.defence"), `of` a code, a name of a country or the name of a group.
    `witnesses` is the number of tenure mentions that are shown for each holder, those nearest to the day.

    Raises InputError for words that are no office, or an ambiguous country.
    """
    with store.connect() as con:
        codes = _codes(con, of)
        key = office_key_of(office, codes[0])
        rows = tenures_of(con, codes, [key, OFFICE] if key in _LEADERS else [key])
        found = [_holder(con, row, certainty, on, witnesses) for row, certainty in _on(rows, on)]
    return Who(office, key, codes[0], on, tuple(found))


def _codes(con: duckdb.DuckDBPyConnection, of: str) -> list[str]:
    """What the ledger calls the state, body or group."""
    code = country_code(of)
    if code:
        return [code]
    groups = [
        name
        for (name,) in con.execute('SELECT DISTINCT "of" FROM tenures ORDER BY 1').fetchall()
        if same_group(name, of)
    ]
    return groups or [of]


def _on(rows: Sequence[TenureRow], on: date | None) -> Iterator[tuple[TenureRow, str | None]]:
    """The tenures of a day, source by source, the surest alone, and how sure they are."""
    if on is None:
        yield from ((row, None) for row in rows)
        return
    for source in dict.fromkeys(row.source for row in rows):
        own = [row for row in rows if row.source == source]
        yield from _certain(own, on)


def _certain(rows: Iterable[TenureRow], on: date) -> list[tuple[TenureRow, str | None]]:
    """Of one source: those whom witnesses show on the day; else those whose bounds allow it, first those last seen before it."""
    by: dict[str, list[tuple[TenureRow, str | None]]] = {"seen": [], "last seen": [], "bounds": []}
    for row in rows:
        if row.first_seen <= on <= row.last_seen:
            by["seen"].append((row, "seen"))
        elif row.last_seen < on and (row.ends_by is None or on < row.ends_by):
            by["last seen"].append((row, "last seen"))
        elif on < row.first_seen and row.begins_after is not None and row.begins_after < on:
            by["bounds"].append((row, "bounds"))
    return by["seen"] or [*by["last seen"], *by["bounds"]]


def _holder(
    con: duckdb.DuckDBPyConnection, row: TenureRow, certainty: str | None, on: date | None, limit: int
) -> Holder:
    shown = witnesses_of(con, row, on or row.first_seen, limit)
    return Holder(
        row.id, row.person, row.office, row.of, row.source, certainty, row.first_seen, row.last_seen, row.begins_after, row.begins_by,
        row.ends_after, row.ends_by, row.witnesses, row.documents, row.doubts, tuple(map(_witness, shown)),
    )  # fmt: skip


def _witness(row: WitnessRow) -> Witness:
    return Witness(*row)


def headline(answer: Who) -> str:
    """What was asked, in words."""
    when = f" on {answer.on}" if answer.on else ""
    return f"{answer.office} ({answer.office_key}) of {country_name(answer.of)}{when}"
