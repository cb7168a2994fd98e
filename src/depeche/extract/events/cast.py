"""The actors as events see them: first persons inside a quotation stand for its speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from depeche.annotate.parsed import Parsed
from depeche.annotate.stretches import Stretches
from depeche.extract.actors import ActorIndex
from depeche.records import Participant, Quote, Span

REACH = 4  # sentences around an event in which an actor that its own sentence does not name is sought


class Cast:
    """`ActorIndex` with "we" and "I" resolved through the quotes of the text."""

    def __init__(self, parsed: Parsed, actors: ActorIndex, quotes: tuple[Quote, ...]) -> None:
        self.parsed = parsed
        self.actors = actors
        self.quotes = Stretches((q.span.start, q.span.end, q) for q in quotes)
        self._sentences: dict[int, list[tuple[int, Participant]]] = {}

    def participant(self, index: int) -> Participant | None:
        """The participant whose phrase is headed by this token, or None."""
        token = self.parsed.tokens[index]
        if token.upos in ("PRON", "DET") and "Person=1" in token.feats:
            return self._speaker(index)
        return self.actors.participant(index)

    def participants(self, index: int) -> tuple[Participant, ...]:
        """All participants of a token: an adjective may name two ("franco-malien")."""
        if len(both := self.actors.participants(index)) > 1:
            return both
        one = self.participant(index)
        return (one,) if one else ()

    def _speaker(self, index: int) -> Participant | None:
        head = self._speaker_head(index)
        if head is None:
            return None
        found = self.actors.participant(head)
        token = self.parsed.tokens[index]
        return replace(found, words=Span(token.start, token.end, token.text)) if found else None

    def _speaker_head(self, index: int) -> int | None:
        token = self.parsed.tokens[index]
        for quote in self.quotes.touching(token.start, token.start + 1):
            if quote.chain and quote.chain[0].words:
                words = quote.chain[0].words
                first = bisect_left(self.parsed.starts, words.start)
                inside = range(first, bisect_left(self.parsed.starts, words.end))
                return next((i for i in inside if self.actors.participant(i)), None)
        return None

    def kind(self, index: int) -> str | None:
        """The kind of the actor that this token heads, or None."""
        return self.actors.kind(self._seen(index))

    def is_political(self, index: int) -> bool:
        """Whether this token heads a politically relevant actor."""
        return self.actors.is_political(self._seen(index))

    def place(self, index: int) -> Span | None:
        """The name of the place that this token heads, or None."""
        return self.actors.place(index)

    def in_sentence(self, number: int) -> Iterator[tuple[int, Participant]]:
        """All participants of a sentence with their head tokens, each phrase once."""
        sentence = self.parsed.sentences[number]
        seen: set[tuple[int, int]] = set()
        for index in range(sentence.first, sentence.last):
            for found in self.participants(index):
                if (found.words.start, found.words.end) not in seen:
                    seen.add((found.words.start, found.words.end))
                    yield self._head(index, found), found

    def elsewhere(self, number: int) -> Iterator[tuple[int, Participant]]:
        """The actors of the other sentences that this one does not name, each at its mention nearest before, else after."""
        named = {p.name for _, p in self.sentence(number)}
        nearest: dict[Span, tuple[int, int, Participant]] = {}
        for other in range(max(0, number - REACH), min(number + REACH + 1, len(self.parsed.sentences))):
            if other == number:
                continue
            far = (number - other) if other < number else REACH + other - number
            for index, participant in self.sentence(other):
                if participant.name not in named and (
                    participant.name not in nearest or far < nearest[participant.name][0]
                ):
                    nearest[participant.name] = far, index, participant
        yield from ((index, participant) for _, index, participant in sorted(nearest.values(), key=lambda n: n[:2]))

    def sentence(self, number: int) -> list[tuple[int, Participant]]:
        """What `in_sentence` yields, worked out once."""
        if number not in self._sentences:
            self._sentences[number] = list(self.in_sentence(number))
        return self._sentences[number]

    def _head(self, index: int, found: Participant) -> int:
        """The token of a phrase whose governor lies outside it."""
        starts = self.parsed.starts
        inside = range(bisect_left(starts, found.words.start), bisect_left(starts, found.words.end))
        return next((i for i in inside if self.parsed.tokens[i].head not in inside), index)

    def _seen(self, index: int) -> int:
        token = self.parsed.tokens[index]
        if token.upos == "PRON" and "Person=1" in token.feats:
            head = self._speaker_head(index)
            return index if head is None else head
        return index
