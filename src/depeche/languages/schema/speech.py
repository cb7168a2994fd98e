"""Who says so: reporting verbs and attribution cues."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from depeche.records.vocabularies import HOLDER_KINDS


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A verb (lemma, pronominal or with fixed words) that reports speech.

    `frames`: which complements make a quote: `quote` (quotation marks), `that` (a clause with its complementiser),
    `infinitive` ("dit avoir vu"), `question` ("demande si"), `beside` (marks right beside the verb, and nothing else), `content` (the
    complement is told on the subject's word, but quotes nothing: "accuse X de"). A verb with `quote` alone ("accuser", "appeler") attributes
    quoted words but makes no indirect quote. `stance`: say, claim, deny, ask, warn, think, write.
    `forms`: irregular forms of a verb of the entry, for where its lemma is mistaken ({promettre: [promis, promet]}).
    """

    id: str
    verbs: tuple[str, ...]
    frames: tuple[str, ...] = ("quote", "that")
    stance: str = "say"
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "frames": frozenset({"quote", "that", "infinitive", "question", "beside", "content"}),
        "stance": frozenset({"say", "claim", "deny", "ask", "warn", "think", "write"}),
    }


@dataclass(frozen=True, slots=True)
class AttributionCue:
    """Words other than a verb that give a source, and the small words that speech needs. `forms` are in lower case.

    `position` says what they do. Sources: `before` (the holder follows: "selon"), `opinion` (the holder follows, but only where
    it is somebody and a comma closes it: "pour"), `whole` (the cue is the holder: "de source diplomatique"), `rumour` (nobody
    in particular). Grammar: `that` and `whether` (complementisers), `which` (relatives after a source: "selon lequel"), `agent` (the preposition of a passive's agent), `conjunction` (makes one with the
    complementiser after it), `auxiliary` (lemma of the active tenses), `ending` (of verb forms whose lemma is unknown), `manner`
    (opens an inserted report: "comme"), `nobody` (subjects that are no speaker), `reflexive` (pronouns that make a verb pronominal; the
    first two also as written in `ReportingVerb.verbs`), `cites` and `cited` (lemmas that pass another's
    words on). Nouns by lemma: `message` (what somebody says), `relay` (nouns that stand before the true holder: "les informations
    de X"), `name` (before marks, they make a title), `calendar` (no speaker, wherever it stands). `set`: marked phrases in common use that quote nobody.
    """

    id: str
    forms: tuple[str, ...]
    position: str = "before"

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "position": frozenset(
            "before opinion whole rumour that whether which agent conjunction manner nobody reflexive auxiliary ending cites cited "
            "message relay name set calendar".split()
        )
    }


@dataclass(frozen=True, slots=True)
class HolderNoun:
    """A noun that tells the kind of a source: "source" (unnamed), "agence" (media), "ministère" (institution), "rumeur"."""

    id: str
    lemmas: tuple[str, ...]
    kind: str

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {"kind": HOLDER_KINDS}
