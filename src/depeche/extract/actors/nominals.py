"""Noun phrases that stand for actors: "le ministre américain de la Défense", "les rebelles", "des dizaines de manifestants"."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.actors.names import Name
from depeche.extract.actors.tables import ActorTables, NounEntry, Pieces, fold

#: Dependents that are part of a mention, after and before its head; clauses, appositions and coordination are not.
_RIGHT = frozenset({"amod", "nmod", "flat", "fixed", "compound", "nummod", "goeswith"})
_LEFT = frozenset({"det", "amod", "nummod", "flat", "compound"})
_STOPS = frozenset({",", ";", ":", "(", ")", "–", "—", ".", "!", "?"})
_DEEPEST = 4  # "le chef de l'armée de la province de l'est du pays": complements below the fourth settle nothing
_GROUPS = frozenset({"crowd", "organisation", "armed_group"})
_PEOPLE = frozenset({"CVL", "REF", "REB", "EDU", "LAB", "AGR", "COP"})  # sectors whose members belong where they are
_LONGEST_PREFIX = 2
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})


class Nominal(NamedTuple):
    """A nominal mention: half-open token range without the determiner's clause or apposition, its head, what the lexicon says.

    `former`: of somebody who held the office before. `fixed`: the token after the fixed words of the entry. `faint`: a weak noun with nothing beside it that makes it an actor.
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
    faint: bool
    fixed: int
    former: bool
    demonstrative: bool

    @property
    def person(self) -> bool:
        """Whether it stands for one person."""
        return self.entry.kind in ("person", "office") and not self.plural


def relation(token: Token) -> str:
    """A relation without its subtype."""
    return token.deprel.partition(":")[0]


def extent(parsed: Parsed, head: int, people: Container[int] = ()) -> tuple[int, int]:
    """The half-open token range of the phrase of a head: determiner, adjectives and complements, up to the first comma.

    `people` are the tokens of persons' names: one that hangs on without a preposition is an apposition, whatever its relation.
    """
    first, last = head, head + 1
    for child in reversed([c for c in parsed.children[head] if c < head]):
        if relation(parsed.tokens[child]) not in _LEFT:
            break
        first = min(child, extent(parsed, child, people)[0])
    for child in parsed.children[head]:
        if child > head:
            if not _continues(parsed, child, head, people):
                break
            last = max(last, extent(parsed, child, people)[1])
    for index in range(head + 1, last):
        stop = parsed.tokens[index].upos == "PUNCT" and parsed.tokens[index].text in _STOPS
        apposed = index in people and index - 1 not in people and parsed.tokens[index - 1].upos not in ("ADP", "DET")
        if stop or (apposed and head not in people):
            return first, index
    return first, last


def _continues(parsed: Parsed, child: int, head: int, people: Container[int]) -> bool:
    """Whether a dependent after the head is part of its phrase: "samedi" in "a reçu le préfet samedi" is not, nor is a name."""
    token = parsed.tokens[child]
    if relation(token) not in _RIGHT:
        return False
    if _has_case(parsed, child):
        return True
    return not (child in people and head not in people) and not (
        token.upos == "NOUN" and relation(token) in ("amod", "nmod")
    )


def _same_word(token: Token, form: str) -> bool:
    """Whether a token is a form of a word, accents included ("retraites" is not "retraités"), but for that of its first letter."""
    word = token.text.lower()
    known = (form, f"{form}s", f"{form}x")
    return any(w[1:] == k[1:] for w in (word, token.lemma.lower()) for k in known) or not form.isalpha()


def _has_case(parsed: Parsed, index: int) -> bool:
    return any(parsed.tokens[c].deprel == "case" for c in parsed.children[index])


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
        self.persons = frozenset(i for i, name in self.name_at.items() if name.person)
        self.known = frozenset(c for n in names if n.entry and n.entry.use != "people" for c in n.entry.codes[:1])

    def find(self) -> tuple[Nominal, ...]:
        """All nominal mentions in text order."""
        found: list[Nominal] = []
        fixed = 0  # the words of "forces de l'ordre" are no mentions by themselves
        for index, token in enumerate(self.parsed.tokens):
            if token.upos in _NOUNS and index not in self.name_at and index >= fixed:
                nominal = self._nominal(index, token)
                if nominal is not None:
                    found.append(nominal)
                    fixed = nominal.fixed
        return tuple(found)

    def _nominal(self, index: int, token: Token) -> Nominal | None:
        if token.upos == "ADJ" and relation(token) in ("amod", "acl", "xcomp", "advcl", "fixed", "flat"):
            return None
        start, entry = self._known(index, token)
        if entry is None:
            return None
        plural = (
            is_plural(self.parsed, index) if entry.plural is None else entry.plural or is_plural(self.parsed, index)
        )
        if entry.plural_only and not plural:
            return None
        first, last = extent(self.parsed, index, self.persons)
        fixed = self._phrase_end(start, entry)
        first, last = min(first, start), max(last, fixed)
        codes = self.codes_of(index, entry) or self._adjective_after(last)
        codes = codes or ((entry.code,) if entry.code else ())
        faint = entry.weak and not codes and not self._backed(index)
        children = [self.parsed.tokens[c] for c in self.parsed.children[index]]
        determiners = [t for t in children if t.upos == "DET"]
        fused = any(t.deprel == "case" and t.text.lower() in self.tables.fused for t in children)
        former = any(t.text.lower() in self.tables.former for t in children)
        pointing = any("PronType=Dem" in t.feats for t in determiners)
        definite = fused or pointing or any("Definite=Def" in t.feats for t in determiners)
        return Nominal(
            first, last, index, entry, codes, plural, definite, self._words(index, last), faint, fixed, former, pointing
        )

    def _known(self, index: int, token: Token) -> tuple[int, NounEntry | None]:
        """Where the fixed words begin that make a noun an actor, and their entry: "premier ministre" begins before its head."""
        if index and relation(self.parsed.tokens[index - 1]) in ("amod", "nummod") and index - 1 not in self.name_at:
            before = self._entry(index - 1, self.parsed.tokens[index - 1])
            if before is not None and len(before.pieces) > 1:
                return index - 1, before
        return index, self._entry(index, token)

    def _phrase_end(self, index: int, entry: NounEntry) -> int:
        """The token after the fixed words of an entry, whatever the parse makes of them."""
        done, at = len(fold(self.parsed.tokens[index].text)), index + 1
        while done < len(entry.pieces) and at < len(self.parsed.tokens):
            pieces = fold(self.parsed.tokens[at].text)
            done += len(pieces) if not self._skipped(at, pieces) or pieces[0] == entry.pieces[done] else 0
            at += 1
        return at

    def _skipped(self, index: int, pieces: Pieces) -> bool:
        """Whether a word inside fixed words does not count: an adjective of nationality."""
        return self.parsed.tokens[index].upos == "ADJ" and " ".join(pieces) in self.tables.adjectives

    def _entry(self, index: int, token: Token) -> NounEntry | None:
        """What the lexicon knows of a noun: the longest phrase that starts here, by its form, its lemma or without its plural."""
        forms = fold(token.text)
        if not forms:
            return None
        ahead: set[str] | None = None
        lemma = fold(token.lemma)[:1]
        if lemma and lemma[0][0] != forms[0][0]:
            lemma = ()  # a lemma of another first letter is the tagger's guess at a word that it does not know
        if len(forms) > 1 and len(forms[0]) <= _LONGEST_PREFIX and forms[0] not in self.tables.nouns:
            forms = forms[1:]  # "ex-otages"
        for first in dict.fromkeys((forms[0], *lemma, forms[0].rstrip("sx"))):
            for entry in self.tables.nouns.get(first, ()):
                if len(entry.pieces) == 1 == len(forms):
                    if _same_word(token, entry.form) or len(forms) < len(fold(token.text)):
                        return entry
                    continue
                ahead = self._ahead(index) if ahead is None else ahead
                if (len(entry.pieces) == 1 or entry.pieces[1] in ahead) and self._stands(
                    index, entry.pieces, int(first != forms[0])
                ):
                    return entry
        if token.upos != "PROPN" and relation(token) != "amod" and token.text[0].islower():
            sides = adjective_codes(token.text, self.tables)
            if sides and (
                token.upos == "NOUN" or any(self.parsed.tokens[c].upos == "DET" for c in self.parsed.children[index])
            ):
                return NounEntry(
                    forms,
                    token.lemma,
                    "countries:inhabitants",
                    "crowd",
                    "CVL",
                    "",
                    None,
                    False,
                    False,
                    False,
                    False,
                    None,
                )
        return None

    def _ahead(self, index: int) -> set[str]:
        """The pieces that may come second in a phrase that starts here: a fixed word may be one adjective away."""
        found = set(fold(self.parsed.tokens[index].text)[1:])
        for token in self.parsed.tokens[index + 1 : index + 4]:
            for piece in (*fold(token.text)[:1], *fold(token.lemma)[:1]):
                found.update((piece, piece.rstrip("sx")))
        return found

    def _stands(self, index: int, pieces: Pieces, done: int = 0) -> bool:
        """Whether a fixed phrase stands here; an adjective of nationality inside it does not count."""
        tokens, at = self.parsed.tokens, done
        index += 1 if done else 0
        while at < len(pieces) and index < len(tokens):
            found = fold(tokens[index].text)
            wanted = pieces[at : at + len(found)]
            if (
                wanted != found
                and wanted != tuple(f.rstrip("sx") for f in found)
                and wanted != fold(tokens[index].lemma)
            ):
                if not (at and self._skipped(index, found)):
                    return False
            else:
                at += len(found)
            index += 1
        return at == len(pieces)

    def _backed(self, index: int) -> bool:
        """Whether a weak noun governs a name, or stands in apposition to one."""
        near = (
            *self.parsed.children[index],
            *([self.parsed.tokens[index].head] if relation(self.parsed.tokens[index]) == "appos" else []),
        )
        return any(i in self.persons or (i in self.name_at and self.name_at[i].entry is not None) for i in near)

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

    def _adjective_after(self, last: int) -> tuple[str, ...]:
        """ "le ministère des Affaires étrangères ukrainien": an adjective right after the phrase, wherever the parse hung it."""
        if last >= len(self.parsed.tokens) or self.parsed.tokens[last].upos != "ADJ":
            return ()
        return tuple(self.pick(side) for side in adjective_codes(self.parsed.tokens[last].text, self.tables))

    def _with_conjuncts(self, children: Iterable[int]) -> Iterator[int]:
        for child in children:
            yield child
            if relation(self.parsed.tokens[child]) == "amod":
                yield from (c for c in self.parsed.children[child] if relation(self.parsed.tokens[c]) == "conj")

    def _complement(self, head: int, child: int, entry: NounEntry | None) -> bool:
        """Whether a dependent may settle the country: a genitive or bare complement, or, for groups, the place where they are."""
        token = self.parsed.tokens[child]
        group = entry is not None and (entry.kind in _GROUPS or entry.sector in _PEOPLE)
        if child < head:
            return False
        if relation(token) in ("appos", "acl"):
            return group and child in self.persons if relation(token) == "appos" else group and self._led(child)
        if relation(token) not in ("nmod", "flat", "compound", "obl", "obl:agent"):
            return False
        cases = [self.parsed.tokens[c] for c in self.parsed.children[child] if self.parsed.tokens[c].deprel == "case"]
        if not cases:
            return True
        word = cases[0].text.lower()
        if word in self.tables.genitive or cases[0].lemma in self.tables.genitive:
            return True
        return group and (
            cases[0].lemma in self.tables.locative or word in self.tables.locative or token.deprel == "obl:agent"
        )

    def leaders(self, head: int) -> Iterator[str]:
        """The countries that lead a group ("la coalition dirigée par l'Arabie saoudite")."""
        for child in self.parsed.children[head]:
            if relation(self.parsed.tokens[child]) == "acl":
                for agent in self.parsed.children[child]:
                    if self.parsed.tokens[agent].deprel == "obl:agent":
                        yield from self._complement_codes(agent, None, 0)

    def _led(self, child: int) -> bool:
        """Whether a participle says who leads a group ("une coalition menée par les États-Unis")."""
        return any(self.parsed.tokens[c].deprel == "obl:agent" for c in self.parsed.children[child])

    def _complement_codes(self, child: int, entry: NounEntry | None, depth: int) -> Iterator[str]:
        name = self.name_at.get(child)
        if name is not None and name.entry is not None:
            if name.entry.use != "people" and name.entry.codes:
                yield self.pick(name.entry.codes)
        elif name in self.people:
            yield self.people[name]
        elif name is None:
            yield from self.codes_of(child, entry, depth + 1)
