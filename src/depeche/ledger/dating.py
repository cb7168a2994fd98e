"""When a document without a date was published, as far as it can be told: from tenures, copies and the days that it names.

What a text names as present may lie in its past ("le président Hollande avait décidé"), never in its future: so a lower bound is believed,
an upper bound only where the lower ones allow it. Each bound is a reason that names the record it rests on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

import duckdb
import pyarrow as pa

from depeche.ledger.calendar import Said, parse_said, windows
from depeche.ledger.lists.leaders import OFFICE as LED
from depeche.ledger.persons import same_person
from depeche.ledger.tenures import READ

# A president-elect is called president before, a former one after his time, and lists have errors of weeks.
_LEEWAY = timedelta(days=45)
# A tenure that was read may reach beyond its witnesses: so many times their mean distance, which one in a hundred exceeds (-ln 0.01), and
# these days at the least, or where the witnesses are few. Tried on 1,500 hidden dates: with half of it 94 % instead of 97 lie inside.
_BEYOND, _LEAST_BEYOND = 4.6, timedelta(days=300)
_FEW, _BEYOND_FEW = 4, timedelta(days=900)
# Copies of an agency's text appear within days of each other, seldom weeks.
_COPY = timedelta(days=30)
_HEADS = frozenset({"head_of_state", "head_of_government"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """One bound of the interval [earliest, latest) and what gives it.

    `kind`: "tenure" (the text names the person as holder), "former" (as a former holder), "elect", "copy" (another document has this text),
    "date" (a past day that it names), "day" (days like "vendredi 12 mai", in a year within the other bounds). `record` is the id of the
    tenure mention, or of the document with the same text; `words` tell it in short; `office` is the office of a tenure. `used` is False for an upper bound that others overrule.
    """

    kind: str
    record: str
    words: str
    earliest: date | None
    latest: date | None
    office: str = ""
    used: bool = True


@dataclass(frozen=True, slots=True)
class Dating:
    """The interval [earliest, latest) in which a document was published, None where nothing bounds it, and why."""

    earliest: date | None
    latest: date | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A tenure: seen from `first` to `last`, begun after `begins_after`, ended before `ends_by`, both None where nothing tells."""

    source: str
    names: tuple[str, ...]
    first: date
    last: date
    begins_after: date | None
    ends_by: date | None
    witnesses: int


Tenures: TypeAlias = Mapping[tuple[str, str], Sequence["Held"]]


@dataclass(frozen=True, slots=True)
class Told:
    """A tenure mention of an undated document; `told` is its status by the words alone. `remembered`: its sentence names a year."""

    id: str
    of: str
    office: str
    person: str
    told: str
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class Clues:
    """All that may date one document. `copies`: documents with the same text and their days; `times`: what words give of the calendar
    (see `records.Time.said`), the tense around them, and the words."""

    told: tuple[Told, ...] = ()
    copies: tuple[tuple[str, date], ...] = ()
    times: tuple[tuple[str, str | None, str], ...] = ()


def date_document(clues: Clues, tenures: Tenures) -> Dating:
    """The interval of one document. `tenures` are those of the offices that it names, by state and office."""
    reasons = [r for told in clues.told if (r := _of_tenure(told, tenures)) is not None]
    reasons += [
        Reason("copy", other, f"copy of a text of {day}", day - _COPY, day + _COPY) for other, day in clues.copies
    ]
    said = [(parsed, tense, words) for text, tense, words in clues.times if (parsed := parse_said(text)) is not None]
    reasons += [_of_date(parsed, words) for parsed, tense, words in said if parsed.full and tense == "past"]
    if not reasons:
        return Dating(None, None, ())
    earliest, latest, judged = _meet(reasons)
    days = [parsed for parsed, _, _ in said if parsed.year is None and parsed.weekday is not None]
    ahead = all(tense == "future" for parsed, tense, _ in said if parsed in days)
    narrow = windows(days, earliest, latest, ahead=ahead)
    if narrow is not None:
        named = ", ".join(dict.fromkeys(words for parsed, _, words in said if parsed in days))
        judged.append(Reason("day", "", named, *narrow))
        earliest, latest = narrow
    return Dating(earliest, latest, tuple(judged))


def _meet(reasons: Sequence[Reason]) -> tuple[date | None, date | None, list[Reason]]:
    """The interval that all lower bounds allow, and those upper bounds that are above them; the others are marked as not used.

    Of two who are called the holder of one office, the text remembers the earlier.
    """
    earliest = max((r.earliest for r in reasons if r.earliest is not None), default=None)
    last: dict[str, date] = {}
    for r in reasons:
        last[r.office] = max(last.get(r.office, date.min), r.earliest or date.min)
    judged = []
    for r in reasons:
        remembered = bool(r.office) and (r.earliest or date.min) < last[r.office]
        above = r.latest is None or ((earliest is None or r.latest > earliest) and not remembered)
        judged.append(replace(r, used=above))
    return earliest, min((r.latest for r in judged if r.latest is not None and r.used), default=None), judged


def _of_date(said: Said, words: str) -> Reason:
    """A past day, month or year: the text is not older."""
    return Reason("date", "", words, said.first(), None)


def _of_tenure(told: Told, tenures: Tenures) -> Reason | None:
    """What the naming of a holder says of the day.

    Where the news of the ledger shows others in the office, whom a list alone knows is rather remembered than named as present: no upper
    bound.
    """
    offices = [told.office, LED] if told.office in _HEADS else [told.office]
    known = [h for office in offices for h in tenures.get((told.of, office), ())]
    mine = [h for h in known if _is(told.person, h)]
    if not mine:
        return None
    words = f"{told.person}, {told.office} of {told.of}"
    if told.told == "former":
        mine = [h for h in mine if h.source != READ or h.witnesses >= _FEW]
        if not mine:
            return None
        return Reason("former", told.id, words, max(h.last for h in mine) - _LEEWAY, None) if _alone(mine) else None
    if told.told == "elect":
        return Reason("elect", told.id, words, None, max(h.first for h in mine) + _LEEWAY)
    low, high = _reach(mine)
    if told.remembered or (any(h.source == READ for h in known) and not any(h.source == READ for h in mine)):
        high = None
    return Reason("tenure", told.id, words, low, high, office=f"{told.office} {told.of}") if low or high else None


def _reach(mine: Sequence[Held]) -> tuple[date | None, date | None]:
    """From when to when a text may call a person the holder. A list knows the bounds of a tenure; what was read knows its witnesses,
    and counts for the end of one that the list leaves open."""
    listed = [_bounds(h) for h in mine if h.source != READ]
    read = [_bounds(h) for h in mine if h.source == READ]
    low = _all(min, [low for low, _ in listed or read])
    high = _all(max, [high for _, high in listed]) or _all(max, [high for _, high in read])
    return low, high


def _all(best: Callable[[Iterable[date]], date], days: Sequence[date | None]) -> date | None:
    """The least or greatest of some days, None where one of them is open."""
    known = [day for day in days if day is not None]
    return best(known) if known and len(known) == len(days) else None


def _is(person: str, held: Held) -> bool:
    return person in held.names or any(same_person(person, name) for name in held.names)


def _alone(mine: Sequence[Held]) -> bool:
    """Do all sources give the person one time in the office, so that "former" can only mean after it?"""
    return all(sum(h.source == other.source for h in mine) == 1 for other in mine)


def _bounds(held: Held) -> tuple[date | None, date | None]:
    """The days between which a text may call the person the holder."""
    if held.source != READ:
        low = (held.begins_after or held.first) - _LEEWAY
        return low, held.ends_by + _LEEWAY if held.ends_by else None
    beyond = _beyond(held)
    lows, highs = [held.first - beyond], [held.last + beyond]
    if held.begins_after:
        lows.append(held.begins_after - _LEEWAY)
    if held.ends_by:
        highs.append(held.ends_by + _LEEWAY)
    return max(lows), min(highs)


def _beyond(held: Held) -> timedelta:
    """How far a tenure may reach beyond its witnesses."""
    if held.witnesses < _FEW:
        return _BEYOND_FEW
    return max(_LEAST_BEYOND, (held.last - held.first) * (_BEYOND / (held.witnesses - 1)))


def update(
    con: duckdb.DuckDBPyConnection, documents: Collection[str], offices: Collection[tuple[str | None, str]]
) -> None:
    """Date the documents without a date anew that a change touches: those of `documents`, those that name holders of `offices`.

    `documents` are what came and went, and what has another origin now; `offices` those whose tenures may have changed. The result depends
    on what the ledger holds, not on the order in which it came.
    """
    touched = _touched(con, documents, offices)
    if not touched:
        return
    clues, tenures = _clues(con, touched), _tenures(con, touched)
    found = [(document, date_document(clues[document], tenures)) for document in touched]
    con.register("datings", pa.table({
        "id": [document for document, _ in found], "earliest": pa.array([d.earliest for _, d in found], pa.date32()),
        "latest": pa.array([d.latest for _, d in found], pa.date32()), "dating": [_reasons_json(d.reasons) for _, d in found],
    }))  # fmt: skip
    con.execute(
        "UPDATE documents SET earliest = n.earliest, latest = n.latest, dating = n.dating FROM datings n WHERE documents.id = n.id"
    )
    con.unregister("datings")


def _reasons_json(reasons: Iterable[Reason]) -> str:
    return json.dumps([asdict(r) for r in reasons], ensure_ascii=False, default=str)


_UNDATED = "d.kind = 'text' AND d.published IS NULL"


def _touched(
    con: duckdb.DuckDBPyConnection, documents: Collection[str], offices: Collection[tuple[str | None, str]]
) -> list[str]:
    """The undated documents that a change concerns, in order."""
    if con.execute(f"SELECT 1 FROM documents d WHERE {_UNDATED} LIMIT 1").fetchone() is None:
        return []
    pairs = {(of, office) for of, office in offices if of}
    pairs |= {(of, head) for of, office in pairs if office == LED for head in _HEADS}
    wanted = {"documents": list(documents), "pairs": [f"{of}\n{office}" for of, office in sorted(pairs)]}
    rows = con.execute(
        f"""SELECT d.id FROM documents d WHERE {_UNDATED} AND (
            d.id IN (SELECT unnest($documents))
            OR d.origin IN (SELECT origin FROM documents WHERE id IN (SELECT unnest($documents)))
            OR EXISTS (SELECT 1 FROM (SELECT unnest($documents) AS gone) WHERE contains(CAST(d.dating AS VARCHAR), gone))
            OR d.id IN (SELECT document FROM tenure_mentions WHERE "of" || chr(10) || office_key IN (SELECT unnest($pairs)))
        ) ORDER BY d.id""",
        wanted,
    ).fetchall()
    return [document for (document,) in rows]


# A tenure mention, and whether a year is named within the same sentence.
_TOLD = """
WITH own AS (
    SELECT m.document, m.id, m."of", m.office_key, m.person_key, m.told, m.office_start FROM tenure_mentions m
    WHERE m.document IN (SELECT unnest(?)) AND m."of" IS NOT NULL AND m.basis <> 'resolved'
),
spans AS (
    SELECT d.id AS document, unnest(from_json(d.sentences, '[["INTEGER"]]')) AS span
    FROM documents d WHERE d.id IN (SELECT document FROM own)
),
years AS (
    SELECT DISTINCT s.document, s.span[1] AS start, s.span[2] AS stop FROM spans s JOIN times t ON t.document = s.document
    WHERE t.start >= s.span[1] AND t.start < s.span[2] AND regexp_matches(t.said, '^[0-9]{4}')
)
SELECT o.document, o.id, o."of", o.office_key, o.person_key, o.told,
    EXISTS (SELECT 1 FROM years y WHERE y.document = o.document AND o.office_start >= y.start AND o.office_start < y.stop)
FROM own o ORDER BY o.id
"""


def _clues(con: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> dict[str, Clues]:
    told: dict[str, list[Told]] = defaultdict(list)
    copies: dict[str, list[tuple[str, date]]] = defaultdict(list)
    times: dict[str, list[tuple[str, str | None, str]]] = defaultdict(list)
    for document, *rest in con.execute(_TOLD, [documents]).fetchall():
        told[document].append(Told(*rest))
    for document, other, day in con.execute(
        "SELECT d.id, o.id, o.published FROM documents d JOIN documents o ON o.origin = d.origin AND o.id <> d.id "
        "WHERE d.id IN (SELECT unnest(?)) AND o.published IS NOT NULL ORDER BY o.id",
        [documents],
    ).fetchall():
        copies[document].append((other, day))
    for document, said, tense, words in con.execute(
        'SELECT t.document, t.said, t.tense, substring(d.text, t.start + 1, t."end" - t.start) FROM times t '
        "JOIN documents d ON d.id = t.document WHERE t.document IN (SELECT unnest(?)) AND t.said IS NOT NULL ORDER BY t.document, t.start",
        [documents],
    ).fetchall():
        times[document].append((said, tense, words))
    return {d: Clues(tuple(told[d]), tuple(copies[d]), tuple(times[d])) for d in documents}


def _tenures(con: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> Tenures:
    """The tenures of the offices that documents name, and of the heads whom lists call by no title."""
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    rows = con.execute(
        f"""WITH named AS (
            SELECT DISTINCT "of", office_key FROM tenure_mentions WHERE document IN (SELECT unnest(?)) AND "of" IS NOT NULL
            UNION SELECT DISTINCT "of", '{LED}' FROM tenure_mentions WHERE document IN (SELECT unnest(?)) AND "of" IS NOT NULL
        )
        SELECT t."of", t.office_key, t.source, t.names, t.first_seen, t.last_seen, t.begins_after, t.ends_by, t.witnesses
        FROM tenures t JOIN named n ON t."of" = n."of" AND t.office_key = n.office_key ORDER BY t.id""",
        [documents, documents],
    ).fetchall()
    for of, office, source, names, *rest in rows:
        found[of, office].append(Held(source, tuple(names), *rest))
    return found
