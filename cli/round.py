"""``chuangwei round``: what becomes of a round once it has its visits: scored, ranked, explained, closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError, visible
from .common import emit, points_of, say, span
from .database import DEFAULT, By, Database, RoundName, now, opened

if TYPE_CHECKING:
    from ..judge.standing import Standing
    from ..store.draws import KeptDraw
    from ..store.kept import Ranking
    from ..store.scores import Scored

# So many units without a visit are listed; more of them are counted.
FEW = 5


def extra(
    name: RoundName,
    unit: Annotated[str, typer.Argument(metavar="单位", help="被检单位的名称或编号")],
    points: Annotated[str, typer.Argument(metavar="分数", help="加几分，如 2；扣分写 -2")],
    reason: Annotated[str, typer.Option("--reason", metavar="理由", help="为什么，写在得分后面")],
    by: By,
    standard: Annotated[
        str, typer.Option("--standard", metavar="编号", help="只加在这个标准的得分上；不写都加")
    ] = "",
    db: Database = DEFAULT,
) -> None:
    """给一个单位另加、另扣分（附加分），下次评分时算进去"""
    given = points_of(points, "分数")
    if given is None:
        raise ScoringError([Problem(message="没写加几分", hint="加分写 2，扣分写 -2")])
    with opened(db) as store:
        store.rounds.add_points(name, unit, given, reason, standard=standard, who=by, at=now())
    say([f"“{name}” {unit} 附加分 {given:+f}，评分时算进去"])


def status(name: RoundName, db: Database = DEFAULT) -> None:
    """看一轮的进度"""
    with opened(db) as store:
        one = store.rounds.status(name)
        drawn = store.draws.all(name)
    scored = f"评过{one.round.version}次分，{one.cards}张评分卡" if one.round.version else "还没评分"
    emit(
        f"{one.round.name}（{one.round.state}，{one.round.starts} 至 {one.round.ends}）: "
        f"检查{one.visits}次，查到{one.visited}个单位，名册{one.units}个，{scored}"
    )
    if drawn:
        emit(visible(_drawn_line(drawn)))


def _drawn_line(drawn: Sequence[KeptDraw]) -> str:
    """Say how many were drawn by lot, and who of them is still to be visited."""
    units = dict.fromkeys(one.id for each in drawn for one in each.units)
    waiting = {one.id: one.name for each in drawn for one in each.open}
    left = f"还有{len(waiting)}个没查: {'、'.join(waiting.values())}" if waiting else "都查过了"
    return f"抽签{len(drawn)}次，抽中{len(units)}个单位，{left}"


def score(name: RoundName, by: By, db: Database = DEFAULT) -> None:
    """给一轮评分，结果存为新的一版"""
    with opened(db) as store:
        scored = store.rounds.score(name, who=by, at=now())
    tell_score(scored)
    if scored.problems:
        raise typer.Exit(2)


def tell_score(scored: Scored) -> None:
    """Say what a scoring came to, and what it could not score."""
    say(f"提示: {notice}" for notice in scored.assessment.notices)
    say(scored.problems)
    say([score_line(scored)])


def score_line(scored: Scored) -> str:
    """Return a scoring in one line."""
    one, cards = scored.round, len(scored.assessment.cards)
    return f"“{one.name}”评分第{one.version}版: {cards}张评分卡，校验码 {scored.sha256[:12]}"


def rank(
    name: RoundName,
    every: Annotated[bool, typer.Option("--all", help="没有检查的单位也一行一个列出")] = False,
    db: Database = DEFAULT,
) -> None:
    """列出一轮的名次、得分、等次和荣誉"""
    with opened(db) as store:
        scored = store.rounds.ranking(name)
    tell_ranking(name, scored, every=every)


def tell_ranking(name: str, scored: Ranking, *, every: bool = False) -> None:
    """Write the ranking of a round; of many units without a visit only how many there are, unless ``every`` is asked for."""
    from ..judge.outcome import UNVISITED

    note = "（拟定，仅供试评）" if scored.scheme.provisional else ""
    emit(f"{name} {scored.scheme.name}{note}")
    without = [one for one in scored.standings if one.unranked == UNVISITED]
    counted = () if every or len(without) <= FEW else without
    shown = [one for one in scored.standings if not counted or one.unranked != UNVISITED]
    emit("\n".join(_rank_lines(shown)) if shown else "还没有检查记录")
    if counted:
        emit("\n".join(_unvisited(counted)))


def _unvisited(standings: Sequence[Standing]) -> Iterator[str]:
    """Yield, 类别 by 类别, how many units have no visit, and the first of them."""
    kinds: dict[str, dict[str, str]] = {}
    for one in standings:
        kinds.setdefault(one.unit.kind, {})[one.unit.id] = one.unit.name
    for kind, names in kinds.items():
        first = "、".join(list(names.values())[:FEW]) + ("等" if len(names) > FEW else "")
        yield visible(f"没有检查的{kind}{len(names)}个: {first}")
    yield "逐个列出用 --all"


def _rank_lines(standings: Sequence[Standing]) -> list[str]:
    from ..report.drawn import drawn

    rows = [
        [
            "、".join(one.group), "—" if one.rank is None else str(one.rank), one.unit.name, one.standard or "综合",
            span((one.low, one.high)), one.grade or "未定", "、".join(one.honours) or one.unranked,
        ]
        for one in standings
    ]  # fmt: skip
    header = ["组", "名次", "被检单位", "标准", "得分", "等次", "荣誉或说明"]
    if any(one.without is not None for one in standings):
        header.insert(5, "不豁免时")
        for row, one in zip(rows, standings, strict=True):
            row.insert(5, "" if one.without is None else span(one.without))
    return drawn(header, rows).splitlines()


def explain(
    name: RoundName,
    unit: Annotated[str, typer.Argument(metavar="单位", help="被检单位的名称或编号")],
    db: Database = DEFAULT,
) -> None:
    """逐步说明一个单位在一轮里的得分、名次怎么来的，每次检查的每一分扣在哪里"""
    from ..explain.round import standing_lines
    from .explain import card_lines

    with opened(db) as store:
        told = store.rounds.account(name, unit)
    for one in told.standings:
        emit(visible(f"{one.unit.name} {one.standard or '综合'}"))
        emit("\n".join(visible(f"  {line}") for line in standing_lines(one, told.scheme)))
    emit("\n".join(map(visible, ("", *card_lines(told.cards)))))


def close(name: RoundName, by: By, db: Database = DEFAULT) -> None:
    """结束一轮；结束后不能再改"""
    with opened(db) as store:
        store.rounds.close(name, who=by, at=now())
        number, head = store.trail.head()
    say([f"“{name}”已结束。日志第{number}条，校验码 {head}（可印在通报上，日后核对）"])


def list_(db: Database = DEFAULT) -> None:
    """列出各轮"""
    with opened(db) as store:
        found = store.rounds.all()
    emit(
        "\n".join(f"{one.name}  {one.period}  {one.starts} 至 {one.ends}  {one.state}" for one in found)
        or "还没有轮次"
    )
