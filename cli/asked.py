"""What is asked of scores is asked of sheets, or of rounds in the database: one of the two, never both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError
from .assessed import assess_sheets
from .common import calendar_of, infer_of
from .database import opened

if TYPE_CHECKING:
    from ..score import Assessment

Sheets = Annotated[
    list[Path],
    typer.Argument(metavar="检查表", help="检查表文件，可以给几个，或它们的文件夹；不给的写 --round"),
]
NO_SHEETS: list[Path] = []


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: sheets under some standards, or the last scorings of rounds, narrowed to some of theirs."""

    files: Sequence[Path]
    rounds: Sequence[str]
    standards: Sequence[str]
    units: Path | None
    calendar: Path | None
    infer: str
    database: str
    mapping: Path | None = None
    accept: bool = False
    output: Path | None = None

    def __post_init__(self) -> None:
        if wrong := list(self._wrong()):
            raise ScoringError([Problem(message=message, hint=hint) for message, hint in wrong])

    def _wrong(self) -> Iterator[tuple[str, str]]:
        if not self.files and not self.rounds:
            yield "没给检查表，也没写轮次", "给检查表文件，或写 --round 2026-06；用法见 --help"
        if self.files and self.rounds:
            yield "检查表和 --round 只给一样", "查文件的不写 --round，查数据库里的不给检查表"
        if self.units and self.rounds:
            yield "--round 不用 --units", "去掉 --units，轮次有自己的名册"

    def of_sheets(self) -> Assessment:
        """Read and score the sheets, a bar on stderr where there are many."""
        return assess_sheets(
            self.files,
            self.standards,
            self.units,
            calendar=self.calendar,
            infer=self.infer,
            accept=self.accept,
            mapping=self.mapping,
            output=self.output,
        )

    def of_rounds(self, unit: str = "") -> list[Assessment]:
        """Return each round as its last scoring saw it, or of each only a unit, by its id or name."""
        with opened(self.database, calendar_of(self.calendar), infer_of(self.infer)) as store:
            return [store.analyses.assessed(one, unit, self.standards) for one in self.rounds]
