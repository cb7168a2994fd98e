"""Event frames and light verbs of a lexicon, indexed by the words that may start them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from depeche.extract.slots import Grammar, compile_grammar
from depeche.languages.lexicon import Lexicon
from depeche.languages.schema.events import EventFrame, LightVerb


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """A frame under one of its verbs: whether it is pronominal, and the fixed words after it."""

    frame: EventFrame
    reflexive: bool
    fixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NounEntry:
    """A frame under one of its nouns, and the fixed words after it ("coup d'État")."""

    frame: EventFrame
    fixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LightEntry:
    """A light verb, whether it is pronominal, and its fixed words ("faire l'objet")."""

    light: LightVerb
    reflexive: bool
    fixed: tuple[str, ...]


@dataclass(frozen=True)
class EventTables:
    """All that may start an event, by lemma. Entries with more restrictions and more fixed words come first."""

    grammar: Grammar
    verbs: dict[str, tuple[VerbEntry, ...]]
    nouns: dict[str, tuple[NounEntry, ...]]
    adjectives: dict[str, tuple[EventFrame, ...]]
    lights: dict[str, tuple[LightEntry, ...]]
    light_words: frozenset[str]


@cache
def compile_events(lexicon: Lexicon) -> EventTables:
    """The event tables of a lexicon."""
    grammar = compile_grammar(lexicon)
    verbs: dict[str, list[VerbEntry]] = {}
    nouns: dict[str, list[NounEntry]] = {}
    adjectives: dict[str, list[EventFrame]] = {}
    for frame in lexicon.events:
        for word in frame.verbs:
            reflexive, head, fixed = split_verb(word, grammar)
            verbs.setdefault(head, []).append(VerbEntry(frame, reflexive, fixed))
        for word in frame.nouns:
            head, *rest = tokenise(word)
            nouns.setdefault(head, []).append(NounEntry(frame, tuple(rest)))
        for word in frame.adjectives:
            adjectives.setdefault(word, []).append(frame)
    lights: dict[str, list[LightEntry]] = {}
    for light in lexicon.light_verbs:
        reflexive, head, fixed = split_verb(light.verb, grammar)
        lights.setdefault(head, []).append(LightEntry(light, reflexive, fixed))
    return EventTables(
        grammar=grammar,
        verbs={
            k: tuple(sorted(x, key=lambda e: (-len(e.fixed), not e.reflexive, -_strictness(e.frame))))
            for k, x in verbs.items()
        },
        nouns={k: tuple(sorted(x, key=lambda e: (-len(e.fixed), -_strictness(e.frame)))) for k, x in nouns.items()},
        adjectives={k: tuple(x) for k, x in adjectives.items()},
        light_words=frozenset(w for entries in lights.values() for e in entries for w in e.fixed),
        lights={k: tuple(sorted(x, key=lambda e: -len(e.fixed))) for k, x in lights.items()},
    )


def _strictness(frame: EventFrame) -> int:
    return 2 * len(frame.need) + len(frame.avoid)


def tokenise(words: str) -> list[str]:
    """Fixed words cut where the tokenizer cuts: after an elision's apostrophe and at blanks."""
    return words.replace("’", "'").replace("'", "' ").split()


def split_verb(words: str, grammar: Grammar) -> tuple[bool, str, tuple[str, ...]]:
    """A verb entry as (pronominal, lemma, fixed words): "se mettre d'accord" -> (True, "mettre", ("d'", "accord"))."""
    parts = tokenise(words)
    reflexive = parts[0] in grammar.reflexive and len(parts) > 1
    if reflexive:
        parts = parts[1:]
    return reflexive, parts[0], tuple(parts[1:])
