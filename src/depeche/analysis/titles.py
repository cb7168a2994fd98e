"""Which office a question means: by its key, or by a title in any language that has a folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from depeche.errors import InputError
from depeche.extract.offices_tables import fold_words
from depeche.languages.lexicon import languages
from depeche.languages.reader import read_entries
from depeche.languages.schema.offices import Office, OfficeCue
from depeche.ledger.keys import fold

_FORM_WORDS = frozenset({"genitive", "article", "own_state"})


def office_key_of(words: str, of: str) -> str:
    """The key (see `Tenure.key`) of the office that words mean in a state, body or group.

    >>> office_key_of("ministre de la Défense", "DZA"), office_key_of("secrétaire d'État", "USA"), office_key_of("maire de Nantes", "FRA")
    ('minister.defence', 'minister.foreign', 'mayor:nantes')

    Raises InputError for words that are no title and no key.
    """
    if words.partition(":")[0] in _roles():
        return words
    found = max(((len(form), office) for form, office in _forms(words)), key=lambda pair: pair[0], default=None)
    if found is None:
        raise InputError(
            f"{words!r} is no title of an office that is known, nor a key such as head_of_government or minister.defence"
        )
    size, office = found
    narrowed = " ".join(w for w in fold_words(words)[size:] if w not in _silent() and w[0].isalnum())
    role = next((r for r, codes in office.elsewhere.items() if of in codes), office.role or office.id)
    if "." in role:
        return role
    if len(of) != len("FRA") or (narrowed and role.startswith("head_of_")):
        role = office.id
    return f"{role}:{narrowed}" if narrowed else role


def _forms(words: str) -> Iterator[tuple[tuple[str, ...], Office]]:
    """The offices whose title the words begin with."""
    wanted = fold_words(words)
    for office in _offices():
        for form in office.forms:
            known = fold_words(form)
            if wanted[: len(known)] == known:
                yield known, office


@cache
def _offices() -> tuple[Office, ...]:
    # the files alone: the whole lexicon takes ten times as long, and a question should not wait for it
    return tuple(
        o
        for lang in languages()
        for o in read_entries(resources.files("depeche.languages").joinpath(lang, "offices.yaml"), Office)
    )


@cache
def _roles() -> frozenset[str]:
    return frozenset({role for o in _offices() for role in (o.role, o.id, *o.elsewhere)} | {"state_leader"})


@cache
def _silent() -> frozenset[str]:
    """Words that make a title no other office: of form, and for the state itself."""
    cues = [
        c
        for lang in languages()
        for c in read_entries(resources.files("depeche.languages").joinpath(lang, "office_cues.yaml"), OfficeCue)
    ]
    return frozenset(word for cue in cues if cue.role in _FORM_WORDS for form in cue.forms for word in fold_words(form))


def same_group(one: str, other: str) -> bool:
    """Are two names of groups written alike?"""
    return fold(one) == fold(other)
