"""Words for somebody as what a query looks up: the office under its key, whose it is, and whether they call it past.

The words come from a claim or from a participant of the ledger; which words mean what is told by the folder of their language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from depeche.extract.claims_text import claim_tables
from depeche.extract.offices_tables import OfficeTables, Place, fold, office_tables
from depeche.extract.offices_tables import Title as TitleForm
from depeche.languages.lexicon import languages, load_lexicon
from depeche.languages.schema.offices import Office

_TOKENS = re.compile(r"[^\s'’(),;:!?«»“”\"]+['’]?|[()]")  # cut after apostrophes, as the lexicon's phrases are


@dataclass(frozen=True, slots=True)
class Title:
    """The office that words name: its key as in `Tenure.key`, whose it is, and its status: current, former, acting or elect."""

    office: str
    country: str | None
    status: str


@dataclass(frozen=True, slots=True)
class _Words:
    """Words without the names and adjectives of countries, and the codes of those in their order."""

    plain: tuple[str, ...]
    codes: tuple[str, ...]


@lru_cache(maxsize=65536)
def title_of(words: str, lang: str, country: str | None = None) -> Title | None:
    """The office that some words name, None where they name none. `country` is whose it is where the words do not say.

    >>> title_of("l'ancien ministre américain de la Défense", "fr")
    Title(office='minister.defence', country='USA', status='former')
    """
    if lang not in languages():  # the words of a list may be of a language that has no folder
        return None
    tables = office_tables(load_lexicon(lang))
    taken = _without_countries(words, tables)
    hit = _title_in(taken.plain, tables)
    if hit is None:
        return None
    index, size, office = hit
    whose = office.code or (taken.codes[0] if taken.codes else country)
    key = next((role for role, codes in office.elsewhere.items() if whose in codes), office.role or office.id)
    return Title(key, whose, _status(taken.plain, index, index + size, tables))


@lru_cache(maxsize=65536)
def countries_in(words: str, lang: str) -> tuple[str, ...]:
    """The codes of the countries and bodies that some words name, in their order."""
    return _without_countries(words, office_tables(load_lexicon(lang))).codes


@lru_cache(maxsize=4096)
def after_standard(words: str, lang: str) -> str | None:
    """What stands after the "que" of a comparison: "en Italie" of "plus souvent en France qu'en Italie"; None without one."""
    if lang not in languages():
        return None
    standards = claim_tables(load_lexicon(lang)).roles["standard"]
    tokens = list(_TOKENS.finditer(words))
    folded = [fold(t.group()) for t in tokens]
    # the last one: "plus souvent que" may open the comparison as well
    at = next((i for i in reversed(range(len(tokens))) if standards.at(folded, i)), None)
    return words[tokens[at].end() :].strip() or None if at is not None else None


def _without_countries(words: str, tables: OfficeTables) -> _Words:
    raw = _TOKENS.findall(words)
    folded = [fold(w) for w in raw]
    plain: list[str] = []
    codes: list[str] = []
    index = 0
    while index < len(raw):
        hit = _place_at(raw, folded, index, tables)
        if hit is not None and hit[1].code and hit[1].kind != "group":
            codes.append(hit[1].code)
        if hit is not None and hit[1].kind in ("adjective", "country"):
            index += hit[0]
            continue
        plain.append(folded[index])
        index += 1
    return _Words(tuple(plain), tuple(dict.fromkeys(codes)))


def _place_at(raw: Sequence[str], folded: Sequence[str], index: int, tables: OfficeTables) -> tuple[int, Place] | None:
    hit = tables.places.at(folded, index)
    if hit is None or (hit[1].kind != "adjective" and not raw[index][:1].isupper()):
        return None
    return hit


def _title_in(words: Sequence[str], tables: OfficeTables) -> tuple[int, int, Office] | None:
    """The first title: its token, its length, its office. One that a longer title starts inside of gives way to that."""
    hits = list(_hits(words, tables))
    for index, size, title in hits:
        if any(index < other < index + size < other + longer for other, longer, _ in hits):
            continue
        return (index, size, title.office) if title.office is not None else None
    return None


def _hits(words: Sequence[str], tables: OfficeTables) -> Iterator[tuple[int, int, TitleForm]]:
    for index in range(len(words)):
        hit = tables.titles.at(words, index)
        if hit is not None:
            yield index, *hit


def _status(words: Sequence[str], first: int, last: int, tables: OfficeTables) -> str:
    if any(w in tables.cues["former"] or w in tables.cues["former_prefix"] for w in words[:first]):
        return "former"
    for index in range(first, len(words)):
        for role, status in (("former_after", "former"), ("elect", "elect"), ("acting", "acting")):
            if index >= last and tables.phrases[role].at(words, index):
                return status
    return "current"
