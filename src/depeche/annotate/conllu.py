"""CoNLL-U in and out: parses of other tools come in here, ours go out.

Columns follow Universal Dependencies; MISC carries `TokenRange=start:end`, `NER=B-PER`, `SpaceAfter=No`, and `SpacesAfter`/`SpacesBefore`
(UDPipe's escapes) where the blanks are not one space, so that the text comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from depeche.annotate.parsed import ROOT, Entity, Parsed, Sentence, Token
from depeche.errors import InputError

_ESCAPES = {" ": "\\s", "\t": "\\t", "\r": "\\r", "\n": "\\n", "|": "\\p", "\\": "\\\\"}
_PLAIN = {value[1]: key for key, value in _ESCAPES.items()}


def write_conllu(parsed: Parsed, doc_id: str = "") -> str:
    """One document as CoNLL-U; an empty parse gives only the line that opens the document."""
    names = _name_tags(parsed)
    lines = [f"# newdoc id = {doc_id}" if doc_id else "# newdoc"]
    for number, (first, last) in enumerate(parsed.sentences, 1):
        tokens = parsed.tokens[first:last]
        text = " ".join(parsed.text[tokens[0].start : tokens[-1].end].split())
        lines += [f"# sent_id = {number}", f"# text = {text}"]
        for index, token in enumerate(tokens, first):
            lines.append("\t".join(_columns(parsed, index, token, first, names)))
        lines.append("")
    return "\n".join(lines) + "\n"


def _columns(parsed: Parsed, index: int, token: Token, first: int, names: dict[int, str]) -> list[str]:
    """The ten columns of a token; `first` is the index of the first token of its sentence."""
    misc = [f"NER={names[index]}"] if index in names else []
    if index == 0 and token.start:
        misc.append(f"SpacesBefore={_escape(parsed.text[: token.start])}")
    following = parsed.tokens[index + 1].start if index + 1 < len(parsed.tokens) else len(parsed.text)
    gap = parsed.text[token.end : following]
    if not gap:
        misc.append("SpaceAfter=No")
    elif gap != " " or index + 1 == len(parsed.tokens):
        misc.append(f"SpacesAfter={_escape(gap)}")
    misc.append(f"TokenRange={token.start}:{token.end}")
    head = "0" if token.head == ROOT else str(token.head - first + 1)
    return [
        str(index - first + 1),
        token.text,
        token.lemma or "_",
        token.upos or "_",
        "_",
        token.feats or "_",
        head,
        token.deprel or "_",
        "_",
        "|".join(misc),
    ]


def _name_tags(parsed: Parsed) -> dict[int, str]:
    """BIO tags by token index."""
    tags: dict[int, str] = {}
    index = 0
    for entity in sorted(parsed.entities):
        while index < len(parsed.tokens) and parsed.tokens[index].end <= entity.start:
            index += 1
        at = index
        while at < len(parsed.tokens) and parsed.tokens[at].start < entity.end:
            tags[at] = ("B-" if at == index else "I-") + entity.label
            at += 1
    return tags


def _escape(blanks: str) -> str:
    return "".join(_ESCAPES.get(c, c) for c in blanks)


def _unescape(value: str) -> str:
    made, at = [], 0
    while at < len(value):
        if value[at] == "\\" and at + 1 < len(value) and value[at + 1] in _PLAIN:
            made.append(_PLAIN[value[at + 1]])
            at += 2
        else:
            made.append(value[at])
            at += 1
    return "".join(made)


@dataclass
class _Row:
    """One token as read: a word, or a multiword token that carries the analysis of its first word."""

    line: int
    form: str
    columns: list[str]
    misc: dict[str, str]
    inner: list[str] = field(default_factory=list)  # heads of the further words of a multiword token


@dataclass
class _Block:
    """One sentence as read."""

    line: int
    text: str | None
    opens: bool
    paragraph: bool
    rows: list[_Row]
    place: dict[str, int]


def read_conllu(source: str) -> list[tuple[str, Parsed]]:
    """The documents of a CoNLL-U file, parted at `# newdoc`: for each its text and its parse.

    Offsets come from `TokenRange` where every token has one, else from `# text`, else from `SpaceAfter`. Raises InputError with
    the line number on what is not CoNLL-U.
    """
    documents: list[list[_Block]] = []
    for block in _blocks(source):
        if block.opens or not documents:
            documents.append([])
        documents[-1].append(block)
    return [_document(blocks) for blocks in documents]


def _blocks(source: str) -> Iterator[_Block]:
    """Sentences, with the comments that matter."""
    text: str | None = None
    opens = paragraph = False
    rows: list[_Row] = []
    place: dict[str, int] = {}
    until, begun = 0, 1
    for number, line in enumerate([*source.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), ""], 1):
        if not line.strip():
            if rows:
                yield _Block(begun, text, opens, paragraph, rows, place)
                text, opens, paragraph, rows, place, until = None, False, False, [], {}, 0
        elif line.startswith("#"):
            key, _, value = line[1:].partition("=")
            text = value.strip() if key.strip() == "text" else text
            opens = opens or key.split()[:1] == ["newdoc"]
            paragraph = paragraph or key.split()[:1] == ["newpar"]
        else:
            begun = begun if rows else number
            until = _read_row(number, line, rows, place, until)


def _read_row(number: int, line: str, rows: list[_Row], place: dict[str, int], until: int) -> int:
    """Read one line of ten columns into `rows`; returns the last word number of the open multiword token."""
    columns = line.split("\t")
    if len(columns) != 10:
        raise InputError(f"line {number}: {len(columns)} columns, ten are expected between tabs")
    name = columns[0]
    if "." in name:
        return until
    first, dash, last = name.partition("-")
    if not first.isdecimal() or (dash and not last.isdecimal()):
        raise InputError(f"line {number}: {name!r} is no word number")
    misc = dict(pair.partition("=")[::2] for pair in columns[9].split("|"))
    if dash:
        rows.append(_Row(number, columns[1], [], misc))
        return int(last)
    if int(first) <= until and rows and rows[-1].columns:
        rows[-1].inner.append(columns[6])
    elif int(first) <= until and rows:
        rows[-1].columns = columns
        rows[-1].misc = misc | rows[-1].misc
    else:
        rows.append(_Row(number, columns[1], columns, misc))
    if name in place:
        raise InputError(f"line {number}: word {name} stands twice in its sentence")
    place[name] = len(rows) - 1
    return until


def _document(blocks: list[_Block]) -> tuple[str, Parsed]:
    """Put a document together: text first, then tokens over it."""
    starts, text = _lay_out(blocks)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    tags: list[str] = []
    for number, block in enumerate(blocks):
        base = len(tokens)
        heads = [_head(block, index) for index in range(len(block.rows))]
        _check_tree(block, heads)
        for row, head in zip(block.rows, heads, strict=True):
            start = starts[len(tokens)]
            tokens.append(_token(row, start, base + head if head >= 0 else ROOT, number))
            tags.append(row.misc.get("NER", "O"))
        sentences.append(Sentence(base, len(tokens)))
    return text, Parsed(text, tuple(tokens), tuple(sentences), _entities(tokens, tags))


def _token(row: _Row, start: int, head: int, sentence: int) -> Token:
    """A token from its columns; what is left blank takes the value that says least."""
    _, _, lemma, upos, _, feats, _, deprel, *_ = row.columns
    lemma = row.form if lemma == "_" else lemma
    upos, feats, deprel = ("" if v == "_" else v for v in (upos, feats, deprel))
    end = start + len(row.form)
    return Token(start, end, row.form, lemma, upos or "X", feats, head, deprel or "dep", sentence)


def _head(block: _Block, index: int) -> int:
    """The governor of a token as an index in its sentence; a multiword token takes the first head that lies outside it."""
    row = block.rows[index]
    if not row.columns:
        raise InputError(f"line {row.line}: the words of the multiword token {row.form!r} are missing")
    for head in [row.columns[6], *row.inner]:
        if head == "0":
            return ROOT
        if head not in block.place:
            raise InputError(f"line {row.line}: head {head!r} is no word of the sentence")
        if block.place[head] != index:
            return block.place[head]
    raise InputError(f"line {row.line}: {row.form!r} governs itself")


def _check_tree(block: _Block, heads: list[int]) -> None:
    """Refuse cycles: who walks up from a word must come to a root."""
    safe = [head == ROOT for head in heads]
    for begin in range(len(heads)):
        walk: list[int] = []
        at = begin
        while not safe[at]:
            if len(walk) > len(heads):
                raise InputError(f"line {block.rows[begin].line}: the heads of this sentence form a cycle")
            walk.append(at)
            at = heads[at]
        for seen in walk:
            safe[seen] = True


def _lay_out(blocks: list[_Block]) -> tuple[list[int], str]:
    """The start of every token, and the text."""
    rows = [row for block in blocks for row in block.rows]
    ranged = all("TokenRange" in row.misc for row in rows)
    pieces: list[str] = []
    starts: list[int] = []
    cursor = 0
    gap = _unescape(rows[0].misc.get("SpacesBefore", ""))
    for block in blocks:
        gaps = _gaps(block)
        if block.paragraph and pieces and not ranged:
            gap = "\n\n"
        for row, after in zip(block.rows, gaps, strict=True):
            gap = _ranged_gap(row, cursor, gap) if ranged else gap
            pieces += [gap, row.form]
            starts.append(cursor + len(gap))
            cursor += len(gap) + len(row.form)
            gap = after
    if "SpacesAfter" in rows[-1].misc:
        pieces.append(_unescape(rows[-1].misc["SpacesAfter"]))
    return starts, "".join(pieces)


def _ranged_gap(row: _Row, cursor: int, gap: str) -> str:
    """The blanks before a token that states its offsets."""
    first, _, last = row.misc["TokenRange"].partition(":")
    if not first.isdecimal() or not last.isdecimal() or int(last) - int(first) != len(row.form):
        raise InputError(f"line {row.line}: TokenRange={row.misc['TokenRange']} does not fit {row.form!r}")
    if int(first) < cursor:
        raise InputError(f"line {row.line}: TokenRange={row.misc['TokenRange']} overlaps the token before it")
    width = int(first) - cursor
    return gap if len(gap) == width else " " * width


def _gaps(block: _Block) -> list[str]:
    """The blanks after each token, from MISC, or from `# text` where MISC says nothing of blanks."""
    told = any(key in row.misc for row in block.rows for key in ("SpaceAfter", "SpacesAfter", "TokenRange"))
    if told or block.text is None:
        return [_told_gap(row) for row in block.rows]
    gaps, at = [], 0
    for row in block.rows:
        found = block.text.find(row.form, at)
        if found < 0 or block.text[at:found].strip():
            raise InputError(
                f"line {row.line}: {row.form!r} does not come next in `# text`: {block.text[at : at + 30]!r}"
            )
        if at:
            gaps.append(block.text[at:found])
        at = found + len(row.form)
    return [*gaps, " "]


def _told_gap(row: _Row) -> str:
    """The blanks after a token as MISC tells them: one space unless it says otherwise."""
    if row.misc.get("SpaceAfter") == "No":
        return ""
    return _unescape(row.misc["SpacesAfter"]) if "SpacesAfter" in row.misc else " "


def _entities(tokens: list[Token], tags: list[str]) -> tuple[Entity, ...]:
    """Entities of BIO tags; an I- that continues nothing opens one."""
    found: list[Entity] = []
    for i, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
        label = tag[2:]
        if tag[:2] == "I-" and i and tags[i - 1] in (f"B-{label}", f"I-{label}"):
            found[-1] = Entity(found[-1].start, token.end, label)
        elif tag[:2] in ("B-", "I-"):
            found.append(Entity(token.start, token.end, label))
    return tuple(found)
