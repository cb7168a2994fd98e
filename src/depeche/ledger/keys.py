"""Names as keys: what is compared where two documents may spell one name in two ways."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart, and that the press writes both ways (Øresund, Oresund).
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t"}
)


class _Plain(dict[int, int | None]):
    """What becomes of each character: letters and digits stay, combining marks go, all else parts words. Filled as it is used."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        kept = None if unicodedata.combining(character) else code if character.isalnum() else ord(" ")
        self[code] = kept
        return kept


_PLAIN = _Plain()


# Names are folded over and over, longer texts once.
_NAME = 80


def fold(text: str) -> str:
    """The key of a name: lower case, without accents and punctuation, its words joined by one space.

    >>> fold("Abdel-Madjid  TEBBOUNE"), fold("l’Élysée"), fold("Nœud…")
    ('abdel madjid tebboune', 'l elysee', 'noeud')

    Two spellings of one name fold alike; a text without a letter or digit folds to the empty string.
    """
    return _fold_name(text) if len(text) <= _NAME else fold_once(text)


def fold_once(text: str) -> str:
    """The same as `fold`, for texts that are folded once: nothing is kept."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    return " ".join(text.translate(_PLAIN).split())


_fold_name = lru_cache(maxsize=65536)(fold_once)
