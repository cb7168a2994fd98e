"""From sources to Documents: opens each, tells its kind, has it read, checks what it states, and goes on past what fails."""

from __future__ import annotations

import lzma
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import BinaryIO

from depeche.annotate.parsed import Parsed
from depeche.errors import InputError
from depeche.ingest import dates
from depeche.ingest.blocks import find_blocks, load_furniture
from depeche.ingest.cleaning import clean
from depeche.ingest.decoding import binary_kind
from depeche.ingest.drafts import KINDS, Draft
from depeche.ingest.language import tell_language
from depeche.ingest.opening import LARGEST, Opened, opened, tell_kind
from depeche.ingest.problems import Problem
from depeche.languages.lexicon import languages
from depeche.records import Document, identity

STDIN = "-"
# The language of a text too short to show one, where nobody states one.
DEFAULT_LANG = "fr"
ACCEPTED = "UTF-8 text, HTML, JSONL or CoNLL-U, also gzip or xz compressed"
_BROKEN = (EOFError, zlib.error, lzma.LZMAError, OSError)


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A Document that came with its parse: `parsed.text == document.text`."""

    document: Document
    parsed: Parsed


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of all sources alike."""

    kind: str | None = None
    published: date | None = None
    outlet: str | None = None
    lang: str | None = None


def sources(
    paths: Sequence[str | Path],
    *,
    kind: str | None = None,
    published: str | date | None = None,
    outlet: str | None = None,
    lang: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | ParsedDocument | Problem]:
    """Reads files ("-" is standard input, or `stdin`) one after the other, and yields what each holds, in order.

    A CoNLL-U source yields a ParsedDocument, any other a Document; whatever cannot be read yields a Problem, and the reading goes
    on. `kind` (text, html, jsonl, conllu) overrides what suffix and content tell. `published`, `outlet` and `lang` hold
    for documents that do not state their own: what a JSONL line says goes before them, what is found in a page's markup after.
    Raises InputError, at once, for a `kind` that is none and a `published` that is no date.
    """
    if kind is not None and kind not in KINDS:
        raise InputError(f"kind {kind!r} is unknown; accepted: {', '.join(KINDS)}")
    if isinstance(published, str):
        day = dates.parse_date(published)
        if day is None:
            raise InputError(f"the date of publication {published!r} is no date; accepted: {dates.ACCEPTED}")
        published = day
    given = Given(kind, published, outlet, lang)
    return (item for path in paths for item in _read_source(path, given, stdin))


def _read_source(path: str | Path, given: Given, stdin: BinaryIO | None) -> Iterator[Document | ParsedDocument | Problem]:
    file = str(path)
    if file == STDIN:
        yield from _read_stream(stdin or sys.stdin.buffer, "stdin", given)
        return
    try:
        raw = Path(path).open("rb")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        yield Problem(file, f"cannot be opened: {(reason or str(error)).lower()}", "a file that can be read, or - for standard input")
        return
    with raw:
        yield from _read_stream(raw, file, given)


def _read_stream(raw: BinaryIO, file: str, given: Given) -> Iterator[Document | ParsedDocument | Problem]:
    count = 0
    try:
        for item in _read_drafts(opened(raw), file, given.kind):
            count += 1
            if isinstance(item, Problem):
                yield item
            else:
                yield from _build(item, given)
    except _BROKEN as error:
        yield Problem(file, f"broken or cut off ({type(error).__name__}: {error}); {count} documents were read before", ACCEPTED)
    else:
        if not count:
            yield Problem(file, "empty", ACCEPTED)


def _read_drafts(source: Opened, file: str, kind: str | None) -> Iterator[Draft | Problem]:
    if not source.head.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        # Blanks alone, as far as one sees; the rest may hold something, so only a short source is called empty here.
        if not source.stream.read(LARGEST).strip():
            return
        yield Problem(file, "thousands of blanks before the first word", ACCEPTED)
        return
    binary = binary_kind(source.head)
    if binary:
        yield Problem(file, f"a binary file: {binary}", ACCEPTED)
        return
    kind = kind or tell_kind(file, source.head)
    if kind == "jsonl":
        # Readers are imported where they are needed: that of pages alone takes longer than reading a short text.
        from depeche.ingest.jsonl import read_jsonl

        yield from read_jsonl(source.stream, file)
        return
    data = source.stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield Problem(file, f"more than {LARGEST} bytes in one document", "smaller documents, or JSONL, which is read line by line")
        return
    binary = binary_kind(data)
    if binary:
        yield Problem(file, f"a binary file: {binary}", ACCEPTED)
        return
    name = PurePath(file).name
    if kind == "html":
        from depeche.ingest.html import read_html

        yield from read_html(data, file, name)
    elif kind == "conllu":
        from depeche.ingest.conllu import read_parses

        yield from read_parses(data, file, name)
    else:
        from depeche.ingest.text import read_text

        yield from read_text(data, file, name)


def _build(draft: Draft, given: Given) -> Iterator[Document | ParsedDocument | Problem]:
    """The Document of a draft, after a warning for each thing that it states wrongly; or the Problem that keeps it from being one."""
    # A parse that came with the text holds its offsets: that text is left as it is.
    text = draft.text if draft.parsed else clean(draft.text)
    if not text.strip():
        yield Problem(draft.file, "a document without text", "at least one word", draft.line)
        return
    lang = _language(draft, given, text)
    if lang not in languages():
        found = f"the text is in a language without a folder: {lang}"
        yield Problem(draft.file, found, "texts in " + ", ".join(languages()), draft.line)
        return
    published = None
    if draft.published is not None and (draft.stated or given.published is None):
        published = dates.parse_date(draft.published)
        if published is None:
            found = f"the date of publication {draft.published[:60]!r} is no date; the document is read without it"
            yield Problem(draft.file, found, dates.ACCEPTED, draft.line, warning=True)
    else:
        published = given.published
    outlet = (draft.outlet or given.outlet) if draft.stated else (given.outlet or draft.outlet)
    outlet, title, url = (clean(words) or None if words else None for words in (outlet, draft.title, draft.url))
    document = Document(
        id=identity(text, url or outlet or draft.name),
        text=text,
        lang=lang,
        published=published,
        outlet=outlet,
        title=title,
        url=url,
        source=draft.kind + (f" ({draft.note})" if draft.note else ""),
        name=draft.name.encode("utf-8", "replace").decode(),
        blocks=find_blocks(text, load_furniture(lang), title=title, author=draft.author),
    )
    yield ParsedDocument(document, draft.parsed) if draft.parsed else document


def _language(draft: Draft, given: Given, text: str) -> str:
    """What is stated for the document, by itself or by the caller, else what its words tell, else what its page claims."""
    stated = (draft.lang or given.lang) if draft.stated else given.lang
    claimed = (stated or tell_language(text, languages()) or draft.lang or DEFAULT_LANG).strip()
    primary = claimed.replace("_", "-").partition("-")[0]
    return primary.lower() if len(primary) <= 3 else primary
