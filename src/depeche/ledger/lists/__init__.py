"""Curated lists as one more source, their provenance apart from what was read: `import_lists`.

A list's file is a document of kind "list" whose text is the file; each of its records opens on the row's own lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from depeche.errors import InputError
from depeche.ingest.decoding import binary_kind, decode
from depeche.ingest.problems import Problem
from depeche.ledger import write
from depeche.ledger.lists.leaders import Leader, is_leaders, read_leaders
from depeche.ledger.lists.rows import Source, leader_rows, trip_rows
from depeche.ledger.lists.travels import OFFICES, Cover, Trip, covers, is_travels, read_trips
from depeche.ledger.rows import DocumentRows
from depeche.ledger.store import Store

TRAVELS, LEADERS = "us-travels", "reign-leaders"
#: The kinds of lists, each told by its content.
KINDS: dict[str, Callable[[str], bool]] = {TRAVELS: is_travels, LEADERS: is_leaders}
_SUFFIXES = frozenset({".xml", ".csv"})


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: ids of the lists that were added, of those that were in already, of older ones that made way; the number of
    rows in use; what could not be used."""

    added: tuple[str, ...]
    known: tuple[str, ...]
    removed: tuple[str, ...]
    rows: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _File:
    source: Source
    trips: tuple[Trip, ...] = ()
    leaders: tuple[Leader, ...] = ()


def import_lists(
    store: Store,
    paths: Iterable[str | Path],
    *,
    kind: str | None = None,
    covered: Sequence[tuple[date | None, date]] | None = None,
) -> Imported:
    """Import files of lists, or all the XML and CSV files of folders.

    `kind` is one of `KINDS`, told from the content by default. `covered` says of which times, half-open, a list of travels names every
    trip; by default of the time from its first trip to its last (see `travels.covers`). The same list again changes nothing; a newer
    one of the same takes the place of the older. A row that cannot be used becomes a problem, and the rest goes in.

    Raises InputError for an unknown kind and where nothing can be read; LedgerError where another process writes.
    """
    if kind is not None and kind not in KINDS:
        raise InputError(f"{kind!r} is no kind of list; accepted: {', '.join(KINDS)}")
    problems: list[Problem] = []
    files = {f.source.slot: f for path in _files(paths) if (f := _read(path, kind, problems)) is not None}
    if not files:
        found = "; ".join(map(str, problems)) or "no XML or CSV file"
        raise InputError(f"nothing to import: {found}")
    rows = _rows(list(files.values()), covered)
    with store.lock():
        changes = write.exchange(store, gone=_older(store, [f.source for f in files.values()]), new=rows)
    known = {r.id for r in rows} - set(changes.added)
    used = sum(len(f.trips) + len(f.leaders) for f in files.values())
    return Imported(changes.added, tuple(sorted(known)), changes.removed, used, tuple(problems))


def _files(paths: Iterable[str | Path]) -> list[Path]:
    found: list[Path] = []
    for path in map(Path, paths):
        inside = (
            sorted(p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file())
            if path.is_dir()
            else [path]
        )
        found += inside
    return found


def _read(path: Path, kind: str | None, problems: list[Problem]) -> _File | None:
    """The rows of one file; what is wrong with it goes to the problems."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(Problem(str(path), error.strerror or str(error)))
        return None
    text = decode(data).text if binary_kind(data) is None else ""
    found = (
        kind
        if kind and KINDS[kind](text)
        else next((k for k, fits in KINDS.items() if kind is None and fits(text)), None)
    )
    if found is None:
        wanted = kind or " or ".join(KINDS)
        problems.append(
            Problem(
                str(path), "not a list of a known kind" if kind is None else f"not a list of the kind {kind}", wanted
            )
        )
        return None
    return _travels(path, text, problems) if found == TRAVELS else _leaders(path, text, problems)


def _travels(path: Path, text: str, problems: list[Problem]) -> _File | None:
    read = list(read_trips(text, str(path)))
    problems += [r for r in read if isinstance(r, Problem)]
    trips = tuple(r for r in read if isinstance(r, Trip))
    if not trips:
        return None
    slot = f"{trips[0].role.text}/{trips[0].who}"
    return _File(Source(TRAVELS, slot, path.name, text), trips=trips)


def _leaders(path: Path, text: str, problems: list[Problem]) -> _File | None:
    read = list(read_leaders(text, str(path)))
    problems += [r for r in read if isinstance(r, Problem)]
    leaders = tuple(r for r in read if isinstance(r, Leader))
    return _File(Source(LEADERS, "leaders", path.name, text), leaders=leaders) if leaders else None


def _rows(files: Sequence[_File], covered: Sequence[tuple[date | None, date]] | None) -> list[DocumentRows]:
    own = covers([f.trips for f in files])
    if covered is not None:
        own = [_declared(f.trips, covered) for f in files]
    return [
        trip_rows(f.source, f.trips, cover) if f.trips else leader_rows(f.source, f.leaders)
        for f, cover in zip(files, own, strict=True)
    ]


def _declared(trips: Sequence[Trip], covered: Sequence[tuple[date | None, date]]) -> list[Cover]:
    roles = [role for role in OFFICES if any(t.role.text == role for t in trips)]
    return [Cover(role, begins, ends) for role in roles for begins, ends in covered]


def _older(store: Store, sources: Sequence[Source]) -> list[str]:
    """The lists in the ledger that the new ones take the place of."""
    slots = [f"{s.kind}\n{s.slot}" for s in sources]
    with store.connect() as con:
        found = con.execute(
            "SELECT id FROM documents WHERE kind = 'list' AND outlet || chr(10) || name IN (SELECT unnest(?))", [slots]
        ).fetchall()
    return sorted({document for (document,) in found} - {s.id for s in sources})
