"""Small ledgers for checks, made of rows: no text is read and no model is needed."""

from __future__ import annotations

import json
from datetime import date, timedelta

import duckdb

from depeche.analysis.check import ClaimOptions, Verdict, check_options
from depeche.ledger.keys import fold
from depeche.ledger.store import migrations

DAY = timedelta(days=1)
COUNTRIES = {
    "Alger": "DZA",
    "Oran": "DZA",
    "Tunis": "TUN",
    "Rabat": "MAR",
    "Moscou": "RUS",
    "Kiev": "UKR",
    "Yalta": "SUN",
}


class Book:
    """A ledger in memory. Days are ISO; what is not given is what is most usual."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        for step in migrations():
            self.con.execute(step.sql)

    def article(self, text: str, published: str | None, *, name: str = "", about: tuple[str, ...] = ()) -> str:
        """A document, and the countries that it deals with."""
        document = f"d{self._count('documents')}"
        self._put(
            "documents", id=document, kind="text", name=name or document, lang="fr", published=published, text=text, source="text",
            blocks="[]", sentences="[]", model="m", reader="r", origin=document,
        )  # fmt: skip
        for code in about:
            self._put("actors", id=f"{document}-{code}", document=document, kind="state", name=code, name_start=0, name_end=1,
                      key=code.lower(), country=code)  # fmt: skip
        return document

    def months(self, first: str, end: str, *about: str) -> None:
        """An article on some countries in each month [first, end), "YYYY-MM"."""
        year, month = map(int, first.split("-"))
        while f"{year}-{month:02}" < end:
            self.article("Rien de neuf.", f"{year}-{month:02}-10", about=about)
            year, month = year + month // 12, month % 12 + 1

    def travels(self, begins: str | None, ends: str, office: str = "minister.defence", of: str = "USA") -> str:
        """A list that covers all visits abroad by the holders of an office on the days [begins, ends)."""
        document = f"l{self._count('documents')}"
        self._put(
            "documents", id=document, kind="list", name=document, outlet="travels", lang="en", text="row " * 50, source="list",
            blocks="[]", sentences="[]", model="none", reader="list", origin=document,
        )  # fmt: skip
        self.covers(document, begins, ends, office, of)
        return document

    def covers(
        self, document: str, begins: str | None, ends: str, office: str = "minister.defence", of: str = "USA"
    ) -> None:
        """One more time that a list covers."""
        self._put(
            "list_coverage",
            document=document,
            type="CONSULT",
            mode="visit",
            office_key=office,
            of=of,
            begins=begins,
            ends=ends,
        )

    def deed(
        self,
        document: str,
        who: str,
        days: str | None = None,
        *,
        place: str | None = "Alger",
        type: str = "CONSULT",
        mode: str | None = "visit",
        status: str = "actual",
        kind: str = "person",
        country: str | None = "USA",
        sector: str | None = "GOV",
        host: tuple[str, str, str] | None = None,
        event: str | None = None,
    ) -> str:
        """An event mention: `days` "2015-05-03", "2015-05-03/2015-05-04" (both included) or "2015-05"; `host`: words, kind, country."""
        mention = f"m{self._count('event_mentions')}"
        begins, ends = _days(days)
        row = self.con.execute("SELECT published FROM documents WHERE id = ?", [document]).fetchone()
        published = row[0] if row else None
        if place is not None:
            self.con.execute(
                "INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, NULL, NULL)",
                [place, place, fold(place), COUNTRIES[place]],
            )
        self._put(
            "event_mentions", id=mention, document=document, record=mention, type=type, mode=mode, status=status, contexts="[]",
            start=0, end=3, trigger="row", triggers="[]", cues="[]", place=place, begins=begins, ends=ends, grain="day",
            day=begins or published, day_from="text" if begins else "publication", rule="r", reasons="[]", event=event or mention,
        )  # fmt: skip
        self._side(mention, document, "actor", who, kind, country, sector)
        if host is not None:
            self._side(mention, document, "recipient", *host, None)
            words, host_kind, code = host
            self._put("actors", id=f"{mention}-host", document=document, kind=host_kind, name=words, name_start=0, name_end=1,
                      key=fold(words), country=code)  # fmt: skip
        return mention

    def join(self, mention: str, who: str) -> None:
        """One more who did a deed."""
        row = self.con.execute("SELECT document FROM event_mentions WHERE id = ?", [mention]).fetchone()
        self._side(mention, row[0] if row else "", "actor", who, "person", None, None)

    def says(self, document: str, who: str, as_of: str, office: str = "minister.defence", of: str = "USA") -> None:
        """A document's word for who holds an office."""
        self._put(
            "tenure_mentions", id=f"s{self._count('tenure_mentions')}", document=document, record="s", person=who, person_start=0,
            person_end=1, person_key=fold(who), office=office, office_start=0, office_end=1, office_key=office, of=of, status="current",
            told="current", basis="stated", as_of=as_of, start=0, end=1, rule="r",
        )  # fmt: skip

    def held(self, who: str, first: str, last: str, office: str = "minister.defence", of: str = "USA") -> None:
        """A tenure with witnesses on its first and last day, and bounds a day beyond."""
        begins, ends = date.fromisoformat(first), date.fromisoformat(last)
        self._put(
            "tenures", id=f"t{self._count('tenures')}", person=who, person_key=fold(who), names=[fold(who)], office=office,
            office_key=office, of=of, first_seen=begins, last_seen=ends, begins_after=begins - DAY, begins_by=begins, ends_after=ends,
            ends_by=ends + DAY, witnesses=2, documents=2, doubts="[]", source="read",
        )  # fmt: skip

    def check(self, **parts: object) -> Verdict:
        """The verdict on a claim about visits of the US minister of defence to Algeria, unless the parts say otherwise; one document
        makes the silence of a month count."""
        usual: dict[str, object] = {
            "mode": "visit",
            "subject": "ministre de la Défense",
            "of": "USA",
            "place": "DZA",
            "lang": "fr",
            "least": 1,
        }
        given = {**usual, **parts}
        return check_options(self.con, ClaimOptions(**{k: v for k, v in given.items() if v is not None})).verdicts[0]  # type: ignore[arg-type]

    def _side(
        self,
        mention: str,
        document: str,
        role: str,
        who: str,
        kind: str | None,
        country: str | None,
        sector: str | None,
    ) -> None:
        self._put(
            "participants", mention=mention, document=document, role=role, n=0, words=who, start=0, end=1, name=who, name_start=0,
            name_end=1, key=fold(who), kind=kind, country=country, sector=sector,
        )  # fmt: skip

    def _count(self, table: str) -> int:
        row = self.con.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(row[0]) if row else 0

    def _put(self, table: str, **values: object) -> None:
        names = ", ".join(f'"{name}"' for name in values)
        self.con.execute(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", list(values.values())
        )


def _days(words: str | None) -> tuple[date | None, date | None]:
    if words is None:
        return None, None
    first, _, last = words.partition("/")
    if len(first) == 7:
        year, month = map(int, first.split("-"))
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return date.fromisoformat(first), date.fromisoformat(last or first) + DAY


def plain(verdict: Verdict) -> dict[str, object]:
    """The answer as a program reads it: through JSON and back."""
    found: dict[str, object] = json.loads(json.dumps(verdict.to_dict()))
    return found
