"""When and where an event took place: every time and place of the passage is weighed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from depeche.annotate.parsed import Parsed
from depeche.extract.events.candidates import Candidate
from depeche.extract.slots import adposition, base
from depeche.languages.linear import LinearModel
from depeche.records import Span, Time

if TYPE_CHECKING:
    from depeche.extract.events.scene import Scene

Option = TypeVar("Option")

ANCHOR_GAP = 8  # characters between "la veille" and the noun that it is told from

REACH = 5  # sentences before an event in which its time or place is sought
# Probabilities from which a time or a place is taken, from the event's own sentence and from another; swept by cross-validation.
HERE, ELSEWHERE = 0.2, 0.33


def tokens_in(parsed: Parsed, start: int, end: int) -> range:
    """The indices of the tokens that overlap [start, end)."""
    first = max(bisect_right(parsed.starts, start) - 1, 0)
    while first < len(parsed.tokens) and parsed.tokens[first].end <= start:
        first += 1
    return range(first, bisect_left(parsed.starts, end))


def head_of(parsed: Parsed, start: int, end: int) -> int | None:
    """The token of a stretch whose governor lies outside it."""
    inside = tokens_in(parsed, start, end)
    return next((i for i in inside if parsed.tokens[i].head not in inside), None)


def times_by_sentence(parsed: Parsed, times: Iterable[Time]) -> dict[int, list[tuple[int, Time]]]:
    """The times of a text with their head tokens, by sentence."""
    found: dict[int, list[tuple[int, Time]]] = {}
    for time in times:
        head = head_of(parsed, time.span.start, time.span.end)
        if head is not None:
            found.setdefault(parsed.tokens[head].sentence, []).append((head, time))
    return found


def clause_of(parsed: Parsed, index: int) -> int:
    """The verb of the clause that a token stands in (the token itself if it is one, or if there is none)."""
    if parsed.tokens[index].upos == "VERB":
        return index
    return next((a for a in parsed.ancestors(index) if parsed.tokens[a].upos in ("VERB", "AUX")), index)


def closeness(head: int, candidate: Candidate, parsed: Parsed) -> str:
    """How near in the tree a time or place stands: "own" (on the event word), "light", "clause", "above", "below", "sentence"."""
    if parsed.tokens[head].sentence != parsed.tokens[candidate.index].sentence:
        return "elsewhere"
    above = set(parsed.ancestors(head))
    if candidate.index in above:
        return "own" if clause_of(parsed, head) in (candidate.index, clause_of(parsed, candidate.index)) else "below"
    if candidate.light_index in above:
        return "light"
    clause, other = clause_of(parsed, candidate.index), clause_of(parsed, head)
    if clause == other:
        return "clause"
    if other in set(parsed.ancestors(clause)):
        return "above " + base(parsed.tokens[clause].deprel)
    return "below" if clause in set(parsed.ancestors(other)) else "sentence"


def _shared(head: int, candidate: Candidate, scene: Scene, rivals: int) -> Iterator[str]:
    parsed = scene.parsed
    near = closeness(head, candidate, parsed)
    away = parsed.tokens[candidate.index].sentence - parsed.tokens[head].sentence
    distance = head - candidate.index
    size = next((n for n in (2, 4, 8, 16, 32) if abs(distance) <= n), 64)
    kind = "noun" if candidate.nominal else "verb"
    yield f"near={near}"
    yield f"near,kind={near},{kind}"
    yield f"near,type={near},{candidate.frame.type}"
    yield f"near,rivals={near},{min(rivals, 4)}"
    yield f"away={max(-2, min(away, 4))}"
    yield f"distance={'before' if distance < 0 else 'after'},{size},{away == 0}"
    yield f"quoted={scene.quoted(candidate.index)},{scene.quoted(head)}"
    yield f"type={candidate.frame.type}"
    yield f"mode={candidate.frame.mode}"


def _ranks(head: int, candidate: Candidate, heads: list[int], parsed: Parsed) -> Iterator[str]:
    """Where it stands among its rivals: nearest before or after, first, alone in its sentence or in reach."""
    before = sorted((h for h in heads if h < candidate.index), reverse=True)
    after = sorted(h for h in heads if h > candidate.index)
    rank = (
        f"before{min(before.index(head), 3)}"
        if head in before
        else f"after{min(after.index(head), 3)}"
        if head in after
        else "same"
    )
    here = parsed.tokens[candidate.index].sentence
    own = sum(parsed.tokens[h].sentence == here for h in heads)
    away = here - parsed.tokens[head].sentence
    yield f"rank={rank}"
    yield f"rank,own={rank},{min(own, 2)},{away == 0}"
    yield f"first={head == min(heads)},{min(own, 2)},{away == 0}"
    yield f"alone={len(heads) == 1},{away == 0}"
    yield f"own={min(own, 2)},{max(-1, min(away, 3))}"


def time_features(
    head: int, time: Time, candidate: Candidate, status: str, scene: Scene, heads: list[int]
) -> list[str]:
    """Features of "this time dates this event"."""
    near = closeness(head, candidate, scene.parsed)
    found = [*_shared(head, candidate, scene, len(heads)), *_ranks(head, candidate, heads, scene.parsed)]
    found += [f"kind={time.kind}", f"grain={time.grain}", f"rule={time.rule}", f"near,time={near},{time.kind},{time.grain}",
              f"settled={time.start is not None and time.end is not None}", f"near,rule={near},{time.rule}", f"status={status},{near}"]  # fmt: skip
    if scene.day_after and time.start:
        later = time.start >= scene.day_after
        days = abs((scene.day_after - time.start).days)
        size = next((n for n in (1, 3, 7, 31, 366) if days <= n), 9999)
        found += [f"later={later},{status}", f"later,near={later},{status},{near}", f"days={size},{later}", f"days,near={size},{near}",
                  f"days,grain={size},{time.grain}"]  # fmt: skip
    return found


def place_features(head: int, place: Span, candidate: Candidate, scene: Scene, heads: list[int]) -> list[str]:
    """Features of "this place is where this event happened"."""
    near = closeness(head, candidate, scene.parsed)
    case = adposition(scene.parsed, head, scene.tables.grammar)
    token = scene.parsed.tokens[head]
    above = scene.parsed.tokens[token.head].lemma if token.head >= 0 else None
    country = scene.actors.kind(head) == "state"
    found = [*_shared(head, candidate, scene, len(heads)), *_ranks(head, candidate, heads, scene.parsed)]
    found += [f"case={case}", f"near,case={near},{case}", f"deprel={base(token.deprel)}", f"near,deprel={near},{base(token.deprel)}",
              f"case,deprel={case},{base(token.deprel)}", f"state={country},{case}", f"near,state={near},{country},{case}",
              f"type,state={candidate.frame.type},{country}", f"mode,case={candidate.frame.mode},{case}",
              f"above={above}", f"label={_label(scene.parsed, place)}", f"label,case={_label(scene.parsed, place)},{case}"]  # fmt: skip
    return found


def _label(parsed: Parsed, place: Span) -> str | None:
    return next((e.label for e in parsed.entities_at(place.start, place.start + 1)), None)


def find_time(candidate: Candidate, status: str, scene: Scene) -> Time | None:
    """The time that dates a candidate: by the learned component, else the one nearest in its own clause."""
    options = [o for n in _sentences(candidate, scene) for o in scene.times_in.get(n, ())]
    anchored = next((t for h, t in options if _told_from(candidate, h, t, scene)), None)
    if anchored is not None:
        return _day_of(anchored, scene)
    model = scene.lexicon.learned.get("event_times")
    if model is None:
        own = [
            (abs(h - candidate.index), h, t)
            for h, t in options
            if closeness(h, candidate, scene.parsed) in ("own", "light", "clause")
        ]
        return min(own, key=lambda o: o[:2])[2] if own else None
    chances = [
        _chance(model, time_features(h, t, candidate, status, scene, [o[0] for o in options])) for h, t in options
    ]
    return _best(options, chances, candidate, scene)


def _told_from(candidate: Candidate, head: int, time: Time, scene: Scene) -> bool:
    """Whether a time is told from the candidate itself: "la veille de la visite"."""
    token = scene.parsed.tokens[candidate.index]
    close = token.head == head or 0 <= token.start - time.span.end <= ANCHOR_GAP
    return candidate.nominal and close and scene.event_day(time) is not None


def _day_of(time: Time, scene: Scene) -> Time:
    """The day of the event that a time is told from."""
    day = scene.event_day(time)
    assert day is not None  # _told_from has asked
    start = datetime.combine(day, datetime.min.time())
    return replace(time, start=start, end=start + timedelta(days=1), grain="day", rule=f"{time.rule}/event")


def find_place(candidate: Candidate, scene: Scene) -> Span | None:
    """The place of a candidate: by the learned component, else one that its own clause names with a locative adposition."""
    options = [o for n in _sentences(candidate, scene) for o in scene.places_in.get(n, ())]
    model = scene.lexicon.learned.get("event_places")
    if model is None:
        grammar = scene.tables.grammar
        own = [
            (abs(h - candidate.index), h, p)
            for h, p in options
            if adposition(scene.parsed, h, grammar) in grammar.locative
            and closeness(h, candidate, scene.parsed) in ("own", "light", "clause")
        ]
        return min(own, key=lambda o: o[:2])[2] if own else None
    chances = [_chance(model, place_features(h, p, candidate, scene, [o[0] for o in options])) for h, p in options]
    return _best(options, chances, candidate, scene)


def _sentences(candidate: Candidate, scene: Scene) -> range:
    here = scene.parsed.tokens[candidate.index].sentence
    return range(max(0, here - REACH), min(here + 3, len(scene.parsed.sentences)))


def _chance(model: LinearModel, features: list[str]) -> float:
    return model.probabilities(features)[model.labels.index("yes")]


def _best(options: list[tuple[int, Option]], chances: list[float], candidate: Candidate, scene: Scene) -> Option | None:
    """The likeliest of the options, if it is likely enough for where it stands."""
    if not options:
        return None
    at = min(range(len(options)), key=lambda n: (-chances[n], options[n][0]))
    head, option = options[at]
    own = scene.parsed.tokens[head].sentence == scene.parsed.tokens[candidate.index].sentence
    return option if chances[at] >= (HERE if own else ELSEWHERE) else None
