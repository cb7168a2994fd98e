import pytest
from hypothesis import given
from hypothesis import strategies as st

from depeche.ledger.keys import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohamed ould Ghazouani", "MOHAMED OULD  GHAZOUANI"),
        ("Abdel-Fattah al-Sissi", "Abdel Fattah al Sissi"),
        ("l’Élysée", "l'Elysée"),
        ("Lars Løkke", "Lars Lokke"),
        ("Le Nœud", "le noeud"),
        ("N’Djamena", "N'Djaména"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


def test_different_names_stay_apart() -> None:
    assert len({fold(name) for name in ("Niger", "Nigeria", "Nigéria", "Guinée", "Guinée-Bissau")}) == 4


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = fold(text)
    assert fold(key) == key == key.strip()
    assert "  " not in key
