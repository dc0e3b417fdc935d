"""Which programs a script is written for: the standards that are in force on a day and judge a kind of unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scoring.compile.program import Law, Program
from scoring.errors import Problem, ScoringError, did_you_mean
from scoring.rule.standard import Standard


def judging(
    standards: Sequence[Standard], kind: str = "", on: date | None = None
) -> tuple[tuple[Program, ...], str]:
    """Return the programs in force on a day for a kind of unit, and the kind.

    Without a day the latest law is taken, without a kind the first of the first standard. Raises ScoringError for none.
    """
    day = on or max(
        start
        for one in standards
        for start in (one.starts, *(each.starts or one.starts for each in one.clauses))
    )
    chosen = kind or standards[0].kinds[0]
    programs = tuple(one for one in Law(standards).on(day) if chosen in one.standard.kinds)
    if not programs:
        kinds = [each for one in standards for each in one.kinds]
        message = f"{day} 没有评“{chosen}”的标准"
        raise ScoringError([Problem(message=message, hint=did_you_mean(chosen, kinds, label="可评的类别"))])
    return programs, chosen
