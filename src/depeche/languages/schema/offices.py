"""Offices of states and bodies, the words around them, and who is known to have held them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from depeche.records.vocabularies import SECTORS


@dataclass(frozen=True, slots=True)
class Office:
    """An office apart from its holder. `forms` are its names in the singular, masculine and feminine, `plurals` in the plural;
    case, accents and the kind of apostrophe do not count. `complement`: none, allowed or required, for what follows
    ("de la Défense", "du Parti socialiste"); `required` means that the bare word is no office. `of` says whose office:
    state, body, party, group, city, any; `code`, where all holders act for one state ("nonce": VAT). Offices of one `role` are one office for one state or body: "chef de l'État" and
    "président"; a `byname` ("le locataire de l'Élysée") gives way to the title itself. `elsewhere` gives roles that the title has
    in some countries instead ("secrétaire d'État" in the USA: minister.foreign)."""

    id: str
    forms: tuple[str, ...]
    plurals: tuple[str, ...] = ()
    role: str = ""
    complement: str = "allowed"
    of_: str = "any"
    sector: str = "GOV"
    byname: bool = False
    code: str | None = None
    elsewhere: dict[str, tuple[str, ...]] = field(default_factory=dict)

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "complement": frozenset({"none", "allowed", "required"}),
        "of": frozenset({"state", "body", "party", "group", "city", "any"}),
        "sector": SECTORS,
    }


@dataclass(frozen=True, slots=True)
class OfficeCue:
    """Words (lower case, one or more) that play one part around offices and their holders; `code` where they name a body.

    former_prefix, former, former_after, acting, elect, future, bygone: the status, before or after the title. linker: between a name
    and its title in apposition. copula, appoint: lemmas of verbs that join a name and a title; elect_verb: those of them by
    which one is chosen before taking office. as: what introduces a
    title that somebody bears. genitive, other_preposition: what opens a complement; late_preposition: those that open
    none right after the title ("président sur"), sure_preposition: those that always do ("auprès de"). article:
    determiners inside a title. determiner, definite. conjunction: joins holders or titles. organ: nouns for parts of
    a state, whose office is the state's. person: nouns that a person's name follows ("du candidat X"). named: nouns
    that carry the proper name of a group. excluded: phrases that look like an office and are none. body: adjectives
    and names of bodies above states, with their `code`. own_state: nouns for the state itself after a title
    ("président du pays"), which make no office of their own. age: words between a name and a title. particle: lower-case
    words inside a name. aside: words right after a title that say something of the holder, not of the office ("sortant"). address: forms of address before a name. ordinal, since: "le premier ministre à … depuis X".
    """

    id: str
    role: str
    forms: tuple[str, ...]
    code: str | None = None

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "role": frozenset(
            "former_prefix former former_after acting elect linker copula appoint as genitive other_preposition determiner "
            "definite conjunction organ named excluded body age particle address ordinal since article "
            "late_preposition sure_preposition person aside own_state future bygone elect_verb".split()
        ),
    }


@dataclass(frozen=True, slots=True)
class Incumbent:
    """Who is known to have held an office: `role` as in `Office`, `of` a country or body code or an organisation's name,
    `since` and `until` ISO dates. `names` are further spellings of the person. `seat` is the
    city or region of a local office, without which the country would not tell one mayor from another."""

    id: str
    person: str
    role: str
    of_: str
    since: str
    until: str | None = None
    names: tuple[str, ...] = ()
    seat: str | None = None
