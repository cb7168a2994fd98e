"""A series as a picture: cooperation above the line, conflict below, and beneath them how much was read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from depeche.analysis.dyads import Dyad, Dyads
from depeche.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("svg", "png")
# Blue and vermilion of Okabe and Ito's palette: told apart by the colour-blind, and in print.
_COLOURS = {"cooperation": "#0072b2", "conflict": "#d55e00", "documents": "#b8b8b8"}
_INCH_A_DYAD, _WIDTH = 3.4, 10.0


def draw_dyads(answer: Dyads, path: str | Path) -> None:
    """Draw the series into a file, SVG or PNG by its name; the same answer gives the same bytes.

    Raises InputError for another suffix, an answer without periods, and a file that cannot be written.
    """
    target = Path(path)
    kind = target.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise InputError(f"{target}: a chart is written as {' or '.join(FORMATS)}, by the end of the file's name")
    if not any(d.periods for d in answer.dyads):
        raise InputError("there is nothing to draw: no document of this time was read")
    figure = _figure(answer)
    try:
        # matplotlib would sign the file with the time
        figure.savefig(target, format=kind, metadata={"Date": None} if kind == "svg" else {"Software": None}, dpi=150)
    except OSError as error:
        raise InputError(f"{target}: cannot be written to: {(error.strerror or str(error)).lower()}") from error


def _figure(answer: Dyads) -> Figure:
    import matplotlib
    from matplotlib.figure import Figure

    # names are text from anywhere: a dollar sign must not start a formula
    matplotlib.rcParams.update({"svg.hashsalt": "depeche", "svg.fonttype": "path", "text.parse_math": False})
    figure = Figure(figsize=(_WIDTH, _INCH_A_DYAD * len(answer.dyads) + 1.6), layout="constrained")
    rows = len(answer.dyads) + 1
    grid: Any = figure.subplots(rows, 1, sharex=True, squeeze=False, height_ratios=[3.0] * (rows - 1) + [1.0])
    top = max((max(p.cooperation_score, -p.conflict_score) for d in answer.dyads for p in d.periods), default=1) or 1
    for n, dyad in enumerate(answer.dyads):
        _series(grid[n][0], dyad, top)
    _documents(grid[-1][0], answer.dyads[0])
    grid[-1][0].set_xlabel(answer.by)
    handles, labels = grid[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper right", frameon=False, ncols=3, fontsize="small")
    figure.align_ylabels()
    return figure


def _series(axes: Any, dyad: Dyad, top: float) -> None:
    """One pair's scores; all pairs share one scale, or they could not be compared."""
    x = range(len(dyad.periods))
    axes.bar(x, [p.cooperation_score for p in dyad.periods], color=_COLOURS["cooperation"], label="cooperation")
    axes.bar(x, [p.conflict_score for p in dyad.periods], color=_COLOURS["conflict"], label="conflict")
    busy = [n for n, p in enumerate(dyad.periods) if p.events]
    axes.scatter(busy, [dyad.periods[n].score for n in busy], marker="D", s=9, color="black", zorder=3, label="net")
    axes.axhline(0, color="black", linewidth=0.6)
    axes.set_ylim(-1.1 * top, 1.1 * top)
    axes.set_ylabel("PLOVER score")
    axes.set_title(f"{dyad.first.name} – {dyad.second.name}  ({len(dyad.records)} events)", loc="left")
    axes.spines[["top", "right"]].set_visible(False)


def _documents(axes: Any, dyad: Dyad) -> None:
    """What was read: where this is empty, the series above is silent, not quiet."""
    labels = [p.label for p in dyad.periods]
    axes.bar(range(len(labels)), [p.documents for p in dyad.periods], color=_COLOURS["documents"])
    axes.set_ylabel("documents")
    step = max(1, -(-len(labels) // 12))
    axes.set_xticks(range(0, len(labels), step), labels[::step], rotation=30, ha="right")
    axes.spines[["top", "right"]].set_visible(False)
