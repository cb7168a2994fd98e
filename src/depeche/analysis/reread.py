"""What another reader makes of the same texts: the records that go, come and change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from depeche.ingest import Input, Problem
from depeche.ledger import recall, write
from depeche.ledger.filling import BATCH, ignore
from depeche.ledger.intake import Outcome, read_all
from depeche.ledger.recall import TOLD
from depeche.ledger.rows import DocumentRows, Row
from depeche.ledger.stamp import reader_stamp
from depeche.ledger.store import Store

if TYPE_CHECKING:
    import pandas

# Columns that a comparison leaves aside: what identifies a record, what the ledger works out from all others, and the features that a
# learned component went by.
_ASIDE = frozenset({"id", "document", "record", "event", "reasons"})


@dataclass(frozen=True, slots=True)
class Change:
    """A record that is "gone", "new" or "changed", by its id, with its words; `fields` are what changed, each as (name, before, after)."""

    how: str
    kind: str
    id: str
    document: str
    what: str
    words: str
    fields: tuple[tuple[str, object, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Rereading:
    """What a rereading changed. `documents` were read again; `kept` were not, since they came with a parse of their own."""

    documents: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()

    def to_frame(self) -> pandas.DataFrame:
        """One row a record that changed, or, where it did not go or come whole, one a field."""
        import pandas

        columns = ["how", "kind", "id", "document", "what", "words", "field", "before", "after"]
        return pandas.DataFrame([line for change in self.changes for line in _lines(change)], columns=columns)


def _lines(change: Change) -> Iterator[tuple[object, ...]]:
    whole = (change.how, change.kind, change.id, change.document, change.what, change.words)
    for name, before, after in change.fields or ((None, None, None),):
        yield (*whole, name, before, after)


# Kinds of source whose documents bring a parse of their own (see depeche.ingest): no model of ours read them.
_PARSED = "conllu"


def reread(
    store: Store,
    *,
    everything: bool = False,
    dry_run: bool = False,
    model: str | None = None,
    jobs: int = 1,
    report: Callable[[Outcome], None] = ignore,
) -> Rereading:
    """Read the stored texts again with the present reader, put what it reads in their place, and say what changed.

    Only documents that another reader read (another version, lexicon, learned component or model) are read again, or, with
    `everything`, all. With `dry_run` the ledger stays as it is.
    """
    with store.lock():
        with store.connect() as con:
            due = [
                (d, source)
                for d, lang, reader, source in recall.reader_stamps(con)
                if everything or reader != reader_stamp(lang)
            ]
        kept = tuple(document for document, source in due if source.startswith(_PARSED))
        documents = [document for document, source in due if not source.startswith(_PARSED)]
        changes: list[Change] = []
        problems: list[Problem] = []
        for batch in _read_again(store, documents, model, jobs):
            for outcome in batch:
                report(outcome)
            rows = [outcome for outcome in batch if isinstance(outcome, DocumentRows)]
            problems += [outcome for outcome in batch if isinstance(outcome, Problem)]
            changes += _compare_all(store, rows)
            if not dry_run:
                write.exchange(store, gone=[r.id for r in rows], new=rows)
    return Rereading(tuple(documents), kept, tuple(changes), tuple(problems))


def _read_again(store: Store, documents: Sequence[str], model: str | None, jobs: int) -> Iterator[list[Outcome]]:
    outcomes = read_all(_inputs(store, documents), skip=lambda _: set(), model=model, jobs=jobs, batch=BATCH)
    while batch := list(islice(outcomes, BATCH)):
        yield batch


def _inputs(store: Store, documents: Sequence[str]) -> Iterator[Input]:
    for first in range(0, len(documents), BATCH):
        wanted = documents[first : first + BATCH]
        with store.connect() as con:
            rows = recall.document_rows(con, wanted)
        yield from (Input(recall.as_document(rows[document])) for document in wanted)


def _compare_all(store: Store, batch: Sequence[DocumentRows]) -> list[Change]:
    with store.connect() as con:
        before = {t: recall.rows_of_documents(con, t, [r.id for r in batch]) for t in (*TOLD.values(), "participants")}
    found: list[Change] = []
    for rows in batch:
        old = {table: [row for row in kept if row["document"] == rows.id] for table, kept in before.items()}
        found += compare(str(rows.tables["documents"][0]["text"]), old, rows.tables)
    return found


def compare(text: str, before: Mapping[str, Iterable[Row]], after: Mapping[str, Iterable[Row]]) -> Iterator[Change]:
    """The changes of one document of that text: `before` and `after` hold its rows by table."""
    for kind, table in TOLD.items():
        old, new = _records(table, before), _records(table, after)
        for record in sorted(old.keys() | new.keys(), key=lambda r: _place(new.get(r) or old[r])):
            was, now = old.get(record), new.get(record)
            if was is None or now is None:
                yield _change("new" if was is None else "gone", kind, now or was or {}, text)
                continue
            fields = tuple((n, was[n], now[n]) for n in now if n not in _ASIDE and was[n] != now[n])
            if fields:
                yield _change("changed", kind, now, text, fields)


def _place(row: Row) -> tuple[int, str]:
    return int(str(row["start"])), str(row["id"])


def _records(table: str, tables: Mapping[str, Iterable[Row]]) -> dict[str, Row]:
    """The rows of a table by id; those of event mentions with their sides."""
    rows = {str(row["id"]): dict(row) for row in tables[table]}
    if table == "event_mentions":
        for row in rows.values():
            row["actors"], row["recipients"] = [], []
        for side in tables["participants"]:
            country = f" ({side['country']})" if side["country"] else ""
            people = rows[str(side["mention"])][f"{side['role']}s"]
            people.append(f"{side['name']}{country}")  # type: ignore[attr-defined]  # a list, made above
    return rows


def _change(how: str, kind: str, row: Row, text: str, fields: tuple[tuple[str, object, object], ...] = ()) -> Change:
    what = " ".join(str(row[name]) for name in ("type", "mode", "status", "speaker", "person", "kind") if row.get(name))
    words = text[int(str(row["start"])) : int(str(row["end"]))]
    return Change(how, kind, str(row["id"]), str(row["document"]), what, words, fields)
