"""What a language folder says about speech, indexed for lookup by lemma or by first word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from depeche.languages.lexicon import Lexicon
from depeche.languages.schema.speech import AttributionCue, ReportingVerb

_WORD = re.compile(r"[\w-]+['’]?|[^\w\s]")


class VerbPattern(NamedTuple):
    """A reporting verb: the rule that knows it, whether it is pronominal, the fixed words after it, what it may govern."""

    rule: str
    pronominal: bool
    fixed: tuple[str, ...]
    frames: frozenset[str]
    stance: str


class CuePattern(NamedTuple):
    """A cue of several words, lower-cased and cut as the tokenizer cuts."""

    rule: str
    words: tuple[str, ...]
    position: str


@dataclass(frozen=True)
class QuoteTables:
    """Indices over the speech entries of a lexicon. `words` holds the one-word entries of each position."""

    verbs: dict[str, tuple[VerbPattern, ...]]
    cues: dict[str, tuple[CuePattern, ...]]
    words: dict[str, frozenset[str]]
    sets: frozenset[str]
    holders: dict[str, tuple[str, str]]
    media: frozenset[str]


def plain(word: str) -> str:
    """A word as the tables hold it: lower case, straight apostrophe."""
    return word.lower().replace("’", "'")


@lru_cache(maxsize=8)
def compile_tables(lexicon: Lexicon) -> QuoteTables:
    """The tables of a lexicon; made once for each."""
    holders = {
        lemma.lower(): (noun.kind, f"holders:{noun.id}") for noun in reversed(lexicon.holders) for lemma in noun.lemmas
    }
    words: dict[str, set[str]] = defaultdict(set)
    for cue in lexicon.attribution:
        words[cue.position].update(plain(form) for form in cue.forms)
    return QuoteTables(
        verbs=_verbs(lexicon.reporting, frozenset(words["reflexive"])),
        cues=_cues(lexicon.attribution),
        words=defaultdict(frozenset, {position: frozenset(forms) for position, forms in words.items()}),
        sets=frozenset(words["set"]),
        holders=holders,
        media=frozenset(
            plain(name)
            for body in lexicon.organisations
            if body.kind in ("media", "agency")
            for name in (body.name, *body.names)
        ),
    )


def _verbs(entries: Iterable[ReportingVerb], reflexives: frozenset[str]) -> dict[str, tuple[VerbPattern, ...]]:
    """Patterns by the lemma of the verb; those with fixed words first, then pronominal ones, so that the first fit is the best.

    A verb that stands in several entries takes the frames of all.
    """
    merged: dict[tuple[str, bool, tuple[str, ...]], VerbPattern] = {}
    for entry in entries:
        for written in entry.verbs:
            lemma, pronominal, fixed = _split(written, reflexives)
            key = (lemma, pronominal, fixed)
            known = merged.get(key)
            frames = frozenset(entry.frames) | (known.frames if known else frozenset())
            rule = known.rule if known else f"reporting:{entry.id}"
            merged[key] = VerbPattern(rule, pronominal, fixed, frames, known.stance if known else entry.stance)
    found: dict[str, list[VerbPattern]] = defaultdict(list)
    for (lemma, _, _), pattern in sorted(merged.items(), key=lambda item: (-len(item[0][2]), not item[0][1])):
        found[lemma].append(pattern)
    return {lemma: tuple(patterns) for lemma, patterns in found.items()}


def _split(written: str, reflexives: frozenset[str]) -> tuple[str, bool, tuple[str, ...]]:
    """Lemma, whether pronominal, and fixed words of "se féliciter", "s'exclamer", "faire savoir"."""
    words = _WORD.findall(plain(written))
    pronominal = len(words) > 1 and words[0] in reflexives
    if pronominal:
        words = words[1:]
    return words[0], pronominal, tuple(words[1:])


def _cues(entries: Iterable[AttributionCue]) -> dict[str, tuple[CuePattern, ...]]:
    found: dict[str, list[CuePattern]] = defaultdict(list)
    for entry in entries:
        if entry.position in ("before", "opinion", "whole", "rumour"):
            for form in entry.forms:
                words = tuple(_WORD.findall(plain(form)))
                found[words[0]].append(CuePattern(f"attribution:{entry.id}", words, entry.position))
    return {first: tuple(sorted(patterns, key=lambda p: -len(p.words))) for first, patterns in found.items()}
