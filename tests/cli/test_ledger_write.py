"""`depeche add`, `forget`, `reread` and `explain` on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import depeche
from depeche.cli.main import build_parser, main
from depeche.ledger.store import Store

TEXTS = (
    "Le ministre malien de la Défense, Sadio Camara, a reçu lundi à Bamako l'ambassadeur de Turquie.",
    "Le président algérien, Abdelmadjid Tebboune, se rendra en Russie en juin. « C'est utile », a-t-il dit.",
    "Washington menace Téhéran de nouvelles sanctions.",
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    lines = ({"id": f"d{n}", "text": text, "published": "2024-05-14"} for n, text in enumerate(TEXTS))
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "my.duckdb")


@pytest.fixture
def ledger(news: Path, path: str, capsys) -> str:
    assert main(["add", str(news), "--ledger", path]) == 0
    capsys.readouterr()
    return path


def test_add_says_what_it_did_and_adds_nothing_twice(news: Path, path: str, capsys) -> None:
    assert main(["add", str(news), "--ledger", path]) == 0
    assert capsys.readouterr() == (f"{path}: 3 documents added\n", "")
    assert main(["add", str(news), "--ledger", path]) == 0
    assert capsys.readouterr() == (f"{path}: 0 documents added, 3 were in already\n", "")


def test_the_environment_names_the_ledger(news: Path, path: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEPECHE_LEDGER", path)
    assert main(["add", str(news)]) == 0
    assert depeche.open(path).counts()["documents"] == 3
    monkeypatch.delenv("DEPECHE_LEDGER")
    assert main(["add", str(news)]) == 0
    assert depeche.open("depeche.duckdb").counts()["documents"] == 3


def test_exit_codes_tell_some_from_none(news: Path, path: str, tmp_path: Path, capsys) -> None:
    missing = str(tmp_path / "none.txt")
    assert main(["add", missing, "--ledger", path]) == 2
    assert main(["add", missing, str(news), "--ledger", path]) == 1
    output, said = capsys.readouterr()
    assert output.endswith(": 3 documents added, 1 could not be read\n")
    assert said.count("none.txt: cannot be opened") == 2


def test_a_second_writer_is_told(news: Path, ledger: str, capsys) -> None:
    code = "import sys; from depeche.cli import main; sys.exit(main(sys.argv[1:]))"
    with Store(ledger).lock():
        run = subprocess.run(
            [sys.executable, "-c", code, "add", str(news), "--ledger", ledger], capture_output=True, text=True
        )
    assert run.returncode == 2
    assert f"process {os.getpid()} on" in run.stderr
    assert "is writing to this ledger; try again when it is done" in run.stderr


def test_a_missing_ledger_is_no_reason_to_make_one(path: str, capsys) -> None:
    for command in (["forget", "x"], ["reread"], ["explain", "x"]):
        assert main([*command, "--ledger", path]) == 2
        assert "no ledger here" in capsys.readouterr().err
    assert not Path(path).exists()


def test_forget(ledger: str, capsys) -> None:
    assert main(["forget", "d0", "nothing", "--ledger", ledger]) == 1
    output, said = capsys.readouterr()
    assert output == f"{ledger}: 1 documents taken out\n"
    assert said == "depeche: nothing: the ledger has no document of this id, URL or name\n"
    assert main(["forget", "d0", "--ledger", ledger]) == 2


def test_replace(ledger: str, tmp_path: Path, capsys) -> None:
    page = tmp_path / "one.jsonl"
    for n, text in enumerate(TEXTS[:2]):
        page.write_text(json.dumps({"text": text, "url": "https://example.org/1"}), encoding="utf-8")
        assert main(["add", str(page), "--replace", "--ledger", ledger]) == 0
        assert f"1 documents added{', 1 made way' if n else ''}\n" in capsys.readouterr().out
    assert depeche.open(ledger).counts()["documents"] == 4


def test_reread_shows_a_diff(ledger: str, capsys, monkeypatch) -> None:
    from dataclasses import replace

    from depeche.ledger import intake

    assert main(["reread", "--ledger", ledger]) == 0
    assert capsys.readouterr() == ("", f"depeche: {ledger}: 0 documents read again: 0 gone, 0 new, 0 changed\n")
    read_input = intake.read_input
    monkeypatch.setattr(intake, "read_input", lambda item, model: replace(read_input(item, model), quotes=()))
    assert main(["reread", "--all", "--dry-run", "--ledger", ledger]) == 0
    output, said = capsys.readouterr()
    assert output.startswith("- quote ")
    assert output.endswith(": C'est utile\n")
    assert "3 documents read again: 1 gone, 0 new, 0 changed (nothing was written)" in said
    assert main(["reread", "--all", "--format", "json", "--ledger", ledger]) == 0
    assert json.loads(capsys.readouterr().out)["changes"][0]["how"] == "gone"
    assert depeche.open(ledger).counts()["quotes"] == 0


def test_explain(ledger: str, capsys) -> None:
    with Store(ledger).connect() as con:
        (record,) = con.execute("SELECT id FROM event_mentions WHERE type = 'THREATEN'").fetchone() or ()
    assert main(["explain", record, "--ledger", ledger]) == 0
    shown = capsys.readouterr().out
    for part in (
        "THREATEN",
        "“Washington menace Téhéran de nouvelles sanctions.”",
        "cue “menace” by",
        "(fr/events/",
        "reader 0.1.0+",
    ):
        assert part in shown
    assert main(["explain", record, "--format", "json", "--ledger", ledger]) == 0
    assert json.loads(capsys.readouterr().out)["evidence"][0]["words"]["text"] == TEXTS[2]
    assert main(["explain", "zz", "--ledger", ledger]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are not Windows'")
def test_progress_is_shown_on_a_terminal(news: Path, path: str) -> None:
    import pty
    import termios

    news.write_text(news.read_text(encoding="utf-8") + "not JSON\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    command = [sys.executable, "-m", "depeche", "add", str(news), "--ledger", path]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # the other end closed
        pass
    os.close(ours)
    assert process.wait() == 1
    assert b" documents" in shown
    assert b"news.jsonl:4: not JSON" in shown


def test_each_command_has_help_with_examples(capsys) -> None:
    for command in ("add", "forget", "reread", "explain"):
        with pytest.raises(SystemExit):
            build_parser().parse_args([command, "--help"])
        assert f"  depeche {command} " in capsys.readouterr().out
