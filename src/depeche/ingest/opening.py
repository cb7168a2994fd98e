"""Opens a source, compressed or not, and tells its kind, without reading all of it."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any, BinaryIO

from depeche.ingest.decoding import decode

# Enough to tell a kind by; pages often open with kilobytes of scripts, but their <html> stands before these.
HEAD = 16_384
# The largest single document, decompressed: some 80 million words. Beyond it a file is a mistake or an attack.
LARGEST = 512_000_000
COMPRESSED = {".gz", ".xz"}
_SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".conllu": "conllu", ".conll": "conllu",
}  # fmt: skip
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<(?:p|div|article|section|main|h1|meta|script|span)\b[^<>]*>", re.IGNORECASE)
_CONLLU = re.compile(r"(?:#[^\n]*\n)*\d+(?:-\d+)?\t[^\t\n]+(?:\t[^\t\n]*){8}(?:\n|$)")


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were already taken to look at."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        taken = self._head[: len(buffer)]
        self._head = self._head[len(taken) :]
        taken = taken or self._rest.read(len(buffer))
        buffer[: len(taken)] = taken
        return len(taken)


@dataclass(frozen=True)
class Opened:
    """A readable stream of decompressed bytes, its first bytes, and what compression was undone ("" for none)."""

    stream: io.BufferedReader
    head: bytes
    compression: str = ""


def opened(raw: BinaryIO) -> Opened:
    """The stream ready to be read, decompressed if its first bytes say gzip or xz.

    Raises OSError, EOFError or lzma.LZMAError where the compressed data is broken from the start.
    """
    magic = raw.read(6)
    whole = io.BufferedReader(_Rejoined(magic, raw))
    compression = "gzip" if magic.startswith(b"\x1f\x8b") else "xz" if magic == b"\xfd7zXZ\x00" else ""
    inner: IO[bytes] = whole
    if compression == "gzip":
        inner = gzip.GzipFile(fileobj=whole, mode="rb")
    elif compression == "xz":
        inner = lzma.LZMAFile(whole, mode="rb")
    head = _take(inner, HEAD)
    return Opened(io.BufferedReader(_Rejoined(head, inner), 1 << 16), head, compression)


def _take(stream: IO[bytes], size: int) -> bytes:
    """Up to `size` bytes; what comes before a break in compressed data is kept, and the break is met again by the reader."""
    parts: list[bytes] = []
    while size > 0:
        try:
            part = stream.read(size)
        except (EOFError, lzma.LZMAError, gzip.BadGzipFile):
            if parts:
                break
            raise
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def tell_kind(name: str, head: bytes) -> str:
    """The kind of a source by its suffix (bar one of compression), else by its first bytes; plain text where nothing else fits."""
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
