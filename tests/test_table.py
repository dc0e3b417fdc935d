"""The scoring table on paper: what it says, how its cells are merged, how it is set up for the printer."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from scoring.cli import run

from scoring.load.rules import read_standard, shipped
from scoring.report.paging import paged
from scoring.report.score_table import score_table
from scoring.report.table_docx import table_docx
from scoring.report.table_xlsx import table_xlsx
from scoring.rule.standard import Standard
from tests.support import HEAD, clause, standard

LAWS = {one.id: one for one in shipped()}
FORM = "  甲处数: {填: 数量, 单位: 处}\n  乙: {填: 是否}\n  丙: {填: 选项, 选项: [好, 中, 差]}\n"
COLUMNS = ["序号", "项目（满分）", "检查内容", "评分标准", "分值", "扣分", "得分", "备注\n扣分说明"]


def rules(law: Standard) -> list[str]:
    return [line.rule for group in score_table(law).groups for line in group.lines]


def rule(when: str, price: str, **more: str) -> str:
    return rules(standard(FORM, [(100, [clause(1, when, price, **more)])]))[0].removeprefix("条1：")


def sheet(law: Standard, **more: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(table_xlsx(score_table(law), law, **more))).worksheets[0]


def word(law: Standard, **more: bool) -> Any:
    return docx.Document(io.BytesIO(table_docx(score_table(law), law, **more)))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (("甲处数 > 0", "{每处: 2, 最高扣: 10}"), "每处扣2分，最高扣10分"),
        (("甲处数 > 3", "{每超1处: 2}"), "甲处数大于3的，每超1处扣2分，扣完本项为止"),
        (("乙 = 否", "5"), "扣5分"),
        (("乙 = 否", "0"), "不扣分，只作结论"),
        (("乙 = 否 且 甲处数 > 0", "5"), "乙是“否”，并且甲处数大于0的，扣5分"),
        (("丙 ≠ 好", "{中: 1, 差: 2}"), "中扣1分，差扣2分"),
        (("乙 = 否", "本项不得分"), "本项不得分"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_rule_is_said_as_offices_say_it(written: tuple[str, str], said: str) -> None:
    assert rule(*written) == said


def test_whom_a_clause_concerns_and_the_key_mark() -> None:
    law = standard(
        FORM,
        [
            (
                100,
                [
                    clause(1, "乙 = 否", "5", 适用="[自然村]", 不适用="丙 = 好", 一票否决="是"),
                    clause(2, "乙 = 是", "5"),
                ],
            )
        ],
    )
    (group,) = score_table(law).groups
    assert group.lines[0].rule == "条1：只查自然村。丙是“好”的不查。扣5分，并一票否决"
    assert [line.text for line in group.lines] == ["※试验", "试验"]
    assert "带※的为关键项，不合格的一票否决，等次定为不合格。" in score_table(law).notes


def test_where_the_points_come_from_stands_under_the_title() -> None:
    approved = HEAD.replace("分值来源: 拟定", "分值来源: {核定: {文号: 某政发〔2026〕1号, 日期: 2026-01-01}}")
    for head, said in (
        (HEAD, "（拟定分值，仅供试评）"),
        (approved, "（分值核定: 某政发〔2026〕1号，2026-01-01）"),
    ):
        law = standard(FORM, [(100, [clause(1, "乙 = 是", "5")])], head)
        assert sheet(law)["A2"].value == said
        assert word(law).paragraphs[1].text == said


BONUS = """加分:
  最高加: 4
  条款:
  - {编号: T-J1, 名称: 称号, 原文: 试验, 出处: 试验, 加分情形: 甲处数 > 0, 加分: {每处: 2}, 算例: [{甲处数: 1, 加: 2}]}
"""


def with_bonus() -> Standard:
    text = f"{HEAD}登记表:\n{FORM}计算:\n  丁: {{算: 甲处数 + 1}}\n项目:\n- 名称: 项\n  满分: 100\n  条款:\n{clause(1, '丁 > 3', '5')}{BONUS}"
    return read_standard(text)


def test_bonus_stands_after_the_total_and_computed_numbers_are_explained() -> None:
    law = with_bonus()
    table = score_table(law)
    (bonus,) = table.bonus
    assert (bonus.full, bonus.lines[0].rule) == ("最高加4分", "称号：每处加2分")
    assert table.notes[-1] == "算出的数：丁 = 甲处数 + 1。"
    found = sheet(law)
    cells = [row[0].value or row[1].value for row in found.iter_rows()]
    assert cells.index("合计") < cells.index("2\nT-J1")
    assert "加分：__________" in table.results


def test_a_standard_that_is_only_counted_has_no_points() -> None:
    head = HEAD.replace("等次: {优秀: 90, 合格: 60, 不合格: 0}\n一票否决: 等次定为不合格\n", "计分: 只统计\n")
    law = standard(FORM, [(0, [clause(1, "甲处数 > 0", "0")])], head)
    found = sheet(law)
    assert [cell.value for cell in found[5]] == ["序号", "项目", "检查内容", "查什么", "查到的情况", "备注"]
    assert found["D6"].value == "条1：甲处数大于0的记下"
    text = " ".join(str(cell.value) for row in found.iter_rows() for cell in row)
    assert "合计" not in text
    assert "等次" not in text
    assert word(law).tables[0].cell(0, 4).text == "查到的情况"


def test_the_table_is_of_the_law_of_a_day() -> None:
    cards = [
        clause(1, "乙 = 是", "5"),
        clause(1, "乙 = 是", "6", 施行="2023-01-01"),
        clause(2, "乙 = 是", "1", 废止="2022-06-01"),
    ]
    law = standard(FORM, [(100, cards)])
    assert rules(law) == ["条1：扣6分"]
    before = score_table(law, law.starts)
    assert [line.rule for line in before.groups[0].lines] == ["条1：扣5分", "条2：扣1分"]


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_every_clause_stands_in_the_workbook_beside_its_item(law: Standard) -> None:
    found = sheet(law)
    table = score_table(law)
    scored = table.scored
    assert [cell.value for cell in found[5]] == list(table.titles)
    spans = {str(one) for one in found.merged_cells.ranges}
    row = 6
    for group in table.groups:
        last = row + len(group.lines) - 1
        assert found.cell(row, 2).value == (f"{group.name}\n（{group.full}）" if scored else group.name)
        assert found.cell(row, 5).value == (group.full.removesuffix("分") if scored else None)
        for name in ("B", "E", "G") if scored else ("B",):
            assert (f"{name}{row}:{name}{last}" in spans) == (last > row)
        for line in group.lines:
            assert [found.cell(row, at).value for at in (1, 3, 4)] == [
                f"{line.number}\n{line.id}",
                line.text,
                line.rule,
            ]
            row += 1
    if scored:
        assert [found.cell(row, at).value for at in (1, 5)] == ["合计", table.total]
    assert sum(len(group.lines) for group in table.groups) == len(law.clauses)


def test_the_workbook_is_set_up_for_paper_and_holds_no_formula() -> None:
    law = LAWS["WH"]
    for landscape, orientation in ((False, "portrait"), (True, "landscape")):
        found = sheet(law, landscape=landscape)
        assert (found.page_setup.orientation, found.page_setup.paperSize) == (orientation, 9)
        assert found.sheet_properties.pageSetUpPr.fitToPage
        assert found.page_setup.fitToHeight == 0
        assert found.print_title_rows == "$5:$5"
        assert {cell.data_type for row in found.iter_rows() for cell in row} <= {"s", "n"}
        assert all(cell.value is None for row in found.iter_rows() for cell in row if cell.data_type == "n")


def test_pages_begin_with_an_item() -> None:
    found = sheet(LAWS["WH"], landscape=True)
    starts = {one.min_row for one in found.merged_cells.ranges if str(one).startswith("B")}
    starts |= {row for row in range(6, found.max_row) if found.cell(row, 2).value}
    starts |= {row + 1 for row in range(6, found.max_row) if found.cell(row, 1).value == "合计"}
    breaks = [one.id + 1 for one in found.row_breaks.brk]
    assert breaks
    assert set(breaks) <= starts


def test_an_item_longer_than_a_page_is_named_again_on_the_next() -> None:
    law = standard(FORM, [(100, [clause(number, "甲处数 > 0", "{每处: 2}") for number in range(1, 61)])])
    found = sheet(law)
    names = [found.cell(row, 2).value for row in range(6, found.max_row) if found.cell(row, 2).value]
    assert names[0] == "项1\n（100分）"
    assert len(names) > 1
    assert set(names[1:]) == {"项1\n（100分）\n（续）"}
    assert [found.cell(row, 5).value for row in range(6, 66) if found.cell(row, 5).value] == ["100"]


def test_the_document_holds_the_same_words_in_fonts_for_chinese() -> None:
    law = LAWS["WL"]
    document = word(law)
    table = score_table(law)
    (found,) = document.tables
    lines = [line for group in table.groups for line in group.lines]
    cells = [[box.text for box in row.cells] for row in found.rows]
    assert cells[0] == COLUMNS
    assert [row[2:4] for row in cells[1 : len(lines) + 1]] == [[line.text, line.rule] for line in lines]
    assert cells[1][1] == cells[6][1] == "垃圾和村容\n（30分）"
    fonts = {run.get(qn("w:eastAsia")) for run in document.element.body.iter(qn("w:rFonts"))}
    assert fonts == {"仿宋", "黑体"}


def test_the_documents_table_is_fixed_its_header_repeats_and_no_row_is_cut() -> None:
    document = word(LAWS["WH"], landscape=True)
    (found,) = document.tables
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    properties = found._tbl.tblPr
    assert properties.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
    assert sum(one.w.mm for one in found._tbl.tblGrid.gridCol_lst) <= 297 - 28
    rows = found._tbl.tr_lst
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [
        True,
        *[False] * (len(rows) - 1),
    ]


@pytest.mark.parametrize("made", [table_xlsx, table_docx])
def test_the_same_standard_has_the_same_bytes(made: Any) -> None:
    law = LAWS["SB"]
    assert made(score_table(law), law) == made(score_table(law), law)


def test_text_from_a_rule_file_stays_text() -> None:
    law = standard(FORM, [(100, [clause(1, "乙 = 是", "5", 原文="'=1+1'")])])
    assert (sheet(law)["C6"].value, sheet(law)["C6"].data_type) == ("=1+1", "s")


@given(st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=8), max_size=8), st.integers(30, 60))
def test_rows_are_paged_each_once_and_within_the_room(blocks: list[list[int]], page: int) -> None:
    found = list(paged(blocks, page / 2, page))
    assert [(number, row) for number, start, end, _ in found for row in range(start, end)] == [
        (number, row) for number, rows in enumerate(blocks) for row in range(len(rows))
    ]
    left: float = page / 2
    for number, start, end, fresh in found:
        left = (page if fresh else left) - sum(blocks[number][start:end])
        assert left >= 0
    cut = {number for number, start, _, _ in found if start}
    assert all(sum(blocks[number]) > page for number in cut)


@pytest.mark.parametrize("name", ["表.xlsx", "表.docx"])
@pytest.mark.parametrize("verb", [("rules", "table"), ("标准", "成表")])
def test_the_command_writes_the_table(name: str, verb: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / name
    assert run([*verb, "五化五无", "-o", str(path), "--landscape"]) == 0
    made = table_docx if path.suffix == ".docx" else table_xlsx
    assert path.read_bytes() == made(score_table(LAWS["WH"]), LAWS["WH"], landscape=True)


def test_without_a_name_the_table_is_named_after_the_standard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "table", "WL"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["治五乱检查评分表.xlsx"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["WL", "-o", "表.pdf"], "可用: .xlsx、.docx"),
        (["WL", "--on", "2020-01-01"], "“治五乱”在 2020-01-01 不施行"),
        (["WX"], "没有“WX”这个标准"),
        ([], "缺少 标准"),
    ],
)
def test_a_mistake_is_said_with_the_way_out(
    args: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["rules", "table", *args]) == 2
    assert said in capfd.readouterr().err


def test_without_the_extra_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    args = ["rules", "table", "WL", "-o", str(tmp_path / "表.docx")]
    code = f"import sys; sys.modules['docx'] = None\nfrom scoring.cli import main\nmain({args!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr == "写 Word 文件要另装一个组件。运行 pip install 'chuangwei[docs]'，或改写成 .xlsx\n"
    assert list(tmp_path.iterdir()) == []
