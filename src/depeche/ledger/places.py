"""Places that events name."""

from __future__ import annotations

from dataclasses import dataclass

from depeche.ledger.keys import fold
from depeche.records import identity


@dataclass(frozen=True, slots=True)
class Place:
    """A place: `country` is an ISO 3166-1 alpha-3 code, coordinates are degrees north and east; None where nothing settles them."""

    id: str
    name: str
    key: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def find(words: str, lang: str) -> Place:
    """The place that words of a language name."""
    key = fold(words)
    return Place(identity("place", lang, key), key, key)
