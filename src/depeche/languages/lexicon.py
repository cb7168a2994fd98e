"""A language folder, loaded and checked: the only way by which words of a language reach the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from depeche.errors import LexiconError
from depeche.languages.linear import LinearModel, load_model
from depeche.languages.reader import read_entries
from depeche.languages.schema.actors import ActorNoun, Country, Organisation, Title
from depeche.languages.schema.claims import ClaimCue
from depeche.languages.schema.events import EventFrame, LightVerb
from depeche.languages.schema.furniture import FurniturePhrase
from depeche.languages.schema.grammar import FactualityCue, GrammarWords
from depeche.languages.schema.offices import Incumbent, Office, OfficeCue
from depeche.languages.schema.speech import AttributionCue, HolderNoun, ReportingVerb
from depeche.languages.schema.times import TimeRule, TimeTense, TimeWord


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: tables are cached per lexicon
class Lexicon:
    """All entries of one language. Each field is filled from the file (or folder) of the same name, e.g. `offices.yaml`."""

    lang: str
    learned: Mapping[str, LinearModel]
    events: tuple[EventFrame, ...]
    light_verbs: tuple[LightVerb, ...]
    countries: tuple[Country, ...]
    organisations: tuple[Organisation, ...]
    actor_nouns: tuple[ActorNoun, ...]
    titles: tuple[Title, ...]
    offices: tuple[Office, ...]
    office_cues: tuple[OfficeCue, ...]
    incumbents: tuple[Incumbent, ...]
    reporting: tuple[ReportingVerb, ...]
    attribution: tuple[AttributionCue, ...]
    holders: tuple[HolderNoun, ...]
    grammar: tuple[GrammarWords, ...]
    factuality: tuple[FactualityCue, ...]
    claims: tuple[ClaimCue, ...]
    furniture: tuple[FurniturePhrase, ...]
    time_words: tuple[TimeWord, ...]
    time_rules: tuple[TimeRule, ...]
    time_tenses: tuple[TimeTense, ...]


KINDS: dict[str, type[object]] = {
    "events": EventFrame,
    "light_verbs": LightVerb,
    "countries": Country,
    "organisations": Organisation,
    "actor_nouns": ActorNoun,
    "titles": Title,
    "offices": Office,
    "office_cues": OfficeCue,
    "incumbents": Incumbent,
    "reporting": ReportingVerb,
    "attribution": AttributionCue,
    "holders": HolderNoun,
    "grammar": GrammarWords,
    "factuality": FactualityCue,
    "claims": ClaimCue,
    "furniture": FurniturePhrase,
    "time_words": TimeWord,
    "time_rules": TimeRule,
    "time_tenses": TimeTense,
}


def languages() -> tuple[str, ...]:
    """The languages that have a folder."""
    root = resources.files("depeche.languages")
    return tuple(sorted(p.name for p in root.iterdir() if p.joinpath("tokens.yaml").is_file()))


@cache
def load_lexicon(lang: str | Path) -> Lexicon:
    """The lexicon of a language by its code ("fr"), or from a folder.

    Raises LexiconError where the folder is missing or breaks its schema.
    """
    root = lang if isinstance(lang, Path) else resources.files("depeche.languages").joinpath(lang)
    if not root.is_dir():
        raise LexiconError(f"no language folder {lang!r}; there is: {', '.join(languages())}")
    filled = {f.name: _load_kind(root, f.name) for f in fields(Lexicon) if f.name in KINDS}
    return Lexicon(lang=root.name, learned=_load_learned(root), **filled)  # type: ignore[arg-type]  # one tuple of its kind a field


def _load_learned(root: Path | Traversable) -> dict[str, LinearModel]:
    """The learned components of a language, by name; a language may have none: then the rules decide alone."""
    folder = root.joinpath("learned")
    if not folder.is_dir():
        return {}
    models = (load_model(p) for p in sorted(folder.iterdir(), key=lambda p: p.name) if p.name.endswith(".json"))
    return {m.name: m for m in models}


def _load_kind(root: Path | Traversable, name: str) -> tuple[object, ...]:
    folder, file = root.joinpath(name), root.joinpath(f"{name}.yaml")
    files: list[Path | Traversable] = [file]
    if folder.is_dir():
        files = sorted((p for p in folder.iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name)
    entries: list[object] = []
    seen: dict[str, str] = {}
    for path in files:
        if not path.is_file():
            raise LexiconError(f"{path}: this file is missing")
        for entry in read_entries(path, KINDS[name]):
            identifier = str(getattr(entry, "id", None) or getattr(entry, "code", ""))
            if identifier in seen:
                raise LexiconError(f"{path}: id {identifier!r} is already used in {seen[identifier]}")
            seen[identifier] = str(path)
            entries.append(entry)
    return tuple(entries)
