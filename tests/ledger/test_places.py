"""Where the words of a place lie: namesakes, longer words, what is no place, and answers that never depend on the order."""

from __future__ import annotations

import random

import pytest

from depeche.languages.lexicon import load_lexicon
from depeche.ledger.gazetteer import english_names
from depeche.ledger.keys import fold
from depeche.ledger.places import find_place

# words, countries of the event, name, country
NAMED = [
    ("Etats-Unis", (), "États-Unis", "USA"),
    ("PÉKIN", (), "Pékin", "CHN"),
    ("Idleb", (), "Idleb", "SYR"),
    ("Maison Blanche", (), "Maison Blanche", "USA"),
    ("Union européenne", (), "Union européenne", "EUE"),
    ("Pas-de-Calais", (), "Pas-de-Calais", "FRA"),
    ("la gare du Nord à Paris", (), "la gare du Nord à Paris", "FRA"),
    ("aéroport de Londres-Heathrow", (), "aéroport de Londres-Heathrow", None),
    ("aéroport de Londres Heathrow", (), "aéroport de Londres Heathrow", "GBR"),
    # a town of eight thousand is known by its long name, a common word is not by its short one
    ("Vendin-le-Vieil", (), "Vendin-le-Vieil", "FRA"),
    ("Huit", (), "Huit", None),
    ("aube", (), "aube", None),
    ("France Gall", (), "France Gall", None),
    ("Valence", ("FRA",), "Valence", "FRA"),
    ("Valence", ("ESP",), "Valence", "ESP"),
    ("Saint-Pétersbourg", ("USA",), "Saint-Pétersbourg", "RUS"),
    ("Paris", ("USA",), "Paris", "FRA"),
    ("Congo", ("COG",), "République du Congo", "COG"),
]


@pytest.mark.parametrize(("words", "near", "name", "country"), NAMED)
def test_named(words: str, near: tuple[str, ...], name: str, country: str | None) -> None:
    place = find_place(words, "fr", near)
    assert (place.name, place.country, place.key) == (name, country, fold(name))


def test_every_country_lies_somewhere() -> None:
    nowhere = [c.code for c in load_lexicon("fr").countries if find_place(c.name, "fr", (c.code,)).latitude is None]
    # without a town of five thousand: the poles, atolls and rocks
    assert len(nowhere) < 40
    assert not {"DZA", "FRA", "PSE", "XKX", "ESH", "CIV", "KAZ", "CMR", "COL", "BRA"} & set(nowhere)


@pytest.mark.parametrize(
    ("words", "latitude", "longitude"), [("Algérie", 36.7, 3.1), ("Alger", 36.7, 3.1), ("Kiev", 50.5, 30.5)]
)
def test_on_the_map(words: str, latitude: float, longitude: float) -> None:
    place = find_place(words, "fr")
    assert place.latitude == pytest.approx(latitude, abs=0.1)
    assert place.longitude == pytest.approx(longitude, abs=0.1)


def test_one_place_has_one_id_however_it_is_spelt() -> None:
    assert find_place("Val d'Oise", "fr").id == find_place("VAL-D’OISE", "fr").id
    assert find_place("Valence", "fr", ("FRA",)).id != find_place("Valence", "fr", ("ESP",)).id


def test_the_order_of_questions_changes_nothing() -> None:
    asked = [(words, near) for words, near, _, _ in NAMED]
    first = {pair: find_place(pair[0], "fr", pair[1]) for pair in asked}
    random.Random(5).shuffle(asked)
    assert {pair: find_place(pair[0], "fr", pair[1]) for pair in asked} == first


@pytest.mark.parametrize(
    "words", ["\x1b[31mAlger", "=cmd|' /C calc'!A0", "   ", "'’-", "A" * 10_000, "é" * 50, "🏛️ Sénat"]
)
def test_hostile_words_are_only_words(words: str) -> None:
    place = find_place(words, "fr")
    assert place.name == " ".join(words.split())


def test_english_names_are_at_hand() -> None:
    assert (english_names()["DZA"], english_names()["USA"]) == ("Algeria", "United States")
