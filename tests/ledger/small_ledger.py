"""A small ledger written row by row: what answers say of it is known without reading a text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from depeche.ledger.keys import fold
from depeche.ledger.store import Store
from depeche.ledger.tables import insert_rows

Row = dict[str, object]


@dataclass(frozen=True)
class Who:
    """Somebody in an event."""

    name: str
    country: str | None = None
    kind: str = "person"
    main: bool = True
    office_key: str | None = None


@dataclass(frozen=True)
class Told:
    """One event with one mention for each of `documents`, whose words are `words`."""

    id: str
    type: str
    words: str
    day: str | None
    actors: tuple[Who, ...] = ()
    recipients: tuple[Who, ...] = ()
    mode: str | None = None
    status: str = "actual"
    last: str | None = None
    day_from: str = "text"
    place: str | None = None
    country: str | None = None
    documents: tuple[str, ...] = ("a",)
    origins: int = 1
    holder_kind: str | None = None
    disagreements: str = "{}"


#: Coordinates of the places by name.
SPOTS = {
    "Tunis": (36.8, 10.2),
    "Alger": (36.7, 3.1),
    "Algérie": (36.7, 3.1),
    "Rabat": (34.0, -6.8),
    "Lyon": (45.7, 4.8),
}


class Maker:
    """Collects rows and writes them at once."""

    def __init__(self, path: Path) -> None:
        self.store = Store(path, create=True)
        self._texts: dict[str, Row] = {}
        self._rows: dict[str, list[Row]] = {}

    def document(
        self,
        id: str,
        published: str | None,
        outlet: str = "Le Fanal",
        text: str = "",
        kind: str = "text",
        origin: str = "",
    ) -> None:
        """A document; what its events and quotes say is added to its text."""
        self._texts[id] = {
            "id": id, "kind": kind, "name": f"depeche-{id}", "outlet": outlet, "lang": "fr", "published": published and date.fromisoformat(published),
            "text": text, "source": "text", "blocks": "[]", "sentences": "[]", "model": "m", "reader": "r", "origin": origin or id,
        }  # fmt: skip

    def _say(self, document: str, words: str) -> tuple[int, int]:
        """Put words into a document's text, after others; gives their offsets."""
        text = str(self._texts[document]["text"])
        start = len(text) + 1
        self._texts[document]["text"] = f"{text} {words}"
        return start, start + len(words)

    def event(self, told: Told) -> None:
        """An event with its sides and members."""
        days = [d and date.fromisoformat(d) for d in (told.day, told.last or told.day)]
        place = told.place and fold(told.place)
        sides = [("actor", told.actors), ("recipient", told.recipients)]
        codes = {role: " ".join(sorted({w.country or "-" for w in people if w.main})) for role, people in sides}
        published = [p for d in told.documents if (p := self._texts[d]["published"])]
        self._add("events", {
            "id": told.id, "type": told.type, "mode": told.mode, "cameo": None, "status": told.status, "day": days[0], "day_last": days[1],
            "day_from": told.day_from if told.day else "none", "place": place, "country": told.country, "acting": codes["actor"],
            "receiving": codes["recipient"], "mentions": len(told.documents), "documents": len(told.documents), "origins": told.origins,
            "published_first": min(published, default=None), "published_last": max(published, default=None),
            "disagreements": told.disagreements,
        })  # fmt: skip
        for role, people in sides:
            for who in people:
                self._add("event_sides", {
                    "event": told.id, "role": role, "key": fold(who.name), "name": who.name, "kind": who.kind, "country": who.country,
                    "sector": None, "mentions": 1, "main": who.main,
                })  # fmt: skip
        if place:
            latitude, longitude = SPOTS.get(told.place or "", (None, None))
            self._add(
                "places",
                {
                    "id": place,
                    "name": told.place,
                    "key": place,
                    "country": told.country,
                    "latitude": latitude,
                    "longitude": longitude,
                },
            )
        for n, document in enumerate(told.documents):
            self._member(told, f"{told.id}m{n}", document, days[0], place)

    def _member(self, told: Told, id: str, document: str, day: date | None, place: str | None) -> None:
        start, end = self._say(document, told.words)
        first = told.words.split()[0]
        self._add("event_mentions", {
            "id": id, "document": document, "record": id, "type": told.type, "mode": told.mode, "status": told.status, "contexts": "[]",
            "start": start, "end": end, "trigger": first, "cues": "[]", "place": place,
            "triggers": json.dumps([{"start": start, "end": start + len(first), "text": first}]), "day": day,
            "day_from": told.day_from if told.day else "none", "holder_kind": told.holder_kind, "rule": "r", "reasons": "[]", "event": told.id,
        })  # fmt: skip
        for role, people in (("actor", told.actors), ("recipient", told.recipients)):
            for n, who in enumerate(people):
                self._add("participants", {
                    "mention": id, "document": document, "role": role, "n": n, "words": who.name, "start": 0, "end": 1, "name": who.name,
                    "name_start": 0, "name_end": 1, "key": fold(who.name), "kind": who.kind, "country": who.country,
                    "office_key": who.office_key,
                })  # fmt: skip

    def quote(self, id: str, document: str, speaker: str, country: str | None, text: str, kind: str = "direct") -> None:
        """A quote of somebody named."""
        start, end = self._say(document, text)
        span = {"start": 0, "end": len(speaker), "text": speaker}
        chain = [
            {
                "kind": "named",
                "holder": span,
                "words": span,
                "cue": {"start": 0, "end": 3, "text": "dit"},
                "rule": "r",
                "actor": None,
            }
        ]
        self._add("quotes", {
            "id": id, "document": document, "record": id, "kind": kind, "start": start, "end": end, "text": text, "speaker": speaker,
            "speaker_key": fold(speaker), "speaker_kind": "named", "speaker_country": country, "chain": json.dumps(chain), "rule": "r",
        })  # fmt: skip

    def tenure(self, id: str, person: str, office: str, of: str, first: str, last: str) -> None:
        """A tenure with ten witnesses."""
        self._add("tenures", {
            "id": id, "person": person, "person_key": fold(person), "names": [fold(person)], "office": office, "office_key": office, "of": of,
            "first_seen": date.fromisoformat(first), "last_seen": date.fromisoformat(last), "witnesses": 10, "documents": 5, "doubts": "[]",
            "source": "read",
        })  # fmt: skip

    def _add(self, table: str, row: Row) -> None:
        rows = self._rows.setdefault(table, [])
        if table != "places" or row not in rows:
            rows.append(row)

    def write(self) -> Store:
        """Write everything."""
        with self.store.connect(write=True) as con:
            insert_rows(con, "documents", list(self._texts.values()))
            for table, rows in self._rows.items():
                insert_rows(con, table, rows)
        return self.store


USA, DZA, TUN, RUS = (
    Who(n, c, "state") for n, c in (("États-Unis", "USA"), ("Algérie", "DZA"), ("Tunisie", "TUN"), ("Russie", "RUS"))
)
ESPER = Who("Mark Esper", "USA")
TEBBOUNE = Who("Abdelmadjid Tebboune", "DZA")
CHIEF = Who("le chef du Pentagone", "USA", "office", office_key="minister.defence")

EVENTS: Sequence[Told] = (
    Told("e01", "CONSULT", "étape à Tunis du ministre", "2020-09-30", (ESPER,), (Who("Kaïs Saïed", "TUN"),), "visit", place="Tunis", country="TUN", documents=("a",)),
    Told("e02", "CONSULT", "reçu à Alger par le président", "2020-10-01", (ESPER,), (TEBBOUNE,), "visit", place="Alger", country="DZA", documents=("a", "b", "c"), origins=2, disagreements='{"day": [{"value": "2020-10-01", "mentions": ["e02m0"]}, {"value": "2020-10-02", "mentions": ["e02m1"]}]}'),
    Told("e03", "CONSULT", "attendu à Rabat vendredi", "2020-10-02", (CHIEF,), (), "visit", place="Rabat", country="MAR", documents=("b",)),
    Told("e04", "CONSULT", "se rendra à Moscou", "2020-11-05", (TEBBOUNE,), (RUS,), "visit", "planned", place="Moscou", country="RUS", documents=("b",)),
    Told("e05", "ACCUSE", "accuse Washington d'ingérence", "2020-10-12", (RUS,), (USA,), "allege", documents=("c",), holder_kind="media"),
    Told("e06", "AID", "livre du blé à l'Algérie", "2020-10-15", (RUS,), (DZA,), documents=("c",)),
    Told("e07", "SANCTION", "sanctionne Moscou en 2020", "2020-01-01", (USA,), (RUS,), last="2020-12-31", documents=("c",)),
    Told("e08", "CONSULT", "se sont parlé au téléphone", "2020-10-20", (ESPER, Who("Sergueï Choïgou", "RUS")), (), "phone", documents=("d",)),
    Told("e09", "ASSAULT", "ont bombardé un camp", "2020-10-21", (USA, RUS), (Who("un camp", None, "armed_group"),), "aerial", documents=("d",)),
    Told("e10", "CONSULT", "en visite à Lyon", "2020-10-22", (Who("Jean Valmy", "FRA"),), (), "visit", place="Lyon", country="FRA", documents=("d",)),
    Told("e11", "CONSULT", "visite la Russie", None, (USA,), (RUS,), "visit", documents=("e",)),
    Told("e12", "AID", "prêtait à Alger avant la guerre", "1962-03-19", (RUS,), (DZA,), documents=("e",)),
    Told("e13", "PROTEST", "a défilé « contre l'État » 😀 à Alger", "2020-10-02", (Who("la foule", "DZA", "crowd"),), (), "demo", place="Alger", country="DZA", documents=("b",)),
    Told("e14", "CONSULT", "rencontre, dit la liste, à Alger", "2020-10-01", (ESPER,), (TEBBOUNE, DZA), "visit", place="Algérie", country="DZA", documents=("l",)),
)  # fmt: skip


def small_ledger(path: Path) -> Store:
    """The ledger of EVENTS, with a few quotes and tenures."""
    maker = Maker(path)
    maker.document("a", "2020-10-01", "Agence du Rivage")
    maker.document("b", "2020-10-02")
    maker.document("c", "2020-10-16", origin="b")
    maker.document("d", "2020-12-01")
    maker.document("e", None)
    maker.document("l", None, "Liste des voyages", kind="list")
    for told in EVENTS:
        maker.event(told)
    maker.quote("q1", "a", "Abdelmadjid Tebboune", "DZA", "Nous voulons du pétrole et la paix")
    maker.quote("q2", "b", "Mark Esper", "USA", "L'Amérique reviendra", "indirect")
    maker.quote("q3", "e", "un diplomate", None, "rien de neuf")
    maker.tenure("t1", "Mark Esper", "minister.defence", "USA", "2019-07-23", "2020-11-09")
    return maker.write()
