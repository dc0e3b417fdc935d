"""The form's own pages: 填写说明 (how to fill in, what each 检查项 means) and the register it carries along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scoring import columns
from scoring.inspection import Unit
from scoring.points import ZERO, plain
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.standard import Standard
from scoring.sheets.register import register_rows

_GUIDE = (
    "一行填一次检查。被检单位写名册里的名称；检查日期写全年月日，如 2026-06-10。",
    "数量只写数字，没有就写 0。没有查到的留空或写 未查；写明原因的写 未查（锁门）这样的样子。",
    "留空算未查，不算 0，也不算合格。整张表确实是“空白即未发现问题”的，在表头那一行签字；只有某一行是的，在那一行的“空白即未发现问题”栏选 是。",
    "整行没查成的（锁门、拒检），在“未查原因”栏写明原因。",
    "数量右边的“点位”栏写在哪里，几处用顿号隔开，会写进扣分理由和整改要求。",
    "下拉选项里有“不适用”的，这一项对该单位不适用时可以选。",
    "同一天对同一单位查两次的，在“第几次”栏写 1、2。",
    "“问题明细”一处问题写一行，有点位、大小、照片可查。登记表的数量可留空，按明细合计；两边都写的要一样。",
    "那天只查了一次的，明细不写来源、检查人员也行。不填登记表、只交明细的，在明细表头上面签字，没写到的数量才算没有。",
)


def how_to_fill(field: FormField) -> str:
    """Say in one line how a 检查项 is filled in."""
    way = {
        FieldKind.COUNT: "只写个数，没有写 0",
        FieldKind.MEASURE: "只写数字",
        FieldKind.PERCENT: "写成 60% 的样子",
        FieldKind.POINTS: f"打分（{tiers(field)}），在右边写理由",
    }
    parts = [field.note, way.get(field.kind, "从下拉中选")]
    if field.counts_if:
        parts.append(f"问题明细里 {field.counts_if} 的才算")
    if field.register_column is not None:
        parts.append(f"不填的用名册上的{field.register_column}")
    if field.may_skip:
        parts.append("不适用的写 不适用")
    return "；".join(part for part in parts if part)


def tiers(field: FormField) -> str:
    """Say within what points may be given: the tiers, or the limits."""
    if field.bands:
        return "、".join(f"{name} {words}" for name, words in field.bands.items())
    low, high = field.limits
    return f"{plain(low or ZERO)}～{plain(high or ZERO)}"


def write_guide(book: Any, text: Any, standards: Sequence[Standard]) -> None:
    """Write the sheet 填写说明: how to fill in, then what each 检查项 means."""
    sheet = book.add_worksheet("填写说明")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90, text)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for row, (left, right) in enumerate(_guide_rows(standards)):
        sheet.write_string(row, 0, left)
        sheet.write_string(row, 1, right, text)


def _guide_rows(standards: Sequence[Standard]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(_GUIDE, start=1):
        yield str(number), line
    for standard in standards:
        yield "", ""
        yield standard.name, standard.note
        for name, field in standard.form.items():
            words = f"（{'、'.join(field.choices)}）" if field.choices else ""
            yield name, f"{how_to_fill(field)}{words}"


def write_register(book: Any, units: Sequence[Unit]) -> None:
    """Write the hidden sheet 名册, so that the filled form can be scored alone."""
    sheet = book.add_worksheet(columns.REGISTER_SHEET)
    for row, line in enumerate(register_rows(units)):
        for column, cell in enumerate(line):
            sheet.write_string(row, column, cell)
    sheet.hide()
