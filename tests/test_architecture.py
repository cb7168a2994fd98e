"""The rules of the house, as tests; the import layers are held by import-linter."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from depeche.languages.lexicon import languages, load_lexicon

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "depeche"
MODULES = sorted(SOURCE.rglob("*.py"))
OUTSIDE = [m for m in MODULES if m.relative_to(SOURCE).parts[:2] not in {("languages", lang) for lang in languages()}]
ALL = sorted(p for folder in ("src", "tests", "evaluation", "training") for p in (ROOT / folder).rglob("*.py"))
LONGEST = 500
DRAWERS = {"utils", "util", "helpers", "common", "misc", "tools"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_modules_are_found() -> None:
    assert len(MODULES) >= 90
    assert len(OUTSIDE) >= 90


@pytest.mark.parametrize("path", ALL, ids=name)
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_drawer_for_odds_and_ends() -> None:
    assert [name(p) for p in ALL if p.stem in DRAWERS or p.parent.name in DRAWERS] == []


def strings(path: Path) -> list[tuple[int, str]]:
    """The string literals of a module with their lines, bar docstrings (bare expressions) and the examples of `--help`, which show what
    a user types."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in bare]
    return [(n.lineno, n.value) for n in found if isinstance(n.value, str) and not n.value.startswith("examples:\n")]


@pytest.fixture(scope="module")
def telling() -> frozenset[str]:
    """Words of a language's lexicon that no program needs: verbs, and whatever has a letter that English lacks."""
    words: set[str] = set()
    for lang in languages():
        lexicon = load_lexicon(lang)
        words.update(verb for entry in lexicon.reporting for verb in entry.verbs)
        words.update(verb for frame in lexicon.events for verb in frame.verbs)
    return frozenset(w for w in words if len(w) > 4) - ENGLISH_TOO


#: Verbs of the lexicon that are English words or names of the program's own as well.
ENGLISH_TOO = frozenset(["former", "commander", "twitter"])


@pytest.mark.parametrize("path", OUTSIDE, ids=name)
def test_no_word_of_a_language_in_the_code(path: Path, telling: frozenset[str]) -> None:
    # "Dépêche" is the program's own name, and a range of letters in a pattern is no word
    wrong = [
        f"{path.name}:{line}: {text!r}"
        for line, text in strings(path)
        if re.search(r"[À-ÖØ-öø-ÿœŒ]", re.sub("[Dd]épêche|.-.", "", text))
        and re.search(r"\w{2}", text)
        or set(re.findall(r"\w+", text.lower())) & telling
    ]
    assert wrong == []


def test_the_house_is_described() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = [p.name for p in SOURCE.iterdir() if p.is_dir() and (p / "__init__.py").exists()]
    assert [p for p in packages if f"`{p}/`" not in page] == []


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.S | re.M)
    assert listed is not None
    names = re.findall(r'"([A-Za-z0-9_-]+)', listed[1])
    assert len(names) >= 8
    assert [n for n in names if n not in page] == []
