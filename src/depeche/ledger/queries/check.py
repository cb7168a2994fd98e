"""What a claim is checked against: mentions that may be what it speaks of, who they name, who held which office, what was covered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

import duckdb


class Sought(NamedTuple):
    """Which mentions may matter: of a type (and one mode of it), by somebody and to somebody or somewhere, since a day.

    Empty `countries` and `keys` (folded names) leave a side open, as None does `mode` and `since`; a mention whose doer is of no known
    country is kept, for it may fit.
    """

    type: str
    mode: str | None = None
    since: date | None = None
    countries: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    target_keys: tuple[str, ...] = ()
    placed: bool = False  # the target is where it happened, not whom it was done to


class Mention(NamedTuple):
    """One event mention with its document and place. Days are half-open; offsets are those of the document's text."""

    id: str
    event: str
    document: str
    kind: str
    name: str
    lang: str
    published: date | None
    type: str
    mode: str | None
    status: str
    start: int
    end: int
    begins: date | None
    ends: date | None
    day: date | None
    day_from: str
    place: str | None
    place_key: str | None
    country: str | None
    rule: str
    origin: str
    negated: bool


class Side(NamedTuple):
    """Somebody in an event mention, as `participants` keeps him; `office` is the office that stands for an actor without a name."""

    mention: str
    role: str
    words: str
    name: str
    key: str
    kind: str | None
    country: str | None
    sector: str | None
    office: str | None


class Held(NamedTuple):
    """A tenure: surely held on the days [first, last], surely not before `after` and from `by` on (None: not known)."""

    person: str
    office: str
    of: str | None
    first: date | None
    last: date | None
    after: date | None
    by: date | None
    source: str


class Said(NamedTuple):
    """What one document says of a person's office; `listed`: a row of a list says so of the day `as_of` alone."""

    document: str
    person: str
    office: str
    of: str | None
    status: str
    listed: bool
    as_of: date | None


class Covered(NamedTuple):
    """Days of which a list declares to hold all happenings of a type by the holders of an office; `begins` None: from the first ever."""

    document: str
    list: str
    type: str
    mode: str | None
    office: str
    of: str
    begins: date | None
    ends: date


class Read(NamedTuple):
    """How many dated documents of a month were read, and how many of them deal with both sides of a claim."""

    month: date
    documents: int
    near: int


# The place is the most telling: first what happened there, or nobody knows where in a document that deals with it; then who took part,
# in one pass through the participants.
_MENTIONS = """
WITH spots AS MATERIALIZED (
    SELECT id, country IS NULL AS unknown FROM places WHERE country IS NULL OR country IN (SELECT unnest($target))
), near AS (
    SELECT DISTINCT document FROM actors
    WHERE country IN (SELECT unnest($target)) OR key IN (SELECT unnest($target_keys))
), typed AS MATERIALIZED (
    SELECT m.id, m.event, m.document, m.type, m.mode, m.status, m.start, m."end", m.begins, m.ends, m.day, m.day_from, m.place, m.rule
    FROM event_mentions m LEFT JOIN spots s ON s.id = m.place
    WHERE m.type = $type AND m.mode IS NOT DISTINCT FROM coalesce($mode, m.mode)
        AND ($since IS NULL OR m.day IS NULL OR m.day >= $since OR m.ends > $since)
        AND (NOT $placed OR NOT s.unknown OR ((m.place IS NULL OR s.unknown) AND m.document IN (SELECT document FROM near)))
), named AS MATERIALIZED (
    SELECT p.mention, p.role, p.n, p.words, p.name, p.key, p.kind, p.country, p.sector, p.office_key
    FROM participants p JOIN typed t ON t.id = p.mention
), wanted AS (
    SELECT mention FROM (
        SELECT mention, country IN (SELECT unnest($countries)) OR key IN (SELECT unnest($keys))
            OR (country IS NULL AND role = 'actor' AND kind IN ('person', 'office')) AS doer,
            country IN (SELECT unnest($target)) OR key IN (SELECT unnest($target_keys)) AS target
        FROM named
    ) GROUP BY mention HAVING ($any_doer OR bool_or(doer)) AND ($placed OR $any_target OR bool_or(target))
), sides AS (
    SELECT mention, list([mention, role, words, name, key, kind, country, sector, office_key] ORDER BY role, n) AS sides
    FROM named SEMI JOIN wanted USING (mention) GROUP BY mention
)
SELECT m.id, m.event, m.document, d.kind, d.name, d.lang, d.published, m.type, m.mode, m.status, m.start, m."end",
    m.begins, m.ends, m.day, m.day_from, p.name AS place, p.key AS place_key, p.country, m.rule, d.origin, n.mention IS NOT NULL AS negated, s.sides
FROM typed m
    JOIN sides s ON s.mention = m.id
    JOIN documents d ON d.id = m.document
    LEFT JOIN places p ON p.id = m.place
    LEFT JOIN (SELECT DISTINCT mention FROM claims WHERE kind IN ('never', 'since')) n ON n.mention = m.id
ORDER BY m.day, m.id
"""


def mentions(con: duckdb.DuckDBPyConnection, sought: Sought) -> list[tuple[Mention, list[Side]]]:
    """The mentions that may matter with those whom they name, by their days. Where it happened may be unknown, if the document deals
    with the target."""
    rows = con.execute(
        _MENTIONS,
        {
            "type": sought.type, "mode": sought.mode, "since": sought.since,
            "countries": list(sought.countries), "keys": list(sought.keys), "any_doer": not (sought.countries or sought.keys),
            "target": list(sought.target), "target_keys": list(sought.target_keys), "placed": sought.placed,
            "any_target": not (sought.target or sought.target_keys),
        },
    ).fetchall()  # fmt: skip
    return [(Mention(*row[:-1]), [Side(*side) for side in row[-1]]) for row in rows]


def sides(con: duckdb.DuckDBPyConnection, ids: Collection[str]) -> list[Side]:
    """Who the mentions name."""
    return [
        Side(*row)
        for row in con.execute(
            "SELECT mention, role, words, name, key, kind, country, sector, office_key FROM participants "
            "SEMI JOIN (SELECT unnest(?) AS mention) USING (mention) ORDER BY mention, role, n",
            [list(ids)],
        ).fetchall()
    ]


def tenures(con: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> list[Held]:
    """The tenures of persons by any of the folded names that they are known under; `person` is the name asked for."""
    return [
        Held(*row)
        for row in con.execute(
            'SELECT k.key, office_key, "of", first_seen, last_seen, begins_after, ends_by, source '
            "FROM (SELECT unnest(names) AS key, * FROM tenures) k SEMI JOIN (SELECT unnest(?) AS key) USING (key) ORDER BY ALL",
            [sorted(set(keys))],
        ).fetchall()
    ]


def holders(con: duckdb.DuckDBPyConnection, office: str, of: str) -> list[Held]:
    """The tenures of all who held an office of a state or body."""
    return [
        Held(*row)
        for row in con.execute(
            'SELECT person_key, office_key, "of", first_seen, last_seen, begins_after, ends_by, source FROM tenures '
            'WHERE office_key = ? AND "of" = ? ORDER BY ALL',
            [office, of],
        ).fetchall()
    ]


def said(con: duckdb.DuckDBPyConnection, documents: Collection[str], keys: Collection[str]) -> list[Said]:
    """What documents themselves say of the offices of persons."""
    return [
        Said(*row)
        for row in con.execute(
            "SELECT DISTINCT document, person_key, office_key, \"of\", status, basis = 'listed', as_of FROM tenure_mentions "
            "SEMI JOIN (SELECT unnest(?) AS document) USING (document) "
            "SEMI JOIN (SELECT unnest(?) AS person_key) USING (person_key) ORDER BY ALL",
            [sorted(set(documents)), sorted(set(keys))],
        ).fetchall()
    ]


def covered(con: duckdb.DuckDBPyConnection, type: str) -> list[Covered]:
    """What the lists of the ledger declare to cover of a type."""
    return [
        Covered(*row)
        for row in con.execute(
            'SELECT c.document, coalesce(d.outlet, d.name), c.type, c.mode, c.office_key, c."of", c.begins, c.ends FROM list_coverage c '
            "JOIN documents d ON d.id = c.document WHERE c.type = ? ORDER BY ALL",
            [type],
        ).fetchall()
    ]


class Named(NamedTuple):
    """Countries and folded names by which documents are told that deal with one side of a claim; nothing in it: all documents do."""

    countries: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


_READ = """
WITH one AS (
    SELECT document FROM actors WHERE country IN (SELECT unnest($countries)) OR key IN (SELECT unnest($keys))
    UNION
    SELECT document FROM event_mentions m JOIN places p ON p.id = m.place WHERE p.country IN (SELECT unnest($countries))
), other AS (
    SELECT DISTINCT document FROM actors WHERE country IN (SELECT unnest($countries2)) OR key IN (SELECT unnest($keys2))
)
SELECT date_trunc('month', d.published)::DATE AS month, count(*),
    count(*) FILTER (($any OR o.document IS NOT NULL) AND ($any2 OR t.document IS NOT NULL))
FROM documents d LEFT JOIN one o ON o.document = d.id LEFT JOIN other t ON t.document = d.id
WHERE d.kind = 'text' AND d.published >= $first AND d.published < $last
GROUP BY month ORDER BY month
"""


def documents_read(con: duckdb.DuckDBPyConnection, one: Named, other: Named, first: date, last: date) -> list[Read]:
    """The documents published on the days [first, last), by month; those count as near that deal with both sides."""
    values = {
        "countries": list(one.countries), "keys": list(one.keys), "any": one == Named(),
        "countries2": list(other.countries), "keys2": list(other.keys), "any2": other == Named(), "first": first, "last": last,
    }  # fmt: skip
    return [Read(*row) for row in con.execute(_READ, values).fetchall()]


def span_read(con: duckdb.DuckDBPyConnection) -> tuple[date | None, date | None]:
    """The first and last day of publication of what was read."""
    row = con.execute("SELECT min(published), max(published) FROM documents WHERE kind = 'text'").fetchone()
    return (row[0], row[1]) if row else (None, None)


def first_day(con: duckdb.DuckDBPyConnection, document: str) -> date | None:
    """The first day that a document's mentions tell of."""
    row = con.execute("SELECT min(begins) FROM event_mentions WHERE document = ?", [document]).fetchone()
    return row[0] if row else None


def words(con: duckdb.DuckDBPyConnection, spans: Iterable[tuple[str, int, int]]) -> list[str]:
    """The words of stretches (document, start, end), in their order: cut in Python, whose offsets are code points."""
    asked = list(spans)
    ids = sorted({document for document, _, _ in asked})
    texts = dict(
        con.execute("SELECT id, text FROM documents JOIN (SELECT unnest(?) AS id) USING (id)", [ids]).fetchall()
    )
    return [texts[document][start:end] for document, start, end in asked]


class ClaimRow(NamedTuple):
    """A claim of the ledger with the event mention that it stands on. Days are half-open."""

    id: str
    document: str
    name: str
    lang: str
    published: date | None
    kind: str
    start: int
    end: int
    text: str
    mention: str | None
    type: str | None
    mode: str | None
    subject: str | None
    subject_country: str | None
    since: str | None
    until: str | None
    n: int | None
    rule: str
    event: str | None
    begins: date | None
    ends: date | None
    place: str | None
    place_start: int | None
    country: str | None
    narrowed: str | None
    frame: str | None


class ClaimFilter(NamedTuple):
    """Which claims: of a kind, of an event type, about a country (who did it or where), published on the days [first, last), with some
    words in them, of one document. What is None is open."""

    kind: str | None = None
    type: str | None = None
    country: str | None = None
    first: date | None = None
    last: date | None = None
    words: str | None = None
    document: str | None = None


_CLAIMS = """
SELECT c.id, c.document, d.name, d.lang, d.published, c.kind, c.start, c."end", c.text, c.mention, c.type, c.mode, c.subject,
    c.subject_country, c.since, c.until, c.n, c.rule, m.event, m.begins, m.ends, p.name, m.place_start, p.country, c.narrowed, m.rule
FROM claims c
    JOIN documents d ON d.id = c.document
    LEFT JOIN event_mentions m ON m.id = c.mention
    LEFT JOIN places p ON p.id = m.place
WHERE ($kind IS NULL OR c.kind = $kind)
    AND ($type IS NULL OR c.type = $type)
    AND ($country IS NULL OR c.subject_country = $country OR c.object_country = $country OR p.country = $country)
    AND ($first IS NULL OR d.published >= $first)
    AND ($last IS NULL OR d.published < $last)
    AND ($words IS NULL OR contains(lower(c.text), lower($words)))
    AND ($document IS NULL OR c.document = $document)
ORDER BY d.published, c.document, c.start, c.id
"""


def claims(con: duckdb.DuckDBPyConnection, wanted: ClaimFilter) -> list[ClaimRow]:
    """The claims of the ledger, by the day of publication."""
    return [ClaimRow(*row) for row in con.execute(_CLAIMS, wanted._asdict()).fetchall()]
