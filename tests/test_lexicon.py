"""The language folders load, and a broken one is refused with file and line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest

from depeche.errors import LexiconError
from depeche.languages.cases import load_cases
from depeche.languages.lexicon import languages, load_lexicon
from depeche.languages.reader import read_entries
from depeche.records.vocabularies import EVENT_MODES, EVENT_TYPES


@dataclass(frozen=True)
class Sample:
    id: str
    words: tuple[str, ...]
    kind: str = "a"
    need: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weak: bool = False
    CLOSED: ClassVar[dict[str, frozenset[str]]] = {"kind": frozenset({"a", "b"})}


def write(folder: Path, text: str) -> Path:
    path = folder / "sample.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_entries_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "- {id: x, words: [un, deux], kind: b, need: {obj: un}, weak: true}\n- {id: y, words: un}\n")
    assert read_entries(path, Sample) == [
        Sample("x", ("un", "deux"), "b", {"obj": ("un",)}, True),
        Sample("y", ("un",)),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1: a non-empty list"),
        ("- {id: x, words: [un]}\n- {id: x, words: [un]}\n", ":2: id 'x' is already used on line 1"),
        ("- {id: x, words: [un], colour: red}\n", ":1: unknown key 'colour'; accepted: id, kind, need, weak, words"),
        ("- {id: x}\n", ":1: key 'words' is missing"),
        ("- {id: x, words: [un], kind: c}\n", ":1: kind 'c' is unknown; accepted: a, b"),
        ("- {id: x, words: [un, un]}\n", ":1: words names the same word twice: un, un"),
        ("- {id: x, words: [un], weak: maybe}\n", ":1: weak must be true or false, not 'maybe'"),
        ("- {id: x, words: [un]\n", "not valid YAML"),
        ("- x\n", ":1: a mapping is expected"),
    ],
)
def test_what_does_not_fit_is_refused_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(LexiconError) as error:
        read_entries(write(tmp_path, text), Sample)
    assert "sample.yaml" in str(error.value)
    assert message in str(error.value)


@pytest.mark.parametrize("lang", languages())
def test_every_language_folder_loads(lang: str) -> None:
    lexicon = load_lexicon(lang)
    assert lexicon.events
    assert {e.type for e in lexicon.events} == EVENT_TYPES


@pytest.mark.parametrize("lang", languages())
def test_every_frame_has_a_mode_of_its_type_and_a_word(lang: str) -> None:
    wrong = [
        e.id
        for e in load_lexicon(lang).events
        if (e.mode and e.mode not in EVENT_MODES[e.type]) or not (e.verbs or e.nouns or e.adjectives)
    ]
    assert not wrong


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(LexiconError, match="no language folder 'xx'; there is: fr"):
        load_lexicon("xx")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {id: a, text: Un.}\n", "asserts nothing"),
        ("- {id: a, text: Un., never: [event], colour: red}\n", "unknown key 'colour'"),
        ("- {id: a, text: Un., never: [evnt]}\n", "never 'evnt' is unknown"),
        ("- {id: a, text: Un., expect: [{event: AID, triger: x}]}\n", "event has no field 'triger'"),
        ("- {id: a, text: Un., never: [event]}\n- {id: a, text: Un., never: [event]}\n", "already used"),
    ],
)
def test_cases_that_do_not_fit_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        load_cases(write(tmp_path, text))
