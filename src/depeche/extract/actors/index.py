"""The actors of one text, for lookup by token: who a noun phrase, a name, a pronoun or an adjective stands for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from depeche.annotate.parsed import Parsed
from depeche.extract.actors.nominals import extent, relation
from depeche.records import Actor, Mention, Participant, Span

_UNHEADED = frozenset({"ADP", "DET", "PUNCT", "CCONJ", "SCONJ", "ADV"})

#: Sectors whose members are politically relevant by themselves; others only with an office, a country's name or a side in politics.
POLITICAL_SECTORS = frozenset(
    [
        "COP",
        "GOV",
        "JUD",
        "LEG",
        "MIL",
        "PRM",
        "PTY",
        "REB",
        "SPY",
        "UAF",
        "LAB",
        "OPP",
        "REL",
        "REF",
        "IGO",
        "NGO",
        "CVL",
        "MED",
        "JRN",
    ]
)


@dataclass(frozen=True)
class ActorIndex:
    """All actors and mentions of a text. Token indices are those of `parsed.tokens`.

    `chain_of` maps the head token of each mention (and every token of a name) to its actor's id; `spans_of` the same tokens to
    the token range of the mention; `sides_of` adjectives of nationality to countries; `places_of` the tokens of place names to
    their range and country; `measured` nouns of quantity to the noun that they count; `faint` nouns that are actors only where an event makes them one ("le groupe").
    """

    parsed: Parsed
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    chain_of: Mapping[int, str | None] = field(repr=False)
    spans_of: Mapping[int, tuple[int, int]] = field(repr=False)
    sides_of: Mapping[int, tuple[str, ...]] = field(repr=False)
    places_of: Mapping[int, tuple[int, int, str | None]] = field(repr=False)
    measured: Mapping[int, int] = field(repr=False)
    faint: Mapping[int, tuple[int, int, str]] = field(repr=False)
    by_id: Mapping[str, Actor] = field(repr=False)
    states: Mapping[str, str] = field(repr=False)

    @cached_property
    def times_mentioned(self) -> Counter[str]:
        """How often the text mentions each actor, by id."""
        return Counter(m.actor for m in self.mentions if m.actor is not None)

    def at(self, index: int) -> Actor | None:
        """The actor that the mention headed by this token stands for, or None."""
        identifier = self.chain_of.get(self.measured.get(index, index))
        return self.by_id.get(identifier) if identifier else None

    def resolve(self, start: int, end: int) -> tuple[Span, str] | None:
        """The fullest mention and id of the actor that a stretch of text stands for: the one that its head word mentions."""
        tokens = self.parsed.tokens
        first, last = bisect_right(self.parsed.starts, start) - 1, bisect_left(self.parsed.starts, end)
        first += first < 0 or tokens[first].end <= start
        heads = [
            i for i in range(first, last) if tokens[i].upos not in _UNHEADED and not first <= tokens[i].head < last
        ]
        for head in heads or range(first, last):
            actor = self.at(head)
            if actor is not None:
                return (self.span(*extent(self.parsed, head)) if head in self.measured else actor.name, actor.id)
        return None

    def participant(self, index: int) -> Participant | None:
        """The participant whose phrase is headed by this token, its actor resolved; None for what is no actor."""
        sides = self.sides_of.get(index)
        if sides:
            return self._country(index, sides[0])
        counted = self.measured.get(index)
        actor = self.at(index)
        if actor is None:
            return self._minor(index)
        words = self.span(*(self.spans_of[index] if counted is None else extent(self.parsed, index)))
        name = actor.name if counted is None else words
        return Participant(words=words, name=name, country=actor.country, actor=actor.id)

    def _minor(self, index: int) -> Participant | None:
        """What is an actor only where an event makes it one: a place of a known country, a weak noun."""
        faint, place = self.faint.get(index), self.places_of.get(index)
        if faint is not None:
            span = self.span(faint[0], faint[1])
            return Participant(words=span, name=span, country=None)
        if place is None or place[2] is None:
            return None
        span = self.span(place[0], place[1])
        return Participant(words=span, name=span, country=place[2])

    def participants(self, index: int) -> tuple[Participant, ...]:
        """All participants of a token: an adjective may name two ("franco-malien"), each with its part of the word."""
        codes = self.sides_of.get(index, ())
        if len(codes) < 2:
            one = self.participant(index)
            return (one,) if one else ()
        token = self.parsed.tokens[index]
        parts = token.text.split("-")
        starts = [token.start + len("-".join(parts[:at])) + (at > 0) for at in range(len(parts))]
        words = [Span(start, start + len(part), part) for start, part in zip(starts, parts, strict=True)]
        if len(words) != len(codes):
            words = [Span(token.start, token.end, token.text)] * len(codes)
        return tuple(self._state(span, code) for span, code in zip(words, codes, strict=True))

    def _country(self, index: int, code: str) -> Participant:
        token = self.parsed.tokens[index]
        return self._state(Span(token.start, token.end, token.text), code)

    def _state(self, words: Span, code: str) -> Participant:
        state = self.states.get(code)
        name = self.by_id[state].name if state else words
        return Participant(words=words, name=name, country=code, actor=state)

    def conjuncts(self, index: int) -> tuple[int, ...]:
        """The head tokens coordinated with this one, itself included, in text order."""
        found, stack = [], [index]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(c for c in self.parsed.children[at] if relation(self.parsed.tokens[c]) == "conj")
        return tuple(sorted(found))

    def kind(self, index: int) -> str | None:
        """The kind of the actor that this token heads (see `records.vocabularies.ACTOR_KINDS`), None if it is none."""
        if index in self.sides_of:
            return "state"
        actor = self.at(index)
        if actor is not None:
            return actor.kind
        if index in self.faint:
            return self.faint[index][2]
        place = self.places_of.get(index)
        return "state" if place is not None and place[2] is not None else None

    def is_political(self, index: int) -> bool:
        """Whether this token heads a politically relevant actor."""
        actor = self.at(index)
        if actor is None:
            return index not in self.faint and self.kind(index) is not None
        return actor.sector in POLITICAL_SECTORS or (actor.kind == "person" and actor.country is not None)

    def place(self, index: int) -> Span | None:
        """The name of the place that this token heads, or None."""
        place = self.places_of.get(index)
        return self.span(place[0], place[1]) if place else None

    def place_country(self, index: int) -> str | None:
        """The country of the place that this token heads, or None."""
        place = self.places_of.get(index)
        return place[2] if place else None

    def span(self, first: int, last: int) -> Span:
        """The stretch of text of a half-open token range."""
        start, end = self.parsed.tokens[first].start, self.parsed.tokens[last - 1].end
        return Span(start, end, self.parsed.text[start:end])
