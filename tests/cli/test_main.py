"""The command line as a user meets it: real processes, real files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DISPATCH = (
    "Le président malien a reçu lundi à Bamako l'ambassadeur de France.\n\n« Nous voulons coopérer », a-t-il déclaré.\n"
)


def depeche(*args: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "depeche", *args], input=given, capture_output=True, check=False)


@pytest.fixture
def dispatch(tmp_path: Path) -> str:
    path = tmp_path / "dispatch.txt"
    path.write_text(DISPATCH, encoding="utf-8")
    return str(path)


def test_help_shows_examples() -> None:
    result = depeche("--help")
    assert result.returncode == 0
    assert "depeche read dispatch.txt --published" in result.stdout.decode()


def test_help_does_not_load_the_parser() -> None:
    code = "import sys, depeche.cli\ntry: depeche.cli.main(['--help'])\nexcept SystemExit: pass\nprint([m for m in ('numpy', 'onnxruntime', 'yaml') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip().endswith("[]")


def test_pretty_is_plain_when_piped(dispatch: str) -> None:
    result = depeche("read", dispatch, "--published", "2024-03-06")
    text = result.stdout.decode()
    assert result.returncode == 0
    assert result.stderr == b""
    assert "CONSULT" in text
    assert "2024-03-04" in text
    assert "\033[" not in text


def test_jsonl_spans_are_exact(dispatch: str) -> None:
    result = depeche("read", dispatch, "--published", "2024-03-06", "--format", "jsonl")
    reading = json.loads(result.stdout)
    text = reading["document"]["text"]
    found = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if set(value) == {"start", "end", "text"}:
                found.append(value)
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(reading)
    assert found
    assert all(text[s["start"] : s["end"]] == s["text"] for s in found)


def test_json_with_explain_names_the_rules(dispatch: str) -> None:
    readings = json.loads(depeche("read", dispatch, "--format", "json", "--explain").stdout)
    assert {e["kind"] for e in readings[0]["explanations"]} >= {"event", "quote"}
    assert all(e["rule"] for e in readings[0]["explanations"])


def test_gold_has_the_three_layers(dispatch: str) -> None:
    reading = json.loads(depeche("read", dispatch, "--format", "gold", "--published", "2024-03-06").stdout)
    assert {"id", "lang", "published", "text", "events", "quotes", "offices"} <= set(reading)
    assert reading["quotes"][0]["text"] == "Nous voulons coopérer"


def test_standard_input_is_read() -> None:
    result = depeche("read", "-", "--format", "gold", "--lang", "fr", given=DISPATCH.encode())
    assert result.returncode == 0
    assert json.loads(result.stdout)["events"]


def test_conllu_goes_out_and_comes_back_in(tmp_path: Path, dispatch: str) -> None:
    parse = depeche("parse", dispatch).stdout
    assert b"# text = " in parse
    assert b"TokenRange=0:2" in parse
    path = tmp_path / "dispatch.conllu"
    path.write_bytes(parse)
    direct = json.loads(depeche("read", dispatch, "--format", "gold").stdout)
    brought = json.loads(depeche("read", str(path), "--format", "gold").stdout)
    assert [e["type"] for e in brought["events"]] == [e["type"] for e in direct["events"]]


def test_parse_jsonl_has_sentences_tokens_entities(dispatch: str) -> None:
    record = json.loads(depeche("parse", dispatch, "--format", "jsonl").stdout)
    assert set(record) == {"id", "text", "sentences", "tokens", "entities"}
    assert record["text"][slice(*record["sentences"][0])].startswith("Le président")


def test_a_bad_file_is_named_and_the_others_are_read(tmp_path: Path, dispatch: str) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = depeche("read", str(empty), dispatch, "--format", "gold")
    assert result.returncode == 1
    assert "empty.txt: empty; accepted:" in result.stderr.decode()
    assert len(result.stdout.splitlines()) == 1


def test_nothing_readable_is_exit_code_2(tmp_path: Path) -> None:
    result = depeche("read", str(tmp_path / "missing.txt"))
    assert result.returncode == 2
    assert "missing.txt" in result.stderr.decode()
    assert b"Traceback" not in result.stderr


def test_an_impossible_date_is_refused(dispatch: str) -> None:
    result = depeche("read", dispatch, "--published", "2024-13-45")
    assert result.returncode == 2
    assert "2024-13-45" in result.stderr.decode()
    assert "YYYY-MM-DD" in result.stderr.decode()


def test_a_language_without_a_folder_is_named(dispatch: str) -> None:
    result = depeche("read", dispatch, "--lang", "xx")
    assert result.returncode == 2
    assert "xx" in result.stderr.decode()
    assert "fr" in result.stderr.decode()


def test_a_broken_jsonl_line_costs_that_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    good = json.dumps({"id": "a", "text": DISPATCH}, ensure_ascii=False)
    path.write_text(
        f'{good}\n{{"id": "b", "text": \n{good.replace(chr(34) + "a" + chr(34), chr(34) + "c" + chr(34), 1)}\n',
        encoding="utf-8",
    )
    result = depeche("read", str(path), "--format", "gold")
    assert result.returncode == 1
    assert "news.jsonl:2:" in result.stderr.decode()
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "c"]


def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    files = sorted(str(p) for p in EXAMPLES.glob("*.jsonl"))
    assert len(files) >= 5
    first, second = (depeche("read", *files, "--format", "jsonl") for _ in range(2))
    assert first.stdout
    assert first.stdout == second.stdout
