"""What stands on a page of news and is no news: buttons, links, signatures, credits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from depeche.records.vocabularies import BLOCK_KINDS


@dataclass(frozen=True, slots=True)
class FurniturePhrase:
    """Words by which a part of a page is told from the news around it.

    `phrases` are literal words; case, accents and the form of apostrophes do not count. `patterns` are regular expressions on the
    text as written; `{name}` in them stands for an entry with `define: name`, whose patterns are alternatives.
    `where`: `line` (the whole line, bar marks at its ends), `start` (a line that begins so), `end` (a line that ends so: patterns alone, tried
    where one of the phrases, to the letter, stands near the end), `inside`
    (anywhere: each phrase is looked for, at the start of a word with a capital unless `capital: false`, and a pattern, if
    there is any, must match from there on).
    `block` is the kind of the words found; `rest` what the remainder of the line is (of `start` and `end`) or the words
    up to the end of the sentence (of `inside`); left out, the remainder stays what it is.
    `edge`: only above or below the news, never between its paragraphs. `longest`: a line of more words is left alone (`line`, `start`), or
    keeps its remainder (`end`).
    """

    id: str
    where: str = "line"
    block: str = "furniture"
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    rest: str | None = None
    edge: bool = False
    capital: bool = True
    longest: int = 40
    define: str | None = None

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "where": frozenset({"line", "start", "end", "inside"}),
        "block": BLOCK_KINDS,
        "rest": BLOCK_KINDS,
    }


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """The commonest words of a language, in lower case, by which its texts are told; `id` is its ISO 639-1 code."""

    id: str
    words: tuple[str, ...]
