"""Plain text: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator

from depeche.ingest.decoding import decode
from depeche.ingest.drafts import Draft
from depeche.ingest.problems import Problem


def read_text(data: bytes, file: str, name: str) -> Iterator[Draft | Problem]:
    """The one document of a plain text file; a warning where some of its bytes are no text."""
    decoded = decode(data)
    if decoded.damaged:
        yield Problem(
            file,
            f"{decoded.damaged} places that are no letters, read as U+FFFD ({decoded.note})",
            "UTF-8",
            warning=True,
        )
    yield Draft(decoded.text, file, name, "text", note=decoded.note)
