"""The blank form: what it looks like on paper, what it allows, and that a filled one is scored."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from scoring.api import assess_files
from scoring.form.workbook import form_workbook
from scoring.inspection import Unit
from scoring.load.rules import shipped
from scoring.rule.form_field import FieldKind
from scoring.sheets.register import read_register
from tests.support import clause, standard

ROOT = Path(__file__).parent.parent
REGISTER = read_register(ROOT / "fixtures" / "register.csv")


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_one_sheet_per_standard_set_up_for_paper() -> None:
    found = book(form_workbook(shipped(), REGISTER.units))
    titles = [name for name in found.sheetnames if found[name].sheet_state == "visible"]
    assert titles == [*(one.name for one in shipped()), "问题明细", "填写说明"]
    assert found["名册"].sheet_state == "hidden"
    for sheet in (found["门前四包"], found["治五乱"]):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$5:$5"
        assert "拟定分值，仅供试评" in sheet["A2"].value
        assert sheet["A3"].value == "空白即未发现问题（签字）："
    names = [row[0].value for row in found["治五乱"].iter_rows(min_row=6) if row[0].value]
    assert names == [unit.name for unit in REGISTER.units if unit.kind == "行政村"]


def test_every_item_of_the_form_has_its_column_and_its_limit() -> None:
    (law,) = [one for one in shipped() if one.id == "WL"]
    sheet = book(form_workbook([law]))["治五乱"]
    titles = [cell.value for cell in sheet[5]]
    for name, field in law.form.items():
        assert (f"{name}（{field.unit}）" if field.unit else name) in titles
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"list", "date", "whole", "decimal"}
    burning = next(rule for rule in sheet.data_validations.dataValidation if rule.promptTitle == "露天焚烧")
    assert burning.formula1 == '"是,否,未查"'


def test_points_are_given_beside_their_reason_and_the_register_needs_no_places() -> None:
    fields = (
        "  村容得分: {填: 分数, 最小: 0, 最大: 20, 分档: {好: 18～20, 中: 10～17, 差: 0～9}}\n"
        "  人口: {填: 数量, 单位: 人, 名册: 人口}\n"
    )
    price = {"扣分": "{满分: 20, 得分: 村容得分}", "算例": "[{村容得分: 17, 扣: 3}]"}
    law = standard(
        fields, [(100, [clause(1, "人口 > 0", "0", **price).replace("    扣分情形: 人口 > 0\n", "")])]
    )
    found = book(form_workbook([law]))
    titles = [cell.value for cell in found["试验"][5]][7:-3]
    assert titles == ["村容得分", "村容得分理由", "人口（人）"]
    told = {row[0]: row[1] for row in found["填写说明"].iter_rows(values_only=True)}
    assert told["村容得分"] == "打分（好 18～20、中 10～17、差 0～9），在右边写理由"
    assert told["人口"] == "只写个数，没有写 0；不填的用名册上的人口"


def test_the_details_sheet_prints_on_one_page_width_and_offers_units_and_counts_only() -> None:
    found = book(form_workbook(shipped(), REGISTER.units))
    sheet = found["问题明细"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$5:$5"
    assert [cell.value for cell in sheet[5]] == [
        "被检单位", "检查日期", "来源", "检查人员", "第几次", "检查项", "点位", "数量", "大小", "照片", "备注",
    ]  # fmt: skip
    rules = {rule.promptTitle: rule for rule in sheet.data_validations.dataValidation}
    names = {unit.name for unit in REGISTER.units}
    counts = {name for law in shipped() for name, one in law.form.items() if one.kind is FieldKind.COUNT}
    assert options(found, rules["被检单位"].formula1) == names
    assert options(found, rules["检查项"].formula1) == counts


def options(found: openpyxl.Workbook, formula: str) -> set[str]:
    """Return what a drop-down offers: words of its own, or a column of the hidden sheet."""
    if formula.startswith('"'):
        return set(formula.strip('"').split(","))
    return {cell.value for cell in found["选项"][formula.split("$")[1]] if cell.value}


def test_a_long_list_of_options_is_kept_whole() -> None:
    options = [f"第{n}种很长很长的选项名称" for n in range(40)]
    law = standard(
        f"  甲: {{填: 选项, 选项: [{', '.join(options)}]}}\n", [(100, [clause(1, f"甲 = {options[0]}", "5")])]
    )
    found = book(form_workbook([law]))
    assert "问题明细" not in found.sheetnames, "there is nothing to count"
    rule = next(one for one in found["试验"].data_validations.dataValidation if one.promptTitle == "甲")
    assert rule.formula1 == "选项!$A$1:$A$41"
    assert [cell.value for cell in found["选项"]["A"]] == [*options, "未查"]


def test_the_same_form_has_the_same_bytes() -> None:
    assert form_workbook(shipped(), REGISTER.units) == form_workbook(shipped(), REGISTER.units)


def test_names_from_outside_stay_text() -> None:
    found = book(form_workbook(shipped(), [Unit("=1+1", "=cmd|'/c calc'!A1", "行政村")]))
    cell = found["治五乱"]["A6"]
    assert (cell.value, cell.data_type) == ("=cmd|'/c calc'!A1", "s")


def test_a_filled_form_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "登记表.xlsx"
    path.write_bytes(form_workbook(shipped(), REGISTER.units))
    filled = openpyxl.load_workbook(path)
    sheet = filled["治五乱"]
    column = {cell.value: cell.column for cell in sheet[5]}
    sheet["A3"] = "空白即未发现问题（签字）：李建国"
    sheet.cell(6, column["检查日期"], "2026-06-10")
    sheet.cell(6, column["垃圾乱倒处数（处）"], 2)
    sheet.cell(6, column["垃圾乱倒处数点位"], "村口、井边")
    for name, answer in (("养殖情况", "无养殖"), ("绿化率", 0.95)):
        sheet.cell(6, column[name], answer)
    filled.save(path)
    found = assess_files([path])
    assert not found.problems
    (card,) = found.cards
    assert card.inspection.unit.name == "东岭村"
    assert (str(card.score), card.grade) == ("95.29", "优秀")
    assert "污水乱泼户数" in card.derived.assumed
    assert found.orders[0].places == ("村口", "井边")


def test_a_filled_details_sheet_is_scored_with_the_form(tmp_path: Path) -> None:
    path = tmp_path / "登记表.xlsx"
    path.write_bytes(form_workbook(shipped(), REGISTER.units))
    filled = openpyxl.load_workbook(path)
    sheet, details = filled["治五乱"], filled["问题明细"]
    column = {cell.value: cell.column for cell in sheet[5]}
    sheet["A3"] = "空白即未发现问题（签字）：李建国"
    sheet.cell(6, column["检查日期"], "2026-06-10")
    for name, answer in (("养殖情况", "无养殖"), ("绿化率", "95%")):
        sheet.cell(6, column[name], answer)
    titles = {cell.value: cell.column for cell in details[5]}
    for row, (place, count, photo) in enumerate((("村口", None, "IMG_7.jpg"), ("井边", 2, None)), start=6):
        said = {
            "被检单位": "东岭村",
            "检查日期": "2026-06-10",
            "检查项": "垃圾乱倒处数",
            "点位": place,
            "数量": count,
            "照片": photo,
        }
        for title, word in said.items():
            details.cell(row, titles[title], word)
    filled.save(path)
    found = assess_files([path])
    assert not found.problems
    (card,) = found.cards
    assert (card.derived.values["垃圾乱倒处数"], card.findings[0].places) == (3, ("井边", "村口"))
    assert [one.photo for one in card.inspection.occurrences] == ["", "IMG_7.jpg"]
    assert "垃圾乱倒处数" not in card.derived.assumed
