"""Noun phrases around a verb: who its subject is, and how far that phrase reaches. Trees first, word order where trees fail."""

from __future__ import annotations

from typing import NamedTuple

from depeche.annotate.parsed import Parsed, Token
from depeche.extract.quotes.tables import QuoteTables, plain

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "SYM"})
_VERBAL = frozenset({"VERB", "AUX"})
_INSIDE = (
    "det",
    "amod",
    "nummod",
    "flat",
    "nmod",
    "case",
    "compound",
    "fixed",
    "appos",
    "conj",
    "cc",
    "advmod",
    "goeswith",
    "dep",
)
_STOPPERS = frozenset(',;:"«»“”()[]—–')
_REACH = 14
_PHRASE = 24


class Phrase(NamedTuple):
    """A noun phrase: its head token and the half-open range of its tokens."""

    head: int
    first: int
    last: int


def is_clitic(token: Token) -> bool:
    """Whether the token is a pronoun hung on a verb by a hyphen ("-t-il")."""
    return token.upos == "PRON" and token.text[:1] in "-‐‑" and len(token.text) > 1


def is_nobody(tables: QuoteTables, token: Token) -> bool:
    """Whether a pronoun, free or hung on its verb, is no speaker ("on", "-t-on")."""
    return plain(token.text).replace("‑", "-").replace("‐", "-").rpartition("-")[2] in tables.words["nobody"]


def is_somebody(parsed: Parsed, tables: QuoteTables, head: int) -> bool:
    """Whether a phrase names a person or a body."""
    token = parsed.tokens[head]
    lemma = plain(token.lemma)
    if token.upos == "PRON":
        return any(plain(parsed.tokens[c].lemma) in tables.holders for c in parsed.children[head])
    known = lemma in tables.holders and lemma not in tables.words["message"] and lemma not in tables.words["relay"]
    return token.upos == "PROPN" or token.text[:1].isupper() or lemma in tables.persons or known


def possessor(parsed: Parsed, tables: QuoteTables, noun: int) -> int | None:
    """Whose word a noun for a message is: its complement, its agent, or who utters it ("X a tenu des propos")."""
    for child in parsed.children[noun]:
        if parsed.tokens[child].deprel.startswith(("nmod", "obl:agent")) and is_somebody(parsed, tables, child):
            return child
    token = parsed.tokens[noun]
    if token.deprel == "obj" and token.head >= 0:
        return subject_of(parsed, tables, token.head)
    return None


def phrase_of(parsed: Parsed, head: int) -> Phrase:
    """The phrase of a nominal head, without its preposition, relative clauses and what follows a comma."""
    tokens = parsed.tokens
    sentence = parsed.sentences[tokens[head].sentence]
    first, last = head, head + 1
    while first > sentence.first and head - first < _PHRASE:
        before = tokens[first - 1]
        if (
            before.text in _STOPPERS
            or before.upos in ("ADP", "CCONJ", "SCONJ")
            or not _belongs(tokens, first - 1, head)
        ):
            break
        first -= 1
    while last < sentence.last and last - head < _PHRASE:
        after = tokens[last]
        if after.text in _STOPPERS or after.upos == "SCONJ" or not _belongs(tokens, last, head):
            break
        last += 1
    while last > head + 1 and tokens[last - 1].upos in ("ADP", "CCONJ", "PUNCT", "DET", "ADV"):
        last -= 1
    return Phrase(head, first, last)


def _belongs(tokens: tuple[Token, ...], index: int, head: int) -> bool:
    """Whether a token hangs on the head through nominal relations alone."""
    for _ in range(8):
        token = tokens[index]
        if not token.deprel.startswith(_INSIDE) or (token.upos in _VERBAL and token.deprel != "amod" and index != head):
            return False
        index = token.head
        if index == head:
            return True
        if index < 0:
            return False
    return False


def is_relative(token: Token) -> bool:
    """Whether a pronoun is relative."""
    return token.upos == "PRON" and token.feat("PronType") == "Rel"


def subject_of(parsed: Parsed, tables: QuoteTables, verb: int) -> int | None:
    """The head of who does what the verb says, climbing through coordination, control and relative clauses; None if nobody.

    A subject that another verb lends must stand before this one.
    """
    climbed: list[int] = []
    at = verb
    while at >= 0 and len(climbed) < 6:
        found = own_subject(parsed, tables, at)
        if found is not None and (at == verb or found < verb):
            return None if found < 0 else found
        token = parsed.tokens[at]
        if token.deprel.startswith("acl") and token.head >= 0:
            governor = parsed.tokens[token.head]
            nominal = governor.upos in ("NOUN", "PROPN", "PRON") and token.head < verb
            if nominal and (is_somebody(parsed, tables, token.head) or governor.upos == "PRON"):
                return token.head
        climbed.append(at)
        at = token.head
    return next(
        (s for at in climbed if at <= verb and (s := phrase_before(parsed, tables, _group_start(parsed, at)))), None
    )


def _group_start(parsed: Parsed, verb: int) -> int:
    """The first token of a verb with its auxiliaries, clitics and negation."""
    tokens = parsed.tokens
    first = parsed.sentences[tokens[verb].sentence].first
    at = verb
    while at > first and tokens[at - 1].upos in ("AUX", "ADV", "PRON", "PART") and not is_relative(tokens[at - 1]):
        at -= 1
    return at


def own_subject(parsed: Parsed, tables: QuoteTables, verb: int) -> int | None:
    """The subject that hangs on this very token; -1 where its subject is nobody; None where it has none."""
    tokens = parsed.tokens
    clitic: int | None = None
    nearest: int | None = None
    for child in parsed.children[verb]:
        token = tokens[child]
        relation = token.deprel
        if is_clitic(token) and relation.startswith(("nsubj", "expl")) and child > verb - 3:
            clitic = child
        elif relation.startswith("nsubj") or relation == "csubj":
            if is_relative(token):
                near = phrase_before(parsed, tables, child)
                found = antecedent(parsed, verb)
                return near if found is None or (near is not None and tokens[near].upos == "PROPN") else found
            if _calendar(tables, token):
                continue
            if is_nobody(tables, token):
                return -1
            nearest = child if nearest is None or child < verb else nearest
        elif relation == "expl:subj":
            # verbs of speech are never impersonal in the active voice, whatever the tree says of their pronoun
            if plain(tokens[verb].lemma) not in tables.verbs and not tables.patterns(
                tokens[verb].lemma, tokens[verb].text
            ):
                return -1
            nearest = child if nearest is None else nearest
    if nearest is not None:
        return nearest
    if clitic is not None:
        return -1 if is_nobody(tables, tokens[clitic]) else clitic
    return None


def phrase_before(parsed: Parsed, tables: QuoteTables, end: int) -> int | None:
    """The head of the noun phrase that ends right before a position: a subject that the tree has lost."""
    tokens = parsed.tokens
    at = end - 1
    if at > 0 and tokens[at].text == ",":
        at -= 1
    if at >= 0 and tokens[at].text.isupper() and len(tokens[at].text) > 1 and tokens[at].upos != "PUNCT":
        return at
    if at < 0 or tokens[at].upos not in ("NOUN", "PROPN", "ADJ"):
        return None
    for _ in range(8):
        token = tokens[at]
        cased = any(tokens[c].deprel == "case" for c in parsed.children[at])
        loose = token.deprel.startswith(("flat", "amod", "appos", "acl")) or (token.deprel == "nmod" and cased)
        if not loose or not 0 <= token.head < at or tokens[token.head].upos not in ("NOUN", "PROPN"):
            return None if cased or token.upos == "ADJ" or _calendar(tables, token) else at
        at = token.head
    return None


def antecedent(parsed: Parsed, verb: int) -> int | None:
    """The noun that the relative clause of this verb hangs on."""
    at = verb
    for _ in range(5):
        token = parsed.tokens[at]
        if token.head < 0:
            return None
        if token.deprel.startswith("acl") and parsed.tokens[token.head].upos in _NOMINAL:
            return token.head
        at = token.head
    return None


def agent_of(parsed: Parsed, verb: int) -> int | None:
    """The agent of a passive."""
    for child in parsed.children[verb]:
        if parsed.tokens[child].deprel.startswith("obl:agent"):
            return child
    return None


def _calendar(tables: QuoteTables, token: Token) -> bool:
    return token.upos in ("NOUN", "PROPN", "NUM", "ADV", "X") and (
        plain(token.lemma) in tables.words["calendar"] or token.text[:1].isdigit()
    )


def phrase_after(parsed: Parsed, tables: QuoteTables, start: int) -> int | None:
    """The head of the first noun phrase after a position that hangs on no preposition and is no date: an inverted subject."""
    tokens = parsed.tokens
    if start >= len(tokens):
        return None
    end = min(parsed.sentences[tokens[start].sentence].last, start + _REACH)
    at = start
    while at < end:
        token = tokens[at]
        if token.text in '"«“:;.»”' or token.upos in _VERBAL or token.upos == "SCONJ" or is_relative(token):
            return None
        if token.upos == "ADP":
            at = _after_preposition(parsed, at, end)
            continue
        nominal = token.upos in ("NOUN", "PROPN") or (token.upos == "PRON" and not is_clitic(token))
        if nominal and not _calendar(tables, token) and token.deprel not in ("expl:comp", "iobj", "expl:pass"):
            return at
        at += 1
    return None


def _after_preposition(parsed: Parsed, at: int, end: int) -> int:
    """The position after a prepositional phrase: past its noun, the names that follow it, and a comma."""
    tokens = parsed.tokens
    at += 1
    while at < end and tokens[at].upos not in ("NOUN", "PROPN", "PRON", "NUM", "PUNCT"):
        at += 1
    if at < end and tokens[at].upos == "PUNCT":
        return at
    at += 1
    while at < end and (tokens[at].deprel.startswith("flat") or tokens[at].upos in ("ADJ", "NUM")):
        at += 1
    return at + 1 if at < end and tokens[at].text == "," else at
