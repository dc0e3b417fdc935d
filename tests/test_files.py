"""Sheets given by their folders, and files that a command must not write over."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from scoring.cli import run

ROOT = Path(__file__).parent.parent
UNITS = str(ROOT / "fixtures/register.csv")
VILLAGES = ROOT / "fixtures/clean/villages.csv"
MESSY = ROOT / "docs/examples/bu-gui-zheng.csv"
LAW = [
    "--units",
    str(ROOT / "docs/examples/ming-ce.csv"),
    "--standard",
    str(ROOT / "docs/examples/qing-jie.yaml"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one sheet in a folder of its own: “六月 检查表/东片/村.csv”."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "六月 检查表" / "东片"
    place.mkdir(parents=True)
    shutil.copy(VILLAGES, place / "村.csv")
    return place.parent


def test_a_folder_stands_for_the_sheets_in_it(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["score", str(folder / "东片/村.csv"), "--units", UNITS, "--format", "json"]) == 0
    one = capfd.readouterr().out
    assert run(["score", str(folder), "--units", UNITS, "--format", "json"]) == 0
    assert capfd.readouterr().out == one


def test_what_is_no_sheet_is_left_aside_and_told(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("通知.docx", "消息.txt", "~$村.xlsx", ".DS_Store"):
        (folder / name).write_text("不是表", encoding="utf-8")
    shutil.copy(UNITS, folder / "名册.csv")
    assert run(["score", str(folder), "--units", str(folder / "名册.csv"), "--format", "csv"]) == 0
    told = capfd.readouterr().err
    assert f"提示: {folder} 里不是表格的没有读: 消息.txt、通知.docx\n" in told
    assert "~$" not in told and "DS_Store" not in told


def test_a_folder_without_a_sheet_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["score", str(tmp_path)]) == 2
    assert "文件夹里没有检查表" in capfd.readouterr().err


def test_a_result_never_lands_on_what_it_is_made_of(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sheet = folder / "东片/村.csv"
    before = sheet.read_bytes()
    for line in (
        ["score", str(sheet), "--units", UNITS, "--format", "csv", "-o", str(sheet)],
        ["score", str(folder), "--units", UNITS, "--format", "csv", "-o", "六月 检查表/东片/../东片/村.csv"],
        ["import", str(sheet), "--units", UNITS, "-o", str(sheet)],
        ["consistency", str(sheet), "--units", UNITS, "-o", str(sheet)],
    ):
        assert run(line) == 2
        assert "这是读进来的文件，不能写在它上面" in capfd.readouterr().err
    assert sheet.read_bytes() == before


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (["form", "治五乱"], "登记表.xlsx"),
        (["log", "form"], "登记簿.xlsx"),
        (["report", "template", "通知书"], "通知书.docx"),
        (["import", str(MESSY), *LAW, "--save-mapping", "对照.csv"], "对照.csv"),
    ],
)
def test_what_may_have_been_filled_in_is_not_written_over(
    folder: Path, capfd: pytest.CaptureFixture[str], line: list[str], name: str
) -> None:
    output = [] if name == "对照.csv" else ["-o", name]
    first = run([*line, *output])
    assert run([*line, *output]) == first  # the same once more is no other file
    Path(name).write_bytes(b"filled in")
    assert run([*line, *output]) == 2
    assert "已经有这个文件，内容不同" in capfd.readouterr().err
    assert Path(name).read_bytes() == b"filled in"


def test_a_unit_of_a_messy_sheet_is_explained_as_it_is_scored(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["score", str(MESSY), *LAW]) == 0
    assert run(["explain", str(MESSY), "上坪村", *LAW]) == 0
    assert "上坪村  村庄清洁月度检查" in capfd.readouterr().out


def test_the_same_mistake_in_many_places_is_told_once_with_all_of_them(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for village in ("东岭村", "石桥村", "青山材"):
        sheet = book.create_sheet(village)
        sheet.append(["2026年6月检查表"])
        sheet.append(["检查日期", "垃圾乱倒处数", "柴草乱垛处数"])
        sheet.append(["2026-06-12", "√", 3])
    book.save("一村一页.xlsx")
    assert run(["score", "一村一页.xlsx", "--units", UNITS, "--standard", "治五乱"]) == 2
    _, *told = capfd.readouterr().err.splitlines()
    assert told == [
        "一村一页.xlsx 工作表“东岭村” 单元格 B3、工作表“石桥村” 单元格 B3: 应填数字，不是“√”。只写数字，如 3；没有就写 0，没查留空或写 未查",
        "一村一页.xlsx 工作表“东岭村” 单元格 C2、工作表“石桥村” 单元格 C2: 不认识的栏目“柴草乱垛处数”。是不是“柴草乱放处数”？"
        "可当作“柴草乱放处数”（栏目“柴草乱垛处数”的写法相近）: 加 --accept-repairs，或写进对照表",
        "一村一页.xlsx 工作表“青山材” 第1行: 找不到表头。前15行里要有一行写着 被检单位（或单位编号）和 检查日期；"
        "第2行像表头，没写 被检单位。被检单位“青山材”可当作“青山村”（名称相近）: 加 --accept-repairs，或写进对照表",
    ]
