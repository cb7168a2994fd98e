"""Which mentions are compared at all: those that share a key. The keys are narrow, so that their number a mention does not grow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from depeche.languages.frequencies import stem, word_weights
from depeche.ledger.merge.likeness import family, is_speech
from depeche.ledger.merge.traits import Trait

# Days in one bucket of time; a mention meets those of its own bucket and of the two beside it.
SHORT, LONG = 16, 256
# Words of a document's profile that, with a trigger, bring two mentions together.
TOP = 4
_EPOCH = date(1970, 1, 1)

Key = tuple[int, int]  # a hash of what is shared, and the bucket


def keys_of(trait: Trait) -> frozenset[Key]:
    """The keys of a mention, each with its bucket of time; those of a mention without any day have bucket -1."""
    return frozenset(
        (_hash(family(trait.type), *words), _bucket(trait.anchor, width)) for width, words in _shared(trait)
    )


def met_by(key: Key) -> tuple[int, ...]:
    """The stored keys that a mention with this key is compared with."""
    shared, bucket = key
    buckets = (-1,) if bucket < 0 else (bucket - 1, bucket, bucket + 1)
    return tuple(stored((shared, b)) for b in buckets)


def stored(key: Key) -> int:
    """A key as one number below 2**63. Buckets lie in its upper half, so that a scan of the table may skip other times."""
    shared, bucket = key
    return (((bucket + 1) & 0x7FFFFF) << 40) | (shared & 0xFFFFFFFFFF)


def _shared(trait: Trait) -> Iterator[tuple[int, tuple[str, ...]]]:
    """What mentions of one happening are likely to share, and how far apart in time that is believed."""
    names = sorted({p.names[-1] for p in trait.parties if p.names})
    countries = sorted({p.country for p in trait.parties if p.country})
    top = sorted(trait.text, key=lambda s: (-trait.text[s], s))[:TOP]
    for name in names:
        yield SHORT, ("name", name)
    for pair in combinations(countries, 2):
        yield SHORT, ("countries", *pair)
    for country in sorted({p.country for p in trait.parties if p.kind == "state" and p.country}):
        yield SHORT, ("state", country)
    if trait.place:
        yield SHORT, ("place", trait.place)
    for trigger in sorted(trait.triggers):
        for word in top:
            yield SHORT, ("word", trigger, word)
    if is_speech(trait):
        return
    # a deed is told again months later, by those who remember who did what to whom
    for first, second in combinations(names, 2):
        yield LONG, ("names", first, second)
    weights = word_weights(trait.lang)
    for name in names:
        if weights.get(stem(name), 1.0) == 1.0:
            for trigger in sorted(trait.triggers):
                yield LONG, ("act", name, trigger)


def _bucket(day: date | None, width: int) -> int:
    return -1 if day is None else max(0, (day - _EPOCH).days // width)


def _hash(*words: str) -> int:
    return int.from_bytes(hashlib.blake2b("\0".join(words).encode(), digest_size=5).digest(), "big")
