"""Whom a pronoun or a possessive stands for, by agreement, function and nearness. None where nothing settles it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.actors.nominals import relation
from depeche.extract.actors.tables import ActorTables, fold

_SENTENCES_BACK = 2  # how far an antecedent is sought; farther ones were wrong more often than right
_SPEECH_BACK = 4  # for the subject of an inserted verb of speech: whole quotations stand between
_SUBJECT, _PERSON, _SPEAKER, _NEAR, _DISTANCE, _SPEECH_DISTANCE = 3.0, 1.5, 3.0, 0.5, 2.0, 1.0
_MARKS = frozenset('"«»“”')
_FUNCTIONS = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "conj", "root", "dislocated"})


class Candidate(NamedTuple):
    """A mention that a pronoun may stand for: its chain, head, extent, what is known of its number, gender and kind."""

    chain: int
    head: int
    first: int
    last: int
    plural: bool
    gender: str | None
    person: bool
    state: bool
    quoted: bool


def quoted_tokens(parsed: Parsed) -> frozenset[int]:
    """The tokens inside quotation marks; a straight mark opens or closes by the blanks around it, else it does the other."""
    found, inside, text = set(), False, parsed.text
    for index, token in enumerate(parsed.tokens):
        if token.text == '"':
            blank_before = token.start == 0 or text[token.start - 1].isspace()
            blank_after = token.end >= len(text) or text[token.end].isspace()
            inside = blank_before if blank_before != blank_after else not inside
        elif token.text in _MARKS:
            inside = token.text in "«“"
        elif inside:
            found.add(index)
    return frozenset(found)


def is_inverted(token: Token) -> bool:
    """Whether a pronoun hangs on its verb by a hyphen ("a-t-il dit")."""
    return token.text.startswith("-")


def agreement(token: Token, tables: ActorTables) -> dict[str, str] | None:
    """What a pronoun or possessive of the third person agrees with, by its form; None for what stands for nobody.

    Taggers often mistake the features of inverted forms ("-t-elle"), so the lexicon's count.
    """
    if token.upos not in ("PRON", "DET"):
        return None
    pieces = fold(token.text)
    feats = tables.pronouns.get(pieces) or tables.pronouns.get(pieces[-1:])
    if feats is None or ("Number[psor]" in feats) != (token.upos == "DET"):
        return None
    if token.upos == "DET" or relation(token) in _FUNCTIONS or (is_inverted(token) and token.deprel == "expl:subj"):
        return feats
    return None


class Antecedents:
    """Finds antecedents among the mentions of one text. A pronoun that is resolved becomes a candidate for the next."""

    def __init__(self, parsed: Parsed, candidates: Sequence[Candidate]) -> None:
        """`candidates` are in text order."""
        self.parsed = parsed
        self.candidates = list(candidates)
        self.heads = [c.head for c in candidates]
        self.quoted = quoted_tokens(parsed)

    def of(self, index: int, feats: Mapping[str, str]) -> int | None:
        """The chain that a pronoun or possessive stands for, or None; `feats` is what it agrees with (see `agreement`)."""
        doubled = self._doubled(index)
        if doubled is not None:
            return doubled
        owner = feats.get("Number[psor]")
        found = self._best(index, (owner or feats.get("Number")) == "Plur", feats.get("Gender"))
        if found is not None and owner is None:
            self._add(found._replace(head=index, first=index, last=index + 1, quoted=index in self.quoted))
        return found.chain if found else None

    def last_person(self, index: int) -> int | None:
        """The person mentioned last: what "ce dernier" stands for, whatever its function was."""
        plural = "Number=Plur" in self.parsed.tokens[index].feats
        for candidate in self._before(index):
            if candidate.person and candidate.plural == plural:
                return candidate.chain
        return None

    def _add(self, candidate: Candidate) -> None:
        position = bisect_left(self.heads, candidate.head)
        self.candidates.insert(position, candidate)
        self.heads.insert(position, candidate.head)

    def _doubled(self, index: int) -> int | None:
        """ "Erdogan est-il menacé": the pronoun repeats the subject of its own verb."""
        token = self.parsed.tokens[index]
        if not is_inverted(token) or token.head < 0:
            return None
        for child in self.parsed.children[token.head]:
            if child != index and relation(self.parsed.tokens[child]) == "nsubj" and child < index:
                position = bisect_left(self.heads, child)
                if position < len(self.heads) and self.heads[position] == child:
                    return self.candidates[position].chain
        return None

    def _best(self, index: int, plural: bool, gender: str | None) -> Candidate | None:
        best, best_score = None, 0.0
        for candidate in self._before(index):
            if candidate.plural != plural:
                continue
            if gender and candidate.gender and gender != candidate.gender:
                continue
            score = self._score(index, candidate)
            if score > best_score:
                best, best_score = candidate, score
        return best

    def _before(self, index: int) -> Iterator[Candidate]:
        token = self.parsed.tokens[index]
        speech = is_inverted(token)
        for position in range(bisect_left(self.heads, index) - 1, -1, -1):
            candidate = self.candidates[position]
            back = token.sentence - self.parsed.tokens[candidate.head].sentence
            if back > (_SPEECH_BACK if speech else _SENTENCES_BACK):
                return
            if speech and (candidate.quoted or candidate.state):
                continue  # what somebody's words name is seldom who speaks them
            if not candidate.first <= index < candidate.last:
                yield candidate

    def _score(self, index: int, candidate: Candidate) -> float:
        token, head = self.parsed.tokens[index], self.parsed.tokens[candidate.head]
        same = head.sentence == token.sentence
        score = 10.0 - (_SPEECH_DISTANCE if is_inverted(token) else _DISTANCE) * (token.sentence - head.sentence)
        if relation(head) == "nsubj" or head.deprel == "obl:agent":
            score += _SUBJECT + (_NEAR if same else 0.0)
        if candidate.person:
            score += _SPEAKER if is_inverted(token) else _PERSON
        if token.upos == "PRON" and relation(token) == "nsubj" and head.head == token.head and same:
            return 0.0  # two subjects of one verb are two people, unless one repeats the other
        return score
