"""Offices of states and bodies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from depeche.records.vocabularies import SECTORS


@dataclass(frozen=True, slots=True)
class Office:
    """An office apart from its holder. `forms` are its names as written in lower case, masculine and feminine, singular
    ("ministre de la Défense" is `ministre` with `complement: required`). `complement`: none, allowed or required, for what
    follows ("de la Défense", "du Parti socialiste"). `of` says whose office: state, body, party, group, city, any."""

    id: str
    forms: tuple[str, ...]
    complement: str = "allowed"
    of_: str = "any"
    sector: str = "GOV"

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "complement": frozenset({"none", "allowed", "required"}),
        "of": frozenset({"state", "body", "party", "group", "city", "any"}),
        "sector": SECTORS,
    }
