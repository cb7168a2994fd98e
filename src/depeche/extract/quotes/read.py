"""Quotes and the reach of each attribution, in one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from depeche.annotate.parsed import Parsed
from depeche.annotate.stretches import Stretches
from depeche.extract.quotes.clauses import Clause, find_clauses, reach
from depeche.extract.quotes.holders import Holders
from depeche.extract.quotes.links import Link, Scene, Stretch, by_report, by_source, link_of, main_subject, stretches_of
from depeche.extract.quotes.marks import find_marked
from depeche.extract.quotes.phrases import is_somebody
from depeche.extract.quotes.reports import find_reports
from depeche.extract.quotes.sources import find_sources
from depeche.extract.quotes.speakers import Resolve, Speakers
from depeche.extract.quotes.tables import QuoteTables, compile_tables, plain
from depeche.extract.quotes.verdict import has_finite, inner_capital, is_quote, is_whole, signs_of
from depeche.languages.lexicon import Lexicon
from depeche.records import Attribution, Quote, Span, identity

_MEMORY = 2  # sentences over which a speaker goes on without a new cue
_ALONE = frozenset({"after", "ongoing", "subject", "none"})  # links of words that no clause takes in
_PHRASE = 8  # tokens between a source and the words after its comma
_RUN_ON = 40  # characters
_STOP = re.compile(r"[.,;:!?…]")
_GAP = 3  # characters between two stretches that follow each other at once


class Scope(NamedTuple):
    """Characters start:end are told on the word of the chain."""

    start: int
    end: int
    chain: tuple[Attribution, ...]


@dataclass(frozen=True)
class Speech:
    """The quotes of a text, and all stretches told on somebody's word (quoted or not)."""

    quotes: tuple[Quote, ...]
    scopes: tuple[Scope, ...]

    @cached_property
    def places(self) -> Stretches[Scope]:
        """The stretches told on somebody's word, by where they stand."""
        return Stretches((s.start, s.end, s) for s in self.scopes)


Accept = Callable[[Scene, Stretch, frozenset[str]], bool]
"""Whether a marked stretch with these signs is somebody's words."""


class _Judged(NamedTuple):
    stretch: Stretch
    link: Link
    whole: bool


def read_speech(parsed: Parsed, lexicon: Lexicon, resolve: Resolve) -> Speech:
    """Everything that the text tells as somebody's words."""
    scene = look(parsed, lexicon)
    tables = scene.tables
    holders = Holders(parsed, tables, Speakers(parsed, tables, resolve, scene.quoted))
    judged = judge(scene)
    clauses = _settle(find_clauses(scene))
    marked = (item.stretch.marked for item in judged)
    taken = Stretches((m.start, m.end, m.start) for m in marked)
    quotes: list[Quote] = []
    scopes: list[Scope] = []
    # in text order, so that a pronoun finds who spoke before it
    told: list[tuple[int, _Judged | Clause]] = [(item.stretch.first, item) for item in judged]
    told += [(clause.first, clause) for clause in clauses]
    for _, item in sorted(told, key=lambda pair: pair[0]):
        if isinstance(item, _Judged):
            quote = _marked_quote(scene, holders, item, judged)
            quotes.append(quote)
            span, chain = quote.span, quote.chain
        else:
            chain = _chain(scene, holders, item.link)
            span = holders.span(item.first, item.last)
            if chain and not taken.touching(span.start, span.end) and not _runs_on(scene, span, taken):
                taken.add(span.start, span.end, span.start)
                kind = "direct" if item.link.how == "dialogue" else "indirect"
                quotes.append(_quote(span, kind, chain, f"{item.link.rule}/{item.link.how}"))
        if chain:
            scopes.append(Scope(span.start, span.end, chain))
    scopes += _contents(scene, holders)
    return Speech(tuple(sorted(quotes, key=lambda q: (q.span.start, q.span.end))), tuple(scopes))


def look(parsed: Parsed, lexicon: Lexicon) -> Scene:
    """The marked stretches, reporting verbs and source phrases of a text."""
    tables = compile_tables(lexicon)
    stretches = stretches_of(parsed, find_marked(parsed.text))
    quoted = frozenset(i for s in stretches for i in range(s.first, s.last))
    return Scene(parsed, tables, stretches, quoted, find_reports(parsed, tables, quoted), find_sources(parsed, tables))


def find_quotes(parsed: Parsed, lexicon: Lexicon, resolve: Resolve) -> tuple[Quote, ...]:
    """The quotes of a text, in its order.

    `resolve` maps the offsets of a mention to its actor's fullest mention and id; where it knows none, the speaker stays as it
    stands at the cue, a pronoun included.
    """
    return read_speech(parsed, lexicon, resolve).quotes


def _runs_on(scene: Scene, span: Span, taken: Stretches[int]) -> bool:
    """Whether quoted words follow a reported clause without a stop between: they belong to it, wherever the tree ends it."""
    text = scene.parsed.text
    starts = taken.touching(span.end, span.end + _RUN_ON + 1)
    return any(start >= span.end and not _STOP.search(text, span.end, start) for start in starts)


def attribution_of(speech: Speech, start: int, actors: Collection[str | None] = ()) -> tuple[Attribution, ...]:
    """On whose word the text tells what stands at an offset: the chain of the narrowest stretch around it, () for the outlet's own.

    `actors` are the ids of those who act there: nobody is a source of his own acts ("je démissionne", dit-il).
    """
    around = speech.places.touching(start, start + 1)
    if not around:
        return ()
    chain = min(around, key=lambda s: s.end - s.start).chain
    own = chain[0].actor is not None and chain[0].actor in actors
    return chain[1:] if own else chain


def _contents(scene: Scene, holders: Holders) -> list[Scope]:
    """What is told on somebody's word without being quoted: accuse X de …, reproche à X de …"""
    parsed = scene.parsed
    found = []
    for reports in scene.reports_in.values():
        for report in reports:
            if "content" not in report.pattern.frames or report.speaker is None:
                continue
            chain = _chain(scene, holders, by_report("content", report))
            last = reach(parsed, report.verb, parsed.sentences[parsed.tokens[report.verb].sentence].last)
            if chain and last > report.last:
                found.append(Scope(parsed.tokens[report.last].start, parsed.tokens[last - 1].end, chain))
    return found


def judge(scene: Scene, accept: Accept = is_quote) -> list[_Judged]:
    """The marked stretches that are somebody's words, with their links; the ongoing speaker where no cue says more.

    `accept` decides by the signs of a stretch; training puts the annotation in its place.
    """
    links = [link_of(scene, s) for s in scene.stretches]
    kept: list[_Judged] = []
    for index, stretch in enumerate(scene.stretches):
        link = links[index]
        whole = is_whole(scene, stretch)
        if link.how == "none":
            link = _following(scene, index, links) or (
                _ongoing(scene, stretch, kept) if whole else _about(scene, stretch) or link
            )
        if accept(scene, stretch, signs_of(scene, stretch, link)):
            kept.append(_Judged(stretch, link, whole))
    return kept


def _following(scene: Scene, index: int, links: list[Link]) -> Link | None:
    """The link of the next stretch, where it goes on with the same words: « A » « B », dit X; paragraphs of one quotation."""
    stretches = scene.stretches
    at = index
    while at + 1 < len(stretches):
        gap = scene.parsed.text[stretches[at].marked.outer_end : stretches[at + 1].marked.outer_start]
        if not (stretches[at + 1].marked.continues or (len(gap) <= _GAP and not gap.strip())):
            return None
        at += 1
        if links[at].how != "none":
            return links[at]._replace(how="ongoing", cue=None)
    return None


def _ongoing(scene: Scene, stretch: Stretch, kept: list[_Judged]) -> Link:
    """A whole quoted sentence without a cue: the speaker of the last quote, or the one whom the sentence beside it is about."""
    tokens = scene.parsed.tokens
    here = tokens[stretch.outer_first].sentence
    if kept:
        before = kept[-1]
        if here - tokens[before.stretch.last - 1].sentence <= _MEMORY and before.link.speaker is not None:
            return Link("ongoing", before.link.speaker, None, "quotes:ongoing")
    neighbours = (here - 1, tokens[stretch.last - 1].sentence + 1)
    for sentence in neighbours:
        reports = [r for r in scene.reports_in.get(sentence, ()) if r.speaker is not None and not r.nobody]
        if reports:
            return Link("ongoing", reports[0 if sentence > here else -1].speaker, None, "quotes:beside")
    for sentence in neighbours:
        subject = main_subject(scene, sentence)
        if subject is not None and _speaks(scene, subject):
            return Link("subject", subject, None, "quotes:beside")
    return Link("none")


def _about(scene: Scene, stretch: Stretch) -> Link | None:
    """A fragment without a cue: the words of whom its own sentence is about, where that is somebody."""
    subject = main_subject(scene, scene.parsed.tokens[stretch.first].sentence)
    if subject is None:
        return None
    return Link("none", subject, None, "quotes:subject") if _speaks(scene, subject) else None


def _speaks(scene: Scene, subject: int) -> bool:
    """Whether a subject may say something: a pronoun, a name, a noun for a person or a body."""
    return scene.parsed.tokens[subject].upos == "PRON" or is_somebody(scene.parsed, scene.tables, subject)


def _marked_quote(scene: Scene, holders: Holders, item: _Judged, judged: list[_Judged]) -> Quote:
    marked = item.stretch.marked
    span = _bare(scene.parsed, marked.start, marked.end)
    kind = "direct" if _is_direct(scene, item, judged) else "mixed"
    chain = _chain(scene, holders, item.link)
    if not chain:
        ongoing = holders.ongoing(scene.parsed.tokens[item.stretch.first].sentence)
        chain = (ongoing,) if ongoing else ()
    return _quote(span, kind, chain, f"{item.link.rule}/{item.link.how}")


def _bare(parsed: Parsed, start: int, end: int) -> Span:
    """Without a comma that stands before the closing mark."""
    while end - start > 1 and parsed.text[end - 1] in ", ":
        end -= 1
    return Span(start, end, parsed.text[start:end])


def _is_direct(scene: Scene, item: _Judged, judged: list[_Judged]) -> bool:
    """Whether a whole sentence is quoted, or the rest of one that its cue interrupts."""
    stretch, link = item.stretch, item.link
    if link.how == "colon":
        return True
    tokens = scene.parsed.tokens
    after = stretch.outer_last
    closed = (
        after >= len(tokens)
        or tokens[after].upos == "PUNCT"
        or tokens[after].sentence != tokens[stretch.first].sentence
    )
    if item.whole and (closed or link.how == "after"):
        return True
    if not has_finite(scene, stretch):
        return False
    # glued to a caption or heading, a quotation with a capital and a verb of its own is still whole
    if inner_capital(scene, stretch) and (closed or link.how == "after") and link.how in _ALONE:
        return True
    before = tokens[stretch.outer_first - 1].text if stretch.outer_first else ""
    if link.source is not None and before == ",":
        return closed and stretch.first - link.source.last <= _PHRASE
    report = link.report
    if before == "," and report is not None and report.inserted and report.verb < stretch.first:
        return any(j.whole and j.link.report == report for j in judged)
    return False


def _quote(span: Span, kind: str, chain: tuple[Attribution, ...], rule: str) -> Quote:
    speaker = chain[0].holder.text if chain and chain[0].holder else None
    return Quote(identity("quote", span.start, span.text, kind, speaker), span, kind, chain, rule)


def _chain(scene: Scene, holders: Holders, link: Link) -> tuple[Attribution, ...]:
    """The attribution of a link, then of whoever passes these words on: nearest to the words first."""
    links = [*_cited(scene, link), link, *_relays(scene, link)]
    found = [a for a in map(holders.attribution, links) if a is not None]
    unique: dict[object, Attribution] = {}
    for attribution in found:
        unique.setdefault(attribution.holder, attribution)
    return tuple(unique.values())


def _cited(scene: Scene, link: Link) -> Iterable[Link]:
    """Whom a source names in its turn: "selon l'agence, qui cite un responsable" -> the official."""
    if link.source is None or link.speaker is None:
        return
    parsed = scene.parsed
    for report in scene.reports_in.get(parsed.tokens[link.source.first].sentence, ()):
        lemma = plain(parsed.tokens[report.verb].lemma)
        if report.verb < link.source.last or report.speaker != link.speaker or lemma not in scene.tables.words["cites"]:
            continue
        for child in parsed.children[report.verb]:
            token = parsed.tokens[child]
            if token.deprel == "obj" and (token.upos == "PROPN" or plain(token.lemma) in scene.tables.holders):
                yield Link("cited", child, (report.first, report.last), report.pattern.rule, report=report)


def _relays(scene: Scene, link: Link) -> Iterable[Link]:
    """Sources in the cue's own sentence that stand beyond it: "a-t-il dit, selon le journal"; and "X, cité par Y"."""
    if link.cue is None:
        return
    tokens = scene.parsed.tokens
    sentence = tokens[link.cue[0]].sentence
    for source in scene.sources_in.get(sentence, ()):
        if link.report is not None and source.first >= link.cue[1] and source.pattern.position == "before":
            yield by_source("relay", source)
    for report in scene.reports_in.get(sentence, ()):
        lemma = plain(tokens[report.verb].lemma)
        passed_on = report.form == "passive" and lemma in scene.tables.words["cited"] and report.speaker is not None
        if passed_on and report.verb >= link.cue[1] and tokens[report.verb].head == link.speaker:
            yield by_report("relay", report)


def _settle(clauses: list[Clause]) -> list[Clause]:
    """Of overlapping clauses the one of lower rank, then the one that starts first and is longest: the outer speaker."""
    kept: list[Clause] = []
    taken: list[tuple[int, int]] = []
    for clause in sorted(clauses, key=lambda c: (c.rank, c.first, -c.last)):
        at = bisect_right(taken, (clause.first, 1 << 60))
        crossing = (at and taken[at - 1][1] > clause.first) or (at < len(taken) and taken[at][0] < clause.last)
        if not crossing:
            taken.insert(at, (clause.first, clause.last))
            kept.append(clause)
    return sorted(kept, key=lambda c: c.first)


__all__ = ["QuoteTables", "Scope", "Speech", "attribution_of", "find_quotes", "judge", "look", "read_speech"]
