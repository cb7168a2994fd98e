"""Parts a text into blocks: what is news (body, headline, caption) and what is the page around it (byline, furniture)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from depeche.ingest.furniture import Furniture, bare, fold
from depeche.languages.schema.furniture import FurniturePhrase
from depeche.records import Block

BODY, HEADLINE, BYLINE, FURNITURE = "body", "headline", "byline", "furniture"
# Lines longer than these characters are paragraphs: they are no button, no signature.
_LONGEST_LINE = 300
# Words are counted in lines of up to these characters; a longer one has more words than any furniture.
_LONGEST_COUNTED = 4000
# A headline has at most so many words and characters.
_HEADLINE_WORDS, _HEADLINE_LENGTH = 24, 180
# A body paragraph at least so many; shorter lines do not say where the news begins or ends.
_PARAGRAPH_WORDS = 9
_SENTENCE_ENDS = ".!?…"
_CLOSERS = "»\"”’')]"
# Where a headline inside a paragraph ends: at a sentence's end, or where the next sentence was glued on.
_LINK_END = re.compile(r"[.!?…]+(?=[\s\"”»]*(?:$|[\sA-ZÀ-Ý«\"“]))|(?<=[a-zà-öø-ÿ0-9»\"”])(?=[A-ZÀ-Ý])", re.MULTILINE)
_LONGEST_LINK = 220


class _Piece(NamedTuple):
    start: int
    end: int
    kind: str
    edge: bool = False


@dataclass
class _Line:
    """A line without the blanks around it, in pieces; `gap` says that an empty line stands above it."""

    start: int
    end: int
    gap: bool
    pieces: list[_Piece] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        return len(self.pieces) == 1 and self.pieces[0].kind == BODY


def find_blocks(
    text: str, furniture: Furniture, *, title: str | None = None, author: str | None = None
) -> tuple[Block, ...]:
    """The blocks of a text in order, without overlap: each character that is no blank stands in exactly one.

    `title` and `author` are what is known of the source: a line that repeats them is headline or byline.
    """
    folded = fold(text)
    hits = _find_inside(text, folded, furniture)
    starts = [hit.start for hit in hits]
    heading, writer = bare(fold(title or "")), bare(fold(author or ""))
    lines: list[_Line] = []
    for line in _lines(text):
        cut = folded[line.start : line.end]
        if heading and len(cut) < 2 * len(heading) + 20 and bare(cut) == heading:
            line.pieces = [_Piece(line.start, line.end, HEADLINE)]
        elif writer and len(cut) < _LONGEST_LINE and _names_author(bare(cut), writer):
            line.pieces = [_Piece(line.start, line.end, BYLINE)]
        else:
            own = hits[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
            line.pieces = _part(text, folded, line, own, furniture)
        lines.append(line)
    _settle_edges(text, lines)
    _find_headlines(text, lines)
    return tuple(_merged(lines))


def _lines(text: str) -> Iterator[_Line]:
    at, gap = 0, False
    for row in text.split("\n"):
        stripped = row.strip()
        if stripped:
            start = at + row.index(stripped[0])
            yield _Line(start, start + len(stripped), gap)
        gap = not stripped
        at += len(row) + 1


def _names_author(line: str, writer: str) -> bool:
    """Whether a line is the author's name with a word or a date around it, and no sentence."""
    return writer in line and len(line.split()) <= len(writer.split()) + 9 and len(line) - len(writer) < 60


def _find_inside(text: str, folded: str, furniture: Furniture) -> list[_Piece]:
    """Furniture in the midst of paragraphs, in order, without overlap; the link that follows a cue is a piece of its own."""
    found: list[_Piece] = []
    for phrase, pattern, entry in furniture.inside:
        at = folded.find(phrase)
        while at >= 0:
            piece = _inside_piece(text, at, len(phrase), pattern, entry)
            if piece:
                found.append(piece)
                if entry.rest:
                    end = _link_end(text, piece.end)
                    found += [_Piece(piece.end, end, entry.rest)] if end > piece.end else []
            at = folded.find(phrase, piece.end if piece else at + 1)
    found.sort()
    kept: list[_Piece] = []
    for piece in found:
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _inside_piece(
    text: str, at: int, length: int, pattern: re.Pattern[str] | None, entry: FurniturePhrase
) -> _Piece | None:
    first, before = text[at], text[at - 1 : at]
    if entry.capital and first.isalpha() and not first.isupper():
        return None
    if entry.capital and before.isalnum() and (not first.isalpha() or before.isupper()):
        return None
    if pattern is None:
        after = text[at + length : at + length + 1]
        return None if text[at + length - 1].isalnum() and after.islower() else _Piece(at, at + length, entry.block)
    match = pattern.match(text, at)
    return _Piece(at, match.end(), entry.block) if match and match.end() > at else None


def _link_end(text: str, start: int) -> int:
    stop = text.find("\n", start, start + _LONGEST_LINK)
    stop = min(start + _LONGEST_LINK, len(text)) if stop < 0 else stop
    match = _LINK_END.search(text, start + 1, stop)
    return match.end() if match else stop


def _part(text: str, folded: str, line: _Line, inside: list[_Piece], furniture: Furniture) -> list[_Piece]:
    """A line in pieces: what its start says, what its end says, what stands in its midst; the rest is body."""
    start, end = line.start, line.end
    words = len(text[start:end].split()) if end - start < _LONGEST_COUNTED else _LONGEST_COUNTED
    pieces: list[_Piece] = []
    while start < end:
        # Only the start of a long line is looked at: a paragraph may be a megabyte.
        stop = min(end, start + _LONGEST_LINE)
        whole = furniture.whole(text[start:stop], folded[start:stop]) if stop == end else None
        if whole and words <= whole.longest:
            return _joined(text, [*pieces, _Piece(start, end, whole.block, whole.edge)])
        opening = furniture.start(text[start:stop], folded[start:stop])
        if opening is None or words > opening[1].longest:
            break
        length, entry = opening
        pieces.append(_Piece(start, start + length, entry.block, entry.edge))
        start = _skip_blanks(text, start + length, end)
        if entry.rest:
            return _joined(text, [*pieces, _Piece(start, end, entry.rest, entry.edge)])
    tail = max(start, end - _LONGEST_LINE)
    closing = furniture.end(text[tail:end])
    if closing is None:
        return _joined(text, [*pieces, *_middle(text, start, end, inside)])
    last = tail + closing[0]
    # What follows a dateline is news, however it ends.
    rest = closing[1].rest if words <= closing[1].longest and not pieces else None
    before = [_Piece(start, last, rest)] if rest else _middle(text, start, last, inside)
    return _joined(text, [*pieces, *before, _Piece(last, end, closing[1].block)])


def _middle(text: str, start: int, end: int, inside: list[_Piece]) -> Iterator[_Piece]:
    at = start
    for piece in inside:
        first, last = max(piece.start, at), min(piece.end, end)
        if first >= last:
            continue
        if first > at:
            yield _Piece(at, first, BODY)
        yield _Piece(first, last, piece.kind)
        at = last
    if at < end:
        yield _Piece(at, end, BODY)


def _joined(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces without the blanks at their ends; equal neighbours, and marks alone, join the piece before them."""
    joined: list[_Piece] = []
    for piece in pieces:
        words = text[piece.start : piece.end]
        start, end = piece.start + len(words) - len(words.lstrip()), piece.start + len(words.rstrip())
        if start >= end:
            continue
        marks = piece.kind == BODY and end - start <= 3 and not any(c.isalnum() for c in text[start:end])
        if joined and (marks or joined[-1].kind == piece.kind != BODY):
            joined[-1] = joined[-1]._replace(end=end)
        else:
            joined.append(piece._replace(start=start, end=end))
    return joined


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _settle_edges(text: str, lines: list[_Line]) -> None:
    """Makes body again of what counts as furniture at the edges alone, where it stands between paragraphs."""
    body = [n for n, line in enumerate(lines) if any(_is_paragraph(text, p) for p in line.pieces)]
    for number, line in enumerate(lines):
        if body and body[0] < number < body[-1] and any(p.edge for p in line.pieces):
            line.pieces = [p._replace(kind=BODY, edge=False) if p.edge else p for p in line.pieces]


def _is_paragraph(text: str, piece: _Piece) -> bool:
    if piece.kind != BODY:
        return False
    return piece.end - piece.start > _LONGEST_LINE or len(text[piece.start : piece.end].split()) >= _PARAGRAPH_WORDS


def _find_headlines(text: str, lines: list[_Line]) -> None:
    """Marks short lines without a full stop that stand above a paragraph: the title at the top, headings further down."""
    below: _Line | None = None
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if below and line.plain and _looks_like_headline(text, line):
            above = lines[number - 1] if number else None
            apart = line.gap or above is None or not above.plain or _ends_sentence(text, above)
            longer = below.end - below.start > 1.5 * (line.end - line.start) and not text[below.start].islower()
            if apart and (longer or lines[number + 1].gap or not lines[number + 1].plain):
                line.pieces = [line.pieces[0]._replace(kind=HEADLINE)]
        below = line if any(p.kind == BODY for p in line.pieces) else below


def _looks_like_headline(text: str, line: _Line) -> bool:
    if line.end - line.start > _HEADLINE_LENGTH or text[line.end - 1] in ".…;,:":
        return False
    words = text[line.start : line.end].split()
    return len(words) <= _HEADLINE_WORDS and not words[0][0].islower()


def _ends_sentence(text: str, line: _Line) -> bool:
    return (
        text[max(line.start, line.end - 4) : line.end]
        .rstrip(_CLOSERS + " \u00a0\u202f")
        .endswith(tuple(_SENTENCE_ENDS))
    )


def _merged(lines: list[_Line]) -> Iterator[Block]:
    """One block for neighbouring lines of body; every other piece is one by itself."""
    held: _Piece | None = None
    for line in lines:
        for piece in line.pieces:
            joins = held and held.kind == piece.kind == BODY and piece.start == line.start and not line.gap
            if held and joins:
                held = held._replace(end=piece.end)
                continue
            if held:
                yield Block(held.start, held.end, held.kind)
            held = piece
    if held:
        yield Block(held.start, held.end, held.kind)
