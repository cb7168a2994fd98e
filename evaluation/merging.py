"""Are merged events one happening each, and are happenings split? Judged by reading a sample of a ledger.

    python evaluation/merging.py sample news.duckdb --seed 5 --out sample.jsonl   # draws events and pairs, verdicts still empty
    python evaluation/merging.py show news.duckdb sample.jsonl                    # prints what they say, for whoever judges
    python evaluation/merging.py score                                            # the figures of merging_sample.jsonl

An item of kind "merged" is an event of the ledger with several mentions, drawn with equal chances. An item of kind "close" is a mention of
such an event, and the mention outside of it that is likest to it: what merging came closest to joining, and did not. Mentions stand as
ids and offsets; no sentence of the corpus is kept. Of an event with more than SHOWN mentions, SHOWN drawn ones are judged.

Verdicts. merged: "one", "part" (all tell of one happening or of parts of it: an attack, and a shot fired in it), "mixed" (a mention
tells of another happening). close: "apart", "part" (one is a part of the other), "one" (one happening, split in two).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb

SAMPLE = Path(__file__).with_name("merging_sample.jsonl")
SHOWN = 8
CONFLICT = -9.0
VERDICTS = {"merged": ("one", "part", "mixed"), "close": ("apart", "part", "one")}
PRECISION, SPLITS = 0.92, 0.15

Item = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    sample = commands.add_parser("sample")
    sample.add_argument("ledger", type=Path)
    sample.add_argument("--seed", type=int, required=True)
    sample.add_argument("--count", type=int, default=100)
    sample.add_argument("--out", type=Path, required=True)
    show = commands.add_parser("show")
    show.add_argument("ledger", type=Path)
    show.add_argument("sample", type=Path)
    score = commands.add_parser("score")
    score.add_argument("sample", type=Path, nargs="?", default=SAMPLE)
    args = parser.parse_args(arguments)
    if args.command == "score":
        return report(load(args.sample))
    with duckdb.connect(str(args.ledger), read_only=True) as con:
        if args.command == "sample":
            items = draw(con, args.seed, args.count)
            args.out.write_text("".join(json.dumps(i, ensure_ascii=False) + "\n" for i in items), encoding="utf-8")
            print(f"{len(items)} items: {args.out}", file=sys.stderr)
        else:
            for number, item in enumerate(load(args.sample)):
                print(f"#{number} {item['kind']} {item.get('verdict', '')}")
                for name in ("event", "nearest"):
                    for mention in item.get(name, ()):
                        print(f"  {name[0]} {words(con, mention)}")
    return 0


def load(path: Path) -> list[Item]:
    """The items of a sample."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def draw(con: duckdb.DuckDBPyConnection, seed: int, count: int) -> list[Item]:
    """`count` merged events, and, for these and then for others, `count` pairs with the mention likest to each outside of it."""
    merged = [e for (e,) in con.execute("SELECT id FROM events WHERE mentions > 1 ORDER BY id").fetchall()]
    random.Random(seed).shuffle(merged)
    items: list[Item] = []
    for event in merged[:count]:
        ids = [
            m for (m,) in con.execute("SELECT id FROM event_mentions WHERE event = ? ORDER BY id", [event]).fetchall()
        ]
        kept = random.Random(f"{seed} {event}").sample(ids, min(SHOWN, len(ids)))
        items.append({"kind": "merged", "seed": seed, "event": describe(con, kept), "verdict": ""})
    for event in merged:
        if len(items) == 2 * count:
            break
        pair = nearest(con, event)
        if pair:
            inside, outside = (describe(con, [mention]) for mention in pair)
            items.append({"kind": "close", "seed": seed, "event": inside, "nearest": outside, "verdict": ""})
    return items


def describe(con: duckdb.DuckDBPyConnection, mentions: list[str]) -> list[Item]:
    """Mentions as document, type and span of the first trigger, in the order of publication."""
    rows = con.execute(
        "SELECT m.document, d.name, m.type, m.triggers FROM event_mentions m JOIN documents d ON d.id = m.document "
        "WHERE m.id IN (SELECT unnest(?)) ORDER BY d.published, m.document, m.start, m.id",
        [mentions],
    ).fetchall()
    found = []
    for document, name, type_, triggers in rows:
        first = json.loads(triggers)[0]
        found.append({"document": document, "name": name, "type": type_, "start": first["start"], "end": first["end"]})
    return found


def nearest(con: duckdb.DuckDBPyConnection, event: str) -> tuple[str, str] | None:
    """The mention of an event and the mention outside of it that are likest to each other, of those that may be one happening."""
    members = [int(m, 16) for (m,) in con.execute("SELECT id FROM event_mentions WHERE event = ?", [event]).fetchall()]
    rows = con.execute(
        "WITH mine AS (SELECT unnest(?)::UBIGINT AS id) "
        "SELECT a, b, score FROM likenesses JOIN mine ON a = id WHERE b NOT IN (FROM mine) "
        "UNION ALL SELECT b, a, score FROM likenesses JOIN mine ON b = id WHERE a NOT IN (FROM mine)",
        [members],
    ).fetchall()
    likely = [(score, a, b) for a, b, score in rows if score > CONFLICT]
    if not likely:
        return None
    _, inside, outside = max(likely)
    return f"{inside:016x}", f"{outside:016x}"


def words(con: duckdb.DuckDBPyConnection, mention: Item) -> str:
    """What a mention says, with what was read of it."""
    row = con.execute(
        'SELECT d.published, d.title, d.text, m.type, m.mode, m.status, m.begins, m.ends, m.start, m."end", m.triggers, m.id '
        "FROM event_mentions m JOIN documents d ON d.id = m.document WHERE m.document = ? AND m.type = ?",
        [mention["document"], mention["type"]],
    ).fetchall()
    found = next((r for r in row if json.loads(r[10])[0]["start"] == mention["start"]), None)
    if found is None:
        return f"{mention}: no longer read"
    published, title, text, type_, mode, status, begins, ends, start, end, triggers, identifier = found
    people = con.execute(
        "SELECT role, name FROM participants WHERE mention = ? ORDER BY role, n", [identifier]
    ).fetchall()
    near = text[max(start, mention["start"] - 110) : min(max(end, mention["end"]), mention["end"] + 110)]
    acts = "|".join(dict.fromkeys(t["text"] for t in json.loads(triggers)))
    sides = " ".join(f"{role[0]}={name[:30]!r}" for role, name in people)
    return f"{mention['document'][:4]} {published} «{(title or '')[:50]}» {type_}/{mode} {status} [{acts}] {sides} {begins}..{ends} | {near}"


def report(items: list[Item]) -> int:
    """Print precision and splits with their 95 % intervals; 1 where a target is missed or an item has no verdict."""
    wrong = [n for n, i in enumerate(items) if i["verdict"] not in VERDICTS[i["kind"]]]
    if wrong:
        print(f"items without a verdict, or with one that is none: {wrong}")
        return 1
    merged = Counter(i["verdict"] for i in items if i["kind"] == "merged")
    close = Counter(i["verdict"] for i in items if i["kind"] == "close")
    right, judged = merged["one"] + merged["part"], sum(merged.values())
    split, pairs = close["one"], sum(close.values())
    print(f"merged events: {dict(merged)}; right {right}/{judged} = {right / judged:.3f} {interval(right, judged)}")
    print(f"likest other events: {dict(close)}; split {split}/{pairs} = {split / pairs:.3f} {interval(split, pairs)}")
    return 0 if right >= PRECISION * judged and split <= SPLITS * pairs else 1


def interval(hits: int, of: int) -> str:
    """The 95 % interval of a share (Wilson)."""
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"[{middle - half:.3f}, {middle + half:.3f}]"


if __name__ == "__main__":
    sys.exit(main())
