"""Cut a text into tokens and sentences, with exact offsets, by one regular expression made from a language folder.

The expression knows shapes (numbers, addresses, initials, marks); the words come from `tokens.yaml`. Each alternative is bounded or
possessive, so that the time is linear in the length of any text, a megabyte without a blank included.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from depeche.errors import LexiconError

MAX_SENTENCE = 256
"""Longest sentence in tokens; a longer one is cut, at a semicolon or comma where one stands in its second half."""

HEADING = 70
"""A line shorter than this, followed by a line that opens like a sentence, ends a sentence even without a full stop:
headings lack one, and wrapped prose breaks its lines later than this."""

MOST_CLOSERS = 8
"""Marks that may close a sentence after its stop; more are noise, and following them all would not be linear."""

_STOPS = frozenset(".!?…")
_CLOSERS = frozenset("»”’\"')]›")
_OPENERS = frozenset("«“‘\"'([‹—–-•")
_STRAIGHT = frozenset("\"'")
_MIDDLE = frozenset(";,:")

_FIELDS = (
    "elisions",
    "enclitics",
    "enclitic_links",
    "particles",
    "indivisible",
    "abbreviations",
    "final_abbreviations",
    "signs",
    "ordinals",
    "hour_marks",
    "optional_endings",
    "domains",
)


class Span(NamedTuple):
    """Half-open character offsets of one token."""

    start: int
    end: int


@dataclass(frozen=True)
class TokenRules:
    """The word lists of one language, as `tokens.yaml` gives them."""

    elisions: tuple[str, ...]
    enclitics: tuple[str, ...]
    enclitic_links: tuple[str, ...]
    particles: tuple[str, ...]
    indivisible: tuple[str, ...]
    abbreviations: tuple[str, ...]
    final_abbreviations: tuple[str, ...]
    signs: tuple[str, ...]
    ordinals: tuple[str, ...]
    hour_marks: tuple[str, ...]
    optional_endings: tuple[str, ...]
    domains: tuple[str, ...]


def load_rules(path: Path) -> TokenRules:
    """Read `tokens.yaml`; refuse unknown or missing keys, and values that are not lists of words."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise LexiconError(f"{path}: {error}") from error
    if not isinstance(data, dict):
        raise LexiconError(f"{path}:1: a mapping of word lists is expected")
    unknown, missing = sorted(data.keys() - set(_FIELDS)), sorted(set(_FIELDS) - data.keys())
    if unknown or missing:
        raise LexiconError(f"{path}:1: unknown keys {unknown}, missing keys {missing}; accepted: {', '.join(_FIELDS)}")
    for key, words in data.items():
        if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
            raise LexiconError(f"{path}:1: {key} must be a list of words")
    return TokenRules(**{key: tuple(data[key]) for key in _FIELDS})


def _any(words: tuple[str, ...]) -> str:
    """An alternation of literal words, the longest first; ' and - stand for their typographic forms too."""
    escaped = (re.escape(w).replace("'", "['’]").replace(r"\-", "[-‐‑]") for w in sorted(words, key=len, reverse=True))
    return "(?:" + "|".join(escaped) + ")" if words else "(?!)"


def compile_tokens(rules: TokenRules) -> re.Pattern[str]:
    """The token expression of a language.

    The first alternative takes three tokens in four: letters alone, with nothing after them that could belong to the word.
    """
    # in small or all in capitals: "Paris-Le Havre" holds no pronoun
    words = rules.enclitics + tuple(w.upper() for w in rules.enclitics)
    enclitic = rf"[-‐‑](?i:{_any(rules.enclitic_links)})?{_any(words)}"
    # "donne-le-moi" is cut twice, "Mantes-la-Jolie" and "Aix-en-Provence" not at all: after an enclitic comes the end or another one
    cut = rf"(?:{enclitic}){{1,3}}(?![\w'’]|[-‐‑]\w)|[-‐‑](?i:{_any(rules.particles)})(?![\w-])"
    number = r"\d{4}-\d{2}-\d{2}(?!\d)|\d{1,4}-\d{1,4}(?![\d-])|\d{1,3}/\d++(?:[ \u00a0\u202f]\d{3}(?!\d))?|\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3}(?!\d))++(?:[.,]\d++)?|\d++(?:[.,]\d++)*+"
    parts = [
        r"[^\W\d_]++(?![\w'’‐‑\-.@(°/\u00ad]|:/)",
        r"(?:https?://|www\.)[^\s<>\"«»“”]{0,2000}[^\s<>\"«»“”.,;:!?)\]'’…]",
        r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}",
        rf"(?i:{_any(rules.indivisible)})(?![\w'’]|[-‐‑]\w)",
        rf"{_any(rules.abbreviations + rules.final_abbreviations)}(?!\w*+\.\w)" if rules.abbreviations else "(?!)",
        rf"{_any(rules.signs)}(?![^\W\d_])",
        r"(?:[^\W\d_a-zà-ÿ]\.[-‐‑]?){2,12}",
        r"[^\W\d_a-zà-ÿ]\.(?=[ \u00a0\u202f]?[^\W\d_a-zà-ÿ])",
        rf"(?i:{_any(rules.elisions)})['’](?=[\w\"«“(\[])",
        rf"\d{{1,2}}(?={_any(rules.hour_marks)}(?:\d{{2}})?(?!\w))",
        rf"(?<=\d){_any(rules.hour_marks)}(?=\d{{2}}(?!\w))",
        rf"(?:{number})(?:(?:{_any(rules.ordinals)})(?!\w))?(?!\w)",
        rf"(?<=\w){enclitic}(?![\w])",
        rf"(?<=\w)[-‐‑](?i:{_any(rules.particles)})(?![\w-])",
        rf"[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{0,4}}\.{_any(rules.domains)}(?![\w.]\w|\w)",
        rf"\w++\({_any(rules.optional_endings)}\)s?(?!\w)",
        rf"[\w\u00ad]++(?:(?!{cut})[-‐‑'’·]\w++)*+",
        r"\.{2,}+|-{2,}+|<<|>>|[?!](?=[?!])|\S",
    ]
    return re.compile(rf"(?=\S)(?:{'|'.join(parts)})")  # blanks fail at once: a megabyte of them costs nothing


class Tokenizer:
    """Tokens and sentences of one language."""

    def __init__(self, rules: TokenRules) -> None:
        self._tokens = compile_tokens(rules)
        self._abbreviations = frozenset(rules.abbreviations)
        self._final = frozenset(rules.final_abbreviations)

    @classmethod
    def from_file(cls, path: Path) -> Tokenizer:
        """The tokenizer that a `tokens.yaml` describes."""
        return cls(load_rules(path))

    def spans(self, text: str) -> list[Span]:
        """Offsets of the tokens of a text, in order; blanks belong to none."""
        return [Span(*m.span()) for m in self._tokens.finditer(text)]

    def words(self, text: str) -> list[str]:
        """The tokens as strings."""
        return self._tokens.findall(text)

    def sentences(self, text: str, spans: list[Span]) -> list[tuple[int, int]]:
        """Half-open ranges of token indices, together covering all tokens, none longer than `MAX_SENTENCE`."""
        if not spans:
            return []
        cuts = self._stops(text, spans) | _line_cuts(text, spans)
        cuts.add(len(spans))
        ranges, first = [], 0
        for cut in sorted(cuts):
            while cut - first > MAX_SENTENCE:
                nearer = _soft_cut(text, spans, first)
                ranges.append((first, nearer))
                first = nearer
            if cut > first:
                ranges.append((first, cut))
            first = cut
        return ranges

    def _stops(self, text: str, spans: list[Span]) -> set[int]:
        """Indices of tokens that open a sentence because a stop, and what closes with it, stands before them."""
        cuts, size = set(), len(spans)
        for index, (start, end) in enumerate(spans):
            last = text[end - 1]
            if last not in _STOPS:
                # « … en sortir »Pour tenter: a closing guillemet glued to a capital has lost its full stop
                if last == "»" and index + 1 < size and spans[index + 1].start == end and text[end].isupper():
                    cuts.add(index + 1)
                continue
            if last == "." and end - start > 1 and not self._may_end(text[start:end]):
                continue
            after = _past_closers(text, spans, index + 1)
            if after < size and _opens(text, spans, after, glued=spans[after].start == spans[after - 1].end):
                cuts.add(after)
        return cuts

    def _may_end(self, word: str) -> bool:
        """Whether a sentence may end after a word of several characters that has a stop as its last."""
        if word in self._final or not word.strip("."):
            return True
        return word not in self._abbreviations and len(word) > 2 and word.count(".") > 1


def _past_closers(text: str, spans: list[Span], at: int) -> int:
    """The first token from `at` on that does not close a quotation or bracket (or repeat the stop)."""
    limit = min(at + MOST_CLOSERS, len(spans))
    while at < limit:
        start, end = spans[at]
        mark = text[start]
        if end - start > 1 and text[start:end].strip(".!?…"):
            break
        glued = spans[at - 1].end == start
        if mark in _STOPS or (mark in _CLOSERS and (glued or mark not in _STRAIGHT)):
            at += 1
            continue
        # « Oui ! " demande: a straight quote between blanks closes only if something glued to it does not follow
        if mark in _STRAIGHT and (at + 1 == len(spans) or spans[at + 1].start > end):
            at += 1
            continue
        break
    return at


def _opens(text: str, spans: list[Span], at: int, glued: bool) -> bool:
    """Whether the token can open a sentence: a capital, a digit after a blank, or one of these behind opening marks."""
    for index in range(at, min(at + 4, len(spans))):
        mark = text[spans[index].start]
        if mark.isupper():
            return True
        if mark.isdigit():
            return not glued or index > at
        if mark not in _OPENERS:
            return False
    return False


def _line_cuts(text: str, spans: list[Span]) -> set[int]:
    """Indices of tokens that open a sentence because of the line breaks before them."""
    if "\n" not in text and "\r" not in text:
        return set()
    starts = [s.start for s in spans]
    cuts, begin = set(), 0
    for match in re.finditer(r"[^\S\n\r]*+(?:\r\n?+|\n)\s*+", text):
        at = bisect_right(starts, match.start())
        if 0 < at < len(spans) and starts[at] >= match.end():
            blank = match.group().replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1
            if blank or _line_ends(text, spans, at, match.start() - begin):
                cuts.add(at)
        begin = match.end()
    return cuts


def _line_ends(text: str, spans: list[Span], at: int, length: int) -> bool:
    """Whether a single line break before token `at` ends a sentence; `length` is that of the line before it."""
    before, mark = text[spans[at - 1].end - 1], text[spans[at].start]
    if before in _MIDDLE and before != ":":
        return False
    complete = before in _STOPS or (before in _CLOSERS and at > 1 and text[spans[at - 2].end - 1] in _STOPS)
    if complete or mark in "•—–*":
        return True
    opens = mark.isupper() or mark.isdigit() or mark in _OPENERS
    return opens and length < HEADING


def _soft_cut(text: str, spans: list[Span], first: int) -> int:
    """Where to cut a sentence that is too long: after the last semicolon or comma of its second half, else at the limit."""
    limit = first + MAX_SENTENCE
    for marks in (";", ","):
        for index in range(limit - 1, first + MAX_SENTENCE // 2, -1):
            start, end = spans[index]
            if end - start == 1 and text[start] == marks:
                return index + 1
    return limit
