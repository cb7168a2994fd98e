"""Dépêche reads the news and keeps the ledger of international relations.

>>> import depeche
>>> reading = depeche.read("Le président malien a reçu lundi l'ambassadeur de France.", published="2024-03-06")
>>> [event.type for event in reading.events]
['CONSULT']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from depeche.api import Input, Problem, explain, open, open_sources, parse, read, read_input, times

__all__ = ["Input", "Problem", "explain", "open", "open_sources", "parse", "read", "read_input", "times"]


def __getattr__(name: str) -> object:
    # the API pulls in the parser and the lexicon: imported at first use, so that `depeche --help` answers at once
    if name in __all__:
        from depeche import api

        return getattr(api, name)
    raise AttributeError(f"module 'depeche' has no attribute {name!r}")
