"""What claims look up in one text: the cues of the lexicon where they stand, and the bounds and lengths of time that they name."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from depeche.annotate.parsed import Parsed
from depeche.extract.offices_tables import Phrasebook, fold, fold_words
from depeche.languages.schema.claims import ClaimCue
from depeche.records import Span, Time

BOUND_REACH = 24  # words between the head of a claim and its "depuis"
PHRASE = frozenset({"DET", "NOUN", "ADJ", "PROPN", "ADP"})
_FORMATS = {"century": "%Y", "decade": "%Y", "year": "%Y", "quarter": "%Y-%m", "season": "%Y-%m", "month": "%Y-%m"}


class ClaimLexicon(Protocol):
    """The entries of a lexicon that claims need."""

    def __hash__(self) -> int: ...

    @property
    def claims(self) -> tuple[ClaimCue, ...]: ...


@dataclass(frozen=True)
class ClaimTables:
    """The cues of claims by role, as phrases."""

    roles: dict[str, Phrasebook[ClaimCue]]
    openers: dict[str, tuple[str, ...]]


@cache
def claim_tables(lexicon: ClaimLexicon) -> ClaimTables:
    """The tables of a lexicon, made on first use. `openers` says for a first word which roles may start a claim there."""
    found: dict[str, list[tuple[tuple[str, ...], ClaimCue]]] = {role: [] for role in ClaimCue.CLOSED["role"]}
    openers: dict[str, list[str]] = {}
    for cue in lexicon.claims:
        for form in cue.forms:
            words = fold_words(form)
            found[cue.role].append((words, cue))
            roles = openers.setdefault(words[0], [])
            if cue.role in _STARTERS and cue.role not in roles:
                roles.append(cue.role)
    return ClaimTables(
        {role: Phrasebook(entries) for role, entries in found.items()}, {k: tuple(v) for k, v in openers.items() if v}
    )


_STARTERS = ("ordinal", "never", "none", "no_more", "unprecedented", "comparison")


class ClaimText:
    """One text with the cues of claims in it."""

    def __init__(self, parsed: Parsed, tables: ClaimTables, times: tuple[Time, ...]) -> None:
        self.parsed, self.tables, self.times = parsed, tables, times
        self.words = [fold(t.text) for t in parsed.tokens]

    def tokens(self, span: Span) -> range:
        """The tokens of a span."""
        first = bisect_left(self.parsed.starts, span.start)
        return range(first, bisect_left(self.parsed.starts, span.end))

    def cue(self, role: str, index: int) -> tuple[int, ClaimCue] | None:
        """The phrase of a role that starts at a token: its length and cue."""
        return self.tables.roles[role].at(self.words, index) if index < len(self.words) else None

    def limit(self, index: int) -> int:
        """The end of the sentence of a token."""
        return self.parsed.sentences[self.parsed.tokens[index].sentence].last

    def floor(self, index: int) -> int:
        """The first token of the sentence of a token."""
        return self.parsed.sentences[self.parsed.tokens[index].sentence].first

    def bound(self, at: int, anchor: int, limit: int | None = None) -> tuple[str | None, int]:
        """The date after "depuis", or the length of a period ("en trois ans"), from a token on, and the token where its words end."""
        stop = min(self.limit(anchor), at + BOUND_REACH) if limit is None else limit
        for index in range(at, stop):
            hit = self.cue("since", index)
            if hit:
                period, last = self.period(index + hit[0])
                if period is None:
                    period, last = self.time(index, 9)
                return period, max(last, index + hit[0]) if period else 0
        while at < stop and not self.window(at) and self.parsed.tokens[at].upos in PHRASE:
            at += 1
        hit = self.cue("window", at) if at < self.limit(anchor) and self.window(at) else None
        return self.period(at + hit[0]) if hit else (None, 0)

    def opening_bound(self, before: int) -> str | None:
        """The bound that opens a sentence: "Depuis 1994, aucun …"."""
        floor = self.floor(before)
        return self.bound(floor, before, min(floor + 3, before))[0]

    def period(self, at: int) -> tuple[str | None, int]:
        """The length "(plus de) dix ans" as an ISO duration, and the token after it."""
        tokens, limit = self.parsed.tokens, self.limit(min(at, len(self.words) - 1))
        while at < limit and tokens[at].upos in ("ADV", "ADP") and not self.cue("number", at):
            at += 1
        size, number = self._number(at) if at < limit else (0, 0)
        for last in (at + size, at + size + 1):  # "ces dix dernières années"
            unit = self.cue("unit", last) if size and last < limit else None
            if unit is not None and unit[1].period and number:
                period = unit[1].period
                return f"P{number * int(period[1:-1])}{period[-1]}", last + unit[0]
        return None, 0

    def _number(self, at: int) -> tuple[int, int]:
        """How many tokens the number at a token has, and its value; 0 where there is none."""
        if self.words[at].isdecimal():
            return 1, int(self.words[at])
        hit = self.cue("number", at)
        return (hit[0], hit[1].n or 0) if hit else (0, 0)

    def window(self, at: int) -> int:
        """The length of "en trois ans" at a token, 0 if there is none."""
        hit = self.cue("window", at)
        if hit is None:
            return 0
        return max(0, self.period(at + hit[0])[1] - at)

    def scope(self, at: int) -> int:
        """The length of a phrase that widens an ordinal at a token, 0 if there is none."""
        hit = self.cue("scope", at)
        return hit[0] if hit else 0

    def time(self, at: int, reach: int) -> tuple[str | None, int]:
        """The first dated time within some tokens, as an ISO date of its grain, and the token after it."""
        tokens = self.parsed.tokens
        limit = min(at + reach, self.limit(at) if at < len(tokens) else at)
        if at >= limit:
            return None, 0
        low, high = tokens[at].start, tokens[limit - 1].end
        for time in self.times:
            if time.start is not None and time.span.start < high and time.span.end > low:
                words = self.tokens(time.span)
                return time.start.strftime(_FORMATS.get(time.grain, "%Y-%m-%d")), words.stop
        return None, 0

    def span(self, first: int, last: int) -> Span:
        """The words of tokens [first, last)."""
        start, end = self.parsed.tokens[first].start, self.parsed.tokens[max(last, first + 1) - 1].end
        return Span(start, end, self.parsed.text[start:end])
