"""Reading rule files from disk: places, encodings, limits, several files, the shipped standards."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.errors import Problem, ScoringError
from scoring.load.document import MOST
from scoring.load.rules import (
    cases_beside,
    load_cases,
    load_standard,
    load_standards,
    read_plain,
    read_standard,
    shipped,
)
from scoring.load.strict_yaml import read_yaml
from scoring.rule.price import Flat
from tests.test_load_mistakes import BASE


def _problems(content: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(ScoringError) as caught:
        read_standard(content, "标准.yaml")
    return caught.value.problems


def _file_problem(path: Path) -> str:
    with pytest.raises(ScoringError) as caught:
        load_standard(path)
    return str(caught.value).removeprefix(str(path))


def test_words_stay_words_and_decimals_are_exact() -> None:
    written = "[no, on, yes, True, 010, 0x1F, 12:30, 1_000, 2022-01-01, 1e3, .5, 0.10, -3, 7]"
    words = ["no", "on", "yes", "True", "010", "0x1F", "12:30", "1_000", "2022-01-01", "1e3", ".5"]
    read = read_yaml(written, "x").data
    assert read == [*words, Decimal("0.10"), -3, 7]
    assert isinstance(read, list)
    assert str(read[11]) == "0.10"
    assert read_standard(BASE.replace("扣分: {没人管: 5}", "扣分: 0.5")).clauses[1].price == Flat(
        Decimal("0.5")
    )


def test_a_standard_knows_its_file(tmp_path: Path) -> None:
    path = tmp_path / "试验.yaml"
    path.write_text(BASE, "utf-8")
    standard = load_standard(str(path))
    assert (standard.path, standard.sha256) == (path, hashlib.sha256(BASE.encode()).hexdigest())


def test_byte_order_mark_and_line_ends_of_every_system_are_read() -> None:
    for text in ("\ufeff" + BASE, BASE.replace("\n", "\r\n"), BASE.replace("\n", "\r")):
        assert read_standard(text).model_dump() == read_standard(BASE).model_dump()


def test_a_byte_order_mark_shifts_no_column() -> None:
    (problem,) = _problems("\ufeff标准: 3\n" + BASE.partition("\n")[2])
    assert (problem.line, problem.column) == (1, 5)


def test_another_encoding_is_named_with_its_place() -> None:
    (problem,) = _problems("标准: 试验\n编号: T\n".encode() + "说明: 好".encode("gb18030"))
    assert (problem.line, problem.message) == (3, "不是 UTF-8 编码")


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "---\n", "~", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    (problem,) = _problems(text)
    assert (problem.message, problem.line, problem.column) == ("文件是空的", 1, 1)


@pytest.mark.parametrize("text", ["柴草乱放", "- 标准: 试验", "3", "[甲]", "标准：试验"])
def test_a_file_that_is_no_mapping_is_said_to_be_none(text: str) -> None:
    (problem,) = _problems(text)
    assert (problem.message.endswith("应是“键: 值”"), problem.line, problem.column) == (True, 1, 1)


def test_files_that_cannot_be_opened_say_why(tmp_path: Path) -> None:
    assert _file_problem(tmp_path / "无.yaml") == ": 没有这个文件。检查文件名和所在的文件夹"
    assert _file_problem(tmp_path) == ": 这是文件夹，不是文件。写出文件夹里的文件名"
    assert "文件打不开" in _file_problem(tmp_path / "a\0b")
    assert "文件打不开" in _file_problem(tmp_path / ("长" * 300))


def test_a_file_without_end_is_not_read_to_its_end() -> None:
    assert _file_problem(Path("/dev/zero")) == " 第1行第1列: 文件太大，超过4 MB。分成几个文件"


HOSTILE = {
    "brackets": "[" * 2_000_000,
    "braces": "{甲: " * 100_000,
    "dashes": "- " * 1_000_000,
    "repeats": "甲: 1\n" * 300_000,
    "anchors": "甲: &a 1\n" * 100_000,
    "lost keys": "说明: 甲\n" + "  乙:丙\n" * 200_000,
    "quotes": "'" * 3_000_000,
    "items": "[" + "甲," * 600_000,
    "long key": "? " + "键" * 1_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_end_soon_in_a_few_problems(text: str) -> None:
    problems = _problems(text)
    assert len(problems) <= MOST + 1
    assert all(len(str(problem)) < 400 for problem in problems)


def test_past_two_hundred_problems_the_rest_is_only_mentioned() -> None:
    problems = _problems(BASE + "".join(f"坏{number}: 1\n" for number in range(300)))
    assert len(problems) == MOST + 1
    assert problems[-1].message == "问题太多，其余的没有列出"


def test_a_mistake_in_the_last_of_thousands_of_clauses_has_its_place() -> None:
    head, mark, tail = BASE.partition("  - 编号: T-02")
    clauses = [mark.replace("T-02", f"T-{number:04d}") + tail for number in range(2, 3000)]
    clauses[-1] = clauses[-1].replace("厕所 = 没人管", "厕所 = 没人")
    text = head + "".join(clauses)
    (problem,) = _problems(text)
    line = text[: text.index("厕所 = 没人\n")].count("\n") + 1
    assert (problem.line, problem.column, problem.where) == (line, 11, "条款 T-2999")


def test_two_files_hold_one_number_only_with_different_days(tmp_path: Path) -> None:
    old, new, later = (tmp_path / name for name in ("旧.yaml", "新.yaml", "后.yaml"))
    old.write_text(BASE, "utf-8")
    new.write_text(BASE, "utf-8")
    later.write_text(BASE.replace("施行: 2022-01-01", "施行: 2023-01-01"), "utf-8")
    assert len(load_standards([old, later, old])) == 2
    with pytest.raises(ScoringError, match=f"新.yaml: 编号“T”、施行 2022-01-01 与 {old} 相同"):
        load_standards([old, new])


def test_the_problems_of_all_files_are_said_together(tmp_path: Path) -> None:
    bad = tmp_path / "坏.yaml"
    bad.write_text("标准: 3", "utf-8")
    with pytest.raises(ScoringError) as caught:
        load_standards([bad, tmp_path / "无.yaml"])
    assert {problem.path for problem in caught.value.problems} == {str(bad), str(tmp_path / "无.yaml")}


def test_cases_stand_beside_their_standard(tmp_path: Path) -> None:
    path = tmp_path / "试验.yaml"
    path.write_text(BASE, "utf-8")
    assert cases_beside(load_standard(path)) is None
    assert cases_beside(read_standard(BASE)) is None
    beside = tmp_path / "试验.cases.yaml"
    beside.write_text(
        "样板: {柴草处数: 0}\n情形:\n- 名称: 好\n  改: {厕所: 没人管}\n  应算出: {总分: 95}\n", "utf-8"
    )
    assert cases_beside(load_standard(path)) == load_cases(beside)
    beside.write_text("样板: {柴草处数: [0]}\n情形:\n- 名称: 好\n  应算: {总分: 95}\n", "utf-8")
    with pytest.raises(ScoringError) as caught:
        load_cases(beside)
    assert [str(problem).removeprefix(str(beside)) for problem in caught.value.problems] == [
        " 第1行第12列: 这里只写一个词或一个数",
        " 第3行第3列: 缺“应算出”",
        " 第4行第3列: “应算”: 不认识的键。可用: 改、应算出；是不是“应算出”？",
    ]


def test_a_settings_file_is_a_mapping_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "日历.yaml"
    path.write_text("放假: [2027-01-01]\n", "utf-8")
    assert read_plain(path) == {"放假": ["2027-01-01"]}
    for text in ("[甲]", "甲: 1\n甲: 2\n", "放假：甲"):
        path.write_text(text, "utf-8")
        with pytest.raises(ScoringError, match=r"第\d行第\d列"):
            read_plain(path)


def test_the_shipped_standards_load_in_the_order_of_their_numbers() -> None:
    ids = [standard.id for standard in shipped()]
    assert ids == sorted(set(ids))
    assert {"CX", "CZ", "JW", "LW", "LX", "SB", "WH", "WL"} <= set(ids)
    for standard in shipped():
        assert standard.path is not None
        assert standard.path.is_file()
        assert cases_beside(standard) is not None
