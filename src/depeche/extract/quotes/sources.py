"""Find the phrases that name a source without a verb: selon X, à en croire X, de source proche."""

from __future__ import annotations

from typing import NamedTuple

from depeche.annotate.parsed import Entity, Parsed, Token
from depeche.extract.quotes.phrases import agent_of, is_relative, is_somebody, phrase_of, possessor
from depeche.extract.quotes.tables import CuePattern, QuoteTables, plain


class Source(NamedTuple):
    """A phrase such as "selon X": the tokens of the cue, the head of the holder, and where the whole phrase ends."""

    first: int
    last: int
    end: int
    pattern: CuePattern
    holder: int | None


def find_sources(parsed: Parsed, tables: QuoteTables) -> tuple[Source, ...]:
    """All phrases that name a source without a verb, in text order."""
    found: list[Source] = []
    done = 0
    for index, token in enumerate(parsed.tokens):
        start = plain(token.text)
        if index < done or start not in tables.cue_starts:
            continue
        sentence = parsed.sentences[token.sentence]
        for pattern in _cues_at(parsed, tables, start, index + 1):
            last = _matched(parsed, index, pattern.words, sentence.last)
            source = _source(parsed, tables, index, last, pattern) if last else None
            if source is not None:
                found.append(source)
                done = source.last
                break
    return tuple(found)


def _cues_at(parsed: Parsed, tables: QuoteTables, start: str, second: int) -> tuple[CuePattern, ...]:
    """The cues that may start with a word, by the text and by the lemma of the word after it."""
    found = tables.cues.get((start, ""), ())
    if second < len(parsed.tokens):
        text, lemma = plain(parsed.tokens[second].text), plain(parsed.tokens[second].lemma)
        found = (
            tables.cues.get((start, text), ()) + (tables.cues.get((start, lemma), ()) if lemma != text else ()) + found
        )
    return found


def _matched(parsed: Parsed, index: int, words: tuple[str, ...], limit: int) -> int:
    """The end of the cue's words from `index` on, 0 where they do not stand there. A last "de" also matches "d'"."""
    tokens = parsed.tokens
    if index + len(words) > limit:
        return 0
    for offset, word in enumerate(words):
        text = plain(tokens[index + offset].text)
        if text != word and not (offset and plain(tokens[index + offset].lemma) == word and text[:1] == word[:1]):
            return 0
    return index + len(words)


def _source(parsed: Parsed, tables: QuoteTables, first: int, last: int, pattern: CuePattern) -> Source | None:
    tokens = parsed.tokens
    end = parsed.sentences[tokens[first].sentence].last
    if pattern.position == "rumour":
        return Source(first, last, last, pattern, None)
    if pattern.position == "whole":
        before = tokens[first - 1] if first > parsed.sentences[tokens[first].sentence].first else None
        if before is not None and before.upos not in ("PUNCT", "CCONJ", "PRON", "AUX", "ADV"):
            return None
        head = max((i for i in range(first, last) if tokens[i].upos in ("NOUN", "PROPN")), default=last - 1)
        return Source(first, first + 1, max(last, phrase_of(parsed, head).last), pattern, head)
    if last >= end:
        return None
    if pattern.position == "before" and plain(tokens[last].text) in tables.words["which"]:
        holder = _antecedent_before(parsed, first)
        if holder is not None and plain(tokens[holder].lemma) in tables.words["message"]:
            holder = possessor(parsed, tables, holder)
        return Source(first, last + 1, last + 1, pattern, holder) if holder is not None else None
    holder = holder_after(parsed, last, end)
    if holder is None or not _may_hold(parsed, tables, holder, pattern):
        return None
    stop = _holder_end(parsed, holder, end)
    true = _maker(parsed, tables, holder) or _behind_relay(parsed, tables, holder, stop)
    if pattern.position == "opinion" and not _opinion(parsed, tables, true, first, stop):
        return None
    return Source(first, last, stop, pattern, true)


def holder_after(parsed: Parsed, start: int, end: int) -> int | None:
    """The head of the noun phrase that a preposition governs."""
    tokens = parsed.tokens
    at = start
    while at < min(end, start + 8):
        token = tokens[at]
        if token.upos in ("NOUN", "PROPN", "PRON"):
            head = token.head
            if token.upos == "NOUN" and start <= head < end and token.deprel in ("nmod", "compound") and head - at <= 3:
                return head
            return at
        if token.upos not in ("DET", "ADJ", "NUM", "ADV") and token.text not in '"«“':
            return None
        at += 1
    return None


def _may_hold(parsed: Parsed, tables: QuoteTables, holder: int, pattern: CuePattern) -> bool:
    """Whether a phrase may be a source: a name, a pronoun, or a noun known for it."""
    token = parsed.tokens[holder]
    if token.upos in ("PROPN", "PRON"):
        return plain(token.text) not in tables.words["that"] and not is_relative(token)
    lemma = plain(token.lemma)
    known = (
        lemma in tables.holders
        or lemma in tables.words["relay"]
        or lemma in tables.words["message"]
        or lemma in tables.persons
    )
    return (
        known or any(parsed.tokens[c].upos == "PROPN" for c in parsed.children[holder]) or _opens_clause(parsed, holder)
    )


def _opens_clause(parsed: Parsed, holder: int) -> bool:
    """Whether a phrase opens its sentence and a comma closes it: there "selon" gives a source, not a measure."""
    tokens = parsed.tokens
    sentence = parsed.sentences[tokens[holder].sentence]
    phrase = phrase_of(parsed, holder)
    return phrase.first - sentence.first <= 2 and phrase.last < sentence.last and tokens[phrase.last].text == ","


def _opinion(parsed: Parsed, tables: QuoteTables, holder: int, first: int, stop: int) -> bool:
    """Whether "pour X" gives X's view: it opens its clause, a comma closes it, and X is somebody."""
    tokens = parsed.tokens
    sentence = parsed.sentences[tokens[first].sentence]
    if stop >= sentence.last or tokens[stop].text not in (",", ":"):
        return False
    opens = all(tokens[i].upos in ("PUNCT", "CCONJ") for i in range(sentence.first, first))
    token = tokens[holder]
    if token.upos == "PRON":
        return opens and token.feat("PronType") == "Prs"
    person = any(e.label in ("PER", "ORG") for e in _entities(parsed, token))
    return opens and (
        person or plain(token.lemma) in tables.persons or tables.holders.get(plain(token.lemma), ("",))[0] == "media"
    )


def _entities(parsed: Parsed, token: Token) -> list[Entity]:
    return parsed.entities_at(token.start, token.end)


def _holder_end(parsed: Parsed, holder: int, end: int) -> int:
    """Where a source phrase ends: its noun phrase, with participles ("établi par") and what stands in between commas."""
    tokens = parsed.tokens
    stop = phrase_of(parsed, holder).last
    while stop < end and tokens[stop].text not in ',;:.!?"«»“”)' and tokens[stop].upos not in ("AUX", "SCONJ", "CCONJ"):
        token = tokens[stop]
        finite = token.upos == "VERB" and token.feat("VerbForm") in (None, "Fin")
        if finite or (token.upos == "PRON" and not is_relative(token)) or not _under(parsed, stop, holder):
            break
        stop += 1
    return stop


def _under(parsed: Parsed, index: int, head: int) -> bool:
    at = index
    for _ in range(12):
        at = parsed.tokens[at].head
        if at == head:
            return True
        if at < 0:
            return False
    return False


def _behind_relay(parsed: Parsed, tables: QuoteTables, holder: int, stop: int) -> int:
    """The true holder behind a noun like "informations": "selon les informations du journal" -> the journal."""
    if (
        plain(parsed.tokens[holder].lemma) not in tables.words["relay"]
        and plain(parsed.tokens[holder].text) not in tables.words["relay"]
    ):
        return holder
    for child in parsed.children[holder]:
        token = parsed.tokens[child]
        if holder < child < stop and token.deprel.startswith("nmod") and token.upos in ("NOUN", "PROPN"):
            return child
    return holder


def _maker(parsed: Parsed, tables: QuoteTables, holder: int) -> int | None:
    """Who made what a source phrase names: "selon un bilan établi par l'agence" -> the agency."""
    if tables.holders.get(plain(parsed.tokens[holder].lemma), ("",))[0] != "institution":
        return None
    made = (c for c in parsed.children[holder] if parsed.tokens[c].deprel.startswith("acl"))
    agents = (agent_of(parsed, c) for c in made)
    return next((a for a in agents if a is not None and is_somebody(parsed, tables, a)), None)


def _antecedent_before(parsed: Parsed, first: int) -> int | None:
    """The noun before "selon lequel" that says whose words follow, or else the noun itself."""
    tokens = parsed.tokens
    for index in range(first - 1, parsed.sentences[tokens[first].sentence].first - 1, -1):
        if tokens[index].upos in ("NOUN", "PROPN"):
            return index
    return None
