"""A standard as the scoring table (检查评分表) that offices know: its words, before they are laid out on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from scoring.compile.compiled import Check
from scoring.compile.program import Program, compile
from scoring.errors import visible
from scoring.explain.ledger import points_note
from scoring.explain.readback import condition_aloud, price_aloud
from scoring.grammar.condition import Compare, Condition, OneOf, Sign
from scoring.points import plain
from scoring.report.named import named
from scoring.report.score_notes import KEY_MARK, notes
from scoring.rule.clause import BonusClause, Clause
from scoring.rule.price import Flat
from scoring.rule.standard import Standard

TITLES = ("序号", "项目（满分）", "检查内容", "评分标准", "分值", "扣分", "得分", "备注\n扣分说明")
# A standard that is only counted has no points to write.
COUNTED_TITLES = ("序号", "项目", "检查内容", "查什么", "查到的情况", "备注")
# Millimetres, together what an A4 page leaves between its margins, less a little.
MARGIN = 14
PORTRAIT = (14, 24, 40, 48, 11, 11, 11, 21)
LANDSCAPE = (15, 32, 64, 79, 14, 14, 14, 34)
COUNTED_PORTRAIT = (14, 26, 42, 48, 32, 18)
COUNTED_LANDSCAPE = (15, 34, 70, 79, 42, 26)
# A table that is filled in lies across: what took the points needs the room.
FILLED = (14, 24, 42, 80, 12, 14, 16, 64)
COUNTED_FILLED = (15, 34, 60, 60, 91, 6)
LEFT_OUT = "不适用"
HEAD = (
    "被检单位：____________________________　　类别：______________",
    "检查人员：____________________________　　检查日期：______年____月____日",
)
SIGN = "检查人员（签字）：_____________　被检单位负责人（签字）：_____________　_____年___月___日"


@dataclass(frozen=True, slots=True)
class Line:
    """One clause: its running number, its 编号, the source's words and what is charged; filled in, what it took and why."""

    number: str = named("序号")
    id: str = named("编号")
    text: str = named("检查内容")
    rule: str = named("评分标准")
    lost: str = named("扣分", "")
    note: str = named("扣分说明", "")


@dataclass(frozen=True, slots=True)
class Group:
    """One item with its clauses, or the 加分 block; ``full`` is its mark, empty where nothing is scored.

    ``mark`` is what it may come to, ``awarded`` what it came to where the table is filled in.
    """

    name: str = named("名称")
    full: str = named("满分")
    lines: tuple[Line, ...] = named("条款")
    mark: str = named("分值", "")
    awarded: str = named("得分", "")


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Everything the table says, from above; ``bonus`` holds one group or none, ``lost`` and ``awarded`` the sums."""

    scored: bool
    title: str = named("标题")
    warning: str = named("说明")
    groups: tuple[Group, ...] = named("项目")
    bonus: tuple[Group, ...] = named("加分")
    total: str = named("合计")
    results: str = named("结果")
    notes: tuple[str, ...] = named("附注")
    head: tuple[str, ...] = named("表头", HEAD)
    lost: str = named("合计扣分", "")
    awarded: str = named("合计得分", "")
    filled: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        return TITLES if self.scored else COUNTED_TITLES

    def widths(self, *, landscape: bool) -> tuple[int, ...]:
        """Return the widths of the columns in millimetres."""
        if self.filled:
            return FILLED if self.scored else COUNTED_FILLED
        if self.scored:
            return LANDSCAPE if landscape else PORTRAIT
        return COUNTED_LANDSCAPE if landscape else COUNTED_PORTRAIT


def newest_law(standard: Standard) -> date:
    """Return the first day on which the newest of a standard's clauses is in force."""
    return max([standard.starts, *(one.starts for one in standard.clauses if one.starts is not None)])


def score_table(standard: Standard, on: date | None = None) -> ScoreTable:
    """Return the table of a standard as it stands on a day, by default of its newest law.

    Raises ScoringError where it is not in force on that day.
    """
    return table_of(compile(standard, on or newest_law(standard)))


def table_of(program: Program) -> ScoreTable:
    """Return the table of a compiled standard."""
    standard = program.standard
    blanks = ["总得分", *(["加分"] if program.bonuses else []), "标化分", "等次"]
    return ScoreTable(
        title=f"{standard.name}检查评分表" if standard.scored else f"{standard.name}检查记录表",
        warning=visible(points_note(standard)) if standard.scored else "只统计，不评分",
        groups=tuple(_groups(program)),
        bonus=tuple(_bonus(program)),
        total=plain(program.full),
        results="　　".join(f"{word}：__________" for word in blanks) if standard.scored else "",
        notes=tuple(map(visible, notes(program))),
        scored=standard.scored,
    )


def _groups(program: Program) -> Iterator[Group]:
    number = 1
    for item in program.items:
        clauses = [program.clause(one) for one in item.clauses]
        lines = tuple(_line(number + place, one, program) for place, one in enumerate(clauses))
        number += len(lines)
        mark = plain(item.full) if program.standard.scored else ""
        yield Group(item.name, f"{mark}分" if mark else "", lines, mark)


def _bonus(program: Program) -> Iterator[Group]:
    if program.standard.bonus is None:
        return
    start = len(program.clauses) + 1
    lines = tuple(_line(start + place, one, program) for place, one in enumerate(program.bonuses))
    yield Group("加分", f"最高加{plain(program.standard.bonus.cap)}分", lines)


def _line(number: int, check: Check[Any], program: Program) -> Line:
    card: Clause | BonusClause = check.card
    mark = KEY_MARK if isinstance(card, Clause) and card.veto else ""
    return Line(
        str(number),
        card.id,
        visible(f"{mark}{card.source_text}"),
        visible("".join(_rule(check, card, program))),
    )


def _rule(check: Check[Any], card: Clause | BonusClause, program: Program) -> Iterator[str]:
    """Yield how a clause is charged: its name, whom it concerns, when where the name does not say it, how much."""
    yield f"{card.name}："
    if card.kinds is not None:
        yield f"只查{'、'.join(card.kinds)}。"
    if check.exempt is not None:
        yield f"{condition_aloud(check.exempt)}的不查。"
    if not program.standard.scored:
        yield f"{condition_aloud(check.when)}的记下"
        return
    if card.when is not None and not _goes_without_saying(check.when):
        yield f"{condition_aloud(check.when)}的，"
    free = isinstance(card.price, Flat) and not card.price.root
    words = "不扣分，只作结论" if free else price_aloud(card.price, program.terms.fields)
    if isinstance(card, BonusClause):
        words = words.replace("扣", "加").replace("，加完本项为止", "")
    yield words
    if isinstance(card, Clause) and card.veto:
        yield "，并一票否决"


def _goes_without_saying(when: Condition) -> bool:
    """Return whether a condition says no more than that the fault is there: 处数 > 0, 露天焚烧 = 是, one of some options."""
    if isinstance(when, OneOf):
        return True
    if not isinstance(when, Compare):
        return False
    return isinstance(when.value, str) or (when.value == 0 and when.sign in (Sign.GT, Sign.NE))
