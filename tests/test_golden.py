"""Golden files, one per output format, of a small assessment with every kind of outcome; ``make golden`` renews them."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from scoring.api import assess_files
from scoring.form.phone.xlsform import xlsform
from scoring.inspection import NotChecked, Occurrence, Unit
from scoring.report import render
from scoring.score import Assessment
from tests.support import HEAD, clause, scorer, standard, visit

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
SCHEMA = json.loads((HERE.parent / "docs" / "schema" / "score-1.schema.json").read_text(encoding="utf-8"))
FORM = """  垃圾处数: {填: 数量, 单位: 处, 算一处: 大小 > 0.5}
  堵路: {填: 是否}
  焚烧: {填: 是否}
  责任书: {填: 选项, 选项: [已签, 过期, 未签]}
  养殖: {填: 选项, 选项: [有, 无]}
  散养户数: {填: 数量, 单位: 户}
"""
BURNING = clause(2, "焚烧 = 是", "本项不得分", 名称="露天焚烧", 一票否决="是", 严重程度="严重")
LAW = standard(
    FORM,
    [
        (40, [clause(1, "垃圾处数 > 0", "{每处: 2.5, 最高扣: 20}", 名称="垃圾乱倒"), BURNING]),
        (
            40,
            [
                clause(3, "责任书 ≠ 已签", "{过期: 5, 未签: 15}", 名称="没签责任书"),
                clause(4, "堵路 = 是", "8", 名称="堵路"),
            ],
        ),
        (20, [clause(5, "散养户数 > 0", "{每户: 3}", 名称="散养", 不适用="养殖 = 无")]),
    ],
    HEAD + "结论: {干净: [T-01, T-02], 路畅: [T-04]}\n",
)
CLEAN = {"垃圾处数": 0, "堵路": "否", "焚烧": "否", "责任书": "已签", "养殖": "有", "散养户数": 0}


def assessment() -> Assessment:
    east, west, mill = (
        Unit("01", "东岭村", "行政村", "东片"),
        Unit("02", "西坡村", "行政村", "西片"),
        Unit("03", "磨坊庄", "自然村"),
    )
    locked = dict.fromkeys(CLEAN, NotChecked("锁门"))
    visits = [
        visit(
            {**CLEAN, "垃圾处数": 3, "堵路": "是"},
            east,
            places={"垃圾处数": ("村口", "二组路边")},
            inspectors=("李", "王"),
        ),
        visit({**CLEAN, "垃圾处数": 9, "责任书": "未签"}, east, day=dt.date(2022, 6, 20), source="暗访"),
        visit(locked, east, day=dt.date(2022, 6, 25)),
        visit({**CLEAN, "焚烧": "是", "垃圾处数": 2}, west),
        visit({**CLEAN, "养殖": "无", "责任书": "过期", "散养户数": NotChecked()}, mill),
        visit(
            {**CLEAN, "垃圾处数": NotChecked(), "焚烧": NotChecked()},
            Unit("04", "=cmd|'/c calc'!A1", "自然村"),
        ),
        visit({**CLEAN, "垃圾处数": Decimal("1.5")}, Unit("05", "填错的村", "自然村")),
        visit(
            {**CLEAN, "堵路": NotChecked()},
            Unit("06", "签字村", "自然村"),
            columns=frozenset(CLEAN),
            blank_is_none=True,
        ),
        visit(
            {**CLEAN, "垃圾处数": NotChecked()},
            Unit("07", "明细村", "自然村"),
            occurrences=(
                Occurrence(
                    "垃圾处数",
                    "村口",
                    Decimal(2),
                    Decimal("1.5"),
                    "IMG_7.jpg",
                    "清了一半",
                    position="31.86,117.28",
                ),
                Occurrence("垃圾处数", "井边", size=Decimal("0.4")),
            ),
        ),
    ]
    return scorer(LAW).score(visits)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("table", "table.txt"), ("json", "score.json"), ("csv", "score.csv"), ("jsonl", "cards.jsonl")],
)
def test_the_output_is_the_golden_one(kind: str, name: str) -> None:
    found, path = str(render(assessment(), kind)), GOLDEN / name
    if os.environ.get("CHUANGWEI_RENEW"):
        path.write_bytes(found.encode())
    assert found == path.read_bytes().decode()


def test_the_form_for_phones_is_the_golden_one() -> None:
    form, path = (
        xlsform([LAW], [Unit("01", "东岭村", "行政村", "东片"), Unit("03", "磨坊庄", "自然村", "西片")]),
        GOLDEN / "xlsform.json",
    )
    found = json.dumps([form.survey, form.choices, form.settings], ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("CHUANGWEI_RENEW"):
        path.write_bytes(found.encode())
    assert found == path.read_bytes().decode()


def test_the_workbook_holds_text_that_no_program_calculates() -> None:
    content = render(assessment(), "xlsx")
    assert isinstance(content, bytes)
    assert content == render(assessment(), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["得分", "扣分明细", "问题明细", "整改清单", "分组", "问题"]
    for sheet in book:
        assert sheet["A1"].value == "试验: 拟定分值，仅供试评"
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert [cell.value for cell in book["得分"][2]][:5] == ["标准", "分值来源", "类别", "片区", "名次"]


def test_the_document_obeys_its_schema() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    document = json.loads(str(render(assessment(), "json")))
    assert not [error.message for error in validator.iter_errors(document)]
    for line in str(render(assessment(), "jsonl")).splitlines():
        card = json.loads(line)
        assert card.pop("schema") == "chuangwei/score/1"
        jsonschema.Draft202012Validator({**SCHEMA["$defs"]["card"], "$defs": SCHEMA["$defs"]}).validate(card)
    document["cards"][0]["score"] = 94.0
    assert not validator.is_valid(document)


def test_the_fixtures_obey_the_schema_and_their_own_sums() -> None:
    from scoring.sheets.register import read_register

    root = HERE.parent / "fixtures"
    for variant in ("clean", "messy"):
        found = assess_files([root / variant / "june.xlsx"], register=read_register(root / "register.xlsx"))
        document: Any = json.loads(str(render(found, "json")))
        jsonschema.validate(document, SCHEMA, jsonschema.Draft202012Validator)
        for card in document["cards"]:
            for item in card["items"]:
                lost = [Decimal(one["lost"]) for one in card["findings"] if one["item"] == item["name"]]
                assert sum(lost) == Decimal(item["lost"])
        assert bool(document["problems"]) == (variant == "messy")


@pytest.mark.parametrize("width", [40, 100, 200])
@pytest.mark.parametrize("ambiguous", [1, 2])
def test_tables_line_up_in_terminal_cells(width: int, ambiguous: int) -> None:
    import wcwidth

    text = str(render(assessment(), "table", width=width, ambiguous_width=ambiguous))
    lines = text.split("\n\n", maxsplit=1)[0].splitlines()
    found = [
        next((line, word) for line in lines if word in line) for word in ("被检单位", "磨坊庄", "签字村")
    ]
    assert (
        len({wcwidth.wcswidth(line[: line.index(word)], ambiguous_width=ambiguous) for line, word in found})
        == 1
    )
    assert "\x1b" not in text
