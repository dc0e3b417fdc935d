"""``chuangwei rectify`` run through its entry point, on real files."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from scoring.cli import run

ROOT = Path(__file__).parent.parent
UNITS, VILLAGES = str(ROOT / "fixtures/register.xlsx"), str(ROOT / "fixtures/clean/villages.csv")
OPEN = f"round open 2026-06 --scheme YK --starts 2026-06-01 --ends 2026-06-30 --units {UNITS} --by 李建国"


def chuangwei(line: str, code: int = 0) -> None:
    assert run(line.split()) == code, line


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a month of villages whose orders are issued."""
    path = tmp_path_factory.mktemp("kept") / "考核.db"
    for line in (
        OPEN, f"round import 2026-06 {VILLAGES} --by 李建国", "round score 2026-06 --by 王秀英",
        "rectify issue 2026-06 --by 王秀英",
    ):  # fmt: skip
        chuangwei(f"{line} --db {path}")
    return path


@pytest.fixture
def folder(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Path:
    """A folder of its own with such a database."""
    shutil.copy(kept, tmp_path / "考核.db")
    monkeypatch.chdir(tmp_path)
    capfd.readouterr()
    return tmp_path


def filled(path: Path, rows: Sequence[dict[str, str]]) -> None:
    """Fill cells into the first rows of a ledger."""
    book = openpyxl.load_workbook(path)
    page = book.active
    titles = [cell.value for cell in page[2]]
    for number, row in enumerate(rows, start=3):
        for title, value in row.items():
            page.cell(number, titles.index(title) + 1, value)
    book.save(path)


def test_the_ledger_goes_out_is_filled_in_and_comes_back(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chuangwei("rectify list -o 整改台账.xlsx --on 2026-06-20")
    filled(
        folder / "整改台账.xlsx",
        [
            {"签收日期": "2026-06-04", "完成日期": "2026-06-05", "整改人": "李主任", "核查日期": "2026-06-06", "核查人": "赵敏", "核查结果": "合格"},
            {"完成日期": "2026-06-06", "整改人": "李主任", "核查日期": "2026-06-07", "核查人": "赵敏", "核查结果": "不合格"},
        ],
    )  # fmt: skip
    chuangwei("rectify import 整改台账.xlsx --by 录入员")
    assert "新记5步，已有0步，没填的" in capfd.readouterr().err
    chuangwei("整改 导入 整改台账.xlsx --by 录入员")
    assert "新记0步，已有5步" in capfd.readouterr().err
    chuangwei("rectify show 2026-06-0001")
    shown = capfd.readouterr().out
    assert re.search(r"^2026-06-0001  东岭村  已销号$", shown, re.MULTILINE)
    assert re.search(r"^2026-06-06  复核合格  赵敏$", shown, re.MULTILINE)
    chuangwei("audit verify")


def test_a_ledger_with_a_mistake_is_refused_with_the_cell(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chuangwei("rectify list -o 台账.xlsx --on 2026-06-20")
    wrong = {
        "完成日期": "2026-06-05",
        "整改人": "赵敏",
        "核查日期": "2026-06-06",
        "核查人": "赵敏",
        "核查结果": "合格",
    }
    filled(folder / "台账.xlsx", [{"签收日期": "6.4"}, wrong, {"签收日期": "2026-06-05"}])
    capfd.readouterr()
    chuangwei("rectify import 台账.xlsx --by 录入员", 2)
    assert set(capfd.readouterr().err.splitlines()) == {
        "台账.xlsx 工作表“整改台账” 单元格 Q3: 日期“6.4”读不懂。写成 2026-06-10 的样子，年月日都要有",
        "台账.xlsx 工作表“整改台账” 单元格 AA4: 核查人和整改人都是赵敏。换一个人核查",
    }
    chuangwei("rectify list --state 已签收 --on 2026-06-20")
    assert capfd.readouterr().out == "没有这样的整改单\n"


def test_every_step_is_a_command_for_several_orders_at_once(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    both = "2026-06-0001 2026-06-0002"
    for line in (
        f"rectify receive {both} --on 2026-06-04 --by 李主任",
        f"整改 延期 {both} --until 2026-06-20 --note 下雨 --on 2026-06-05 --by 孙立",
        f"rectify urge {both} --how 电话督导 --on 2026-06-08 --by 赵敏",
        f"rectify assign {both} --to 张会计 --on 2026-06-08 --by 赵敏",
        f"rectify escalate {both} --to 乡长 --on 2026-06-09 --by 赵敏",
        f"rectify reply {both} --note 清了 --photo 后.jpg --on 2026-06-10 --by 张会计",
        f"rectify verify {both} --fail --on 2026-06-11 --by 赵敏",
        "rectify reply 2026-06-0001 --on 2026-06-12 --by 张会计",
        "整改 复核 2026-06-0001 --on 2026-06-13 --by 赵敏",
        "rectify cancel 2026-06-0002 --note 拆了 --on 2026-06-13 --by 赵敏",
    ):
        chuangwei(line)
    said = capfd.readouterr().err
    assert "2026-06-0001 东岭村: 提级督办，到乡长" in said
    chuangwei("rectify list --round 2026-06 --unit 东岭村 --on 2026-06-30 --format json")
    first, second, *_ = json.loads(capfd.readouterr().out)
    assert (first["state"], first["redo"], first["urged"], first["due_at"]) == (
        "已销号", 1, {"电话督导": 1}, "2026-06-20T17:30",
    )  # fmt: skip
    assert (second["state"], second["responsible"]["person"]) == ("已撤销", "张会计")
    chuangwei("audit verify")


def test_what_is_due_and_how_far_they_have_come(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chuangwei("rectify due --on 2026-06-05 --days 2")
    lines = capfd.readouterr().out.splitlines()
    assert {re.search(r"逾期\d+天|今天到期|[12]天", line)[0] for line in lines[2:] if "2026-06-0" in line} >= {
        "逾期1天", "今天到期", "2天",
    }  # fmt: skip
    chuangwei("整改 到期 --on 2026-06-01")
    assert "没有逾期的" in capfd.readouterr().out
    chuangwei("rectify progress --by 包村领导 --on 2026-06-20 --format json")
    groups = json.loads(capfd.readouterr().out)
    assert [one["name"] for one in groups] == ["乡长 孙立", "副乡长 吴梅", "副书记 钱进", "武装部长 郑平"]
    chuangwei("rectify progress --on 2026-06-20")
    shown = capfd.readouterr().out
    assert "按期率" in shown
    assert str(sum(one["due"] for one in groups)) in shown


def test_issuing_again_says_that_nothing_is_new(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chuangwei("整改 交办 2026-06 --by 王秀英")
    assert "“2026-06”新开0张整改单，再次发现0件，已有" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rectify issue 2026-07 --by 王", "没有“2026-07”这一轮"),
        ("rectify issue 2026-06 --on 昨天 --by 王", "写成 2026-06-30 的样子"),
        ("rectify show 2026-06-9999", "没有编号“2026-06-9999”的整改单"),
        ("rectify receive 2026-06-0001", "缺少 --by 姓名"),
        ("rectify receive 2026-06-0001 --on 2026-06-01 --by 李", "2026-06-0001: 签收的日期 2026-06-01 早于上一步的 2026-06-04"),
        ("rectify urge 2026-06-0001 --how 微信 --on 2026-06-05 --by 李", "可用: 电话督导、现场督查、到村督导"),
        ("rectify escalate 2026-06-0001 --on 2026-06-05 --by 李", "加 --to 提到谁"),
        ("rectify list --state 整改", "可用: 已交办、已签收"),
        ("rectify list --unit 东岭邨", "没有“东岭邨”的整改单"),
        ("rectify list --format pdf", "可用: table、json"),
        ("rectify list -o 台账.docx", "可用: xlsx、csv、json"),
        ("rectify progress --by 组", "可用: 单位、包村领导、责任单位、片区"),
        ("rectify import 没有.xlsx --by 李", "没有这个文件"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_the_way_out(
    folder: Path, capfd: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    chuangwei(line, 2)
    shown = capfd.readouterr()
    assert said in shown.err
    assert "Traceback" not in shown.err
    assert shown.out == ""
