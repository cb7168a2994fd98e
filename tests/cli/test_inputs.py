"""Bad and odd input on the command line: a clear message with file and line, the other inputs read, never a traceback."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from depeche import api
from depeche.cli import console
from depeche.cli.main import build_parser, main

TEXT = "Le président malien a reçu lundi à Bamako l'ambassadeur de France."
LINE = json.dumps({"id": "a", "text": TEXT}, ensure_ascii=False).encode() + b"\n"


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = main(args)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return code, out, err


UNREADABLE = {
    "empty.txt": (b"", "empty.txt: empty; accepted:"),
    "blank.txt": (b" \n\t\n", "blank.txt: empty; accepted:"),
    "program.txt": (b"\x7fELF" + bytes(range(256)), "program.txt: a binary file"),
    "english.txt": (
        b"The Russian minister met his Turkish counterpart on Monday and they agreed on a new deal for the region.",
        "english.txt: the text is in a language without a folder: en; accepted: texts in fr",
    ),
    "lines.jsonl": (b"not json\n", "lines.jsonl:1: not JSON"),
    "list.jsonl": (b"[1]\n", "list.jsonl:1: a JSON array"),
    "keys.jsonl": (b'{"id": "b"}\n', 'keys.jsonl:1: no "text" among the keys id'),
    "words.jsonl": (b'{"id": "b", "text": ""}\n', "words.jsonl:1: a document without text"),
    "cut.jsonl.gz": (gzip.compress(LINE * 3)[:20], "cut.jsonl.gz"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_named_and_the_rest_is_read(name: str, tmp_path: Path, capsys) -> None:
    data, message = UNREADABLE[name]
    bad, good = tmp_path / name, tmp_path / "good.jsonl"
    bad.write_bytes(data)
    good.write_bytes(LINE)
    code, out, err = run(capsys, "read", str(bad), str(good), "--format", "jsonl")
    assert (code, len(out.splitlines())) == (1, 1)
    assert message in err
    assert run(capsys, "read", str(bad))[0] == 2


READABLE = {
    "latin1.txt": (TEXT.encode("latin-1"), TEXT),
    "windows.txt": (f"{TEXT} L’œuvre « commune » – 5 €.".encode("cp1252"), f"{TEXT} L’œuvre « commune » – 5 €."),
    "marked.txt": (TEXT.encode("utf-8-sig"), TEXT),
    "broken.html": (f"<html><body><p>{TEXT}<p>Il a salué <b>la coopération".encode(), TEXT),
    "packed.txt.gz": (gzip.compress(TEXT.encode()), TEXT),
}


@pytest.mark.parametrize("name", READABLE)
def test_odd_files_are_read(name: str, tmp_path: Path, capsys) -> None:
    data, words = READABLE[name]
    path = tmp_path / name
    path.write_bytes(data)
    code, out, err = run(capsys, "read", str(path), "--format", "jsonl")
    assert (code, err) == (0, "")
    assert json.loads(out)["document"]["text"].startswith(words)


@pytest.mark.parametrize("published", ["2024-02-31", "hier"])
def test_a_line_with_an_impossible_date_is_read_without_it(published: str, tmp_path: Path, capsys) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "published": published}), encoding="utf-8")
    code, out, err = run(capsys, "read", str(path), "--format", "jsonl")
    assert (code, json.loads(out)["document"]["published"]) == (0, None)
    assert f"warning: {path}:1: the date of publication '{published}' is no date" in err


def test_a_long_line_is_one_document(tmp_path: Path, capsys) -> None:
    path = tmp_path / "long.txt"
    path.write_text(" ".join([TEXT] * 300), encoding="utf-8")
    code, out, _ = run(capsys, "parse", str(path), "--format", "jsonl")
    assert (code, len(out.splitlines())) == (0, 1)
    assert len(json.loads(out)["sentences"]) == 300


@pytest.mark.parametrize("name", ["nope", "spacy:nope"])
def test_a_model_that_is_not_there_stops_all(name: str, tmp_path: Path, capsys) -> None:
    path = tmp_path / "good.jsonl"
    path.write_bytes(LINE * 3)
    code, out, err = run(capsys, "read", str(path), "--model", name)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert name.partition(":")[0] in err


def test_a_fault_of_ours_costs_one_document(tmp_path: Path, capsys, monkeypatch) -> None:
    read_input = api.read_input

    def faulty(item: api.Input, **options: str | None) -> object:
        if item.document.name == "b":
            raise KeyError("lost")
        return read_input(item, **options)

    monkeypatch.setattr(api, "read_input", faulty)
    path = tmp_path / "news.jsonl"
    path.write_bytes(b"".join(LINE.replace(b'"a"', f'"{name}"'.encode()) for name in "abc"))
    code, out, err = run(capsys, "read", str(path), "--format", "gold")
    assert (code, [json.loads(line)["id"] for line in out.splitlines()]) == (1, ["a", "c"])
    assert "b: internal error, please report it with the text (KeyError at test_inputs.py:" in err


def test_json_is_one_list_of_any_length(tmp_path: Path, capsys) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(LINE * 2)
    assert len(json.loads(run(capsys, "read", str(path), "--format", "json")[1])) == 2
    path.write_bytes(b"[]")
    assert json.loads(run(capsys, "read", str(path), "--format", "json")[1]) == []


def test_what_the_input_says_goes_before_the_options(tmp_path: Path, capsys) -> None:
    path = tmp_path / "news.jsonl"
    lines = [{"text": TEXT, "published": "2024-03-06", "outlet": "Agence du Rivage"}, {"text": TEXT}]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    _, out, _ = run(capsys, "read", str(path), "--published", "2020-01-01", "--outlet", "Radio", "--format", "jsonl")
    documents = [json.loads(line)["document"] for line in out.splitlines()]
    assert [(d["published"], d["outlet"]) for d in documents] == [
        ("2024-03-06", "Agence du Rivage"),
        ("2020-01-01", "Radio"),
    ]


def test_explanations_stand_in_the_pretty_form(tmp_path: Path, capsys) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(LINE)
    out = run(capsys, "read", str(path), "--explain")[1]
    assert "parsed by fr-" in out
    assert "rule: consult." in out
    assert "(fr/events/consult.yaml:" in out


def depeche(*args: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "depeche", *args], capture_output=True, check=False, **options)  # type: ignore[call-overload]


def test_the_answer_is_utf8_in_any_locale() -> None:
    poor = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    result = depeche("read", "-", input=TEXT.encode(), env=poor)
    assert (result.returncode, result.stderr) == (0, b"")
    assert "reçu" in result.stdout.decode()


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(LINE * 20)
    command = f"{sys.executable} -m depeche read {path} --format jsonl | head -c 10"
    result = subprocess.run(["sh", "-c", command], capture_output=True, check=True)
    assert result.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are not Windows'")
def test_long_work_shows_its_progress_on_a_terminal(tmp_path: Path) -> None:
    import pty
    import termios

    path = tmp_path / "news.jsonl"
    path.write_bytes(LINE * 10 + b"not json\n" + LINE * 400)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    command = [sys.executable, "-m", "depeche", "read", str(path), "--format", "jsonl"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = io.BytesIO()
    try:
        while piece := os.read(ours, 4096):
            shown.write(piece)
    except OSError:  # the other end closed
        pass
    assert process.wait() == 1
    assert b"documents" in shown.getvalue()
    assert b"news.jsonl:11: not JSON" in shown.getvalue()


def test_each_command_has_help_with_examples(capsys) -> None:
    for command in ("read", "parse"):
        with pytest.raises(SystemExit):
            build_parser().parse_args([command, "--help"])
        assert f"depeche {command} " in capsys.readouterr().out


def test_messages_cannot_drive_the_terminal(capsys) -> None:
    console.say("a\x1b[31mb")
    assert capsys.readouterr().err == "depeche: a [31mb\n"
