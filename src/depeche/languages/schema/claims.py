"""Words by which a text claims something that a ledger can check: first, last, only, n-th, never, more often than."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from depeche.records.vocabularies import CLAIM_KINDS


@dataclass(frozen=True, slots=True)
class ClaimCue:
    """Words that make a claim, or a part of one. Case, accents and the kind of apostrophe do not count.

    ordinal: "première" (`kind` first, last, only or nth with `n`). occasion: nouns counted by ordinals alone ("fois"). since: what opens
    the bound ("depuis"). window: what opens a period ("en" trois ans). scope: phrases that widen a bare ordinal to a claim ("de
    l'histoire"), `limited` ones to one about a time or kind that no date tells ("de son mandat"). infinitive: joins the deed to who did it first ("à" se rendre). never, none, no_more: negations of deeds.
    unprecedented: phrases that say that nothing like it was before. dates_back: lemmas of verbs that date the last time.
    comparison: how often one thing happens beside another (ids ending in more, less and equal say how); standard: what opens the other thing. number: number words with their `n`.
    unit: nouns of periods, with their length as an ISO duration (`period`). excluded: phrases that begin like a claim and are none.
    """

    id: str
    role: str
    forms: tuple[str, ...]
    kind: str | None = None
    n: int | None = None
    period: str | None = None
    limited: bool = False

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "role": frozenset(
            "ordinal occasion since window scope infinitive never none no_more unprecedented dates_back comparison standard number unit doer "
            "excluded".split()
        ),
        "kind": CLAIM_KINDS,
    }
