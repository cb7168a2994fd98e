"""Event frames and light verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from depeche.records.vocabularies import EVENT_TYPES


@dataclass(frozen=True, slots=True)
class EventFrame:
    """Words that name one kind of event, and where its participants stand around them.

    `verbs`, `nouns`, `adjectives` are lemmas. A verb may be pronominal ("se rendre", "s'entretenir") or carry fixed words
    after it ("prendre part", "mettre en garde").
    `actor` and `recipient` list the slots around the VERB where each stands, best first: `subj`, `obj`, or a preposition
    lemma ("avec", "contre", "à", "de", "chez"…); the passive is worked out by the code. `reciprocal: true` says that all
    sides are actors and nobody is recipient.
    `of` says what "de X" after the NOUN is: actor ("l'attaque des rebelles"), recipient ("l'arrestation du député"),
    both (all sides), or theme (neither). `noun_actor` and `noun_recipient` list further prepositions after the noun
    ("par", "entre", "avec", "contre", "à", "envers"…); adjectives of nationality and possessives count as actor, unless
    `of: recipient` and another actor stands there.
    `need` restricts a slot: {slot: [lemma…]} or classes `@actor` (a political actor), `@person`, `@group`, `@state`,
    `@place`, `@event` (a word that itself is an event trigger); the entry fires only if the slot is filled by one of them;
    `avoid` forbids fillers in the same way.
    `weak: true`: the word is common elsewhere (frapper, visite), so it counts only when a political actor fills a slot.
    """

    id: str
    type: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    mode: str | None = None
    cameo: str | None = None
    actor: tuple[str, ...] = ("subj",)
    recipient: tuple[str, ...] = ()
    reciprocal: bool = False
    of_: str = "actor"
    noun_actor: tuple[str, ...] = ("par",)
    noun_recipient: tuple[str, ...] = ()
    need: dict[str, tuple[str, ...]] = field(default_factory=dict)
    avoid: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weak: bool = False
    contexts: tuple[str, ...] = ()

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "type": EVENT_TYPES,
        "of": frozenset({"actor", "recipient", "both", "theme"}),
    }


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that lends its subject to an event noun: "mener une attaque", "subir une attaque", "procéder à l'arrestation".

    `noun` is the slot where the event noun stands (obj, subj or a preposition); `actor` and `recipient` are the slots of the
    VERB that hold the event's participants. `status` is what the verb says of the event (None: its own mood decides).
    """

    id: str
    verb: str
    noun: str = "obj"
    actor: tuple[str, ...] = ("subj",)
    recipient: tuple[str, ...] = ()
    status: str | None = None
