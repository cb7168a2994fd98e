"""What a learned model may know of a participant beside an event word: does it act, is it acted upon, or neither?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from depeche.annotate.parsed import Parsed
from depeche.extract.events.candidates import Candidate
from depeche.extract.events.fill import Sides, unique
from depeche.extract.events.scene import Scene
from depeche.extract.slots import adposition, base, conjuncts
from depeche.languages.linear import LinearModel
from depeche.records import Participant, Span

ROLES = ("none", "actor", "recipient")
LEVELS = 3  # governors above an event word in whose slots a participant is sought
PATH = 5  # relations between an event word and a participant that a path feature spells out
# Probabilities from which the likeliest participant and the others are given a role, and those coordinated with the likeliest or
# in an event that all sides do together; swept by cross-validation.
FIRST, MORE, TOGETHER = 0.3, 0.6, 0.4


class Chance(NamedTuple):
    """A participant at the mention that speaks most for it: its odds of being nobody, actor and recipient, over all mentions and by
    this one alone, and its head token."""

    odds: list[float]
    own: list[float]
    head: int
    participant: Participant


def role_features(candidate: Candidate, index: int, participant: Participant, sides: Sides, scene: Scene) -> list[str]:
    """Features of "this participant acts in (is the recipient of) this event". `sides` is what the frame's slots say."""
    frame, parsed = candidate.frame, scene.parsed
    kind = "noun" if candidate.nominal else "verb"
    ruled = _ruled(participant, sides)
    slot = _slot(candidate, index, scene)
    path = _path(candidate.index, index, parsed)
    case = adposition(parsed, index, scene.tables.grammar)
    away = parsed.tokens[index].sentence - parsed.tokens[candidate.index].sentence
    if away:
        return _far_features(candidate, index, participant, sides, scene, away)
    found = [f"rule={ruled}", f"rule,type={ruled},{frame.type}", f"rule,kind={ruled},{kind}", f"slot={slot},{kind}",
             f"slot,type={slot},{kind},{frame.type}", f"slot,of={slot},{frame.of_},{frame.reciprocal}", f"slot,frame={slot},{frame.id}",
             f"path={path},{kind}", f"path,type={path},{frame.type}", f"case={case},{kind}", f"case,type={case},{frame.type}"]  # fmt: skip
    lacks = f"{not sides[0]},{not sides[1]}"
    found += _near(candidate, index, sides, scene)
    found += _above(candidate, index, kind, lacks, scene)
    found += _order(candidate, index, participant, lacks, scene)
    found += _about(index, participant, scene)
    found += [
        f"ruled,lacks={ruled},{lacks}",
        f"slot,lacks={slot},{kind},{lacks}",
        f"path,lacks={path},{lacks}",
        f"type,lacks={frame.type},{lacks}",
    ]
    return found


def _above(candidate: Candidate, index: int, kind: str, lacks: str, scene: Scene) -> Iterator[str]:
    """Where the participant stands around the words that govern the event word: the subject of "a annoncé une frappe" strikes."""
    parsed, at = scene.parsed, candidate.index
    for level in range(1, LEVELS + 1):
        head = parsed.tokens[at].head
        if head < 0:
            return
        relation = base(parsed.tokens[at].deprel)
        filled = scene.slots.of(head)
        slot = next((name for name, fillers in filled.items() if index in fillers), "itself" if head == index else None)
        if slot:
            lemma = parsed.tokens[head].lemma
            yield f"above{level}={relation},{slot},{kind}"
            yield f"above{level},type={relation},{slot},{candidate.frame.type}"
            yield f"above{level},lacks={relation},{slot},{kind},{lacks}"
            yield f"above,lemma={lemma},{slot}"
            yield f"above,lemma,relation={lemma},{slot},{relation}"
        at = head


def _order(candidate: Candidate, index: int, participant: Participant, lacks: str, scene: Scene) -> Iterator[str]:
    """Whether it is the nearest actor before or after the event word, the first of the sentence, its subject."""
    parsed = scene.parsed
    others = [
        i for i, p in scene.actors.sentence(parsed.tokens[index].sentence) if scene.actors.is_political(i) or i == index
    ]
    before = sorted((i for i in others if i < candidate.index), reverse=True)
    after = sorted(i for i in others if i > candidate.index)
    place = (
        f"before{min(before.index(index), 3)}"
        if index in before
        else f"after{min(after.index(index), 3)}"
        if index in after
        else "?"
    )
    kind = "noun" if candidate.nominal else "verb"
    yield f"order={place},{kind}"
    yield f"order,lacks={place},{kind},{lacks}"
    yield f"order,type={place},{candidate.frame.type}"
    yield f"among={min(len(others), 4)},{kind}"
    token = parsed.tokens[index]
    root = token.head >= 0 and parsed.tokens[token.head].head < 0
    yield f"main subject={base(token.deprel) == 'nsubj' and root},{kind},{lacks}"
    yield f"pronoun={token.upos in ('PRON', 'DET')},{kind}"


def _far_features(
    candidate: Candidate, index: int, participant: Participant, sides: Sides, scene: Scene, away: int
) -> list[str]:
    """Features of an actor that the event's own sentence does not name."""
    kind = "noun" if candidate.nominal else "verb"
    token = scene.parsed.tokens[index]
    mentions = scene.found.times_mentioned.get(participant.actor, 0) if participant.actor else 0
    lacks = f"{not sides[0]},{not sides[1]},{kind}"
    subject = base(token.deprel) == "nsubj"
    near = max(-2, min(away, 2))
    found = ["far", f"far={near}", f"far,lacks={lacks}", f"far,lacks,near={lacks},{near}", f"far,subject={subject},{near}",
             f"far,lacks,subject={lacks},{subject},{near}", f"far,mentions={min(mentions, 4)}", f"far,type={candidate.frame.type},{lacks}",
             f"far,quoted={scene.quoted(candidate.index)}"]  # fmt: skip
    found += [f"far {f}" for f in _about(index, participant, scene)]
    side = {p.country for s in sides for p in s if p.country}
    found.append(f"far,country={participant.country is not None},{participant.country in side}")
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
    """The sides of an event as the model sees them: every participant in reach is weighed, the likeliest of a role is taken
    from `FIRST` on, others from `MORE` on."""
    sentence = scene.parsed.tokens[candidate.index].sentence
    columns = [model.labels.index(role) for role in ROLES]
    near = scene.actors.sentence(sentence)
    chances: dict[Span, Chance] = {}
    for index, participant in (*near, *scene.actors.elsewhere(sentence)):
        if index == candidate.index:
            continue
        row = model.probabilities(role_features(candidate, index, participant, sides, scene))
        ordered = [row[c] for c in columns]
        known = chances.get(participant.name)
        # each further mention of an actor adds to its odds, as independent evidence would
        odds = ordered if known is None else [1 - (1 - x) * (1 - y) for x, y in zip(known.odds, ordered, strict=True)]
        strongest = known if known is not None and max(known.own[1:]) >= max(ordered[1:]) else None
        chances[participant.name] = (
            strongest._replace(odds=odds) if strongest else Chance(odds, ordered, index, participant)
        )
    found = [_taken(at, list(chances.values()), candidate, scene) for at in (1, 2)]
    chosen = {p.name for side in found for p in side}
    actors, recipients = ([p for p in side if not _inside(p, chosen, near)] for side in found)
    return unique(sorted(actors, key=_start)), unique(sorted(recipients, key=_start))


def _taken(at: int, people: list[Chance], candidate: Candidate, scene: Scene) -> list[Participant]:
    """Who is given a role: the likeliest, those who stand beside it, and others that are likely by themselves."""
    ranked = sorted(
        (c for c in people if c.odds[at] >= c.odds[3 - at]), key=lambda c: (-c.odds[at], c.participant.words.start)
    )
    if not ranked or ranked[0].odds[at] < FIRST:
        return []
    best, *rest = ranked
    beside = set(conjuncts(scene.parsed, best.head))
    jointly = at == 1 and (candidate.frame.reciprocal or (candidate.nominal and candidate.frame.of_ == "both"))
    taken = [c for c in rest if c.odds[at] >= (TOGETHER if jointly or c.head in beside else MORE)]
    return [c.participant for c in (best, *taken)]


def _inside(participant: Participant, chosen: set[Span], near: list[tuple[int, Participant]]) -> bool:
    """Whether somebody stands inside the words for another who takes part: in "le chef de la police" the police is not a second one."""
    return any(
        o.name != participant.name
        and o.name in chosen
        and o.words.start <= participant.words.start
        and participant.words.end <= o.words.end
        and o.words != participant.words
        for _, o in near
    )


def _start(participant: Participant) -> int:
    return participant.words.start
