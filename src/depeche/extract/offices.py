"""Offices and their holders: `find_tenures` reads a parsed text and says who holds which office of what.

Titles are found by dictionary (`offices_phrases`), their holders by the words beside them (`offices_links`), by coreference and by what is known
of the persons that the text names (`offices_known`). Each tenure's `rule` names what linked it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from depeche.annotate.parsed import Parsed
from depeche.extract.offices_keys import office_key
from depeche.extract.offices_known import KnownHolders, known_holders
from depeche.extract.offices_links import Link, link_holders
from depeche.extract.offices_phrases import OfficePhrase, find_phrases
from depeche.extract.offices_scene import Name, Scene
from depeche.extract.offices_tables import OfficeLexicon, fold, fold_words, office_tables
from depeche.records import Actor, Span, Tenure, identity
from depeche.records.vocabularies import BODY_CODES

_BESIDE = frozenset({"title-name", "title-comma-name", "name-title", "plural", "shared"})
# Rules that find the holder away from the title; "as" takes the nearest person, whom one may merely imagine "comme président".
_ELSEWHERE = frozenset({"known", "coreference", "verb-coreference", "elected-coreference", "as", "as-coreference"})


class Resolver(Protocol):
    """What offices need of the actors of a text."""

    def resolve(self, start: int, end: int) -> tuple[Span, str] | None:
        """The fullest mention of the actor that text[start:end] stands for, and the actor's id; None where unresolved."""

    @property
    def by_id(self) -> Mapping[str, Actor]:
        """The actors of the text by their ids."""


@dataclass(frozen=True, slots=True)
class _Holder:
    """A person as the record names it."""

    span: Span
    actor: str | None
    name: Name | None


@dataclass(frozen=True, slots=True)
class Offices:
    """What a text says of offices: who holds which, and by their actors' ids the offices that it speaks of without a name."""

    tenures: tuple[Tenure, ...] = ()
    unnamed: Mapping[str, str] = field(default_factory=dict)


def find_tenures(
    parsed: Parsed, lexicon: OfficeLexicon, actors: Resolver, published: date | None
) -> tuple[Tenure, ...]:
    """Who holds which office of which state or body, as the words of `parsed` say, one tenure a person and office.

    `actors` resolves mentions to persons; `published` settles which of several known holders is meant, and whether an office is past.
    "Le président algérien, Abdelmadjid Tebboune, aussi ministre de la Défense" gives two tenures of one person, both of DZA.
    """
    return read_offices(parsed, lexicon, actors, published).tenures


def read_offices(parsed: Parsed, lexicon: OfficeLexicon, actors: Resolver, published: date | None) -> Offices:
    """The tenures of a text (see `find_tenures`), and the keys of the offices that stand for an actor whom it does not name."""
    scene = Scene(parsed, office_tables(lexicon))
    phrases = find_phrases(scene)
    if not phrases:
        return Offices()
    reading = _Reading(scene, phrases, actors, published)
    return Offices(reading.tenures(), reading.unnamed())


class _Reading:
    """The tenures of one text, from its titles and what is known of its persons."""

    def __init__(self, scene: Scene, phrases: list[OfficePhrase], actors: Resolver, published: date | None) -> None:
        self.scene, self.phrases, self.actors, self.published = scene, phrases, actors, published
        self.links = link_holders(scene, phrases)

    @cached_property
    def known(self) -> KnownHolders:
        """The known tenures of the text's persons."""
        return known_holders(self.scene, list(self.scene.ordered_names()), self.published)

    def tenures(self) -> tuple[Tenure, ...]:
        """One record a person and office: the first statement of it, or a later one that says the same title in full."""
        found: dict[tuple[str, str, str | None], tuple[OfficePhrase, _Holder, str]] = {}
        for phrase, holder, rule in self._statements():
            of = self._of(phrase, holder)
            key = (self._key(holder), phrase.office.role or phrase.office.id, of)
            same = next((k for k in found if _covers(k, key)), None)
            if same is None:
                found[key] = (phrase, holder, rule)
            elif self._fuller(phrase, found[same][0]) or self._surer(phrase, rule, found[same]):
                del found[same]
                found[key] = (phrase, holder, rule)
        records = [self._record(phrase, holder, key[2], rule) for key, (phrase, holder, rule) in found.items()]
        return tuple(sorted(records, key=lambda t: (t.office.start, t.person.start)))

    def unnamed(self) -> dict[str, str]:
        """The offices of actors who are an office and no name ("le chef de la diplomatie malienne"), where it is one in office."""
        found: dict[str, str] = {}
        for phrase in self.phrases:
            if phrase.determined != "definite" or phrase.status or phrase.bare or phrase.plural:
                continue
            tokens = self.scene.parsed.tokens
            hit = self.actors.resolve(tokens[phrase.first].start, tokens[phrase.last - 1].end)
            actor = self.actors.by_id.get(hit[1]) if hit else None
            if actor is not None and actor.kind == "office":
                found.setdefault(actor.id, office_key(self.scene, phrase, phrase.code or actor.country))
        return found

    def _fuller(self, phrase: OfficePhrase, other: OfficePhrase) -> bool:
        """Does a title say all the words of another and more?"""
        words = self.scene.words
        return set(words[phrase.first : phrase.last]) > set(words[other.first : other.last])

    def _surer(self, phrase: OfficePhrase, rule: str, other: tuple[OfficePhrase, _Holder, str]) -> bool:
        """Does the same title say whose office it is, where an earlier one with its name beside it leaves that open?"""
        words, before = self.scene.words, other[0]
        alike = words[phrase.first : phrase.last] == words[before.first : before.last]
        return alike and self._basis(phrase, rule) == "stated" and self._basis(before, other[2]) == "linked"

    def _basis(self, phrase: OfficePhrase, rule: str) -> str:
        """What a statement rests on, as `Tenure.basis` says."""
        if rule in _ELSEWHERE or phrase.office.byname:
            return "resolved"
        return "stated" if phrase.code or phrase.group or phrase.office.code else "linked"

    def _statements(self) -> Iterator[tuple[OfficePhrase, _Holder, str]]:
        """Titles with their holders: those with a name beside them first, then the others in text order, by-names last."""
        linked: set[int] = set()
        later: list[tuple[OfficePhrase, _Holder, str]] = []
        for link in self.links:
            holder = self._holder(link)
            if holder is not None and not self._refuted(link):
                linked.add(link.phrase.first)
                if link.rule in _BESIDE and not link.phrase.office.byname:
                    yield link.phrase, holder, link.rule
                else:
                    later.append((link.phrase, holder, link.rule if link.name else f"{link.rule}-coreference"))
        inside = {index for p in self.phrases for index in range(p.first + 1, p.last)}
        for phrase in self.phrases:
            if phrase.first not in linked and phrase.determined == "definite" and phrase.first not in inside:
                later.extend(self._elsewhere(phrase))
        yield from sorted(later, key=lambda s: (s[0].office.byname, s[0].first))

    def _refuted(self, link: Link) -> bool:
        """Does "le président, X …" hold for somebody else of the text, so that X opens a clause?"""
        if link.rule != "title-comma-name" or link.name is None:
            return False
        candidates = [n for n, _ in self.known.candidates(link.phrase)]
        own = self.scene.words[link.name.first : link.name.last]
        return bool(candidates) and all(self.scene.words[n.first : n.last] != own for n in candidates)

    def _holder(self, link: Link) -> _Holder | None:
        if link.name is not None:
            if link.phrase.bare:
                return None
            return self._person(link.name)
        if link.subject is None:
            return None
        token = self.scene.parsed.tokens[link.subject]
        hit = self.actors.resolve(token.start, token.end)
        return self._named(hit) if hit else None

    def _person(self, name: Name) -> _Holder:
        """The person of a name, under the fullest name that the text gives."""
        own = self.scene.span(name.first, name.last)
        hit = self.actors.resolve(own.start, own.end)
        around = (
            hit is not None and hit[0].start < own.start < hit[0].end
        )  # an entity that swallowed more than the name
        if hit is not None and not around and self._is_name(hit[0], self.scene.words[name.last - 1]):
            return _Holder(hit[0], hit[1], name)
        last = self.scene.words[name.last - 1]
        alike = [n for n in self.scene.ordered_names() if self.scene.words[n.last - 1] == last and n.last - n.first > 1]
        if name.last - name.first == 1 and len({self.scene.words[n.first] for n in alike}) == 1:
            name = alike[0]
        return _Holder(self.scene.span(name.first, name.last), hit[1] if hit else None, name)

    def _is_name(self, span: Span, family: str) -> bool:
        """Is a mention the name of a person with this family name, rather than a description or another name?"""
        tokens = self.scene.parsed.tokens
        return (
            any(
                span.start <= tokens[n.first].start < span.end and self.scene.words[n.last - 1] == family
                for n in self.scene.names.values()
            )
            and fold_words(span.text)[-1] == family
        )

    def _named(self, hit: tuple[Span, str]) -> _Holder | None:
        """The holder of a resolved mention, None where the text has no name for it."""
        span, actor = hit
        for name in self.scene.ordered_names():
            own = self.scene.span(name.first, name.last)
            if span.start <= own.start < span.end:
                return _Holder(own, actor, name)
        return None

    def _elsewhere(self, phrase: OfficePhrase) -> Iterator[tuple[OfficePhrase, _Holder, str]]:
        """The holder of a title without a name beside it: whom the actors or the known holders say."""
        if phrase.plural:
            yield from self._both(phrase)
            return
        known = self._known_holder(phrase)
        if known is not None:
            yield phrase, self._person(known), "known"
            return
        tokens = self.scene.parsed.tokens
        hit = self.actors.resolve(tokens[phrase.first].start, tokens[phrase.last - 1].end)
        holder = self._named(hit) if hit else None
        aided = phrase.patron is not None and holder is not None and holder.name == phrase.patron
        if holder is not None and not phrase.bare and not aided and self._same_gender(phrase, holder):
            yield phrase, holder, "coreference"

    def _same_gender(self, phrase: OfficePhrase, holder: _Holder) -> bool:
        """Do the titles beside the person's name have the gender of this one ("le président X" is no "présidente")?"""
        own = self._gender(phrase)
        theirs = self.genders.get(self._key(holder))
        return not own or not theirs or own in theirs

    def _gender(self, phrase: OfficePhrase) -> str | None:
        """The gender that the determiner shows: that of "ministre" alone is a guess."""
        token = self.scene.parsed.tokens[phrase.start]
        return token.feat("Gender") if phrase.start < phrase.first else None

    @cached_property
    def genders(self) -> dict[str, set[str]]:
        """The genders of the titles beside each family name."""
        found: dict[str, set[str]] = {}
        for link in self.links:
            gender = self._gender(link.phrase)
            if link.name is not None and gender and link.rule in _BESIDE:
                found.setdefault(self.scene.words[link.name.last - 1], set()).add(gender)
        return found

    def _both(self, phrase: OfficePhrase) -> Iterator[tuple[OfficePhrase, _Holder, str]]:
        """ "Les deux présidents": the persons named before who are known to be such, where the text has just so many."""
        counted = any(self.scene.parsed.tokens[i].upos == "NUM" for i in range(phrase.start, phrase.first))
        people = {i.person: n for n, i in self.known.candidates(phrase) if n.first < phrase.first}
        if counted and len(people) == 2:
            for name in people.values():
                yield phrase, self._person(name), "known"

    def _known_holder(self, phrase: OfficePhrase) -> Name | None:
        """The person of the text who is known to hold the office: the only one, or the nearest before the title."""
        candidates = [c for c in self.known.candidates(phrase) if c[0] != phrase.patron]
        if not candidates:
            return None
        people = {i.person for _, i in candidates}
        if len(people) > 1 and phrase.code is None:
            before = [c for c in candidates if c[0].first < phrase.first]
            return max(before, key=lambda c: c[0].first)[0] if before else None
        return min(candidates, key=lambda c: abs(c[0].first - phrase.first))[0]

    def _of(self, phrase: OfficePhrase, holder: _Holder) -> str | None:
        """Whose office: what the phrase names, else what is known of the person, else the person's country."""
        if phrase.office.code is not None:
            return phrase.office.code
        if phrase.group is not None and phrase.office.of_ not in ("state", "city"):
            return self.scene.span(*phrase.group).text
        if phrase.code is not None:
            return phrase.code
        if holder.name is not None:
            mine = self.known.of_person(holder.name)
            fitting = [i.of_ for i in mine if self.known.fits(phrase, i)] or [i.of_ for i in mine if len(i.of_) == 3]
            if fitting:
                return fitting[0]
        if phrase.patron is not None:
            theirs = [i.of_ for i in self.known.of_person(phrase.patron)]
            if theirs:
                return theirs[0]
        actor = self.actors.by_id.get(holder.actor) if holder.actor else None
        return (actor.country if actor else None) or self._around(phrase)

    def _around(self, phrase: OfficePhrase) -> str | None:
        """The country that the text speaks of most, the last one named before the title among equals."""
        if phrase.office.of_ not in ("state", "city", "any") or not self.marks:
            return None
        count: dict[str, tuple[int, int]] = {}
        for at, code in self.marks:
            times, nearest = count.get(code, (0, -1))
            count[code] = (times + 1, at if at < phrase.first else nearest)
        return max(count, key=lambda code: count[code])

    @cached_property
    def marks(self) -> list[tuple[int, str]]:
        """The tokens that name a country in any way, and its code."""
        found = []
        for index, word in enumerate(self.scene.words):
            if word in self.scene.tables.places:
                hit = self.scene.place_at(index)
                if hit and hit[1].code and hit[1].kind != "group" and hit[1].code not in BODY_CODES:
                    found.append((index, hit[1].code))
        return found

    def _key(self, holder: _Holder) -> str:
        """What makes two holders one person in one text: the actor, or the last word of the name."""
        return fold_words(holder.span.text)[-1]

    def _record(self, phrase: OfficePhrase, holder: _Holder, of: str | None, rule: str) -> Tenure:
        office = self._title(phrase)
        start, end = self.scene.parsed.tokens[phrase.start].start, self.scene.parsed.tokens[phrase.end - 1].end
        if self._same_sentence(phrase, holder):
            start, end = min(start, holder.span.start), max(end, holder.span.end)
        evidence = Span(start, end, self.scene.parsed.text[start:end])
        status, known = phrase.status, False
        if holder.name is not None:
            known = any(self.known.fits(phrase, i) for i in self.known.of_person(holder.name))
            if status in (None, "elect"):
                status = self.known.status(phrase, holder.name) or status
        return Tenure(
            id=identity("tenure", holder.span.text, office.text, of, status or "current", self.published, office.start),
            person=holder.span, actor=holder.actor, office=office, of=of, status=status or "current", as_of=self.published,
            evidence=evidence, rule=f"offices.{rule}:{phrase.office.id}", key=office_key(self.scene, phrase, of, known),
            basis=self._basis(phrase, rule), told=phrase.status or ("elect" if rule.startswith("elected") else "current"),
        )  # fmt: skip

    def _title(self, phrase: OfficePhrase) -> Span:
        """The words of the office, without a prefix ("ex-"), in the singular where each holder has a country of their own."""
        span = self.scene.span(phrase.first, phrase.last)
        if phrase.plural and not phrase.shared and fold(span.text[:-1]) in {fold(f) for f in phrase.office.forms}:
            span = Span(span.start, span.end - 1, span.text[:-1])
        return Span(span.start + phrase.prefix, span.end, span.text[phrase.prefix :])

    def _same_sentence(self, phrase: OfficePhrase, holder: _Holder) -> bool:
        tokens, sentences = self.scene.parsed.tokens, self.scene.parsed.sentences
        sentence = sentences[tokens[phrase.first].sentence]
        return tokens[sentence.first].start <= holder.span.start and holder.span.end <= tokens[sentence.last - 1].end


def _covers(one: tuple[str, str, str | None], other: tuple[str, str, str | None]) -> bool:
    """Do two keys mean one person and office? A general role ("minister") is any closer one ("minister.defence")."""
    if one[0] != other[0] or (one[2] != other[2] and one[2] and other[2]):
        return False
    return one[1] == other[1] or one[1].startswith(other[1] + ".") or other[1].startswith(one[1] + ".")
