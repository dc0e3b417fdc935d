"""What the verbs that write documents share: of which sheets or which round, as of which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError
from .assessed import assess_sheets
from .common import calendar_of, day_of
from .database import opened

if TYPE_CHECKING:
    from ..report.dossier import Dossier

Sheets = Annotated[
    list[Path] | None,
    typer.Argument(metavar="检查表", help="检查表文件，可以给几个，或它们的文件夹；用数据库里的一轮时不写"),
]
RoundOf = Annotated[str, typer.Option("--round", metavar="轮次", help="用数据库里的这一轮，如 2026-06")]
Title = Annotated[str, typer.Option("--title", metavar="名称", help="用检查表时，这一批叫什么，如 2026-06")]
AsOf = Annotated[
    str,
    typer.Option("--on", metavar="日期", help="截至哪天，如 2026-06-30；不写是这一轮（这些检查）的最后一天"),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document is to be made of, as it stands on the command line."""

    sheets: Sequence[Path]
    round: str
    db: str
    title: str
    as_of: str
    standards: Sequence[str] = ()
    units: Path | None = None
    calendar: Path | None = None
    infer: str = ""
    mapping: Path | None = None
    accept: bool = False
    period: bool = False


def dossier_for(asked: Asked) -> tuple[Dossier, tuple[Problem, ...]]:
    """Return the dossier that is asked for, and what is wrong with the sheets it was made of.

    Raises ScoringError where sheets and a round are asked for, or neither.
    """
    if bool(asked.sheets) == bool(asked.round):
        hint = "写检查表文件，或写 --round 轮次 --db 数据库"
        message = "检查表和 --round 只能写一种" if asked.round else "没写检查表，也没写 --round"
        raise ScoringError([Problem(message=message, hint=hint)])
    as_of = day_of(asked.as_of)
    if asked.round:
        with opened(asked.db, calendar_of(asked.calendar)) as store:
            return store.analyses.dossier(asked.round, as_of, period=asked.period), ()
    return _of_sheets(asked)


def _of_sheets(asked: Asked) -> tuple[Dossier, tuple[Problem, ...]]:
    from ..report.dossier import dossier_of

    as_of = day_of(asked.as_of)
    assessment = assess_sheets(
        asked.sheets,
        asked.standards,
        asked.units,
        calendar=asked.calendar,
        infer=asked.infer,
        on=as_of,
        accept=asked.accept,
        mapping=asked.mapping,
    )
    return dossier_of(assessment, asked.title, as_of, calendar_of(asked.calendar)), assessment.problems
