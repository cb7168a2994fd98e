"""What a claim's words ask of the ledger: one query, or several where they can be read in several ways."""

from __future__ import annotations

import re
from dataclasses import replace

from depeche.analysis.check.query import Bound, Party, Query, Spot, read_bound
from depeche.analysis.check.told import Side, Told
from depeche.analysis.check.wording import after_standard, countries_in, title_of
from depeche.errors import InputError
from depeche.ledger.keys import fold
from depeche.ledger.names import codes_of, country_name
from depeche.ledger.places import find_place

_VISIT = ("CONSULT", "visit")
#: Rules of claims whose words do not say whose first it is ("la première depuis 2006"): the named person's, or that of his office.
_LOOSE_RULES = ("claims.unprecedented", "claims.elliptical")
_RELATIONS = {"more": "more", "less": "less", "equal": "equal"}


def queries_of(told: Told) -> tuple[Query, ...]:
    """The readings of a claim, the likeliest first; a verdict must be that of all of them."""
    base = _query(told)
    readings = [base]
    if base.subject is not None and base.subject.person is not None:
        titled = _titled(told.actors[0], told.lang) if told.actors else None
        if (
            titled is not None
        ):  # "la première visite du secrétaire d'État John Kerry": his own, or that of a secretary of state
            readings.append(replace(base, subject=titled, actor=base.subject))
        elif told.rule.startswith(_LOOSE_RULES) and base.unread is None:
            readings = [
                replace(base, unread=f"whether it is the first of {base.subject.words} or of an office is not said")
            ]
    if _place_is_aside(told) and base.place is not None:
        readings.append(replace(base, place=None))
    return tuple(readings)


def _query(told: Told) -> Query:
    persons = told.rule.startswith("claims.infinitive")
    actor = told.actors[0] if told.actors else None
    subject = _subject(told, actor)
    other = _other(told)
    since, unread = _bound(told.since)
    until, _ = _bound(told.until)
    named = _party(actor, told.lang) if actor else None
    return Query(
        kind=told.kind, type=told.type, mode=told.mode, subject=subject, object=_object(told), place=_place(told),
        since=since, until=until, n=told.n if told.kind == "nth" else None, on=told.published,
        at=None if told.kind in ("never", "since", "comparison", "last") else told.at, event=told.event, persons=persons,
        actor=named if named is not None and named.person and named != subject else None,
        other=other, relation=_RELATIONS.get(told.rule.rpartition(".")[2]) if told.kind == "comparison" else None,
        narrowed=told.narrowed or _left_open(told, subject), frame=None if (told.type, told.mode) == _VISIT else told.frame, text=told.text, unread=unread or _unfit(told), record=told.record,
    )  # fmt: skip


def _left_open(told: Told, subject: Party | None) -> str | None:
    """What a claim's records do not hold, though its words may: then another deed of the kind may not count."""
    if subject is None:
        return "by whom"
    return "to whom or where" if _object(told) is None and _place(told) is None else None


def _unfit(told: Told) -> str | None:
    """What of a claim no query can say."""
    if told.kind == "nth" and told.n is None:
        return "which number is meant was not understood"
    subject, place = _subject(told, told.actors[0] if told.actors else None), _place(told)
    if subject is None and told.type == "CONSULT":
        return "whose visit or meeting is meant was not understood"
    home = subject.country if subject is not None else None
    if (told.type, told.mode) == _VISIT and place is None:
        return "where the visit led was not understood"
    if (told.type, told.mode) == _VISIT and place is not None and home is not None and place.country == home:
        return f"{subject.words if subject else ''!r} would visit his own country: the words were misread"
    return None


def _bound(words: str | None) -> tuple[Bound | None, str | None]:
    """A bound, and what is wrong with one of which no date is known."""
    if words is None:
        return None, None
    try:
        return read_bound(words), None
    except InputError:
        return None, "the claim has a bound of which no date is known"


def _subject(told: Told, actor: Side | None) -> Party | None:
    """Whose deed it is: what the claim itself says, else who does it in its event."""
    if told.subject is None:
        return _party(actor, told.lang) if actor else None
    if actor is not None and told.subject in (actor.words, actor.name):
        # "le ministre américain de la Défense" stays the office, also where the text names him elsewhere
        return _party(actor, told.lang)
    title = title_of(told.subject, told.lang, told.subject_country)
    if title is not None:
        return Party(told.subject, office=title.office, country=title.country)
    return Party(told.subject, country=told.subject_country)


def _titled(side: Side, lang: str) -> Party | None:
    """The office under which somebody named is spoken of."""
    title = title_of(side.words, lang, side.country)
    if title is None or title.status != "current" or side.words == side.name:
        return None
    return Party(side.words, office=title.office, country=title.country)


def _party(side: Side, lang: str) -> Party:
    if side.kind == "person" and any(part[0].isupper() for part in re.findall(r"\w+", side.name)):
        return Party(side.name, person=fold(side.name), country=side.country)
    if side.kind == "state":
        return Party(side.name, country=side.country, kind="state")
    if side.kind in ("organisation", "armed_group") and _is_name(side.name):
        return Party(side.name, name=fold(side.name), country=side.country)
    title = title_of(side.words, lang, side.country) or title_of(side.name, lang, side.country)
    if title is not None:
        return Party(side.words, office=title.office, country=title.country)
    return Party(side.words, country=side.country)


def _is_name(words: str) -> bool:
    """Is it the name of one group, not a noun for many ("l'armée")?"""
    parts = re.findall(r"\w+", words)
    return len(parts) == 1 or any(part[0].isupper() for part in parts[1:])


def _object(told: Told) -> Party | None:
    """Whom it was done to; the country of a visit is its place."""
    if (told.type, told.mode) == _VISIT:
        guest = next((s for s in told.recipients if s.kind != "state"), None)
        return _party(guest, told.lang) if guest is not None and _place(told) is None else None
    if told.recipients:
        return _party(told.recipients[0], told.lang)
    if told.type == "CONSULT" and len(told.actors) > 1:  # "X et Y se sont rencontrés"
        return _party(told.actors[1], told.lang)
    return None


def _place(told: Told) -> Spot | None:
    """Where it is said to be the first. Where a meeting took place is no part of what is counted, unless the claim's words hold it."""
    if (told.type, told.mode) == _VISIT:
        return _visited(told)
    if told.place is None or (told.type == "CONSULT" and told.apart):
        return None
    return spot_of(told.place, told.lang, told.country)


def _visited(told: Told) -> Spot | None:
    """The country or town of a visit; where the words were taken to place it in the visitor's own country, the host's, or the one other
    country that they name ("d'un président des États-Unis en Espagne")."""
    subject = _subject(told, told.actors[0] if told.actors else None)
    home = subject.country if subject is not None else None
    placed = spot_of(told.place, told.lang, told.country) if told.place is not None else None
    if placed is not None and (home is None or placed.country != home):
        return placed
    host = next((s for s in told.recipients if s.kind == "state" and (home is None or s.country != home)), None)
    if host is not None:
        return Spot(host.name, host.country)
    words = [told.text, *(s.words for s in (*told.actors, *told.recipients))]
    others = {code for w in words for code in countries_in(w, told.lang)} - {home}
    if len(others) == 1:
        code = others.pop()
        return Spot(country_name(code), code)
    return placed


def _place_is_aside(told: Told) -> bool:
    """May the place be only where the very event was, not what is counted ("pour la première fois, à Genève")?"""
    told_of = {s.name for s in told.recipients}
    return told.place is not None and told.apart and told.mode != "visit" and told.place not in told_of


def spot_of(words: str, lang: str, country: str | None = None) -> Spot:
    """The country that some words name, or the place in it. `country` is where it lies as far as that is known."""
    codes = codes_of(words)
    if len(codes) == 1:
        return Spot(words, codes[0])
    found = find_place(words, lang, (country,) if country else ())
    code = country or found.country
    if code is None:
        code = next(iter(countries_in(words, lang)), None)
        return Spot(words, code)
    return Spot(words, code, None if found.country is None else found.key)


def _other(told: Told) -> Spot | Party | None:
    """The other side of a comparison: what stands after "que"."""
    if told.kind != "comparison":
        return None
    words = after_standard(told.text, told.lang)
    if words is None:
        return None
    title = title_of(words, told.lang)
    if title is not None:
        return Party(words, office=title.office, country=title.country)
    start = next((i for i, c in enumerate(words) if c.isupper()), 0)  # "en Italie": the name without its preposition
    return spot_of(words[start:], told.lang)
