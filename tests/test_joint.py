"""Several sheets that are one visit: put together where they ask different things, told where they disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from scoring.inspection import BLANK, Answer
from scoring.sheets.joint import MAX_SHEETS, UNSIGNED
from scoring.sheets.read import Reading, read_sheets
from tests.test_input_mistakes import FIELDS, REGISTER, write

HEAD = ["被检单位", "检查日期"]
DAY = ["东岭村", "2022-06-10"]
SIGNED = ["空白即未发现问题（签字）：张三"]


def read(folder: Path, *tables: Sequence[Sequence[str]]) -> Reading:
    files = [write(folder / f"{n}.csv", [list(row) for row in rows]) for n, rows in enumerate(tables)]
    found = read_sheets(files, FIELDS, REGISTER)
    assert found == read_sheets(files[::-1], FIELDS, REGISTER)
    return found


def test_sheets_that_ask_different_things_make_one_visit(tmp_path: Path) -> None:
    one = [[*HEAD, "检查时间", "备注", "垃圾处数", "垃圾处数点位"], [*DAY, "10:30", "晴", "1", "村口"]]
    two = [[*HEAD, "检查时间", "备注", "堵路", "责任书"], [*DAY, "9:00", "路滑", "否", ""]]
    (visit,) = read(tmp_path, one, two).inspections
    assert visit.answers == {"垃圾处数": 1, "堵路": "否", "责任书": BLANK}
    assert visit.columns == {"垃圾处数", "堵路", "责任书"}
    assert (visit.time, visit.note, visit.places) == (dt.time(9), "晴；路滑", {"垃圾处数": ("村口",)})


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [("1", "1", 1), ("1", "", 1), ("", "1", 1), ("", "", BLANK), ("2", "1", None), ("0", "未查", None)],
)
def test_what_two_sheets_ask_must_be_answered_alike_or_in_one_of_them(
    first: str, second: str, answer: Answer | None, tmp_path: Path
) -> None:
    one = [[*HEAD, "垃圾处数", "堵路"], [*DAY, first, "否"]]
    two = [[*HEAD, "垃圾处数", "责任书"], [*DAY, second, "已签"]]
    reading = read(tmp_path, one, two)
    if answer is None:
        assert "同一次检查的“垃圾处数”几张表上不一样" in str(reading.problems[0])
        assert [unit.name for unit in reading.unscored] == ["东岭村"]
    else:
        assert reading.inspections[0].answers["垃圾处数"] == answer


def test_a_signature_speaks_for_its_own_sheet_only(tmp_path: Path) -> None:
    one = [SIGNED, [*HEAD, "垃圾处数", "绿化率"], [*DAY, "", ""]]
    two = [[*HEAD, "堵路", "绿化率"], [*DAY, "", ""]]
    (visit,) = read(tmp_path, one, two).inspections
    assert visit.blank_is_none
    assert visit.answers == {"垃圾处数": BLANK, "绿化率": BLANK, "堵路": UNSIGNED}


def test_a_sheet_given_under_many_names_is_not_many_sheets(tmp_path: Path) -> None:
    rows = [[*HEAD, "垃圾处数"], [*DAY, "1"]]
    reading = read(tmp_path, *[rows] * (MAX_SHEETS + 2))
    assert "同一次检查有12行" in str(reading.problems[0])
    assert len(reading.problems) == 1
