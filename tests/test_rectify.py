"""Orders: filled text, merged where they concern the same thing, due by the calendar."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from scoring.inspection import NotChecked, Unit
from tests.support import HEAD, clause, scorer, standard, visit

FORM = "  甲处数: {填: 数量, 单位: 处}\n  乙率: {填: 百分比}\n  丙: {填: 是否}\n"
ONE = standard(
    FORM,
    [
        (
            100,
            [
                clause(
                    1,
                    "甲处数 > 0",
                    "{每处: 2}",
                    整改="{要求: 清理【甲处数】处, 期限: 3天, 责任单位: 【被检单位】村委会, 责任人: 【责任人】}",
                ),
                clause(2, "乙率 < 60%", "5", 整改="{要求: 由【乙率】提到六成, 期限: 另定, 责任人: 村主任}"),
                clause(
                    3,
                    "丙 = 是 且 甲处数 ≥ 0",
                    "1",
                    整改="{要求: 改【甲处数】处, 期限: 2个工时, 责任人: 村主任}",
                ),
            ],
        )
    ],
)
TWO = standard(
    "  甲处数: {填: 数量, 单位: 处}\n",
    [
        (
            100,
            [
                clause(
                    1,
                    "甲处数 > 0",
                    "{每处: 1}",
                    编号="B-01",
                    严重程度="严重",
                    整改="{要求: 立即清理, 期限: 立行立改, 责任人: 保洁员}",
                )
            ],
        )
    ],
    HEAD.replace("标准: 试验", "标准: 另一个").replace("编号: T", "编号: B"),
)
UNIT = Unit("1", "东岭村", "行政村", details={"责任人": "王主任"})


def test_text_and_people_are_filled_in() -> None:
    found = scorer(ONE).score(
        [
            visit(
                {"甲处数": 3, "乙率": Decimal("0.255"), "丙": "否"}, UNIT, places={"甲处数": ("村口", "井边")}
            )
        ]
    )
    first, second = found.orders
    assert (first.text, first.places, first.responsible, first.person) == (
        "由25.5%提到六成",
        (),
        "东岭村",
        "村主任",
    )
    assert first.due_at is None
    assert (second.text, second.places, second.responsible) == ("清理3处", ("村口", "井边"), "东岭村村委会")
    assert (second.person, second.due_at) == ("王主任", dt.datetime(2022, 6, 13, 17, 30))


def test_the_same_thing_under_two_standards_is_one_order_with_the_earliest_deadline() -> None:
    (order,) = scorer(ONE, TWO).score([visit({"甲处数": 3, "乙率": Decimal(1), "丙": "否"}, UNIT)]).orders
    assert order.clauses == ("B-01", "T-01")
    assert (order.text, order.severity) == ("立即清理；清理3处", "严重")
    assert order.due_at == dt.datetime(2022, 6, 10, 17, 30)


def test_two_visits_are_two_orders() -> None:
    visits = [
        visit({"甲处数": 1, "乙率": Decimal(1), "丙": "否"}, UNIT, day=dt.date(2022, 6, day))
        for day in (2, 20)
    ]
    assert [order.inspection.date.day for order in scorer(ONE).score(visits).orders] == [2, 20]


def test_nothing_is_ordered_for_what_passed_or_was_not_checked() -> None:
    assert (
        not scorer(ONE).score([visit({"甲处数": NotChecked(), "乙率": Decimal(1), "丙": "否"}, UNIT)]).orders
    )


def test_working_hours_start_when_the_visit_was() -> None:
    (order,) = (
        scorer(ONE)
        .score([visit({"甲处数": 0, "乙率": Decimal(1), "丙": "是"}, UNIT, time=dt.time(11, 30))])
        .orders
    )
    assert order.due_at == dt.datetime(2022, 6, 10, 15, 0)
