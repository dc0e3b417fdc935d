"""Pasted chat messages: what is proposed and on which words; nothing counts until somebody says 是."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from scoring.cli import run

from scoring.api import columns_for
from scoring.errors import ScoringError
from scoring.find import find_standards
from scoring.inspection import Unit
from scoring.pasted.messages import MAX_LINE, MAX_TEXT, read_messages
from scoring.pasted.pending import COLUMNS, Pending, pending
from scoring.pasted.vocabulary import Words
from scoring.report.pending import pending_workbook
from scoring.sheets.read import Reading, read_sheets
from scoring.sheets.register import Register

STANDARDS = find_standards(["治五乱"])
WORDS = Words(STANDARDS)
REGISTER = Register.of(
    [
        Unit("340123101001", "东岭村", "行政村"),
        Unit("340123101002", "西坡村", "行政村", "", ("西坡",)),
        Unit("340123101003", "大新村", "行政村", "", ("新村",)),
        Unit("340123101004", "小新村", "行政村", "", ("新村",)),
        Unit("9", "老王饭店", "商户"),
    ]
)
CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("pasted.yaml").read_text(encoding="utf-8")
)
MESSAGE = "张三 2026-05-03 09:12\n东岭村：1、村口垃圾乱倒2处；2、桥头柴草乱放1堆；3、井边污水乱泼3户\n收到"


def read(text: str, on: dt.date | None = None) -> Pending:
    return pending(read_messages(text, "微信.txt", on), WORDS, REGISTER)


@pytest.mark.parametrize("case", CASES, ids=[case["名"] for case in CASES])
def test_messages_are_read_as_the_cases_say(case: dict[str, Any]) -> None:
    found = read(case["文"], case.get("日"))
    assert len(found.rows) == len(case["行"])
    assert len(found.rest) == case.get("其余", 0)
    for row, wanted in zip(found.rows, case["行"], strict=True):
        told = dict(zip(COLUMNS, row, strict=True))
        grounds = wanted.pop("依据含", "")
        assert grounds in told["依据"]
        assert {title: told[title] for title in wanted} == {
            title: str(word) for title, word in wanted.items()
        }


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_and_no_line_is_lost(text: str) -> None:
    try:
        found = read(text)
    except ScoringError:
        return
    kept = {int(re.match("第([0-9]+)行", row[-1])[1]) for row in found.rows}  # type: ignore[index]
    kept |= {number for number, _ in found.rest}
    messages = read_messages(text, "微信.txt")
    assert kept == {number for message in messages for number, _ in message.lines}


@given(
    st.lists(
        st.sampled_from(
            [
                "东岭村",
                "西坡",
                "垃圾乱倒",
                "柴草",
                "2处",
                "多处",
                "，",
                "；",
                "1、",
                "\n",
                "限3天",
                "张三 9:12\n",
                "\u202e",
                "=1+1",
            ]
        )
    )
)
def test_nothing_is_ever_taken_and_every_row_says_why(parts: list[str]) -> None:
    text = "".join(parts)
    if not text.strip():
        return
    for row in read(text).rows:
        told = dict(zip(COLUMNS, row, strict=True))
        assert told["采用"] == ""
        assert told["依据"]
        assert told["被检单位"] in {"", *(unit.name for unit in REGISTER.units)}
        assert told["检查项"] in {"", *WORDS.fields}
        assert "\u202e" not in "".join(row)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "没有文字"),
        (" \n ", "没有文字"),
        ("一" * (MAX_LINE + 1), "这一行太长"),
        ("一\n" * (MAX_TEXT // 2 + 1), "文字太长"),
    ],
)
def test_a_text_beyond_bounds_is_refused_with_the_way_out(text: str, message: str) -> None:
    with pytest.raises(ScoringError) as caught:
        read(text)
    assert [one.message for one in caught.value.problems] == [message]
    assert caught.value.problems[0].hint


def test_a_formula_in_a_message_is_text_in_the_workbook() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(pending_workbook(read("=1+1东岭村垃圾乱倒2处")))).worksheets[0]
    assert {
        cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None
    } <= {"s", "n"}


def filled(folder: Path, *words: str | None, count: str | None = None) -> Path:
    """Return the workbook of ``MESSAGE`` with its 采用 filled in."""
    path = folder / "待定.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(pending_workbook(read(MESSAGE))))
    sheet = book["问题明细"]
    for at, word in enumerate(words, start=2):
        sheet.cell(at, 1).value = word
    if count is not None:
        sheet.cell(2, COLUMNS.index("数量") + 1).value = count
    book.save(path)
    return path


def imported(path: Path) -> Reading:
    return read_sheets([path], columns_for(STANDARDS), REGISTER)


def test_nothing_counts_until_it_is_taken(tmp_path: Path) -> None:
    found = imported(filled(tmp_path))
    assert not found.inspections
    assert [one.message for one in found.problems] == ["表上没有检查记录"]
    assert found.notices == ("待定.xlsx的工作表“问题明细”: 采用0行，不采用0行，3行没写采用，没有算",)


def test_only_rows_that_were_taken_count_and_the_others_are_counted(tmp_path: Path) -> None:
    found = imported(filled(tmp_path, "是", "否", None))
    (visit,) = found.inspections
    assert [(one.field, one.place, str(one.count)) for one in visit.occurrences] == [
        ("垃圾乱倒处数", "村口", "2")
    ]
    assert (visit.unit.name, visit.date, visit.inspectors) == ("东岭村", dt.date(2026, 5, 3), ("张三",))
    assert "采用1行，不采用1行，1行没写采用" in found.notices[0]


def test_a_row_not_taken_may_be_as_wrong_as_it_likes(tmp_path: Path) -> None:
    assert not imported(filled(tmp_path, "否", "是", count="多处")).problems


def test_a_row_taken_with_a_vague_number_is_refused(tmp_path: Path) -> None:
    (problem,) = imported(filled(tmp_path, "是", count="多处")).problems
    assert "多处" in problem.message


def test_a_word_that_is_neither_yes_nor_no_is_told(tmp_path: Path) -> None:
    (problem,) = imported(filled(tmp_path, "好")).problems
    assert problem.message == "应填 是 或 否，不是“好”"


def told(capfd: pytest.CaptureFixture[str]) -> str:
    out, err = capfd.readouterr()
    return out + err


def test_the_command_writes_what_waits_and_says_how_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("微信.txt").write_text(MESSAGE, encoding="utf-8")
    assert run(["import", "--text", "微信.txt", "--standard", "治五乱"]) == 0
    assert "读出3处待定的问题，1行没有读出问题" in told(capfd)
    book = openpyxl.load_workbook("待定.xlsx")
    assert book.sheetnames == ["问题明细", "说明"]
    assert "收到" in [row[1].value for row in book["说明"].iter_rows(min_row=6)]


def test_the_command_reads_standard_input_and_lists_without_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("东岭村垃圾乱倒2处".encode())))
    assert run(["import", "--text", "-", "--standard", "治五乱", "--on", "2026-05-03", "--dry-run"]) == 0
    assert "垃圾乱倒处数 2" in told(capfd)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["import"], "没给检查表"),
        (["import", "a.csv", "--text", "b.txt"], "不能一起给"),
        (["import", "--text", "没有.txt"], "没有这个文件"),
        (["import", "--text", "a.xlsx"], "没有这个文件"),
    ],
)
def test_the_command_says_what_is_missing(
    words: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--standard", "治五乱"]) == 2
    assert message in told(capfd)
