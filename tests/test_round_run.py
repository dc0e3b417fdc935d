"""``chuangwei round run``: from sheets to a ranked round with its orders, again and again, through the entry point."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from scoring.cli import run
from scoring.cli.values import days_of_round

from scoring import open_store

ROOT = Path(__file__).parent.parent
UNITS = ["--units", str(ROOT / "fixtures/register.csv")]
SHEET = ROOT / "docs/examples/liang-cun.csv"
BY = ["--by", "李建国"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder “六月” of sheets in a working folder without a database."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "六月"
    place.mkdir()
    shutil.copy(SHEET, place)
    return place


def chuangwei(line: Sequence[str], code: int = 0) -> None:
    assert run(line) == code, line


def test_one_command_comes_to_what_the_steps_come_to(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chuangwei(["round", "run", "2026-06", "六月", *UNITS, *BY])
    days = ["--scheme", "YK", "--starts", "2026-06-01", "--ends", "2026年6月30日"]
    for line in (
        ["open", "2026-06", *days, *UNITS, *BY], ["import", "2026-06", "六月", *BY], ["score", "2026-06", *BY],
    ):  # fmt: skip
        chuangwei(["round", *line, "--db", "步.db"])
    chuangwei(["rectify", "issue", "2026-06", *BY, "--db", "步.db"])
    chuangwei(["round", "score", "2026-06", *BY, "--db", "步.db"])  # the ladder now sees the orders
    capfd.readouterr()
    chuangwei(["round", "rank", "2026-06"])
    one = capfd.readouterr().out
    chuangwei(["round", "rank", "2026-06", "--db", "步.db"])
    assert capfd.readouterr().out == one
    chuangwei(["audit", "verify"])


def test_run_again_nothing_changes(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    line = ["round", "run", "2026-06", "六月", *UNITS, *BY]
    chuangwei(line)
    store = open_store("考核.db")
    head = store.trail.head()
    capfd.readouterr()
    chuangwei(line)
    told = capfd.readouterr()
    assert store.trail.head() == head
    assert "新导入0次" in told.err and "没有变，不再评" in told.err and "新开0张" in told.err
    chuangwei(["round", "close", "2026-06", *BY])
    store.close()


def test_a_visit_of_another_month_leaves_its_unit_out_and_the_others_in(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    head, first, *others = SHEET.read_text(encoding="utf-8").splitlines()
    late = first.replace("2026-06-", "2026-07-", 1)
    (folder / SHEET.name).write_text("\n".join([head, late, *others]) + "\n", encoding="utf-8")
    chuangwei(["round", "run", "2026-06", "六月", *UNITS, *BY], 2)
    told = capfd.readouterr()
    assert "不在本轮（2026-06-01 至 2026-06-30），这个单位先不评" in told.err
    kept = [line for line in others if not line.startswith("东岭村")]
    assert f"新导入{len(kept)}次" in told.err


def test_units_without_a_visit_are_counted_below_the_ranking_or_listed_where_asked_for(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chuangwei(["round", "run", "2026-06", "六月", *UNITS, *BY])
    told = capfd.readouterr().out
    assert "没有检查的行政村20个: 南沟村、" in told and told.count("没有检查") < 10
    chuangwei(["round", "rank", "2026-06", "--all"])
    assert capfd.readouterr().out.count("没有检查") == 206


def test_the_documents_follow_in_a_command_each(folder: Path) -> None:
    chuangwei(["round", "run", "2026-06", "六月", *UNITS, *BY])
    chuangwei(["report", "page", "--round", "2026-06", "-o", "2026-06.html"])
    assert "东岭村" in Path("2026-06.html").read_text(encoding="utf-8")


def test_a_sheet_that_differs_stops_it_before_scoring(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    line = ["round", "run", "2026-06", "六月", *UNITS, *BY]
    chuangwei(line)
    store = open_store("考核.db")
    head = store.trail.head()
    sheet = folder / SHEET.name
    rows = sheet.read_text(encoding="utf-8-sig").splitlines()
    rows[1] = rows[1].replace(",3,", ",2,", 1)
    sheet.write_text("\n".join(rows), encoding="utf-8")
    capfd.readouterr()
    chuangwei(line, 2)
    assert "什么也没有写入。要用这次的，加 --replace" in capfd.readouterr().err
    assert store.trail.head() == head
    chuangwei([*line, "--replace"])
    assert store.trail.head() != head
    store.close()


def test_a_sheet_that_cannot_be_read_opens_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "坏.xlsx").write_bytes(b"no workbook")
    chuangwei(["round", "run", "2026-06", "六月", *UNITS, *BY], 2)
    capfd.readouterr()
    chuangwei(["round", "list"])
    assert capfd.readouterr().out == "还没有轮次\n"


def test_what_a_row_says_wrongly_is_told_and_the_rest_is_done(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sheet = folder / SHEET.name
    rows = sheet.read_text(encoding="utf-8-sig").splitlines()
    sheet.write_text("\n".join([*rows, rows[-1].replace(rows[-1].split(",")[0], "没有这个村", 1)]), "utf-8")
    chuangwei(["round", "run", "2026-06", "六月", *UNITS, *BY], 2)
    told = capfd.readouterr()
    assert "没有“没有这个村”" in told.err and "改好再运行一次" in told.err
    assert "东岭村" in told.out


def test_an_open_round_keeps_what_it_was_opened_with_and_says_so(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chuangwei(["round", "run", "2026-06", "六月", *UNITS, *BY])
    other = Path("名册.csv")
    lines = (ROOT / "fixtures/register.csv").read_text(encoding="utf-8-sig").splitlines()
    other.write_text("\n".join(lines[:-1]), encoding="utf-8")
    capfd.readouterr()
    chuangwei(
        ["round", "run", "2026-06", "--units", str(other), "--ends", "2026-06-29", "--scheme", "DCJ", *BY]
    )
    said = "“2026-06”早已开了，起止日期、考核办法、名册用的是开的时候的，和这次写的不同；要换的另开一轮"
    assert said in capfd.readouterr().err


def test_a_name_that_says_no_days_needs_them(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chuangwei(["round", "run", "六月份", "六月", *UNITS, *BY], 2)
    assert "没写 --scheme 考核办法。轮次叫 2026-06、2026-Q2、2026 的可不写" in capfd.readouterr().err
    chuangwei(["round", "run", "六月份", "六月", "--scheme", "YK", *UNITS, *BY], 2)
    assert "没写 --starts" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("name", "period", "first", "last"),
    [
        ("2026-06", "月", date(2026, 6, 1), date(2026, 6, 30)),
        ("2024-02", "月", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q1", "季", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-q4", "季", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", "年", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_name_says_its_days(name: str, period: str, first: date, last: date) -> None:
    found = days_of_round(name)
    assert found is not None
    assert (found.period, found.first, found.last) == (period, first, last)


@pytest.mark.parametrize("name", ["2026-13", "2026-6", "2026-Q5", "六月", "2026-06-01", "20266", ""])
def test_another_name_says_none(name: str) -> None:
    assert days_of_round(name) is None


@pytest.mark.parametrize(
    "line",
    [["audit", "verify"], ["round", "list"], ["rectify", "due"], ["round", "import", "2026-06", "六月", *BY]],
)
def test_a_database_that_is_not_there_is_not_made_by_asking_it(
    folder: Path, capfd: pytest.CaptureFixture[str], line: list[str]
) -> None:
    chuangwei([*line, "--db", "靠核.db"], 2)
    assert capfd.readouterr().err.startswith("靠核.db: 没有这个数据库。检查 --db 的文件名")
    assert not Path("靠核.db").exists()
