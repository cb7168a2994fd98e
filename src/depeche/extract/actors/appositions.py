"""Which descriptions stand beside a person's name: "le chef de la diplomatie russe Piotr X", "X, politologue", "le président, X"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from depeche.annotate.parsed import Parsed
from depeche.extract.actors.names import Name
from depeche.extract.actors.nominals import Nominal, relation
from depeche.extract.actors.tables import ActorTables, fold

_REACH = 14  # tokens between a description and the name it stands before ("le directeur du Service … et technique russe, X": 11)
_BETWEEN = frozenset({"NOUN", "ADJ", "ADP", "DET", "PROPN", "NUM", "ADV", "CCONJ"})
_MARKS = frozenset({'"', "«", "»", "“", "”", "'", "’"})
_COMMAS = frozenset({",", "–", "—"})
_OPENERS = frozenset({",", "(", "-", "–", "—"})
_CLOSERS = frozenset({",", ")", ".", ";", ":", "-", "–", "—", "«", '"', "?", "!"})
_LOOSE = frozenset({"appos", "conj", "parataxis", "nmod", "flat", "acl", "orphan"})
_BEFORE = frozenset({"appos", "flat", "nsubj", "nmod", "conj", "parataxis", "obj", "obl", "dep", "root"})


class Appositions:
    """Finds the descriptions beside names in one parse. `nominals` are in text order."""

    def __init__(
        self, parsed: Parsed, tables: ActorTables, nominals: Sequence[Nominal], persons: frozenset[int]
    ) -> None:
        """`persons` are the tokens of persons' names."""
        self.parsed = parsed
        self.tables = tables
        self.nominals = nominals
        self.heads = [n.head for n in nominals]
        self.persons = persons

    def beside(self, name: Name) -> Iterator[Nominal]:
        """The descriptions that stand right before or right after a name."""
        first = self._before_titles(name)
        before = self._before(name, first)
        while before is not None:
            yield before
            before = self._one_more(name, before)
        yield from self._after(name)

    def _before_titles(self, name: Name) -> int:
        first = name.first
        while first and fold(self.parsed.tokens[first - 1].text) in self.tables.titles and first - 1 not in self.heads:
            first -= 1
        return first

    def _before(self, name: Name, first: int) -> Nominal | None:
        tokens = self.parsed.tokens
        comma = first > 0 and tokens[first - 1].text in _COMMAS
        if comma and not (self._closed(name) and relation(tokens[name.head]) in _BEFORE and not self._enumerated(name)):
            return None
        if first and tokens[first - 1].upos in ("ADP", "CCONJ"):
            return None
        found = self._reaching(first - 1 if comma else first)
        if found is None or (comma and not found.definite and found.entry.kind != "office"):
            return None
        return found

    def _one_more(self, name: Name, nominal: Nominal) -> Nominal | None:
        """ "le chef d'état-major, le général X,": another description before the one beside the name, with a comma between."""
        at = nominal.first - 1
        if at < 1 or self.parsed.tokens[at].text not in _COMMAS or not nominal.definite or not self._closed(name):
            return None
        found = self._reaching(at)
        return found if found is not None and found.definite and found.entry.kind == "office" else None

    def _closed(self, name: Name) -> bool:
        return name.last >= len(self.parsed.tokens) or self.parsed.tokens[name.last].text in _CLOSERS

    def _reaching(self, end: int) -> Nominal | None:
        """The nearest description of one person whose phrase runs up to a token; brackets right before it do not count."""
        tokens = self.parsed.tokens
        if end and tokens[end - 1].text == ")":
            opened = next((i for i in range(end - 1, max(0, end - _REACH), -1) if tokens[i].text == "("), end)
            end = opened
        for position in range(bisect_left(self.heads, end) - 1, -1, -1):
            nominal = self.nominals[position]
            if end - nominal.head > _REACH or not self._unbroken(nominal.head, end):
                return None
            if nominal.person:
                return nominal
        return None

    def _unbroken(self, start: int, end: int) -> bool:
        """Whether only the words of one noun phrase stand between; a person's name among them ends it."""
        for index in range(start + 1, end):
            token = self.parsed.tokens[index]
            if index in self.persons or token.sentence != self.parsed.tokens[start].sentence:
                return False
            plain = token.upos in _BETWEEN or token.text in _MARKS
            if not plain and " ".join(fold(token.text)) not in self.tables.adjectives:
                return False
        return True

    def _enumerated(self, name: Name) -> bool:
        """Whether a name is one of three or more in a row ("le roi, X et Y")."""
        token = self.parsed.tokens[name.head]
        if relation(token) != "conj" or token.head < 0:
            return False
        return sum(relation(self.parsed.tokens[c]) == "conj" for c in self.parsed.children[token.head]) > 1

    def _after(self, name: Name) -> Iterator[Nominal]:
        tokens, at = self.parsed.tokens, name.last
        while at < len(tokens) and (tokens[at].text in _OPENERS or (at > name.last and tokens[at].upos == "CCONJ")):
            nominal = self._opening(at + 1)
            if nominal is None or not nominal.person:
                return
            end = nominal.last
            attached = tokens[nominal.head].head in range(name.first, name.last)
            closed = end >= len(tokens) or tokens[end].text in _CLOSERS or tokens[end].upos == "CCONJ"
            # a noun without article between marks describes the name before it, whatever the tree makes of it
            loose = tokens[at + 1].upos == "NOUN" or relation(tokens[nominal.head]) in _LOOSE
            if not attached and not (closed and loose):
                return
            yield nominal
            at = end

    def _opening(self, first: int) -> Nominal | None:
        """The nominal whose phrase begins here."""
        position = bisect_left(self.heads, first)
        if position < len(self.heads):
            nominal = self.nominals[position]
            if all(t.upos in ("DET", "ADJ", "ADV", "NUM") for t in self.parsed.tokens[first : nominal.head]):
                return nominal
        return None

    def country_between(self, nominal: Nominal, name: Name) -> tuple[str, ...] | None:
        """What an adjective of nationality says anywhere between a description and the name after it."""
        for token in self.parsed.tokens[nominal.head : name.first]:
            codes = self.tables.adjectives.get(" ".join(fold(token.text)))
            if codes and token.text[0].islower():
                return codes
        return None
