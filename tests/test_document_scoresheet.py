"""检查评分表: every visit's table filled in, whose rows add up to what is published, in Excel and PDF alike."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.document.content import plain
from scoring.document.pdf import Typesetter
from scoring.document.scoresheet import ScoreSheet, scoresheet_book, scoresheets
from scoring.inspection import BLANK, NOT_APPLICABLE, Answer, Unit
from scoring.match.waive import Waiver
from scoring.points import ratio
from scoring.report.score_sheet import score_sheet
from scoring.report.score_table import LEFT_OUT, Group, ScoreTable
from scoring.rule.standard import Standard
from tests import document_support as support
from tests.document_support import HOSTILE, OFFICE, dossier, township
from tests.strategies import sheets, standards, units
from tests.support import HEAD, clause, scorer, standard, visit

worlds = standards().flatmap(lambda one: st.tuples(st.just(one), sheets(one), units))


def only(**more: Any) -> ScoreSheet:
    (one,) = scoresheets(dossier(**more), OFFICE)
    return one


def book(one: ScoreSheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(scoresheet_book(one)))


def pdf(one: ScoreSheet) -> list[str]:
    with Typesetter("scoresheet", system_fonts=False) as typesetter:
        return support.pages(typesetter.pdf([one]))


def ends(text: str) -> tuple[Decimal, Decimal]:
    low, _, high = text.partition("～")
    return Decimal(low), Decimal(high or low)


def taken(group: Group) -> Decimal:
    return sum(
        (Decimal(line.lost) for line in group.lines if line.lost.replace(".", "").isdigit()), Decimal(0)
    )


def added(table: ScoreTable) -> tuple[Decimal, Decimal, Decimal]:
    """Add up a table as a clerk does: full marks, what was taken, what is left for certain."""
    kept = [group for group in table.groups if group.awarded != LEFT_OUT]
    return (
        sum((Decimal(group.mark) for group in kept), Decimal(0)),
        sum(map(taken, kept), Decimal(0)),
        sum((ends(group.awarded)[0] for group in kept), Decimal(0)),
    )


@given(worlds)
def test_the_rows_add_up_to_the_total_and_the_total_to_the_score(
    world: tuple[Standard, dict[str, Answer], Unit],
) -> None:
    law, answers, unit = world
    card = next(scorer(law).cards(visit(answers, unit)))
    table = score_sheet(card)
    for group in table.groups:
        if group.awarded != LEFT_OUT:
            assert Decimal(group.mark) - taken(group) == ends(group.awarded)[1]
    assert added(table) == (Decimal(table.total), Decimal(table.lost), ends(table.awarded)[0])
    if card.score is not None:
        (bonus,) = table.bonus or (Group("", "", (), "", "0"),)
        share = ratio(Decimal(table.awarded), Decimal(table.total), card.program.scale)
        assert share + ends(bonus.awarded)[0] == card.score
        assert f"得分：{card.score}" in table.results


@given(worlds)
def test_every_clause_that_took_points_says_why(world: tuple[Standard, dict[str, Answer], Unit]) -> None:
    law, answers, unit = world
    for group in score_sheet(next(scorer(law).cards(visit(answers, unit)))).groups:
        for line in group.lines:
            assert line.note or line.lost in ("0", "不适用")


def test_the_sheets_of_two_villages_are_the_golden_ones() -> None:
    found = list(scoresheets(township(), OFFICE))
    support.golden(
        "scoresheet.json", json.dumps([plain(one, str) for one in found], ensure_ascii=False, indent=1) + "\n"
    )
    support.golden("scoresheet-pdf.txt", "\f\n".join(pdf(found[0])))


def test_each_unit_has_its_own_with_every_visit() -> None:
    found = township()
    assert {one.unit.split("（")[1][:12]: len(one.tables) for one in scoresheets(found, OFFICE)} == {
        id: len(cards) for id, cards in found.cards_of.items()
    }


def test_what_was_not_looked_at_and_what_does_not_apply_are_no_zero() -> None:
    form = "  甲处数: {填: 数量, 单位: 处}\n  乙: {填: 是否, 可缺项: 是}\n"
    law = standard(form, [(60, [clause(1, "甲处数 > 0", "1")]), (40, [clause(2, "乙 = 否", "5")])], HEAD)
    (card,) = scorer(law).cards(visit({"甲处数": BLANK, "乙": NOT_APPLICABLE}, Unit("1", "村", "行政村")))
    first, second = score_sheet(card).groups
    assert (first.lines[0].lost, second.lines[0].lost, second.awarded, second.mark) == (
        "未查",
        "不适用",
        "不适用",
        "—",
    )
    assert first.awarded == "59～60"


def test_a_waiver_is_named_with_what_it_saved() -> None:
    law = standard("  甲处数: {填: 数量, 单位: 处}\n", [(100, [clause(1, "甲处数 > 0", "1")])], HEAD)
    one = visit({"甲处数": Decimal(2)}, Unit("1", "村", "行政村"))
    excused = Waiver(law.clauses[0].id, dt.date(2020, 1, 1), dt.date(2030, 1, 1), "在建", "乡长")
    (card,) = scorer(law).cards(one, None, (excused,))
    assert "豁免到 2030-01-01（在建，乡长批准）" in score_sheet(card).groups[0].lines[0].note


def test_excel_and_pdf_say_the_same_tables() -> None:
    (first, _) = scoresheets(township(), OFFICE)
    workbook, printed = book(first), "".join("".join(pdf(first)).split())
    assert workbook.sheetnames == ["汇总", *(f"表{number}" for number in range(1, len(first.tables) + 1))]
    for number, table in enumerate(first.tables, start=1):
        texts = {str(cell.value) for row in workbook[f"表{number}"] for cell in row if cell.value is not None}
        for group in table.groups:
            for line in group.lines:
                assert not line.note or line.note in texts
                assert "".join(line.note.split()) in printed
        assert {table.lost, table.awarded, table.total} <= texts


def test_points_are_numbers_in_excel_and_nothing_is_a_formula() -> None:
    page = book(only())["表1"]
    assert page["F6"].value == 1
    assert not [cell for row in page for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_stay_text(text: str) -> None:
    one = only(name=f"村{text}", places=(text,))
    cells = [cell for sheet in book(one) for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    shown = "".join(plain(one, str)["表"][0]["项目"][0]["条款"][0]["扣分说明"].split())
    assert shown in "".join("".join(pdf(one)).split())
