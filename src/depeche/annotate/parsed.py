"""A plain, frozen parse with character offsets: what every extractor reads, whoever made it.

Offsets are half-open, in Unicode code points of the parsed text. A multiword token ("du" = de + le) is one token
that carries the tag and relation of its first word. Heads are indices into `Parsed.tokens`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from depeche.annotate.stretches import Stretches

ROOT = -1


class Token(NamedTuple):
    """One word or mark.

    `head` is the index of the governing token in `Parsed.tokens`, or `ROOT`; `deprel` is the Universal Dependencies
    relation with its subtype where the model gives one; `feats` is the UD feature string ("Gender=Fem|Number=Sing"), "" if none.
    """

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    sentence: int

    def feat(self, name: str) -> str | None:
        """The value of one UD feature, or None."""
        for pair in self.feats.split("|"):
            if pair.startswith(name) and pair[len(name) : len(name) + 1] == "=":
                return pair[len(name) + 1 :]
        return None


class Entity(NamedTuple):
    """A named entity: half-open character offsets and a label (PER, ORG, LOC, MISC)."""

    start: int
    end: int
    label: str


class Sentence(NamedTuple):
    """A sentence as a half-open range of token indices."""

    first: int
    last: int


@dataclass(frozen=True)
class Parsed:
    """The parse of one text. `text` is never changed; `text[t.start:t.end] == t.text` for every token."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()
    model: str = field(default="", compare=False)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token, the indices of its dependents in text order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head >= 0:
                found[token.head].append(index)
        return tuple(tuple(c) for c in found)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Start offsets of the tokens, for bisection."""
        return tuple(t.start for t in self.tokens)

    @cached_property
    def _entity_places(self) -> Stretches[Entity]:
        return Stretches((e.start, e.end, e) for e in self.entities)

    def entities_at(self, start: int, end: int) -> list[Entity]:
        """The entities that share a character with a stretch, in order."""
        return self._entity_places.touching(start, end)

    def subtree(self, index: int) -> list[int]:
        """The token itself and all its descendants, in text order."""
        found, stack = [], [index]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.children[at])
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """The governors of a token, nearest first."""
        at = self.tokens[index].head
        while at >= 0:
            yield at
            at = self.tokens[at].head
