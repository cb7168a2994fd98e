"""How a language tells time: classes of words, rules over them, and the words that point to the past or the future."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from depeche.records.vocabularies import GRAINS, TIME_KINDS

#: The operations that turn the words of a rule into an interval; `extract/times/` holds one function for each.
OPERATIONS = frozenset(
    {
        "shift", "ago", "span_of", "vague", "weekday", "weekday_in", "weekend", "month", "year", "date",
        "clock", "daypart", "part", "nth", "range", "years", "since", "from", "till", "until", "duration",
        "recurring", "anaphor", "eve", "same", "holiday", "decade", "century", "season", "quarter", "week_of",
        "night", "copy",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A class of words that rules name in braces: `values` maps a value to its forms ({"1": [janvier, "janv."]}).

    Forms are in lower case and may hold several words. A form of four letters or more is found without its accents too.
    `lower`: only where the text has it in lower case. A form "*s" stands for all words so ending (in guards alone).
    """

    id: str
    values: dict[str, tuple[str, ...]]
    lower: bool = False


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One way to tell a time.

    `patterns` are words, `[one|another]`, `{class}` or `{name:class}`, `<part>` or `<name:part>` (what another rule
    makes), each optional with `?` after it. Numbers in figures belong to the classes n, day, month_number, year,
    year2, hour and minute. `op` is the operation; `args` gives it constants beside what the pattern captured.
    `makes` names the part; a `part: true` is no time by itself. `level` orders the rules: a rule may use parts of
    lower levels alone.

    Guards. The word before (after) must not be in a class of `not_after` (`not_before`), unless it is in `unless`. With
    `only_after` the word before must be in one of these classes; with `only_before` the word after must, or the
    text ends (unless `or_end` is false). `alone`: the expression must be the whole text. `close`: no spaces between
    its words; `spaced`: spaces between all. `no_name_after`: no capitalised word may follow.

    `examples` are "words => ISO" as of Thursday 2020-10-01 (None: recognised, not dated); a test reads every one.
    """

    id: str
    patterns: tuple[str, ...]
    op: str
    examples: tuple[str, ...]
    makes: str = "time"
    level: int = 1
    part: bool = False
    kind: str = "point"
    grain: str | None = None
    args: dict[str, tuple[str, ...]] = field(default_factory=dict)
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    alone: bool = False
    close: bool = False
    spaced: bool = False
    no_name_after: bool = False
    or_end: bool = True

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {
        "op": OPERATIONS,
        "kind": TIME_KINDS,
        "grain": GRAINS | {None},  # type: ignore[arg-type]  # a rule without a grain takes it from its operation
    }


@dataclass(frozen=True, slots=True)
class TimeTense:
    """Words that place what is told before or after the publication, for times that do not say so themselves ("mardi").

    `lemmas` are governors that send what they govern to the past or the future: participles and nouns ("prévu"), or,
    with `infinitive`, verbs over an infinitive ("devoir"), in simple tenses alone unless `any_tense` ("a appelé à
    manifester"). `marks` are words that open an infinitive clause ("avant de"). `words` and `endings` are those of
    finite verbs, `participle_endings` count where there is no parse.
    """

    id: str
    direction: str
    lemmas: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    participle_endings: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    infinitive: bool = False
    any_tense: bool = False

    CLOSED: ClassVar[dict[str, frozenset[str]]] = {"direction": frozenset({"past", "future"})}
