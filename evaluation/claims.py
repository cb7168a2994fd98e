"""Claims against a ledger of US travels: 1,000 "first … since …" in French words and as options, true, false, and with a hole in the cover.

    python evaluation/claims.py                        the whole run, from ../shared/reference/us-state-travels
    python evaluation/claims.py --claims 200 --seed 7 --misses 20

The truth comes from `claims_truth.py`, which reads the XML by itself. A claim passes where the verdict is the one that the data give:
supported or contradicted where they decide, undecidable where days in question are covered by nothing. Fails on any other verdict.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
from claims_texts import (
    FIRST,
    NARROWED,
    NONE,
    NUMBERS,
    PERSONS,
    Bound,
    day_bound,
    length_bound,
    month_bound,
    office_of,
    write,
    year_bound,
)  # fmt: skip
from claims_truth import Claim, Stay, read_stays, truth

from depeche.analysis.check import ClaimOptions, Verdict, check_options, check_reading, read_claim
from depeche.ledger.lists import import_lists
from depeche.ledger.store import Store

TRAVELS = Path(__file__).resolve().parents[2] / "shared" / "reference" / "us-state-travels"
SEED = 2006
OCCASION = timedelta(days=10)  # "aucun … depuis" is said apart from any visit: nobody says it a week after one
HOLES = 0.25  # the share of claims with days that nothing covers
SUBJECTS = {"president": "président", "secretary": "secrétaire d'État"}
KEYS = {"president": "head_of_state", "secretary": "minister.foreign"}


@dataclass(frozen=True)
class Case:
    """A claim, its words, its parts, the days that are taken out of the cover, and what is to be said of it."""

    claim: Claim
    text: str
    options: ClaimOptions
    hole: tuple[date, date] | None
    expected: str


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("travels", type=Path, nargs="?", default=TRAVELS)
    parser.add_argument("--claims", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--misses", type=int, default=10, help="failures to print")
    parser.add_argument("--ledger", type=Path, help="a ledger with these lists and nothing else (default: made here)")
    args = parser.parse_args()
    if not args.travels.is_dir():
        print(f"skipped: no travels at {args.travels} (they are not part of the project)")
        return 0
    stays = read_stays(args.travels)
    cases = list(make_cases(stays, args.claims, random.Random(args.seed)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "travels.duckdb"
        if args.ledger:
            shutil.copy(args.ledger, path)
        else:
            import_lists(Store(path, create=True), [args.travels])
        with duckdb.connect(str(path)) as con:
            return report(cases, con, args.misses)


def make_cases(stays: dict[tuple[str, str], list[Stay]], count: int, chance: random.Random) -> Iterator[Case]:
    """As many claims as asked for."""
    groups = sorted(stays)
    made = 0
    while made < count:
        role, code = chance.choice(groups)
        own = stays[role, code]
        case = _case(chance.choice(own), own, chance)
        if case is not None:
            made += 1
            yield case


def _case(stay: Stay, own: list[Stay], chance: random.Random) -> Case | None:
    if stay.elect or sum(s.first <= stay.first <= s.last for s in own) > 1:
        return None
    shapes = chance.choices((FIRST, PERSONS, NONE, NARROWED), (6, 2, 2, 1))[0]
    bound = _bound(stay, [s for s in own if s.first < stay.first], chance)
    if bound is None or bound.end > stay.first:
        return None
    if bound.length and any(bound.first <= s.first < bound.end for s in own):
        return None  # as long ago as the words say, or not: nobody can tell
    if shapes is NONE and any(timedelta(0) < stay.first - s.first < OCCASION for s in own):
        return None
    start = bound.first if bound.length else bound.end
    claim = Claim(
        stay, bound.first, start, persons=shapes is PERSONS, denial=shapes is NONE, narrowed=shapes is NARROWED
    )
    hole = _hole(claim, own, chance)
    text = write(chance.choice(shapes), stay, bound, office_of(stay.role, chance))
    options = ClaimOptions(
        "never" if shapes is NONE else "first", mode="visit", subject=SUBJECTS[stay.role], of="USA", place=stay.country,
        since=bound.option, on=stay.first, persons=claim.persons, actor=stay.name if claim.persons else None,
    )  # fmt: skip
    return Case(claim, text, options, hole, truth(claim, own, hole))


def _bound(stay: Stay, before: list[Stay], chance: random.Random) -> Bound | None:
    """A bound before a stay, after all earlier ones or before some of them."""
    years = [n for n in NUMBERS if n <= stay.first.year - 1880]
    if chance.random() < 0.2 and years:
        return length_bound(chance.choice(years), stay.first)
    if before and chance.random() < 0.5:
        day = before[-1].first  # the likeliest words: "the first since" the one before
    elif before and chance.random() < 0.6:
        day = chance.choice(before).first - timedelta(days=chance.randrange(400, 4000))
    else:
        day = stay.first - timedelta(days=chance.randrange(40, 12000))
    day = max(day, date(1866, 2, 1))
    return chance.choice((year_bound(day.year), year_bound(day.year), month_bound(day), day_bound(day)))


def _hole(claim: Claim, own: list[Stay], chance: random.Random) -> tuple[date, date] | None:
    """Days within the claim's time that nothing will cover: half of them where a counter-example is."""
    span = (claim.of.first - claim.since_end).days
    if chance.random() >= HOLES or span < 3:
        return None
    inside = [s.first for s in own if claim.since_end <= s.first < claim.of.first]
    length = timedelta(days=chance.randrange(2, min(span, 1500)) if span > 2 else 2)
    if inside and chance.random() < 0.5:
        start = chance.choice(inside) - timedelta(days=chance.randrange(length.days))
    else:
        start = claim.since_end + timedelta(days=chance.randrange(span))
    start = max(start, claim.since_end)
    return start, min(start + length, claim.of.first)


def report(cases: list[Case], con: duckdb.DuckDBPyConnection, misses: int) -> int:
    """Check all, print what came out; 1 if any verdict is not the one that the data give."""
    outcomes: Counter[tuple[str, str, str]] = Counter()
    failed: list[str] = []
    clock = time.perf_counter()
    for case in cases:
        for form, verdict in _verdicts(case, con):
            got = verdict.verdict if verdict else "not read"
            outcomes[form, _kind(case), got] += 1
            if got != case.expected:
                failed.append(
                    f"{form}: {case.expected} expected, {got}: {case.text!r} on {case.claim.of.first}, hole {case.hole}, "
                    f"{case.options if form == 'options' else ''} {verdict and verdict.reasons}"
                )
    print(f"{len(cases)} claims, in words and as options, in {time.perf_counter() - clock:.0f} s")
    for (form, kind, got), count in sorted(outcomes.items()):
        print(f"  {form:<8} {kind:<34} {got:<13} {count}")
    wrong = [f for f in failed if " undecidable: " not in f and " not read: " not in f]
    print(
        f"verdicts as the data give them: {sum(outcomes.values()) - len(failed)} of {sum(outcomes.values())}; confident and wrong: {len(wrong)}"
    )
    for line in [*wrong, *(f for f in failed if f not in wrong)][:misses]:
        print("  ", line)
    return 1 if failed else 0


def _kind(case: Case) -> str:
    return f"{case.expected}{', hole in the cover' if case.hole else ''}"


def _verdicts(case: Case, con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Verdict | None]]:
    reading = read_claim(case.text, on=case.claim.of.first, lang="fr")
    con.execute("BEGIN")
    if case.hole:
        dig(con, case.claim.of.role, *case.hole)
    found = check_reading(con, reading, of_day=True).verdicts
    yield "text", found[0] if len(found) == 1 else None
    if not case.claim.narrowed:  # no option says "officielle"
        yield "options", check_options(con, case.options).verdicts[0]
    con.execute("ROLLBACK")


def dig(con: duckdb.DuckDBPyConnection, role: str, first: date, end: date) -> None:
    """Take the days [first, end) out of the lists of a role: their rows, and what the lists declare to cover."""
    lists = f"SELECT id FROM documents WHERE name LIKE '{role}/%'"
    gone = f"SELECT id FROM event_mentions WHERE document IN ({lists}) AND begins >= ? AND begins < ?"
    con.execute(f"DELETE FROM participants WHERE mention IN ({gone})", [first, end])
    con.execute(f"DELETE FROM event_mentions WHERE document IN ({lists}) AND begins >= ? AND begins < ?", [first, end])
    rows = con.execute("SELECT * FROM list_coverage WHERE office_key = ?", [KEYS[role]]).fetchall()
    con.execute("DELETE FROM list_coverage WHERE office_key = ?", [KEYS[role]])
    for *head, begins, ends in rows:
        for low, high in ((begins, min(ends, first)), (max(begins or end, end), ends)):
            if low is None or low < high:
                con.execute("INSERT INTO list_coverage VALUES (?, ?, ?, ?, ?, ?, ?)", [*head, low, high])


if __name__ == "__main__":
    sys.exit(main())
