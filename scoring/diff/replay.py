"""The sheets that a standard tests itself with, scored under another version of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.check.cases import sheet_inspection
from scoring.check.sample import EXAMPLE_KEYS, answer_mistakes
from scoring.errors import ScoringError
from scoring.rule.card import Scalar
from scoring.rule.casefile import CaseFile
from scoring.rule.standard import Standard
from scoring.score import Scorer
from scoring.tally import ScoreCard

MODEL = "样板"
_DAY = "检查日期"


@dataclass(frozen=True, slots=True)
class Came:
    """What a sheet came to: a score or its range, and the grade; all None where nothing could be scored."""

    low: Decimal | None = None
    high: Decimal | None = None
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """One sheet of the old standard under both: ``name`` is 样板 or the case's own."""

    name: str
    old: Came
    new: Came

    @property
    def moved(self) -> bool:
        """Return whether the two standards disagree about it."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Replayed:
    """The old model sheet and cases under the old and the new standard.

    ``unasked`` are the answers that the new standard has no use for, ``unanswered`` what it asks besides: these count as
    未查.
    """

    replays: tuple[Replay, ...]
    unasked: tuple[str, ...]
    unanswered: tuple[str, ...]


def replayed(old: Scorer, new: Scorer, cases: CaseFile) -> Replayed:
    """Score the sheets of the old standard's cases under both; each scorer holds one standard.

    The old standard judges by the day that a sheet says, the new one by the law that it comes to.
    """
    (before,), (after,) = old.law.standards, new.law.standards
    sheets = {MODEL: dict(cases.model_sheet)}
    sheets |= {case.name: {**cases.model_sheet, **case.changes} for case in cases.cases}
    found = tuple(
        Replay(name, _came(old, before, sheet), _came(new, after, _moved(sheet, after)))
        for name, sheet in sheets.items()
    )
    asked = [name for name in cases.model_sheet if name not in EXAMPLE_KEYS]
    unasked = tuple(name for name in asked if name not in after.form)
    unanswered = tuple(name for name in after.form if name not in cases.model_sheet)
    return Replayed(found, unasked, unanswered)


def _moved(sheet: Mapping[str, Scalar], standard: Standard) -> dict[str, Scalar]:
    """Return a sheet as another standard can read it: what does not fit is 未查, the day is one of its newest law."""
    newest = max(
        [standard.starts, *(clause.starts for clause in standard.clauses if clause.starts is not None)]
    )
    day = max(date.fromisoformat(str(sheet.get(_DAY, newest))), newest)
    answers = {name: raw for name, raw in sheet.items() if name == "单位类别" or _fits(name, raw, standard)}
    return {**answers, _DAY: day.isoformat()}


def _fits(name: str, raw: Scalar, standard: Standard) -> bool:
    return name not in EXAMPLE_KEYS and not list(answer_mistakes(name, raw, standard))


def _came(scorer: Scorer, standard: Standard, sheet: Mapping[str, Scalar]) -> Came:
    try:
        card: ScoreCard = next(_cards(scorer, standard, sheet))
    except ScoringError:
        return Came()
    return Came(card.low, card.high, card.grade)


def _cards(scorer: Scorer, standard: Standard, sheet: Mapping[str, Scalar]) -> Iterator[ScoreCard]:
    return scorer.cards(sheet_inspection(standard, standard.form, sheet))
