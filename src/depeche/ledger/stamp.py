"""What read a document: the version of the package, and a digest of the data that it read with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from operator import itemgetter

# Test cases say what is expected of the reader; they are no part of it.
_ASIDE = frozenset({"cases", "__pycache__"})


@cache
def reader_stamp(lang: str) -> str:
    """The stamp of the present reader of a language, "0.1.0+3f9a12c07b5e": another lexicon, learned component or model gives another."""
    digest = hashlib.sha256()
    for name, file in sorted(_files(resources.files("depeche.languages").joinpath(lang), ""), key=itemgetter(0)):
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return f"{version('depeche')}+{digest.hexdigest()[:12]}"


def _files(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.is_file():
            found.append((prefix + entry.name, entry))
        elif entry.name not in _ASIDE:
            found += _files(entry, f"{prefix}{entry.name}/")
    return found
