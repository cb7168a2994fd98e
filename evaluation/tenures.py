"""Tenures that a ledger learned from news, against a list of leaders by month.

    python evaluation/tenures.py --ledger news.duckdb --leaders reign-leaders-2021-03.csv

Precision: of the months in which the ledger shows a holder of the office that the list follows (between the first and the last witness of a
tenure), those in which the list has that person. Found: of the leaders whom ten or more tenure mentions of the ledger name in their own
time, those of whom it has a tenure. The list is read for this comparison alone; it need not be, and had better not be, in the ledger.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from depeche.ingest.decoding import decode
from depeche.ledger.keys import fold
from depeche.ledger.lists.leaders import Leader, read_leaders
from depeche.ledger.persons import same_person
from depeche.ledger.store import Store

OFFICES = ("head_of_state", "head_of_government")
# The states whose head of government the list follows; of all others it is the head of state. From the constitutions, 2011 to 2021.
GOVERNED = frozenset(
    "ALB AND ATG AUS AUT BEL BGD BGR BHS BLZ BRB BTN CAN CPV CZE DEU DMA DNK ESP EST ETH FIN FJI GBR GEO GRC GRD HRV HUN IND IRL IRQ ISL ISR "
    "ITA JAM JPN KHM KNA LBY LCA LSO LUX LVA MDA MKD MLT MNE MUS MYS NLD NOR NPL NZL PAK PNG SGP SLB SRB SVK SVN SWE THA TTO TUV VCT VUT WSM XKX".split()
)
LEAST = 10  # mentions of a leader from which on the ledger ought to know the tenure


class Month(NamedTuple):
    """A calendar month."""

    year: int
    month: int


class Tenure(NamedTuple):
    """A tenure of the ledger."""

    of: str
    office: str
    person: str
    names: tuple[str, ...]
    first: date
    last: date
    witnesses: int


def months(first: date, last: date) -> Iterator[Month]:
    """The months from one day to another, both included."""
    at = Month(first.year, first.month)
    while at <= (last.year, last.month):
        yield at
        at = Month(at.year + at.month // 12, at.month % 12 + 1)


def leaders_by_month(leaders: Sequence[Leader]) -> dict[tuple[str, Month], set[str]]:
    """Who led each state in each month, folded; in a month of a handover both."""
    found: dict[tuple[str, Month], set[str]] = defaultdict(set)
    for leader in leaders:
        for month in months(leader.begins, leader.ends_after):
            found[leader.of, month].add(fold(leader.person.text))
    return found


def read_ledger(path: Path) -> tuple[list[Tenure], Counter[tuple[str, str, Month]]]:
    """The tenures of heads that were read, and how many mentions name whom as head of which state in which month."""
    with Store(path).connect() as con:
        rows = con.execute(
            "SELECT \"of\", office_key, person, names, first_seen, last_seen, witnesses FROM tenures WHERE source = 'read' AND office_key IN ?",
            [list(OFFICES)],
        ).fetchall()
        told = con.execute(
            'SELECT m."of", m.person_key, m.as_of, count(*) FROM tenure_mentions m JOIN documents d ON d.id = m.document '
            "WHERE d.kind = 'text' AND m.as_of IS NOT NULL AND m.told = 'current' AND m.office_key IN ? GROUP BY ALL",
            [list(OFFICES)],
        ).fetchall()
    mentions: Counter[tuple[str, str, Month]] = Counter()
    for of, person, day, n in told:
        mentions[of, person, Month(day.year, day.month)] += n
    return [Tenure(of, office, p, tuple(names), *rest) for of, office, p, names, *rest in rows], mentions


def is_leader(person: str, name: str) -> bool:
    """Whether a folded name is that of a leader of the list, which gives family names alone, in Spanish both ("rajoy brey")."""
    return same_person(person, name) or person.split()[-1] in name.split()


def precision(tenures: Sequence[Tenure], held: dict[tuple[str, Month], set[str]]) -> tuple[int, int, list[str]]:
    """Months in which the holder is the list's, months compared, and what differs."""
    right = total = 0
    wrong: list[str] = []
    for t in tenures:
        if (t.office == "head_of_government") != (t.of in GOVERNED):
            continue
        compared = [m for m in months(t.first, t.last) if held.get((t.of, m))]
        same = [m for m in compared if any(is_leader(fold(t.person), name) for name in held[t.of, m])]
        right, total = right + len(same), total + len(compared)
        if len(same) < len(compared):
            off = sorted(set(compared) - set(same))
            who = " / ".join(sorted({name for m in off for name in held[t.of, m]}))
            wrong.append(
                f"{t.of} {t.person} ({t.witnesses} witnesses, {t.first} to {t.last}): in {len(off)} months the list has {who}"
            )
    return right, total, wrong


def found(
    tenures: Sequence[Tenure], mentions: Counter[tuple[str, str, Month]], leaders: Sequence[Leader]
) -> tuple[int, int, list[str]]:
    """Leaders with a tenure in the ledger, leaders that are mentioned often enough, and those that are missing."""
    known, wanted = 0, 0
    missing: list[str] = []
    by_state: dict[str, list[tuple[str, Month, int]]] = defaultdict(list)
    for (of, person, month), n in mentions.items():
        by_state[of].append((person, month, n))
    for leader in leaders:
        name, time = fold(leader.person.text), set(months(leader.begins, leader.ends_after))
        count = sum(n for person, month, n in by_state[leader.of] if month in time and is_leader(person, name))
        if count < LEAST:
            continue
        wanted += 1
        if any(
            t.of == leader.of and is_leader(fold(t.person), name) and time & set(months(t.first, t.last))
            for t in tenures
        ):
            known += 1
        else:
            missing.append(f"{leader.of} {leader.person.text} ({count} mentions)")
    return known, wanted, missing


def main() -> int:
    """Print the figures; 1 where one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path, required=True)
    parser.add_argument("--leaders", type=Path, required=True)
    args = parser.parse_args()
    text = decode(args.leaders.read_bytes()).text
    leaders = [row for row in read_leaders(text, str(args.leaders)) if isinstance(row, Leader)]
    tenures, mentions = read_ledger(args.ledger)
    right, total, wrong = precision(tenures, leaders_by_month(leaders))
    known, wanted, missing = found(tenures, mentions, leaders)
    print("\n".join([*wrong, *(f"missing: {m}" for m in missing)]))
    compared = [t for t in tenures if (t.office == "head_of_government") == (t.of in GOVERNED)]
    print(
        f"{len(tenures)} tenures of heads of state and government, {len(compared)} of the office that the list follows"
    )
    print(f"holder right in {right} of {total} months: {right / max(total, 1):.3f} (wanted 0.95)")
    print(
        f"leaders with {LEAST} mentions or more found: {known} of {wanted}: {known / max(wanted, 1):.3f} (wanted 0.90)"
    )
    return int(right < 0.95 * total or known < 0.9 * wanted)


if __name__ == "__main__":
    raise SystemExit(main())
