"""From sources to Documents: opens each, tells its kind, has it read, checks what it states, and goes on past what fails."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import BinaryIO

from depeche.errors import InputError
from depeche.ingest import dates
from depeche.ingest.cleaning import clean
from depeche.ingest.decoding import binary_kind, is_wide
from depeche.ingest.documents import About, Input, assemble, given_date, settle_language
from depeche.ingest.drafts import KINDS, Draft
from depeche.ingest.opening import LARGEST, Opened, is_blank, opened, tell_kind
from depeche.ingest.problems import Problem
from depeche.languages.lexicon import languages

STDIN = "-"
ACCEPTED = "UTF-8 text, HTML, JSONL or CoNLL-U, also gzip or xz compressed"


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of all sources alike."""

    kind: str | None = None
    published: date | None = None
    outlet: str | None = None
    lang: str | None = None


def open_sources(
    paths: Sequence[str | Path],
    *,
    kind: str | None = None,
    published: str | date | None = None,
    outlet: str | None = None,
    lang: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Input | Problem]:
    """Reads files ("-" is standard input, or `stdin`) one after the other, and yields what each holds, in order.

    A CoNLL-U source yields each Input with its parse; whatever cannot be read yields a Problem, and the reading goes on. `kind` (text, html, jsonl, conllu) overrides what suffix and content tell. `published`, `outlet` and `lang` hold
    for documents that do not state their own: what a JSONL line says goes before them, what is found in a page's markup after.
    Raises InputError, at once, for a `kind` that is none and a `published` that is no date.
    """
    if kind is not None and kind not in KINDS:
        raise InputError(f"kind {kind!r} is unknown; accepted: {', '.join(KINDS)}")
    given = Given(kind, given_date(published), outlet, lang)
    return (item for path in paths for item in _read_source(path, given, stdin))


def _read_source(path: str | Path, given: Given, stdin: BinaryIO | None) -> Iterator[Input | Problem]:
    file = str(path)
    if file == STDIN:
        yield from _read_stream(stdin or sys.stdin.buffer, "stdin", given)
        return
    try:
        raw = Path(path).open("rb")  # noqa: SIM115  # closed below, by `with`
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        yield Problem(
            file,
            f"cannot be opened: {(reason or str(error)).lower()}",
            "a file that can be read, or - for standard input",
        )
        return
    with raw:
        yield from _read_stream(raw, file, given)


def _read_stream(raw: BinaryIO, file: str, given: Given) -> Iterator[Input | Problem]:
    source, count = opened(raw), 0
    for item in _read_drafts(source, file, given.kind):
        count += 1
        yield from (item,) if isinstance(item, Problem) else _build(item, given)
    if source.failure:
        yield Problem(
            file, f"broken or cut off: {source.failure}; what stands before was read", ACCEPTED, warning=count > 0
        )
    elif not count:
        yield Problem(file, "empty", ACCEPTED)


def _read_drafts(source: Opened, file: str, kind: str | None) -> Iterator[Draft | Problem]:
    if is_blank(source.head):
        if not is_blank(source.stream.read(LARGEST)):
            yield Problem(file, "thousands of blanks before the first word", ACCEPTED)
        return
    binary = binary_kind(source.head)
    if binary:
        yield Problem(file, f"a binary file: {binary}", ACCEPTED)
        return
    kind = kind or tell_kind(file, source.head)
    if kind == "jsonl" and not is_wide(source.head):
        # Readers are imported where they are needed: that of pages alone takes longer than reading a short text.
        from depeche.ingest.jsonl import read_jsonl

        yield from read_jsonl(source.stream, file)
        return
    data = source.stream.read(LARGEST + 1)
    binary = binary_kind(data)
    if binary:
        yield Problem(file, f"a binary file: {binary}", ACCEPTED)
    elif len(data) > LARGEST:
        yield Problem(
            file,
            f"more than {LARGEST} bytes in one document",
            "smaller documents, or JSONL, which is read line by line",
        )
    else:
        yield from _read_whole(kind, data, file)


def _read_whole(kind: str, data: bytes, file: str) -> Iterator[Draft | Problem]:
    name = PurePath(file).name
    if kind in ("json", "jsonl"):
        from depeche.ingest.jsonl import read_json

        yield from read_json(data, file)
    elif kind == "html":
        from depeche.ingest.html import read_html

        yield from read_html(data, file, name)
    elif kind == "conllu":
        from depeche.ingest.conllu import read_parses

        yield from read_parses(data, file, name)
    else:
        from depeche.ingest.text import read_text

        yield from read_text(data, file, name)


def _build(draft: Draft, given: Given) -> Iterator[Input | Problem]:
    """The Document of a draft, after a warning for what it states wrongly; or the Problem that keeps it from being one."""
    # A parse that came with the text holds its offsets: that text is left as it is.
    text = draft.text if draft.parsed else clean(draft.text)
    if not text.strip():
        yield Problem(draft.file, "a document without text", "at least one word", draft.line)
        return
    lang = settle_language((draft.lang or given.lang) if draft.stated else given.lang, text, draft.lang)
    if lang not in languages():
        found = f"the text is in a language without a folder: {lang}"
        yield Problem(draft.file, found, "texts in " + ", ".join(languages()), draft.line)
        return
    published = given.published
    if draft.published is not None and (draft.stated or published is None):
        published = dates.parse_date(draft.published)
        if published is None:
            found = f"the date of publication {draft.published[:60]!r} is no date; the document is read without it"
            yield Problem(draft.file, found, dates.ACCEPTED, draft.line, warning=True)
    outlet = (draft.outlet or given.outlet) if draft.stated else (given.outlet or draft.outlet)
    source = draft.kind + (f" ({draft.note})" if draft.note else "")
    about = About(published, outlet, draft.title, draft.author, draft.url, draft.name, source)
    yield Input(assemble(text, lang, about), draft.parsed)
