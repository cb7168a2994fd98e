"""Cleaning: the last change that a text ever sees, before offsets are counted."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control characters but tab and line feed; soft hyphens; zero-width and direction marks, which sit unseen inside words.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text as a Document holds it.

    Line ends become LF (CRLF, CR, form feeds and Unicode's own separators alike). Control characters, soft hyphens, zero-width
    characters and direction marks go. Lone surrogates become U+FFFD. What is left is put in NFC, and blanks at both ends of the
    text go. All else stays as it stood: no-break spaces, tabs, runs of blanks, quotation marks, capitals, empty lines.
    """
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text)).strip()
