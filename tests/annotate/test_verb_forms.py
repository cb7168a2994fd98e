"""The verb table: forms that no treebank holds find their verb."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import depeche
from depeche.annotate.lemmas import VerbForms

TABLE = Path(depeche.__file__).parent / "languages/fr/verb_forms.tsv"


@pytest.fixture(scope="module")
def table() -> VerbForms:
    return VerbForms.from_file(TABLE)


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("réunissent", "réunir"),
        ("réunis", "réunir"),
        ("boycotterait", "boycotter"),
        ("accusaient", "accuser"),
        ("dénonçait", "dénoncer"),
        ("comparu", "comparaître"),
        ("craint", "craindre"),
        ("retenus", "retenir"),
        ("promis", "promettre"),
        ("rouvert", "rouvrir"),
        ("infligeant", "infliger"),
        ("préfèrent", "préférer"),
        ("appellera", "appeler"),
        ("révèlent", "révéler"),
        ("renverrait", "renvoyer"),
        ("octroie", "octroyer"),
        ("requiert", "requérir"),
        ("soustrayant", "soustraire"),
        ("contraignit", "contraindre"),
        ("tinrent", "tenir"),
        ("vînt", "venir"),
        ("dissous", "dissoudre"),
        ("promulguèrent", "promulguer"),
        ("entrainera", "entraîner"),  # the spelling of 1990
        ("connait", "connaître"),
        ("faudra", "falloir"),
        ("sachant", "savoir"),
        ("iront", "aller"),
    ],
)
def test_a_form_finds_its_verb(table: VerbForms, form: str, verb: str) -> None:
    assert table.lemmas(form)[:1] == (verb,)


@pytest.mark.parametrize(
    ("form", "verbs"),
    [
        ("suis", {"être", "suivre"}),
        ("peint", {"peindre"}),
        ("vis", {"vivre", "voir"}),
        ("crus", {"croire"}),
        ("sommes", {"être", "sommer"}),
        ("convient", {"convenir", "convier"}),
        ("rallient", {"rallier"}),
    ],
)
def test_a_form_of_two_verbs_gives_both(table: VerbForms, form: str, verbs: set[str]) -> None:
    assert verbs <= set(table.lemmas(form))


@pytest.mark.parametrize("form", ["", "ministre", "génèrer", "réunisser", "rouverer", "accusaenir", "annèxe"])
def test_what_is_no_verb_form_finds_none(table: VerbForms, form: str) -> None:
    assert table.lemmas(form) == ()


def test_capitals_without_accents_find_their_verb(table: VerbForms) -> None:
    assert table.lemmas("ecarté") == ("écarter",)


def test_every_verb_finds_itself(table: VerbForms) -> None:
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] not in "#="]
    assert len(rows) > 2000
    assert [verb for verb, _ in rows if verb not in table.lemmas(verb)] == []


def test_a_language_without_a_table_knows_no_forms(tmp_path: Path) -> None:
    assert VerbForms.from_file(tmp_path / "verb_forms.tsv").lemmas("craint") == ()


def test_the_table_loads_fast() -> None:
    begin = time.process_time()
    VerbForms.from_file(TABLE)
    assert time.process_time() - begin < 0.06
