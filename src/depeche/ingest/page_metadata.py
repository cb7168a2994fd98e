"""What a web page says of itself: JSON-LD first, then meta elements, then what stands on the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from depeche.ingest.dates import parse_date

# schema.org types that are an article; compared in lower case, without their address.
_ARTICLES = ("article", "blogposting", "reportage", "liveblogposting", "socialmediaposting")
_DATE_KEYS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published", "article:published",
    "parsely-pub-date", "sailthru.date", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
    "publish-date", "publish_date", "publication_date", "pubdate", "article.published", "cxenseparse:recs:publishtime", "rnews:datepublished", "date",
)  # fmt: skip
_TITLE_KEYS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
_OUTLET_KEYS = ("og:site_name", "application-name", "dc.publisher", "apple-mobile-web-app-title")
_AUTHOR_KEYS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")


@dataclass(slots=True)
class PageMetadata:
    """Candidates for each field, best first, as they stand in the page."""

    titles: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    langs: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)

    def published(self) -> str | None:
        """The first date that is one, else the first that was meant as one, so that somebody is told; else None."""
        return next((d for d in self.dates if parse_date(d)), self.dates[0] if self.dates else None)


def find_metadata(tree: HtmlElement) -> PageMetadata:
    """All that the page's markup states. Nothing is guessed here, and nothing in the page can raise."""
    found = PageMetadata()
    for article in _articles(tree):
        _from_json_ld(article, found)
    _from_meta(tree, found)
    _from_elements(tree, found)
    for words in (found.titles, found.dates, found.outlets, found.authors, found.urls, found.langs):
        words[:] = [w for w in (" ".join(w.split()) for w in words) if w]
    found.urls[:] = [u for u in found.urls if u.startswith(("http://", "https://"))]
    if not found.outlets and found.urls:
        host = _host(found.urls[0])
        found.outlets += [host] if host else []
    return found


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            value = json.loads(
                (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip(), strict=False
            )
        except (ValueError, RecursionError):
            continue
        yield from (node for node in _nodes(value) if _is_article(node))


def _nodes(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        if depth < 5:
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from _nodes(value.get(key), depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    return any(kind.lower().rpartition("/")[2].endswith(_ARTICLES) for kind in _strings(node.get("@type")))


def _strings(value: object) -> Iterator[str]:
    """The words in a JSON-LD value: a string, an object with a name or an address, or a list of these."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(value.get("name") or value.get("@id") or value.get("url"))
    elif isinstance(value, list):
        for item in value[:20]:
            if not isinstance(item, list):
                yield from _strings(item)


def _from_json_ld(article: dict[str, Any], found: PageMetadata) -> None:
    found.titles += [*_strings(article.get("headline")), *_strings(article.get("name"))]
    found.dates += [*_strings(article.get("datePublished")), *_strings(article.get("dateCreated"))]
    found.outlets += _strings(article.get("publisher"))
    found.authors += _strings(article.get("author"))
    found.urls += [*_strings(article.get("url")), *_strings(article.get("mainEntityOfPage"))]
    found.langs += _strings(article.get("inLanguage"))
    found.bodies += _strings(article.get("articleBody"))


def _from_meta(tree: HtmlElement, found: PageMetadata) -> None:
    stated: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = meta.get("content")
        for attribute in ("property", "name", "itemprop"):
            key = (meta.get(attribute) or "").strip().lower()
            if key and content and content.strip():
                stated.setdefault(key, []).append(content)
    for keys, target in (
        (_TITLE_KEYS, found.titles),
        (_DATE_KEYS, found.dates),
        (_OUTLET_KEYS, found.outlets),
        (_AUTHOR_KEYS, found.authors),
        (("og:url",), found.urls),
        (("og:locale", "dc.language", "content-language"), found.langs),
    ):
        target += [content for key in keys for content in stated.get(key, ())]


def _from_elements(tree: HtmlElement, found: PageMetadata) -> None:
    canonical = [e.get("href") or "" for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    found.urls[:0] = canonical
    # A time element counts only where it is marked as the day of publication: pages list other articles with their times.
    for element in tree.iter("time"):
        if element.get("pubdate") is not None or (element.get("itemprop") or "").lower() == "datepublished":
            found.dates.append(element.get("datetime") or "")
    headings = [h.text_content() for h in tree.iter("h1")]
    if len(headings) == 1:
        found.titles.append(headings[0])
    for element in tree.iter("title"):
        found.titles.append(element.text_content())
    if tree.tag == "html":
        found.langs.append(tree.get("lang") or "")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
