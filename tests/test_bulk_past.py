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
from scoring.bulk.past.join import NO_PAST, Sources
from scoring.bulk.rank.run import rank
from scoring.errors import ScoringError
from scoring.finding import Result
from scoring.history.past import Earlier, History, PastFinding, PastOrder
from scoring.history.policy import policy
from scoring.inspection import Inspection
from scoring.judge import card_line
from scoring.rectify.issued import IssuedOrder
from scoring.rectify.lifecycle import Act, Move
from scoring.rule.scheme import Scheme
from scoring.score import Assessment
from tests.bulk_run import run
from tests.round_support import scheme, standings
from tests.store_support import AT, VILLAGES, closed, seen, visits
from tests.store_support import LAWS as STORED
from tests.store_support import scheme as monthly
from tests.support import scorer
from tests.test_bulk import CALENDAR, INFER, LAWS, as_csv, made_up, row, same, table, word

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


def scored(made: Sequence[Inspection], out: Path, law: Scheme = LAW, before: Sources = NO_PAST) -> Path:
    path = as_csv(out.with_suffix(".csv"), [row(one) for one in made])
    outcome = run([path], out, LAWS, INFER, CALENDAR, Limits(rows=90), scheme=law, before=before)
    assert not outcome.problems
    return out


def same_steps(out: Path, ours: Assessment) -> None:
    """Hold what was made dearer against the cards; of several causes a card names the one of the step that was taken."""
    wanted = {
        (visit.unit.id, visit.date, visit.source, visit.number, card.program.clause(number).card.id):
            (taken.choice.price, taken.choice.cost, "是" if taken.certain else "否", taken.choice.step.kind or "加倍来源")
        for card in ours.cards for visit in [card.inspection] for number, taken in card.raised.steps.items()
    }  # fmt: skip
    found = {
        (one["单位编号"], one["检查日期"], one["来源"], one["第几次"], one["条款"]):
            (one["原扣"], one["加到"], one["确定"], one["原因"].split("、"))
        for one in table(out, "raised/*.parquet")
    }  # fmt: skip
    assert found.keys() == wanted.keys()
    for key, (*numbers, cause) in wanted.items():
        assert list(found[key][:3]) == numbers
        assert cause in found[key][3]


@pytest.mark.parametrize("seed", range(4))
def test_a_run_with_a_past_comes_to_what_its_visits_come_to_with_their_histories(
    seed: int, tmp_path: Path
) -> None:
    made = june(200, seed)
    known = pasts(sorted({one.unit.id for one in made})[::2], seed)
    out = scored(made, tmp_path / "六月", before=known.written(tmp_path))
    ours = scorer(*LAWS).score(made, history=known.history(LAW))
    assert any(card.raised.steps for card in ours.cards)
    same(out, ours)
    same_steps(out, ours)


def test_a_run_with_a_past_is_ranked_as_its_round_is(tmp_path: Path) -> None:
    made = june(150)
    known = pasts(sorted({one.unit.id for one in made}), 9)
    rank(scored(made, tmp_path / "六月", before=known.written(tmp_path)), LAW, tmp_path / "排名.parquet")
    lines = map(card_line, scorer(*LAWS).score(made, history=known.history(LAW)).cards)
    names = ("单位编号", "标准", "最低", "最高", "等次", "名次", "倒数名次", "同组")
    assert {tuple(one[name] for name in names) for one in table(tmp_path, "排名.parquet")} == {
        (one.unit.id, one.standard, one.low, one.high, one.grade, one.rank, one.last, one.peers)
        for one in standings(LAW, lines)
    }


JULY = dt.date(2026, 7, 1), dt.date(2026, 7, 31)


def test_two_months_come_to_what_the_rounds_of_a_database_come_to(tmp_path: Path) -> None:
    """The same two months in a database: 六月 closed, its orders issued and some closed, late or checked in vain; then 七月."""
    july = [replace(one, date=one.date + dt.timedelta(30)) for one in reversed(visits())]
    found = closed(tmp_path / "考核.db")
    orders = found.orders.issue("六月", who="李", at=AT).new
    for number, one in enumerate(orders):
        for act, day, who in STEPS[number % len(STEPS)]:
            found.orders.step([one.number], Move(act, dt.date(2026, 6, day), who), who="李", at=AT)
    found.rounds.open("七月", JULY, monthly(), STORED, VILLAGES, who="李", at=AT)
    found.rounds.take_in("七月", july, [], who="李", at=AT)
    ours = found.rounds.score("七月", who="王", at=AT)
    ledger = as_csv(tmp_path / "台账.csv", [told(one) for one in found.orders.find(JULY[0])])
    found.close()

    june = stored(visits(), tmp_path / "六月")
    out = stored(july, tmp_path / "七月", Sources([june], [ledger]))
    steps = {cause for one in table(out, "raised/*.parquet") for cause in one["原因"].split("、")}
    assert steps == {"重复", "反弹", "逾期", "复查不合格"}
    same_steps(out, ours.assessment)
    rank(out, monthly(), tmp_path / "排名.parquet", VILLAGES)
    assert {
        (one["单位编号"], one["标准"], one["得分"], one["等次"], one["名次"])
        for one in table(tmp_path, "排名.parquet")
    } == {(one.unit.id, one.standard, one.low, one.grade, one.rank) for one in ours.standings}


STEPS = (
    (),
    ((Act.REPLY, 30, "王"),),
    ((Act.REPLY, 29, "王"), (Act.PASS, 30, "钱")),
    ((Act.REPLY, 29, "王"), (Act.FAIL, 30, "钱")),
)


def told(one: IssuedOrder) -> dict[str, str]:
    """Return an order as a row of the ledger."""
    life = one.life
    return {
        "问题编号": one.number, "单位编号": one.unit.id, "条款": "、".join(one.clauses), "检查日期": str(life.found_on),
        "截止": said(life.due_at), "状态": life.state, "完成日期": said(life.replied_on), "销号日期": said(life.closed_on),
        "复查不合格": str(life.redo),
    }  # fmt: skip


def stored(found: Sequence[Inspection], out: Path, before: Sources = NO_PAST) -> Path:
    """Score visits with the clean sheet's columns by the month's scheme."""
    rows = [
        {"单位编号": one.unit.id, "类别": one.unit.kind, "检查日期": str(one.date), "来源": one.source,
         **{name: word(answer, FIELDS[name]) for name, answer in one.answers.items()}}
        for one in found
    ]  # fmt: skip
    run(
        [as_csv(out.with_suffix(".csv"), rows)], out, STORED, INFER, CALENDAR, scheme=monthly(), before=before
    )
    return out


FIELDS = {name: field for law in STORED for name, field in law.form.items()}


@pytest.mark.parametrize(
    ("name", "cells", "message"),
    [
        ("六月.csv", {"检查日期": "2026-07-02", "合格条款": "", "不合格条款": "WL-01"}, "不早于本轮的第一天"),
        ("六月.csv", {"检查日期": "六月三日", "合格条款": "", "不合格条款": ""}, "“检查日期”栏: 1行没填对"),
        ("六月.csv", {"检查日期": "2026-06-02", "合格条款": ""}, "没有“不合格条款”这一栏"),
        ("台账.csv", {"检查日期": "2026-06-02", "条款": "WL-01", "截止": "三天"}, "“截止”栏: 1行没填对"),
        ("台账.csv", {"检查日期": "2026-06-02", "条款": "WL-01", "截止": "", "状态": "已销号"}, "“销号日期”栏: 1行没填对"),
        ("台账.csv", {"检查日期": "2026-06-02", "条款": "WL-01", "截止": "", "状态": "好了"}, "“状态”栏: 1行没填对"),
        ("台账.csv", {"检查日期": "2026-06-02", "条款": "WL-01", "截止": "", "记于": "2026-06-05"}, "“记于”栏: 1行没填对"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_past_is_told_and_nothing_is_scored(
    name: str, cells: dict[str, str], message: str, tmp_path: Path
) -> None:
    path = as_csv(tmp_path / name, [{"单位编号": "01", **cells}])
    given = Sources([path]) if name == "六月.csv" else Sources((), [path])
    with pytest.raises(ScoringError, match=message):
        stored([seen(VILLAGES[0], 30)], tmp_path / "out", given)
    assert not list((tmp_path / "out" / "cards").iterdir())


def test_an_order_that_stands_in_two_ways_is_refused(tmp_path: Path) -> None:
    rows = [
        {
            "问题编号": "7",
            "单位编号": "01",
            "检查日期": "2026-06-02",
            "条款": "WL-01",
            "截止": "",
            "销号日期": closed_on,
        }
        for closed_on in ("", "2026-06-20")
    ]
    with pytest.raises(ScoringError, match="“7”有两行，不知道哪一行算数"):
        stored([seen(VILLAGES[0], 30)], tmp_path / "out", Sources((), [as_csv(tmp_path / "台账.csv", rows)]))


def test_a_round_given_twice_or_scored_by_another_scheme_is_refused(tmp_path: Path) -> None:
    june = stored(visits(), tmp_path / "六月")
    july = [replace(one, date=one.date + dt.timedelta(30)) for one in visits()]
    with pytest.raises(ScoringError, match="日期交叉"):
        stored(july, tmp_path / "七月", Sources([june, june]))
    with pytest.raises(ScoringError, match="是按别的办法“YK”评的"):
        scored(june_of_2026(), tmp_path / "别的", before=Sources([june]))
    run([june.with_suffix(".csv")], tmp_path / "没记", STORED, INFER, CALENDAR)
    with pytest.raises(ScoringError, match="没有记下各条合格不合格"):
        stored(july, tmp_path / "再来", Sources([tmp_path / "没记"]))


def june_of_2026() -> list[Inspection]:
    return [replace(one, date=dt.date(2026, 8, 1)) for one in made_up(9)]


def test_a_scheme_with_a_ladder_ranks_only_what_was_scored_by_it(tmp_path: Path) -> None:
    june = stored(visits(), tmp_path / "六月")
    run([june.with_suffix(".csv")], tmp_path / "没按", STORED, INFER, CALENDAR)
    for folder, law in ((tmp_path / "没按", monthly()), (june, scheme(标准="[{标准: WL}]"))):
        with pytest.raises(ScoringError, match="评分时没有按这个办法的阶梯加扣"):
            rank(folder, law, tmp_path / "排名.csv")


def test_a_past_for_a_scheme_without_a_ladder_or_without_one_of_its_standards_is_refused(
    tmp_path: Path,
) -> None:
    june = stored(visits(), tmp_path / "六月")
    table_, flat = june.with_suffix(".csv"), scheme(标准="[{标准: WL}]")
    with pytest.raises(ScoringError, match="用不到以前的结果"):
        run([table_], tmp_path / "平", STORED, INFER, CALENDAR, scheme=flat, before=Sources([june]))
    with pytest.raises(ScoringError, match="没给标准 WL、WH"):
        run(
            [table_],
            tmp_path / "缺",
            [one for one in STORED if one.id == "SB"],
            INFER,
            CALENDAR,
            scheme=monthly(),
        )


def test_a_run_that_was_stopped_goes_on_with_the_same_past_and_with_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    june = stored(visits(), tmp_path / "六月")
    july = [replace(one, date=one.date + dt.timedelta(30)) for one in visits()]
    monkeypatch.setattr("scoring.bulk.run.shutil.rmtree", lambda _: None)
    for _ in range(2):
        stored(july, tmp_path / "七月", Sources([june]))
    with pytest.raises(ScoringError, match="另一次没做完的结果"):
        stored(july, tmp_path / "七月", Sources([june], [june / "orders"]))
