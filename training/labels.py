"""Label sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpora import Example

from depeche.annotate.lemmas import script

NAMES = ["O", *(f"{p}-{label}" for label in ("PER", "ORG", "LOC", "MISC") for p in "BI")]


@dataclass(frozen=True)
class Labels:
    """What each output number stands for. Feature and lemma labels carry their tag: "NOUN|Gender=Fem|Number=Sing", "VERB|lait+er"."""

    upos: list[str]
    feats: list[str]
    lemmas: list[str]
    rels: list[str]
    names: list[str]

    def sizes(self) -> dict[str, int]:
        """How many there are of each."""
        return {key: len(value) for key, value in vars(self).items()}


def collect(examples: Iterable[Example]) -> Labels:
    """The labels seen in training; feature labels and scripts seen once are left out."""
    upos, feats, lemmas, rels = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for example in examples:
        upos.update(example.upos)
        rels.update(example.rels)
        feats.update(f"{u}|{f}" for u, f in zip(example.upos, example.feats, strict=False))
        for word, tag, lemma in zip(example.words, example.upos, example.lemmas, strict=False):
            if lemma:
                lemmas[f"{tag}|{script(word, lemma)}"] += 1
    return Labels(
        sorted(u for u in upos if u != "_"),
        [f for f, n in feats.most_common() if n > 1],
        [s for s, n in lemmas.most_common() if n > 1],
        sorted(r for r, n in rels.items() if n > 2 and r != "_"),
        list(NAMES),
    )
