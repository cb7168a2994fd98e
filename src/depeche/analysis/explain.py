"""From a record of the ledger back to its sources: the documents, the words, the cues, the rules and models that made it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from depeche.errors import LedgerError
from depeche.languages.places import place_of
from depeche.ledger import recall
from depeche.ledger.rows import Row
from depeche.ledger.store import Store
from depeche.records import Cue, Span

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the ledger, without its text. `origin` is the document that it copies, itself where it copies none."""

    id: str
    name: str
    url: str | None
    outlet: str | None
    title: str | None
    published: date | None
    origin: str
    model: str
    reader: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record of one document: its words, the sentences around them, and what made it.

    Offsets are half-open, in code points of the document's text. `cues` are the words that decided, each with the rule that knows it;
    `entry` is the file and line behind `rule` (None for a rule of the code alone), `reasons` what a learned component went by.
    """

    id: str
    kind: str
    source: Source
    words: Span
    sentences: tuple[Span, ...]
    cues: tuple[Cue, ...]
    rule: str
    entry: str | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A record of the ledger, the facts that it states, and all that it rests on."""

    id: str
    kind: str
    facts: tuple[tuple[str, object], ...]
    evidence: tuple[Evidence, ...]

    def to_frame(self) -> pandas.DataFrame:
        """One row a piece of evidence."""
        import pandas

        columns = "record kind document name outlet published origin start end words sentences cues rule entry model reader".split()
        return pandas.DataFrame([_flat(e) for e in self.evidence], columns=columns)


def explain(store: Store, record: str) -> Explanation:
    """What stands behind the record of an id: an event, event mention, quote, tenure, tenure mention, claim or document.

    Raises LedgerError for an id that the ledger does not have.
    """
    with store.connect() as con:
        found = recall.find_record(con, record)
        if found is None:
            raise LedgerError(
                f"{store.path}: no record {record!r}; accepted: the id of a record or document, as the answers print it"
            )
        kind, row = found
        records = recall.records_behind(con, kind, row)
        documents = recall.document_rows(con, (str(r["document"]) for _, r in records))
        sides = recall.sides(con, kind, record)
    if kind == "document":
        documents[record] = row
    evidence = tuple(_evidence(of, r, documents[str(r["document"])]) for of, r in records)
    return Explanation(record, kind, (*_facts(row), *map(_side, sides)), evidence)


def _evidence(kind: str, row: Row, document: Row) -> Evidence:
    text, rule = str(document["text"]), str(row["rule"])
    words = _span(text, row["start"], row["end"])
    around = [_span(text, start, end) for start, end in json.loads(str(document["sentences"]))]
    return Evidence(
        id=str(row["id"]),
        kind=kind,
        source=_source(document),
        words=words,
        sentences=tuple(s for s in around if s.start < words.end and words.start < s.end),
        cues=tuple(_cues(kind, row, text)),
        rule=rule,
        entry=place_of(rule, str(document["lang"])) if document["kind"] == "text" else None,
        reasons=tuple(json.loads(str(row.get("reasons") or "[]"))),
    )


def _source(row: Row) -> Source:
    names = ("id", "name", "url", "outlet", "title", "published", "origin", "model", "reader")
    return Source(**{name: row[name] for name in names})  # type: ignore[arg-type]  # the columns are of the fields' types


def _span(text: str, start: object, end: object) -> Span:
    first, last = int(str(start)), int(str(end))
    return Span(first, last, text[first:last])


def _cues(kind: str, row: Row, text: str) -> Iterator[Cue]:
    """The words that decided: triggers and cues of an event, who says a quote by which words, person and office of a tenure."""
    rule = str(row["rule"])
    if kind == "event mention":
        for trigger in json.loads(str(row["triggers"])):
            yield Cue(_span(text, trigger["start"], trigger["end"]), rule)
        for cue in json.loads(str(row["cues"])):
            yield Cue(_span(text, cue["start"], cue["end"]), cue["rule"])
    elif kind == "quote":
        for link in json.loads(str(row["chain"])):
            for part in ("holder", "words", "cue"):
                if link[part]:
                    yield Cue(_span(text, link[part]["start"], link[part]["end"]), link["rule"])
    elif kind == "tenure mention":
        yield Cue(_span(text, row["person_start"], row["person_end"]), rule)
        yield Cue(_span(text, row["office_start"], row["office_end"]), rule)


# Columns that say nothing to a reader, or are told with the evidence.
_ASIDE = frozenset({"id", "text", "blocks", "sentences", "minhash", "triggers", "cues", "chain", "reasons", "rule"})


def _facts(row: Row) -> Iterator[tuple[str, object]]:
    for name, value in row.items():
        if name not in _ASIDE and value not in (None, "", "[]", "{}") and not name.endswith(("start", "end")):
            yield name, value


def _side(row: Row) -> tuple[str, object]:
    return str(row["role"]), f"{row['name']} ({row['country']})" if row["country"] else row["name"]


def _flat(e: Evidence) -> dict[str, object]:
    return {
        "record": e.id, "kind": e.kind, "document": e.source.id, "name": e.source.name, "outlet": e.source.outlet,
        "published": e.source.published, "origin": e.source.origin, "start": e.words.start, "end": e.words.end, "words": e.words.text,
        "sentences": " ".join(s.text for s in e.sentences), "cues": "; ".join(f"{c.span.text} [{c.rule}]" for c in e.cues),
        "rule": e.rule, "entry": e.entry, "model": e.source.model, "reader": e.source.reader,
    }  # fmt: skip
