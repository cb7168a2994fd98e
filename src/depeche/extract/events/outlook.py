"""What a learned model may know of an event's status: the cues that the rules found, and the words around."""

from __future__ import annotations

from collections.abc import Iterator

from depeche.annotate.parsed import Parsed
from depeche.extract.events.candidates import Candidate
from depeche.extract.events.scene import Scene
from depeche.extract.slots import adposition, base
from depeche.records import Event, Factuality

LEVELS = 3  # governors above an event word that colour it


def status_features(candidate: Candidate, ruled: Factuality, event: Event, scene: Scene) -> list[str]:
    """Features of "it happened, is planned, possible, denied, habitual"."""
    parsed, frame = scene.parsed, candidate.frame
    kind = "noun" if candidate.nominal else "verb"
    cue = ruled.cues[0].rule if ruled.cues else None
    word = ruled.cues[0].span.text.lower() if ruled.cues else None
    found = [f"rule={ruled.status}", f"cue={cue}", f"cue,kind={cue},{kind}", f"cue,word={cue},{word}", f"type={frame.type}",
             f"rule,type={ruled.status},{frame.type}", f"rule,kind={ruled.status},{kind}", f"frame={frame.id}", f"kind={kind}",
             f"quoted={scene.quoted(candidate.index)}", f"attributed={event.attribution is not None}",
             f"light={candidate.light.light.id if candidate.light else None}", f"sides={bool(event.actors)},{bool(event.recipients)}"]  # fmt: skip
    found += _word(candidate.index, kind, parsed)
    found += _governors(candidate.index, kind, scene)
    if event.time:
        later = bool(scene.day_after and event.time.start and event.time.start >= scene.day_after)
        found += [
            f"time={event.time.kind},{later}",
            f"time,kind={event.time.kind},{later},{kind}",
            f"time rule={event.time.rule}",
        ]
    return found


def _word(index: int, kind: str, parsed: Parsed) -> Iterator[str]:
    """The word's own form, its determiner and modifiers, the words that open its clause."""
    token = parsed.tokens[index]
    yield f"form={token.feats},{kind}" if kind == "verb" else f"number={token.feat('Number')}"
    yield f"deprel={base(token.deprel)},{kind}"
    for child in parsed.children[index]:
        dependent = parsed.tokens[child]
        relation = base(dependent.deprel)
        if relation == "aux":
            yield f"aux={dependent.lemma},{dependent.feat('Tense')},{dependent.feat('Mood')}"
        elif relation in ("advmod", "amod", "mark", "case", "det"):
            yield f"{relation}={dependent.lemma},{kind}"
        elif relation in ("nmod", "obl"):
            yield f"{relation} noun={dependent.lemma}"


def _governors(index: int, kind: str, scene: Scene) -> Iterator[str]:
    parsed, at = scene.parsed, index
    for level in range(1, LEVELS + 1):
        head = parsed.tokens[at].head
        if head < 0:
            return
        token = parsed.tokens[head]
        relation = base(parsed.tokens[at].deprel)
        opener = adposition(parsed, at, scene.tables.grammar) or next(
            (parsed.tokens[c].lemma for c in parsed.children[at] if parsed.tokens[c].deprel == "mark"), None
        )
        yield f"above{level}={token.lemma},{relation}"
        yield f"above={token.lemma}"
        yield f"above{level},opener={relation},{opener},{token.upos},{kind}"
        yield f"above{level},mood={token.feat('Mood')},{token.feat('Tense')},{relation}"
        for child in parsed.children[head]:
            if base(parsed.tokens[child].deprel) == "aux":
                yield f"above{level},aux={parsed.tokens[child].lemma},{parsed.tokens[child].feat('Tense')},{parsed.tokens[child].feat('Mood')}"
        at = head
