"""Names as keys: what is compared where two documents may spell one name in two ways."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart, and that the press writes both ways (Øresund, Oresund).
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t"}
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The key of a name: lower case, without accents and punctuation, its words joined by one space.

    >>> fold("Abdel-Madjid  TEBBOUNE"), fold("l’Élysée"), fold("Nœud…")
    ('abdel madjid tebboune', 'l elysee', 'noeud')

    Two spellings of one name fold alike; a text without a letter or digit folds to the empty string.
    """
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
        text = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in text).casefold().split())
