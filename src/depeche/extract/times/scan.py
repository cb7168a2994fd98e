"""Finds where the rules of a language match: words to classes, classes to parts, parts to times. Nothing is dated here.

Rules are compiled into one trie a level. A text is cut into words once; only words that the lexicon knows open a walk.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple, Union
from unicodedata import combining, normalize

from depeche.errors import LexiconError
from depeche.languages.schema.times import TimeRule, TimeWord

#: A number with its decimals or thousands, a plain number, a word with its elision mark, a blank line, or one mark.
WORD = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)+|\d+|[^\W\d_]+['’]?|\n[ \t\r]*\n|[^\w\s]")
ELEMENT = re.compile(r"\[[^\]]*\]\??|\{[^}]*\}\??|<[^>]*>\??|\S+")
FOLDED_FROM = 4
MAX_NODES = 64
SHORTEST_WITH_ENDING = 3

Value = Union[str, "Match"]


class Word(NamedTuple):
    """A stretch of text, its normal form, and whether it stands in lower case as written."""

    start: int
    end: int
    form: str
    lower: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits the words [first, last), and what its pattern captured."""

    rule: TimeRule
    first: int
    last: int
    captured: dict[str, Value]

    def text_of(self, name: str) -> str | None:
        """The value of a captured class, or the constant of that name."""
        value = self.captured.get(name)
        if isinstance(value, str):
            return value
        constant = self.rule.args.get(name)
        return constant[0] if constant else None

    def number(self, name: str) -> int | None:
        """The same as a whole number."""
        value = self.text_of(name)
        return None if value is None else int(value)

    def part(self, name: str) -> Match | None:
        """The part captured under that name."""
        value = self.captured.get(name)
        return value if isinstance(value, Match) else None


class Edge(NamedTuple):
    """Something that begins at a word: a literal, a class or a part, with its value, up to the word `last`."""

    symbol: str
    last: int
    value: Value


@dataclass(slots=True)
class State:
    """A node of the trie; `accepts` lists the rules that end here with the capture name of each step."""

    next: dict[str, State] = field(default_factory=dict)
    accepts: list[tuple[TimeRule, tuple[str | None, ...]]] = field(default_factory=list)


def words_of(text: str) -> list[Word]:
    """The words and marks of a text, without spaces."""
    found = []
    plain = text.replace("’", "'")
    for m in WORD.finditer(plain):
        form = m.group()
        low = form.lower()
        found.append(Word(m.start(), m.end(), low, low == form))
    return found


@lru_cache(maxsize=4096)
def figures(form: str) -> tuple[tuple[str, str], ...]:
    """The classes of a number in figures with its value in each."""
    if not form.isascii() or not form.isdigit() or len(form) > 4:
        return ()
    number, size = int(form), len(form)
    value = str(number)
    bounds = (
        ("n", 1, 9999, 4), ("day", 1, 31, 2), ("month_number", 1, 12, 2), ("hour", 0, 24, 2),
    )  # fmt: skip
    found = [(name, value) for name, low, high, longest in bounds if low <= number <= high and size <= longest]
    if size == 2:
        found.append(("year2", value))
        if number < 60:
            found.append(("minute", value))
    if size == 4 and 1000 <= number < 2200:
        found.append(("year", value))
    return tuple(found)


def unaccented(form: str) -> str:
    """The form without accents, or as it is where it is too short to be told from other words."""
    if sum(c.isalpha() for c in form) < FOLDED_FROM:
        return form
    return _bare(form)


def _bare(form: str) -> str:
    return "".join(c for c in normalize("NFD", form) if not combining(c))


class Scanner:
    """The rules of one language, compiled. `matches` is pure."""

    def __init__(self, words: Iterable[TimeWord], rules: Iterable[TimeRule]) -> None:
        self.literals: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
        self.members: dict[str, set[str]] = defaultdict(set)
        self.endings: dict[str, tuple[str, ...]] = {}
        self.phrases = State()
        known = {"n", "day", "month_number", "hour", "year", "year2", "minute"}
        for word in words:
            known.add(word.id)
            self._add_class(word)
        self.rules = tuple(rules)
        self.levels: list[tuple[int, State]] = []
        makes = {r.makes for r in self.rules}
        for level in sorted({r.level for r in self.rules}):
            root = State()
            for rule in self.rules:
                if rule.level == level:
                    self._add_rule(root, rule, known, makes)
            self.levels.append((level, root))
        self.weak_forms = self._weak_forms()
        # Capitals may stand without their accents, in words too short for `unaccented` as well.
        short = (form for form in self.literals if len(form) == 1 or _bare(form) not in self.literals)
        self.capitals = {_bare(form): form for form in short if _bare(form) != form}

    def _weak_forms(self) -> frozenset[str]:
        """Forms of which alone no rule is made ("the", "of", "one"): runs of such words need no walk.

        Forgets the literals that no rule uses.
        """
        roots = [self.phrases, *(root for _, root in self.levels)]
        walked = [path for root in roots for path in _paths(root)]
        symbols = {s for path in walked for s in path}
        pruned = {f: [e for e in entries if e[0] in symbols] for f, entries in self.literals.items()}
        self.literals = defaultdict(list, {f: entries for f, entries in pruned.items() if entries})
        paths = [path for path in walked if not any(s.startswith("<") for s in path)]
        weak: set[str] = set()
        containing: dict[str, list[frozenset[str]]] = defaultdict(list)
        for path in paths:
            for symbol in path:
                containing[symbol].append(path)
        # Literals before classes, short ones first: the shorter the word, the commoner.
        for symbol in sorted(symbols, key=lambda s: (s.startswith("{") and s != "{n}", len(s), s)):
            if all(path - weak - {symbol} for path in containing[symbol]):
                weak.add(symbol)
        return frozenset(
            form
            for form, entries in self.literals.items()
            if not form[0].isdigit() and all(symbol in weak for symbol, _, _ in entries)
        )

    def _add_class(self, word: TimeWord) -> None:
        endings: list[str] = []
        for value, forms in word.values.items():
            for form in forms:
                if form.startswith("*"):
                    endings.append(form[1:])
                    continue
                pieces = [w.form for w in words_of(form)]
                self.members[word.id].update({form, unaccented(form)})
                if len(pieces) == 1:
                    for variant in {pieces[0], unaccented(pieces[0])}:
                        self.literals[variant].append((f"{{{word.id}}}", value, word.lower))
                else:
                    self._add_phrase(pieces, word.id, value)
        if endings:
            self.endings[word.id] = tuple(endings)

    def _add_phrase(self, pieces: Sequence[str], name: str, value: str) -> None:
        rule = TimeRule(id=name, patterns=(), op="value", examples=(), makes=value)
        state = self.phrases
        for piece in pieces:
            state = state.next.setdefault(self._literal(piece), State())
        state.accepts.append((rule, ()))

    def _literal(self, piece: str) -> str:
        for variant in {piece, unaccented(piece)}:
            if not any(symbol == piece for symbol, _, _ in self.literals[variant]):
                self.literals[variant].append((piece, piece, False))
        return piece

    def _add_rule(self, root: State, rule: TimeRule, known: set[str], makes: set[str]) -> None:
        for pattern in rule.patterns:
            for path in product(*(self._choices(rule, e, known, makes) for e in ELEMENT.findall(pattern))):
                steps = [step for steps in path for step in steps]
                if not steps:
                    raise LexiconError(f"time rule {rule.id!r}: pattern {pattern!r} matches nothing at all")
                state = root
                for symbol, _ in steps:
                    state = state.next.setdefault(symbol, State())
                state.accepts.append((rule, tuple(name for _, name in steps)))

    def _choices(
        self, rule: TimeRule, element: str, known: set[str], makes: set[str]
    ) -> list[tuple[tuple[str, str | None], ...]]:
        optional = len(element) > 1 and element.endswith("?")
        body = element[:-1] if optional else element
        if body[0] in "{<" and len(body) > 1:
            name, _, kind = body[1:-1].rpartition(":")
            if kind not in (known if body[0] == "{" else makes):
                raise LexiconError(f"time rule {rule.id!r}: {body} names no class and no part")
            symbol = f"{body[0]}{kind}{body[-1]}"
            found: list[tuple[tuple[str, str | None], ...]] = [((symbol, name or kind),)]
        else:
            options = body[1:-1].split("|") if body[0] == "[" and len(body) > 1 else [body]
            found = [tuple((self._literal(w.form), None) for w in words_of(option)) for option in options]
        return [*found, ()] if optional else found

    def matches(self, text: str) -> tuple[list[Word], list[Match]]:
        """The words of the text, and all matches of all rules in it (parts too), in order of discovery."""
        words = words_of(text)
        edges = self._edges(words)
        if not edges:
            return words, []
        for i in edges:
            edges[i].extend(
                Edge(f"{{{rule.id}}}", last, rule.makes) for rule, _, last, _ in _walk(self.phrases, edges, i)
            )
        found: list[Match] = []
        for _, root in self.levels:
            fresh = [m for i in edges for m in self._at(root, edges, i, words, text)]
            for m in fresh:
                edges[m.first].append(Edge(f"<{m.rule.makes}>", m.last, m))
            found.extend(fresh)
        return words, found

    def _edges(self, words: list[Word]) -> dict[int, list[Edge]]:
        """What begins at each word, in those runs of known words that hold a strong one."""
        edges: dict[int, list[Edge]] = {}
        run: list[int] = []
        strong = False
        literals, weak = self.literals, self.weak_forms
        for i, word in enumerate(words):
            form = word.form
            if form in literals or form[0].isdigit():
                run.append(i)
                strong = strong or form not in weak
            elif not word.lower and form in self.capitals:
                run.append(i)
                strong = strong or self.capitals[form] not in weak
            elif run:
                if strong:
                    edges.update((at, self._edges_of(at, words[at])) for at in run)
                run, strong = [], False
        if strong:
            edges.update((at, self._edges_of(at, words[at])) for at in run)
        return edges

    def _edges_of(self, i: int, word: Word) -> list[Edge]:
        form = word.form
        if form[0].isdigit():
            return [Edge(f"{{{name}}}", i + 1, value) for name, value in figures(form)] + [
                Edge(symbol, i + 1, value) for symbol, value, _ in self.literals.get(form, ())
            ]
        entries = self.literals.get(form, [])
        if not word.lower:
            entries = [e for e in entries if not e[2]] + self.literals.get(self.capitals.get(form, ""), [])
        return [Edge(symbol, i + 1, value) for symbol, value, _ in entries]

    def _at(self, root: State, edges: dict[int, list[Edge]], i: int, words: list[Word], text: str) -> Iterator[Match]:
        best: dict[tuple[str, int], Match] = {}
        for rule, names, last, values in _walk(root, edges, i):
            if len(best) >= MAX_NODES:
                break
            if (rule.id, last) in best or not self._allowed(rule, i, last, words, text):
                continue
            captured = {name: value for name, value in zip(names, values, strict=True) if name}
            best[rule.id, last] = Match(rule, i, last, captured)
        yield from best.values()

    def _allowed(self, rule: TimeRule, first: int, last: int, words: list[Word], text: str) -> bool:
        """Whether the guards of a rule let it match the words [first, last)."""
        if rule.alone and (first > 0 or last < len(words)):
            return False
        if rule.close or rule.spaced:
            touching = [words[i].end == words[i + 1].start for i in range(first, last - 1)]
            if any(touching) if rule.spaced else not all(touching):
                return False
        return self._allowed_after(rule, first, words) and self._allowed_before(rule, last, words, text)

    def _allowed_after(self, rule: TimeRule, first: int, words: list[Word]) -> bool:
        if first == 0:
            return not rule.only_after
        before = words[first - 1]
        if not rule.part and _glued(before, words[first], words[first - 2] if first > 1 else None):
            return False
        if rule.only_after and not self._in(before.form, rule.only_after):
            return False
        return not (self._in(before.form, rule.not_after) and not self._in(before.form, rule.unless))

    def _allowed_before(self, rule: TimeRule, last: int, words: list[Word], text: str) -> bool:
        if last >= len(words):
            return not rule.only_before or rule.or_end
        after = words[last]
        if rule.only_before and not self._in(after.form, rule.only_before):
            return False
        if self._in(after.form, rule.not_before) and not self._in(after.form, rule.unless):
            return False
        if rule.no_name_after and text[after.start].isupper():
            return False
        return not _runs_on(words[last - 1], after, words[last + 1] if last + 1 < len(words) else None)

    def _in(self, form: str, classes: Iterable[str]) -> bool:
        return any(
            form in self.members.get(name, ())
            or (name in self.endings and form.endswith(self.endings[name]) and len(form) > SHORTEST_WITH_ENDING)
            for name in classes
        )


def _paths(state: State, prefix: tuple[str, ...] = ()) -> Iterator[frozenset[str]]:
    if state.accepts:
        yield frozenset(prefix)
    for symbol, following in state.next.items():
        yield from _paths(following, (*prefix, symbol))


def _glued(before: Word, word: Word, earlier: Word | None) -> bool:
    """Whether the word hangs on something by a hyphen or a point, as in F-16 or 3.5."""
    if before.end != word.start or not word.form[0].isdigit():
        return False
    return before.form in "-/" and earlier is not None and earlier.end == before.start


def _runs_on(word: Word, after: Word, following: Word | None) -> bool:
    """Whether a number goes on behind the match, as in 20/02 or 15%."""
    if after.start != word.end or not word.form.isdigit():
        return False
    if after.form in "%€$":
        return True
    return after.form in "-/" and following is not None and following.start == after.end and following.form[0].isdigit()


def _walk(
    root: State, edges: dict[int, list[Edge]], i: int
) -> Iterator[tuple[TimeRule, tuple[str | None, ...], int, tuple[Value, ...]]]:
    stack: list[tuple[State, int, tuple[Value, ...]]] = [(root, i, ())]
    while stack:
        state, at, values = stack.pop()
        for rule, names in state.accepts:
            yield rule, names, at, values
        if not state.next:
            continue
        for edge in edges.get(at, ()):
            following = state.next.get(edge.symbol)
            if following is not None:
                stack.append((following, edge.last, (*values, edge.value)))
