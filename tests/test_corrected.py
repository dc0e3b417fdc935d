"""A recorded visit put right: read and checked as a sheet, row by row where rows were counted, all mistakes together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from scoring.errors import ScoringError
from scoring.inspection import NOT_APPLICABLE, Answer, Inspection, NotChecked, Occurrence
from scoring.rule.form_field import FormField
from scoring.sheets.corrected import Change, corrected
from tests.support import DAY, VILLAGE, visit

FIELDS: Mapping[str, FormField] = {
    name: FormField.model_validate(keys)
    for name, keys in {
        "甲处数": {"填": "数量", "单位": "处", "最大": Decimal(20)},
        "乙处数": {"填": "数量", "单位": "处", "算一处": "大小 > 1"},
        "丙": {"填": "是否", "可缺项": "是"},
        "丁率": {"填": "百分比"},
        "戊分": {"填": "分数", "最小": Decimal(0), "最大": Decimal(10)},
    }.items()
}
ANSWERS: Mapping[str, Answer | int] = {
    "甲处数": 3, "乙处数": NotChecked(), "丙": "是", "丁率": Decimal("0.5"), "戊分": 4
}  # fmt: skip
ROWS = (
    Occurrence("乙处数", "村口", Decimal(2), Decimal(2)),
    Occurrence("乙处数", "河边", Decimal(1), Decimal("0.5")),
    Occurrence("乙处数", "河边", Decimal(4), Decimal(3)),
)


def recorded(**more: Any) -> Inspection:
    return visit(ANSWERS, places={"甲处数": ("村口", "桥头", "二组"), "丙": ("村口",)}, **more)


def put_right(wanted: Mapping[str, str], **more: Any) -> tuple[Inspection, tuple[Change, ...]]:
    return corrected(recorded(**more), wanted, FIELDS, "查过照片")


def test_answers_are_read_as_a_sheet_reads_them_and_the_rest_stays() -> None:
    found, changes = put_right({"丙": "不适用", "丁率": "62.5%", "戊分": "7.5"})
    assert found.answers == {
        **recorded().answers,
        "丙": NOT_APPLICABLE,
        "丁率": Decimal("0.625"),
        "戊分": Decimal("7.5"),
    }
    assert (found.reasons["戊分"], found.reasons["丁率"]) == ("查过照片", "试验")
    assert changes == (
        Change("丁率", "", "50%", "62.5%"),
        Change("丙", "", "是", "不适用"),
        Change("戊分", "", "4", "7.5"),
    )
    assert found.places == {"甲处数": ("村口", "桥头", "二组")}


def test_what_cannot_be_settled_becomes_unchecked() -> None:
    found, changes = put_right({"甲处数": "未查（照片看不清）"})
    assert found.answers["甲处数"] == NotChecked("照片看不清")
    assert changes == (Change("甲处数", "", "3", "未查（照片看不清）"),)
    assert "甲处数" not in found.places


def test_a_count_below_its_places_needs_the_place_that_is_struck() -> None:
    with pytest.raises(
        ScoringError, match="改为 2，点位还有3个（村口、桥头、二组）。写明去掉哪个，如 甲处数@村口=0"
    ):
        put_right({"甲处数": "2"})
    found, changes = put_right({"甲处数": "2", "甲处数@桥头": "0"})
    assert (found.answers["甲处数"], found.places["甲处数"]) == (Decimal(2), ("村口", "二组"))
    assert changes == (Change("甲处数", "", "3", "2"), Change("甲处数", "桥头", "有", "去掉"))
    assert "甲处数" not in put_right({"甲处数": "0"})[0].places


@pytest.mark.parametrize("row", ["2", "3"])
def test_rows_are_put_right_and_the_count_follows(row: str) -> None:
    found, changes = put_right({f"乙处数@{row}": "0"}, occurrences=ROWS)
    left = [one.said for one in ROWS if one.size != (Decimal("0.5") if row == "2" else Decimal(3))]
    assert sorted(one.said for one in found.occurrences) == sorted(left)
    assert found.answers["乙处数"] == NotChecked()
    told = [one for one in changes if not one.place]
    assert told == ([] if row == "2" else [Change("乙处数", "", "6", "2")])  # the row of 0.5 never counted


def test_a_row_is_named_by_its_place_and_may_be_lowered() -> None:
    found, changes = put_right({"乙处数@村口": "1"}, occurrences=ROWS)
    assert [one.count for one in found.occurrences if one.place == "村口"] == [Decimal(1)]
    assert changes == (Change("乙处数", "村口", "2", "1"), Change("乙处数", "", "6", "5"))


def test_a_count_of_which_every_row_is_struck_is_none_and_not_a_blank() -> None:
    found, _ = put_right({f"乙处数@{row}": "0" for row in "123"}, occurrences=ROWS)
    assert (found.occurrences, found.answers["乙处数"]) == ((), Decimal(0))


def test_a_sheet_that_says_the_sum_too_says_the_new_one() -> None:
    sheet = {**ANSWERS, "乙处数": 6}
    seen = visit(sheet, occurrences=ROWS)
    found, _ = corrected(seen, {"乙处数@村口": "0"}, FIELDS, "")
    assert found.answers["乙处数"] == Decimal(4)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({}, "没写改什么"),
        ({"甲出数": "2"}, "这次检查的表上没有这个检查项。可用: .*是不是“甲处数”？"),
        ({"甲处数": "两处"}, "应填数字，不是“两处”"),
        ({"甲处数": "30"}, "30 超出范围。应在 0 到 20 之间"),
        ({"甲处数": ""}, "没写新的答案"),
        ({"甲处数": "３"}, "与原来一样（3）"),
        ({"丙": "有"}, "没有“有”这个选项。可用: 是、否"),
        ({"丁率": "60"}, "应填百分比"),
        ({"甲处数@东头": "0"}, "没有“东头”这个点位。点位: 村口、桥头、二组"),
        ({"甲处数@村口": "1"}, "“村口”的数没有单独记。去掉它写 甲处数@村口=0"),
        ({"乙处数": "2"}, "由问题明细的3行合计，不能直接改。.*1 村口 2处；2 河边 1处；3 河边 4处"),
        ({"乙处数@河边": "0"}, "“河边”有2行。写行号"),
        ({"乙处数@4": "0"}, "“4”这一行没有"),
        ({"乙处数@村口": "0", "乙处数@1": "0"}, "写了两次"),
        ({"乙处数@村口": "2"}, "与原来一样（2）"),
        ({"乙处数@村口": "未查"}, "应填数"),
        ({"乙处数@村口": "-1"}, "超出范围"),
    ],
)
def test_what_cannot_be_changed_is_said_with_what_can(wanted: Mapping[str, str], said: str) -> None:
    with pytest.raises(ScoringError, match=said) as caught:
        put_right(wanted, occurrences=ROWS)
    (problem,) = caught.value.problems
    assert problem.hint
    assert problem.where.startswith(f"{VILLAGE.name} {DAY} ")


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(ScoringError) as caught:
        put_right({"甲处数": "x", "丙": "y", "没有": "1", "乙处数@9": "0"}, occurrences=ROWS)
    assert len(caught.value.problems) == 4
