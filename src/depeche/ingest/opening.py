"""Opens a source, compressed or not, and tells its kind, without reading all of it."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

from depeche.ingest.decoding import decode

# Enough to tell a kind by; pages often open with kilobytes of scripts, but their <html> stands before these.
HEAD = 16_384
# The largest single document, decompressed: some 80 million words. Beyond it a file is a mistake or an attack.
LARGEST = 512_000_000
COMPRESSED = {".gz", ".xz"}
_SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".conllu": "conllu", ".conll": "conllu",
}  # fmt: skip
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?><!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MARKUP = re.compile(r"<(?:p|div|article|section|main|h1|meta|script|span)\b[^<>]*>", re.IGNORECASE)
_CONLLU = re.compile(r"(?:#[^\n]*\n)*\d+(?:-\d+)?\t[^\t\n]+(?:\t[^\t\n]*){8}(?:\n|$)")


_BROKEN = (EOFError, zlib.error, lzma.LZMAError, OSError)


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were already taken to look at. A break in compressed data ends it, and is kept in `failure`."""

    def __init__(self, head: bytes, read: Callable[[int], bytes]) -> None:
        self._head, self._read = head, read
        self.failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        taken = self._head[: len(buffer)]
        self._head = self._head[len(taken) :]
        if not taken and not self.failure:
            try:
                taken = self._read(len(buffer))
            except _BROKEN as error:
                self.failure = error
        buffer[: len(taken)] = taken
        return len(taken)


@dataclass(frozen=True)
class Opened:
    """A readable stream of decompressed bytes, and its first bytes."""

    stream: io.BufferedReader
    head: bytes
    _source: _Rejoined

    @property
    def failure(self) -> Exception | None:
        """What broke the stream off before its end, if anything; known once all was read."""
        return self._source.failure


def opened(raw: BinaryIO) -> Opened:
    """The stream ready to be read, decompressed if its first bytes say gzip or xz."""
    magic = raw.read(6)
    whole = io.BufferedReader(_Rejoined(magic, raw.read))
    read: Callable[[int], bytes] = whole.read1
    if magic.startswith(b"\x1f\x8b"):
        read = gzip.GzipFile(fileobj=whole, mode="rb").read1
    elif magic == b"\xfd7zXZ\x00":
        read = lzma.LZMAFile(whole, mode="rb").read1  # noqa: SIM115  # closed with the file beneath
    inner = _Rejoined(b"", read)
    stream = io.BufferedReader(inner, 1 << 16)
    head = stream.read(HEAD)
    return Opened(io.BufferedReader(_Rejoined(head, stream.read1), 1 << 16), head, inner)


def is_blank(data: bytes) -> bool:
    """Whether there is nothing but blanks (and a byte order mark)."""
    return not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf")


def tell_kind(name: str, head: bytes) -> str:
    """The kind of a source by its suffix (bar one of compression), else by its first bytes; plain text where nothing else fits.

    "json" is a file that holds one JSON value, or lines after all."""
    suffixes = [s.lower() for s in PurePath(name).suffixes if s.lower() not in COMPRESSED]
    if suffixes and suffixes[-1] in _SUFFIXES:
        return _SUFFIXES[suffixes[-1]]
    text = decode(head).text.lstrip("\ufeff")
    if _PAGE.match(text) or (text.lstrip().startswith("<") and len(_MARKUP.findall(text)) >= 3):
        return "html"
    if _CONLLU.match(text.lstrip()):
        return "conllu"
    return "jsonl" if _is_jsonl(text) else "text"


def _is_jsonl(text: str) -> bool:
    line = text.lstrip().partition("\n")[0]
    if not line.startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        # A first line longer than the sample cannot be parsed here; a key in first place is sign enough.
        return bool(re.match(r'\{\s*"[^"\n]{1,80}"\s*:', line))
