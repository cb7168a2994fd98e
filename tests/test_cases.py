"""Runs the cases of every language folder: see `depeche.languages.cases` for the format."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from case_matching import failures

import depeche
from depeche.languages.cases import Case, load_cases

LANGUAGES = Path(str(resources.files("depeche.languages")))
CASES = [
    (folder.parent.name, case)
    for folder in sorted(LANGUAGES.glob("*/cases"))
    for path in sorted(folder.glob("*.yaml"))
    for case in load_cases(path)
]


def test_cases_are_found() -> None:
    assert len(CASES) >= 600


@pytest.mark.parametrize(("lang", "case"), CASES, ids=[f"{lang}-{case.id}" for lang, case in CASES])
def test_case(lang: str, case: Case, request: pytest.FixtureRequest) -> None:
    if case.known_gap:
        request.applymarker(pytest.mark.xfail(reason=case.known_gap, strict=True))
    reading = depeche.read(case.text, published=case.published, lang=lang)
    if case.direction != "text":
        reading = replace(
            reading, times=depeche.times(case.text, published=case.published, direction=case.direction, lang=lang)
        )
    wrong = failures(case, reading)
    assert not wrong, f"{case.file}:{case.line} ({case.why})\n" + "\n".join(wrong)
