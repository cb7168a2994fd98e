"""How fast a large ledger answers: each question at the 95th percentile, warm, in a ledger of a million events.

python evaluation/ledger_speed.py LEDGER.duckdb [--events 1000000] [--rounds 40] [--keep GROWN.duckdb]

The ledger of real readings is multiplied first, in SQL, into a file that goes away (`--keep` keeps it): each copy of its documents lies on
other days, with other countries and names. Only what answers read is multiplied; how long adding takes at each size is measured by
`ledger_grow.py`, which adds documents as `depeche add` does. A ledger that is large enough is asked as it is. Questions are drawn from the
ledger: frequent and rare countries, people and offices alike. Bar: 300 ms.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb

import depeche
from depeche.analysis.check import ClaimOptions
from depeche.analysis.who import who
from depeche.errors import InputError
from depeche.ledger.store import Store
from depeche.ledger_api import Ledger

BAR = 0.3
# Copies lie on other days by a step of this many days, over ten years: the ledger of a newsroom, not of a century.
STEP, YEARS = 17, 3650
# Letters that make another name, so that a copy's people are others; every third copy keeps the names.
SUFFIX = "CASE WHEN k % 3 = 0 THEN '' ELSE ' ' || chr((97 + k % 23)::INT) || 'o' || chr((97 + k % 19)::INT) END"
DATES = ("published", "earliest", "latest", "begins", "ends", "day", "day_last", "as_of", "published_first", "published_last", "first_seen",
         "last_seen", "begins_after", "begins_by", "ends_after", "ends_by")  # fmt: skip
IDS = ("id", "document", "event", "mention", "origin")
COUNTRIES = ("country", "of", "speaker_country", "subject_country", "object_country")
NAMES = ("name", "key", "speaker", "speaker_key", "person", "person_key", "subject", "object")
TABLES = (
    "documents",
    "event_mentions",
    "participants",
    "quotes",
    "tenure_mentions",
    "claims",
    "events",
    "event_sides",
    "tenures",
)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=40, help="questions of each kind")
    parser.add_argument("--keep", type=Path, help="where the grown ledger is kept")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large = args.ledger if events_in(args.ledger) >= args.events else args.keep or Path(folder) / "large.duckdb"
        if not large.exists():
            multiply(args.ledger, large, args.events)
        print(f"{events_in(large):,} events, {large.stat().st_size >> 20:,} MB", flush=True)
        slow = [name for name, seconds in measure(large, args.rounds, args.seed) if seconds > BAR]
    if slow:
        print(f"over the bar of {1000 * BAR:g} ms: {', '.join(slow)}")
    return 1 if slow else 0


def events_in(path: Path) -> int:
    """How many events a ledger has."""
    with Store(path).connect() as con:
        return int((con.execute("SELECT count(*) FROM events").fetchone() or (0,))[0])


def multiply(source: Path, target: Path, size: int) -> None:
    """Write a ledger of copies of another's documents and of what is known from them."""
    copies = -(-size // events_in(source))
    Store(target, create=True)
    started = time.perf_counter()
    con = duckdb.connect(str(target), config={"memory_limit": "2GB"})
    try:
        con.execute(f"ATTACH '{source}' AS source (READ_ONLY)")
        con.execute(f"CREATE TEMP TABLE copy AS SELECT k, (k * {STEP}) % {YEARS} AS days FROM range({copies}) r(k)")
        # each copy takes the countries one further round a circle
        con.execute(
            "CREATE TEMP TABLE circle AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS place FROM "
            "(SELECT DISTINCT country AS code FROM source.event_sides WHERE country IS NOT NULL)"
        )
        con.execute(
            "ALTER TABLE copy ADD COLUMN other MAP(VARCHAR, VARCHAR); "
            "UPDATE copy SET other = (SELECT map(list(a.code ORDER BY a.code), list(b.code ORDER BY a.code)) FROM circle a "
            "JOIN circle b ON b.place = (a.place + copy.k) % (SELECT count(*) FROM circle))"
        )
        con.execute("INSERT INTO places SELECT * FROM source.places")
        for table in TABLES:
            columns = [c for (c,) in con.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND database_name = 'source' ORDER BY column_index", [table]).fetchall()]  # fmt: skip
            chosen = ", ".join(f'{shifted(table, c)} AS "{c}"' for c in columns)
            con.execute(
                f"INSERT INTO {table} BY NAME SELECT {chosen} FROM copy JOIN source.{table} t ON true ORDER BY k"
            )
            print(f"  {table}, {time.perf_counter() - started:.0f} s", end="\r", file=sys.stderr)
        con.execute("CHECKPOINT")
    finally:
        con.close()


def shifted(table: str, column: str) -> str:
    """A column of a copy, as SQL."""
    value = f't."{column}"'
    if column in IDS:
        return f"substr(md5({value} || k), 1, 16)"
    if column in DATES:
        return f"({value} + INTERVAL (days) DAY)::DATE"
    if column in COUNTRIES:
        return f"coalesce(other[{value}], {value})"
    if column in ("acting", "receiving"):
        return f"array_to_string(list_sort(list_transform(string_split({value}, ' '), lambda c: coalesce(other[c], c))), ' ')"
    if column == "names":
        return f"list_transform({value}, lambda n: n || {SUFFIX})"
    if column in NAMES and table != "documents":
        return f"{value} || {SUFFIX}"
    return value


def measure(path: Path, rounds: int, seed: int) -> Iterator[tuple[str, float]]:
    """Each kind of question with its 95th percentile in seconds."""
    ledger, rng = depeche.open(path), random.Random(seed)
    for name, ask in questions(path, ledger, rng).items():
        took: list[float] = []
        worked: list[float] = []
        for n in range(rounds + 3):
            started, before = time.perf_counter(), time.process_time()
            try:
                ask()
            except InputError as error:  # a fault of the measure, not of the ledger
                print(f"  {name}: {error}")
            if n >= 3:  # the first warm the file
                took.append(time.perf_counter() - started)
                worked.append(time.process_time() - before)
        high = statistics.quantiles(took, n=20)[-1]
        print(
            f"{name:28} median {1000 * statistics.median(took):4.0f} ms, 95th percentile {1000 * high:4.0f} ms "
            f"(work of {1000 * statistics.median(worked):4.0f} ms)",
            flush=True,
        )
        yield name, high


def questions(path: Path, ledger: Ledger, rng: random.Random) -> dict[str, Callable[[], Any]]:
    """The kinds of questions; each call asks another."""
    store = Store(path)
    with store.connect() as con:

        def column(sql: str) -> list[Any]:
            return con.execute(sql).fetchall()

        countries = column(
            "SELECT country, count(*) FROM event_sides WHERE length(country) = 3 GROUP BY 1 ORDER BY 2 DESC LIMIT 80"
        )
        people = column(
            "SELECT name, count(*) AS n FROM event_sides WHERE kind = 'person' AND key LIKE '% %' GROUP BY 1 ORDER BY n DESC LIMIT 400"
        )
        travellers = column(
            "SELECT s.name, count(*) AS n FROM event_sides s JOIN events e ON e.id = s.event WHERE e.mode = 'visit' AND s.role = 'actor' AND s.kind = 'person' AND s.key LIKE '% %' GROUP BY 1 ORDER BY n DESC LIMIT 400"
        )
        offices = column(
            'SELECT office, "of", first_seen FROM tenures WHERE "of" IS NOT NULL AND first_seen IS NOT NULL ORDER BY md5(id) LIMIT 400'
        )
        places = column("SELECT name FROM places WHERE latitude IS NOT NULL ORDER BY md5(id) LIMIT 200")
        years = column("SELECT DISTINCT year(published) FROM documents WHERE published IS NOT NULL ORDER BY 1")

    def code() -> str:
        return str(rng.choice(countries)[0])

    def two() -> tuple[str, str]:
        first, second = rng.sample(countries, 2)
        return str(first[0]), str(second[0])

    def year() -> str:
        return str(rng.choice(years)[0])

    kinds = ("CONSULT", "ACCUSE", "ASSAULT", "SUPPORT", "REQUEST", "SANCTION")
    grains = ("month", "quarter", "year")

    def ask_who() -> None:
        office, of, day = rng.choice(offices)
        who(store, office, of, on=day)

    def check() -> None:
        one, other = two()
        ledger.check(
            ClaimOptions(
                "first",
                type="CONSULT",
                mode="visit",
                subject=one,
                place=other,
                since=year(),
                on=f"{int(year()) + 1}-06-01",
            )
        )

    return {
        "dyad": lambda: ledger.dyad(*two(), by=rng.choice(grains)),
        "dyad beside a dyad": lambda: ledger.dyad(*two(), beside=[two()], by=rng.choice(grains)),
        "dyad of a person": lambda: ledger.dyad(rng.choice(people)[0], code(), by="month"),
        "trips of a person": lambda: ledger.trips(rng.choice(travellers)[0]),
        "trips of a country": lambda: ledger.trips(code(), since=year()),
        "trips to a country": lambda: ledger.trips(code(), to=code()),
        "who": ask_who,
        "check": check,
        "events: type, actor, year": lambda: ledger.events(type=rng.choice(kinds), actor=code(), since=(y := year()), until=y, limit=20),
        "events: dyad, type, since": lambda: ledger.events(dyad=two(), type=rng.choice(kinds), since=year(), limit=20),
        "events: person, quad, year": lambda: ledger.events(involving=rng.choice(people)[0], quad="verbal-cooperation", since=(y := year()), until=y, limit=20),
        "events: place, type, source": lambda: ledger.events(place=rng.choice(places)[0], type=rng.choice(kinds), source="named", limit=20),
        "events: type, actor, text": lambda: ledger.events(type=rng.choice(kinds), actor=code(), text="président", limit=20),
        "timeline of a person": lambda: ledger.timeline(rng.choice(people)[0], limit=20),
        "quotes of a person": lambda: ledger.quotes(speaker=rng.choice(people)[0], limit=20),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
