"""One office under its many names: the key of an office, from its title and the words that narrow it."""

from __future__ import annotations

from depeche.extract.offices_phrases import OfficePhrase
from depeche.extract.offices_scene import Scene
from depeche.extract.offices_tables import fold_words

_SILENT = (
    "genitive",
    "other_preposition",
    "article",
    "conjunction",
    "own_state",
    "aside",
    "acting",
    "elect",
    "former_after",
)


def office_key(scene: Scene, phrase: OfficePhrase, of: str | None, known: bool = False) -> str:
    """The office of a title, the same for all the names that it has in the state or body `of`. `known`: its holder is known for
    this office.

    "le président algérien" and "le chef de l'État": head_of_state; "le secrétaire d'État américain": minister.foreign; "la maire de
    Paris": mayor:paris; "le président de l'institut": president:institut, which no title of a state is; "le président X", where
    the words name no state and nothing is known of X: president.
    """
    office = phrase.office
    title = office.role or office.id
    if "." in title:  # a portfolio is an office, whatever else its minister is charged with
        return title
    of_group = phrase.group is not None and of == scene.span(*phrase.group).text
    if of_group or (title.startswith("head_of_") and office.of_ == "any" and phrase.code is None and not known):
        title = office.id
    narrowed = " ".join(_narrowing(scene, phrase))
    if narrowed:
        return f"{office.id if title.startswith('head_of_') else title}:{narrowed}"
    return next((role for role, codes in office.elsewhere.items() if of in codes), title)


def _narrowing(scene: Scene, phrase: OfficePhrase) -> list[str]:
    """The words of a title after its dictionary form that tell which office it is: no country, party or form word."""
    found: list[str] = []
    at = phrase.first + _size(scene, phrase)
    while at < phrase.last:
        place = scene.place_at(at)
        if place and place[1].kind in ("country", "adjective", "group"):
            at += place[0]
            continue
        silent = max(scene.cue_at(role, at) for role in _SILENT)
        if not silent and any(c.isalnum() for c in scene.words[at]):
            found.append(scene.words[at])
        at += silent or 1
    return found


def _size(scene: Scene, phrase: OfficePhrase) -> int:
    """The number of tokens of the dictionary form that the title starts with."""
    words = [scene.words[phrase.first][phrase.prefix :], *scene.words[phrase.first + 1 : phrase.last]]
    sizes = (
        len(f) for f in map(fold_words, (*phrase.office.forms, *phrase.office.plurals)) if tuple(words[: len(f)]) == f
    )
    return max(sizes, default=1)
