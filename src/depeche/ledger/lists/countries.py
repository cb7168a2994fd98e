"""The states that lists name in English, or by the abbreviations of the Correlates of War.

`countries.csv`: ISO 3166 code (of states that are gone, ISO 3166-3: SUN, YUG, CSK, DDR), English names (from mledoze/countries, ODbL,
and as the lists write them), abbreviations, and for a state that is gone the states of today where its towns lie. "YUG<2003" means: until the end of 2002, as the
code changed while the abbreviation stayed.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from depeche.ledger.keys import fold

_ALWAYS = 10_000


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = resources.files("depeche.ledger.lists").joinpath("countries.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _by_name() -> dict[str, str]:
    return {fold(name): row["code"] for row in _rows() for name in row["names"].split("|")}


@cache
def _by_abbreviation() -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for row in _rows():
        for entry in filter(None, row["cow"].split("|")):
            abbreviation, _, before = entry.partition("<")
            found.setdefault(abbreviation, []).append((int(before or _ALWAYS), row["code"]))
    return {abbreviation: sorted(codes) for abbreviation, codes in found.items()}


def named(name: str) -> str | None:
    """The code of a state by its English name: "Korea, South" is KOR, "U.S.S.R." SUN; None for an unknown one."""
    return _by_name().get(fold(name))


def abbreviated(abbreviation: str, year: int) -> str | None:
    """The code of a state by its abbreviation of the Correlates of War, in a year: "RUS" is SUN in 1980, RUS in 2000."""
    codes = _by_abbreviation().get(abbreviation.strip().upper(), ())
    return next((code for before, code in codes if year < before), None)


@cache
def today(code: str) -> tuple[str, ...]:
    """The states in which the towns of a state lie today: itself, or those that came after it."""
    return next((tuple(row["heirs"].split("|")) for row in _rows() if row["code"] == code and row["heirs"]), (code,))
