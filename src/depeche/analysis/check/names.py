"""Whether two folded names are one person's, as far as a verdict may rest on it."""

from __future__ import annotations

CERTAIN, POSSIBLE, NO = 2, 1, 0


def same_person(one: str, other: str) -> int:
    """How sure it is that two folded names are one person's: CERTAIN, POSSIBLE or NO.

    First and last word must agree, and the words between must not speak against each other: "hillary clinton" and "hillary rodham
    clinton" are one, "george w bush" and "george h w bush" may be two, a family name alone may be anybody's of the family.
    """
    if one == other:
        return CERTAIN
    a, b = one.split(), other.split()
    if not a or not b or a[-1] != b[-1]:
        return NO
    if len(a) == 1 or len(b) == 1:
        return POSSIBLE
    if not _first_alike(a[0], b[0]):
        return NO
    middle, others = a[1:-1], b[1:-1]
    short, long = sorted((middle, others), key=len)
    left = iter(long)  # each name of the shorter stands in the longer one, in order
    if not all(any(_first_alike(name, other) for other in left) for name in short):
        return NO
    # with a name more between, it may be the son: George W. and George H. W. Bush
    certain = a[0] == b[0] and (not short or len(short) == len(long))
    return CERTAIN if certain else POSSIBLE


def _first_alike(one: str, other: str) -> bool:
    """The same first name, or its initial."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
