"""Names of countries and bodies in every language that has a folder, and in English: what a question may call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from depeche.languages.lexicon import languages
from depeche.languages.reader import read_entries
from depeche.languages.schema.actors import Country, Organisation
from depeche.ledger.gazetteer import english_names
from depeche.ledger.keys import fold
from depeche.records.vocabularies import BODY_CODES


def codes_of(words: str) -> tuple[str, ...]:
    """The codes (alpha-3, or a body's) that words name: by code, or by a country's or body's name. Several where they are ambiguous.

    >>> codes_of("DZA"), codes_of("Algeria"), codes_of("états-unis"), codes_of("Congo")
    (('DZA',), ('DZA',), ('USA',), ('COD', 'COG'))
    """
    if words in _names_by_code() or words in BODY_CODES:
        return (words,)
    return tuple(sorted(_codes_by_name().get(fold(words), ())))


def country_name(code: str) -> str:
    """A country's or body's name in the first language that names it, else its English name, else its code."""
    return next(iter(_names_by_code().get(code, ())), code)


def known_names() -> Mapping[str, str]:
    """All names by their folded forms, as written: for suggestions."""
    return {fold(name): name for names in _names_by_code().values() for name in names}


@cache
def _names_by_code() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in _all_names():
        if name not in found[code]:
            found[code].append(name)
    return {code: tuple(names) for code, names in found.items()}


@cache
def _codes_by_name() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code, names in _names_by_code().items():
        for name in (code, *names):
            found[fold(name)].add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _all_names() -> Iterator[tuple[str, str]]:
    for lang in languages():
        # two files of the folder: the whole lexicon takes ten times as long, and a question should not wait for it
        root = resources.files("depeche.languages").joinpath(lang)
        for country in read_entries(root.joinpath("countries.yaml"), Country):
            yield from ((country.code, name) for name in (country.name, *country.names, *country.articled))
        bodies: set[str] = set()
        for body in read_entries(root.joinpath("organisations.yaml"), Organisation):
            # the first organisation of a body's code is the body itself, the others are its organs
            if body.code in BODY_CODES - {"IGO", "NGO"} and body.code not in bodies:
                bodies.add(body.code)
                yield from ((body.code, name) for name in (body.name, *body.names))
    yield from english_names().items()
