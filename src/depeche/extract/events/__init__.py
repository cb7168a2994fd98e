"""Events: who did what to whom, from the frames of the lexicon."""

from __future__ import annotations

from dataclasses import replace

from depeche.extract.events.candidates import ActorView, Candidate, find_candidates
from depeche.extract.events.features import trigger_features
from depeche.extract.events.fill import Sides, find_sides
from depeche.extract.events.merge import merge_mentions
from depeche.extract.events.roles import assign_roles
from depeche.extract.events.scene import Attribute, Scene
from depeche.extract.events.settings import find_place
from depeche.extract.factuality import find_factuality
from depeche.records import Cue, Event, Factuality, identity

__all__ = ["ROLES", "TRIGGERS", "ActorView", "Attribute", "Scene", "build_event", "find_events"]


TRIGGERS, ROLES = "event_triggers", "event_roles"
SURE = 0.5  # probability from which a candidate is an event; see the learned components' card for the sweep


def find_events(scene: Scene) -> tuple[Event, ...]:
    """The event mentions of one document, the mentions of one happening joined, in text order.

    The frames of the lexicon propose; where the language has learned components, they choose among the proposals and settle who
    acts, else the rules alone decide.
    """
    events: list[Event] = []
    families: dict[str, frozenset[str]] = {}
    for options in find_candidates(scene.parsed, scene.tables, scene.slots, scene.actors):
        chosen = _choose(options, scene)
        if chosen is not None:
            candidate, event = chosen
            events.append(event)
            families[event.id] = frozenset((*candidate.frame.verbs, *candidate.frame.nouns))
    return tuple(merge_mentions(events, families))


def _choose(options: list[Candidate], scene: Scene) -> tuple[Candidate, Event] | None:
    """The frame in which a word tells an event, or None where it tells none."""
    judge = scene.lexicon.learned.get(TRIGGERS)
    if judge is None:
        candidate = options[0]
        sides = find_sides(candidate, scene.parsed, scene.slots, scene.actors)
        if candidate.frame.weak and not _political(scene, sides):
            return None
        return candidate, build_event(candidate, sides, scene)
    best: tuple[float, Candidate, Sides, Event, list[str]] | None = None
    for rank, candidate in enumerate(options):
        sides = find_sides(candidate, scene.parsed, scene.slots, scene.actors)
        event = build_event(candidate, sides, scene)
        features = trigger_features(candidate, rank, sides, event, scene)
        chance = judge.probabilities(features)[judge.labels.index("event")]
        if chance >= SURE and (best is None or chance > best[0]):
            best = chance, candidate, sides, event, features
    if best is None:
        return None
    _, candidate, sides, event, features = best
    caster = scene.lexicon.learned.get(ROLES)
    if caster is not None:
        actors, recipients = assign_roles(candidate, sides, scene, caster)
        event = replace(event, actors=actors, recipients=recipients)
    return candidate, replace(event, reasons=judge.reasons(features, "event"))


def _political(scene: Scene, sides: Sides) -> bool:
    return any(scene.political_at(p.words.start) for side in sides for p in side)


def build_event(candidate: Candidate, sides: Sides, scene: Scene) -> Event:
    """The event of a candidate with its participants, its time, place, source and factuality."""
    # a light verb that only announces or demands ("annoncer une visite") is an event or a cue of its own, no trigger of this one
    lends = candidate.light is not None and candidate.light.light.status is None
    words = (*candidate.words, *([candidate.light_index] if lends else []))
    triggers = tuple(sorted((scene.span(i) for i in words), key=lambda s: s.start))
    time = scene.dater.of(candidate)
    factuality = find_factuality(scene.parsed, candidate.index, scene.lexicon)
    if candidate.light and candidate.light.light.status and factuality.status == "actual":
        factuality = Factuality(candidate.light.light.status, (Cue(scene.span(candidate.light_index), candidate.light.light.id),))
    if factuality.status == "actual" and time and time.start and scene.day_after and time.start >= scene.day_after:
        factuality = Factuality("planned")
    first = scene.span(candidate.index)
    return Event(
        id=identity("event", candidate.frame.id, first.start, first.end, scene.parsed.text[: first.end]),
        type=candidate.frame.type,
        mode=candidate.frame.mode,
        cameo=candidate.frame.cameo,
        triggers=triggers,
        actors=sides[0],
        recipients=sides[1],
        factuality=factuality,
        evidence=scene.sentence(candidate.index),
        rule=candidate.frame.id,
        place=find_place(candidate, scene.parsed, scene.slots, scene.actors, (*sides[0], *sides[1])),
        time=time,
        attribution=scene.attribute(candidate.index),
        contexts=candidate.frame.contexts,
    )
