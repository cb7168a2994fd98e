"""What a language folder says about speech, indexed for lookup by lemma or by first word."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from depeche.languages.lexicon import Lexicon
from depeche.languages.linear import LinearModel
from depeche.languages.schema.speech import AttributionCue, ReportingVerb

MARKS = "quote_marks"  # the learned component that tells quotes from other marked stretches
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
    cues: dict[tuple[str, str], tuple[CuePattern, ...]]
    cue_starts: frozenset[str]
    words: dict[str, frozenset[str]]
    sets: frozenset[str]
    holders: dict[str, tuple[str, str]]
    media: frozenset[str]
    persons: frozenset[str]
    stems: dict[str, tuple[str, ...]]
    irregular: dict[str, str]
    addresses: frozenset[str]
    marks: LinearModel | None

    def patterns(self, lemma: str, form: str) -> tuple[VerbPattern, ...]:
        """The reporting patterns of a verb by its lemma, or by its form where no lexicon knows the lemma.

        Lemmatizers invent lemmas for rare forms ("jugeer" for "jugeant"): a stem of a reporting verb with a verbal ending is
        then taken for that verb.
        """
        known = self.verbs.get(plain(lemma))
        if known is not None:
            return known
        irregular = self.irregular.get(plain(form))
        if irregular is not None:
            return self.verbs[irregular]
        folded = fold(form)
        endings = self.words["ending"]
        for cut in range(len(folded) - 1, 2, -1):
            lemmas = self.stems.get(folded[:cut])
            doubled = folded[cut] == folded[cut - 1] and folded[cut + 1 :] in endings  # rappelle, of rappeler
            if lemmas is not None and (doubled or folded[cut:] in endings):
                return self.verbs[lemmas[0]]
        return ()


def plain(word: str) -> str:
    """A word as the tables hold it: lower case, straight apostrophe."""
    return word.lower().replace("’", "'")


def fold(word: str) -> str:
    """A word without case and accents: "révèlent" and "révéler" share a stem so."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


@lru_cache(maxsize=8)
def compile_tables(lexicon: Lexicon) -> QuoteTables:
    """The tables of a lexicon; made once for each."""
    holders = {
        lemma.lower(): (noun.kind, f"holders:{noun.id}") for noun in reversed(lexicon.holders) for lemma in noun.lemmas
    }
    words: dict[str, set[str]] = defaultdict(set)
    for cue in lexicon.attribution:
        words[cue.position].update(fold(form) if cue.position == "ending" else plain(form) for form in cue.forms)
    cues = _cues(lexicon.attribution)
    return QuoteTables(
        verbs=_verbs(lexicon.reporting, frozenset(words["reflexive"])),
        cues=cues,
        cue_starts=frozenset(first for first, _ in cues),
        words=defaultdict(frozenset, {position: frozenset(forms) for position, forms in words.items()}),
        sets=frozenset(words["set"]),
        holders=holders,
        persons=_persons(lexicon),
        irregular={plain(f): lemma for e in lexicon.reporting for lemma, forms in e.forms.items() for f in forms},
        marks=lexicon.learned.get(MARKS),
        addresses=frozenset(plain(form) for t in lexicon.titles if t.gender and not t.sector for form in t.forms),
        stems=_stems(lexicon.reporting, frozenset(words["reflexive"])),
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


def _persons(lexicon: Lexicon) -> frozenset[str]:
    """Nouns for somebody who may have an opinion: persons and offices."""
    nouns = {
        lemma for noun in lexicon.actor_nouns if noun.kind in ("person", "office", "crowd") for lemma in noun.lemmas
    }
    offices = {form.partition(" ")[0] for office in lexicon.offices for form in office.forms}
    known = {lemma for noun in lexicon.holders if noun.kind == "unnamed" for lemma in noun.lemmas}
    return frozenset(plain(word) for word in nouns | offices | known)


def _stems(entries: Iterable[ReportingVerb], reflexives: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Lemmas by what is left of them without their infinitive ending (two letters), at least three letters long."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for written in entry.verbs:
            lemma = _split(written, reflexives)[0]
            stem = fold(lemma)[:-2]
            if len(stem) >= 3 and lemma not in found[stem]:
                found[stem].append(lemma)
    return {stem: tuple(lemmas) for stem, lemmas in found.items() if lemmas}


def _cues(entries: Iterable[AttributionCue]) -> dict[tuple[str, str], tuple[CuePattern, ...]]:
    """Cues by their first two words (the second empty where there is none), the longest first."""
    found: dict[tuple[str, str], list[CuePattern]] = defaultdict(list)
    for entry in entries:
        if entry.position in ("before", "opinion", "whole", "rumour"):
            for form in entry.forms:
                words = tuple(_WORD.findall(plain(form)))
                found[words[0], words[1] if len(words) > 1 else ""].append(
                    CuePattern(f"attribution:{entry.id}", words, entry.position)
                )
    return {start: tuple(sorted(patterns, key=lambda p: -len(p.words))) for start, patterns in found.items()}
