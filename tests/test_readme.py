"""What the documentation says is true: its code runs, its output is real, it names every command, option and key."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from case_matching import failures

import depeche
from depeche.cli.main import build_parser
from depeche.languages.cases import load_cases
from depeche.records import Reading

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(page.name, kind, code) for page in PAGES for kind, code in BLOCK.findall(page.read_text(encoding="utf-8"))]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def blocks(kind: str) -> list[object]:
    found = [(page, code) for page, of, code in BLOCKS if of == kind]
    return [pytest.param(code, id=f"{page}-{number}") for number, (page, code) in enumerate(found)]


def test_the_blocks_are_found() -> None:
    kinds = [kind for _, kind, _ in BLOCKS]
    assert (kinds.count("sh"), kinds.count("python"), kinds.count("text"), kinds.count("yaml")) == (8, 2, 1, 1)
    assert set(kinds) <= {"sh", "python", "text", "yaml"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder like the repository's root, that commands may write into."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.parametrize("code", blocks("sh"))
def test_commands_run(code: str, folder: Path) -> None:
    targets = re.findall(r"^make (\w+)", code, re.MULTILINE)
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{target}:", rules, re.MULTILINE) for target in targets)
    commands = re.sub(r"^make .*\n", "", code, flags=re.MULTILINE)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(["sh", "-ec", commands], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {})


@pytest.mark.parametrize("code", blocks("text"))
def test_the_shown_output_is_real(code: str) -> None:
    command = [sys.executable, "-m", "depeche", "read", str(ROOT / "examples" / "01-visite.jsonl")]
    printed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    missing = [line for line in code.splitlines() if line not in printed]
    assert not missing


@pytest.mark.parametrize("code", blocks("yaml"))
def test_the_case_holds(code: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(code, encoding="utf-8")
    for case in load_cases(path):
        assert failures(case, depeche.read(case.text, published=case.published, lang="fr")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [
        target for target in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / target).exists()
    ]
    assert not broken


def test_every_command_and_option_is_named() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    parser = build_parser()
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction)).choices
    options = {
        o for p in (parser, *commands.values()) for a in p._actions for o in a.option_strings if o.startswith("--")
    }
    values = {str(c) for p in commands.values() for a in p._actions for c in a.choices or ()}
    missing = [w for w in {*(f"depeche {c}" for c in commands), *options, *values} if w not in page]
    assert not missing


def test_every_key_of_a_reading_is_named() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [f.name for f in fields(Reading) if f"`{f.name}`" not in page] == []
