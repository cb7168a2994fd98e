"""Lemmas as edit scripts, so that a classifier can lemmatise words that it never saw."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from depeche.annotate.features import straighten


def script(word: str, lemma: str) -> str:
    """The edit that makes a lemma of a word: "l" (lower) or "k" (keep case), the ending to cut, "+", the ending to append.

    >>> script("Alliées", "allié"), script("Alger", "Alger"), script("vont", "aller")
    ('les+', 'k+', 'lvont+aller')
    """
    word = straighten(word)
    lower = word.lower()
    case, base = ("l", lower) if lemma == lemma.lower() else ("k", word)
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    return f"{case}{base[same:]}+{lemma[same:]}"


def apply(word: str, edit: str) -> str | None:
    """The lemma that a script gives, or None where the word doesn't have the ending that it cuts.

    >>> apply("rencontrées", "lées+er"), apply("Tunis", "k+"), apply("Tunis", "lent+er")
    ('rencontrer', 'Tunis', None)
    """
    cut, _, tail = edit[1:].partition("+")
    base = straighten(word)
    if edit[0] == "l":
        base = base.lower()
    if cut.isdigit():
        return base[: max(len(base) - int(cut), 0)] + tail or None
    if not base.endswith(cut):
        return None
    return base[: len(base) - len(cut)] + tail or None


def choose(word: str, edits: Iterable[str], known: Callable[[str], bool]) -> str:
    """The lemma of the first script, likeliest first, that makes a known word; else of the first that fits at all.

    >>> choose("évaluera", ["lit+ire", "la+", "lera+er", "la+er"], {"évaluer"}.__contains__)
    'évaluer'
    """
    first = None
    for edit in edits:
        lemma = apply(word, edit)
        if lemma is None:
            continue
        if known(lemma):
            return lemma
        first = first or lemma
    return first or word
