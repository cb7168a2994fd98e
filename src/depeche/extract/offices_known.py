"""Known holders of offices, matched with the persons that a text names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from depeche.extract.offices_phrases import OfficePhrase
from depeche.extract.offices_scene import Name, Scene
from depeche.extract.offices_tables import fold_words
from depeche.languages.schema.offices import Incumbent

LEEWAY = timedelta(days=120)  # a president-elect is called president that long before, a former one that long after

_GENERAL = {
    "leader": ("head_of_state", "head_of_government", "group_head", "party_head"),
    "chief": ("group_head", "party_head"),
    "rebel_head": ("group_head",),
    "secretary_state": ("minister.foreign",),
    "secretary_general": ("un_head", "nato_head"),
    "director_general": ("who_head", "iaea_head", "imf_head"),
    "director": ("who_head", "imf_head"),
    "high_representative": ("eu_diplomacy",),
    "minister.foreign": ("eu_diplomacy",),
    "supreme_commander": ("head_of_state",),
    "prince": ("crown_prince",),
    "commander": ("guards_commander", "chief_of_staff"),
}


_GROUP_HEADS = frozenset({"party_head", "group_head", "union_head"})
#: The roles of titles that mean the head of a group when the group follows: "le président du parti", no "vice-président".
_LEADING = _GROUP_HEADS | {"head_of_state", "leader", "chief", "secretary_general", "ceo", "file_head", "rebel_head"}


@dataclass(frozen=True)
class KnownHolders:
    """The persons of one text who are known to have held an office: pairs of a name and a tenure."""

    pairs: tuple[tuple[Name, Incumbent], ...]
    published: date | None
    words: list[str] = field(repr=False)

    def of_person(self, name: Name) -> list[Incumbent]:
        """The known tenures of one person."""
        return self._by_person.get(name, [])

    def candidates(self, phrase: OfficePhrase) -> list[tuple[Name, Incumbent]]:
        """Who in the text may hold this office, as of publication."""
        meant = {i for i in self._tenures if self.fits(phrase, i) and self._in_time(phrase, i)}
        return [(n, i) for n, i in self.pairs if i in meant] if meant else []

    @cached_property
    def _tenures(self) -> tuple[Incumbent, ...]:
        return tuple(dict.fromkeys(i for _, i in self.pairs))

    @cached_property
    def _by_person(self) -> dict[Name, list[Incumbent]]:
        found: dict[Name, list[Incumbent]] = {}
        for name, incumbent in self.pairs:
            found.setdefault(name, []).append(incumbent)
        return found

    def fits(self, phrase: OfficePhrase, incumbent: Incumbent) -> bool:
        """May the title mean the known office?"""
        role = phrase.office.role
        if phrase.group is not None:
            of = set(fold_words(incumbent.of_))
            heads = incumbent.role in _GROUP_HEADS and role in _LEADING
            return heads and bool(of) and of <= set(self.words[phrase.group[0] : phrase.group[1]])
        if role in _GENERAL and phrase.code is None and role != incumbent.role:
            return False
        if phrase.code is not None and phrase.code != incumbent.of_:
            return False
        if role == incumbent.role or incumbent.role in _GENERAL.get(role, ()):
            return self._seated(phrase, incumbent)
        if role == "minister" and phrase.last - phrase.first > 1:  # a portfolio that no office names
            return False
        return "minister" in (role, incumbent.role) and role.split(".")[0] == incumbent.role.split(".")[0]

    def _seated(self, phrase: OfficePhrase, incumbent: Incumbent) -> bool:
        """Does the title name the incumbent's city or region, or none at all?"""
        if incumbent.seat is None or phrase.last - phrase.first == 1:
            return True
        return set(fold_words(incumbent.seat)) <= set(self.words[phrase.first : phrase.end])

    def _in_time(self, phrase: OfficePhrase, incumbent: Incumbent) -> bool:
        if self.published is None:
            return True
        ended = date.fromisoformat(incumbent.until) if incumbent.until else None
        if phrase.status == "former":
            return ended is not None and ended <= self.published + LEEWAY
        begun = date.fromisoformat(incumbent.since)
        return begun - LEEWAY <= self.published and (ended is None or self.published <= ended + LEEWAY)

    def status(self, phrase: OfficePhrase, name: Name) -> str | None:
        """Former or elect, where the person's known tenures of this office all say so; current, where one holds then; else None."""
        if self.published is None:
            return None
        known = [i for i in self.of_person(name) if self.fits(phrase, i)]
        if known and all(i.until and date.fromisoformat(i.until) <= self.published for i in known):
            return "former"
        if known and all(date.fromisoformat(i.since) > self.published for i in known):
            return "elect"
        return "current" if known else None


def known_holders(scene: Scene, names: list[Name], published: date | None) -> KnownHolders:
    """The known tenures of all persons named in a text."""
    first_names: dict[str, set[str]] = {}
    for name in names:
        if name.last - name.first > 1:
            first_names.setdefault(scene.words[name.last - 1], set()).add(scene.words[name.first])
    pairs = []
    for name in names:
        for incumbent in scene.tables.holders.get(scene.words[name.last - 1], ()):
            if _same(scene, name, incumbent, first_names):
                pairs.append((name, incumbent))
    return KnownHolders(tuple(pairs), published, scene.words)


def _same(scene: Scene, name: Name, incumbent: Incumbent, first_names: dict[str, set[str]]) -> bool:
    """Is this name one of the incumbent's? A family name alone is, unless the text gives it to somebody else."""
    words = tuple(scene.words[name.first : name.last])
    forms = [fold_words(n) for n in (incumbent.person, *incumbent.names)]
    if any(words == f for f in forms):
        return True
    others = first_names.get(words[-1], set())
    return any(f[-len(words) :] == words and (not others or f[0] in others) for f in forms)
