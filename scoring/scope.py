"""Which standards a sheet can answer, and what to say of those it cannot.

A standard is scored where the sheet asks at least half of the 检查项 it reads for the unit's 类别; where no standard gets
that far, those of which the sheet asks the largest share are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring.compile.program import Program
from scoring.errors import Problem
from scoring.inspection import Inspection
from scoring.rule.standard import Standard
from scoring.tally import ScoreCard

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Asked:
    """How much of a standard a sheet asks: ``asked`` of the ``needed`` 检查项 it reads."""

    program: Program
    asked: int
    needed: int

    @property
    def share(self) -> Fraction:
        """Return the part of what the standard reads that is asked."""
        return Fraction(self.asked, self.needed)


@dataclass(frozen=True, slots=True)
class Scope:
    """The programs that a visit is scored under, and those left out though its sheet asks something of theirs."""

    programs: tuple[Program, ...]
    left_out: tuple[Asked, ...]


def scope(programs: tuple[Program, ...], kind: str, columns: frozenset[str]) -> Scope:
    """Return which of the programs in force score a sheet for a 类别; none where it asks nothing of any."""
    asked = []
    for program in programs:
        if kind in program.standard.kinds:
            needed = _needed(program, kind)
            if found := needed.keys() & columns:
                asked.append(Asked(program, len(found), len(needed)))
    enough = min(HALF, max((one.share for one in asked), default=HALF))
    chosen = tuple(one.program for one in asked if one.share >= enough)
    return Scope(chosen, tuple(one for one in asked if one.share < enough))


def _asks(program: Program, kind: str) -> dict[str, None]:
    """Return the 检查项 a program looks at for a 类别, in the order of its clauses."""
    return dict.fromkeys(name for clause in program.clauses if kind in clause.kinds for name in clause.asks)


def _needed(program: Program, kind: str) -> dict[str, None]:
    """Return the 检查项 a sheet must ask for a 类别: the register answers the others."""
    form = program.standard.form
    needed = (name for name in _asks(program, kind) if form[name].register_column is None)
    return dict.fromkeys(needed) or dict.fromkeys(form)


def left_out(scopes: Iterable[Scope]) -> Iterator[str]:
    """Name each standard left out, once, by the sheet that asks most of it."""
    most: dict[str, Asked] = {}
    for one in (each for found in scopes for each in found.left_out):
        known = most.setdefault(one.program.standard.id, one)
        if one.share > known.share:
            most[one.program.standard.id] = one
    for one in most.values():
        yield (
            f"{one.program.standard.name}: 表上只有它{one.needed}栏中的{one.asked}栏，没有按它评分；"
            "要评用 --standard 单独指定"
        )


def missing_columns(cards: Iterable[ScoreCard]) -> set[str]:
    """Say which 检查项 a standard needs and a sheet does not ask: they count as 未查 there."""
    asked = {
        (card.program, card.inspection.unit.kind, card.inspection.columns, card.derived.registered)
        for card in cards
    }
    said = set()
    for program, kind, columns, registered in asked:
        missing = [name for name in _asks(program, kind) if name not in columns and name not in registered]
        if missing:
            said.add(f"{program.standard.name}: {kind}的表上没有 {'、'.join(missing)}，按未查")
    return said


def unanswered(inspection: Inspection, standards: Sequence[Standard]) -> Problem:
    """Say why a visit is scored under no standard: its 类别, its date or its sheet."""
    kind, day = inspection.unit.kind, inspection.date
    fitting = [one for one in standards if kind in one.kinds]
    if not fitting:
        kinds = "、".join(sorted({kind for one in standards for kind in one.kinds}))
        message, hint = f"没有适用于“{kind}”的标准", f"可评的类别: {kinds}"
    elif all(not _covers(one, day) for one in fitting):
        terms = "、".join(
            f"{one.name} {one.starts} 起{f'至 {one.ends}' if one.ends else ''}" for one in fitting
        )
        message, hint = f"检查日期 {day} 没有在施行的标准", f"施行日期: {terms}"
    else:
        names = "、".join(one.name for one in fitting)
        message, hint = "这张表没有所用标准的检查项", f"“{kind}”用 {names} 的登记表"
    return inspection.origin.problem(inspection.unit, message, hint)


def _covers(standard: Standard, day: date) -> bool:
    return standard.starts <= day and (standard.ends is None or day < standard.ends)
