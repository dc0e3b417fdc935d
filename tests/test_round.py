"""Several visits, ranks, vetoes over visits, roll-ups."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scoring.inspection import NotChecked, Unit
from scoring.round import groups
from tests.support import clause, scorer, standard, visit

FORM = "  甲处数: {填: 数量, 单位: 处}\n  乙: {填: 是否}\n"
LAW = standard(
    FORM, [(100, [clause(1, "甲处数 > 0", "{每处: 1}"), clause(2, "乙 = 是", "10", 一票否决="是")])]
)


def village(number: int, kind: str = "行政村") -> Unit:
    return Unit(f"{number:03d}", f"村{number}", kind, "东片" if number % 2 else "西片")


def test_visits_are_averaged_plainly_and_rounded_once() -> None:
    visits = [visit({"甲处数": n, "乙": "否"}, number=i) for i, n in enumerate((0, 0, 1), start=1)]
    (one,) = scorer(LAW).score(visits).units
    assert (one.score, one.grade, len(one.counted)) == (Decimal("99.67"), "优秀", 3)


def test_a_visit_at_a_locked_door_is_shown_and_not_averaged() -> None:
    locked = {"甲处数": NotChecked("锁门"), "乙": NotChecked("锁门")}
    (one,) = scorer(LAW).score([visit({"甲处数": 4, "乙": "否"}), visit(locked, number=2)]).units
    assert (one.score, one.grade, len(one.cards), len(one.counted)) == (Decimal("96.00"), "优秀", 2, 1)
    (alone,) = scorer(LAW).score([visit(locked)]).units
    assert (alone.score, alone.low, alone.grade, alone.rank) == (None, None, None, None)


def test_a_veto_at_one_visit_vetoes_the_unit() -> None:
    visits = [visit({"甲处数": 0, "乙": "否"}), visit({"甲处数": 0, "乙": "是"}, number=2)]
    (one,) = scorer(LAW).score(visits).units
    assert (one.score, one.grade) == (Decimal("95.00"), "不合格")


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_ranks_are_standard_competition_ranks(counts: list[int]) -> None:
    found = scorer(LAW).score([visit({"甲处数": n, "乙": "否"}, village(i)) for i, n in enumerate(counts)])
    for one in found.units:
        assert one.score is not None
        assert one.rank == 1 + sum(
            other.score > one.score for other in found.units if other.score is not None
        )
    assert [one.rank for one in found.units] == sorted(one.rank for one in found.units if one.rank)


def test_ranks_stay_within_one_kind() -> None:
    found = scorer(LAW).score(
        [visit({"甲处数": 5, "乙": "否"}, village(1, "自然村")), visit({"甲处数": 0, "乙": "否"}, village(2))]
    )
    assert [(one.unit.kind, one.rank) for one in found.units] == [("自然村", 1), ("行政村", 1)]


def test_roll_ups_count_who_is_settled() -> None:
    found = scorer(LAW).score(
        [visit({"甲处数": n, "乙": "否"}, village(n)) for n in (1, 2, 3)]
        + [visit({"甲处数": NotChecked(), "乙": "否"}, village(5))]
    )
    rolled = {(one.by, one.name): (one.units, one.scored, one.mean) for one in groups(found.units)}
    assert rolled == {
        ("类别", "行政村"): (4, 3, Decimal("98.00")),
        ("片区", "东片"): (3, 2, Decimal("98.00")),
        ("片区", "西片"): (1, 1, Decimal("98.00")),
    }
