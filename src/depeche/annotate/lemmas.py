"""Lemmas as edit scripts, so that a classifier can lemmatise words that it never saw."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

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


class VerbForms:
    """The paradigms of a language's verbs, which know forms that no treebank holds.

    A form is split at each place: a stem that some verb has, and an ending of that verb's paradigm.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        paradigms: dict[str, tuple[str, frozenset[str]]] = {}
        self._stems: dict[str, list[tuple[int, str, frozenset[str]]]] = defaultdict(list)
        for rank, line in enumerate(lines):
            if line.startswith("#"):
                continue
            cells = line.split("\t")
            if cells[0] == "=":
                end, ends = (cell.replace("_", "") for cell in cells[2:])
                paradigms[cells[1]] = end, frozenset(ends.split(" "))
            else:
                verb, number = cells
                end, allowed = paradigms[number]
                stem = verb.removesuffix(end)
                for key in {stem, _bare(stem)}:
                    self._stems[key].append((rank, verb, allowed))

    @classmethod
    def from_file(cls, path: Path) -> VerbForms:
        """The table of a language folder; an empty one where the folder has none."""
        return cls(path.read_text(encoding="utf-8").splitlines() if path.is_file() else ())

    def lemmas(self, form: str) -> tuple[str, ...]:
        """The verbs that a lower-case form may belong to, the commonest first.

        >>> table = VerbForms(["=\\t0\\ter\\ter e ent ait", "=\\t1\\tdre\\tdre t gnent", "aider\\t0", "craindre\\t1"])
        >>> table.lemmas("aident"), table.lemmas("craint"), table.lemmas("aidit")
        (('aider',), ('craindre',), ())
        """
        found = [
            (rank, verb)
            for place in range(len(form) + 1)
            for rank, verb, endings in self._stems.get(form[:place], ())
            if form[place:] in endings
        ]
        return tuple(verb for _, verb in sorted(found))


def _bare(stem: str) -> str:
    """A stem as capitals without accents spell its first letter: "élimin" -> "elimin"."""
    return unicodedata.normalize("NFD", stem[:1])[:1] + stem[1:]
