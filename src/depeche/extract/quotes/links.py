"""Tie marked words to the cue that attributes them: by position around the marks first, by tree and distance then."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from depeche.annotate.parsed import Parsed
from depeche.extract.quotes.marks import Marked
from depeche.extract.quotes.phrases import subject_of
from depeche.extract.quotes.reports import Report
from depeche.extract.quotes.sources import Source
from depeche.extract.quotes.tables import QuoteTables, plain

_STOPS = frozenset(".!?…,–—-")
_AFTER_REACH = 8

T = TypeVar("T", Report, Source)


class Stretch(NamedTuple):
    """Marked words with their tokens: half-open ranges of the words, and of words with marks."""

    marked: Marked
    first: int
    last: int
    outer_first: int
    outer_last: int


class Link(NamedTuple):
    """What attributes some words, and how it was found: after, colon, governed, source, left, right, ongoing, subject or none."""

    how: str
    speaker: int | None = None
    cue: tuple[int, int] | None = None
    rule: str = "quotes:none"
    report: Report | None = None
    source: Source | None = None


@dataclass(frozen=True)
class Scene:
    """One text with all that speech needs to know of it; `quoted` holds the indices of the tokens inside marks."""

    parsed: Parsed
    tables: QuoteTables
    stretches: tuple[Stretch, ...]
    quoted: frozenset[int]
    reports: tuple[Report, ...]
    sources: tuple[Source, ...]

    @cached_property
    def reports_in(self) -> dict[int, list[Report]]:
        """Reporting verbs by sentence, those inside marks left out: the outer speaker alone counts."""
        return self._by_sentence(self.reports)

    @cached_property
    def sources_in(self) -> dict[int, list[Source]]:
        """Source phrases by sentence, those inside marks left out."""
        return self._by_sentence(self.sources)

    def _by_sentence(self, found: Sequence[T]) -> dict[int, list[T]]:
        grouped: dict[int, list[T]] = defaultdict(list)
        for item in found:
            if item.first not in self.quoted:
                grouped[self.parsed.tokens[item.first].sentence].append(item)
        return grouped


def stretches_of(parsed: Parsed, marked: Sequence[Marked]) -> tuple[Stretch, ...]:
    """The tokens of each marked stretch; stretches without a whole token are dropped."""
    found = []
    starts = parsed.starts
    for m in marked:
        first, last = bisect_left(starts, m.start), bisect_left(starts, m.end)
        if first < last:
            found.append(Stretch(m, first, last, bisect_left(starts, m.outer_start), bisect_left(starts, m.outer_end)))
    return tuple(found)


def by_report(how: str, report: Report) -> Link:
    """The link that a reporting verb makes."""
    return Link(how, report.speaker, (report.first, report.last), report.pattern.rule, report=report)


def by_source(how: str, source: Source) -> Link:
    """The link that a source phrase makes."""
    return Link(how, source.holder, (source.first, source.last), source.pattern.rule, source=source)


def link_of(scene: Scene, stretch: Stretch) -> Link:
    """The best attribution of one marked stretch inside its own sentence; `none` where nothing there attributes."""
    if not scene.parsed.tokens:
        return Link("none")
    after = _after(scene, stretch) or _inserted_later(scene, stretch)
    if after is not None:
        inner = _governed(scene, stretch) if _by_media(scene, after) else None
        return after if inner is None or inner.report == after.report else inner
    for find in (_colon, _opinion, _governed, _around):
        link = find(scene, stretch)
        if link is not None:
            return link
    return Link("none")


def _by_media(scene: Scene, link: Link) -> bool:
    """Whether the press speaks: it passes on what somebody else said, where the sentence names one."""
    if link.speaker is None:
        return False
    token = scene.parsed.tokens[link.speaker]
    return scene.tables.holders.get(plain(token.lemma), ("",))[0] == "media" or plain(token.text) in scene.tables.media


def _after(scene: Scene, stretch: Stretch) -> Link | None:
    """The cue right after the closing mark: « … », a déclaré X; « … » (selon X)."""
    tokens = scene.parsed.tokens
    at, size = stretch.outer_last, len(tokens)
    skipped = 0
    while at < size and skipped < 3 and tokens[at].text[:1] in _STOPS and tokens[at].upos == "PUNCT":
        at, skipped = at + 1, skipped + 1
    if at >= size or (skipped and tokens[at - 1].text == "." and tokens[at].text[:1].isupper()):
        return None
    sentence = tokens[at].sentence
    source = next((s for s in scene.sources_in.get(sentence, ()) if at <= s.first <= at + 1), None)
    if source is not None and source.pattern.position != "opinion":
        return by_source("after", source)
    for report in scene.reports_in.get(sentence, ()):
        if report.verb < at:
            continue
        if report.verb >= at + _AFTER_REACH:
            break
        own = report.first <= at or all(
            tokens[i].upos in ("ADV", "PRON", "AUX", "PUNCT", "SCONJ") for i in range(at, report.first)
        )
        if own and report.form == "finite" and not report.nobody and _faces_left(scene, report, at):
            return by_report("after", report)
        if not own:
            break
    return None


def _faces_left(scene: Scene, report: Report, at: int) -> bool:
    """Whether a reporting verb after the marks reports what stands before it."""
    if report.inserted or report.speaker is None or report.speaker > report.verb:
        return True
    return report.speaker >= at and report.last - at < 5


def _inserted_later(scene: Scene, stretch: Stretch) -> Link | None:
    """A report inserted at the end of the sentence: it covers all that stands before it, whoever acts there."""
    sentence = scene.parsed.tokens[stretch.last - 1].sentence
    for report in scene.reports_in.get(sentence, ()):
        said = (
            report.inserted
            and report.form == "finite"
            and report.speaker is not None
            and "that" in report.pattern.frames
        )
        if said and report.verb >= stretch.last and not _opens(scene, report):
            return by_report("right", report)
    return None


def _opens(scene: Scene, report: Report) -> bool:
    """Whether an inserted report looks to the words after it (it opens a sentence, or a colon follows)."""
    tokens = scene.parsed.tokens
    sentence = scene.parsed.sentences[tokens[report.verb].sentence]
    return report.first - sentence.first < 2 or any(tokens[i].text == ":" for i in range(report.last, sentence.last))


def _colon(scene: Scene, stretch: Stretch) -> Link | None:
    """What stands before a colon: X a déclaré : « … »; Pour X, … : « … »; X semblait agacé : « … »."""
    tokens = scene.parsed.tokens
    at = stretch.outer_first - 1
    if at < 1 or tokens[at].text != ":":
        return None
    sentence = tokens[at].sentence
    reports = [r for r in scene.reports_in.get(sentence, ()) if r.verb < at and not r.nobody and r.form != "passive"]
    spoken = [r for r in reports if r.speaker is not None]
    if spoken:
        return by_report("colon", spoken[-1])
    source = next((s for s in scene.sources_in.get(sentence, ()) if s.first < at), None)
    if source is not None:
        return by_source("colon", source)
    subject = main_subject(scene, sentence)
    return Link("colon", subject, None, "quotes:colon-subject") if subject is not None and subject < at else None


def _opinion(scene: Scene, stretch: Stretch) -> Link | None:
    """The view that opens the sentence: Pour X, Y veut « … »."""
    sources = scene.sources_in.get(scene.parsed.tokens[stretch.first].sentence, ())
    return next(
        (by_source("source", s) for s in sources if s.pattern.position == "opinion" and s.last < stretch.first), None
    )


def _governed(scene: Scene, stretch: Stretch) -> Link | None:
    """The reporting verb above the marked words in the tree, or the source phrase that opens its clause."""
    parsed = scene.parsed
    tokens = parsed.tokens
    sentence = tokens[stretch.first].sentence
    reports = {r.verb: r for r in scene.reports_in.get(sentence, ()) if not r.nobody and "quote" in r.pattern.frames}
    if not reports:
        return None
    at = next(
        (i for i in range(stretch.first, stretch.last) if not stretch.first <= tokens[i].head < stretch.last),
        stretch.first,
    )
    found: Report | None = None
    for _ in range(16):
        relation, head = tokens[at].deprel, tokens[at].head
        if head < 0:
            break
        report = reports.get(head)
        if report is not None and not relation.startswith("nsubj") and _may_govern(report, stretch):
            # of reports inside reports the outer one speaks, unless it is the press
            outer = found is not None and relation.startswith("ccomp") and "that" in report.pattern.frames
            if found is None or (outer and not _by_media(scene, by_report("governed", report))):
                found = report
        at = head
    return by_report("governed", found) if found is not None else None


def _may_govern(report: Report, stretch: Stretch) -> bool:
    """Whether a verb above marked words can report them: somebody outside the marks speaks, before them or in an insertion."""
    if report.speaker is None or stretch.first <= report.speaker < stretch.last:
        return False
    return report.verb < stretch.first or report.inserted


def _around(scene: Scene, stretch: Stretch) -> Link | None:
    """The nearest cue in the sentence: a verb or a source to the left, an inserted report or a source to the right."""
    tokens = scene.parsed.tokens
    sentence = tokens[stretch.first].sentence
    left = [
        r
        for r in scene.reports_in.get(sentence, ())
        if r.verb < stretch.first and not r.nobody and r.speaker is not None and "quote" in r.pattern.frames
    ]
    sources = scene.sources_in.get(sentence, ())
    before = [
        s
        for s in sources
        if s.first < stretch.first and (s.pattern.position != "whole" or s.first > stretch.first - 12)
    ]
    left = [r for r in left if not any(_about_holder(scene, r, s) for s in before)]
    if before and (not left or before[-1].first > left[-1].verb):
        return by_source("source", before[-1])
    if left:
        return by_report("left", left[-1])
    end = tokens[min(len(tokens) - 1, stretch.outer_last)].sentence
    for where in {sentence, end}:
        for report in scene.reports_in.get(where, ()):
            if (
                report.verb >= stretch.last
                and report.inserted
                and report.form == "finite"
                and report.speaker is not None
            ):
                return by_report("right", report)
        for source in scene.sources_in.get(where, ()):
            if source.first >= stretch.last and source.pattern.position in ("before", "whole"):
                return by_source("right", source)
    return None


def _about_holder(scene: Scene, report: Report, source: Source) -> bool:
    """Whether a report only says more about the holder of a source: "selon X, qui n'a pas précisé la date, …"."""
    relative = scene.parsed.tokens[report.verb].deprel.startswith("acl")
    return relative and report.verb > source.first and report.speaker == source.holder


def main_subject(scene: Scene, sentence: int) -> int | None:
    """The subject of a sentence's root, unless it is nobody or stands inside marks."""
    parsed = scene.parsed
    if not 0 <= sentence < len(parsed.sentences):
        return None
    first, last = parsed.sentences[sentence]
    for index in range(first, last):
        if parsed.tokens[index].head < 0 and index not in scene.quoted:
            subject = subject_of(parsed, scene.tables, index)
            return subject if subject is not None and subject not in scene.quoted and first <= subject < last else None
    return None


def is_pronoun(scene: Scene, index: int) -> bool:
    """Whether a token is a pronoun, free or hung on its verb."""
    return scene.parsed.tokens[index].upos == "PRON"


__all__ = [
    "Link", "Scene", "Stretch", "by_report", "by_source", "is_pronoun", "link_of", "main_subject", "stretches_of",
]  # fmt: skip
