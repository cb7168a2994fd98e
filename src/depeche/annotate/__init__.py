"""From text to `Parsed`: the only package that knows the NLP library.

>>> from depeche.annotate import load
>>> parsed = load("fr").parse("Mark Esper s'est rendu à Alger jeudi.")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from depeche.annotate.parsed import ROOT, Entity, Parsed, Sentence, Token

if TYPE_CHECKING:
    from depeche.annotate.external import Parser

__all__ = ["ROOT", "Entity", "Parsed", "Sentence", "Token", "load"]

_LOADED: dict[str, Parser] = {}


def load(lang_or_path: str = "fr") -> Parser:
    """The model of a language ("fr"), of a folder that holds a `meta.json`, or of another library ("spacy:NAME"); loaded once a process.

    Raises ModelError where there is none.
    """
    if lang_or_path not in _LOADED:
        _LOADED[lang_or_path] = _read(lang_or_path)
    return _LOADED[lang_or_path]


def _read(lang_or_path: str) -> Parser:
    """Find the folder and load it; heavy imports happen here, so that `import depeche` stays quick."""
    from pathlib import Path

    from depeche.annotate.external import load_external
    from depeche.annotate.model import Model
    from depeche.annotate.tokenize import Tokenizer
    from depeche.errors import ModelError

    if ":" in lang_or_path and not Path(lang_or_path).exists():
        return load_external(lang_or_path)
    languages = Path(__file__).parent.parent / "languages"
    folder = languages / lang_or_path / "model" if lang_or_path.isidentifier() else Path(lang_or_path)
    if not (folder / "meta.json").is_file():
        known = sorted(p.parent.parent.name for p in languages.glob("*/model/meta.json"))
        raise ModelError(f"no model for {lang_or_path!r}: accepted are {', '.join(known) or 'none'}, or a model folder")
    return Model(folder, Tokenizer.from_file(folder.parent / "tokens.yaml"))
