"""Whom a pronoun or a possessive stands for, by agreement, function and nearness. None where nothing settles it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.actors.nominals import relation

_SENTENCES_BACK = 2  # how far an antecedent is sought; farther ones were wrong more often than right
_SUBJECT, _PERSON, _SAME_SENTENCE, _DISTANCE = 3.0, 1.5, 0.5, 1.0


class Candidate(NamedTuple):
    """A mention that a pronoun may stand for: its chain, head, extent, what is known of its number, gender and kind."""

    chain: int
    head: int
    first: int
    last: int
    plural: bool
    gender: str | None
    person: bool


def is_personal(token: Token) -> bool:
    """Whether a token is a pronoun of the third person that stands for somebody (no expletive, no reflexive)."""
    if token.upos != "PRON" or "Person=3" not in token.feats or "Reflex=Yes" in token.feats:
        return False
    return "PronType=Prs" in token.feats and relation(token) in (
        "nsubj",
        "obj",
        "iobj",
        "obl",
        "nmod",
        "conj",
        "root",
        "dislocated",
    )


def is_possessive(token: Token) -> bool:
    """Whether a token is a possessive determiner of the third person."""
    return (
        token.upos == "DET"
        and "Poss=Yes" in token.feats
        and "Person=1" not in token.feats
        and "Person=2" not in token.feats
    )


def antecedent(
    parsed: Parsed, index: int, candidates: Sequence[Candidate], possessor_plural: bool | None = None
) -> int | None:
    """The chain that a pronoun or possessive stands for, or None.

    `candidates` are in text order. `possessor_plural` is the number of a possessive's owner where its form tells it.
    """
    token = parsed.tokens[index]
    plural = possessor_plural if possessor_plural is not None else "Number=Plur" in token.feats
    gender = None if possessor_plural is not None else token.feat("Gender")
    best, best_score = None, 0.0
    for candidate in _before(index, token.sentence, candidates, parsed):
        if candidate.plural != plural or (gender and candidate.gender and gender != candidate.gender):
            continue
        score = _score(parsed, token, candidate, possessor_plural is not None)
        if score > best_score:
            best, best_score = candidate, score
    return best.chain if best else None


def _before(index: int, sentence: int, candidates: Sequence[Candidate], parsed: Parsed) -> Iterator[Candidate]:
    position = bisect_left([c.head for c in candidates], index)
    for candidate in reversed(candidates[:position]):
        if sentence - parsed.tokens[candidate.head].sentence > _SENTENCES_BACK:
            return
        if not candidate.first <= index < candidate.last:
            yield candidate


def _score(parsed: Parsed, pronoun: Token, candidate: Candidate, possessive: bool) -> float:
    head = parsed.tokens[candidate.head]
    score = 10.0 - _DISTANCE * 2 * (pronoun.sentence - head.sentence)
    if relation(head) == "nsubj" or head.deprel == "obl:agent":
        score += _SUBJECT
        if head.sentence == pronoun.sentence:
            score += _SAME_SENTENCE
    if candidate.person:
        score += _PERSON
    if (
        not possessive
        and relation(pronoun) == "nsubj"
        and head.head == pronoun.head
        and head.sentence == pronoun.sentence
    ):
        return 0.0  # two subjects of one verb are two people, unless one repeats the other
    return score
