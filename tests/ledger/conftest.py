"""A few dispatches, read once."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import depeche
from depeche.ledger.rows import DocumentRows, rows_of
from depeche.ledger.store import Store
from depeche.records import Reading

sys.path.insert(0, str(Path(__file__).parent))

DISPATCHES = (
    ("2024-05-14", "Agence du Rivage", "Le ministre malien de la Défense, Sadio Camara, a reçu lundi à Bamako l'ambassadeur de Turquie. « Nous voulons coopérer », a déclaré M. Camara."),
    ("2024-05-14", "Le Fanal", "Le ministre malien de la Défense, Sadio Camara, a reçu lundi à Bamako l'ambassadeur turc, ont annoncé les autorités maliennes."),
    ("2024-05-15", "Agence du Rivage", "Trois soldats nigériens ont été tués mardi dans une attaque près de Tillabéri, selon le ministère de la Défense."),
    ("2024-05-15", "Le Fanal", "Au moins quatre soldats nigériens ont péri mardi lors d'une attaque près de Tillabéri, selon une source de sécurité."),
    ("2024-05-16", "Agence du Rivage", "Le président algérien, Abdelmadjid Tebboune, se rendra en Russie en juin. C'est la première visite d'un président algérien à Moscou depuis 2008."),
    ("2024-05-17", "Le Fanal", "Le président algérien, Abdelmadjid Tebboune, a salué jeudi le rôle de la Mauritanie. Il a promis une aide de dix millions d'euros à Nouakchott."),
    ("2024-05-20", "La Gazette du Phare", "Washington menace Téhéran de nouvelles sanctions. Le chef du Pentagone a rencontré dimanche à Amman son homologue jordanien."),
    (None, "La Gazette du Phare", "Le ministre turc des Affaires étrangères a condamné jeudi l'attaque. « C'est un crime », a dit le ministre."),
)  # fmt: skip


@pytest.fixture(scope="session")
def readings() -> tuple[Reading, ...]:
    return tuple(depeche.read(text, published=day, outlet=outlet, lang="fr") for day, outlet, text in DISPATCHES)


@pytest.fixture(scope="session")
def rows(readings: tuple[Reading, ...]) -> tuple[DocumentRows, ...]:
    return tuple(rows_of(reading, "test") for reading in readings)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "news.duckdb", create=True)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """The dispatches as a file of JSONL."""
    path = tmp_path / "news.jsonl"
    lines = (
        {"id": f"d{n}", "text": text, "outlet": outlet, "lang": "fr"} | ({"published": day} if day else {})
        for n, (day, outlet, text) in enumerate(DISPATCHES)
    )
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path
