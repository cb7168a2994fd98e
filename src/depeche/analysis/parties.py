"""Whom a question means: a country or body by code or name, else actors of the ledger by their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import duckdb

from depeche.errors import InputError
from depeche.ledger.keys import fold
from depeche.ledger.names import codes_of, country_name, known_names
from depeche.ledger.queries.happenings import Holding, PartyWanted
from depeche.ledger.queries.offices import offices_of
from depeche.ledger.queries.parties import (
    Named,
    actors_named,
    nearest_names,
    nearest_places,
    places_named,
    speakers_named,
)

# An office that only one mention gives somebody is as often a slip as a spell.
SEEN = 2


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody that a question names. `words` are the question's own; `name` is what they were taken for. A country or body has its
    code in `country`; others have in `keys` the folded names in the ledger that they were found under, the most mentioned first, and in
    `holdings` the offices by which alone they are named while they hold them."""

    words: str
    name: str
    country: str | None = None
    keys: tuple[str, ...] = ()
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A party and the rows in which its names stand, for queries on the connection that found them."""

    party: Party
    rows: tuple[int, ...] = ()

    def wanted(self, role: str | None = None) -> PartyWanted:
        """The same for a query."""
        return PartyWanted(self.party.country, self.rows, self.party.holdings, role)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a question names: a country, or places of the ledger by their ids."""

    words: str
    name: str
    country: str | None = None
    places: tuple[str, ...] = ()


def find_party(con: duckdb.DuckDBPyConnection, words: str) -> Found:
    """Whom the words mean among the actors of events.

    "DZA" and "Algeria" are a country; "UE" is a body; "Mark Esper" is whoever has these words in his name, and "Esper" alone
    too where a document calls him no more than that, and a holder of his office whom it does not name while he held it.

    Raises InputError for an ambiguous country, and for a name that the ledger does not know, with the names nearest to it.
    """
    found = _find(con, words, actors_named)
    if found.party.country:
        return found
    holdings = [
        Holding(o.office_key, o.of, o.first_seen, o.last_seen)
        for o in offices_of(con, found.party.keys)
        if o.of and o.first_seen and o.last_seen and (o.witnesses >= SEEN or o.source != "read")
    ]
    return replace(found, party=replace(found.party, holdings=tuple(holdings)))


def find_speaker(con: duckdb.DuckDBPyConnection, words: str) -> Party:
    """Whom the words mean among those who speak in quotes; otherwise as `find_party`."""
    return _find(con, words, speakers_named).party


def _find(
    con: duckdb.DuckDBPyConnection, words: str, search: Callable[[duckdb.DuckDBPyConnection, str], list[Named]]
) -> Found:
    code = country_code(words)
    if code:
        return Found(Party(words, country_name(code), code))
    key = fold(words)
    named = search(con, key) if key else []
    if not any(_holds(n.key, key) for n in named):
        near = [*_near_countries(key), *(nearest_names(con, key) if key else ())]
        raise InputError(
            f"nobody in this ledger is called {words!r}{_or_nearest(near)}; a country goes by code or name"
        )
    kept = _one_person(key, named)
    party = Party(words, _shown(kept), None, tuple(n.key for n in kept))
    return Found(party, tuple(row for n in kept for row in n.rows))


def country_code(words: str) -> str | None:
    """The code of the country or body that words name, None where they name none. Raises InputError where they name several."""
    codes = codes_of(words.strip())
    if len(codes) > 1:
        choice = " or ".join(f"{code} ({country_name(code)})" for code in codes)
        raise InputError(f"{words!r} is ambiguous: say {choice}")
    return codes[0] if codes else None


def find_spot(con: duckdb.DuckDBPyConnection, words: str) -> Spot:
    """Where the words mean: a country, or places whose names hold the words, or that lie on the very spot of one called so.

    Raises InputError for an ambiguous country, and for a place that no event of the ledger names, with the names nearest to it.
    """
    code = country_code(words)
    if code:
        return Spot(words, country_name(code), code)
    key = fold(words)
    places = places_named(con, key) if key else []
    if not places:
        near = [*_near_countries(key), *(nearest_places(con, key) if key else ())]
        raise InputError(f"no event in this ledger is placed at {words!r}{_or_nearest(near)}")
    return Spot(words, words.strip(), None, tuple(places))


def _holds(key: str, words: str) -> bool:
    return f" {words} " in f" {key} "


def _one_person(words: str, named: Sequence[Named]) -> list[Named]:
    """Leave out the bare last name where it is rather somebody else's: of "Brigitte Macron" the "Macron" of most dispatches is none."""
    last = words.split()[-1]
    full = [n for n in named if n.key != last]
    if " " in words and full and not _holds(_fullest(last, full), words):
        return [n for n in full if _holds(n.key, words)]
    return [n for n in named if _holds(n.key, words) or n.key == last]


def _fullest(last: str, named: Sequence[Named]) -> str:
    """The most mentioned full name that ends in a last name."""
    return next((n.key for n in named if n.key.endswith(f" {last}")), "")


def _shown(named: Sequence[Named]) -> str:
    """The most mentioned name of more than one word, else the most mentioned."""
    return next((n.name for n in named if " " in n.key), named[0].name)


def _near_countries(key: str) -> list[str]:
    names = known_names()
    return [names[k] for k in get_close_matches(key, names, n=2, cutoff=0.8)]


def _or_nearest(near: Sequence[str]) -> str:
    return f"; nearest: {', '.join(dict.fromkeys(near))}" if near else ""
