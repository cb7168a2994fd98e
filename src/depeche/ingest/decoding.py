"""Bytes to text: which encoding, and whether they are text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

# Formats that people hand over in the belief that they are text, by their first bytes.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "a database"),
    (b"wOF", "a font"),
    (b"RIFF", "a sound, film or image"),
    (b"ID3", "a sound"),
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PLAUSIBLE = ["cp1252", "latin_1", "utf_16"]
_HIGH = re.compile(rb"[\x80-\xff]")
# A sample settles the encoding of any length of text, and keeps the guess linear.
_SAMPLE = 100_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes. `note` is empty for sound UTF-8; `damaged` counts the places that could not be read."""

    text: str
    note: str = ""
    damaged: int = 0


def binary_kind(data: bytes) -> str | None:
    """What the bytes are, if they are no text ("a PDF", "NUL bytes"); None for text."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    if b"\x00" in data[:_SAMPLE] and _utf16(data) is None:
        return "NUL bytes"
    return None


def is_wide(data: bytes) -> bool:
    """Whether the bytes are UTF-16, whose lines cannot be told before it is decoded."""
    return _utf16(data) is not None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`: by its byte order mark, else as UTF-8, else as `declared`, else as the likeliest of cp1252, Latin-1 and UTF-16.

    UTF-8 with a few bad bytes (a file cut in the middle of a letter) stays UTF-8, with U+FFFD at each bad place.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], encoding)
    wide = _utf16(data)
    if wide:
        return _forced(data, wide)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    named = _codec(declared)
    if named and named != "utf-8":
        return _forced(data, named)
    damaged = _forced(data, "utf-8")
    # Each letter beyond ASCII takes two or more high bytes in UTF-8: where most of them pair up, it is UTF-8 with a flaw.
    if len(_HIGH.findall(data)) > 8 * damaged.damaged or _cut_at_end(data):
        return damaged
    return _forced(data, _guess(data))


def _forced(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd") - (data.count("\ufffd".encode()) if encoding == "utf-8" else 0)
    note = "" if encoding == "utf-8" and not damaged else f"decoded as {encoding}"
    return Decoded(text, note, damaged)


def _cut_at_end(data: bytes) -> bool:
    """Whether the bytes are sound UTF-8 but for a last letter that is cut."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > 0 and error.start >= len(data) - 3 and error.reason == "unexpected end of data"
    return False


def _utf16(data: bytes) -> str | None:
    """UTF-16 by its byte order mark, or by the empty high bytes of Latin letters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[: _SAMPLE // 2 * 2]
    if len(head) < 8 or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0) / (len(head) / 2), head[1::2].count(0) / (len(head) / 2)
    if odd > 0.7 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.05 else None


def _codec(declared: str | None) -> str | None:
    """The codec for a declared charset; Latin-1 and ASCII mean cp1252, as browsers hold."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    # codecs also registers transforms ("base64", "rot13") that are no charsets.
    return name if name.startswith(("utf-8", "utf-16", "iso8859", "cp", "mac", "koi8", "windows", "latin")) else None


def _guess(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE], cp_isolation=_PLAUSIBLE).best()
    encoding = best.encoding if best else "cp1252"
    # cp1252 is Latin-1 with quotation marks, dashes and "oe" where Latin-1 has controls that no text holds.
    return "cp1252" if encoding == "latin_1" else encoding
