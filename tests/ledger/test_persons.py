"""One person under several names."""

import pytest

from depeche.ledger.keys import fold
from depeche.ledger.persons import group_names, same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vladimir Poutine", "Putin"),
        ("Kaïs Saïed", "Kais Saied"),
        ("Abdel Fattah al-Sissi", "al-Sisi"),
        ("Hassan Rohani", "Hassan Rouhani"),
        ("Giuseppe Conte", "Guiseppe Conte"),
        ("Xi Jinping", "Xi"),
        ("Mark Rutte", "M. Rutte"),
        ("George W. Bush", "George Bush"),
        ("Roch Marc Christian Kaboré", "Roch Kaboré"),
    ],
)
def test_spellings_of_one_name(one, other):
    assert same_person(fold(one), fold(other))
    assert same_person(fold(other), fold(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Raul Castro", "Fidel Castro"),
        ("Kim Jong-un", "Kim Jong-il"),
        ("George W. Bush", "George H. W. Bush"),
        ("Emmanuel Macron", "Macri"),
        ("Lech Kaczynski", "Jaroslaw Kaczynski"),
    ],
)
def test_two_persons_with_names_alike(one, other):
    assert not same_person(fold(one), fold(other))


def test_the_full_name_stands_for_all():
    names = group_names({"putin": 2.0, "vladimir poutine": 9.0, "v poutine": 1.0, "medvedev": 3.0})
    assert names == {
        "putin": "vladimir poutine",
        "vladimir poutine": "vladimir poutine",
        "v poutine": "vladimir poutine",
        "medvedev": "medvedev",
    }


def test_groups_do_not_depend_on_the_order():
    weights = {"fidel castro": 3.0, "raul castro": 3.0, "castro": 1.0}
    assert group_names(weights) == group_names(dict(reversed(weights.items())))
