"""The shipped French model: what it promises whatever its scores."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depeche.annotate import ROOT, load
from depeche.annotate.conllu import read_conllu, write_conllu
from depeche.errors import ModelError

DISPATCH = (
    "Le ministre américain de la Défense, Mark Esper, est arrivé jeudi à Alger pour y rencontrer M. Tebboune.\n\n"
    "« Nous voulons approfondir notre coopération », a-t-il plaidé.Il devait ensuite se rendre au Maroc."
)


def test_a_dispatch_is_read() -> None:
    parsed = load("fr").parse(DISPATCH)
    assert {parsed.text[e.start : e.end]: e.label for e in parsed.entities}["Alger"] == "LOC"
    by_text = {t.text: t for t in parsed.tokens}
    assert (by_text["arrivé"].lemma, by_text["arrivé"].upos) == ("arriver", "VERB")
    assert parsed.tokens[by_text["ministre"].head].text == "arrivé"
    assert len(parsed.sentences) == 3
    assert read_conllu(write_conllu(parsed)) == [(parsed.text, parsed)]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="aÀ.'’-« »\"()\n 1,h", max_size=300))
def test_any_text_gives_a_sound_parse(text: str) -> None:
    parsed = load("fr").parse(text)
    assert all(text[t.start : t.end] == t.text for t in parsed.tokens)
    for sentence in parsed.sentences:
        heads = [parsed.tokens[i].head for i in range(*sentence)]
        assert sum(h == ROOT for h in heads) == 1
        assert all(h == ROOT or sentence.first <= h < sentence.last for h in heads)
    for i in range(len(parsed.tokens)):
        assert len(list(zip(parsed.ancestors(i), range(300), strict=False))) < 300


def test_another_process_gives_the_same_bytes() -> None:
    """Also after other texts: nothing that was parsed before may change a float."""
    program = (
        "import sys; sys.stdout.reconfigure(encoding='utf-8');"
        "from depeche.annotate import load; from depeche.annotate.conllu import write_conllu; m = load('fr');"
        "m.parse('Une autre phrase, sans rapport.'); sys.stdout.write(write_conllu(m.parse(sys.stdin.buffer.read().decode())))"
    )
    run = subprocess.run([sys.executable, "-c", program], input=DISPATCH.encode(), capture_output=True, check=True)
    assert run.stdout.decode() == write_conllu(load("fr").parse(DISPATCH))


def test_a_long_sentence_and_a_long_word_are_read() -> None:
    assert len(load("fr").parse("mot " * 2000).tokens) == 2000
    assert len(load("fr").parse("m" * 1_000_000).tokens) == 1


def test_importing_the_package_loads_no_library() -> None:
    program = "import sys, depeche.annotate; print({'numpy', 'onnxruntime', 'spacy'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "set()"


@pytest.mark.parametrize("name", ["xx", "no/such/folder", "spacy:no_such_model", "other:thing"])
def test_a_missing_model_is_named(name: str) -> None:
    with pytest.raises(ModelError):
        load(name)
