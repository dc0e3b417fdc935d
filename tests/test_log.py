"""``chuangwei log`` as a clerk runs it: sheets in, entries by hand, totals out, mistakes told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from scoring import open_store
from tests.test_cli import chuangwei
from tests.test_input_mistakes import write

BY = ("--by", "李建国")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def log(tmp_path: Path) -> Run:
    """Run a verb of ``chuangwei log`` beside an empty database; return its exit code and all it says."""
    open_store(tmp_path / "考核.db").close()

    def run(*args: str) -> tuple[int, str]:
        done = chuangwei("log", *args, cwd=tmp_path)
        return done.returncode, done.stdout + done.stderr

    return run


def test_a_form_is_filled_in_imported_twice_corrected_and_added_up(log: Run, tmp_path: Path) -> None:
    assert log("印表", "-o", "登记簿.xlsx") == (0, "已写到 登记簿.xlsx\n")
    book = openpyxl.load_workbook(tmp_path / "登记簿.xlsx")
    sheet = book["行动登记"]
    column = {cell.value: cell.column for cell in sheet[5]}
    said = {"日期": "2026-06-10", "行动": "占道经营整治", "参与人数（人次）": 30, "拆除横幅（幅）": 6}
    for title, word in said.items():
        sheet.cell(6, column[title], word)
    book.save(tmp_path / "登记簿.xlsx")
    chinese = chuangwei("登记", "导入", "登记簿.xlsx", *BY, cwd=tmp_path)
    assert (chinese.returncode, chinese.stderr) == (0, "新登记1条，已有0条，改了0条\n")
    assert log("import", "登记簿.xlsx", *BY) == (0, "新登记0条，已有1条，改了0条\n")
    sheet.cell(6, column["拆除横幅（幅）"], 7)
    book.save(tmp_path / "登记簿.xlsx")
    code, told = log("import", "登记簿.xlsx", *BY)
    assert code == 2
    assert "第1号 行动登记 2026-06-10 占道经营整治 与已登记的不同:\n  拆除横幅: 6 → 7\n" in told
    assert "什么也没有写入。要用这次的，加 --replace" in told
    assert log("import", "登记簿.xlsx", "--replace", *BY)[1].endswith("新登记0条，已有0条，改了1条\n")
    code, text = log("totals", "--from", "2026-06-01", "--to", "2026-06-30", "--format", "json")
    document = json.loads(text)
    counted = {one["name"]: (one["count"], one["unit"]) for one in document["totals"] if one["count"]}
    assert counted == {"拆除横幅": (7, "幅"), "综合整治活动": (1, "次"), "参与人员": (30, "人次")}
    assert (document["log"]["expected"], len(document["log"]["gaps"])) == (21, 21)
    assert document["sweeps"] == {"expected": 3, "held": 0, "led": 0, "units": []}


def test_an_entry_is_added_listed_struck_and_listed_only_on_demand(log: Run) -> None:
    said = ("日期=2026-06-10", "名称=除四害培训", "人数＝45")
    assert log("添加", "培训", *said, *BY) == (0, "已登记，第1号\n")
    text = log("list", "培训", "--format", "json")[1]
    assert json.loads(text) == [
        {
            "number": 1,
            "kind": "培训",
            "date": "2026-06-10",
            "values": {"培训": "除四害培训", "参加人数": 45},
            "struck": "",
        }
    ]
    assert log("作废", "1", "--reason", "改期了", *BY) == (0, "第1号 培训 2026-06-10 除四害培训 已作废\n")
    assert log("list") == (0, "还没有登记\n")
    assert "参加人数 45人次（不算数: 改期了）" in log("列表", "--all")[1]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("add", "培训", "日期=6.10", "名称=", "人数=四十", "对像=村干部"),
         "“人数”: 应填整数，不是“四十”。只写个数，如 3；没有的留空\n"
         "“名称”: 没填培训。每一行都要写\n"
         "“对像”: 不认识的栏目“对像”。可用: 日期、培训、对象、参加人数、备注、序号；是不是“对象”？\n"
         "“日期”: 日期“6.10”读不懂。写成 2026-06-10 的样子，年月日都要有\n"),
        (("add", "培训", "名称=甲"), "培训没有“日期”一栏。加上这一栏，每一行都要写\n"),
        (("add", "培训", "日期=", "名称="), "一栏也没写。要写 日期、培训\n"),
        (("add", "培训", "2026-06-10", "名称=甲", "名称=乙"),
         "“2026-06-10”读不懂。写成 栏=内容，如 日期=2026-06-10\n“名称”写了两次。只写一次\n"),
        (("add", "培圳", "名称=甲"), "没有“培圳”这种登记。可用: 行动登记、督查日志、周五大扫除、培训、通知通报、会议；是不是“培训”？\n"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_added_entry_is_told_at_once(
    log: Run, args: tuple[str, ...], said: str
) -> None:
    assert log(*args, *BY) == (2, said)
    assert log("list") == (0, "还没有登记\n"), "nothing was written"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("list", "--format", "xlsx"), "--format 没有“xlsx”这一种。可用: table、json"),
        (("totals", "--from", "6.1"), "--from 的日期“6.1”读不懂"),
        (("totals", "--from", ""), "没写从哪天。加 --from"),
        (("totals",), "缺少 --from 日期"),
        (
            ("totals", "--from", "2026-06-01", "--weekday", "周日"),
            "--weekday 没有“周日”这一种。可用: 周一、周二",
        ),
        (("import", "没有.xlsx", *BY), "没有.xlsx: 没有这个文件"),
        (("strike", "1", "--reason", "错", *BY), "没有第1号"),
        (("form", "培圳"), "没有“培圳”这种登记"),
    ],
)
def test_a_command_that_cannot_be_says_why(log: Run, args: tuple[str, ...], said: str) -> None:
    code, text = log(*args)
    assert code == 2
    assert said in text
    assert "Traceback" not in text


def test_names_from_outside_do_not_steer_the_terminal(log: Run, tmp_path: Path) -> None:
    rows = [
        ["日期", "单位", "领导带头"],
        ["2026-06-12", "=cmd|' /c calc'!A1", "是"],
        ["2026-06-12", "甲\x1b[31m", "是"],
    ]
    code, text = log("import", write(tmp_path / "大扫除.csv", rows).name, *BY)
    assert (code, "有看不见的字符（U+001B）" in text, "\x1b" in text) == (2, True, False)
    write(tmp_path / "大扫除.csv", rows[:2])
    assert log("import", "大扫除.csv", *BY)[0] == 0
    assert "=cmd|' /c calc'!A1" in log("totals", "--from", "2026-06-01", "--to", "2026-06-30")[1]


def test_days_still_to_come_and_years_without_a_calendar_are_told(log: Run) -> None:
    text = log("totals", "--from", "2099-06-01", "--to", "2099-06-30", "--weekday", "周四")[1]
    assert "提示: 2099-06-30 还没到，往后的日子也算没记、没扫" in text
    assert "提示: 2099年的放假安排没有收录" in text
