"""One sheet for several standards (合表): nothing is asked twice, and a filled sheet is scored under all of them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from scoring.cli import run

from scoring.api import assess_files
from scoring.compile.program import compile
from scoring.compile.reach import asked_of
from scoring.errors import ScoringError
from scoring.form.plan import FROM_REGISTER, apart, together
from scoring.form.workbook import form_workbook
from scoring.inspection import Unit
from scoring.load.rules import read_standard, shipped
from scoring.rule.standard import Standard

ROOT = Path(__file__).parent.parent

HEAD = """标准: {name}
编号: {id}
依据: {name}办法
分值来源: 拟定
适用: {kinds}
施行: 2022-01-01
等次: {{优秀: 90, 合格: 60, 不合格: 0}}
登记表:
{form}
{computed}项目:
- 名称: 项
  满分: 100
  条款:
"""
CARD = """  - {{编号: {id}, 名称: {name}, 原文: 试, 出处: 试, 扣分情形: {when}, 扣分: {price}, 严重程度: 一般,
     整改: {{要求: 改, 期限: 3天, 责任人: 村主任}}, 算例: [{example}]}}
"""
COUNT = "{填: 数量, 单位: 处}"


def law(
    id: str,
    name: str,
    kinds: str,
    form: dict[str, str],
    cards: list[tuple[str, str, str]],
    computed: str = "",
) -> Standard:
    fields = "\n".join(f"  {one}: {card}" for one, card in form.items())
    text = HEAD.format(name=name, id=id, kinds=kinds, form=fields, computed=computed)
    for number, (when, price, example) in enumerate(cards, start=1):
        card = CARD.format(
            id=f"{id}-{number:02d}", name=f"条{number}", when=when, price=price, example=example
        )
        text += card.replace("扣分情形: , ", "")
    return read_standard(text, name)


LITTER = law(
    "LJ", "垃圾", "[行政村, 自然村]", {"垃圾处数": COUNT, "路面": "{填: 选项, 选项: [好, 差]}", "人口": "{填: 数量, 单位: 人, 名册: 人口}"},
    [("垃圾处数 > 0", "{每处: 2}", "{垃圾处数: 1, 扣: 2}"), ("路面 = 差", "5", "{路面: 差, 扣: 5}")],
)  # fmt: skip
STAFF = law(
    "RY", "人员", "[行政村]",
    {"人口": "{填: 数量, 单位: 人, 名册: 人口}", "保洁员人数": "{填: 数量, 单位: 人}", "垃圾处数": COUNT,
     "村容得分": "{填: 分数, 最小: 0, 最大: 20, 分档: {好: 18～20, 中: 10～17, 差: 0～9}}", "棚子复查": "{填: 复查}", "满意率": "{填: 百分比}"},
    [
        ("保洁员人数 < 应配人数", "{每少1人: 3}", "{人口: 900, 保洁员人数: 1, 扣: 6}"),
        ("", "{满分: 20, 得分: 村容得分}", "{村容得分: 17, 扣: 3}"),
        ("垃圾处数 > 0", "{整改不到位: 10, 复查: 棚子复查}", "{垃圾处数: 1, 棚子复查: 整改不到位, 扣: 10}"),
        ("满意率 < 90%", "{每低1个百分点: 1, 零头: 不计}", "{满意率: 85%, 扣: 5}"),
    ],
    "计算:\n  应配人数: {算: 人口 ÷ 300, 取整: 进一, 单位: 人}\n",
)  # fmt: skip
SHOPS = law("DM", "店面", "[商户]", {"招牌": "{填: 是否}"}, [("招牌 = 否", "5", "{招牌: 否, 扣: 5}")])
VILLAGE = Unit("1", "东岭村", "行政村", "东片", details={"人口": "1000"})
HAMLET = Unit("2", "石桥", "自然村", "东片")


def titles(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[5] if cell.value][7:-3]


def book(**more: bool) -> Any:
    return openpyxl.load_workbook(
        io.BytesIO(form_workbook([LITTER, STAFF, SHOPS], [VILLAGE, HAMLET], **more))
    )


def test_kinds_that_the_same_standards_judge_share_a_sheet() -> None:
    assert [(plan.sheet, plan.kinds) for plan in together([LITTER, STAFF, SHOPS])] == [
        ("行政村", ("行政村",)),
        ("自然村", ("自然村",)),
        ("商户", ("商户",)),
    ]
    assert [plan.kinds for plan in together([LITTER, SHOPS])] == [("行政村", "自然村"), ("商户",)]
    found = book(united=True)
    assert found.sheetnames == ["行政村", "自然村", "商户", "问题明细", "填写说明", "名册"]
    assert [found[name]["A6"].value for name in ("行政村", "自然村", "商户")] == ["东岭村", "石桥", None]


def test_nothing_is_asked_twice_and_everything_once() -> None:
    sheet = book(united=True)["行政村"]
    assert titles(sheet) == [
        "人口（人）", "垃圾处数（处）", "垃圾处数点位", "路面", "保洁员人数（人）", "保洁员人数点位", "村容得分", "村容得分理由",
        "棚子复查", "满意率",
    ]  # fmt: skip
    headings = {cell.column: cell.value for cell in sheet[4] if cell.value}
    assert headings == {8: FROM_REGISTER, 9: "垃圾", 12: "人员"}
    assert "J4" in next(one for one in sheet.merged_cells.ranges if "I4" in one)
    assert "应配人数" not in " ".join(titles(sheet))


def test_a_kind_is_not_asked_what_only_others_need() -> None:
    form = {"垃圾处数": COUNT, "摊位数": COUNT, "摊位总数": COUNT, "没人问": "{填: 是否}"}
    cards = [
        ("垃圾处数 > 0", "{每处: 2}", "{垃圾处数: 1, 扣: 2}"),
        ("摊位数 > 0", "{每处: 2}, 适用: [商户]", "{摊位数: 1, 扣: 2}"),
    ]
    form["摊位数"] = "{填: 数量, 单位: 处, 不多于: 摊位总数}"
    both = law("SH", "市容", "[行政村, 商户]", form, cards)
    assert asked_of(both, ["行政村"]) == ("垃圾处数", "没人问")
    assert asked_of(both, ["商户"]) == tuple(form)
    (plan,) = together([both])
    assert plan.kinds == ("行政村", "商户")
    village, shop = together([both, SHOPS])
    assert [list(group.fields) for group in village.groups] == [["垃圾处数", "没人问"]]
    assert [list(group.fields) for group in shop.groups] == [list(form), ["招牌"]]


def test_the_paper_repeats_the_headings() -> None:
    assert book(united=True)["行政村"].print_title_rows == "$4:$5"
    assert book()["店面"].print_title_rows == "$5:$5"


def test_apart_a_sheet_marks_what_the_register_knows() -> None:
    sheet = book()["人员"]
    assert titles(sheet)[:2] == ["人口（人）", "保洁员人数（人）"]
    assert {cell.column: cell.value for cell in sheet[4] if cell.value} == {8: FROM_REGISTER}


def test_each_kind_of_answer_has_its_limits() -> None:
    sheet = book(united=True)["行政村"]
    rules = {rule.promptTitle: rule for rule in sheet.data_validations.dataValidation}
    assert rules["棚子复查"].formula1 == '"已整改,整改不到位,未到期,未查"'
    assert (rules["村容得分"].type, rules["村容得分"].formula1, rules["村容得分"].formula2) == (
        "decimal",
        "0.0",
        "20.0",
    )
    assert (rules["满意率"].type, rules["满意率"].formula2) == ("decimal", "1.0")
    assert "在右边写理由" in rules["村容得分"].prompt


def filled(path: Path, answers: dict[str, object], sheet: str = "行政村", *, united: bool = True) -> Path:
    path.write_bytes(form_workbook([LITTER, STAFF, SHOPS], [VILLAGE, HAMLET], united=united))
    found = openpyxl.load_workbook(path)
    column = {cell.value: cell.column for cell in found[sheet][5]}
    for title, value in {"检查日期": "2026-06-10", **answers}.items():
        if title in column:
            found[sheet].cell(6, column[title], value)
    found.save(path)
    return path


ANSWERS: dict[str, object] = {
    "垃圾处数（处）": 3, "垃圾处数点位": "村口、井边、桥头", "路面": "差", "保洁员人数（人）": 2, "村容得分": 17, "村容得分理由": "沟渠有漂浮物",
    "棚子复查": "整改不到位", "满意率": 0.86,
}  # fmt: skip


def test_one_filled_sheet_is_scored_under_every_standard(tmp_path: Path) -> None:
    found = assess_files([filled(tmp_path / "表.xlsx", ANSWERS)], [LITTER, STAFF, SHOPS])
    assert found.problems == ()
    assert [(card.program.standard.id, str(card.score)) for card in found.cards] == [
        ("LJ", "89.00"),
        ("RY", "77.00"),
    ]
    assert found.cards[1].derived.registered == ("人口",)
    assert found.cards[1].inspection.reasons == {"村容得分": "沟渠有漂浮物"}
    assert {one.places for one in found.orders if "LJ-01" in one.clauses} == {("村口", "井边", "桥头")}


def test_points_without_their_reason_are_refused(tmp_path: Path) -> None:
    answers = {title: value for title, value in ANSWERS.items() if title != "村容得分理由"}
    found = assess_files([filled(tmp_path / "表.xlsx", answers)], [LITTER, STAFF, SHOPS])
    assert [one.message for one in found.problems] == ["打了分，没写理由"]
    assert [one.name for one in found.unscored] == ["东岭村"]


def test_a_kind_that_fewer_standards_judge_is_asked_less(tmp_path: Path) -> None:
    path = filled(tmp_path / "表.xlsx", {"垃圾处数（处）": 1, "路面": "好"}, "自然村")
    found = assess_files([path], [LITTER, STAFF, SHOPS])
    assert [
        (card.inspection.unit.name, card.program.standard.id, str(card.score)) for card in found.cards
    ] == [("石桥", "LJ", "98.00")]


def test_one_name_asked_in_two_ways_is_refused() -> None:
    other = law(
        "QT",
        "其他",
        "[行政村]",
        {"垃圾处数": "{填: 数量, 单位: 堆}"},
        [("垃圾处数 > 0", "1", "{垃圾处数: 1, 扣: 1}")],
    )
    with pytest.raises(
        ScoringError, match="检查项“垃圾处数”在垃圾（填数量，单位处）和其他（填数量，单位堆）里填法不同"
    ):
        form_workbook([LITTER, other], united=True)
    assert len(apart([LITTER, other])) == 2


def test_sheets_are_named_as_a_workbook_allows() -> None:
    names = [law("A", name, f"[类{number}]", {"甲": "{填: 是否}"}, [("甲 = 否", "1", "{甲: 否, 扣: 1}")])
             for number, name in enumerate(["甲/乙", "甲?乙", "名册", "长" * 40, "长" * 39])]  # fmt: skip
    sheets = [plan.sheet for plan in apart(names)]
    assert sheets == ["甲_乙", "甲_乙（2）", "名册（2）", "长" * 31, f"{'长' * 26}（2）"]
    openpyxl.load_workbook(io.BytesIO(form_workbook(names)))


def test_the_command_unites_the_shipped_standards(tmp_path: Path) -> None:
    path = tmp_path / "合表.xlsx"
    register = str(ROOT / "fixtures" / "register.csv")
    assert run(["登记表", "--together", "--units", register, "-o", str(path)]) == 0
    found = openpyxl.load_workbook(path)
    for plan in together(shipped()):
        asked = titles(found[plan.sheet])
        assert len(asked) == len(set(asked))
        names = {name for group in plan.groups for name in group.fields}
        judging = [one for one in shipped() if set(one.kinds) & set(plan.kinds)]
        clauses = [check for one in judging for check in compile(one, one.starts).clauses]
        assert names >= {name for check in clauses if check.kinds & set(plan.kinds) for name in check.asks}


def test_the_same_united_form_has_the_same_bytes() -> None:
    assert form_workbook(shipped(), united=True) == form_workbook(shipped(), united=True)


@pytest.mark.parametrize("one", [LITTER, STAFF], ids=lambda one: one.name)
def test_a_united_sheet_comes_to_what_separate_sheets_come_to(one: Standard, tmp_path: Path) -> None:
    both = assess_files([filled(tmp_path / "合.xlsx", ANSWERS)], [LITTER, STAFF, SHOPS]).cards
    apart_ = assess_files(
        [filled(tmp_path / "分.xlsx", ANSWERS, one.name, united=False)], [LITTER, STAFF, SHOPS]
    ).cards
    (united,) = [card for card in both if card.program.standard is one]
    (separate,) = [card for card in apart_ if card.program.standard is one]
    assert (united.findings, united.losses, united.low, united.high) == (
        separate.findings, separate.losses, separate.low, separate.high
    )  # fmt: skip
