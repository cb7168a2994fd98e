"""One parsed text as the office rules see it: folded words, entities by token, and the names of persons."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from depeche.annotate.parsed import Parsed
from depeche.extract.offices_tables import OfficeTables, Place, fold
from depeche.records import Span

MAX_NAME = (
    6  # words in a name; the longest in the training passages has five ("Abou Bakr al-Baghdadi al-Husseini" aside)
)
_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "X", "ADP", "DET", "NUM", "ADV", "VERB", "INTJ"})


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: tokens [first, last), without forms of address."""

    first: int
    last: int


@dataclass
class Scene:
    """A parse with what is looked up again and again. Built once a text."""

    parsed: Parsed
    tables: OfficeTables
    words: list[str] = field(init=False)
    labels: list[str] = field(init=False)
    entity_of: list[int] = field(init=False)
    names: dict[int, Name] = field(init=False)

    def __post_init__(self) -> None:
        tokens, starts = self.parsed.tokens, self.parsed.starts
        self.words = [fold(t.text) for t in tokens]
        self.labels = [""] * len(tokens)
        self.entity_of = [-1] * len(tokens)
        self.names = {}
        for number, entity in enumerate(self.parsed.entities):
            at = bisect_left(starts, entity.start)
            first = at
            while at < len(tokens) and tokens[at].start < entity.end:
                self.labels[at], self.entity_of[at] = entity.label, number
                at += 1
            if entity.label == "PER" and at > first:
                self._keep(first, at)
        for index, word in enumerate(self.words):
            if word in self.tables.holders and self.capital(index):
                self._keep_known(index)

    def _keep_known(self, index: int) -> None:
        """Keep the full name of a known holder of an office where the entities missed it."""
        for size in range(min(MAX_NAME, index + 1), 1, -1):
            first = index + 1 - size
            if tuple(self.words[first : index + 1]) in self.tables.people and self.capital(first):
                for inner in range(first + 1, index + 1):
                    self.names.pop(inner, None)
                self.names[first] = Name(first, index + 1)
                self.labels[first : index + 1] = ["PER"] * size
                return

    def _keep(self, first: int, last: int) -> None:
        """Keep a person entity as a name, less the words before it that are no part of a name ("président", "M.")."""
        while first + 1 < last and (self.is_cue("address", first) or not self.capital(first) or self._party(first)):
            first += 1
        while (
            last - 1 > first and not self.parsed.tokens[last - 1].text[-1:].isalnum() and len(self.words[last - 1]) == 1
        ):
            last -= 1
        while last < self.limit(first) and last - first < MAX_NAME and self.labels[last] == "" and self._goes_on(last):
            last += 1
        place = self.place_at(first)
        if place and place[0] == last - first and self.words[first] not in self.tables.holders:
            return
        if self.capital(first) and not self.is_cue("address", first):
            self.names[first] = Name(first, last)

    def _party(self, index: int) -> bool:
        """Is the token the short name of a party or body ("le maire PS Pierre X")?"""
        hit = self.place_at(index)
        return (
            hit is not None
            and hit[0] == 1
            and hit[1].kind in ("group", "body")
            and self.parsed.tokens[index].text.isupper()
        )

    def _goes_on(self, index: int) -> bool:
        """Does a name cut short by the entities go on here ("Tamim ben" + "Hamad")?"""
        token = self.parsed.tokens[index]
        return self.capital(index) and token.upos == "PROPN" and not self.place_at(index)

    def is_cue(self, role: str, index: int) -> bool:
        """Does one word play a role, whatever its case?"""
        return self.words[index] in self.tables.cues[role]

    def lemma(self, index: int) -> str:
        """The folded lemma of a token."""
        return fold(self.parsed.tokens[index].lemma)

    def cue_at(self, role: str, index: int) -> int:
        """The length in tokens of the phrase of a role that starts here, 0 if none."""
        hit = self.tables.phrases[role].at(self.words, index)
        return hit[0] if hit else 0

    def capital(self, index: int) -> bool:
        """Does the token begin with a capital?"""
        return self.parsed.tokens[index].text[0].isupper()

    def place_at(self, index: int) -> tuple[int, Place] | None:
        """The country, body, city or group named here; names must be written with a capital, adjectives need not be."""
        hit = self.tables.places.at(self.words, index)
        if hit is None or (hit[1].kind != "adjective" and not self.capital(index)):
            return None
        return hit

    def limit(self, index: int) -> int:
        """The end of the sentence of a token."""
        return self.parsed.sentences[self.parsed.tokens[index].sentence].last

    def first(self, index: int) -> int:
        """The first token of the sentence of a token."""
        return self.parsed.sentences[self.parsed.tokens[index].sentence].first

    def span(self, first: int, last: int) -> Span:
        """The text of tokens [first, last)."""
        start, end = self.parsed.tokens[first].start, self.parsed.tokens[last - 1].end
        return Span(start, end, self.parsed.text[start:end])

    def name_at(self, index: int, strict: bool = False) -> Name | None:
        """The person's name that starts at a token, or goes on there inside an entity that swallowed what precedes.

        Without `strict`, a run of capitalised words that is no known place, body or title counts as a name.
        """
        known = self.names.get(index)
        if known is not None:
            return known
        limit = self.limit(index)
        if self.labels[index] == "PER" and self.capital(index):
            last = index + 1
            while last < limit and self.entity_of[last] == self.entity_of[index]:
                last += 1
            return Name(index, last)
        if strict or not self._opens_name(index):
            return None
        last = index + 1
        while last < limit and last - index < MAX_NAME and self._continues_name(last, limit):
            last += 1
        if (
            last - index == 1
            and self.words[index] not in self.tables.holders
            and self.words[index] not in self.family_names
        ):
            return None
        return Name(index, last)

    @cached_property
    def family_names(self) -> frozenset[str]:
        """The last words of the names that the entities give."""
        return frozenset(self.words[n.last - 1] for n in self.names.values())

    def _opens_name(self, index: int) -> bool:
        token = self.parsed.tokens[index]
        inside = index > 0 and self.entity_of[index] == self.entity_of[index - 1]  # it swallowed the title's last word
        other = self.labels[index] in ("LOC", "ORG") and not inside and not self._names_holder(index)
        if not self.capital(index) or len(token.text) < 2 or other:
            return False
        if self.place_at(index) or self.words[index] in self.tables.titles or self.is_cue("definite", index):
            return False
        return token.upos in ("PROPN", "X", "NOUN", "ADJ")

    def _names_holder(self, index: int) -> bool:
        """Does a first name with its family name stand in apposition to a title, whatever the entities take it for?"""
        tokens = self.parsed.tokens
        token, after = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
        if token.deprel != "appos" or token.upos != "PROPN" or after is None or after.deprel != "flat:name":
            return False
        return after.head == index and token.head >= 0 and self.words[token.head] in self.tables.titles

    def _continues_name(self, index: int, limit: int) -> bool:
        if self.labels[index] in ("LOC", "ORG") and self.entity_of[index] != self.entity_of[index - 1]:
            return False
        if self.capital(index):
            return self.parsed.tokens[index].upos in _NAMING
        return self.is_cue("particle", index) and index + 1 < limit and self.capital(index + 1)

    def ordered_names(self) -> Iterator[Name]:
        """The names of persons that the entities give, in text order."""
        for first in sorted(self.names):
            yield self.names[first]
