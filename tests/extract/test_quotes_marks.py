"""Pairing of quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depeche.extract.quotes.marks import find_marked

TEXTS = st.text(alphabet="ab Ié.,!:\n-()0[]'’‘\"«»“”„‹›<>", max_size=120)


def words(text: str) -> list[str]:
    """The marked words of a text."""
    return [text[m.start : m.end] for m in find_marked(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Il a dit « oui » puis « non ».", ["oui", "non"], id="guillemets"),
        pytest.param('Il a dit "oui" puis "non".', ["oui", "non"], id="straight"),
        pytest.param("Il a dit “oui” puis „non“.", ["oui", "non"], id="english and low"),
        pytest.param("Il a dit <<oui>>.", ["oui"], id="angle pairs"),
        pytest.param('Il a dit “oui".', ["oui"], id="english closed by straight"),
        pytest.param("Il a dit ‘oui’ à l’autre.", ["oui"], id="single beside an apostrophe"),
        pytest.param("les 'fêtes' d'hier et l'été", ["fêtes"], id="straight single beside apostrophes"),
        pytest.param("l'armée d'hier et l'été qu'il a", [], id="apostrophes alone"),
        pytest.param("« un “deux” trois »", ["un “deux” trois"], id="nested, the outer one"),
        pytest.param("« a « b » c » d", ["a « b » c"], id="nested alike"),
        pytest.param('l\'"enquête" et d\'"autres"', ["enquête", "autres"], id="glued to an elision"),
        pytest.param('plein de "mots"Arrivé "tard", il', ["mots", "tard"], id="next sentence glued"),
        pytest.param('Oui", a-t-il dit. Un "non".', ["Oui", "non"], id="begins inside"),
        pytest.param('Il a dit "non', ["non"], id="never closed"),
        pytest.param("« Un.\n« Deux.\n« Trois », dit-il.", ["Un.", "Deux.", "Trois"], id="paragraphs reopened"),
        pytest.param(
            "« Perdu, dit X.\nIl a dit « oui » et « non ».", ["oui", "non"], id="one lost mark costs its own quote"
        ),
        pytest.param('un écran de 27" à Pau et un "mot" dit', ["mot"], id="inches before a pair"),
        pytest.param('""ischémie" ou "mal double", qui', ["ischémie", "mal double"], id="a doubled mark"),
        pytest.param('"" «» “ ”', [], id="nothing between the marks"),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(TEXTS)
def test_any_marks_give_exact_ordered_spans(text: str) -> None:
    found = find_marked(text)
    assert found == find_marked(text)
    before = 0
    for marked in found:
        assert before <= marked.outer_start <= marked.start < marked.end <= marked.outer_end <= len(text)
        assert text[marked.start : marked.end] == text[marked.start : marked.end].strip()
        before = marked.outer_end


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["« Oui »", '"Non"', "“Peut-être”"]), max_size=12))
def test_good_pairs_are_all_found(pieces: list[str]) -> None:
    text = " puis ".join(pieces)
    assert words(text) == [piece.strip('«»"“” ') for piece in pieces]


def test_long_text_takes_linear_time() -> None:
    text = 'Il a dit "oui" et « non » à l\'autre.\n' * 4000 + '"' * 4000
    assert len(find_marked(text)) >= 8000
