"""The quality gate: scores on the gold against the floors of `floors.json`, which may only rise.

Without arguments it prints the scores and fails below a floor; with --raise it writes the floors anew where the scores went up.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gold import GOLD, print_scores, scores

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.0005  # rounding of the printed scores
LAYERS = (
    "event_trigger",
    "event_type",
    "actors",
    "recipients",
    "who_what_whom",
    "dyads",
    "quotes",
    "quote_speakers",
    "offices",
)
ACCURACIES = ("status", "date", "place", "source")


def flatten(result: dict[str, Any]) -> dict[str, float]:
    """The figures that have floors."""
    figures = {name: float(result[name]["f1"]) for name in LAYERS}
    for name in ACCURACIES:
        right, _, total = str(result["on matched events"][name]).partition(" = ")[0].partition("/")
        figures[f"{name} right"] = round(int(right) / max(int(total), 1), 3)
    return figures


def raised(old: dict[str, float], new: dict[str, float]) -> dict[str, float]:
    """The floors lifted to the new scores where those are higher; never lowered."""
    return {name: max(value, old.get(name, 0.0)) for name, value in new.items()}


def below(floors: dict[str, float], figures: dict[str, float]) -> list[str]:
    """What fell under its floor, in words."""
    return [
        f"{k}: {figures.get(k, 0.0):.3f} is under its floor {v:.3f}"
        for k, v in floors.items()
        if figures.get(k, 0.0) < v - SLACK
    ]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to today's scores")
    parser.add_argument("--gold", type=Path, default=GOLD)
    args = parser.parse_args()
    if not args.gold.is_dir():
        print(f"skipped: no gold readings at {args.gold} (they are not part of the project)")
        return 0
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    failures: list[str] = []
    for name in ("seed", "dev"):
        result = scores(args.gold / f"{name}.jsonl")
        print(f"\n== {name}")
        print_scores(result)
        figures = flatten(result)
        failures += [f"{name}: {line}" for line in below(floors.get(name, {}), figures)]
        floors[name] = raised(floors.get(name, {}), figures)
    if args.lift:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n")
    print("\n".join(["", *failures]) if failures else "\nall floors hold")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
