"""How many dead a text tells of."""

from __future__ import annotations

import pytest

from depeche.extract.tolls import find_toll
from depeche.languages.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("L'attaque a fait au moins 12 morts et une trentaine de blessés.", 12),
        ("Trois soldats de la mission ont été tués près de Ménaka.", 3),
        ("Les assaillants ont tué plus de 1 200 civils, selon l'ONG.", 1200),
        ("Une explosion a tué 40 personnes et blessé 60 autres.", None),
        ("Un kamikaze s'est fait exploser, tuant sept fidèles.", 7),
        ("Deux pêcheurs ont péri dans le naufrage.", 2),
        ("Deux civils et trois soldats ont été tués.", None),
        ("Après vingt ans de guerre, des soldats ont été tués.", None),
        ("Un homme de 64 ans a été tué le 22 janvier près du port.", None),
        ("Un policier a été tué.", None),
        ("Vingt-deux personnes sont mortes, mais le tueur court toujours.", 22),
        ("Les rafales ont atteint 120 km/h.", None),
        ("L'attaque de 2019 avait été condamnée.", None),
        ("", None),
    ],
)
def test_the_number_of_dead(text: str, toll: int | None) -> None:
    assert find_toll(text, load_lexicon("fr")) == toll
