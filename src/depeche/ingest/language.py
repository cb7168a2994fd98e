"""In which language a text is written: by the commonest words of many languages, and by its script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from functools import cache
from importlib import resources

from depeche.languages.reader import read_entries
from depeche.languages.schema.furniture import FunctionWords

# A few thousand words say as much as the whole text.
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
# Found on news: below these a text is too short, or too full of names, to say.
_LEAST_EVIDENCE = 2.5
_LEAST_LEAD = 1.6


@cache
def _weights() -> dict[str, dict[str, float]]:
    """For each common word its languages, each with the weight of the word for it: the fewer languages share it, the more."""
    entries = read_entries(resources.files("depeche.languages").joinpath("function_words.yaml"), FunctionWords)
    shared = Counter(word for entry in entries for word in entry.words)
    weights: dict[str, dict[str, float]] = {}
    for entry in entries:
        for word in entry.words:
            weights.setdefault(word, {})[entry.id] = 1.0 / shared[word]
    return weights


def tell_language(text: str, readable: Collection[str]) -> str | None:
    """The language's ISO 639-1 code, or the name of its script where that is not Latin; None where the text does not say.

    Where a language of `readable` is nearly as likely as another, it is taken: only what is clearly something else is turned away.
    """
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script:
        return script
    weights = _weights()
    scores: dict[str, float] = {}
    for word in _WORD.findall(sample.lower()):
        for lang, weight in weights.get(word, {}).items():
            scores[lang] = scores.get(lang, 0.0) + weight
    best = max(scores, key=lambda lang: (scores[lang], lang), default=None)
    if best is None or scores[best] < _LEAST_EVIDENCE:
        return None
    likely = [lang for lang in readable if scores.get(lang, 0.0) * _LEAST_LEAD >= scores[best]]
    return max(likely, key=lambda lang: (scores[lang], lang), default=best)


def _script(sample: str) -> str | None:
    letters = [c for c in sample if c > "\u02af" and c.isalpha()]
    if len(letters) < 10 or 2 * len(letters) < sum(c.isalpha() for c in sample):
        return None
    scripts = Counter(unicodedata.name(c, "unknown").split()[0] for c in letters[:2000])
    script = scripts.most_common(1)[0][0]
    return None if script == "LATIN" else script.capitalize()
