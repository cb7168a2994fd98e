"""Claims in French words: sentences of many shapes, from templates of the project's own."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from claims_truth import COUNTRIES, Stay

PREPOSITIONS = dict(COUNTRIES.values())
WOMEN = (
    "Albright",
    "Rice",
    "Clinton, Hillary",
    "Hillary Rodham Clinton",
    "Madeleine Korbel Albright",
    "Condoleezza Rice",
)
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
NUMBERS = {
    2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix", 12: "douze", 15: "quinze",
    20: "vingt", 25: "vingt-cinq", 30: "trente", 40: "quarante", 50: "cinquante",
}  # fmt: skip
OFFICES = {
    "president": ("président américain", "président des États-Unis", "chef d'État américain"),
    "secretary": (
        "secrétaire d'État américain",
        "chef de la diplomatie américaine",
        "ministre américain des Affaires étrangères",
    ),
}

#: What is counted is visits.
FIRST = (
    "première visite d'un {office} {where} depuis {bound}",
    "Première visite {where} d'un {office} depuis {bound}",
    "La première visite d'un {office} {where} depuis {bound} a commencé {day}.",
    "Pour la première fois depuis {bound}, un {office} se rend {where}.",
    "C'est la première fois depuis {bound} qu'un {office} se rend {where}.",
    "Un {office} s'est rendu {where} pour la première fois depuis {bound}.",
    "Il s'agit de la première visite d'un {office} {where} depuis {bound}.",
    "C'est la première visite {where} d'un {office} depuis {bound}.",
    "La visite du {office} {where}, la première depuis {bound}, a commencé {day}.",
    "{name} s'est rendu{e} {where} {day}, une première pour un {office} depuis {bound}.",
    "{name} a effectué {day} la première visite d'un {office} {where} depuis {bound}.",
    "Depuis {bound}, c'est la première fois qu'un {office} se rend {where}.",
    "{Day}, un {office} est arrivé {where}, pour la première fois depuis {bound}.",
    "Le {office} est arrivé {where} {day} pour la première visite d'un {office} depuis {bound}.",
    "Visite {where} du {office}, la première depuis {bound}",
    "Le {office} {name} se rend {where}, une première pour un {office} depuis {bound}.",
    "C'est la première fois qu'un {office} se rend {where} depuis {bound}, selon le gouvernement.",
)
#: What is counted is people.
PERSONS = (
    "{name} est le premier {office} à se rendre {where} depuis {bound}.",
    "{name} devient le premier {office} à se rendre {where} depuis {bound}.",
)
#: What is counted is a narrower kind of visit: the list does not tell official ones from others, so an earlier visit proves nothing.
NARROWED = (
    "Première visite officielle d'un {office} {where} depuis {bound}",
    "C'est la première visite bilatérale d'un {office} {where} depuis {bound}.",
    "La visite d'État du {office} {where}, la première depuis {bound}, a commencé {day}.",
)
#: What is said is that there was none.
NONE = (
    "Aucun {office} ne s'était rendu {where} depuis {bound}.",
    "Aucun {office} ne s'est rendu {where} depuis {bound}.",
    "Depuis {bound}, aucun {office} ne s'était rendu {where}.",
    "Jamais depuis {bound} un {office} ne s'était rendu {where}.",
)


@dataclass(frozen=True)
class Bound:
    """A bound in words, as an option, and its days [first, end); `length`: a number of years back from the event."""

    words: str
    option: str
    first: date
    end: date
    length: bool = False


def french_day(day: date) -> str:
    """le 3 mars 1978"""
    return f"le {'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def year_bound(year: int) -> Bound:
    """depuis 1978"""
    return Bound(str(year), str(year), date(year, 1, 1), date(year + 1, 1, 1))


def month_bound(day: date) -> Bound:
    """depuis mars 1978"""
    end = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return Bound(f"{MONTHS[day.month - 1]} {day.year}", f"{day:%Y-%m}", day.replace(day=1), end)


def day_bound(day: date) -> Bound:
    """depuis le 3 mars 1978"""
    return Bound(french_day(day), day.isoformat(), day, date.fromordinal(day.toordinal() + 1))


def length_bound(years: int, event: date) -> Bound | None:
    """depuis dix ans: what lies in the first tenth of that is neither inside nor outside, [first, end)."""
    try:
        first = event.replace(year=event.year - years)
    except ValueError:  # a 29 February
        return None
    end = date.fromordinal(first.toordinal() + round((event - first).days * 0.1))
    return Bound(f"{NUMBERS[years]} ans", f"P{years}Y", first, end, length=True)


def write(shape: str, stay: Stay, bound: Bound, office: str) -> str:
    """A template with its words."""
    day = french_day(stay.first)
    return shape.format(
        office=office, where=PREPOSITIONS[stay.country], bound=bound.words, day=day, Day=day.capitalize(), name=stay.name,
        e="e" if stay.name.endswith(WOMEN) else "",
    )  # fmt: skip


def office_of(role: str, chance: random.Random) -> str:
    """One of the ways in which French calls the office."""
    return chance.choice(OFFICES[role])
