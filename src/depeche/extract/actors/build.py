"""From linked mentions to the index: what each chain is called, where it belongs, which pronouns stand for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from depeche.annotate.parsed import Parsed
from depeche.extract.actors.chains import Linker
from depeche.extract.actors.index import ActorIndex
from depeche.extract.actors.names import PERSON, Name, country_of
from depeche.extract.actors.nominals import Nominal, NominalFinder, adjective_codes, relation
from depeche.extract.actors.pronouns import Antecedents, Candidate, agreement, is_inverted, quoted_tokens
from depeche.extract.actors.tables import ActorTables, fold
from depeche.records import Actor, Mention, Span, identity
from depeche.records.vocabularies import BODY_CODES

#: Functions in which the name of a capital stands for its government ("Moscou a dénoncé"); elsewhere it is a place ("à Moscou").
_ACTING = frozenset({"nsubj", "iobj", "root", "vocative", "dislocated"})
_NAME_KINDS = {"ORG": "organisation", "MISC": "organisation"}


#: From this share of its country mentions on, a passage's country is given to actors that name none. Swept 0.5-1.0 on the training
#: gold: at 0.8 the code is right for 134 of 173 (13 are another country's, 26 nobody's); at 0.65 only for 190 of 290.
HOME_SHARE = 0.8
_HOMELESS = frozenset({"REB", "UAF", "CRM", "REF", "IGO", "NGO"})


_WORDS = re.compile(r"\w+")


class Chain(NamedTuple):
    """One actor in the making."""

    actor: Actor
    members: tuple[int, ...]
    plural: bool
    gender: str | None


class Builder:
    """Makes the actor index of one parse."""

    def __init__(
        self, parsed: Parsed, tables: ActorTables, linker: Linker, finder: NominalFinder, published: date | None
    ) -> None:
        self.parsed = parsed
        self.tables = tables
        self.linker = linker
        self.finder = finder
        self.published = published
        self.chain_of: dict[int, str | None] = {}
        self.spans_of: dict[int, tuple[int, int]] = {}
        self.places_of: dict[int, tuple[int, int, str | None]] = {}
        self.faint: dict[int, tuple[int, int, str]] = {}
        self.mentions: list[Mention] = []

    def build(self) -> ActorIndex:
        """The finished index."""
        chains = [c for root, members in self.linker.chains().items() if (c := self._chain(root, members)) is not None]
        for chain in chains:
            self._enter(chain)
        self._enter_places()
        measured = self._measures()
        self._pronouns(chains)
        chains = self._at_home(self._owned(chains))
        sides = dict(self._adjectives())
        mentions = tuple(sorted(self.mentions, key=lambda m: (m.span.start, m.span.end)))
        actors = tuple(c.actor for c in chains)
        return ActorIndex(
            parsed=self.parsed,
            actors=actors,
            mentions=mentions,
            chain_of=self.chain_of,
            spans_of=self.spans_of,
            sides_of=sides,
            places_of=self.places_of,
            measured=measured,
            faint=self.faint,
            by_id={a.id: a for a in actors},
            states={a.country: a.id for a in reversed(actors) if a.kind == "state" and a.country},
        )

    # chains -----------------------------------------------------------------------------------------------------------

    def _chain(self, root: int, members: list[int]) -> Chain | None:
        mentions = [self.linker.mentions[i] for i in members]
        names = [m for m in mentions if isinstance(m, Name)]
        nominals = [m for m in mentions if isinstance(m, Nominal)]
        if names and not nominals and all(self._only_place(n) for n in names):
            return None
        if not names and all(n.entry.measure or n.entry.anaphoric or n.faint for n in nominals):
            self.faint.update(
                {n.head: (n.first, n.last, n.entry.kind) for n in nominals if n.faint and not n.entry.anaphoric}
            )
            return None
        span = self._fullest(names, nominals)
        country = self._country(root, names, nominals)
        kind, sector = self._kind(root, names, nominals)
        identifier = identity("actor", span.start, span.text, country)
        plural = not names and nominals[0].plural or any(n.entry is not None and n.entry.kind == "crowd" for n in names)
        return Chain(
            Actor(identifier, kind, span, country, sector), tuple(members), plural, self._gender(names, nominals)
        )

    def _only_place(self, name: Name) -> bool:
        """Whether a name stands for a place here."""
        if name.entry is None:
            return name.label in ("LOC", "MISC")
        if name.entry.use == "place":
            return True
        return name.entry.use == "capital" and not self._acts(name.head)

    def _acts(self, head: int) -> bool:
        token = self.parsed.tokens[head]
        while relation(token) == "conj" and token.head >= 0:
            token = self.parsed.tokens[token.head]
        if relation(token) in _ACTING or token.deprel == "obl:agent":
            return True
        cases = [c for c in self.parsed.children[head] if self.parsed.tokens[c].deprel == "case"]
        if relation(token) != "obl" or not cases:
            return False
        first = self.parsed.tokens[
            cases[0]
        ]  # "négocier avec Kaboul" acts, "rester à Kaboul" and "les rues de Kaboul" do not
        words = {first.text.lower(), first.lemma}
        return not words & (self.tables.locative | self.tables.genitive)

    def _fullest(self, names: list[Name], nominals: list[Nominal]) -> Span:
        """A name before a description, the longest name, the state's own name before its capital's."""
        if names:
            state = [n for n in names if n.entry is not None and n.entry.use == "state"]
            best = max(
                state or names,
                key=lambda n: (n.entry.primary if n.entry is not None and state else len(n.pieces), -n.first),
            )
            return self._span(best.first, best.last)
        coded = [n for n in nominals if n.codes]
        best_nominal = (coded or nominals)[0]
        return self._span(*self._without_article(best_nominal))

    def _without_article(self, nominal: Nominal) -> tuple[int, int]:
        return nominal.first, nominal.last

    def _country(self, root: int, names: list[Name], nominals: list[Nominal]) -> str | None:
        for name in names:
            if name.entry is not None and name.entry.codes:
                seat = self.tables.seats.get(name.pieces)
                code = seat[1] if seat else self.finder.pick(name.entry.codes)
                return next(self.finder.leaders(name.head), code) if code == "IGO" else code
        if code := country_of(self.linker.held_by(root), self.published):
            return code
        for nominal in sorted(nominals, key=lambda n: n.entry.kind not in ("office", "person")):
            if nominal.codes:
                return nominal.codes[0]
        if self.linker.country.get(root):
            return self.linker.country[root]
        for name in names:
            if name.label != PERSON:
                codes = (*self.finder.codes_of(name.head), *name.inner, *self._adjectives_in(name))
                if codes:
                    return codes[0]
        return None

    def _adjectives_in(self, name: Name) -> Iterator[str]:
        for token in self.parsed.tokens[name.first : name.last]:
            for side in adjective_codes(token.text.lower(), self.tables):
                yield self.finder.pick(side)

    def _kind(self, root: int, names: list[Name], nominals: list[Nominal]) -> tuple[str, str | None]:
        sector = next((n.entry.sector for n in nominals if n.entry.sector != "UNK"), None)
        for name in names:
            if name.person:
                return "person", sector or ("GOV" if self.linker.held_by(root) else None)
            if name.entry is not None:
                return name.entry.kind, name.entry.sector
        if names:
            entry = self._noun_in(names[0])
            return _NAME_KINDS.get(names[0].label, "organisation"), sector or entry
        kind = nominals[0].entry.kind
        return "crowd" if kind in ("person", "office") and nominals[0].plural else kind, sector

    def _noun_in(self, name: Name) -> str | None:
        pieces = fold(self.parsed.tokens[name.first].text)
        entries = self.tables.nouns.get(pieces[0], ()) if pieces else ()
        return next((e.sector for e in entries if len(e.pieces) == 1), None)

    def _gender(self, names: list[Name], nominals: list[Nominal]) -> str | None:
        for name in names:
            title = self.tables.titles.get(fold(self.parsed.tokens[name.first - 1].text)) if name.first else None
            if title is not None and title.gender:
                return "Masc" if title.gender == "m" else "Fem"
        for nominal in nominals if names or nominals[0].person else ():
            determiners = [c for c in self.parsed.children[nominal.head] if self.parsed.tokens[c].upos == "DET"]
            genders = (self.parsed.tokens[i].feat("Gender") for i in (*determiners, nominal.head))  # "la ministre"
            gender = next((g for g in genders if g), None)
            if gender and (not names or nominal.person):
                return gender
        return None

    def _owned(self, chains: list[Chain]) -> list[Chain]:
        """ "son gouvernement": what somebody has without a country of its own has its owner's."""
        countries = {c.actor.id: c.actor.country for c in chains}
        found = []
        for chain in chains:
            owner = self._owner(chain) if chain.actor.country is None else None
            country = countries.get(owner) if owner else None
            found.append(chain._replace(actor=replace(chain.actor, country=country)) if country else chain)
        return found

    def _owner(self, chain: Chain) -> str | None:
        for index in chain.members:
            mention = self.linker.mentions[index]
            if isinstance(mention, Nominal) and not mention.entry.weak:
                for child in self.parsed.children[mention.head]:
                    if self.parsed.tokens[child].upos == "DET" and self.chain_of.get(child):
                        return self.chain_of[child]
        return None

    def _at_home(self, chains: list[Chain]) -> list[Chain]:
        """Actors that name no country get the passage's, where it speaks of one country almost alone."""
        counts: Counter[str] = Counter()
        for chain in chains:
            if chain.actor.country:
                counts[chain.actor.country] += len(chain.members)
        for name in self.linker.mentions:
            if isinstance(name, Name) and name.entry is not None and self._only_place(name):
                counts[self.finder.pick(name.entry.codes)] += 1
        counts.update(code for _, codes in self._adjectives() for code in codes)
        for body in BODY_CODES:
            del counts[body]
        if not counts:
            return chains
        code, times = counts.most_common(1)[0]
        if times < HOME_SHARE * counts.total():
            return chains
        return [c._replace(actor=replace(c.actor, country=code)) if _belongs(c.actor) else c for c in chains]

    # entering ---------------------------------------------------------------------------------------------------------

    def _enter(self, chain: Chain) -> None:
        for index in chain.members:
            mention = self.linker.mentions[index]
            if isinstance(mention, Name):
                if self._only_place(mention):
                    continue
                heads: range | tuple[int, ...] = range(mention.first, mention.last)
                kind, rule = "name", mention.entry.rule if mention.entry else f"entities:{mention.label}"
            else:
                heads, kind, rule = (mention.head,), "nominal", mention.entry.rule
            for head in heads:
                self.chain_of.setdefault(head, chain.actor.id)
                self.spans_of.setdefault(head, (mention.first, mention.last))
            rule = f"{rule}+{self.linker.reasons[index]}" if index in self.linker.reasons else rule
            first = self._with_address(mention) if isinstance(mention, Name) and mention.person else mention.first
            for head in range(first, mention.first):
                self.chain_of[head], self.spans_of[head] = chain.actor.id, (first, mention.last)
            self._mention(first, mention.last, mention.head, kind, chain.actor.id, rule)

    def _with_address(self, name: Name) -> int:
        """The first token of a name with its form of address ("M. Diallo"); a title that is an office of its own stays apart."""
        before = self.parsed.tokens[name.first - 1] if name.first else None
        addressed = (
            before is not None and fold(before.text) in self.tables.titles and name.first - 1 not in self.chain_of
        )
        return name.first - 1 if addressed else name.first

    def _mention(self, first: int, last: int, head: int, kind: str, actor: str | None, rule: str) -> None:
        self.mentions.append(Mention(self._span(first, last), self._span(head, head + 1), kind, actor, rule))

    def _enter_places(self) -> None:
        for mention in self.linker.mentions:
            if isinstance(mention, Name) and (
                mention.label == "LOC" or (mention.entry and mention.entry.use in ("state", "capital", "place"))
            ):
                codes = mention.entry.codes if mention.entry else mention.inner
                seat = self.tables.seats.get(mention.pieces)
                code = seat[1] if seat else self.finder.pick(codes) if codes else None
                for index in range(mention.first, mention.last):
                    self.places_of[index] = (mention.first, mention.last, code)

    def _measures(self) -> dict[int, int]:
        """ "des dizaines de manifestants": the noun that counts, and the counted head."""
        found = {}
        for mention in self.linker.mentions:
            if isinstance(mention, Nominal) and mention.entry.measure:
                for child in self.parsed.children[mention.head]:
                    if relation(self.parsed.tokens[child]) == "nmod" and self.chain_of.get(child):
                        found[mention.head] = child
                        break
        return found

    def _adjectives(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for index, token in enumerate(self.parsed.tokens):
            if token.upos == "ADJ" and index not in self.chain_of and index not in self.finder.name_at:
                sides = adjective_codes(token.text, self.tables)
                if sides and token.text[0].islower():
                    yield index, tuple(self.finder.pick(s) for s in sides)

    # pronouns ---------------------------------------------------------------------------------------------------------

    def _pronouns(self, chains: list[Chain]) -> None:
        finder = Antecedents(self.parsed, self._candidates(chains))
        anaphors = {m.head for m in self.linker.mentions if isinstance(m, Nominal) and m.entry.anaphoric and m.definite}
        for index, token in enumerate(self.parsed.tokens):
            if token.upos == "PRON" and "PronType=Rel" in token.feats:
                self._relative(index)
                continue
            feats = agreement(token, self.tables)
            if feats is None and index in anaphors and index not in self.chain_of:
                self._stand_for(index, finder.last_person(index), chains)
            elif feats is not None:
                self._stand_for(index, finder.of(index, feats), chains)

    def _candidates(self, chains: list[Chain]) -> list[Candidate]:
        quoted = quoted_tokens(self.parsed)
        found = []
        for position, chain in enumerate(chains):
            for index in chain.members:
                m = self.linker.mentions[index]
                person = chain.actor.kind in ("person", "office")
                if m.head in self.chain_of and relation(self.parsed.tokens[m.head]) not in ("appos", "flat"):
                    found.append(
                        Candidate(
                            position,
                            m.head,
                            m.first,
                            m.last,
                            chain.plural,
                            chain.gender,
                            person,
                            chain.actor.kind == "state",
                            m.head in quoted,
                        )
                    )
        return sorted(found, key=lambda c: c.head)

    def _relative(self, index: int) -> None:
        for ancestor in self.parsed.ancestors(index):
            if self.parsed.tokens[ancestor].deprel.startswith("acl"):
                actor = self.chain_of.get(self.parsed.tokens[ancestor].head)
                if actor:
                    self.chain_of[index] = actor
                    self.spans_of[index] = (index, index + 1)
                    self._mention(index, index + 1, index, "pronoun", actor, "relative")
                return

    def _stand_for(self, index: int, position: int | None, chains: list[Chain]) -> None:
        actor = chains[position].actor.id if position is not None else None
        self.spans_of[index] = (index, index + 1)
        if actor:
            self.chain_of[index] = actor
        token = self.parsed.tokens[index]
        form = _WORDS.findall(token.text)[-1:] or [token.text]  # without its link: "elle" of "-t-elle"
        linked = is_inverted(token) and token.text.endswith(form[0])
        start = token.end - len(form[0]) if linked else token.start
        span = Span(start, token.end, self.parsed.text[start : token.end])
        self.mentions.append(Mention(span, span, "pronoun", actor, "antecedent"))

    def _span(self, first: int, last: int) -> Span:
        start, end = self.parsed.tokens[first].start, self.parsed.tokens[last - 1].end
        return Span(start, end, self.parsed.text[start:end])


def _belongs(actor: Actor) -> bool:
    """Whether an actor without a country may be taken to belong to the passage's."""
    return (
        actor.country is None
        and actor.kind in ("person", "office", "organisation", "crowd")
        and actor.sector not in _HOMELESS
    )
