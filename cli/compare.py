"""``chuangwei compare`` and ``chuangwei replay``: who moved and why, and who would under a draft standard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError, visible
from .common import emit, say, span
from .database import DEFAULT, Database, opened

if TYPE_CHECKING:
    from ..analysis.drafts import Redone
    from ..analysis.movement.round_move import UnitMove
    from ..rule.standard import Standard

Json = Annotated[bool, typer.Option("--json", help="给程序用的 JSON")]


def compare(
    before: Annotated[str, typer.Argument(metavar="前一轮", help="如 2026-05")],
    after: Annotated[str, typer.Argument(metavar="后一轮", help="如 2026-06")],
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看这个单位")] = "",
    json: Json = False,
    db: Database = DEFAULT,
) -> None:
    """比较两轮：谁升谁降，为什么；各部分加起来正好是变化的分数"""
    with opened(db) as store:
        moves = store.analyses.compare(before, after)
    if unit:
        moves = tuple(
            one for one in moves if unit in (one.score.unit.id, one.score.unit.name, *one.score.unit.aliases)
        )
    if json:
        from ..report.analyses import comparison_json

        emit(comparison_json(before, after, moves))
        return
    emit("\n".join(map(visible, _said(moves))) or "没有可比的单位")


def _said(moves: tuple[UnitMove, ...]) -> Iterator[str]:
    """Yield the moves by group, each unit's score and rank in a line."""
    from ..analysis.movement.movement import movement_text
    from ..analysis.movement.rank_move import rank_text

    head = None
    for one in moves:
        if (one.standard, one.group) != head:
            head = one.standard, one.group
            yield f"{'、'.join(one.group)} {one.standard or '综合'}".strip()
        yield f"  {movement_text(one.score)}。{rank_text(one.rank)}"


def replay(
    rounds: Annotated[list[str], typer.Argument(metavar="轮次…", help="要重算的轮次，如 2026-05 2026-06")],
    standard: Annotated[
        list[Path], typer.Option("--standard", metavar="草案", help="草案的规则文件，编号和它取代的标准一样")
    ],
    every: Annotated[bool, typer.Option("--all", help="不变的也列出")] = False,
    json: Json = False,
    db: Database = DEFAULT,
) -> None:
    """拿标准的草案把以前的轮次重算一遍，看谁会变；什么也不写"""
    drafts = _drafts(standard)
    with opened(db) as store:
        found = store.analyses.replay(drafts, rounds)
    if json:
        from ..report.analyses import replay_json

        emit(replay_json(found))
    else:
        emit("\n".join(map(visible, _redone(found, every=every))))
    say(problem for one in found for problem in one.problems)


def _drafts(paths: list[Path]) -> list[Standard]:
    from ..load.rules import load_standard

    drafts: list[Standard] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            drafts.append(load_standard(path))
        except ScoringError as error:
            problems += error.problems
    if problems:
        raise ScoringError(problems)
    return drafts


def _redone(found: tuple[Redone, ...], *, every: bool) -> Iterator[str]:
    from ..report.drawn import drawn

    for one in found:
        moved = [move for move in one.moves if move.moved]
        yield f"{one.round}: {len(one.moves)}个单位，{len(moved)}个会变"
        rows = []
        for move in one.moves if every else moved:
            was, now = move.before, move.after
            then = (
                (span((now.low, now.high)), now.grade or "未定", _rank(now.rank))
                if now
                else ("未评", "—", "—")
            )
            rows.append(
                [
                    was.unit.name,
                    was.standard or "综合",
                    span((was.low, was.high)),
                    then[0],
                    was.grade or "未定",
                    then[1],
                    _rank(was.rank),
                    then[2],
                ]
            )
        if rows:
            yield from drawn(
                ("被检单位", "标准", "得分", "草案得分", "等次", "草案等次", "名次", "草案名次"), rows
            ).splitlines()


def _rank(rank: int | None) -> str:
    return "—" if rank is None else str(rank)
