"""When and where a candidate took place: the time and the place that its clause names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from depeche.annotate.parsed import Parsed
from depeche.extract.events.candidates import ActorView, Candidate
from depeche.extract.slots import SlotFinder, base
from depeche.records import Participant, Span, Time


def tokens_in(parsed: Parsed, start: int, end: int) -> range:
    """The indices of the tokens that overlap [start, end)."""
    first = max(bisect_right(parsed.starts, start) - 1, 0)
    while first < len(parsed.tokens) and parsed.tokens[first].end <= start:
        first += 1
    return range(first, bisect_left(parsed.starts, end))


class TimeFinder:
    """Ties the times of a text to the words that they date."""

    def __init__(self, parsed: Parsed, times: Iterable[Time]) -> None:
        self.parsed = parsed
        self.by_sentence: dict[int, list[tuple[int, Time]]] = {}
        for time in times:
            inside = tokens_in(parsed, time.span.start, time.span.end)
            if not inside:
                continue
            head = next((i for i in inside if parsed.tokens[i].head not in inside), inside[0])
            self.by_sentence.setdefault(parsed.tokens[head].sentence, []).append((head, time))

    def of(self, candidate: Candidate) -> Time | None:
        """The time that dates a candidate: one that depends on it, else one that shares its clause; nearest first."""
        here = self.by_sentence.get(self.parsed.tokens[candidate.index].sentence)
        if not here:
            return None
        ranked = [(self._distance(head, candidate), abs(head - candidate.index), n) for n, (head, _) in enumerate(here)]
        near = min(ranked)
        return here[near[2]][1] if near[0] <= 2 else None

    def _distance(self, head: int, candidate: Candidate) -> int:
        """0: the time depends on the event word; 1: on its light verb or governor; 2: elsewhere in the same clause; 3: farther."""
        own = {candidate.index, candidate.light_index}
        clause = self._clause(candidate.index)
        for ancestor in self.parsed.ancestors(head):
            if ancestor in own:
                return 0
            token = self.parsed.tokens[ancestor]
            if ancestor == clause:
                return 1
            if token.upos == "VERB" and base(token.deprel) not in ("acl", "xcomp"):
                return 2 if self._clause(ancestor) == clause or self._under(clause, ancestor) else 3
        return 3

    def _under(self, clause: int, ancestor: int) -> bool:
        """Whether a clause shares the frame of the one above it (infinitive complement, coordination without a subject)."""
        token = self.parsed.tokens[clause]
        return token.head == ancestor and base(token.deprel) in ("xcomp", "conj", "advcl", "ccomp")

    def _clause(self, index: int) -> int:
        if self.parsed.tokens[index].upos == "VERB":
            return index
        for ancestor in self.parsed.ancestors(index):
            if self.parsed.tokens[ancestor].upos in ("VERB", "AUX"):
                return ancestor
        return index


def find_place(candidate: Candidate, parsed: Parsed, slots: SlotFinder, actors: ActorView, used: tuple[Participant, ...]) -> Span | None:
    """The place that the candidate's own complements name, else its light verb's or governor's."""
    heads = [candidate.index]
    if candidate.light_index >= 0:
        heads.append(candidate.light_index)
    elif candidate.nominal and parsed.tokens[candidate.index].head >= 0:
        heads.append(parsed.tokens[candidate.index].head)
    taken = {(p.words.start, p.words.end) for p in used}
    for head in heads:
        filled = slots.of(head)
        for name in sorted(slots.grammar.locative & filled.keys()):
            for index in filled[name]:
                place = actors.place(index)
                if place is not None:
                    return place
        for index in filled.get("where", []):
            place = _relative_place(index, parsed, actors)
            if place is not None and (place.start, place.end) not in taken:
                return place
    return None


def _relative_place(index: int, parsed: Parsed, actors: ActorView) -> Span | None:
    for ancestor in parsed.ancestors(index):
        if parsed.tokens[ancestor].deprel.startswith("acl"):
            head = parsed.tokens[ancestor].head
            return actors.place(head) if head >= 0 else None
    return None
