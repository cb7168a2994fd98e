"""Web pages: one file, one document. The page is only ever read: no script in it runs, nothing that it names is opened."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import trafilatura
from htmldate import find_date
from lxml import html as lxml_html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from depeche.ingest.decoding import decode
from depeche.ingest.drafts import Draft
from depeche.ingest.page_metadata import PageMetadata, find_metadata
from depeche.ingest.problems import Problem

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,30})""",
    re.IGNORECASE,
)
# lxml refuses a text that declares an encoding or holds controls.
_REFUSED = re.compile("^\\s*<\\?xml[^>]*\\?>|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TEXTUAL = ("h1", "h2", "h3", "p", "li", "blockquote", "figcaption", "td")
# A page in such a state that no tree can be had of it is read as far as these characters.
_LONGEST_RUIN = 2_000_000
_SILENT = ("script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "svg", "iframe")


for _name in ("trafilatura", "htmldate", "courlan"):
    # What these libraries make of a broken page is told in a Problem, if at all; without a handler they would write to the terminal.
    logging.getLogger(_name).addHandler(logging.NullHandler())


class _Words(HTMLParser):
    """The words of a page, tag by tag, whatever its nesting."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.words.append(" ".join(data.split()))


def read_html(data: bytes, file: str, name: str) -> Iterator[Draft | Problem]:
    """The article of a page, however broken its markup; a Problem where the page holds no text."""
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, (declared[1] or declared[2]).decode("ascii", "replace") if declared else None)
    if decoded.damaged:
        yield Problem(
            file,
            f"{decoded.damaged} places that are no letters, read as U+FFFD ({decoded.note})",
            "UTF-8",
            warning=True,
        )
    tree = _tree(decoded.text)
    if tree is None:
        yield Problem(file, "no HTML element", "an HTML page with text")
        return
    found = find_metadata(tree)
    text = (
        _article(decoded.text)
        or next((b for b in found.bodies if len(b) > 200), "")
        or _plain(tree)
        or _ruin(decoded.text)
    )
    if not text.strip():
        yield Problem(
            file,
            "a page without text (it may be filled in by scripts, which are not run)",
            "an HTML page that holds its text",
        )
        return
    yield Draft(
        text,
        file,
        name,
        "html",
        published=found.published() or _guessed_date(tree),
        outlet=_first(found.outlets),
        title=_title(found),
        author=_first(found.authors),
        url=_first(found.urls),
        lang=_first(found.langs),
        note=decoded.note,
    )


def _tree(text: str) -> HtmlElement | None:
    try:
        return lxml_html.document_fromstring(_REFUSED.sub("", text))
    except (LxmlError, ValueError, AssertionError):
        return None


def _article(text: str) -> str:
    """The main text, a paragraph a line."""
    try:
        return trafilatura.extract(text, include_comments=False, include_tables=False) or ""
    except (
        Exception
    ):  # a foreign library on hostile pages: whatever it stumbles over, the plain way still reads the page
        return ""


def _plain(tree: HtmlElement) -> str:
    """All text of a page in which no article was made out, but for what is never news."""
    for element in list(tree.iter(*_SILENT)):
        element.drop_tree()
    lines = [
        " ".join(e.text_content().split())
        for e in tree.iter(*_TEXTUAL)
        if not any(True for _ in e.iterancestors(*_TEXTUAL))
    ]
    lines = [line for line in lines if line]
    if not lines:
        body = tree.find("body")
        lines = [" ".join(line.split()) for line in (tree if body is None else body).text_content().splitlines()]
    return "\n".join(line for line in lines if line)


def _ruin(text: str) -> str:
    """The words of a page that is nested deeper than a tree can be built."""
    parser = _Words()
    parser.feed(text[:_LONGEST_RUIN])
    return "\n".join(parser.words)


def _guessed_date(tree: HtmlElement) -> str | None:
    try:
        # Without the extensive search, which takes any date of the page for want of a better one.
        return find_date(tree, extensive_search=False, original_date=True)
    except Exception:  # as above: no date is an answer
        return None


def _title(found: PageMetadata) -> str | None:
    """The best title, without the outlet's name that pages hang on it."""
    title = _first(found.titles)
    for outlet in found.outlets:
        for mark in (" - ", " | ", " – ", " — ", " : ", " · "):
            if title and title.lower().endswith((mark + outlet).lower()):
                return title[: -len(mark + outlet)].strip() or title
    return title


def _first(words: list[str]) -> str | None:
    return words[0] if words else None
