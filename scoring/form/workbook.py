"""A blank 登记表 as a workbook: its sheets as planned and one for the 问题明细, with drop-downs, limits and names.

What it writes, ``sheets`` reads back. There are no formulas in it, so that it opens alike in Excel and WPS.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

from scoring import columns
from scoring.form.book import filled
from scoring.form.details import write_details
from scoring.form.guide import how_to_fill, write_guide, write_register
from scoring.form.plan import FROM_REGISTER, Group, Plan, apart, together
from scoring.form.style import HEADER, SOURCES, Styles, warned
from scoring.inspection import Unit
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.standard import Standard

BLANK_ROWS = 30
SPARE_ROWS = 6
_FIRST = (
    columns.UNIT,
    columns.KIND,
    columns.DATE,
    columns.TIME,
    columns.SOURCE,
    columns.INSPECTORS,
    columns.NUMBER,
)
_LAST = (columns.REASON, columns.BLANK_IS_NONE, columns.NOTE)
_WIDTH = {columns.UNIT: 20, columns.KIND: 8, columns.DATE: 11, columns.INSPECTORS: 11, columns.NOTE: 10, columns.NUMBER: 4,
          columns.BLANK_IS_NONE: 8}  # fmt: skip
# As many character widths as print legibly across one A4 landscape page.
_PAGE = 170


def form_workbook(
    standards: Sequence[Standard], units: Sequence[Unit] = (), *, united: bool = False
) -> bytes:
    """Return the workbook's bytes, the same for the same standards and units.

    A sheet per standard, or (``united``, 合表) a sheet per kinds of unit on which no 检查项 is asked twice; then a sheet
    问题明细. A unit is filled in on every sheet for its 类别; the register goes along on a sheet of its own, so that the
    filled form can be scored alone. Raises ScoringError where standards on one sheet ask one name in different ways.
    """

    def fill(book: Any, styles: Styles) -> None:
        for plan in together(standards) if united else apart(standards):
            _Sheet(book, styles, plan, [unit for unit in units if unit.kind in plan.kinds]).write()
        write_details(book, styles, standards, units)
        write_guide(book, styles.text, standards)
        if units:
            write_register(book, units)

    texts = "; ".join(f"{one.id} {one.sha256}" for one in standards)
    return filled("登记表", texts, max(one.starts for one in standards), fill)


class _Sheet:
    """One sheet: title, note, the line to sign, the header, one row per unit."""

    def __init__(self, book: Any, styles: Styles, plan: Plan, units: Sequence[Unit]) -> None:
        self.styles, self.plan, self.units = styles, plan, units
        self.sheet = book.add_worksheet(plan.sheet)
        self.book, self.column, self.width = book, 0, 0.0
        self.last = HEADER + (len(units) + SPARE_ROWS if units else BLANK_ROWS)

    def write(self) -> None:
        """Write everything."""
        sheet = self.sheet
        sheet.write_string(0, 0, self.plan.title, self.styles.title)
        sheet.write_string(1, 0, self.plan.note, self.styles.note)
        sheet.write_string(2, 0, f"{columns.BLANK_IS_NONE}（签字）：", self.styles.sign)
        for title in _FIRST:
            self.add(title, self.styles.head, _WIDTH.get(title, 6.5), self.style_of(title))
        for group in self.plan.groups:
            self.group(group)
        for title in _LAST:
            self.add(title, self.styles.head, _WIDTH.get(title, 8), self.styles.cell)
        for row, unit in enumerate(self.units, start=HEADER + 1):
            sheet.write_string(row, 0, unit.name, self.styles.cell)
            sheet.write_string(row, 1, unit.kind, self.styles.cell)
        self.limit_visit()
        self.paper()

    def style_of(self, title: str) -> Any:
        """Return the format of a visit column's cells."""
        return {columns.DATE: self.styles.day, columns.NUMBER: self.styles.number}.get(
            title, self.styles.cell
        )

    def add(self, title: str, head: Any, width: float, style: Any) -> int:
        """Write one column's title and its empty cells; return the column."""
        at, self.column = self.column, self.column + 1
        self.sheet.write_string(HEADER, at, title, head)
        self.sheet.set_column(at, at, width)
        self.width += width
        for row in range(HEADER + 1, self.last + 1):
            self.sheet.write_blank(row, at, None, style)
        return at

    def group(self, group: Group) -> None:
        """Write some 检查项 under their heading."""
        first = self.column
        for name, field in group.fields.items():
            self.answer(name, field)
        if group.heading and first < self.column - 1:
            self.sheet.merge_range(HEADER - 1, first, HEADER - 1, self.column - 1, "", self.styles.place)
        if group.heading:
            self.sheet.write_string(HEADER - 1, first, group.heading, self.styles.place)

    def answer(self, name: str, field: FormField) -> None:
        """Write one 检查项, beside a count its 点位 (the register's figures have none), beside points the reason for them."""
        style = {
            FieldKind.COUNT: self.styles.number,
            FieldKind.MEASURE: self.styles.number,
            FieldKind.POINTS: self.styles.number,
            FieldKind.PERCENT: self.styles.percent,
        }
        title = f"{name}（{field.unit}）" if field.unit else name
        at = self.add(title, self.styles.head, 6.5, style.get(field.kind, self.styles.cell))
        self.limit(at, self.limits(field), name, how_to_fill(field))
        if field.kind is FieldKind.COUNT and field.register_column is None:
            self.add(f"{name}{columns.PLACE_SUFFIX}", self.styles.place, 8, self.styles.cell)
        if field.kind is FieldKind.POINTS:
            self.add(f"{name}{columns.REASON_SUFFIX}", self.styles.place, 12, self.styles.cell)

    def limits(self, field: FormField) -> dict[str, Any]:
        """Return what a 检查项's cells allow, as a data validation."""
        if field.choices:
            return self.styles.listed([*field.choices, "未查", *(("不适用",) if field.may_skip else ())])
        top = 1.0 if field.kind is FieldKind.PERCENT else 1_000_000.0
        return {
            "validate": "integer" if field.kind is FieldKind.COUNT else "decimal",
            "criteria": "between",
            "minimum": float(field.minimum or 0),
            "maximum": top if field.maximum is None else float(field.maximum),
        }

    def limit_visit(self) -> None:
        """Put drop-downs on the visit's own columns."""
        lists = {
            columns.KIND: self.plan.kinds,
            columns.SOURCE: SOURCES,
            columns.BLANK_IS_NONE: ("是", "否"),
        }
        titles = [*_FIRST, *_LAST]
        for title, words in lists.items():
            at = titles.index(title) if title in _FIRST else self.column - len(_LAST) + _LAST.index(title)
            self.limit(at, {"validate": "list", "source": list(words)}, title, "从下拉中选")
        first = dt.date(2000, 1, 1)
        self.limit(
            2,
            {"validate": "date", "criteria": ">=", "value": first},
            columns.DATE,
            "写全年月日，如 2026-06-10",
        )

    def limit(self, column: int, rule: dict[str, Any], title: str, message: str) -> None:
        """Put one column's limits."""
        self.sheet.data_validation(HEADER + 1, column, self.last, column, warned(rule, title, message))

    def paper(self) -> None:
        """Set up the print: A4 landscape, as few pages wide as stay legible, header and names on every page."""
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(math.ceil(self.width / _PAGE), 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        headings = [group.heading for group in self.plan.groups if group.heading]
        sheet.repeat_rows(HEADER - bool(headings), HEADER)
        if headings:
            sheet.set_row(HEADER - 1, 36 if FROM_REGISTER in headings else 18)
        sheet.repeat_columns(0)
        sheet.set_row(HEADER, 72)
        for row in range(HEADER + 1, self.last + 1):
            sheet.set_row(row, 22)
        sheet.freeze_panes(HEADER + 1, 1)
        sheet.set_footer("&L检查人员签字：&C第 &P 页，共 &N 页&R被检单位签字：")
        sheet.print_area(0, 0, self.last, self.column - 1)
