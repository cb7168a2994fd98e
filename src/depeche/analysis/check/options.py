"""A claim by options instead of words: what the command line and Python callers give, made a query."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from depeche.analysis.check.query import Bound, Party, Query, Spot, days_of, read_bound
from depeche.analysis.check.reading import spot_of
from depeche.analysis.check.wording import title_of
from depeche.errors import InputError
from depeche.languages.lexicon import languages
from depeche.ledger.keys import fold
from depeche.ledger.names import codes_of


@dataclass(frozen=True, slots=True)
class ClaimOptions:
    """A claim in parts.

    `kind` is first, last, only, nth, never, since or comparison; `type` and `mode` are PLOVER's. `subject` is an office ("ministre de la
    Défense", or its key "minister.defence"), a country or a name, `of` the country of the office; `object` is whom it was done to, `place`
    a country (code or name) or a town. `since` and `until` are YYYY, YYYY-MM or YYYY-MM-DD, `since` also a length before the event
    ("P10Y"). `on` is the day of the event, or on which the claim is said (YYYY-MM-DD). `actor` is who did the very event, `persons` counts
    people, not deeds. For a comparison `than` is the other place or subject, `relation` more, less or equal. `least` is how many
    documents make the silence of a month count. `lang` is the language of the words.
    """

    kind: str
    type: str = "CONSULT"
    mode: str | None = None
    subject: str | None = None
    of: str | None = None
    object: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    n: int | None = None
    on: str | date | None = None
    actor: str | None = None
    persons: bool = False
    than: str | None = None
    relation: str = "more"
    least: int | None = None
    lang: str | None = None

    def __str__(self) -> str:
        """The options that are given, as they are written on the command line."""
        given = ((f.name, getattr(self, f.name)) for f in fields(self))
        return " ".join(f"--{name} {value}" for name, value in given if value is not None and value is not False)


def query_of(options: ClaimOptions) -> Query:
    """The query of a claim in parts. Raises InputError for what is unknown, missing or impossible."""
    o, lang = options, options.lang or languages()[0]
    if o.lang is not None and o.lang not in languages():
        raise InputError(f"there is no language {o.lang!r}; accepted: {', '.join(languages())}")
    if o.kind == "comparison" and not o.than:
        raise InputError("a comparison needs what it is compared with (than)")
    return Query(
        kind=o.kind, type=o.type, mode=o.mode,
        subject=party_of(o.subject, lang, o.of) if o.subject or o.of else None,
        object=party_of(o.object, lang) if o.object else None, place=_where(o.place, lang) if o.place else None,
        since=read_bound(o.since) if o.since else None, until=Bound(o.until, days_of(o.until)) if o.until else None,
        n=o.n, on=_day(o.on), of_day=o.on is not None, persons=o.persons,
        actor=Party(o.actor, person=fold(o.actor)) if o.actor else None,
        other=_other(o.than, lang, o.place is not None) if o.than else None,
        relation=o.relation if o.kind == "comparison" else None, least=o.least, text=str(o),
    )  # fmt: skip


def party_of(words: str | None, lang: str, of: str | None = None) -> Party:
    """Whom some words mean: an office (of a country), a country or body, else a person or group by name."""
    country = _code(of) if of else None
    if not words:
        return Party(of or "", country=country, kind="state")
    codes = codes_of(words)
    if len(codes) == 1:
        return Party(words, country=codes[0], kind="state")
    title = title_of(words, lang, country)
    if title is not None:
        return Party(words, office=title.office, country=country or title.country)
    if "." in words or "_" in words:  # an office by its key: minister.defence, head_of_state
        return Party(words, office=words, country=country)
    key = fold(words)
    if not key:
        raise InputError(f"{words!r} names nobody")
    # a name alone does not tell whether it is a person's or a group's: both are looked for
    return Party(words, person=key, country=country)


def _code(words: str) -> str:
    codes = codes_of(words)
    if len(codes) != 1:
        raise InputError(
            f"{words!r} is {'ambiguous: ' + ' or '.join(codes) if codes else 'no country or body that is known'}"
        )
    return codes[0]


def _where(words: str, lang: str) -> Spot:
    spot = spot_of(words, lang)
    if spot.country is None:
        raise InputError(f"where {words!r} is, is not known; accepted: a country by code or name, or a town")
    return spot


def _other(than: str, lang: str, placed: bool) -> Spot | Party:
    """The other side of a comparison: an office or, where nothing is said of a place, whoever it names; else a place."""
    if not placed or title_of(than, lang) is not None:
        return party_of(than, lang)
    return _where(than, lang)


def _day(on: str | date | None) -> date | None:
    if on is None or isinstance(on, date):
        return on
    days = days_of(on)
    if days.start is None or len(on) != 10:
        raise InputError(f"{on!r} is no day; accepted: YYYY-MM-DD")
    return days.start
