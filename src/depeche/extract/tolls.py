"""How many dead a stretch of text tells of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from depeche.languages.lexicon import Lexicon

# A number in figures with its thousands apart, a word, or a mark that ends a clause.
_PIECE = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?!\w)|[^\W\d_]+(?:-[^\W\d_]+)*|[.,;:!?()%]")
# Words between a number and the word for dying: "trois soldats de la mission ont été tués".
_REACH = 6
# Years and days in figures are no tolls where nothing but they could be.
_YEARS = range(1900, 2100)


@dataclass(frozen=True)
class _Words:
    numbers: Mapping[str, int]
    units: frozenset[str]
    dead: frozenset[str]
    killing: frozenset[str]
    about: frozenset[str]


def find_toll(text: str, lexicon: Lexicon) -> int | None:
    """The number of dead that a text tells: "au moins 12 morts", "trois soldats ont été tués", "a tué deux civils".

    None where it tells none, or several numbers that may be parts of one ("deux civils et trois soldats").
    """
    words = _words(lexicon)
    pieces = [piece.lower() for piece in _PIECE.findall(text)]
    for at, piece in enumerate(pieces):
        found = None
        if piece in words.killing:
            found = _after(pieces, at, words)
        if found is None and piece in words.dead:
            found = _before(pieces, at, words)
        if found is not None:
            return found
    return None


@cache
def _words(lexicon: Lexicon) -> _Words:
    roles = {
        role: frozenset(f for w in lexicon.grammar if w.role == role for f in w.forms)
        for role in ("dead", "killing", "about", "unit")
    }
    numbers = {form: c.n for c in lexicon.claims if c.role == "number" and c.n for form in c.forms}
    units = roles["unit"] | {form for c in lexicon.claims if c.role == "unit" for form in c.forms}
    return _Words(numbers, units, roles["dead"], roles["killing"], roles["about"])


def _number(pieces: Sequence[str], at: int, words: _Words) -> int | None:
    """The number that stands there and counts people; "un", which may be an article, does not."""
    piece = pieces[at]
    value = int(re.sub(r"\D", "", piece)) if piece[0].isdigit() else words.numbers.get(piece)
    unit = at + 1 < len(pieces) and pieces[at + 1] in words.units
    return None if value is None or unit or value in _YEARS or (value == 1 and not piece.isdigit()) else value


def _before(pieces: Sequence[str], at: int, words: _Words) -> int | None:
    """The number that counts the dead named at a place, if it is the only one near."""
    near = []
    for n in range(at - 1, max(-1, at - 1 - 2 * _REACH), -1):
        if not pieces[n][0].isalnum():
            break
        value = _number(pieces, n, words)
        if value is not None:
            near.append((at - n, value))
    return near[0][1] if len(near) == 1 and near[0][0] <= _REACH + 1 else None


def _after(pieces: Sequence[str], at: int, words: _Words) -> int | None:
    """The number right behind a verb of killing, with nothing but "au moins" between."""
    n = at + 1
    while n < len(pieces) and pieces[n] in words.about:
        n += 1
    value = _number(pieces, n, words) if n < len(pieces) else None
    rest = pieces[n + 1 : n + 1 + _REACH] if value is not None else []
    more = any(_number(rest, m, words) is not None for m in range(len(rest)))
    return None if more and not _ends_before_number(rest, words) else value


def _ends_before_number(rest: Sequence[str], words: _Words) -> bool:
    """Whether the clause ends before the next number."""
    for n, piece in enumerate(rest):
        if not piece[0].isalnum():
            return True
        if _number(rest, n, words) is not None:
            return False
    return True
