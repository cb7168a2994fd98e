"""What the readers of single kinds of source hand on, before it is checked and becomes a Document."""

from __future__ import annotations

from dataclasses import dataclass

from depeche.annotate.parsed import Parsed

KINDS = ("text", "html", "jsonl", "conllu")


@dataclass(frozen=True, slots=True)
class Draft:
    """One text and what its source states about it, all as it stood there.

    `stated` is True where the metadata was written for this document (a JSONL line), False where it was found in a page.
    `note` says how the text was obtained, if not in the plain way ("decoded as cp1252"). `parsed` is a parse that came with it.
    """

    text: str
    file: str
    name: str
    kind: str
    line: int | None = None
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    lang: str | None = None
    stated: bool = False
    note: str = ""
    parsed: Parsed | None = None
