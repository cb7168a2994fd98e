"""What the network sees of a word, apart from its neighbours. Training and reading share this file, so they can't drift apart.

A word is seen as its normal form (looked up in the vocabulary), as hashed character n-grams, and as its shape. Typographic quotes,
apostrophes and dashes count as straight ones here; the text itself is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from zlib import crc32

BUCKETS = 32768
"""Rows of the n-gram table."""

LONGEST = 24
"""Of a longer word only the first and last twelve characters are hashed: long words are addresses and noise."""

SHAPES = 16

ENDINGS = 8192
"""Rows of the table of endings."""

_STRAIGHT = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "„": '"',
        "‹": '"',
        "›": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u00ad": None,
        "…": "...",
    }
)
_DIGIT = re.compile(r"\d")


def straighten(word: str) -> str:
    """The word with plain marks in place of typographic ones: "l’" -> "l'"."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", word.translate(_STRAIGHT))


def normal(word: str) -> str:
    """The vocabulary form: straight marks, lower case, every digit 0: "L’" -> "l'", "2006" -> "0000"."""
    if len(word) > 64:
        word = word[:64]
    return _DIGIT.sub("0", straighten(word).lower())


def grams(word: str) -> list[int]:
    """Rows of the n-gram table for a word: its 3- to 5-grams between borders, and its last two characters."""
    plain = normal(word)
    if len(plain) > LONGEST:
        plain = plain[: LONGEST // 2] + plain[-LONGEST // 2 :]
    data = f"^{plain}$"
    pieces = [data[i : i + n] for n in (3, 4, 5) for i in range(len(data) - n + 1)]
    pieces.append("~" + data[-3:])
    return [crc32(p.encode("utf-8", "surrogatepass")) % BUCKETS for p in pieces]


def endings(word: str) -> list[int]:
    """Rows of the endings table: the last two to five characters, which tell inflexion, and the first three."""
    plain = "^" + normal(word)
    pieces = [f"{n}{plain[-n:]}" for n in (2, 3, 4, 5)]
    return [crc32(p.encode("utf-8", "surrogatepass")) % ENDINGS for p in (*pieces, plain[:4])]


def shape(word: str) -> int:
    """A small class of spelling: capitals, digits, marks.

    >>> shape("Alger") == shape("Élysée") != shape("alger")
    True
    """
    first = word[0]
    if word.isalpha():
        if word.islower():
            return 0
        if len(word) == 1:
            return 1
        if word.isupper():
            return 2
        return 3 if word[1:].islower() else 4
    if word.isdigit():
        return 5 if len(word) == 4 else 6
    if first.isdigit():
        return 7
    if not any(map(str.isalnum, word)):
        return 8
    if word[-1] in "'’":
        return 9 if first.islower() else 10
    if word[-1] == ".":
        return 11
    if first.isupper():
        return 12 if any(a in "-‐‑'’" and b.isupper() for a, b in zip(word, word[1:], strict=False)) else 13
    return 14 if first.isalpha() else 15
