"""What is compared of an event mention: its traits, made from the mention and its own document alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from depeche.languages.frequencies import stem, word_weights
from depeche.ledger.keys import fold
from depeche.ledger.merge.words import LEAST, stems, telling

# Days; a time of this length or less counts as a date ("le week-end").
FINE = 3
# Characters on each side of a trigger that count as beside it.
REACH = 70
# Letters by which a trigger is compared: fewer than of other words, verbs change more.
TRIGGER = 5


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in an event, as merging compares it.

    `names` are the folded words of its name that are written with a capital, in order ("emmanuel", "macron"); `nouns` the stems of its
    other telling words ("gendarm"). `offices` are the offices that its document gives the same person ("ministre de la defense").
    """

    role: str
    names: tuple[str, ...]
    nouns: frozenset[str]
    kind: str | None
    country: str | None
    offices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trait:
    """One event mention, as merging compares it.

    `begins` and `ends` (half-open) are the words' own time, None where they tell none. `place` and `country` say where. `forms` are the
    folded words of the triggers, `triggers` their stems. `words` are the telling stems of the evidence, `near` those beside the trigger, with their weights; `text` is the profile of the document.
    """

    mention: str
    document: str
    lang: str
    type: str
    mode: str | None
    cameo: str | None
    status: str
    rule: str
    start: int
    begins: date | None
    ends: date | None
    published: date | None
    place: str | None
    country: str | None
    parties: tuple[Party, ...]
    triggers: frozenset[str]
    forms: frozenset[str]
    words: Mapping[str, float]
    near: Mapping[str, float]
    text: Mapping[str, float]

    @property
    def dated(self) -> bool:
        """Whether the words themselves say when, to the day or so."""
        return self.begins is not None and self.ends is not None and (self.ends - self.begins).days <= FINE

    @property
    def anchor(self) -> date | None:
        """The day by which the mention is looked up: that of its words, else that of publication."""
        return self.begins or self.published


def party_of(
    role: str, name: str, kind: str | None, country: str | None, lang: str, offices: Iterable[str] = ()
) -> Party:
    """A participant's traits from its fullest name as it stands in the text. `offices` are the words of its offices."""
    kind = kind or ("state" if country else None)  # a capital or an adjective that stands for its country
    words = name.replace("'", " ").replace("’", " ").replace("-", " ").split()
    capital = [w for w in words if w[:1].isupper()]
    if kind == "office" or len(words) > 1 and capital == words[:1] and kind not in ("person", "state"):
        capital = []  # of a title, or the first word of a sentence
    weights = word_weights(lang)
    folded = [f for w in capital if (f := fold(w)) and " " not in f and (len(f) > 2 or w.isupper())]
    names = tuple(n for n in folded if weights.get(stem(n), 1.0) >= LEAST or len(capital) == 1)
    rest = " ".join(sorted({fold(w) for w in words} - set(names)))
    nouns = frozenset(s for s in stems(rest) if weights.get(s, 1.0) >= LEAST)
    return Party(role, names, nouns, kind, country, frozenset(map(fold, offices)))


def trigger_forms(triggers: Iterable[str]) -> frozenset[str]:
    """The folded words of an event's triggers."""
    return frozenset(f for t in triggers for f in fold(t).split() if len(f) > 2)


def trigger_stems(forms: Iterable[str]) -> frozenset[str]:
    """What the words of triggers share with other forms of the same words: their first letters."""
    return frozenset(f[:TRIGGER] for f in forms)


def beside(text: str, start: int, end: int, trigger: tuple[int, int]) -> str:
    """The words of the evidence [start, end) that stand close to the trigger, whole words only; offsets in code points of the text."""
    first, last = max(start, trigger[0] - REACH), min(end, trigger[1] + REACH)
    while first > start and text[first - 1].isalnum():
        first -= 1
    while last < end and text[last].isalnum():
        last += 1
    return text[first:last]


def dump(trait: Trait) -> str:
    """A trait as the ledger keeps it, without its document's profile; `load` is the inverse."""
    parties = [
        [p.role, p.names, sorted(p.nouns), p.kind, p.country, *([sorted(p.offices)] if p.offices else [])]
        for p in trait.parties
    ]
    days = [d and d.isoformat() for d in (trait.begins, trait.ends, trait.published)]
    plain = [
        trait.lang, trait.type, trait.mode, trait.cameo, trait.status, trait.rule, trait.start, *days, trait.place, trait.country,
        parties, " ".join(sorted(trait.forms)), " ".join(trait.words), " ".join(trait.near),
    ]  # fmt: skip
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def load(mention: str, document: str, dumped: str, text: Mapping[str, float]) -> Trait:
    """The trait of `dump`, with the profile of its document."""
    (lang, type_, mode, cameo, status, rule, start, begins, ends, published, place, country, parties, forms, words, near) = (
        json.loads(dumped)
    )  # fmt: skip
    return Trait(
        mention, document, lang, type_, mode, cameo, status, rule, start, _day(begins), _day(ends), _day(published), place, country,
        tuple(Party(p[0], tuple(p[1]), frozenset(p[2]), p[3], p[4], frozenset(p[5]) if len(p) > 5 else frozenset()) for p in parties),
        trigger_stems(forms.split()), frozenset(forms.split()), telling(words.split(), lang), telling(near.split(), lang), text,
    )  # fmt: skip


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
