"""What a learned model may know of a candidate: named features, the same in training and in reading."""

from __future__ import annotations

from collections.abc import Iterator

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.events.candidates import Candidate
from depeche.extract.events.fill import Sides
from depeche.extract.events.scene import Scene
from depeche.extract.slots import base
from depeche.records import Event


def trigger_features(candidate: Candidate, rank: int, sides: Sides, event: Event, scene: Scene) -> list[str]:
    """Features of "this word tells an event of this frame". `rank` is the frame's place among those that fit the word."""
    parsed, frame = scene.parsed, candidate.frame
    token = parsed.tokens[candidate.index]
    kind = "noun" if candidate.nominal else "verb" if token.upos in ("VERB", "AUX") else "adj"
    found = [f"frame={frame.id}", f"type={frame.type}", f"lemma={token.lemma}", f"lemma,type={token.lemma},{frame.type}", f"kind={kind}",
             f"kind,type={kind},{frame.type}", f"rank={min(rank, 3)}", f"weak={frame.weak}", f"fixed={len(candidate.words) > 1}"]  # fmt: skip
    found += _side_features(sides, scene, kind, frame.weak)
    found += _word_features(token, parsed, candidate.index, kind)
    found.append(f"light={candidate.light.light.id if candidate.light else None}")
    found.append(f"status={event.factuality.status}")
    found += [f"cue={c.rule}" for c in event.factuality.cues]
    found.append(f"time={event.time.grain if event.time else None}")
    found.append(f"place={event.place is not None}")
    found.append(f"attributed={event.attribution is not None}")
    found.append(f"quoted={scene.quoted(candidate.index)}")
    return found


def _side_features(sides: Sides, scene: Scene, kind: str, weak: bool) -> Iterator[str]:
    actors, recipients = sides
    yield f"sides={min(len(actors), 2)},{min(len(recipients), 2)}"
    yield f"sides,kind={bool(actors)},{bool(recipients)},{kind}"
    codes = [{p.country for p in side if p.country} for side in sides]
    yield f"codes={bool(codes[0])},{bool(codes[1])}"
    yield f"countries={len(codes[0] | codes[1])}"
    kinds = [{scene.kind_at(p.words.start) for p in side} for side in sides]
    for name, side in zip(("actor", "recipient"), kinds, strict=True):
        yield from sorted(f"{name}={k}" for k in side)
    political = any(scene.political_at(p.words.start) for side in sides for p in side)
    yield f"political={political}"
    yield f"political,weak={political},{weak}"


def _word_features(token: Token, parsed: Parsed, index: int, kind: str) -> Iterator[str]:
    relation = base(token.deprel)
    yield f"deprel={relation},{kind}"
    yield f"capital={token.text[:1].isupper()},{index == parsed.sentences[token.sentence].first}"
    for name in ("Tense", "Mood", "VerbForm", "Number"):
        value = token.feat(name)
        if value:
            yield f"{name}={value},{kind}"
    if token.head >= 0:
        head = parsed.tokens[token.head]
        yield f"head={head.lemma}"
        yield f"head,deprel={head.upos},{relation}"
        if kind == "noun":
            yield f"case={_case(parsed, index)}"
    determiners = [parsed.tokens[c] for c in parsed.children[index] if parsed.tokens[c].deprel == "det"]
    yield f"det={determiners[0].lemma if determiners else None},{kind}"
    for child in parsed.children[index]:
        dependent = parsed.tokens[child]
        relation = base(dependent.deprel)
        if relation in ("amod", "advmod", "nmod", "obj", "xcomp", "obl"):
            yield f"child={relation},{dependent.lemma}"


def _case(parsed: Parsed, index: int) -> str | None:
    return next((parsed.tokens[c].lemma for c in parsed.children[index] if parsed.tokens[c].deprel == "case"), None)
