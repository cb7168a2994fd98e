"""Whether two names are one person's: family name alone and full name, spellings and transliterations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

# Articles and links inside names, which one source writes and another leaves out (al-Sissi, Sissi; Mohammed ben Salmane, bin Salman).
_PARTICLES = frozenset(
    "al el ben bin bint ibn ould ag abd abdel abdul de da do dos du del della di la le d van von der den y ad as ash el ul".split()
)
# One sound, several spellings, in the order in which they are made alike; each was met in news or lists of leaders of several languages.
_SOUNDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"sch|tsch|tch|ch|sh|cz|sz", "s"), (r"dj|dzh|zh|tz|ts|z|j", "j"), (r"kh|gh|ck|q|x|c|g", "k"), (r"ph|v|w", "f"), (r"th", "t"), (r"dh", "d"),
        (r"ou|oo|w|o", "u"), (r"ai|ei|ay|ey|ee|y|e", "i"), (r"h", ""), (r"(.)\1+", r"\1"), (r"(?<=..)[ai]$", ""),
    )
)  # fmt: skip
_SHORT = 4  # below this number of letters a name and another are one only where they sound alike to the letter
_LONG = 8  # from here on two letters may differ


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A folded word as it roughly sounds, the same for its spellings: "poutine" and "putin", "rohani" and "rouhani"."""
    plain = word
    for pattern, letters in _SOUNDS:
        plain = pattern.sub(letters, plain)
    return plain or word


@lru_cache(maxsize=65536)
def _words(key: str) -> tuple[str, ...]:
    """The words of a folded name that count, as they sound."""
    words = key.split()
    kept = [w for w in words if w not in _PARTICLES] or words
    return tuple(sound(w) for w in kept)


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> bool:
    """Are two words that sound roughly the same spellings of one?"""
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    allowed = 0 if shorter < _SHORT else 1 if shorter < _LONG else 2
    return longer - shorter <= allowed and _distance(one, other) <= allowed


def _distance(one: str, other: str) -> int:
    """The number of letters to put in, take out, change, or swap with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


@lru_cache(maxsize=65536)
def same_person(one: str, other: str) -> bool:
    """May two names, as `keys.fold` gives them, be one person's?

    >>> same_person("vladimir poutine", "putin"), same_person("raul castro", "fidel castro"), same_person("xi jinping", "xi")
    (True, False, True)

    The words of the shorter name must all be in the longer one, in its order, the family name among them; a first name may be an
    initial. That the two are of one country and office is the caller's to know.
    """
    short, long = sorted((_words(one), _words(other)), key=len)
    if not short:
        return False
    if len(short) == 1:
        return any(alike(short[0], long[at]) for at in {0, len(long) - 1})
    initials = [[w for w in words[1:-1] if len(w) == 1] for words in (short, long)]
    if all(initials) and initials[0] != initials[1]:  # George W. Bush and George H. W. Bush
        return False
    return _in_order(short, long) and (alike(short[-1], long[-1]) or alike(short[0], long[0]))


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    at = 0
    for word in short:
        while at < len(long) and not (alike(word, long[at]) or _initial(word, long[at])):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _initial(one: str, other: str) -> bool:
    """Is one of two words the initial of the other?"""
    return 1 in (len(one), len(other)) and one[0] == other[0]


def group_names(weights: Mapping[str, float]) -> dict[str, str]:
    """Names that are one person's, each with the name that stands for all: the heaviest of two words or more, else the heaviest.

    `weights` are the folded names of those who are said to have held one office, with what speaks for each. A family name that two
    fuller names share goes to the heavier of them.
    """
    found: dict[str, list[str]] = {}
    near: dict[str, list[str]] = defaultdict(list)  # groups by how a first or last word of theirs begins
    for key in sorted(weights, key=lambda k: (-min(len(_words(k)), 2), -weights[k], k)):
        homes = dict.fromkeys(home for opening in _openings(key) for home in near[opening])
        home = next((h for h in homes if all(same_person(key, other) for other in _full(found[h]))), key)
        found.setdefault(home, []).append(key)
        for opening in _openings(key):
            if home not in near[opening]:
                near[opening].append(home)
    return {key: home for home, members in found.items() for key in members}


def _openings(key: str) -> set[str]:
    """How the words of a name begin that another of the same person must share: a cheap sieve."""
    words = _words(key)
    return {words[at][:2] for at in {0, len(words) - 1}} if words else set()


def _full(members: list[str]) -> list[str]:
    """The members that a newcomer must agree with: all that are more than a family name, or the only one."""
    return [m for m in members if len(_words(m)) > 1] or members[:1]
