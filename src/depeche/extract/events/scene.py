"""One parsed document as the event rules see it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from depeche.annotate.parsed import Parsed
from depeche.extract.actors import ActorIndex
from depeche.extract.events.cast import Cast
from depeche.extract.events.settings import TimeFinder
from depeche.extract.events.tables import EventTables, compile_events
from depeche.extract.slots import SlotFinder
from depeche.languages.lexicon import Lexicon
from depeche.records import Attribution, Quote, Span, Time

PHRASE_REACH = 6  # words from the start of a noun phrase within which its head stands

Attribute = Callable[[int], Attribution | None]


@dataclass
class Scene:
    """A parse with what the other extractors found in it. `attribute` gives for a token index who the document says reports its
    clause; `day_after` is the end of the day of publication, None where that is unknown."""

    parsed: Parsed
    lexicon: Lexicon
    found: ActorIndex
    times: tuple[Time, ...]
    quotes: tuple[Quote, ...]
    attribute: Attribute
    day_after: datetime | None = None
    actors: Cast = field(init=False)
    tables: EventTables = field(init=False)
    slots: SlotFinder = field(init=False)
    dater: TimeFinder = field(init=False)

    def __post_init__(self) -> None:
        self.actors = Cast(self.parsed, self.found, self.quotes)
        self.tables = compile_events(self.lexicon)
        self.slots = SlotFinder(self.parsed, self.tables.grammar)
        self.dater = TimeFinder(self.parsed, self.times)

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

    def span(self, index: int) -> Span:
        """A token as a span."""
        token = self.parsed.tokens[index]
        return Span(token.start, token.end, token.text)

    def sentence(self, index: int) -> Span:
        """The sentence of a token as a span."""
        sentence = self.parsed.sentences[self.parsed.tokens[index].sentence]
        start, end = self.parsed.tokens[sentence.first].start, self.parsed.tokens[sentence.last - 1].end
        return Span(start, end, self.parsed.text[start:end])
