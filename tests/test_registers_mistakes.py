"""The museum of wrong 登记簿: one mistake each, its exact words and place in every kind of file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scoring.errors import ScoringError
from scoring.registers.kinds import kind_named
from scoring.registers.read import read_entries
from tests.test_input_mistakes import _spelt, cases, place, write

# Two right rows of each kind; the mistakes change the first.
RIGHT: dict[str, dict[str, str]] = {
    "行动登记": {
        "日期": "2026-06-10", "行动": "占道经营整治", "参加部门": "路政、公安", "参与人数": "30", "拆除横幅（幅）": "6",
    },
    "督查日志": {"日期": "2026-06-10", "督查人": "李建国、王秀英", "督查内容": "状元大道", "电话督导（次）": "2"},
    "周五大扫除": {"日期": "2026-06-12", "单位": "东岭村", "领导带头": "是", "参加人数": "40"},
    "通知通报": {"日期": "2026-06-10", "种类": "现场笔录", "文号": "1号", "被通知单位": "利民商店", "份数": "1"},
}  # fmt: skip
LAST = {"日期": "2026-06-19"}
MISTAKES = [
    (case, kind) for case in cases("registers.yaml") for kind in case.get("只", ["csv", "xlsx", "json"])
]


@pytest.mark.parametrize(("case", "kind"), MISTAKES, ids=[f"{case['名']}-{kind}" for case, kind in MISTAKES])
def test_one_mistake_is_told_with_its_place_and_the_way_out(
    case: dict[str, Any], kind: str, tmp_path: Path
) -> None:
    right = RIGHT[case["种"]]
    titles = [case.get("栏", {}).get(title, title) for title in right]
    changed = {title: _spelt(str(word)) for title, word in {**right, **case.get("改", {})}.items()}
    rows = [titles, list(changed.values()), list({**right, **LAST}.values())]
    with pytest.raises(ScoringError) as caught:
        read_entries([write(tmp_path / f"sheet.{kind}", rows)], kind_named(case["种"]))
    column = list(right).index(case["在"]) if case["在"] else None
    row = 1 if "栏" in case else 2
    where = place(kind, 2 if kind == "json" and column is not None else row, column, titles[column or 0])
    where = where if column is not None or kind != "json" else "第1条"
    assert [str(one) for one in caught.value.problems] == [f"sheet.{kind} {where}: {case['说']}"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("name", RIGHT)
def test_the_sheets_that_the_mistakes_change_are_right(name: str, kind: str, tmp_path: Path) -> None:
    right = RIGHT[name]
    rows = [list(right), list(right.values()), list({**right, **LAST}.values())]
    found = read_entries([write(tmp_path / f"sheet.{kind}", rows)], kind_named(name)).entries
    assert [str(one.date) for one in found] == [right["日期"], LAST["日期"]]


def test_every_mistake_of_every_sheet_is_told_at_once(tmp_path: Path) -> None:
    rows = [
        ["周五卫生大扫除登记"],
        ["日期", "单位", "领导带头", "参加人数", ""],
        ["2026-06-05", "东岭村", "是", "30"],
        ["2026-06-12", "", "有", "三十来人"],
        ["2026/6/5", "东 岭村", "否", "", ""],
        ["", "", "", "", "晴"],
        ["合计", "", "", "30"],
    ]
    log = [["日期", "督查内容"], ["2026-06-10", "状元大道"]]
    files = [write(tmp_path / "大扫除.csv", rows), write(tmp_path / "督查日志.csv", log)]
    strange = write(tmp_path / "行动登计.csv", log)
    with pytest.raises(ScoringError) as caught:
        read_entries([*files, strange])
    assert [str(one) for one in caught.value.problems] == [
        "大扫除.csv 第5行: 和 大扫除.csv 第3行 是同一条周五大扫除（日期、单位都一样）。删去一行，或合成一行；写错的改正",
        "大扫除.csv 第2行第5列: 这一栏没有标题。补上标题，或清空这一栏",
        "大扫除.csv 第4行第2列: 没填单位。每一行都要写",
        "大扫除.csv 第4行第3列: 应填 是 或 否，不是“有”",
        "大扫除.csv 第4行第4列: 应填整数，不是“三十来人”。只写个数，如 3；没有的留空",
        "大扫除.csv 第6行第1列: 没填日期。写成 2026-06-10 的样子，年月日都要有",
        "大扫除.csv 第6行第2列: 没填单位。每一行都要写",
        "大扫除.csv 第6行第3列: 没填领导带头。写 是 或 否",
        "大扫除.csv 第7行第1列: 这是合计，不是一条登记。删去这一行；合计用 chuangwei log totals 算",
        "督查日志.csv 第1行: 督查日志没有“督查人”一栏。加上这一栏，每一行都要写",
        "行动登计.csv: 不知道是哪种登记。改名为哪一种，或加 --kind；"
        "可用: 行动登记、督查日志、周五大扫除、培训、通知通报、会议；是不是“行动登记”？",
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["日期", "名称"]], "表上没有登记。填上日期和各栏再导入"),
        ([["时间", "地点"], ["2026-06-10", "乡政府"]], "找不到培训的表头。前15行里要有一行写着 日期、培训"),
        ([["日期"], ["2026-06-10"]], "找不到培训的表头。前15行里要有一行写着 日期、培训"),
    ],
    ids=["只有表头", "没有表头", "表头只有日期"],
)
def test_a_sheet_with_no_entries_says_so(rows: list[list[str]], said: str, tmp_path: Path) -> None:
    with pytest.raises(ScoringError) as caught:
        read_entries([write(tmp_path / "培训.csv", rows)])
    assert str(caught.value).endswith(f": {said}")
