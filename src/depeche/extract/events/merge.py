"""One event per thing that happened, however often the passage names it."""

from __future__ import annotations

from dataclasses import replace

from depeche.extract.events.fill import unique
from depeche.records import Event, Participant, Time

#: Statuses under which one happening may be told twice ("la visite prévue" … "il se rendra"); the others stand apart.
MERGING = frozenset({"actual", "planned"})
NEAR = 200  # events back to which a mention may point; what stands farther off in a very long text is another story


def merge_mentions(events: list[Event], families: dict[str, frozenset[str]]) -> list[Event]:
    """Events of one document with the mentions of one happening joined.

    `families` gives for each event id the frames' words it was found by. Two mentions are one happening when type, status
    (or an unmarked one), participants, time and place do not contradict each other and they share a word family, or
    participants on both sides.
    """
    kept: list[Event] = []
    words: list[frozenset[str]] = []
    for event in events:
        for at, other in enumerate(kept[-NEAR:], start=max(0, len(kept) - NEAR)):
            if _same(event, families[event.id], other, words[at]):
                kept[at] = _join(other, event)
                words[at] |= families[event.id]
                break
        else:
            kept.append(event)
            words.append(families[event.id])
    return kept


def _same(a: Event, a_words: frozenset[str], b: Event, b_words: frozenset[str]) -> bool:
    if a.type != b.type or (a.mode and b.mode and a.mode != b.mode):
        return False
    if a.factuality.status != b.factuality.status and not {a.factuality.status, b.factuality.status} <= MERGING:
        return False
    if _times_clash(a.time, b.time) or (a.place and b.place and a.place.text != b.place.text):
        return False
    pairs = ((a.actors, b.actors), (a.recipients, b.recipients))
    if any(_sides_clash(x, y) for x, y in pairs):
        return False
    shared = sum(bool(x and y) for x, y in pairs)
    if a_words & b_words:
        return shared > 0 or not (a.actors and b.actors)
    return shared == 2


def _times_clash(a: Time | None, b: Time | None) -> bool:
    if not (a and b and a.start and b.start and a.end and b.end):
        return False
    return a.end <= b.start or b.end <= a.start


def _matches(a: Participant, b: Participant) -> bool:
    """One actor; or a state and somebody who acts for it. Two people of one country are two."""
    if a.actor and b.actor:
        return a.actor == b.actor
    return a.name.text == b.name.text or (a.country is not None and a.country == b.country)


def _sides_clash(a: tuple[Participant, ...], b: tuple[Participant, ...]) -> bool:
    """Whether the smaller side names somebody whom the larger lacks."""
    small, large = sorted((a, b), key=len)
    return not all(any(_matches(p, q) for q in large) for p in small)


def _join(first: Event, second: Event) -> Event:
    triggers = tuple(dict.fromkeys((*first.triggers, *second.triggers)))
    better = (
        second
        if first.factuality.status == "actual" and second.factuality.status != "actual" and not first.actors
        else first
    )
    return replace(
        first,
        triggers=tuple(sorted(triggers, key=lambda s: s.start)),
        actors=_union(first.actors, second.actors),
        recipients=_union(first.recipients, second.recipients),
        mode=first.mode or second.mode,
        cameo=first.cameo or second.cameo,
        factuality=better.factuality,
        place=first.place or second.place,
        time=first.time or second.time,
        attribution=first.attribution or second.attribution,
    )


def _union(a: tuple[Participant, ...], b: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """All participants; a bare country gives way to a person or body that acts for it."""
    joined = unique((*a, *b))
    return tuple(p for p in joined if not _is_outranked(p, joined))


def _is_outranked(participant: Participant, others: tuple[Participant, ...]) -> bool:
    return participant.actor is None and any(
        o.actor and o.country == participant.country for o in others if o is not participant
    )
