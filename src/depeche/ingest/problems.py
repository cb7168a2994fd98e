"""What ingest says about a source that it could not read, or not wholly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a source: where, what was found, what is accepted.

    `warning` is False where nothing was read (a file, a line), True where the document was read all the same, without the part
    that the problem names.
    """

    file: str
    found: str
    accepted: str = ""
    line: int | None = None
    warning: bool = False

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.found}" + (f"; accepted: {self.accepted}" if self.accepted else "")
