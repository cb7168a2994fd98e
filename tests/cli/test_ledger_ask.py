"""The commands that ask a ledger: every format, impossible questions, and texts that would harm a terminal or a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from small_ledger import ESPER, TEBBOUNE, Maker, Told, Who, small_ledger

from depeche.cli.main import main

HOSTILE = '=HYPERLINK("http://x")\x1b[31m\x9b2J\u202e,"a\nb'


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ledger") / "small.duckdb"
    small_ledger(path)
    return str(path)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ledger") / "hostile.duckdb"
    maker = Maker(path)
    maker.document("a", "2020-10-01", outlet=f"+{HOSTILE}")
    maker.event(Told("h1", "CONSULT", f"va {HOSTILE}", "2020-10-01", (Who(f"@{HOSTILE}", "USA"),), (TEBBOUNE,), "visit", place=HOSTILE, country="DZA", disagreements=json.dumps({"toll": [{"value": HOSTILE, "mentions": []}]})))  # fmt: skip
    maker.quote("q1", "a", f"-{HOSTILE}", "USA", HOSTILE)
    maker.tenure("t1", f"@{HOSTILE}", HOSTILE, "USA", "2020-01-01", "2020-12-31")
    maker.write()
    return str(path)


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    out = capsys.readouterr()
    return code, out.out, out.err


COMMANDS = [
    ["events", "--actor", "Esper"],
    ["quotes", "--speaker", "Tebboune"],
    ["dyad", "USA", "RUS", "--beside", "RUS", "DZA", "--by", "quarter"],
    ["trips", "Esper"],
    ["timeline", "Esper"],
    ["claims"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_every_format(capsys: pytest.CaptureFixture[str], ledger: str, tmp_path: Path, command: list[str]) -> None:
    import pandas

    code, table, err = ask(capsys, *command, "--ledger", ledger)
    assert (code, err) == (0, "")
    assert table
    code, text, _ = ask(capsys, *command, "--ledger", ledger, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    code, data, _ = ask(capsys, *command, "--ledger", ledger, "--format", "json")
    assert json.loads(data)
    file = tmp_path / "answer.parquet"
    code, out, _ = ask(capsys, *command, "--ledger", ledger, "--format", "parquet", "--output", str(file))
    assert (code, out, len(pandas.read_parquet(file))) == (0, "", len(rows))


def test_the_words_are_in_the_answer(capsys: pytest.CaptureFixture[str], ledger: str) -> None:
    _, table, _ = ask(capsys, "events", "--place", "Alger", "--text", "reçu", "--ledger", ledger)
    for part in (
        "● 2020-10-01   CONSULT visit  Mark Esper (USA) → Abdelmadjid Tebboune (DZA)  at Alger (DZA)  [3 documents, 2 independent]",
        "“reçu à Alger par le président”",
        "— Agence du Rivage, depeche-a, 2020-10-01",
        "… and 1 more mention",
        "sources differ on day: 2020-10-01 / 2020-10-02",
        "1 event\n",
    ):
        assert part in table
    _, data, _ = ask(capsys, "events", "--place", "Alger", "--text", "reçu", "--ledger", ledger, "--format", "json")
    witness = json.loads(data)["events"][0]["witnesses"][0]
    assert witness["words"]["text"] == "reçu à Alger par le président"
    assert witness["words"]["end"] - witness["words"]["start"] == 29
    assert witness["source"]["document"] == "a"


def test_a_pair_as_a_table(capsys: pytest.CaptureFixture[str], ledger: str) -> None:
    _, table, _ = ask(capsys, "dyad", "USA", "RUS", "--ledger", ledger)
    assert "États-Unis – Russie, by month" in table
    assert "2020-10             3       2       1+0          1+0       -2.0  ██████████████│██████" in table
    assert "left out: 1 not known to lie within one month" in table
    assert "1 of 3 periods are empty of documents: no event there means nothing" in table


def test_a_pair_in_json_comes_with_the_events(capsys: pytest.CaptureFixture[str], ledger: str) -> None:
    _, data, _ = ask(capsys, "dyad", "USA", "RUS", "--ledger", ledger, "--format", "json")
    dyad = json.loads(data)["dyads"][0]
    assert [e["witnesses"][0]["words"]["text"] for e in dyad["events"]] == [
        "accuse Washington d'ingérence",
        "se sont parlé au téléphone",
    ]


def test_files(capsys: pytest.CaptureFixture[str], ledger: str, tmp_path: Path) -> None:
    chart, out = tmp_path / "c.svg", tmp_path / "trips.geojson"
    assert ask(capsys, "dyad", "USA", "RUS", "--chart", str(chart), "--ledger", ledger)[0] == 0
    assert chart.read_bytes().startswith(b"<?xml")
    code, printed, _ = ask(capsys, "trips", "Esper", "--format", "geojson", "--output", str(out), "--ledger", ledger)
    assert (code, printed) == (0, "")
    assert len(json.loads(out.read_text(encoding="utf-8"))["features"]) == 4


# words of a command, what the message says
REFUSED = [
    ("events --type VISIT", "event type 'VISIT' is unknown; accepted:"),
    ("events --since hier", "'hier' is no date"),
    ("events --involving Espre", "nobody in this ledger is called 'Espre'; nearest: "),
    ("events --format parquet", "parquet is no text: say with --output into which file"),
    ("events --output /nowhere/x.csv --format csv", "/nowhere/x.csv: cannot be written to"),
    ("quotes --speaker Personne", "nobody in this ledger is called 'Personne'"),
    ("dyad USA Atlantis", "nobody in this ledger is called 'Atlantis'"),
    ("dyad USA RUS --chart c.pdf", "written as svg or png"),
    ("trips", "whose trips?"),
    ("timeline A B C", "a person, a country, two of them, or a place"),
    ("claims --country Nulle-part", "'Nulle-part' is no country or body"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_impossible_questions(capsys: pytest.CaptureFixture[str], ledger: str, words: str, said: str) -> None:
    code, out, err = ask(capsys, *words.split(), "--ledger", ledger)
    assert (code, out) == (2, "")
    assert err.startswith("depeche: ")
    assert said in err
    assert err.count("\n") == 1


def test_a_missing_ledger_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = ask(capsys, "events", "--ledger", str(tmp_path / "none.duckdb"))
    assert (code, "no ledger here" in err) == (2, True)


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_limits_are_numbers(capsys: pytest.CaptureFixture[str], ledger: str, limit: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["events", "--limit", limit, "--ledger", ledger])
    assert stop.value.code == 2
    assert "limit" in capsys.readouterr().err


def test_a_table_is_a_page_and_the_other_formats_hold_all(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    maker = Maker(tmp_path / "n.duckdb")
    maker.document("a", "2020-10-01")
    for n in range(25):
        maker.event(Told(f"e{n:02}", "CONSULT", f"visite {n}", "2020-10-01", (ESPER,), (), "visit"))
    maker.write()
    ledger = ["--ledger", str(tmp_path / "n.duckdb")]
    assert "25 events; 20 of them here (see --limit)" in ask(capsys, "events", *ledger)[1]
    assert len(json.loads(ask(capsys, "events", "--format", "json", *ledger)[1])["events"]) == 25
    assert len(ask(capsys, "events", "--format", "csv", "--limit", "3", *ledger)[1].splitlines()) == 4


WORDS = [
    ["events"],
    ["quotes"],
    ["trips", "USA"],
    ["timeline", "USA"],
    ["timeline", "--place", "DZA"],
    ["dyad", "USA", "DZA"],
]


@pytest.mark.parametrize("command", WORDS, ids=" ".join)
@pytest.mark.parametrize("style", ["table", "csv", "json"])
def test_hostile_words_cannot_drive_a_terminal(
    capsys: pytest.CaptureFixture[str], hostile: str, command: list[str], style: str
) -> None:
    code, out, _ = ask(capsys, *command, "--format", style, "--ledger", hostile)
    assert code == 0
    assert not set(out) & {"\x1b", "\x9b", "\u202e", "\r"}


@pytest.mark.parametrize("command", WORDS[:4], ids=" ".join)
def test_no_cell_of_csv_is_a_formula(capsys: pytest.CaptureFixture[str], hostile: str, command: list[str]) -> None:
    _, out, _ = ask(capsys, *command, "--format", "csv", "--ledger", hostile)
    cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [c for c in cells if c[:1] in ("=", "+", "@", "-")] == []


def test_json_keeps_hostile_words_as_they_are(capsys: pytest.CaptureFixture[str], hostile: str) -> None:
    _, out, _ = ask(capsys, "quotes", "--format", "json", "--ledger", hostile)
    assert json.loads(out)["quotes"][0]["words"]["text"] == HOSTILE


@pytest.mark.parametrize("command", ["events", "quotes", "dyad", "trips", "timeline", "claims"])
def test_help_has_examples(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert f"examples:\n  depeche {command} " in capsys.readouterr().out
