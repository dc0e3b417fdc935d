"""Which standards a sheet can answer: at least half of what one reads, else whatever it asks most of."""

from __future__ import annotations

import pytest

from scoring.errors import ScoringError
from scoring.inspection import Unit
from scoring.rule.standard import Standard
from scoring.score import Assessment
from tests.support import HEAD, VILLAGE, clause, scorer, standard, visit

NAMES = "甲乙丙丁戊己"


def law(id: str, names: str) -> Standard:
    """Return a standard that reads some yes-or-no fields, each in a clause of its own."""
    form = "".join(f"  {name}: {{填: 是否}}\n" for name in names)
    clauses = [clause(n, f"{name} = 否", "1", 编号=f"{id}-{n:02d}") for n, name in enumerate(names, 1)]
    return standard(
        form, [(100, clauses)], HEAD.replace("编号: T", f"编号: {id}").replace("试验", f"标准{id}", 1)
    )


def scored(columns: str, *laws: Standard, unit: Unit = VILLAGE) -> tuple[str, Assessment]:
    found = scorer(*laws).score([visit(dict.fromkeys(columns, "是"), unit)])
    assert not found.problems
    return "".join(card.program.standard.id for card in found.cards), found


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("甲乙丙丁", "AB"),
        ("甲乙丙", "AB"),
        ("甲乙", "A"),
        ("丙丁戊", "B"),
        ("丙", "A"),
        ("戊", "B"),
        ("丁戊己", "B"),
    ],
)
def test_a_sheet_that_asks_half_of_a_standard_answers_it(columns: str, expected: str) -> None:
    """A reads 甲乙丙, B reads 甲乙丙丁戊己: half of A is two, half of B three."""
    assert scored(columns, law("A", "甲乙丙"), law("B", NAMES))[0] == expected


def test_where_none_gets_to_half_all_of_the_largest_share_are_scored() -> None:
    laws = law("A", "甲乙丙"), law("B", "甲丁戊"), law("C", NAMES)
    assert scored("甲", *laws)[0] == "AB"


def test_what_is_left_out_though_asked_is_named_once_with_the_way_out() -> None:
    laws = law("A", "甲"), law("B", NAMES)
    visits = [
        visit({"甲": "是"}), visit({"甲": "是", "乙": "否"}, number=2), visit({"甲": "否"}, number=3),
    ]  # fmt: skip
    notices = scorer(*laws).score(visits).notices
    assert notices == ("标准B: 表上只有它6栏中的2栏，没有按它评分；要评用 --standard 单独指定",)
    assert scored("甲", laws[1])[0] == "B", "asked for by name it is scored"


def test_a_standard_of_which_nothing_is_asked_is_not_mentioned() -> None:
    assert scored("甲", law("A", "甲"), law("B", "乙丙"))[1].notices == ()


def test_the_share_is_of_what_is_read_for_the_kind_of_unit() -> None:
    laws = law("A", "甲乙丙丁戊"), law("B", "甲")
    both = standard(
        "".join(f"  {name}: {{填: 是否}}\n" for name in NAMES),
        [
            (100, [
                clause(1, "甲 = 否", "1"),
                *(clause(n, f"{name} = 否", "1", 适用="[自然村]") for n, name in enumerate("乙丙丁", 2)),
            ])
        ],
    )  # fmt: skip
    assert scored("甲", both, laws[0], unit=VILLAGE)[0] == "T"
    hamlet = Unit("2", "石桥村", "自然村")
    assert scored("甲乙丙", both, laws[0], unit=hamlet)[0] == "AT"
    assert scored("甲丁", both, laws[0], unit=hamlet)[0] == "T"


def test_what_the_register_answers_need_not_be_asked() -> None:
    registered = standard(
        "  甲: {填: 是否}\n  人口: {填: 数量, 名册: 人口}\n  户数: {填: 数量, 单位: 户, 名册: 户数}\n",
        [(100, [clause(1, "甲 = 否 且 人口 > 9 且 户数 > 9", "1")])],
    )
    known = Unit("1", "东岭村", "行政村", details={"人口": "900", "户数": "300户"})
    found = scored("甲", registered, law("B", "甲乙"), unit=known)
    assert (found[0], found[1].notices) == ("BT", ("标准B: 行政村的表上没有 乙，按未查",))


def test_a_sheet_that_asks_nothing_of_any_standard_is_a_problem() -> None:
    with pytest.raises(ScoringError, match="这张表没有所用标准的检查项"):
        next(scorer(law("A", "甲")).cards(visit({"乙": "是"})))
