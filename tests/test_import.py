"""``chuangwei import`` and what scoring and rounds do with the same messy sheets."""

from __future__ import annotations

from pathlib import Path

import pytest
from scoring.cli import run

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs" / "examples"
MESSY = str(EXAMPLES / "luan-biao.csv")
LAW = ["--units", str(EXAMPLES / "ming-ce.csv"), "--standard", str(EXAMPLES / "cun-rong.yaml")]
MAPPING = str(EXAMPLES / "dui-zhao.csv")


def said(capfd: pytest.CaptureFixture[str]) -> str:
    out, err = capfd.readouterr()
    return out + err


def test_a_dry_run_lists_every_repair_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["import", MESSY, *LAW, "--dry-run", "--accept-repairs", "--save-mapping", "对照.csv"]) == 2
    told = said(capfd)
    assert told.count("当作“否”") == 4
    assert "修正20处，读不懂1处" in told
    assert not list(tmp_path.iterdir())


def test_what_is_not_understood_leaves_the_clean_workbook_unwritten(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", MESSY, *LAW, "-o", str(tmp_path / "规整.xlsx")]) == 2
    assert "没有写规整表" in said(capfd)
    assert not list(tmp_path.iterdir())


def test_a_mapping_that_was_filled_in_makes_the_clean_workbook_which_is_scored_without_repairs(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    clean, saved = str(tmp_path / "规整.xlsx"), tmp_path / "对照.csv"
    assert run(["import", MESSY, *LAW, "--save-mapping", str(saved)]) == 2
    answers = {"2-3处": "3", "扣1": "1", "下坪村委会": "下坪村"}
    lines = saved.read_text(encoding="utf-8-sig").splitlines()
    filled = [line.replace(f"{read},,", f"{read},{answers[read]},") for line in lines[1:]
              for read in answers if f"{read},," in line]  # fmt: skip
    saved.write_text("\n".join([lines[0], *filled]), encoding="utf-8")
    assert run(["导入", MESSY, *LAW, "--mapping", str(saved), "-o", clean]) == 0
    said(capfd)
    assert run(["score", clean, *LAW[2:], "--format", "csv"]) == 0
    told = said(capfd)
    assert "修正" not in told
    assert "下坪村" in told


def test_scoring_reads_the_same_and_says_how_many_repairs_it_made(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["score", MESSY, *LAW, "--mapping", MAPPING, "--format", "csv"]) == 0
    assert "读表时修正了21处" in said(capfd)
    assert run(["score", MESSY, *LAW, "--format", "csv"]) == 2
    assert "可能是“2”或“3”" in said(capfd)


def test_a_round_gives_the_year_of_a_date_without_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sheet, store = tmp_path / "表.csv", ["--db", str(tmp_path / "考核.db"), "--by", "李建国"]
    sheet.write_text("被检单位,检查日期,垃圾乱倒处数\n东岭村,6.9,3处\n", encoding="utf-8")
    units = str(ROOT / "fixtures" / "register.csv")
    days = ["--starts", "2026-06-01", "--ends", "2026-06-30", "--units", units]
    assert run(["round", "open", "六月", "--scheme", "YK", *days, *store]) == 0
    assert run(["round", "import", "六月", str(sheet), *store]) == 0
    told = said(capfd)
    assert "读表时修正了2处" in told
    assert "新导入1次" in told
