"""One parsed document as the event rules see it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from depeche.annotate.parsed import Parsed
from depeche.annotate.stretches import Stretches
from depeche.extract.actors import ActorIndex
from depeche.extract.events.cast import Cast
from depeche.extract.events.settings import head_of, times_by_sentence
from depeche.extract.events.tables import EventTables, compile_events
from depeche.extract.slots import SlotFinder, adposition
from depeche.languages.lexicon import Lexicon
from depeche.records import Attribution, Quote, Span, Time

PHRASE_REACH = 6  # words from the start of a noun phrase within which its head stands

Attribute = Callable[[int], Attribution | None]


def _no_day(time: Time) -> date | None:
    return None


@dataclass
class Scene:
    """A parse with what the other extractors found in it. `attribute` gives for a token index who the document says reports its
    clause; `day_after` is the end of the day of publication, None where that is unknown; `event_day` gives the day of the event
    that a time is told from ("la veille de la visite")."""

    parsed: Parsed
    lexicon: Lexicon
    found: ActorIndex
    times: tuple[Time, ...]
    quotes: tuple[Quote, ...]
    attribute: Attribute
    day_after: datetime | None = None
    event_day: Callable[[Time], date | None] = _no_day
    actors: Cast = field(init=False)
    tables: EventTables = field(init=False)
    slots: SlotFinder = field(init=False)
    times_in: dict[int, list[tuple[int, Time]]] = field(init=False)
    places_in: dict[int, list[tuple[int, Span]]] = field(init=False)

    def __post_init__(self) -> None:
        self.actors = Cast(self.parsed, self.found, self.quotes)
        self.tables = compile_events(self.lexicon)
        self.slots = SlotFinder(self.parsed, self.tables.grammar)
        self.times_in = times_by_sentence(self.parsed, self.times)
        self.places_in = self._places()

    def _places(self) -> dict[int, list[tuple[int, Span]]]:
        """The places of the text with their head tokens, by sentence, each phrase once."""
        found: dict[int, list[tuple[int, Span]]] = {}
        seen: set[tuple[int, int]] = set()
        for index, token in enumerate(self.parsed.tokens):
            place = self.actors.place(index)
            if place is not None and (place.start, place.end) not in seen and not self._belongs(index):
                seen.add((place.start, place.end))
                found.setdefault(token.sentence, []).append(
                    (head_of(self.parsed, place.start, place.end) or index, place)
                )
        taken = {offset for start, end in seen for offset in range(start, end)}
        for entity in self.parsed.entities:
            head = head_of(self.parsed, entity.start, entity.end)
            if head is None or not taken.isdisjoint(range(entity.start, entity.end)):
                continue
            # a palace or a square is a place where a locative adposition says so ("à l'Elysée", "place Tahrir")
            if (
                entity.label == "LOC"
                or adposition(self.parsed, head, self.tables.grammar) in self.tables.grammar.locative
            ):
                taken.update(range(entity.start, entity.end))
                place = Span(entity.start, entity.end, self.parsed.text[entity.start : entity.end])
                found.setdefault(self.parsed.tokens[head].sentence, []).append((head, place))
        return found

    def _belongs(self, index: int) -> bool:
        """Whether a place only says whose somebody is: "l'ambassadeur de Russie", "le maire de Londres"."""
        head = self.parsed.tokens[index].head
        if head < 0 or adposition(self.parsed, index, self.tables.grammar) not in self.tables.grammar.genitive:
            return False
        return self.actors.kind(head) in ("person", "office", "organisation", "armed_group", "crowd")

    def kind_at(self, start: int) -> str | None:
        """The kind of the actor whose phrase starts at an offset."""
        return next((k for i in self._heads_from(start) if (k := self.actors.kind(i))), None)

    def political_at(self, start: int) -> bool:
        """Whether the phrase that starts at an offset names a politically relevant actor."""
        return any(self.actors.is_political(i) for i in self._heads_from(start))

    def _heads_from(self, start: int) -> range:
        """The tokens of a phrase's first words; its head is among them."""
        first = bisect_left(self.parsed.starts, start)
        return range(first, min(first + PHRASE_REACH, len(self.parsed.tokens)))

    @cached_property
    def _quote_places(self) -> Stretches[str]:
        return Stretches((q.span.start, q.span.end, q.kind) for q in self.quotes)

    def quoted(self, index: int) -> str | None:
        """The kind of the quote that a token stands in, or None."""
        start = self.parsed.tokens[index].start
        return next(iter(self._quote_places.touching(start, start + 1)), None)

    def span(self, index: int) -> Span:
        """A token as a span."""
        token = self.parsed.tokens[index]
        return Span(token.start, token.end, token.text)

    def sentence(self, index: int) -> Span:
        """The sentence of a token as a span."""
        sentence = self.parsed.sentences[self.parsed.tokens[index].sentence]
        start, end = self.parsed.tokens[sentence.first].start, self.parsed.tokens[sentence.last - 1].end
        return Span(start, end, self.parsed.text[start:end])
