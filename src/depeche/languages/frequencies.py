"""How common the words of a language are in the news: what two texts share says the more, the rarer it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

from depeche.errors import LexiconError

#: Words are compared by their first letters: inflection mostly changes the last.
STEM = 7
# A word that the table lacks stands in fewer than 20 of 10,000 texts; it weighs 1.
_RARE = 20


def stem(word: str) -> str:
    """The beginning of a folded word, by which it is compared. Numbers stay whole."""
    return word if word[0].isdigit() else word[:STEM]


@cache
def word_weights(lang: str) -> Mapping[str, float]:
    """For each common word stem of a language its weight from 0 (in every text) to 1; a stem that is missing weighs 1.

    Read from the language's `learned/word_frequencies.tsv`: stem, a tab, and in how many of 10,000 texts it stands. A language
    without one gives an empty table. Raises LexiconError for a line that is none.
    """
    file = resources.files("depeche.languages").joinpath(lang, "learned", "word_frequencies.tsv")
    if not file.is_file():
        return {}
    weights = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        word, _, count = line.partition("\t")
        if not word or not count.isdigit():
            raise LexiconError(f"{file}:{number}: not a stem, a tab and a count: {line[:60]!r}")
        weights[word] = min(1.0, max(0.0, math.log(10000 / (int(count) + 1)) / math.log(10000 / _RARE)))
    return weights
