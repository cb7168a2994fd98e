"""Who does it, to whom: the participants of a candidate, slot by slot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from depeche.annotate.parsed import Parsed
from depeche.extract.events.candidates import ActorView, Candidate, adjective_slots
from depeche.extract.slots import SlotFinder, Slots, base
from depeche.records import Participant

Sides = tuple[tuple[Participant, ...], tuple[Participant, ...]]


def find_sides(candidate: Candidate, parsed: Parsed, slots: SlotFinder, actors: ActorView) -> Sides:
    """Actors and recipients of a candidate, each participant once, in slot order."""
    taken: set[int] = set()
    if candidate.nominal:
        actor_side, recipient_side = _nominal(candidate, parsed, slots, actors, taken)
    else:
        verbal = parsed.tokens[candidate.index].upos in ("VERB", "AUX")
        filled = slots.verb(candidate.index) if verbal else adjective_slots(parsed, candidate.index, slots)
        frame = candidate.frame
        actor_side = _from(filled, frame.actor, actors, taken)
        if not frame.reciprocal and not any(filled.get(n) for n in frame.recipient):
            filled = _with_object_slots(filled, candidate, parsed, slots)
        if frame.reciprocal:
            actor_side += _all_from(filled, ("subj", "obj", *frame.recipient), actors, taken)
            recipient_side = []
        else:
            recipient_side = _from(filled, frame.recipient, actors, taken)
    return unique(actor_side), unique(p for p in recipient_side if not _among(p, actor_side))


def _with_object_slots(filled: Slots, candidate: Candidate, parsed: Parsed, slots: SlotFinder) -> Slots:
    """The verb's slots with those of its object or fixed noun, which complements often hang on ("a proposé son aide à X")."""
    nouns = [i for i in (*candidate.words[1:], *filled.get("obj", ())) if parsed.tokens[i].upos == "NOUN"]
    merged = dict(filled)
    for noun in nouns:
        for name, fillers in slots.noun(noun).items():
            if name not in ("poss", "adj", "appos", *slots.grammar.genitive):
                merged.setdefault(name, fillers)
    return merged


def _nominal(
    candidate: Candidate, parsed: Parsed, slots: SlotFinder, actors: ActorView, taken: set[int]
) -> tuple[list[Participant], list[Participant]]:
    """The sides of an event noun: its light verb's first, then its own complements."""
    frame, filled = candidate.frame, slots.noun(candidate.index)
    grammar = slots.grammar
    genitive, between = tuple(grammar.genitive), tuple(grammar.between)
    actor_side: list[Participant] = []
    recipient_side: list[Participant] = []
    if candidate.light:
        verbal = slots.verb(candidate.light_index)
        light = candidate.light.light
        actor_side += _from(verbal, light.actor, actors, taken)
        recipient_side += _from(verbal, (*light.recipient, *frame.noun_recipient), actors, taken)
    filled = _with_lifted_slots(filled, candidate, slots)
    if not candidate.light:
        filled = _with_governor_slots(filled, candidate, parsed, slots)
    if frame.reciprocal or frame.of_ == "both":
        everybody = ("poss", "adj", *genitive, *between, *frame.noun_actor, *frame.noun_recipient)
        return actor_side + recipient_side + _all_from(filled, everybody, actors, taken), []
    actor_side += _all_from(filled, between, actors, taken)
    recipient_side += _from(filled, frame.noun_recipient, actors, taken)
    actor_side += _from(filled, frame.noun_actor, actors, taken)
    owners = ("poss", *genitive, "adj", "nmod")
    if frame.of_ == "recipient":
        recipient_side += _from(filled, ("poss", *genitive), actors, taken) if not recipient_side else []
        if not actor_side:
            actor_side += _from(filled, ("adj",), actors, taken)
    elif frame.of_ == "actor" and not actor_side:
        actor_side += _from(filled, owners, actors, taken)
    elif frame.of_ == "theme" and not actor_side:
        actor_side += _from(filled, ("poss", "adj"), actors, taken)
    if not recipient_side:
        recipient_side += _from(filled, frame.recipient, actors, taken) if frame.of_ == "theme" else []
    return actor_side, recipient_side


def _with_lifted_slots(filled: Slots, candidate: Candidate, slots: SlotFinder) -> Slots:
    """An event noun's slots with those that the parser hung on its inner noun ("l'attaque des rebelles contre l'armée")."""
    inner = [i for name in (*slots.grammar.genitive, "adj") for i in filled.get(name, ())]
    wanted = (*slots.grammar.between, *candidate.frame.noun_actor, *candidate.frame.noun_recipient)
    lifted = dict(filled)
    for index in inner:
        below = slots.noun(index)
        for name in wanted:
            if name in below and name not in slots.grammar.genitive:
                lifted.setdefault(name, below[name])
    return lifted


def _with_governor_slots(filled: Slots, candidate: Candidate, parsed: Parsed, slots: SlotFinder) -> Slots:
    """An event noun's slots with those that stand at the verb whose subject or object it is ("des combats ont éclaté entre X et Y")."""
    token = parsed.tokens[candidate.index]
    if token.head < 0 or parsed.tokens[token.head].upos != "VERB" or base(token.deprel) not in ("nsubj", "obj"):
        return filled
    wanted = (*slots.grammar.between, *candidate.frame.noun_actor, *candidate.frame.noun_recipient)
    above = slots.verb(token.head)
    extra = {
        name: above[name]
        for name in wanted
        if name in above and name not in filled and name not in slots.grammar.locative
    }
    extra |= {name: above[name] for name in slots.grammar.between if name in above and name not in filled}
    return {**filled, **extra}


def _from(slots: Slots, names: Iterable[str], actors: ActorView, taken: set[int]) -> list[Participant]:
    """The participants of the first slot that holds any."""
    for name in names:
        found = list(_participants(slots.get(name, ()), actors, taken))
        if found:
            return found
    return []


def _all_from(slots: Slots, names: Iterable[str], actors: ActorView, taken: set[int]) -> list[Participant]:
    """The participants of all the slots."""
    return [p for name in dict.fromkeys(names) for p in _participants(slots.get(name, ()), actors, taken)]


def _participants(indices: Iterable[int], actors: ActorView, taken: set[int]) -> Iterator[Participant]:
    for index in indices:
        if index not in taken:
            found = actors.participants(index)
            if found:
                taken.add(index)
                yield from found


def _among(participant: Participant, others: Iterable[Participant]) -> bool:
    return any(participant.name == o.name for o in others)


def unique(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    """Each actor once, by its resolved name."""
    found: dict[tuple[int, int], Participant] = {}
    for participant in participants:
        found.setdefault((participant.name.start, participant.name.end), participant)
    return tuple(found.values())
