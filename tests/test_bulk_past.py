"""A large run with a past: what earlier rounds and orders make of it is what the visits one by one come to with that history."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from scoring.bulk.engine import Limits
from scoring.bulk.past.join import Sources
from scoring.bulk.rank.run import rank
from scoring.bulk.run import run
from scoring.finding import Result
from scoring.history.past import Earlier, History, PastFinding, PastOrder
from scoring.history.policy import policy
from scoring.inspection import Inspection
from scoring.judge import card_line
from scoring.rule.scheme import Scheme
from tests.round_support import scheme, standings
from tests.support import scorer
from tests.test_bulk import CALENDAR, INFER, LAWS, as_csv, made_up, row, same, table

IDS = [clause.id for law in LAWS for clause in law.clauses]
ROUNDS = [dt.date(2022, month, 1) for month in range(1, 6)]
BEGAN = dt.date(2022, 6, 1)
SOURCES = "{日常: {占: 70%}, 暗访: {占: 30%}}"
LADDER = (
    "[{情形: 重复, 次数: 2, 加: 0.5}, {情形: 重复, 次数: 3, 乘: 1.5, 加: 0.33}, {情形: 重复, 次数: 5, 来源: [暗访], 乘: 2, 加: 1},"
    " {情形: 反弹, 乘: 2}, {情形: 逾期, 加: 1}, {情形: 复查不合格, 次数: 2, 来源: [日常], 加: 2}]"
)
LAW = scheme(
    标准="[{标准: WL}, {标准: CZ}, {标准: LW}]", 来源=SOURCES, 阶梯=LADDER, 反弹期="30天", 加倍来源="[暗访]"
)


@dataclass(frozen=True)
class Order:
    """An order told as a ledger has it, at one or several times."""

    unit: str
    clauses: tuple[str, ...]
    found: dt.date
    due: dt.date | None
    states: Sequence[Mapping[str, Any]]

    def on(self, day: dt.date) -> PastOrder | None:
        """Return how it stood at the end of a day."""
        known = [one for one in self.states if one["since"] <= day]
        if not known or known[-1]["gone"]:
            return None
        now = known[-1]
        return PastOrder(self.clauses, self.found, self.due, now["replied"], now["closed"], 0, now["redo"])

    def rows(self, number: int) -> Iterable[dict[str, str]]:
        for one in self.states:
            state = "已撤销" if one["gone"] else "已销号" if one["closed"] else ""
            yield {
                "问题编号": str(number), "单位编号": self.unit, "条款": "、".join(self.clauses), "检查日期": str(self.found),
                "截止": f"{self.due} 17:30:00" if self.due else "", "完成日期": said(one["replied"]), "销号日期": said(one["closed"]),
                "复查不合格": str(one["redo"] or ""), "状态": state, "记于": str(one["since"]),
            }  # fmt: skip


def said(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Pasts:
    """The pasts of all units: rounds of (unit, day, passed, failed), and orders."""

    rounds: Sequence[Sequence[tuple[str, dt.date, Sequence[str], Sequence[str]]]]
    orders: Sequence[Order]

    def written(self, folder: Path) -> Sources:
        paths = []
        for began, one in zip(ROUNDS, self.rounds, strict=True):
            rows = [
                {
                    "单位编号": unit,
                    "检查日期": str(day),
                    "合格条款": "、".join(passed),
                    "不合格条款": "、".join(failed),
                }
                for unit, day, passed, failed in one
            ]
            paths.append(as_csv(folder / f"{began}.csv", rows))
        orders = [row for n, one in enumerate(self.orders) for row in one.rows(n)]
        random.Random(1).shuffle(orders)
        return Sources(list(reversed(paths)), [as_csv(folder / "台账.csv", orders)])

    def history(self, law: Scheme) -> Callable[[Inspection], History]:
        findings: dict[str, list[PastFinding]] = defaultdict(list)
        for began, one in zip(ROUNDS, self.rounds, strict=True):
            for unit, _, passed, failed in one:
                for result, ids in ((Result.PASS, passed), (Result.FAIL, failed)):
                    findings[unit] += [PastFinding(began, str(began), id, result) for id in ids]
        earlier = {unit: Earlier(BEGAN, each) for unit, each in findings.items()}

        def of(visit: Inspection) -> History:
            unit, day = visit.unit.id, visit.date
            owed = [one.on(day) for one in self.orders if one.unit == unit and one.found < day]
            known = earlier.get(unit, Earlier(BEGAN))
            return History(known, policy(law, visit.source), [one for one in owed if one], day)

        return of


def pasts(units: Sequence[str], seed: int) -> Pasts:
    draw = random.Random(seed)
    rounds = []
    for began in ROUNDS:
        one = []
        for unit in draw.choices(units, k=2 * len(units)):
            told = {id: draw.choice("PFFFN") for id in IDS}
            day = began + dt.timedelta(draw.randrange(28))
            one.append(
                (unit, day, [id for id in IDS if told[id] == "P"], [id for id in IDS if told[id] == "F"])
            )
        rounds.append(one)
    return Pasts(rounds, [_order(draw, unit) for unit in units for _ in range(draw.randrange(4))])


def _order(draw: random.Random, unit: str) -> Order:
    found = dt.date(2022, 5, 1) + dt.timedelta(draw.randrange(50))
    due = draw.choice([None, *[found + dt.timedelta(days) for days in (1, 3, 10)]])
    clauses = tuple(draw.sample(IDS, draw.choice([1, 4, 12])))
    states, since = [], found
    for _ in range(draw.choice([1, 1, 2, 3])):
        after = [None, since, since + dt.timedelta(draw.randrange(20))]
        states.append({
            "since": since, "replied": draw.choice(after), "closed": draw.choice([None, *after]), "redo": draw.randrange(4),
            "gone": draw.random() < 0.1,
        })  # fmt: skip
        if states[-1]["gone"]:
            states[-1]["closed"] = None
        since += dt.timedelta(draw.randrange(1, 15))
    return Order(unit, clauses, found, due, states)


def june(number: int, seed: int = 3) -> list[Inspection]:
    draw = random.Random(seed)
    return [replace(one, date=BEGAN + dt.timedelta(draw.randrange(30))) for one in made_up(number, seed)]


def scored(visits: Sequence[Inspection], out: Path, law: Scheme = LAW, before: Sources = Sources()) -> Path:  # noqa: B008
    path = as_csv(out.with_suffix(".csv"), [row(one) for one in visits])
    outcome = run([path], out, LAWS, INFER, CALENDAR, Limits(rows=90), scheme=law, before=before)
    assert not outcome.problems
    return out


@pytest.mark.parametrize("seed", range(4))
def test_a_run_with_a_past_comes_to_what_its_visits_come_to_with_their_histories(
    seed: int, tmp_path: Path
) -> None:
    visits = june(200, seed)
    known = pasts(sorted({one.unit.id for one in visits})[::2], seed)
    out = scored(visits, tmp_path / "六月", before=known.written(tmp_path))
    ours = scorer(*LAWS).score(visits, history=known.history(LAW))
    assert any(card.raised.steps for card in ours.cards)
    same(out, ours)


def test_a_run_with_a_past_is_ranked_as_its_round_is(tmp_path: Path) -> None:
    visits = june(150)
    known = pasts(sorted({one.unit.id for one in visits}), 9)
    rank(scored(visits, tmp_path / "六月", before=known.written(tmp_path)), LAW, tmp_path / "排名.parquet")
    lines = map(card_line, scorer(*LAWS).score(visits, history=known.history(LAW)).cards)
    names = ("单位编号", "标准", "最低", "最高", "等次", "名次", "倒数名次", "同组")
    assert {tuple(one[name] for name in names) for one in table(tmp_path, "排名.parquet")} == {
        (one.unit.id, one.standard, one.low, one.high, one.grade, one.rank, one.last, one.peers)
        for one in standings(LAW, lines)
    }
