"""PLOVER's quad classes and scores of cooperation and conflict.

The figures are those of the PLOVER 2.0 codebook (Open Event Data Alliance, 2021-2022), section "Numeric conflict/cooperation scores",
from -10 (unconventional attack) to +10 (aid, disarmament). Three places of the codebook contradict each other or themselves: ACCUSE is
printed as +3 beside modes of -2 to -3.5, and taken as -3 here; SANCTION is verbal conflict in one table, and material conflict in its
own section, in the summary and in the published data (POLECAT), as here; modes without a score of their own have their type's.
"""

from __future__ import annotations

from typing import Final

from depeche.errors import InputError

#: PLOVER's quad classes by number.
QUADS: Final = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}

_QUAD_OF: Final = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3,
    "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip

_SCORES: Final[dict[str, tuple[float, dict[str, float]]]] = {
    "AGREE": (2.5, {}),
    "CONSULT": (2.5, {"visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5}),
    "SUPPORT": (5, {}),
    "CONCEDE": (4.5, {}),
    "COOPERATE": (9.5, {}),
    "AID": (10, {}),
    "RETREAT": (6.5, {"withdraw": 8, "release": 6.5, "disarm": 10, "ceasefire": 7.5, "access": 6.5, "resign": 4.5}),
    "REQUEST": (0, {"assist": 0.5, "change": -1, "yield": -1, "meet": 0}),
    "ACCUSE": (-3, {"disapprove": -2, "investigate": -3.5, "allege": -3.5}),
    "REJECT": (-2, {"assist": -1.5, "change": -2, "yield": -2, "meet": -2}),
    "THREATEN": (-3.5, {"restrict": -3, "arrest": -3.5, "relations": -3.5, "expel": -3.5, "violence": -3.5, "territory": -4}),
    "PROTEST": (-5, {"demo": -5, "riot": -7, "strike": -5, "hunger": -4.5, "boycott": -4.5, "obstruct": -4.5}),
    "SANCTION": (-6, {"convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6}),
    "MOBILIZE": (-5.5, {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6}),
    "COERCE": (
        -7,
        {
            "seize": -7, "restrict": -7, "arrest": -7, "deport": -7, "withhold": -7, "cyber": -7, "censor": -6.5, "curfew": -6.5,
            "misinformation": -6.5, "martial-law": -7.5,
        },
    ),
    "ASSAULT": (
        -9,
        {
            "abduct": -8.5, "beat": -7.5, "torture": -8.5, "sexual": -8.5, "targeted": -9.5, "destroy": -8.5, "primitive": -8, "firearms": -9,
            "explosives": -9, "suicide-attack": -9.5, "aerial": -9.5, "drone": -9.5, "heavy-weapons": -9.5, "crowd-control": -7.5,
            "unconventional": -10,
        },
    ),
}  # fmt: skip


def quad_of(type: str) -> int:
    """The number of an event type's quad class.

    >>> QUADS[quad_of("AID")]
    'material cooperation'
    """
    return _QUAD_OF[type]


def score_of(type: str, mode: str | None = None) -> float:
    """The score of an event type, of its mode where that has one.

    >>> score_of("CONSULT", "visit"), score_of("ASSAULT", "massacre")
    (4.0, -9.0)
    """
    own, modes = _SCORES[type]
    return float(modes.get(mode or "", own))


def types_of(quad: str) -> tuple[str, ...]:
    """The event types of a quad class, by its name ("material conflict", "material-conflict") or number.

    Raises InputError for another name.
    """
    wanted = quad.strip().lower().replace("-", " ").replace("_", " ")
    numbers = [n for n, name in QUADS.items() if wanted in (name, str(n))]
    if not numbers:
        raise InputError(f"no quad class is called {quad!r}; accepted: {', '.join(QUADS.values())}")
    return tuple(t for t, n in _QUAD_OF.items() if n == numbers[0])
