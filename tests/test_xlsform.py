"""The form for ODK Collect and KoboToolbox: what it asks, and that their own checkers take it."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyxform.errors import PyXFormError
from pyxform.validators.odk_validate import ODKValidateError
from pyxform.xls2xform import convert
from scoring.cli import run

from scoring.find import find_standards
from scoring.form.phone.xlsform import XlsForm, xlsform, xlsform_workbook
from scoring.inspection import Unit
from scoring.load.rules import shipped
from scoring.questions import ANSWER, PERCENT, REASON, SKIP, coded, decoded
from tests.support import clause, standard

VILLAGE = Unit("340123101001", "东岭村", "行政村", "东片")
HAMLET = Unit("石桥 组", "石桥 组", "自然村", "西片", ("石桥",))
SHOP = Unit("9", "老王饭店", "商户", "西片")
HEAD = "标准: 试验\n编号: T\n依据: 试验\n分值来源: 拟定\n适用: [行政村, 自然村, 商户]\n施行: 2022-01-01\n"
HEAD += "等次: {优秀: 90, 合格: 60, 不合格: 0}\n一票否决: 等次定为不合格\n"
FORM = """  垃圾处数: {填: 数量, 单位: 处, 最大: 500, 说明: "一堆算一处 ${unit}"}
  柴草处数: {填: 数量, 单位: 处, 算一处: 大小 > 0.5}
  绿化率: {填: 百分比, 可缺项: 是}
  养殖: {填: 选项, 选项: [有养殖, 无养殖], 可缺项: 是}
  提问题数: {填: 数量, 单位: 题}
  答对题数: {填: 数量, 单位: 题, 不多于: 提问题数}
  村容得分: {填: 分数, 最小: 0, 最大: 20}
  摊位数: {填: 数量, 单位: 摊}
"""
CARDS = [
    clause(1, "垃圾处数 > 0", "{每处: 2}"),
    clause(2, "柴草处数 > 0", "{每处: 2}"),
    clause(3, "绿化率 < 90%", "5"),
    clause(4, "养殖 = 有养殖", "5"),
    clause(5, "答对题数 < 2", "5"),
    clause(6, "摊位数 > 0", "{每摊: 2}", 适用="[商户]"),
    clause(7, "", "{满分: 20, 得分: 村容得分}"),
]
LAW = standard(FORM, [(100, CARDS)], HEAD)


def asked(form: XlsForm) -> dict[str, dict[str, str]]:
    """Return the questions by the Chinese name of what they ask, with their other cells."""
    found = {}
    for row in form.survey:
        name = row.get("name", "")
        known = decoded(name)
        found[f"{known[0]}{known[1]}" if known else name] = row
    return found


def test_every_field_is_a_question_of_its_kind_with_its_limits_said_in_chinese() -> None:
    rows = asked(xlsform([LAW]))
    litter = rows["q_垃圾处数"]
    assert (litter["type"], litter["label"]) == ("integer", "垃圾处数（处）")
    assert litter["constraint"] == ". >= 0 and . <= 500"
    assert litter["constraint_message"] == "应在 0 到 500 之间"
    assert rows["p_绿化率"]["constraint"] == ". >= 0 and . <= 100"
    assert rows["q_养殖"]["type"].startswith("select_one c_")
    assert rows["q_村容得分"]["type"] == "decimal"
    assert "不能多于提问题数" in rows["q_答对题数"]["constraint_message"]
    assert coded("提问题数") in rows["q_答对题数"]["constraint"]
    assert coded("村容得分") in rows["r_村容得分"]["relevant"]


def test_only_who_when_and_by_whom_is_required() -> None:
    for units in ((), (VILLAGE,)):
        needed = [name for name, row in asked(xlsform([LAW], units)).items() if row.get("required")]
        who = ["unit"] if units else ["unit_name", "kind"]
        assert needed == [*who, "date", "source", "inspectors"]


def test_a_number_that_may_not_apply_is_asked_only_where_it_does() -> None:
    rows = asked(xlsform([LAW]))
    assert rows["s_绿化率"]["label"] == "绿化率不适用"
    assert rows["p_绿化率"]["relevant"] == f'not(${{{coded("绿化率", SKIP)}}} = "是")'
    assert "s_养殖" not in rows
    choices = [row["name"] for row in xlsform([LAW]).choices if row["list_name"] == coded("养殖", "c_")]
    assert choices == ["有养殖", "无养殖", "未查", "不适用"]


def test_a_kind_of_unit_is_asked_only_what_concerns_it() -> None:
    form = xlsform([LAW], [VILLAGE, SHOP])
    assert asked(form)["q_摊位数"]["relevant"] == '${kind} = "商户"'
    assert asked(form)["kind"]["type"] == "calculate"
    kinds = {row["name"]: row["kinds"] for row in form.choices if row["list_name"] == "items"}
    assert kinds["摊位数"] == "|商户|"
    assert kinds["垃圾处数"] == "|行政村|自然村|商户|"


def test_units_are_chosen_by_area_and_carry_their_kind() -> None:
    form = xlsform([LAW], [SHOP, HAMLET, VILLAGE])
    units = [row for row in form.choices if row["list_name"] == "units"]
    assert [(row["name"], row["label"], row["kind"], row["area"]) for row in units] == [
        ("340123101001", "东岭村", "行政村", "东片"),
        ("9", "老王饭店", "商户", "西片"),
        ("石桥 组", "石桥 组", "自然村", "西片"),
    ]
    assert "area = ${area}" in asked(form)["unit"]["choice_filter"]
    assert "area" not in asked(xlsform([LAW], [VILLAGE]))


def test_each_problem_has_a_place_a_count_a_photo_and_a_position() -> None:
    names = [row.get("name") for row in xlsform([LAW]).survey]
    start = names.index("problems")
    assert names[start + 1 : start + 8] == ["item", "place", "count", "size", "photo", "position", "note"]
    size = xlsform([LAW]).survey[start + 4]
    assert size["relevant"] == '${item} = "柴草处数"'


def test_a_note_that_looks_like_a_reference_is_only_text() -> None:
    assert "${" not in asked(xlsform([LAW]))["q_垃圾处数"]["hint"]


def test_a_field_of_several_standards_is_asked_once_and_the_order_of_standards_changes_nothing() -> None:
    every = list(shipped())
    form = xlsform(every, [VILLAGE, SHOP])
    names = [row["name"] for row in form.survey if row.get("name", "").startswith(ANSWER)]
    assert len(names) == len(set(names)) > 100
    assert xlsform_workbook(every, [VILLAGE, SHOP]) == xlsform_workbook(every[::-1], [SHOP, VILLAGE])


def test_a_changed_form_has_another_version() -> None:
    assert xlsform([LAW]).settings["version"] != xlsform([LAW], [VILLAGE]).settings["version"]


@given(st.text(min_size=1, max_size=40), st.sampled_from([ANSWER, PERCENT, REASON, SKIP]))
def test_a_name_is_ascii_and_is_read_back(word: str, prefix: str) -> None:
    name = coded(word, prefix)
    assert name.isascii()
    assert name.replace("_", "").isalnum()
    assert decoded(name) == (prefix, word)


@pytest.mark.parametrize("name", ["unit", "q_", "q_中", "q_!", "q_a", "q_00", "QQ", "x_abcd"])
def test_what_is_no_question_about_a_field_is_not_read_as_one(name: str) -> None:
    assert decoded(name) is None


LAWS = [["治五乱"], ["治五乱", "门前四包"], []]


@pytest.mark.parametrize("names", LAWS, ids=["one", "two", "all"])
@pytest.mark.parametrize("units", [(), (VILLAGE, HAMLET, SHOP)], ids=["no register", "register"])
def test_pyxform_takes_the_form(names: list[str], units: tuple[Unit, ...]) -> None:
    made = convert(io.BytesIO(xlsform_workbook(find_standards(names), units)), file_type=".xlsx")
    assert not made.warnings


java = pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate runs on Java, which is not here")


@java
def test_odk_validate_takes_the_form_of_every_standard() -> None:
    content = xlsform_workbook(shipped(), [VILLAGE, HAMLET, SHOP])
    assert not convert(io.BytesIO(content), validate=True, file_type=".xlsx").warnings


@java
def test_odk_validate_takes_the_form_of_every_kind_of_answer() -> None:
    for units in ((), (VILLAGE, HAMLET, SHOP)):
        content = xlsform_workbook([LAW], units)
        assert not convert(io.BytesIO(content), validate=True, file_type=".xlsx").warnings


@java
def test_odk_validate_would_refuse_a_broken_form() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsform_workbook([LAW])))
    sheet = book["survey"]
    titles = [cell.value for cell in sheet[1]]
    row = next(at for at in range(2, sheet.max_row) if sheet.cell(at, 2).value == coded("垃圾处数"))
    sheet.cell(row, titles.index("constraint") + 1).value = ". >= ("
    out = io.BytesIO()
    book.save(out)
    with pytest.raises((ODKValidateError, PyXFormError)):
        convert(out, validate=True, file_type=".xlsx")


def test_the_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["form", "治五乱", "--xlsform"]) == 0
    assert openpyxl.load_workbook(tmp_path / "手机表.xlsx").sheetnames == ["survey", "choices", "settings"]
