"""What a question may ask for, as its user writes it, checked before the ledger is asked."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TypeAlias, TypedDict

import duckdb

from depeche.analysis.check.query import days_of
from depeche.analysis.parties import find_party, find_spot
from depeche.analysis.scores import types_of
from depeche.errors import InputError
from depeche.ledger.queries.happenings import PartyWanted, Wanted
from depeche.records.vocabularies import EVENT_MODES, EVENT_TYPES, FACTUALITIES, HOLDER_KINDS

OneOrMore: TypeAlias = str | Sequence[str]
When: TypeAlias = str | date

#: A text longer than this is no search but a paste by mistake.
LONGEST_TEXT = 200
DOCUMENT_KINDS = ("text", "list")


class EventFilters(TypedDict, total=False):
    """Which events. Every filter that is given must hold.

    - `involving`, `actor`, `recipient`: names or countries, each of whom must be in the event; anywhere, acting, or acted upon
    - `dyad`: two of them; each acts on the other, or both together on nobody
    - `type`, `mode`, `quad`: PLOVER types, modes and quad classes; one of them
    - `status`: actual (the default), planned, possible, denied, habitual; one of them, or "all"
    - `place`: a country, or words of a place's name
    - `since`, `until`: "2018", "2018-03" or "2018-03-05", both included; the event must be known to lie between them
    - `source`: kinds of who says so: named, institution, unnamed, media, rumour, or none for what a document tells by itself
    - `outlet`: outlets; `documents`: text for what was read, list for curated lists
    - `text`: words that the evidence holds, whatever their capitals and accents
    """

    involving: OneOrMore
    actor: OneOrMore
    recipient: OneOrMore
    dyad: tuple[str, str]
    type: OneOrMore
    mode: OneOrMore
    quad: OneOrMore
    status: OneOrMore
    place: str
    since: When
    until: When
    source: OneOrMore
    outlet: OneOrMore
    documents: OneOrMore
    text: str


def wanted_events(con: duckdb.DuckDBPyConnection, filters: EventFilters) -> Wanted:
    """The filters as a query, names looked up in the ledger.

    Raises InputError for whatever cannot be: an unknown type, mode, status, country, name, place or date, with what is accepted.
    """
    since, until = period(filters.get("since"), filters.get("until"))
    types, modes = kinds(filters)
    dyad = filters.get("dyad")
    spot = find_spot(con, filters["place"]) if filters.get("place") else None
    return Wanted(
        types=types, modes=modes, statuses=statuses(filters.get("status", "actual")), parties=_parties(con, filters),
        dyad=(find_party(con, dyad[0]).wanted(), find_party(con, dyad[1]).wanted()) if dyad else None,
        country=spot.country if spot else None, places=spot.places if spot else (), since=since, until=until,
        holders=closed(filters.get("source", ()), HOLDER_KINDS | {"none"}, "source"), outlets=tuple(many(filters.get("outlet", ()))),
        document_kinds=closed(filters.get("documents", ()), DOCUMENT_KINDS, "kind of document"),
        text=words_pattern(filters["text"]) if filters.get("text") else None,
    )  # fmt: skip


def _parties(con: duckdb.DuckDBPyConnection, filters: EventFilters) -> tuple[PartyWanted, ...]:
    roles: tuple[tuple[OneOrMore, str | None], ...] = (
        (filters.get("involving", ()), None),
        (filters.get("actor", ()), "actor"),
        (filters.get("recipient", ()), "recipient"),
    )
    return tuple(find_party(con, words).wanted(role) for names, role in roles for words in many(names))


def many(value: OneOrMore) -> tuple[str, ...]:
    """One or more as several."""
    return (value,) if isinstance(value, str) else tuple(value)


def closed(value: OneOrMore, accepted: Iterable[str], what: str) -> tuple[str, ...]:
    """The values, each of which must be one of the accepted. Raises InputError with what is accepted."""
    allowed = sorted(accepted)
    for one in many(value):
        if one not in allowed:
            raise InputError(f"{what} {one!r} is unknown; accepted: {', '.join(allowed)}")
    return many(value)


def statuses(value: OneOrMore) -> tuple[str, ...]:
    """The statuses asked for; empty for "all". A plan or a fear counts as a fact only for those who ask."""
    if "all" in many(value):
        return ()
    return closed(value, FACTUALITIES, "status")


def kinds(filters: EventFilters) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Types and modes; a quad class stands for its types. Raises InputError for a mode that none of the types has."""
    types = closed(tuple(t.upper() for t in many(filters.get("type", ()))), EVENT_TYPES, "event type")
    by_quad = {t for quad in many(filters.get("quad", ())) for t in types_of(quad)}
    if types and by_quad and not by_quad & set(types):
        raise InputError(f"no event is both {' or '.join(types)} and {' or '.join(many(filters['quad']))}")
    chosen = tuple(sorted(by_quad & set(types) if types and by_quad else by_quad or types))
    modes = {mode for t in chosen or EVENT_TYPES for mode in EVENT_MODES[t]}
    return chosen, closed(filters.get("mode", ()), modes, f"mode of {', '.join(chosen)}" if chosen else "mode")


def period(since: When | None, until: When | None) -> tuple[date | None, date | None]:
    """The half-open days from the first of `since` to the last of `until`. Raises InputError for no date, and for an empty period."""
    start = days_of(str(since)).start if since else None
    end = days_of(str(until)).end if until else None
    if start and end and start >= end:
        raise InputError(f"the period from {since} to {until} is empty: it ends before it starts")
    return start, end


def words_pattern(text: str) -> str:
    """A regular expression for words whatever their capitals and accents, spaces and apostrophes.

    >>> import re
    >>> bool(re.search(words_pattern("petrole d'Etat"), "le pétrole  d’État"))
    True

    Raises InputError for a text without a letter or digit, or of more than 200 characters.
    """
    if not any(c.isalnum() for c in text):
        raise InputError(f"text {text!r} has no word to look for")
    if len(text) > LONGEST_TEXT:
        raise InputError(f"a text of {len(text)} characters is too long to look for; accepted: up to {LONGEST_TEXT}")
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    parts = (re.findall("oe|ae|.", word.lower().translate(_LIGATURES)) for word in plain.split())
    # the spaces of French typesetting are none to every engine
    return "(?i)" + "[\\s\u00a0\u202f]+".join("".join(map(_letter, word)) for word in parts)


_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_LIGATURE = {"oe": "œ", "ae": "æ"}


def _letter(char: str) -> str:
    if char in _LIGATURE:
        return f"(?:{''.join(map(_letter, char))}|{_LIGATURE[char]})"
    if char in "'’":
        return "['’]"
    forms = _accented().get(char.lower(), "")
    return f"[{re.escape(char)}{forms}]" if forms else re.escape(char)


@cache
def _accented() -> Mapping[str, str]:
    """The Latin letters with accents under each plain letter."""
    found: dict[str, str] = defaultdict(str)
    for number in range(0xC0, 0x250):
        plain = unicodedata.normalize("NFKD", chr(number))[0].lower()
        if plain.isascii() and plain.isalpha():
            found[plain] += chr(number)
    return found
