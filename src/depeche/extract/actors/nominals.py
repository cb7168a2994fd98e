"""Noun phrases that stand for actors: "le ministre américain de la Défense", "les rebelles", "des dizaines de manifestants"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.actors.names import Name
from depeche.extract.actors.tables import ActorTables, NounEntry, Pieces, fold

#: Dependents that are no part of a mention: clauses, appositions, coordination, what ties the phrase to its governor.
_OUTSIDE = frozenset(
    [
        "acl",
        "appos",
        "conj",
        "cc",
        "parataxis",
        "advcl",
        "mark",
        "cop",
        "nsubj",
        "csubj",
        "aux",
        "discourse",
        "vocative",
        "dislocated",
        "case",
        "punct",
        "ccomp",
    ]
)
_DEEPEST = 4  # "le chef de l'armée de la province de l'est du pays": complements below the fourth settle nothing
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})


class Nominal(NamedTuple):
    """A nominal mention: half-open token range without the determiner's clause or apposition, its head, what the lexicon says.

    `words` are the folded words of the phrase without countries ("ministre de la defense"), for comparison with another phrase.
    """

    first: int
    last: int
    head: int
    entry: NounEntry
    codes: tuple[str, ...]
    plural: bool
    definite: bool
    words: Pieces
    owner: int

    @property
    def person(self) -> bool:
        """Whether it stands for one person."""
        return self.entry.kind in ("person", "office") and not self.plural


def relation(token: Token) -> str:
    """A relation without its subtype."""
    return token.deprel.partition(":")[0]


def extent(parsed: Parsed, head: int) -> tuple[int, int]:
    """The half-open token range of the phrase of a head: what hangs from it, up to the first clause, apposition or conjunct."""
    first, last = head, head + 1
    for child in reversed([c for c in parsed.children[head] if c < head]):
        if relation(parsed.tokens[child]) in _OUTSIDE:
            break
        first = extent(parsed, child)[0] if relation(parsed.tokens[child]) not in ("nmod", "obl") else child
    for child in parsed.children[head]:
        if child > head:
            if relation(parsed.tokens[child]) in _OUTSIDE:
                break
            last = max(last, extent(parsed, child)[1])
    return first, last


def is_plural(parsed: Parsed, head: int) -> bool:
    """Whether a noun is in the plural, by its own tag or its determiner's."""
    token = parsed.tokens[head]
    if "Number=" in token.feats:
        return "Number=Plur" in token.feats
    return any(
        "Number=Plur" in parsed.tokens[c].feats
        for c in parsed.children[head]
        if parsed.tokens[c].upos in ("DET", "NUM")
    )


def adjective_codes(word: str, tables: ActorTables) -> tuple[tuple[str, ...], ...]:
    """The countries of an adjective, for each side the codes it may mean: "congolais" one side of two codes, "franco-malien" two."""
    pieces = fold(word)
    whole = tables.adjectives.get(" ".join(pieces))
    if whole:
        return (whole,)
    for cut in range(len(pieces) - 1, 0, -1):
        last = tables.adjectives.get(" ".join(pieces[cut:]))
        if last:
            before = _prefix_codes(pieces[:cut], tables)
            return (*before, last) if before else ()
    return ()


def _prefix_codes(pieces: Pieces, tables: ActorTables) -> tuple[tuple[str, ...], ...]:
    found = []
    for piece in pieces:
        if piece not in tables.prefixes:
            return ()
        found.append((tables.prefixes[piece],))
    return tuple(found)


class NominalFinder:
    """Finds the nominal mentions of one parse; holds what is looked up again and again."""

    def __init__(self, parsed: Parsed, tables: ActorTables, names: tuple[Name, ...], people: dict[Name, str]) -> None:
        """`people` gives the country of persons who are known to hold an office."""
        self.parsed = parsed
        self.tables = tables
        self.people = people
        self.name_at = {index: name for name in names for index in range(name.first, name.last)}
        self.known = frozenset(c for n in names if n.entry and n.entry.use != "people" for c in n.entry.codes[:1])

    def find(self) -> tuple[Nominal, ...]:
        """All nominal mentions in text order."""
        found = []
        for index, token in enumerate(self.parsed.tokens):
            if token.upos in _NOUNS and index not in self.name_at:
                nominal = self._nominal(index, token)
                if nominal is not None:
                    found.append(nominal)
        return tuple(found)

    def _nominal(self, index: int, token: Token) -> Nominal | None:
        if token.upos == "ADJ" and relation(token) in ("amod", "acl", "xcomp", "advcl", "fixed", "flat"):
            return None
        entry = self._entry(index, token)
        if entry is None:
            return None
        plural = (
            is_plural(self.parsed, index) if entry.plural is None else entry.plural or is_plural(self.parsed, index)
        )
        if entry.plural_only and not plural:
            return None
        first, last = extent(self.parsed, index)
        codes = self.codes_of(index, entry)
        if entry.weak and not codes and not self._backed(index, first, last):
            return None
        children = [self.parsed.tokens[c] for c in self.parsed.children[index]]
        determiners = [t for t in children if t.upos == "DET"]
        fused = any(t.deprel == "case" and t.text.lower() in self.tables.fused for t in children)
        definite = fused or any("Definite=Def" in t.feats or "PronType=Dem" in t.feats for t in determiners)
        owner = next((c for c in self.parsed.children[index] if "Poss=Yes" in self.parsed.tokens[c].feats), -1)
        return Nominal(first, last, index, entry, codes, plural, definite, self._words(index, last), owner)

    def _entry(self, index: int, token: Token) -> NounEntry | None:
        """What the lexicon knows of a noun: the longest phrase that starts here, by its form, its lemma or without its plural."""
        forms = fold(token.text)
        if not forms:
            return None
        for entry in self.tables.nouns.get(forms[0], ()):
            if self._stands(index, entry.pieces):
                return entry
        for first in dict.fromkeys((*fold(token.lemma)[:1], forms[0].rstrip("sx"))):
            for entry in self.tables.nouns.get(first, ()):
                if entry.pieces == (first,) or self._stands(index, entry.pieces, 1):
                    return entry
        if token.upos != "PROPN" and relation(token) not in ("amod", "nmod") and token.text[0].islower():
            sides = adjective_codes(token.text, self.tables)
            if sides and (
                token.upos == "NOUN" or any(self.parsed.tokens[c].upos == "DET" for c in self.parsed.children[index])
            ):
                return NounEntry(forms, "countries:inhabitants", "crowd", "CVL", "", None, False, False, False, False)
        return None

    def _stands(self, index: int, pieces: Pieces, done: int = 0) -> bool:
        """Whether a fixed phrase stands here; an adjective of nationality inside it does not count."""
        tokens, at = self.parsed.tokens, done
        index += 1 if done else 0
        while at < len(pieces) and index < len(tokens):
            found = fold(tokens[index].text)
            if pieces[at : at + len(found)] != found:
                if not (at and tokens[index].upos == "ADJ" and " ".join(found) in self.tables.adjectives):
                    return False
            else:
                at += len(found)
            index += 1
        return at == len(pieces)

    def _backed(self, index: int, first: int, last: int) -> bool:
        """Whether a weak noun stands beside a name or an office in its own phrase."""
        nearby = range(first, min(last + 3, len(self.parsed.tokens)))
        return any(i in self.name_at and (self.name_at[i].entry is not None or self.name_at[i].person) for i in nearby)

    def _words(self, head: int, last: int) -> Pieces:
        kept: list[str] = []
        for index in range(head, last):
            if index in self.name_at and self.name_at[index].entry is not None:
                continue
            token = self.parsed.tokens[index]
            if token.upos in ("NOUN", "PROPN", "ADJ", "VERB") and not adjective_codes(token.text, self.tables):
                kept.extend(fold(token.lemma) or fold(token.text))
        return tuple(kept)

    def pick(self, codes: tuple[str, ...]) -> str:
        """Of the countries that a word may mean, the one that the text names; else the first."""
        return next((c for c in codes if c in self.known), codes[0])

    def codes_of(self, head: int, entry: NounEntry | None = None, depth: int = 0) -> tuple[str, ...]:
        """The countries or bodies that a phrase belongs to, best first: its adjectives, then its complements."""
        parsed = self.parsed
        found: list[str] = list(self._own_adjectives(head, entry, depth))
        if depth < _DEEPEST:
            for child in parsed.children[head]:
                if child in self.name_at and self.name_at[child].first <= head < self.name_at[child].last:
                    continue
                if self._complement(head, child, entry):
                    found.extend(self._complement_codes(child, entry, depth))
        return tuple(dict.fromkeys(found))

    def _own_adjectives(self, head: int, entry: NounEntry | None, depth: int) -> Iterator[str]:
        children = self.parsed.children[head]
        if depth == 0 and self.parsed.tokens[head].text[0].islower():
            children = (head, *children)
        for child in self._with_conjuncts(children):
            token = self.parsed.tokens[child]
            if token.upos in ("ADJ", "NOUN", "VERB") and (
                child == head or relation(token) in ("amod", "conj", "acl", "nmod", "appos")
            ):
                for side in adjective_codes(token.text, self.tables):
                    yield self.pick(side)
                body = self.tables.body_adjectives.get(" ".join(fold(token.text)))
                if body and entry is not None and entry.kind in ("person", "office", "organisation"):
                    yield body

    def _with_conjuncts(self, children: Iterable[int]) -> Iterator[int]:
        for child in children:
            yield child
            if relation(self.parsed.tokens[child]) == "amod":
                yield from (c for c in self.parsed.children[child] if relation(self.parsed.tokens[c]) == "conj")

    def _complement(self, head: int, child: int, entry: NounEntry | None) -> bool:
        """Whether a dependent may settle the country: a genitive or bare complement, or, for groups, the place where they are."""
        token = self.parsed.tokens[child]
        if relation(token) not in ("nmod", "flat", "compound", "obl") or child < head:
            return False
        cases = [self.parsed.tokens[c] for c in self.parsed.children[child] if self.parsed.tokens[c].deprel == "case"]
        if not cases:
            return True
        word = cases[0].text.lower()
        if word in self.tables.genitive or cases[0].lemma in self.tables.genitive:
            return True
        located = cases[0].lemma in self.tables.locative or word in self.tables.locative
        return located and entry is not None and entry.kind in ("crowd", "organisation", "armed_group")

    def _complement_codes(self, child: int, entry: NounEntry | None, depth: int) -> Iterator[str]:
        name = self.name_at.get(child)
        if name is not None and name.entry is not None:
            if name.entry.use != "people" and name.entry.codes:
                yield self.pick(name.entry.codes)
        elif name in self.people:
            yield self.people[name]
        elif name is None:
            yield from self.codes_of(child, entry, depth + 1)
