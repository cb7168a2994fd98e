"""Time expressions: found in the text, dated against the day of publication, the tense and what was told before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from depeche.annotate.parsed import Parsed
from depeche.errors import InputError
from depeche.extract.times import intervals as cal
from depeche.extract.times import points
from depeche.extract.times.context import FINE, Context
from depeche.extract.times.intervals import Interval
from depeche.extract.times.resolve import resolve
from depeche.extract.times.scan import Match, Scanner, Word
from depeche.extract.times.tense import Lean, Tenses
from depeche.languages.schema.times import TimeRule, TimeTense, TimeWord
from depeche.records import Span, Time
from depeche.records.codecs import iso

DIRECTIONS = {"text": 0, "past": -1, "future": 1}
#: Operations whose outcome the tense may change; for the others the clause is not looked at.
LEANING = frozenset({"weekday", "weekend", "date", "month", "season", "holiday"})
#: Times that move the story to another moment; bare years and what is open or repeated are background.
NARRATING = frozenset({"point", "interval"})
EVENT_REACH = 4
_TENSES = {Lean.PAST: "past", Lean.PRESENT: "present", Lean.FUTURE: "future"}
#: How many narrated times are remembered.
MEMORY = 8
#: So many words on either side belong to a sentence at most, whatever its marks.
LONGEST_SENTENCE = 80

__all__ = ["TimeGrammar", "compile_times", "event_day", "find_times", "iso"]


@dataclass(frozen=True)
class TimeGrammar:
    """The time lexicon of one language, compiled once."""

    scanner: Scanner
    tenses: Tenses
    determiners: frozenset[str]
    days_from_event: dict[str, int]


def compile_times(words: Iterable[TimeWord], rules: Iterable[TimeRule], tenses: Iterable[TimeTense]) -> TimeGrammar:
    """Compile the entries of a language folder (`time_words`, `time_rules`, `time_tenses`) for `find_times`.

    Raises LexiconError where a rule names a class or part that does not exist.
    """
    words = tuple(words)
    determiners = frozenset(f for w in words if w.id == "determiner" for forms in w.values.values() for f in forms)
    rules = tuple(rules)
    offsets = {
        r.id: int(r.args["n"][0]) * int(r.args["sign"][0])
        for r in rules
        if r.op == "eve" and "n" in r.args and r.args.get("unit") == ("day",)
    }
    return TimeGrammar(Scanner(words, rules), Tenses(tenses), determiners, offsets)


def find_times(
    source: str | Parsed, grammar: TimeGrammar, published: date | None = None, direction: str = "text"
) -> tuple[Time, ...]:
    """The time expressions of a text in order, without overlap.

    `source` is the text or its parse; with a parse the tense of the governing clause decides where "Tuesday" lies,
    without one the nearest telling word. `published` None: what is relative to it stays undated. `direction` "past" or
    "future" overrules the tense.
    Raises InputError for another direction.
    """
    if direction not in DIRECTIONS:
        raise InputError(f"direction {direction!r} is unknown; accepted: {', '.join(DIRECTIONS)}")
    text, parsed = (source.text, source) if isinstance(source, Parsed) else (source, None)
    words, matches = grammar.scanner.matches(text)
    chosen = _longest(matches)
    if not chosen:
        return ()
    reader = _Reader(grammar, words, parsed, cal.midnight(published) if published else None, DIRECTIONS[direction])
    found = [reader.read(m) for m in chosen]
    for at, match in enumerate(chosen):
        if match.rule.op == "eve":
            found[at] = reader.read_eve(match, chosen, found)
    return tuple(_record(text, words, m, i, reader) for m, i in zip(chosen, found, strict=True))


def event_day(time: Time, grammar: TimeGrammar) -> date | None:
    """The day of the event that a time is told from ("the day after the vote" on a Monday: Sunday), or None."""
    offset = grammar.days_from_event.get(time.rule)
    return None if offset is None or time.start is None else time.start.date() - timedelta(days=offset)


def _longest(matches: list[Match]) -> list[Match]:
    """Of overlapping matches the one that begins first, then the longest, then that of the highest level."""
    ranked = sorted((m for m in matches if not m.rule.part), key=_rank)
    chosen: list[Match] = []
    for m in ranked:
        if not chosen or m.first >= chosen[-1].last:
            chosen.append(m)
    return chosen


def _first(match: Match) -> int:
    return match.first


def _rank(match: Match) -> tuple[int, int, int, int, str]:
    return match.first, -match.last, -match.rule.level, -len(match.captured), match.rule.id


def _record(text: str, words: list[Word], match: Match, interval: Interval | None, reader: _Reader) -> Time:
    start, end = words[match.first].start, words[match.last - 1].end
    span = Span(start, end, text[start:end])
    grain = match.rule.grain or (interval.grain if interval else match.text_of("unit") or "day")
    grain = cal.RECORD_GRAIN.get(grain, grain)
    start_at, end_at = (interval.start, interval.end) if interval else (None, None)
    said = points.said(match)
    return Time(
        span, match.rule.kind, grain, start_at, end_at, match.rule.id, said, reader.tense(match) if said else None
    )


class _Reader:
    """Dates the matches of one text in order and remembers what was narrated."""

    def __init__(
        self, grammar: TimeGrammar, words: list[Word], parsed: Parsed | None, now: datetime | None, direction: int
    ) -> None:
        self.grammar, self.words, self.parsed, self.now, self.direction = grammar, words, parsed, now, direction
        self.narrated: list[Interval] = []
        self.dated: dict[str, list[tuple[int, int, Interval]]] | None = None

    def read(self, match: Match) -> Interval | None:
        """The interval of one match."""
        if match.rule.op == "eve":
            return None
        interval = resolve(match, self._context(match))
        if interval and interval.start and match.rule.kind in NARRATING:
            self.narrated.append(interval)
        return interval

    def _context(self, match: Match, event: Interval | None = None) -> Context:
        narrated = tuple(self.narrated[-MEMORY:])
        if self.direction:
            return Context(resolve, self.now, self.direction, True, narrated=narrated, event=event)
        lean = self._lean(match) if _leans(match) else Lean.NONE
        present = lean is Lean.PRESENT
        return Context(resolve, self.now, 0 if present else int(lean), False, present, narrated, event)

    def _lean(self, match: Match) -> Lean:
        if self.parsed is not None:
            lean = self.grammar.tenses.in_tree(self.parsed, self.words[match.first].start)
            # What a verb of the past speaks of may lie ahead: "a présenté sa liste pour le scrutin du 26 mai".
            return Lean.NONE if lean is Lean.PAST and match.rule.op == "date" and self._inside_noun(match) else lean
        return self.grammar.tenses.nearby(self.words, match.first, match.last)

    def tense(self, match: Match) -> str | None:
        """The tense of the clause around a match."""
        return _TENSES.get(self._lean(match))

    def _inside_noun(self, match: Match) -> bool:
        """Is a date the complement of a noun?"""
        assert self.parsed is not None
        tokens, begin = self.parsed.tokens, self.words[match.first].start
        end = self.words[match.last - 1].end
        at = bisect_right(self.parsed.starts, end - 1) - 1
        while at >= 0 and (head := tokens[at].head) >= 0 and begin <= tokens[head].start < end:
            at = head
        return at >= 0 and tokens[at].deprel == "nmod" and tokens[at].head >= 0

    def read_eve(self, match: Match, chosen: list[Match], found: list[Interval | None]) -> Interval | None:
        """A time told from an event: the event's date is that of a sentence that names it again, with a day.

        Where no other sentence does, a day told in the same sentence is the time itself ("on Monday, the day after
        the vote").
        """
        noun = self._noun_after(match.last)
        event = self._dated_with(noun, match, chosen, found) if noun else None
        if event is not None:
            found_day = resolve(match, self._context(match, event))
            ahead = self.now is not None and found_day is not None and found_day.start and found_day.start > self.now
            # The day after an event cannot lie ahead in a clause of the past: then the event stands beside its morrow.
            return event if ahead and self.direction <= 0 and self._lean(match) is not Lean.FUTURE else found_day
        first, last = self._sentence(match.first, match.last)
        days = set()
        at = bisect_left(chosen, first, key=_first)
        for other, interval in zip(islice(chosen, at, None), islice(found, at, None), strict=True):
            if other.first >= last:
                break
            if other.rule.op != "eve" and interval and interval.start and interval.grain in FINE:
                days.add(interval.start.date())
        return cal.unit_at(cal.midnight(days.pop()), "day") if len(days) == 1 else None

    def _noun_after(self, at: int) -> str | None:
        for word in self.words[at : at + EVENT_REACH]:
            if word.form not in self.grammar.determiners:
                return word.form
        return None

    def _dated_with(
        self, noun: str, match: Match, chosen: list[Match], found: list[Interval | None]
    ) -> Interval | None:
        if self.dated is None:
            self.dated = defaultdict(list)
            for other, interval in zip(chosen, found, strict=True):
                if interval is not None and interval.grain in FINE and other.rule.op != "eve":
                    first, last = self._sentence(other.first, other.last)
                    for form in {w.form for w in self.words[first:last]}:
                        self.dated[form].append((first, last, interval))
        return next((i for first, last, i in self.dated.get(noun, ()) if not first <= match.first < last), None)

    def _sentence(self, first: int, last: int) -> tuple[int, int]:
        low, high = max(0, first - LONGEST_SENTENCE), min(len(self.words), last + LONGEST_SENTENCE)
        while first > low and self.words[first - 1].form[0] not in ".!?\n":
            first -= 1
        while last < high and self.words[last].form[0] not in ".!?\n":
            last += 1
        return first, last


def _leans(match: Match) -> bool:
    if match.rule.op in LEANING:
        return True
    return any(isinstance(v, Match) and _leans(v) for v in match.captured.values())
