"""Dates of publication as sources write them."""

from __future__ import annotations

import re
from datetime import date, datetime

ACCEPTED = "YYYY-MM-DD, with or without a time and zone (2020-02-05, 2020-02-05T10:30:00+01:00)"

_FORM = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE
)


def parse_date(words: str) -> date | None:
    """The day that `words` name, as written in their own zone; None where they are no day of the calendar in an accepted form."""
    words = words.strip()
    if not words.isascii() or not _FORM.fullmatch(words):
        return None
    clock = re.match(r"(\d{2}):(\d{2})(?::(\d{2}))?", words[11:])
    try:
        if clock:
            hour, minute, second = (int(part or 0) for part in clock.groups())
            datetime(
                2000, 1, 1, hour % 24 if (minute, second) == (0, 0) and hour == 24 else hour, minute, min(second, 59)
            )
        return date.fromisoformat(words[:10])
    except ValueError:
        return None
