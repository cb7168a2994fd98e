"""A language's furniture phrases, compiled once into tables that cost little a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from depeche.errors import LexiconError
from depeche.languages.reader import read_entries
from depeche.languages.schema.furniture import FurniturePhrase

_NAMED = re.compile(r"\{([a-z_]+)\}")
_MARKS = ' \t\u00a0\u202f.:;,!…»«>›‹<|·•*×✕✖▶►→←-–—_/+#"“”'
# How many folded characters a phrase at the start of a line is looked up by.
_PREFIX = 3
# How many characters from its end on a line may be furniture.
_TAIL = 120


def _fold_table() -> dict[int, str]:
    """Each accented Latin letter to its bare one, each form of apostrophe, hyphen and blank to one form; one character each."""
    table = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(bare) == 1 and bare != chr(code):
            table[code] = bare
    for forms, to in (("\u2019\u2018\u02bc\u00b4`", "'"), ("\u2010\u2011", "-"), ("\u00a0\u202f\u2009\t", " ")):
        table.update({ord(form): to for form in forms})
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """The text without regard to case, accents and typographic forms, as long as it was: offsets hold in both."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lower.translate(_FOLD)


def bare(line: str) -> str:
    """A folded line by which a phrase is looked up: single blanks, no marks at its ends."""
    return " ".join(line.split()).strip(_MARKS)


@dataclass(frozen=True)
class _Alternatives:
    """Many patterns tried as one; the group that matched names the entry."""

    pattern: re.Pattern[str]
    entries: tuple[FurniturePhrase, ...]

    def entry(self, match: re.Match[str]) -> FurniturePhrase:
        return self.entries[int((match.lastgroup or "g0")[1:])]


@dataclass(frozen=True)
class Furniture:
    """The tables of one language: what is looked up for a whole line, at its start, at its end and anywhere."""

    lines: dict[str, FurniturePhrase]
    starts: dict[str, tuple[tuple[str, FurniturePhrase], ...]]
    inside: tuple[tuple[str, re.Pattern[str] | None, FurniturePhrase], ...]
    line_patterns: _Alternatives | None
    start_patterns: _Alternatives | None
    ends: tuple[tuple[tuple[str, ...], re.Pattern[str], FurniturePhrase], ...]

    def whole(self, line: str, folded: str) -> FurniturePhrase | None:
        """The entry that a whole line is, if any."""
        entry = self.lines.get(bare(folded)) or self.lines.get(folded)
        if entry is None and self.line_patterns:
            match = self.line_patterns.pattern.fullmatch(line)
            entry = self.line_patterns.entry(match) if match else None
        return entry

    def start(self, line: str, folded: str) -> tuple[int, FurniturePhrase] | None:
        """How many characters of the line's start are an entry, and which: the longest phrase, else the first pattern."""
        for size in range(_PREFIX, 0, -1):
            for phrase, entry in self.starts.get(folded[:size], ()):
                after = folded[len(phrase) : len(phrase) + 1]
                if folded.startswith(phrase) and not (phrase[-1].isalnum() and after.isalnum()):
                    return len(phrase), entry
        match = self.start_patterns.pattern.match(line) if self.start_patterns else None
        return (
            (match.end(), self.start_patterns.entry(match)) if match and self.start_patterns and match.end() else None
        )

    def end(self, line: str) -> tuple[int, FurniturePhrase] | None:
        """From which character on the line is an entry, and which."""
        tail = line[-_TAIL:]
        for signs, pattern, entry in self.ends:
            if any(sign in tail for sign in signs):
                match = pattern.search(line, max(0, len(line) - _TAIL))
                if match and match.end() > match.start():
                    return match.start(), entry
        return None


@cache
def load_furniture(lang: str) -> Furniture:
    """The furniture of a language with a folder. Raises LexiconError where its file breaks the schema."""
    path = resources.files("depeche.languages").joinpath(lang, "furniture.yaml")
    return compile_furniture(read_entries(path, FurniturePhrase)) if path.is_file() else compile_furniture(())


def compile_furniture(entries: Iterable[FurniturePhrase]) -> Furniture:
    """The tables for the entries. Raises LexiconError for an entry without words and for a pattern that is none."""
    entries = tuple(entries)
    names: dict[str, str] = {}
    for entry in entries:
        if not entry.phrases and not entry.patterns:
            raise LexiconError(f"furniture {entry.id!r}: phrases or patterns are expected")
        if entry.define:
            names[entry.define] = "(?:" + "|".join(_expand(entry, p, names) for p in entry.patterns) + ")"
    used = [e for e in entries if not e.define]
    lines: dict[str, FurniturePhrase] = {}
    starts: dict[str, list[tuple[str, FurniturePhrase]]] = {}
    for entry in used:
        for phrase in map(fold, entry.phrases):
            if entry.where == "line":
                lines.setdefault(bare(phrase) or phrase, entry)
            elif entry.where == "start":
                starts.setdefault(phrase[:_PREFIX], []).append((phrase, entry))
    return Furniture(
        lines=lines,
        starts={key: tuple(sorted(found, key=_longest_first)) for key, found in starts.items()},
        inside=tuple((fold(p), _alternation(e, names), e) for e in used if e.where == "inside" for p in e.phrases),
        line_patterns=_alternatives(used, "line", names),
        start_patterns=_alternatives(used, "start", names),
        ends=tuple((e.phrases, _ending(e, names), e) for e in used if e.where == "end"),
    )


def _longest_first(pair: tuple[str, FurniturePhrase]) -> int:
    return -len(pair[0])


def _expand(entry: FurniturePhrase, pattern: str, names: dict[str, str]) -> str:
    for name in _NAMED.findall(pattern):
        if name not in names:
            raise LexiconError(
                f"furniture {entry.id!r}: {{{name}}} is not defined above; defined: {', '.join(sorted(names))}"
            )
        pattern = pattern.replace("{" + name + "}", names[name])
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise LexiconError(f"furniture {entry.id!r}: {pattern!r} is no regular expression: {error}") from error
    if groups:
        raise LexiconError(f"furniture {entry.id!r}: write (?:…) for (…) in {pattern!r}")
    return pattern


def _alternation(entry: FurniturePhrase, names: dict[str, str]) -> re.Pattern[str] | None:
    return re.compile("|".join(_expand(entry, p, names) for p in entry.patterns)) if entry.patterns else None


def _ending(entry: FurniturePhrase, names: dict[str, str]) -> re.Pattern[str]:
    if not entry.phrases or not entry.patterns:
        raise LexiconError(
            f"furniture {entry.id!r}: the end of a line is told by patterns, and by phrases of which one must be there"
        )
    return re.compile("(?:" + "|".join(_expand(entry, p, names) for p in entry.patterns) + r")\s*$")


def _alternatives(entries: list[FurniturePhrase], where: str, names: dict[str, str]) -> _Alternatives | None:
    chosen = tuple(e for e in entries if e.where == where and e.patterns)
    if not chosen:
        return None
    parts = [f"(?P<g{n}>" + "|".join(_expand(e, p, names) for p in e.patterns) + ")" for n, e in enumerate(chosen)]
    return _Alternatives(re.compile("|".join(parts)), chosen)
