"""Who acts: countries, organisations, nouns for political actors, titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from depeche.records.vocabularies import ACTOR_KINDS, SECTORS


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory. `adjectives` holds all inflected forms in lower case ("algérien", "algérienne", …);
    `inhabitants` the nouns for its people as written ("Algérien", "Algériennes", …); `names` further names and short forms;
    `government` other names for its government ("le palais d'El Mouradia" without the article); `cities` its larger cities."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    inhabitants: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    government: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation or armed group by its names and acronyms. `code` is its country (alpha-3) or its body code (UNO, EUE, …)."""

    id: str
    name: str
    kind: str
    names: tuple[str, ...] = ()
    code: str | None = None
    sector: str | None = None

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "kind": frozenset(
            "igo ngo party armed_group military ministry government parliament court company media agency union movement "
            "police intelligence religious".split()
        ),
        "sector": SECTORS,
    }


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """A common noun that stands for a political actor: "armée", "rebelle", "manifestant", "dirigeant".

    `plural_only`: counts as an actor in the plural alone. `weak`: an actor only with a country, an office or a name beside it.
    """

    id: str
    lemmas: tuple[str, ...]
    kind: str
    sector: str
    plural_only: bool = False
    weak: bool = False

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {"kind": ACTOR_KINDS, "sector": SECTORS}


@dataclass(frozen=True, slots=True)
class Title:
    """A form of address before a name ("M.", "général", "cheikh"); `gender` m, f or None."""

    id: str
    forms: tuple[str, ...]
    gender: str | None = None
    sector: str | None = None
