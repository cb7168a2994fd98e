"""Events: who did what to whom, from the frames of the lexicon."""

from __future__ import annotations

from dataclasses import replace

from depeche.extract.events.candidates import ActorView, Candidate, find_candidates
from depeche.extract.events.features import trigger_features
from depeche.extract.events.fill import Sides, find_sides
from depeche.extract.events.merge import merge_mentions
from depeche.extract.events.outlook import status_features
from depeche.extract.events.roles import assign_roles
from depeche.extract.events.scene import Attribute, Scene
from depeche.extract.events.settings import find_place, find_time
from depeche.extract.factuality import find_factuality
from depeche.extract.slots import base
from depeche.records import Cue, Event, Factuality, identity

__all__ = ["ROLES", "TRIGGERS", "ActorView", "Attribute", "Scene", "build_event", "find_events"]


TRIGGERS, ROLES, STATUS = "event_triggers", "event_roles", "event_status"
SURE = 0.42  # probability from which a candidate is an event; swept by cross-validation (training/reading/README.md)
#: Types whose content is an event of its own ("réclame la démission": the demand, and the resignation that is possible).
KEEPING = frozenset({"REQUEST", "THREATEN", "REJECT", "ACCUSE"})
CONTENT_DEPTH = 2  # steps in the tree from an intent to what it is about


def find_events(scene: Scene) -> tuple[Event, ...]:
    """The event mentions of one document, the mentions of one happening joined, in text order.

    The frames of the lexicon propose; where the language has learned components, they choose among the proposals and settle who
    acts, else the rules alone decide.
    """
    events: list[Event] = []
    families: dict[str, frozenset[str]] = {}
    claimed: dict[int, str] = {}
    started: dict[int, str] = {}
    for options in find_candidates(scene.parsed, scene.tables, scene.slots, scene.actors):
        chosen = _choose(options, scene)
        if chosen is not None:
            candidate, event = chosen
            if claimed.get(candidate.index, event.type) != event.type or _absorbed(candidate, started, scene):
                continue
            claimed |= dict.fromkeys(_needed(candidate, scene), event.type) | dict.fromkeys(candidate.words[1:], "")
            if _repeats(candidate, event, started, scene):
                continue
            started[candidate.index] = event.type
            events.append(event)
            families[event.id] = frozenset((*candidate.frame.verbs, *candidate.frame.nouns))
    return tuple(merge_mentions(events, families))


def _absorbed(candidate: Candidate, started: dict[int, str], scene: Scene) -> bool:
    """Whether a word is the content of a promise or an intent, which absorbs it ("entend approfondir la coopération")."""
    at = candidate.index
    for _ in range(CONTENT_DEPTH):
        token = scene.parsed.tokens[at]
        if token.head < 0 or base(token.deprel) not in ("xcomp", "ccomp", "obj", "obl", "acl"):
            return False
        at = token.head
        if started.get(at) == "AGREE":
            return True
    return False


def _repeats(candidate: Candidate, event: Event, started: dict[int, str], scene: Scene) -> bool:
    """Whether a word only spells out the purpose of an event of its own type: "a reçu X pour discuter" is one meeting."""
    token = scene.parsed.tokens[candidate.index]
    return (
        token.feat("VerbForm") == "Inf"
        and base(token.deprel) in ("advcl", "xcomp", "obl")
        and started.get(token.head) == event.type
    )


def _needed(candidate: Candidate, scene: Scene) -> list[int]:
    """The words that a frame asks for by name: in "lever les sanctions" the noun is part of the event, none of its own."""
    if candidate.nominal or not candidate.frame.need or candidate.frame.type in KEEPING:
        return []
    filled = scene.slots.of(candidate.index)
    named = {w for words in candidate.frame.need.values() for w in words}
    return [i for slot in candidate.frame.need for i in filled.get(slot, ()) if scene.parsed.tokens[i].lemma in named]


def _choose(options: list[Candidate], scene: Scene) -> tuple[Candidate, Event] | None:
    """The frame in which a word tells an event, or None where it tells none."""
    judge = scene.lexicon.learned.get(TRIGGERS)
    if judge is None:
        for candidate in options:
            sides = find_sides(candidate, scene.parsed, scene.slots, scene.actors)
            if not candidate.frame.weak or _political(scene, sides):
                return candidate, build_event(candidate, sides, scene)
        return None
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
    factuality = _factuality(candidate, scene)
    first = scene.span(candidate.index)
    event = Event(
        id=identity("event", candidate.frame.id, first.start, first.end, scene.sentence(candidate.index).text),
        type=candidate.frame.type,
        mode=candidate.frame.mode,
        cameo=candidate.frame.cameo,
        triggers=tuple(sorted((scene.span(i) for i in words), key=lambda s: s.start)),
        actors=sides[0],
        recipients=sides[1],
        factuality=factuality,
        evidence=scene.sentence(candidate.index),
        rule=candidate.frame.id,
        place=find_place(candidate, scene),
        time=find_time(candidate, factuality.status, scene),
        attribution=scene.attribute(candidate.index),
        contexts=candidate.frame.contexts,
    )
    return _settle(event, candidate, scene)


def _factuality(candidate: Candidate, scene: Scene) -> Factuality:
    """What the cues say, else the light verb."""
    factuality = find_factuality(scene.parsed, candidate.index, scene.lexicon)
    light = candidate.light.light if candidate.light else None
    if light and light.status and factuality.status == "actual":
        return Factuality(light.status, (Cue(scene.span(candidate.light_index), light.id),))
    return factuality


def _settle(event: Event, candidate: Candidate, scene: Scene) -> Event:
    """The status as the learned component sees it; without one, what is dated after the publication is planned."""
    judge = scene.lexicon.learned.get(STATUS)
    if judge is not None:
        features = status_features(candidate, event.factuality, event, scene)
        status = judge.labels[_highest(judge.scores(features))]
        if status != event.factuality.status:
            event = replace(event, factuality=Factuality(status, event.factuality.cues))
    elif (
        event.factuality.status == "actual"
        and event.time
        and event.time.start
        and scene.day_after
        and event.time.start >= scene.day_after
    ):
        event = replace(event, factuality=Factuality("planned"))
    return event


def _highest(scores: list[float]) -> int:
    return max(range(len(scores)), key=scores.__getitem__)
