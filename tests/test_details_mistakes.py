"""The museum of wrong 问题明细: one mistake each, its exact words and place, alone and beside a wide sheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scoring.sheets.read import read_sheets
from tests.support import clause, scorer, standard
from tests.test_input_mistakes import REGISTER, _spelt, cases, place, write

FORM = """  垃圾处数: {填: 数量, 单位: 处, 最大: 500}
  柴草处数: {填: 数量, 单位: 处, 算一处: 大小 > 0.5}
  堵路: {填: 是否}
"""
CLAUSES = [
    clause(1, "垃圾处数 > 0", "{每处: 2}"),
    clause(2, "柴草处数 > 0", "{每处: 1}"),
    clause(3, "堵路 = 是", "5"),
]
LAW = standard(FORM, [(100, CLAUSES)])
RIGHT = {
    "被检单位": "东岭村", "检查日期": "2022-06-10", "检查时间": "09:30", "第几次": "1", "检查项": "垃圾处数", "点位": "村口",
    "数量": "2", "大小": "0.6", "照片": "IMG_1.jpg", "备注": "",
}  # fmt: skip
OTHER = {**RIGHT, "被检单位": "西坡村", "数量": ""}
MISTAKES = [
    (case, kind) for case in cases("details.yaml") for kind in case.get("只", ["csv", "xlsx", "json"])
]


@pytest.mark.parametrize(("case", "kind"), MISTAKES, ids=[f"{case['名']}-{kind}" for case, kind in MISTAKES])
def test_one_mistake_is_told_with_its_place_and_the_way_out(
    case: dict[str, Any], kind: str, tmp_path: Path
) -> None:
    changed = {title: _spelt(word) for title, word in {**RIGHT, **case.get("改", {})}.items()}
    titles = [case.get("栏", {}).get(title, title) for title in RIGHT]
    rows = [titles, list(changed.values()), list(OTHER.values())]
    reading = read_sheets([write(tmp_path / f"sheet.{kind}", rows)], LAW.form, REGISTER)
    column = list(RIGHT).index(case["在"])
    where = place(kind, 2 if kind == "json" or "改" in case else 1, column, titles[column])
    assert [str(one) for one in reading.problems] == [f"sheet.{kind} {where}: {case['说']}"]
    if "改" in case:
        assert [one.unit.name for one in reading.inspections] == ["西坡村"], "the others are read"
        assert [unit.name for unit in reading.unscored] in (["东岭村"], [])


def test_the_sheet_that_the_mistakes_change_is_right_in_every_kind_of_file(tmp_path: Path) -> None:
    rows = [list(RIGHT), list(RIGHT.values()), list(OTHER.values())]
    files = [write(tmp_path / f"sheet.{kind}", rows) for kind in ("csv", "xlsx", "json")]
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    (tmp_path / "sheet.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    for path in (*files, tmp_path / "sheet.jsonl"):
        reading = read_sheets([path], LAW.form, REGISTER)
        assert not reading.problems
        assert [one.occurrences[0].count for one in reading.inspections] == [2, 1]


JOINED = cases("joined.yaml")


@pytest.mark.parametrize("case", JOINED, ids=[case["名"] for case in JOINED])
def test_details_that_do_not_go_with_the_sheet_are_told_whole(case: dict[str, Any], tmp_path: Path) -> None:
    files = [
        write(tmp_path / name, [line.split("|") for line in case[key]])
        for key, name in (("表", "sheet.csv"), ("明细", "details.csv"))
        if case[key]
    ]
    reading = read_sheets(files, LAW.form, None if case.get("名册") == "无" else REGISTER)
    found = scorer(LAW).score(reading.inspections)
    assert [str(one) for one in (*reading.problems, *found.problems)] == case["说"]
    assert [card.inspection.unit.name for card in found.cards] == case.get("评", [])
    assert [unit.name for unit in (*reading.unscored, *found.unscored)] == case.get("未评", [])
