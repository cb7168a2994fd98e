"""Reported clauses without marks: X dit que …, X dit avoir …, selon X …, …, a dit X."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from depeche.annotate.parsed import Parsed
from depeche.extract.quotes.links import Link, Scene, by_report, by_source
from depeche.extract.quotes.phrases import is_relative, phrase_after, phrase_of, possessor
from depeche.extract.quotes.reports import Report
from depeche.extract.quotes.sources import Source
from depeche.extract.quotes.tables import plain

_MARK_REACH = 9
_SHORTEST = 2
_EDGES = frozenset(',;:.!?…–—-"«»“” ')
_DIALOGUE = frozenset("—–")  # a dash at the head of a line gives the word to another
_DASHES = frozenset("-–—•")
_FINITE = (None, "Fin")


class Clause(NamedTuple):
    """Reported words as a half-open range of tokens, with what attributes them. `rank`: of overlapping clauses the lowest wins."""

    first: int
    last: int
    link: Link
    rank: int


def find_clauses(scene: Scene) -> list[Clause]:
    """All reported clauses, overlapping ones included."""
    found: list[Clause] = []
    for reports in scene.reports_in.values():
        for report in reports:
            if report.nobody or report.form == "passive" or report.speaker is None:
                continue
            found.extend(_of_report(scene, report))
    for sources in scene.sources_in.values():
        for source in sources:
            found.extend(_of_source(scene, source))
    found.extend(_of_messages(scene))
    trimmed = (_trimmed(scene.parsed, c) for c in found)
    return [c for c in trimmed if c.last - c.first >= (1 if c.link.how == "dialogue" else _SHORTEST)]


def _trimmed(parsed: Parsed, clause: Clause) -> Clause:
    """Without marks and conjunctions at its edges."""
    first, last = clause.first, clause.last
    tokens = parsed.tokens
    while (
        first < last
        and (tokens[first].text in _EDGES or tokens[first].upos in ("CCONJ", "PUNCT"))
        and tokens[first].text != "("
    ):
        first += 1
    while first < last and (tokens[last - 1].text in _EDGES or tokens[last - 1].upos in ("CCONJ", "SCONJ")):
        last -= 1
    return clause._replace(first=first, last=last)


def _of_report(scene: Scene, report: Report) -> Iterator[Clause]:
    frames = report.pattern.frames
    if "that" in frames or "question" in frames:
        pieces = list(_complements(scene, report))
        if pieces:
            yield from pieces
            return
    if "infinitive" in frames:
        piece = _infinitive(scene, report)
        if piece is not None:
            yield piece
            return
    if "that" in frames and report.form == "finite":
        if report.inserted and not _follows_marks(scene, report):
            yield from _around_insertion(scene, report)
        elif not report.inserted:
            yield from _after_colon(scene, report)


def _follows_marks(scene: Scene, report: Report) -> bool:
    """Whether an inserted report stands right after quoted words: these are what it reports."""
    tokens = scene.parsed.tokens
    at = report.first - 1
    while at > 0 and tokens[at].upos == "PUNCT" and at not in scene.quoted:
        at -= 1
    return at in scene.quoted and report.first - at <= 4


def _complements(scene: Scene, report: Report) -> Iterator[Clause]:
    """Clauses with a complementiser: those in the tree below the verb, else the first one after it."""
    parsed = scene.parsed
    tokens = parsed.tokens
    opening = _complementiser(scene, report)
    if opening is None:
        return
    clause = tokens[opening].head
    sentence = parsed.sentences[tokens[opening].sentence]
    if not (sentence.first <= clause < sentence.last and clause > opening):
        yield Clause(opening + 1, _plain_end(scene, opening + 1, sentence.last), by_report("that", report), 0)
        return
    end = reach(parsed, clause, sentence.last)
    cuts = [opening, *(i for i in _coordinated(scene, clause, opening, end))]
    for begin, stop in zip(cuts, [*cuts[1:], end], strict=True):
        yield Clause(begin + 1, stop, by_report("that", report), 0)


def _complementiser(scene: Scene, report: Report) -> int | None:
    """The index of the "que" (or "si") that opens what the verb reports."""
    parsed = scene.parsed
    tokens, words = parsed.tokens, scene.tables.words
    denied = any(tokens[c].feat("Polarity") == "Neg" for c in parsed.children[report.verb])
    allowed = (words["that"] if "that" in report.pattern.frames else frozenset()) | (
        words["whether"] if "question" in report.pattern.frames and not denied else frozenset()
    )
    below = set(parsed.children[report.verb])
    limit = min(parsed.sentences[tokens[report.verb].sentence].last, report.last + 3 * _MARK_REACH)
    for index in range(report.last, limit):
        token = tokens[index]
        if token.upos == "SCONJ" and plain(token.lemma) in allowed and not _joined(scene, index):
            head = token.head
            if head in below and tokens[head].deprel.startswith(("ccomp", "obj", "csubj", "advcl", "xcomp")):
                return index
            if index - report.last < _MARK_REACH and _only_adjuncts(scene, report, index):
                return index
            return None
        if token.text in ";:" or (
            index - report.last >= _MARK_REACH and token.upos == "VERB" and token.feat("VerbForm") in _FINITE
        ):
            return None
    return None


def _joined(scene: Scene, index: int) -> bool:
    """Whether a complementiser makes a conjunction with the word before it ("alors que", "avant que")."""
    tokens = scene.parsed.tokens
    before = tokens[index - 1]
    return tokens[index].deprel == "fixed" or (
        before.upos != "PUNCT" and plain(before.lemma) in scene.tables.words["conjunction"]
    )


def _only_adjuncts(scene: Scene, report: Report, index: int) -> bool:
    """Whether nothing but adverbs, dates and prepositional phrases stands between verb and complementiser."""
    tokens = scene.parsed.tokens
    if any(tokens[i].upos in ("VERB", "AUX", "SCONJ") or is_relative(tokens[i]) for i in range(report.last, index)):
        return False
    bare = phrase_after(scene.parsed, scene.tables, report.last)
    return bare is None or bare >= index or bare == report.speaker


def reach(parsed: Parsed, head: int, limit: int) -> int:
    """The end of a clause: the last token below its head that follows without a break in the tree."""
    last = head
    stack = [head]
    children = parsed.children
    while stack:
        at = stack.pop()
        last = max(last, at)
        stack.extend(children[at])
    return min(last + 1, limit)


def _coordinated(scene: Scene, clause: int, opening: int, end: int) -> Iterator[int]:
    """Further complementisers of clauses coordinated with the first: "que … et que …"."""
    parsed = scene.parsed
    words = scene.tables.words["that"]
    for child in parsed.children[clause]:
        if parsed.tokens[child].deprel == "conj":
            for mark in parsed.children[child]:
                token = parsed.tokens[mark]
                if opening < mark < end and token.upos == "SCONJ" and plain(token.lemma) in words:
                    yield mark


def _plain_end(scene: Scene, start: int, limit: int) -> int:
    """The end of a clause by marks alone, where the tree does not say: before a closing bracket or semicolon, or the sentence's end."""
    tokens = scene.parsed.tokens
    return next((i for i in range(start, limit) if tokens[i].text in (";", ":")), limit)


def _infinitive(scene: Scene, report: Report) -> Clause | None:
    """An infinitive without preposition: dit avoir vu, affirme être, annonce vouloir."""
    parsed = scene.parsed
    tokens = parsed.tokens
    for child in parsed.children[report.verb]:
        token = tokens[child]
        if child < report.last or not token.deprel.startswith(("xcomp", "ccomp", "obj")):
            continue
        verbs = [child, *parsed.children[child]]
        infinitive = [
            i
            for i in verbs
            if i >= report.last and tokens[i].feat("VerbForm") == "Inf" and tokens[i].upos in ("VERB", "AUX")
        ]
        marked = any(
            tokens[c].deprel.startswith(("mark", "case")) and c < min(infinitive, default=child)
            for c in parsed.children[child]
        )
        if not infinitive or marked or not _only_adjuncts(scene, report, min(infinitive)):
            continue
        first = min(infinitive)
        while (
            first > report.last
            and tokens[first - 1].upos in ("ADV", "PRON", "PART")
            and tokens[first - 1].head >= first - 1
        ):
            first -= 1
        sentence = parsed.sentences[tokens[child].sentence]
        return Clause(first, reach(parsed, child, sentence.last), by_report("infinitive", report), 0)
    return _near_infinitive(scene, report)


def _near_infinitive(scene: Scene, report: Report) -> Clause | None:
    """An infinitive a little after the verb, past dates and hearers, that the tree has hung elsewhere."""
    parsed = scene.parsed
    tokens = parsed.tokens
    limit = parsed.sentences[tokens[report.verb].sentence].last
    first = report.last
    for index in range(report.last, min(limit, report.last + _MARK_REACH)):
        token = tokens[index]
        if token.upos in ("VERB", "AUX"):
            if (
                token.feat("VerbForm") != "Inf"
                or tokens[first - 1].upos == "ADP"
                or not _only_adjuncts(scene, report, first)
            ):
                return None
            end = next((i for i in range(index + 2, limit) if tokens[i].text in ",;:"), limit)
            return Clause(first, max(end, min(reach(parsed, index, limit), limit)), by_report("infinitive", report), 0)
        if token.upos in ("SCONJ", "CCONJ") or token.text in ";:" or is_relative(token):
            return None
        # the negation and pronouns before an infinitive belong to it
        first = first if token.upos in ("PRON", "PART") or (token.upos == "ADV" and token.head > index) else index + 1
    return None


def _around_insertion(scene: Scene, report: Report) -> Iterator[Clause]:
    """What stands before (or else after) an inserted report: …, a annoncé X; hier, rapporte X, … ."""
    parsed = scene.parsed
    tokens = parsed.tokens
    sentence = parsed.sentences[tokens[report.verb].sentence]
    begin = _clause_start(scene, sentence.first, report.first)
    if tokens[sentence.first].text in _DIALOGUE:
        yield Clause(sentence.first + 1, report.first, by_report("dialogue", report), 0)
        return
    before = Clause(begin, report.first, by_report("inserted", report), 1)
    if _has_finite(scene, begin, report.first):
        yield before
        return
    end = max(report.last, phrase_of(parsed, report.speaker).last if report.speaker is not None else 0)
    comma = next((i for i in range(end, min(end + 12, sentence.last)) if tokens[i].text == ","), None)
    if comma is not None and _main_follows(scene, comma + 1, sentence.last):
        yield Clause(comma + 1, sentence.last, by_report("inserted", report), 1)


def _after_colon(scene: Scene, report: Report) -> Iterator[Clause]:
    """X l'assure : … (without marks)."""
    tokens = scene.parsed.tokens
    sentence = scene.parsed.sentences[tokens[report.verb].sentence]
    for index in range(report.last, min(report.last + 6, sentence.last)):
        if tokens[index].text == ":":
            if _has_finite(scene, index + 1, sentence.last):
                yield Clause(index + 1, sentence.last, by_report("colon", report), 1)
            return
        if tokens[index].upos in ("VERB", "SCONJ"):
            return


def _of_source(scene: Scene, source: Source) -> Iterator[Clause]:
    """The clauses that "selon X" attributes: what follows it, what stands before it, or both where it cuts one clause in two."""
    parsed = scene.parsed
    tokens = parsed.tokens
    sentence = parsed.sentences[tokens[source.first].sentence]
    link = by_source("source", source)
    stop = _aside_end(scene, source, sentence.last)
    begin = _clause_start(scene, sentence.first, source.first)
    joined = source.first > begin and tokens[source.first - 1].upos in ("CCONJ", "SCONJ")
    relative = _relative_before(scene, begin, source.first)
    named = source.pattern.position == "before" and plain(tokens[source.last - 1].text) in scene.tables.words["which"]
    before = not joined and not named and relative is None and _has_finite(scene, begin, source.first)
    after = stop < sentence.last and _continues(scene, stop, sentence.last, before)
    if before:
        yield Clause(begin, source.first, link, 2)
    if after:
        end = _plain_end(scene, stop, sentence.last)
        yield Clause(stop, end if relative is None else min(end, _relative_end(scene, relative, stop, end)), link, 2)


def _relative_end(scene: Scene, relative: int, start: int, limit: int) -> int:
    """Where the relative clause ends that a source interrupts."""
    parsed = scene.parsed
    tokens = parsed.tokens
    verb = next((i for i in range(start, limit) if tokens[i].upos == "VERB"), None)
    end = limit if verb is None else reach(parsed, verb, limit)
    comma = next((i for i in range(verb or start, limit) if tokens[i].text == ","), limit)
    return comma if tokens[relative].head < 0 or end >= limit else end


def _of_messages(scene: Scene) -> Iterator[Clause]:
    """What a noun announces: l'annonce par X que …, la déclaration de X selon laquelle …"""
    parsed = scene.parsed
    words = scene.tables.words
    for index, token in enumerate(parsed.tokens):
        if token.upos != "NOUN" or index in scene.quoted or plain(token.lemma) not in words["message"]:
            continue
        speaker = possessor(parsed, scene.tables, index)
        if speaker is None:
            continue
        limit = parsed.sentences[token.sentence].last
        for child in parsed.children[index]:
            marks = [c for c in parsed.children[child] if parsed.tokens[c].upos == "SCONJ"]
            told = parsed.tokens[child].deprel.startswith(("acl", "ccomp")) and marks and marks[0] > speaker
            if told and plain(parsed.tokens[marks[0]].lemma) in words["that"]:
                link = Link("message", speaker, (index, index + 1), "attribution:message")
                yield Clause(marks[0] + 1, reach(parsed, child, limit), link, 1)


def _aside_end(scene: Scene, source: Source, limit: int) -> int:
    """Where the source phrase ends with the relative clause or apposition after its comma."""
    tokens = scene.parsed.tokens
    at = source.end
    if source.pattern.position == "whole" or at >= limit or tokens[at].text != ",":
        return at
    follows = at + 1
    if follows < limit and (is_relative(tokens[follows]) or _is_aside(scene, source, follows)):
        return next((i + 1 for i in range(follows + 1, limit) if tokens[i].text == ","), limit)
    return at + 1


def _is_aside(scene: Scene, source: Source, at: int) -> bool:
    """Whether what stands after the holder's comma is still about the holder: an apposition or a participle."""
    tokens = scene.parsed.tokens
    if source.holder is None:
        return False
    index = at
    for _ in range(4):
        if tokens[index].head == source.holder and tokens[index].deprel.startswith(("appos", "acl")):
            return True
        index = tokens[index].head
        if index < at:
            return False
    return False


def _relative_before(scene: Scene, begin: int, end: int) -> int | None:
    """A relative pronoun right before the source: "qui, selon X, …"."""
    tokens = scene.parsed.tokens
    at = end - 1
    while at > begin and tokens[at].upos == "PUNCT":
        at -= 1
    return at if at >= begin and is_relative(tokens[at]) else None


def _continues(scene: Scene, start: int, limit: int, before: bool) -> bool:
    """Whether the words after a source phrase belong to what it attributes."""
    if not _has_verb(scene, start, limit):
        return False
    if not before:
        return True
    tokens = scene.parsed.tokens
    at = next((i for i in range(start, limit) if tokens[i].upos != "PUNCT"), limit)
    return (
        at < limit
        and tokens[start - 1].text == ","
        and tokens[at].upos in ("VERB", "AUX", "ADV", "ADP")
        and limit - at > 4
    )


def _main_follows(scene: Scene, start: int, limit: int) -> bool:
    """Whether a clause of its own starts here, not a participle or relative that goes on about the speaker."""
    tokens = scene.parsed.tokens
    if start >= limit:
        return False
    token = tokens[start]
    if is_relative(token) or token.upos in ("SCONJ", "CCONJ") or token.feat("VerbForm") in ("Part", "Inf"):
        return False
    return _has_finite(scene, start, limit)


def _clause_start(scene: Scene, first: int, limit: int) -> int:
    """Where the clause before an insertion begins: after the last colon or semicolon, or a subhead that its dash glues to the text."""
    tokens = scene.parsed.tokens
    for index in range(limit - 3, first - 1, -1):
        token, after = tokens[index], tokens[index + 1]
        glued = token.text in _DASHES and after.start == token.end and after.text[:1].isupper()
        if glued or (token.text in (":", ";") and index > first):
            return index + 1
    return first


def _has_finite(scene: Scene, first: int, last: int) -> bool:
    tokens = scene.parsed.tokens
    return any(
        tokens[i].upos in ("VERB", "AUX") and tokens[i].feat("VerbForm") in _FINITE and i not in scene.quoted
        for i in range(first, last)
    )


def _has_verb(scene: Scene, first: int, last: int) -> bool:
    tokens = scene.parsed.tokens
    return any(tokens[i].upos in ("VERB", "AUX") and i not in scene.quoted for i in range(first, last))
