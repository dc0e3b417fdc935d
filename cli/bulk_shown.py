"""What a run over large tables shows: how far it is, and what it came to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .common import emit, say

if TYPE_CHECKING:
    from ..bulk.record import Outcome
    from ..bulk.run import Progress


@contextmanager
def watched() -> Iterator[Progress]:
    """Yield what shows how far a run is, only on a terminal."""
    from ..bulk.run import unwatched

    if not sys.stderr.isatty():
        yield unwatched
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("评分", total=None)

        def show(done: int, rows: int) -> None:
            bar.update(task, completed=done, total=rows)

        yield show


def told(outcome: Outcome, output: Path) -> None:
    """Say what a run came to, and where it is."""
    totals = outcome.totals
    say(f"提示: {notice}" for notice in outcome.notices)
    say(outcome.problems)
    left = [
        f"{number}{what}"
        for number, what in (
            (totals.refused, "行有错"),
            (totals.details_refused, "行明细有错"),
            (totals.unjudged, "行没有标准评"),
            (totals.unscored, "个单位未评"),
        )
        if number
    ]
    more = f"，{'，'.join(left)}（都列在 {output / 'problems'}）" if left else ""
    emit("\n".join(outcome.summary))
    beside = f"和问题明细{totals.details}行" if totals.details else ""
    say([f"读了{totals.rows}行{beside}{more}。结果在 {output}"])
