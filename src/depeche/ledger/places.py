"""The words of a place as a row of the ledger's places: which country, where on the map."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from depeche.ledger.gazetteer import Site, sites, weight
from depeche.ledger.keys import fold
from depeche.records import identity


@dataclass(frozen=True, slots=True)
class Place:
    """A place that events name. `country` is an ISO 3166-1 alpha-3 code or the code of a body; `latitude` and `longitude` are degrees
    (WGS 84), of the capital for a country. All three are None where the words settle nothing."""

    id: str
    name: str
    key: str
    country: str | None
    latitude: float | None
    longitude: float | None


# What an event's own countries add to a magnitude (see gazetteer.weight): "Valence" is Spanish among Spaniards, and yet an American in
# Manchester is not in New Hampshire (with 3 he was).
NEAR = 2.0
# A short name that GeoNames alone knows may be a common word ("Huit", "Voici", "Gala"): trusted from a town of fifteen thousand on, or
# in a country of the event. One of this many letters is no common word.
TRUSTED, LONG = 4.17, 9
# A name inside longer words ("la gare de Lille") is trusted from a town of a hundred thousand on, or one in a country of the event.
TRUSTED_INSIDE = 5.0


def find_place(words: str, lang: str, near: Collection[str] = ()) -> Place:
    """The place that the words name, or one without country and coordinates where they name none that is known.

    `near` holds the countries of the event's actors: among namesakes, one there is preferred. The answer depends on the arguments
    alone, never on what else the ledger holds.

    >>> place = find_place("Etats-Unis", "fr")
    >>> place.name, place.country
    ('États-Unis', 'USA')
    """
    name = " ".join(words.split())
    if not any(c.isupper() for c in name):  # "à l'aube" is no town of the Aube
        return _place(name, None)
    key = fold(name)
    site = _best(key, lang, near, 0.0 if len(key) >= LONG else TRUSTED)
    if site is not None:
        return _place(site.name, site)
    return _place(name, _inside(name, lang, near))


def _place(name: str, site: Site | None) -> Place:
    country, town = (site.country, site.town) if site else (None, None)
    at = (site.latitude, site.longitude) if site else (None, None)
    return Place(identity("place", name, country, town), name, fold(name), country, *at)


def _best(key: str, lang: str, near: Collection[str], least: float) -> Site | None:
    """The likeliest site of a folded name, None where none is likely enough; the order of `sites` settles ties."""
    scored = [(weight(s) + (NEAR if s.country in near else 0.0), s) for s in sites(key, lang)]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= least else None


def _inside(name: str, lang: str, near: Collection[str]) -> Site | None:
    """The site of the longest known name within longer words, the last one of two: "gare du Nord à Paris"."""
    words = name.replace("’", " ").replace("'", " ").split()
    for start, end in _parts(words):
        site = _best(fold(" ".join(words[start:end])), lang, near, TRUSTED_INSIDE)
        # a country's name opens many others: "France 3", "France Gall"
        if site is not None and (site.kind != "country" or end == len(words)):
            return site
    return None


def _parts(words: list[str]) -> Iterator[tuple[int, int]]:
    """Stretches of words that begin and end with a capital, the longest first, later ones before earlier ones."""
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length, -1, -1):
            if words[start][0].isupper() and words[start + length - 1][0].isupper():
                yield start, start + length
