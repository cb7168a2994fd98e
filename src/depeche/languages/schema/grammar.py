"""Closed-class words that the extractors need by role, and the cues of factuality."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from depeche.records.vocabularies import FACTUALITIES


@dataclass(frozen=True, slots=True)
class GrammarWords:
    """Words (lemmas or forms, lower case) that play one grammatical role; the roles are listed in `CLOSED`.

    agent: adposition of the passive's agent; genitive: "of"; dative: slot name under which indirect objects are listed;
    between: adposition that lists all sides; reflexive: lemmas of reflexive pronouns, third_reflexive: the forms
    that are nothing else; unaccusative: verbs whose active past takes the auxiliary of the passive; subject_control / object_control: verbs whose infinitive shares
    their subject or object; relative_place: relative adverbs that stand for a place; contraction: `forms` are written as
    `lemma` (fused adpositions); locative: adpositions that open a place; country_locative: those that do so before
    countries and name a side of an event noun as well. For tolls: dead: words whose number stands before them; killing: those whose
    number follows; about: words that may stand between; unit: what numbers count that are no people.
    """

    id: str
    role: str
    forms: tuple[str, ...]
    lemma: str | None = None

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "role": frozenset(
            "agent genitive dative between reflexive third_reflexive unaccusative subject_control object_control relative_place contraction "
            "locative dead killing about unit".split()
        ),
    }


@dataclass(frozen=True, slots=True)
class FactualityCue:
    """Words that move an event away from "it happened", and how far they reach.

    `scope`: `governs` (the cue governs the event word through one of `slots`: xcomp, ccomp, subj, obj, acl or an adposition),
    `modifies` (the cue depends on the event word or its clause: adverb, adjective, determiner), `mark` (the cue opens the
    event's clause: "si", "pour", "avant de"), `mood` (the event verb or its auxiliary bears `feats`, e.g. {Tense: Fut},
    or is its lemma with one of `endings` in place of the lemma's own, whatever its tag),
    `itself` (the event word is one of `words`: "tentative"),
    `occurs` (verbs of taking place: what denies them denies the event that is their subject).
    `needs`: lemmas of which one must be a dependent of the same word as a `modifies` cue ("plus" denies with "ne" alone);
    `unless`: lemmas that undo it, there or as the word itself ("pas seulement", "ne tarit pas"). `if_denied`: the status when
    a `governs` cue is itself
    denied ("n'a pas hésité à": actual; by default denied); `if_done`: the status when it stands in a compound past ("a permis de"), for
    a `mark` when its clause does and the main clause is not open ("si le parlement a voté la loi, le peuple la refuse").
    `compound`: a `mood` cue stands with the auxiliary of a compound tense alone ("aurait quitté").
    `sure`: a cue that seldom misleads, which weighs more in the learned status.
    `if_reported`: the status of a `mood` cue in what a verb of the past reports ("a dit qu'il viendrait").
    """

    id: str
    status: str
    scope: str
    words: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    feats: dict[str, tuple[str, ...]] = field(default_factory=dict)
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pos: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    if_denied: str | None = None
    if_done: str | None = None
    if_reported: str | None = None
    compound: bool = False
    sure: bool = False

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "status": FACTUALITIES,
        "if_denied": FACTUALITIES,
        "if_done": FACTUALITIES,
        "if_reported": FACTUALITIES,
        "scope": frozenset({"governs", "modifies", "mark", "mood", "occurs", "itself"}),
    }
