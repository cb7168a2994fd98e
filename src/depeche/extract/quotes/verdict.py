"""Is a marked stretch somebody's words, or a title, a name, a distance taken? A small linear score over named signs.

The weights are the language's learned component `quote_marks` (see `training/reading/quote_marks.py`); a language without one takes
every stretch.
"""

from __future__ import annotations

from collections.abc import Iterator

from depeche.extract.quotes.links import Link, Scene, Stretch
from depeche.extract.quotes.tables import plain

QUOTE = "quote"  # the label of somebody's words
_FINITE = (None, "Fin")
_FAR = 12  # tokens
_SHORT = frozenset({"words:1", "words:2", "words:3"})
_AFTER = {
    "NOUN": "noun", "PROPN": "name", "DET": "determiner", "ADP": "preposition", "VERB": "verb", "AUX": "verb",
    "SCONJ": "complementiser",
}  # fmt: skip
_BEFORE = {"(": "parenthesis", "-": "after-dash", "–": "after-dash", "—": "after-dash"}


def signs_of(scene: Scene, stretch: Stretch, link: Link) -> frozenset[str]:
    """The names of the signs that hold for a marked stretch."""
    return frozenset(_signs(scene, stretch, link))


def is_quote(scene: Scene, _: Stretch, signs: frozenset[str]) -> bool:
    """Whether the signs speak for somebody's words. A short stretch that nothing attributes is no quote, whatever its looks."""
    model = scene.tables.marks
    if model is None:
        return True
    if "how:none" in signs and not signs.isdisjoint(_SHORT) and "whole" not in signs:
        return False
    scores = model.scores(signs)
    return scores[model.labels.index(QUOTE)] > max(
        s for s, name in zip(scores, model.labels, strict=True) if name != QUOTE
    )


def _signs(scene: Scene, stretch: Stretch, link: Link) -> Iterator[str]:
    tokens = scene.parsed.tokens
    inner = tokens[stretch.first : stretch.last]
    words = [t for t in inner if t.text[0].isalnum()]
    yield "bias"
    yield f"how:{link.how}"
    yield _length(len(words))
    if link.how == "none":
        yield f"none&{_length(len(words))}"
    near = scene.parsed.entities_at(stretch.marked.start, stretch.marked.end)
    if any(e.start <= stretch.marked.start + 1 and stretch.marked.end - 1 <= e.end for e in near):
        yield "entity"
    if words and all(t.text.isupper() for t in words) and len(words) > 1:
        yield "shouted"
    if has_finite(scene, stretch):
        yield "finite"
    if is_whole(scene, stretch):
        yield "whole"
    text = plain(scene.parsed.text[stretch.marked.start : stretch.marked.end])
    if text in scene.tables.sets:
        yield "set"
    full = [t for t in words if t.upos in ("NOUN", "PROPN", "ADJ", "VERB", "X")]
    if (
        full
        and (len(words) > 1 or not is_whole(scene, stretch))
        and len(words) <= 6
        and all(t.text[0].isupper() for t in full)
    ):
        yield "capitals"
    if inner_capital(scene, stretch) and not is_whole(scene, stretch):
        yield "capital"
    if link.report is not None:
        yield f"stance:{link.report.pattern.stance}"
        if "that" not in link.report.pattern.frames:
            yield "weak-verb"
    yield from _context(scene, stretch, link)


def _context(scene: Scene, stretch: Stretch, link: Link) -> Iterator[str]:
    """Signs of the words around the marks."""
    tokens = scene.parsed.tokens
    at = stretch.outer_first - 1
    sentence = tokens[stretch.first].sentence
    if at < 0 or tokens[at].sentence != sentence:
        return
    before = tokens[at]
    named = scene.tables.words["name"]
    if any(plain(tokens[i].lemma) in named for i in range(max(0, at - 1), at + 1) if tokens[i].sentence == sentence):
        yield "named"
    if before.upos in _AFTER:
        yield f"after-{_AFTER[before.upos]}"
        if before.upos == "PROPN" or (before.upos == "NOUN" and inner_capital(scene, stretch)):
            yield "bare-name"
    if before.text in _BEFORE:
        yield _BEFORE[before.text]
    if link.how == "none" and before.upos in ("NOUN", "PROPN", "DET"):
        yield f"none&after-{_AFTER[before.upos]}"
    after = tokens[stretch.outer_last] if stretch.outer_last < len(tokens) else None
    if after is not None and after.sentence == sentence and after.upos in ("ADJ", "PROPN"):
        yield "before-adjective"
    if link.report is not None:
        left = link.report.verb < stretch.first
        distance = stretch.first - link.report.last if left else link.report.first - stretch.last
        if distance > _FAR:
            yield "far"


def has_finite(scene: Scene, stretch: Stretch) -> bool:
    """Whether a finite verb stands inside the marks."""
    inner = scene.parsed.tokens[stretch.first : stretch.last]
    return any(t.upos in ("VERB", "AUX") and t.feat("VerbForm") in _FINITE for t in inner)


def inner_capital(scene: Scene, stretch: Stretch) -> bool:
    """Whether the words start with a capital."""
    return scene.parsed.text[stretch.marked.start].isupper()


def is_whole(scene: Scene, stretch: Stretch) -> bool:
    """Whether the marks hold a sentence that stands for itself: it opens its sentence, or follows a colon, with a capital."""
    if not inner_capital(scene, stretch) and stretch.marked.opened:
        return False
    tokens = scene.parsed.tokens
    at = stretch.outer_first - 1
    return at < 0 or tokens[at].sentence != tokens[stretch.first].sentence or tokens[at].text in (":", ".", "!", "?")


def _length(count: int) -> str:
    if count <= 3:
        return f"words:{max(count, 1)}"
    return "words:4-5" if count <= 5 else "words:6-9" if count <= 9 else "words:10+"
