"""Figures as pictures in plots/: the same figures draw the same file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "plots"
OURS, OTHERS, LINEAR = "#1b6ca8", "#9aa5b1", "#c9483b"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a process took: seconds on the clock, seconds of all cores, and its peak memory in MB."""

    seconds: float
    work: float
    megabytes: float


def growth(what: str, found: Mapping[int, Figure]) -> None:
    """Draw CPU seconds by size on two logarithmic axes, beside what linear growth would come to."""
    sizes, work = list(found), [one.work for one in found.values()]
    figure, axes = _empty()
    axes.loglog(sizes, [work[0] * size / sizes[0] for size in sizes], "--", color=LINEAR, label="linear")
    axes.loglog(sizes, work, "o-", color=OURS, label="chuangwei bulk score")
    axes.set(xlabel=what, ylabel="CPU seconds", title=f"Growth by {what}")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.legend(frameon=False)
    _save(figure, what)


def bars(name: str, title: str, speeds: Mapping[str, float]) -> None:
    """Draw some speeds as bars; the first is ours."""
    figure, axes = _empty()
    names = list(speeds)[::-1]
    colours = [OURS if one == next(iter(speeds)) else OTHERS for one in names]
    drawn = axes.barh(names, [speeds[one] for one in names], color=colours)
    axes.bar_label(drawn, fmt="%.2f", padding=3)
    axes.set(title=title, xlim=(0, max(speeds.values()) * 1.15))
    _save(figure, name)


def _empty() -> tuple[Any, Any]:
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    mpl.rcParams.update({"svg.hashsalt": "chuangwei", "svg.fonttype": "path", "font.family": "DejaVu Sans"})
    figure, axes = plt.subplots(figsize=(5.2, 3.2), layout="constrained")
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _save(figure: Any, name: str) -> None:
    from matplotlib import pyplot as plt

    FOLDER.mkdir(exist_ok=True)
    figure.savefig(FOLDER / f"{name}.svg", metadata={"Date": None})
    plt.close(figure)
