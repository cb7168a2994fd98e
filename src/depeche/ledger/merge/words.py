"""The words of a text as weighted stems: what two texts share, the rare counting more than the common."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from depeche.languages.frequencies import stem, word_weights
from depeche.ledger.keys import fold

Bag = Mapping[str, float]

# A word that weighs less says nothing: articles, auxiliaries, "mardi".
LEAST = 0.25
# Words by which a whole text is known.
PROFILE = 40


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order; words of one or two letters are left out."""
    return [stem(word) for word in fold(text).split() if len(word) > 2 or word.isdigit()]


def telling(found: Iterable[str], lang: str) -> dict[str, float]:
    """Those of the stems that tell something, with their weights, between LEAST and 1."""
    weights = word_weights(lang)
    weighed = ((s, weights.get(s, 1.0)) for s in found)
    return {s: w for s, w in weighed if w >= LEAST}


def profile(text: str, title: str | None, lang: str) -> dict[str, float]:
    """The stems that a document is about, scaled to length 1; those of the title count twice, numbers not at all.

    Ties are settled by the alphabet, so that the same words give the same profile.
    """
    counts = Counter(stems(text))
    for s in stems(title or ""):
        counts[s] += 2
    weights = telling((s for s in counts if not s[0].isdigit()), lang)
    scored = {s: w * (1 + math.log(counts[s])) for s, w in weights.items()}
    top = sorted(scored, key=lambda s: (-scored[s], s))[:PROFILE]
    length = math.sqrt(sum(scored[s] ** 2 for s in top)) or 1.0
    return {s: round(scored[s] / length, 3) for s in top}


def cosine(a: Bag, b: Bag) -> float:
    """How alike two profiles are, from 0 to 1."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return sum(w * large[s] for s, w in small.items() if s in large)


def overlap(a: Bag, b: Bag, leaving: Iterable[str] = ()) -> float:
    """The weight that two bags share, some stems left aside."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    left = frozenset(leaving)
    return sum(w for s, w in small.items() if s in large and s not in left)


def weight(words: Bag) -> float:
    """The weight of a whole bag."""
    return sum(words.values())
