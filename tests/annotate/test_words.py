"""What the network sees of a word, and how a lemma is made of it."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depeche.annotate import features, lemmas


@pytest.mark.parametrize("module", [features, lemmas])
def test_examples_in_the_docstrings_hold(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.parametrize(("word", "same"), [("l’", "l'"), ("L'", "l'"), ("«", '"'), ("2006", "1999"), ("–", "-")])
def test_typographic_forms_count_as_plain_ones(word: str, same: str) -> None:
    assert features.normal(word) == features.normal(same)


@given(st.text(min_size=1))
def test_any_word_has_features(word: str) -> None:
    assert all(0 <= row < features.BUCKETS for row in features.grams(word))
    assert all(0 <= row < features.ENDINGS for row in features.endings(word))
    assert len(features.endings(word)) == 5
    assert 0 <= features.shape(word) < features.SHAPES
    assert isinstance(features.normal(word), str)


@given(st.text(alphabet="aéLT-'’", min_size=1), st.text(alphabet="aélt", min_size=1))
def test_a_script_gives_back_the_lemma_it_was_made_of(word: str, lemma: str) -> None:
    assert lemmas.apply(word, lemmas.script(word, lemma)) == lemma


def test_a_known_lemma_is_preferred_and_an_unknown_word_keeps_its_first_guess() -> None:
    edits = ["la+", "lera+er", "la+er"]
    assert lemmas.choose("évaluera", edits, {"évaluer"}.__contains__) == "évaluer"
    assert lemmas.choose("bidulera", edits, set().__contains__) == "biduler"
    assert lemmas.choose("OTAN", ["lent+er"], set().__contains__) == "OTAN"
