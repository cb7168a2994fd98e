"""Who acts: countries, organisations, nouns for political actors, titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from depeche.records.vocabularies import ACTOR_KINDS, SECTORS


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory. `adjectives` holds all inflected forms in lower case ("algérien", "algérienne", …);
    `inhabitants` the nouns for its people as written ("Algérien", "Algériennes", …); `names` further names and short forms;
    `government` other names for its government ("le palais d'El Mouradia" without the article); `cities` its larger cities,
    `regions` provinces and disputed parts that settle the country; `prefixes` first halves of compounds ("russo" in
    "russo-turc"); `articled` those of its names that count only after an article ("la Dominique", not "Dominique")."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    inhabitants: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    government: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    articled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation or armed group by its names and acronyms. `code` is its country (alpha-3) or its body code (UNO, EUE, …);
    `adjectives` the words formed on it ("onusien"), `seats` cities that stand for it as actors ("Bruxelles a proposé")."""

    id: str
    name: str
    kind: str
    names: tuple[str, ...] = ()
    code: str | None = None
    sector: str | None = None
    adjectives: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()

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

    `lemmas` are lemmas, or fixed words as written ("chef de l'État", without the country). All of one entry of kind office
    name one office, so that two of them with one country are one person ("ministre de la Défense", "chef du Pentagone").
    `plural_only`: counts as an actor in the plural alone. `weak`: an actor only with a country, an office or a name beside it.
    `anaphoric`: with a definite or demonstrative determiner it points back to somebody named before ("ce dernier").
    `measure`: stands for what its complement names ("des dizaines de manifestants", "la plupart des ministres").
    `code`: the body that it belongs to where nothing else says ("ONG"). `feats`: the form is a pronoun or possessive that stands
    for an actor, and agrees so (UD features, e.g. "Gender=Fem|Number=Sing"; a possessive's owner by "Number[psor]").
    """

    id: str
    lemmas: tuple[str, ...]
    kind: str
    sector: str
    plural_only: bool = False
    weak: bool = False
    anaphoric: bool = False
    measure: bool = False
    code: str | None = None
    feats: str = ""

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {"kind": ACTOR_KINDS, "sector": SECTORS}


@dataclass(frozen=True, slots=True)
class Title:
    """A form of address before a name ("M.", "général", "cheikh"); `gender` m, f or None."""

    id: str
    forms: tuple[str, ...]
    gender: str | None = None
    sector: str | None = None
