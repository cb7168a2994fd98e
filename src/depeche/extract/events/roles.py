"""What a learned model may know of a participant beside an event word: does it act, is it acted upon, or neither?"""

from __future__ import annotations

from collections.abc import Iterator

from depeche.annotate.parsed import Parsed
from depeche.extract.events.candidates import Candidate
from depeche.extract.events.fill import Sides, unique
from depeche.extract.events.scene import Scene
from depeche.extract.slots import adposition, base
from depeche.languages.linear import LinearModel
from depeche.records import Participant

ROLES = ("none", "actor", "recipient")
PATH = 5  # relations between an event word and a participant that a path feature spells out
ENOUGH = 0.5  # probability from which a role is given; swept 0.35-0.6 on train by cross-validation


def role_features(candidate: Candidate, index: int, participant: Participant, sides: Sides, scene: Scene) -> list[str]:
    """Features of "this participant acts in (is the recipient of) this event". `sides` is what the frame's slots say."""
    frame, parsed = candidate.frame, scene.parsed
    kind = "noun" if candidate.nominal else "verb"
    ruled = _ruled(participant, sides)
    slot = _slot(candidate, index, scene)
    path = _path(candidate.index, index, parsed)
    case = adposition(parsed, index, scene.tables.grammar)
    found = [f"rule={ruled}", f"rule,type={ruled},{frame.type}", f"rule,kind={ruled},{kind}", f"slot={slot},{kind}",
             f"slot,type={slot},{kind},{frame.type}", f"slot,of={slot},{frame.of_},{frame.reciprocal}", f"slot,frame={slot},{frame.id}",
             f"path={path},{kind}", f"path,type={path},{frame.type}", f"case={case},{kind}", f"case,type={case},{frame.type}"]  # fmt: skip
    found += _near(candidate, index, sides, scene)
    found += _about(index, participant, scene)
    found.append(f"ruled,sides={ruled},{bool(sides[0])},{bool(sides[1])}")
    return found


def _ruled(participant: Participant, sides: Sides) -> str:
    for role, side in zip(ROLES[1:], sides, strict=True):
        if any(p.words == participant.words for p in side):
            return role
        if any(p.name == participant.name for p in side):
            return f"same as {role}"
    return "none"


def _slot(candidate: Candidate, index: int, scene: Scene) -> str:
    for at, name in ((candidate.index, ""), (candidate.light_index, "light ")):
        if at >= 0:
            for slot, fillers in scene.slots.of(at).items():
                if index in fillers:
                    return name + slot
    return "none"


def _path(start: int, goal: int, parsed: Parsed) -> str:
    """The relations from one token up to the common governor and down to the other."""
    up = [start, *parsed.ancestors(start)]
    down = [goal, *parsed.ancestors(goal)]
    meeting = next((i for i in up if i in down), None)
    if meeting is None:
        return "far"
    steps = [f"<{base(parsed.tokens[i].deprel)}" for i in up[: up.index(meeting)]]
    steps += [f">{base(parsed.tokens[i].deprel)}" for i in reversed(down[: down.index(meeting)])]
    return "".join(steps) if len(steps) <= PATH else "far"


def _near(candidate: Candidate, index: int, sides: Sides, scene: Scene) -> Iterator[str]:
    distance = index - candidate.index
    side = "before" if distance < 0 else "after"
    size = next((n for n in (1, 2, 4, 8, 16) if abs(distance) <= n), 32)
    yield f"distance={side},{size}"
    yield f"distance,nominal={side},{size},{candidate.nominal}"
    between = range(min(index, candidate.index) + 1, max(index, candidate.index))
    yield f"verbs between={min(sum(scene.parsed.tokens[i].upos == 'VERB' for i in between), 3)}"
    yield f"sides={min(len(sides[0]), 2)},{min(len(sides[1]), 2)}"


def _about(index: int, participant: Participant, scene: Scene) -> Iterator[str]:
    token = scene.parsed.tokens[index]
    kind = scene.actors.kind(index)
    actor = scene.found.by_id.get(participant.actor) if participant.actor else None
    yield f"actor kind={kind}"
    yield f"actor sector={actor.sector if actor else None}"
    yield f"upos={token.upos}"
    yield f"deprel={base(token.deprel)}"
    yield f"political={scene.actors.is_political(index)}"
    yield f"place={scene.actors.place(index) is not None},{adposition(scene.parsed, index, scene.tables.grammar)}"
    holder = scene.attribute(index)
    if holder and holder.holder and holder.holder == participant.name:
        yield "speaks"


def assign_roles(candidate: Candidate, sides: Sides, scene: Scene, model: LinearModel) -> Sides:
    """The sides of an event as the model sees them: every participant of its sentence is weighed, those that the slots of the
    frame found elsewhere stay."""
    sentence = scene.parsed.tokens[candidate.index].sentence
    chosen: dict[str, list[Participant]] = {role: [] for role in ROLES}
    weighed: set[tuple[int, int]] = set()
    for index, participant in scene.actors.in_sentence(sentence):
        if candidate.index == index:
            continue
        weighed.add((participant.words.start, participant.words.end))
        chances = model.probabilities(role_features(candidate, index, participant, sides, scene))
        best = max(range(len(chances)), key=chances.__getitem__)
        if model.labels[best] != "none" or 1 - chances[model.labels.index("none")] >= ENOUGH:
            role = max((r for r in ROLES[1:]), key=lambda r: chances[model.labels.index(r)])
            chosen[role].append(participant)
    elsewhere = [[p for p in side if (p.words.start, p.words.end) not in weighed] for side in sides]
    actors = unique([*chosen["actor"], *elsewhere[0]])
    return actors, unique(p for p in (*chosen["recipient"], *elsewhere[1]) if all(p.name != a.name for a in actors))
