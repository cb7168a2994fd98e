"""What the office rules look up: titles, the words around them, names of countries and bodies, known holders; all indexed once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, Protocol, TypeVar

from depeche.languages.schema.actors import Country, Organisation
from depeche.languages.schema.offices import Incumbent, Office, OfficeCue

P = TypeVar("P")

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "œ": "oe", "Œ": "oe"})
_GROUPS = frozenset({"party", "armed_group", "company", "media", "union", "movement", "ngo", "religious"})
_PARTS = re.compile(r"[^\s'()]+'?|[()]")


class OfficeLexicon(Protocol):
    """The entries of a lexicon that offices need."""

    def __hash__(self) -> int: ...
    @property
    def offices(self) -> tuple[Office, ...]: ...
    @property
    def office_cues(self) -> tuple[OfficeCue, ...]: ...
    @property
    def incumbents(self) -> tuple[Incumbent, ...]: ...
    @property
    def countries(self) -> tuple[Country, ...]: ...
    @property
    def organisations(self) -> tuple[Organisation, ...]: ...


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case, accents and typographic apostrophes: "L’État" -> "l'etat"."""
    plain = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def fold_words(phrase: str) -> tuple[str, ...]:
    """The folded tokens of a lexicon phrase, cut after apostrophes as a text is: "chef d'État" -> ("chef", "d'", "etat")."""
    return tuple(_PARTS.findall(fold(phrase)))


class Phrasebook(Generic[P]):
    """Phrases by their first word, longest first."""

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], P]]) -> None:
        found: dict[str, list[tuple[tuple[str, ...], P]]] = {}
        for words, payload in entries:
            if words:
                found.setdefault(words[0], []).append((words, payload))
        self._by_first = {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in found.items()}

    def __contains__(self, first: str) -> bool:
        return first in self._by_first

    def at(self, words: Sequence[str], index: int) -> tuple[int, P] | None:
        """The longest phrase that starts at `index`: its length and what it stands for."""
        for phrase, payload in self._by_first.get(words[index], ()):
            size = len(phrase)
            if size == 1 or tuple(words[index : index + size]) == phrase:
                return size, payload
        return None


@dataclass(frozen=True, slots=True)
class Title:
    """A form of an office as it may stand in a text."""

    office: Office | None
    plural: bool


@dataclass(frozen=True, slots=True)
class Place:
    """What a geographic or body name says: `kind` is country, adjective, city, body (an organ of a state or of a body above
    states: its office is theirs) or group (a party, company, armed group…: an office of its own); `code` None where it has none."""

    kind: str
    code: str | None
    name: str


@dataclass(frozen=True)
class OfficeTables:
    """The indexed lexicon. `cues` maps a role to its one-word forms, `phrases` to its phrases of any length."""

    titles: Phrasebook[Title]
    places: Phrasebook[Place]
    cues: dict[str, frozenset[str]]
    phrases: dict[str, Phrasebook[str]]
    holders: dict[str, tuple[Incumbent, ...]]
    people: frozenset[tuple[str, ...]]
    prefixes: tuple[str, ...]


@cache
def office_tables(lexicon: OfficeLexicon) -> OfficeTables:
    """The tables of a lexicon, made on first use."""
    cues: dict[str, set[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for cue in lexicon.office_cues:
        for form in cue.forms:
            words = fold_words(form)
            phrases.setdefault(cue.role, []).append((words, cue.id))
            if len(words) == 1:
                cues.setdefault(cue.role, set()).add(words[0])
    roles = OfficeCue.CLOSED["role"]
    return OfficeTables(
        titles=Phrasebook([*_titles(lexicon), *((w, Title(None, False)) for w, _ in phrases.get("excluded", ()))]),
        places=Phrasebook(_places(lexicon)),
        cues={role: frozenset(cues.get(role, ())) for role in roles},
        phrases={role: Phrasebook(phrases.get(role, ())) for role in roles},
        holders=_holders(lexicon.incumbents),
        people=frozenset(fold_words(n) for i in lexicon.incumbents for n in (i.person, *i.names)),
        prefixes=tuple(sorted((f for f in cues.get("former_prefix", ()) if f.endswith("-")), key=len, reverse=True)),
    )


def _titles(lexicon: OfficeLexicon) -> Iterable[tuple[tuple[str, ...], Title]]:
    for office in lexicon.offices:
        for form in office.forms:
            yield fold_words(form), Title(office, form in office.plurals)
        for form in office.plurals:
            yield fold_words(form), Title(office, True)


def _places(lexicon: OfficeLexicon) -> Iterable[tuple[tuple[str, ...], Place]]:
    """Own cues first: of two phrases of one length the earlier one is found."""
    for cue in lexicon.office_cues:
        if cue.role == "body":
            for form in cue.forms:
                kind = "adjective" if form[0].islower() and " " not in form and "'" not in form else "body"
                yield fold_words(form), Place(kind, cue.code, form)
    for country in lexicon.countries:
        yield from _country_places(country)
    for organisation in lexicon.organisations:
        kind = "group" if organisation.kind in _GROUPS else "body"
        for form in (organisation.name, *organisation.names):
            yield fold_words(form), Place(kind, organisation.code, organisation.name)
        for form in organisation.adjectives:
            yield fold_words(form), Place("adjective", organisation.code, organisation.name)


def _country_places(country: Country) -> Iterable[tuple[tuple[str, ...], Place]]:
    names = (country.name, *country.names)
    typed = (n.replace("-", " ") for n in names if "-" in n)  # "Etats Unis", as it is often typed
    forms = {
        "adjective": country.adjectives,
        "country": (*names, *typed),
        "body": country.government,
        "city": (*country.capital, *country.cities, *country.regions),
    }
    for kind, words in forms.items():
        for form in words:
            yield fold_words(form), Place(kind, country.code, form)


def _holders(incumbents: tuple[Incumbent, ...]) -> dict[str, tuple[Incumbent, ...]]:
    """Known holders by the last word of each of their names."""
    found: dict[str, list[Incumbent]] = {}
    for incumbent in incumbents:
        for key in {fold_words(name)[-1] for name in (incumbent.person, *incumbent.names)}:
            found.setdefault(key, []).append(incumbent)
    return {k: tuple(v) for k, v in found.items()}
