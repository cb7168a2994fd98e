"""Training samples for the learned components of the reading, from annotated passages.

For each passage the frames of the lexicon propose candidates exactly as in reading; the annotation says which of them are events, who
acts in them, when and where. Annotated words have no offsets: a candidate matches an event of its type whose triggers name its word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from depeche.annotate.parsed import Parsed
from depeche.extract.events import build_event
from depeche.extract.events.candidates import Candidate, find_candidates
from depeche.extract.events.features import trigger_features
from depeche.extract.events.fill import Sides, find_sides
from depeche.extract.events.outlook import status_features
from depeche.extract.events.roles import role_features
from depeche.extract.events.scene import Scene
from depeche.extract.events.settings import REACH, place_features, time_features
from depeche.records import Event, Participant
from depeche.records.codecs import iso

Gold = dict[str, Any]
Sample = tuple[list[str], str]


@dataclass
class Samples:
    """Features with their labels, by component, each list in passage order."""

    event_triggers: list[Sample] = field(default_factory=list)
    event_roles: list[Sample] = field(default_factory=list)
    event_times: list[Sample] = field(default_factory=list)
    event_places: list[Sample] = field(default_factory=list)
    event_status: list[Sample] = field(default_factory=list)


def words(text: str | None) -> set[str]:
    """Lower-case words without accents, as the scorer compares them."""
    folded = unicodedata.normalize("NFKD", text or "").casefold()
    return set(re.findall(r"\w+", "".join(c for c in folded if not unicodedata.combining(c))))


def add_samples(samples: Samples, scene: Scene, gold: Iterable[Gold]) -> None:
    """Add the samples of one passage."""
    events = list(gold)
    for options in find_candidates(scene.parsed, scene.tables, scene.slots, scene.actors):
        for rank, candidate in enumerate(options):
            sides = find_sides(candidate, scene.parsed, scene.slots, scene.actors)
            event = build_event(candidate, sides, scene)
            matched = match(candidate, event, events, scene.parsed)
            samples.event_triggers.append(
                (trigger_features(candidate, rank, sides, event, scene), "event" if matched else "none")
            )
            if matched:
                _add_roles(samples, candidate, sides, matched, scene)
                _add_outlook(samples, candidate, event, matched, scene)
                _add_settings(samples, candidate, event, matched, scene)


def match(candidate: Candidate, event: Event, gold: list[Gold], parsed: Parsed) -> Gold | None:
    """The annotated event that a candidate tells, if any; of several the one with the same status."""
    own = set().union(*(words(parsed.tokens[i].text) for i in candidate.words))
    hits = [g for g in gold if g["type"] == candidate.frame.type and any(words(t) & own for t in g["triggers"])]
    return max(hits, key=lambda g: g["status"] == event.factuality.status, default=None)


def _add_roles(samples: Samples, candidate: Candidate, sides: Sides, gold: Gold, scene: Scene) -> None:
    sentence = scene.parsed.tokens[candidate.index].sentence
    near, far = scene.actors.sentence(sentence), list(scene.actors.elsewhere(sentence))
    labels: dict[int, str] = {}
    for role, annotated in (("actor", gold["actors"]), ("recipient", gold["recipients"])):
        for person in annotated:
            for index in _holders(person, near) or _holders(person, far)[:1]:
                labels.setdefault(index, role)
    for index, participant in (*near, *far):
        if index != candidate.index:
            samples.event_roles.append(
                (role_features(candidate, index, participant, sides, scene), labels.get(index, "none"))
            )


def _holders(person: Gold, among: Iterable[tuple[int, Participant]]) -> list[int]:
    """Who in a sentence an annotated participant is: by name, else by country."""
    fits = [(i, p) for i, p in among if not (person["code"] and p.country and person["code"] != p.country)]
    named = [i for i, p in fits if _content(person["text"]) & _content(p.name.text)]
    return named or [i for i, p in fits if person["code"] and person["code"] == p.country][:1]


def _content(text: str) -> set[str]:
    return {w for w in words(text) if len(w) > 3} or words(text)


def _add_outlook(samples: Samples, candidate: Candidate, event: Event, gold: Gold, scene: Scene) -> None:
    samples.event_status.append((status_features(candidate, event.factuality, event, scene), gold["status"]))


def _add_settings(samples: Samples, candidate: Candidate, event: Event, gold: Gold, scene: Scene) -> None:
    here = scene.parsed.tokens[candidate.index].sentence
    reach = range(max(0, here - REACH), min(here + 3, len(scene.parsed.sentences)))
    times = [o for n in reach for o in scene.times_in.get(n, ())]
    for head, time in times:
        label = "yes" if gold["date"] and iso(time) == gold["date"] else "no"
        samples.event_times.append(
            (time_features(head, time, candidate, event.factuality.status, scene, [h for h, _ in times]), label)
        )
    places = [o for n in reach for o in scene.places_in.get(n, ())]
    for head, place in places:
        label = "yes" if gold["place"] and _content(gold["place"]) & _content(place.text) else "no"
        samples.event_places.append((place_features(head, place, candidate, scene, [h for h, _ in places]), label))
