"""What a learned model may know of an event's status: the cues that the rules found, and the words around."""

from __future__ import annotations

from collections.abc import Iterator

from depeche.annotate.parsed import Parsed
from depeche.extract.events.candidates import Candidate
from depeche.extract.events.scene import Scene
from depeche.extract.factuality import compile_cues, cues_above, cues_at, find_factuality
from depeche.extract.slots import adposition, base
from depeche.records import Event, Factuality

LEVELS = 3  # governors above an event word that colour it
SURE = 24  # how often a sure cue is counted, which speaks alone: what is rare in training keeps its say
ECHO = 150  # words before and after in which another mention of the same word is looked for
FAR = 6  # governors among which the finite verb of its clause is sought


def status_features(candidate: Candidate, ruled: Factuality, event: Event, scene: Scene) -> list[str]:
    """Features of "it happened, is planned, possible, denied, habitual"."""
    parsed, frame = scene.parsed, candidate.frame
    kind = "noun" if candidate.nominal else "verb"
    cue = ruled.cues[0].rule if ruled.cues else None
    word = ruled.cues[0].span.text.lower() if ruled.cues else None
    if cue in compile_cues(scene.lexicon).sure:
        return [f"sure{n}={ruled.status}" for n in range(SURE)]
    found = [f"rule={ruled.status}", f"cue={cue}", f"cue,kind={cue},{kind}", f"cue,word={cue},{word}", f"type={frame.type}",
             f"rule,type={ruled.status},{frame.type}", f"rule,kind={ruled.status},{kind}", f"rule,cue={ruled.status},{cue}", f"frame={frame.id}",
             f"kind={kind}", f"lemma={parsed.tokens[candidate.index].lemma}",
             f"quoted={scene.quoted(candidate.index)}", f"attributed={event.attribution is not None}",
             f"light={candidate.light.light.id if candidate.light else None}", f"sides={bool(event.actors)},{bool(event.recipients)}"]  # fmt: skip
    found += _word(candidate.index, kind, parsed)
    found += _governors(candidate.index, kind, scene)
    found += _cues(candidate.index, kind, scene)
    found += _clause(candidate.index, kind, scene)
    tense = _tense(parsed, candidate.index)
    relation = parsed.tokens[candidate.index].deprel
    timed = event.time is not None
    found += [f"cue,type={cue},{frame.type}", f"cue,tense={cue},{tense}", f"type,tense={frame.type},{tense},{relation},{timed}", f"frame,tense={frame.id},{tense},{timed}",
              f"lemma,number={parsed.tokens[candidate.index].lemma},{parsed.tokens[candidate.index].feat('Number')}"]  # fmt: skip
    found += _surroundings(candidate.index, kind, scene)
    found += _dates(event, kind, scene, candidate.index)
    return found


def _dates(event: Event, kind: str, scene: Scene, index: int) -> Iterator[str]:
    """Whether the event's own time, or another of its sentence, comes after the publication."""
    if event.time:
        later = bool(scene.day_after and event.time.start and event.time.start >= scene.day_after)
        yield f"time={event.time.kind},{later}"
        yield f"time,kind={event.time.kind},{later},{kind}"
        yield f"time rule={event.time.rule}"
    if scene.day_after:
        starts = [t.start for _, t in scene.times_in.get(scene.parsed.tokens[index].sentence, ()) if t.start]
        later = any(s >= scene.day_after for s in starts)
        yield f"sentence time={'later' if later else 'past' if starts else None},{kind}"


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
            if relation == "det":
                yield f"det,number={dependent.lemma},{token.feat('Number')},{base(token.deprel)}"
        elif relation in ("nmod", "obl", "acl"):
            yield f"{relation} noun={dependent.lemma}"
            if relation == "obl":
                yield f"obl={next((parsed.tokens[c].lemma for c in parsed.children[child]), None)},{dependent.lemma}"


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
        yield f"above{level},tense={_tense(parsed, head)},{relation}"
        if level == 1:
            yield f"above,opener,tense={_tense(parsed, head)},{relation},{opener}"
        at = head


def _cues(index: int, kind: str, scene: Scene) -> Iterator[str]:
    """Every cue around the word and above it, also those that the rules passed over."""
    parsed = scene.parsed
    for cue in cues_at(parsed, index, scene.lexicon):
        yield f"own cue={cue.status},{kind}"
        yield f"own cue id={cue.id}"
    nearest = True
    for level, cue in cues_above(parsed, index, scene.lexicon):
        yield f"cue above={cue.id}"
        yield f"cue above{level}={cue.status},{kind}"
        if nearest:
            yield f"nearest cue={cue.id},{cue.status},{kind}"
        nearest = False


def _clause(index: int, kind: str, scene: Scene) -> Iterator[str]:
    """Tense and mood of the first finite verb at or above the word, how the word hangs on it, and what else that verb has with it."""
    parsed, at, relation = scene.parsed, index, "self"
    for _ in range(FAR):
        tense = _tense(parsed, at)
        if tense[:3] in ("Ind", "Cnd", "Sub", "Imp"):
            yield f"clause={tense},{kind}"
            yield f"clause,relation={tense},{relation}"
            yield f"clause,type={tense},{relation == 'self'},{kind}"
            yield from (f"clause with={word}" for word in _adverbs(parsed, at) if at != index)
            return
        token = parsed.tokens[at]
        if token.head < 0:
            break
        at, relation = token.head, base(token.deprel)
    yield f"clause=none,{kind},{relation}"


def _surroundings(index: int, kind: str, scene: Scene) -> Iterator[str]:
    """The future in the word's sentence, a question, and how the text tells other mentions of the same word."""
    parsed = scene.parsed
    token = parsed.tokens[index]
    first, last = parsed.sentences[token.sentence]
    yield f"future={any('Tense=Fut' in t.feats for t in parsed.tokens[first:last])},{kind}"
    yield f"asks={any(t.text == '?' for t in parsed.tokens[last - 2 : last])}"
    near = range(max(0, index - ECHO), min(len(parsed.tokens), index + ECHO))
    echoes = {
        find_factuality(parsed, i, scene.lexicon).status
        for i in near
        if parsed.tokens[i].lemma == token.lemma and i != index
    }
    yield from (f"echo={status},{kind}" for status in sorted(echoes))


def _adverbs(parsed: Parsed, index: int) -> Iterator[str]:
    for child in parsed.children[index]:
        token = parsed.tokens[child]
        if token.deprel.startswith(("advmod", "mark")):
            yield token.lemma


def _tense(parsed: Parsed, index: int) -> str:
    """Mood and tense of a verb with its auxiliaries, or its form where it is not finite."""
    own = parsed.tokens[index]
    for child in parsed.children[index]:
        token = parsed.tokens[child]
        if token.upos == "AUX" and "VerbForm=Fin" in token.feats:
            compound = "+" if token.deprel in ("aux", "aux:tense") else ""
            return f"{token.feat('Mood')}-{token.feat('Tense')}{compound}"
    if "VerbForm=Fin" in own.feats:
        return f"{own.feat('Mood')}-{own.feat('Tense')}"
    return own.feat("VerbForm") or own.upos
