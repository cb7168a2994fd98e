"""Documents from texts: cleans, tells the language, parts into blocks, gives the id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from depeche.annotate.parsed import Parsed
from depeche.errors import InputError
from depeche.ingest.blocks import find_blocks
from depeche.ingest.cleaning import clean
from depeche.ingest.dates import ACCEPTED, parse_date
from depeche.ingest.furniture import load_furniture
from depeche.ingest.language import tell_language
from depeche.languages.lexicon import languages
from depeche.records import Document, identity

# The language of a text too short to show one, where nobody states one.
DEFAULT_LANG = "fr"


@dataclass(frozen=True, slots=True)
class Input:
    """A Document, and the parse that came with it, if any (CoNLL-U): then `parsed.text == document.text`."""

    document: Document
    parsed: Parsed | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a text's source."""

    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    name: str = ""
    source: str = "text"


def make_document(
    text: str,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    url: str | None = None,
) -> Document:
    """The Document of one text, cleaned.

    Raises InputError for a text without words, a date of publication that is none, and a language without a folder (`lang`, or, where
    it is None, the one that the text is clearly written in).
    """
    text = clean(text)
    if not text:
        raise InputError("the text is empty; accepted: at least one word")
    code = settle_language(lang, text)
    if code not in languages():
        raise InputError(
            f"the text is in a language without a folder: {code}; accepted: texts in {', '.join(languages())}"
        )
    return assemble(text, code, About(given_date(published), outlet, title, url=url))


def given_date(published: date | str | None) -> date | None:
    """A date that a caller gives. Raises InputError where the words are none."""
    if not isinstance(published, str):
        return published.date() if isinstance(published, datetime) else published
    day = parse_date(published)
    if day is None:
        raise InputError(f"the date of publication {published[:60]!r} is no date; accepted: {ACCEPTED}")
    return day


def settle_language(stated: str | None, text: str, claimed: str | None = None) -> str:
    """What is stated of the text, else what its words tell, else what its page claims; as a code without a region."""
    lang = (stated or tell_language(text, languages()) or claimed or DEFAULT_LANG).strip()
    primary = lang.replace("_", "-").partition("-")[0]
    return primary.lower() if len(primary) <= 3 else primary


def assemble(text: str, lang: str, about: About) -> Document:
    """The Document of a clean text in a language that has a folder. Its id rests on the text and on where it comes from."""
    outlet, title, url = (clean(words) or None if words else None for words in (about.outlet, about.title, about.url))
    # Names of files may hold what no text can.
    name = about.name.encode("utf-8", "replace").decode()
    return Document(
        id=identity(text, url or outlet or name),
        text=text,
        lang=lang,
        published=about.published,
        outlet=outlet,
        title=title,
        url=url,
        source=about.source,
        name=name,
        blocks=find_blocks(text, load_furniture(lang), title=title, author=about.author),
    )
