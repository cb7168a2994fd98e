"""Travels abroad of US presidents and secretaries of state, as the Office of the Historian publishes them: one XML file a traveller."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from depeche.ingest.problems import Problem
from depeche.ledger.lists import countries
from depeche.records import Span

#: The office that each role of the list is.
OFFICES = {"president": "head_of_state", "secretary": "minister.foreign"}
STATE = "USA"

_TRIP = re.compile(r"<trip\b(?:(?!<trip\b).)*?</trip>", re.S)
_OPEN = re.compile(r"<trip\b")
_WHO = re.compile(r'<trip\b[^>]*\bwho="([^"]+)"')
_ELECT = re.compile(r"\[[^\]]*-elect\b[^\]]*\]", re.I)
_ACCEPTED = "<trip> with <role>, <name>, <start-date>, <end-date> and <country>"


@dataclass(frozen=True, slots=True)
class Trip:
    """One row: who went where, from `first` to `last` (days, both included). `elect`: before the traveller took office."""

    row: Span
    tag: Span
    who: str
    role: Span
    name: Span
    country: Span
    code: str
    locale: Span | None
    time: Span
    first: date
    last: date
    elect: bool


def is_travels(text: str) -> bool:
    """Is this such a list?"""
    return bool(_OPEN.search(text[:5000])) and "<start-date>" in text[:10000]


def read_trips(text: str, file: str) -> Iterator[Trip | Problem]:
    """The trips of a file in its order; a Problem, with its line, for a row that cannot be used."""
    whole = {m.start(): m for m in _TRIP.finditer(text)}
    for opening in _OPEN.finditer(text):
        found = whole.get(opening.start())
        what = "a <trip> that is not closed" if found is None else _read(text, found)
        if isinstance(what, str):
            yield Problem(file, what, _ACCEPTED, text.count("\n", 0, opening.start()) + 1)
        else:
            yield what


def _read(text: str, found: re.Match[str]) -> Trip | str:
    """The trip of one element, or what is wrong with it."""
    fields = {
        tag: _field(text, found, tag)
        for tag in ("role", "name", "start-date", "end-date", "country", "locale", "remarks")
    }
    for tag in ("role", "name", "start-date", "end-date", "country"):
        if fields[tag] is None:
            return f"a trip without <{tag}>"
    role, name, start, end, country = (
        fields[t] or _NOTHING for t in ("role", "name", "start-date", "end-date", "country")
    )
    if role.text not in OFFICES:
        return f"the role {role.text!r}"
    first, last = _day(start.text), _day(end.text)
    if first is None or last is None or last < first:
        return f"a trip from {start.text!r} to {end.text!r}"
    code = countries.named(plain(country.text))
    if code is None:
        return f"the country {country.text!r}, which is not in the table of countries"
    who = _WHO.match(found.group())
    remarks = fields["remarks"]
    return Trip(
        row=Span(found.start(), found.end(), found.group()), tag=Span(found.start() + 1, found.start() + 5, "trip"),
        who=who.group(1) if who else plain(name.text), role=role, name=name, country=country, code=code, locale=fields["locale"],
        time=Span(start.start, end.end, text[start.start : end.end]), first=first, last=last,
        elect=bool(remarks and _ELECT.search(remarks.text)),
    )  # fmt: skip


_NOTHING = Span(0, 1, " ")


def _field(text: str, found: re.Match[str], tag: str) -> Span | None:
    """The words of a child element, None where it is missing or empty."""
    inner = re.compile(rf"<{tag}\b[^>/]*>\s*(.*?)\s*</{tag}>", re.S).search(text, found.start(), found.end())
    return Span(inner.start(1), inner.end(1), inner.group(1)) if inner and inner.group(1) else None


def plain(words: str) -> str:
    """Words of the XML as text: entities resolved, blanks made one, what stands in brackets after a first name left out."""
    return " ".join(re.sub(r"(?<=\s)\([^)]*\)\s", "", html.unescape(words)).split())


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Cover:
    """A time of which the list names every trip of the holders of an office, half-open; `begins` None: from the first there ever was."""

    role: str
    begins: date | None
    ends: date


_Traveller = tuple[str, str]  # role and who


@cache
def _predecessors() -> dict[_Traveller, _Traveller | None]:
    """The travellers of the published list, each with the one of the same role before; None for the first."""
    text = resources.files("depeche.ledger.lists").joinpath("travellers.csv").read_text(encoding="utf-8")
    found: dict[_Traveller, _Traveller | None] = {}
    last: dict[str, _Traveller] = {}
    for row in csv.DictReader(text.splitlines()):
        traveller = (row["role"], row["who"])
        found[traveller] = last.get(row["role"])
        last[row["role"]] = traveller
    return found


def covers(files: Sequence[Sequence[Trip]]) -> list[list[Cover]]:
    """What each of some files, imported together, covers without a gap, in their order.

    A file covers the time from its first trip to its last. Where the file of the predecessor is there as well, it covers the time since
    the predecessor's last trip, too; that of the first traveller of the published list, all time before. So a list with a file missing
    declares a hole.
    """
    spans = [_spans(trips) for trips in files]
    known = {traveller: span for own in spans for traveller, span in own.items()}
    return [[_cover(traveller, known) for traveller in sorted(own)] for own in spans]


def _spans(trips: Sequence[Trip]) -> dict[_Traveller, tuple[date, date]]:
    """The first and the last day of travel of each traveller."""
    found: dict[_Traveller, tuple[date, date]] = {}
    for t in trips:
        first, last = found.get((t.role.text, t.who), (t.first, t.last))
        found[t.role.text, t.who] = (min(first, t.first), max(last, t.last))
    return found


def _cover(traveller: _Traveller, known: Mapping[_Traveller, tuple[date, date]]) -> Cover:
    day = timedelta(days=1)
    first, last = known[traveller]
    begins: date | None = first
    if traveller in _predecessors():
        before = _predecessors()[traveller]
        if before is None:
            begins = None
        elif before in known:
            begins = min(first, known[before][1] + day)
    return Cover(traveller[0], begins, last + day)
