"""Who says so: reporting verbs and attribution cues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from depeche.records.vocabularies import HOLDER_KINDS


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A verb (lemma, pronominal or with fixed words) that reports speech.

    `frames`: which complements make a quote: `quote` (quotation marks), `that` (a clause with its complementiser),
    `infinitive` ("dit avoir vu"), `question` ("demande si"). A verb with `quote` alone ("accuser", "appeler") attributes
    quoted words but makes no indirect quote. `stance`: say, claim, deny, ask, warn, think, write.
    """

    id: str
    verbs: tuple[str, ...]
    frames: tuple[str, ...] = ("quote", "that")
    stance: str = "say"

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "frames": frozenset({"quote", "that", "infinitive", "question"}),
        "stance": frozenset({"say", "claim", "deny", "ask", "warn", "think", "write"}),
    }


@dataclass(frozen=True, slots=True)
class AttributionCue:
    """Words other than a verb that give a source: "selon", "d'après", "à en croire", "de source". `forms` as written, lower
    case. `position`: before (the holder follows the cue) or whole (the cue is the holder: "de source diplomatique")."""

    id: str
    forms: tuple[str, ...]
    position: str = "before"

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {"position": frozenset({"before", "whole"})}


@dataclass(frozen=True, slots=True)
class HolderNoun:
    """A noun that tells the kind of a source: "source" (unnamed), "agence" (media), "ministère" (institution), "rumeur"."""

    id: str
    lemmas: tuple[str, ...]
    kind: str

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {"kind": HOLDER_KINDS}
