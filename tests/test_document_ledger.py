"""整改台账: a row for every problem of the round, what is late told in words too, and the way back through ``rectify import``."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from scoring.cli import run

from scoring import columns
from scoring.document.ledger import Ledger, ledger_book, ledgers
from scoring.rectify.lifecycle import Act, Move, State, moved
from scoring.report.dossier import Dossier
from scoring.rule.office import Office
from tests import document_support as support
from tests import store_support as kept
from tests.document_support import HOSTILE, OFFICE, dossier, township
from tests.support import WeekdayCalendar


def only(found: Dossier, office: Office = OFFICE) -> Ledger:
    (one,) = ledgers(found, office)
    return one


def cells_of(one: Ledger, title: str) -> list[str]:
    return [row[columns.LEDGER.index(title)] for row in one.rows]


def sheets(one: Ledger) -> Any:
    return openpyxl.load_workbook(io.BytesIO(ledger_book(one)))


def test_the_ledger_of_two_villages_is_the_golden_one() -> None:
    book = sheets(only(township()))
    lines = (
        " | ".join("" if cell.value is None else str(cell.value) for cell in row)
        for sheet in book
        for row in sheet
    )
    support.golden("ledger.txt", "\n".join(lines) + "\n")


def test_every_order_of_the_round_stands_in_it_once_and_those_found_again() -> None:
    found = township()
    (first, *rest) = found.orders
    again = replace(first, number="2026-05-0001", round="2026-05")
    one = only(replace(found, orders=tuple(rest), again=(again,)))
    assert sorted(cells_of(one, "问题编号")) == sorted([again.number, *(each.number for each in rest)])
    assert cells_of(one, "序号") == [str(number) for number in range(1, len(found.orders) + 1)]


def test_where_nothing_was_found_there_is_no_ledger() -> None:
    assert not list(ledgers(replace(township(), orders=()), OFFICE))


def test_the_totals_are_those_of_the_rows() -> None:
    one = only(township())
    whole, *groups = one.totals
    assert whole[:3] == ("合计", "全部", str(len(one.rows)))
    for by in ("单位", "包村领导"):
        assert sum(int(row[2]) for row in groups if row[0] == by) == len(one.rows)


def test_what_is_late_is_said_in_words_and_red_until_it_is_answered() -> None:
    found = dossier()
    (order,) = found.orders
    late = only(replace(found, as_of=order.life.due_at.date() + dt.timedelta(3)))  # type: ignore[union-attr]
    assert (cells_of(late, "状态"), cells_of(late, "逾期天数")) == (["已交办，逾期3天"], ["3"])
    page = sheets(late)["整改台账"]
    (rules,) = page.conditional_formatting
    number, answered = (
        openpyxl.utils.get_column_letter(columns.LEDGER.index(one) + 1) for one in ("逾期天数", "完成日期")
    )
    assert rules.rules[0].formula == [f'AND(N(${number}4)>0,${answered}4="")']
    life = moved(order.life, Move(Act.REPLY, found.as_of, "甲"), WeekdayCalendar())
    done = only(replace(found, orders=(replace(order, life=life),)))
    assert cells_of(done, "状态") == ["已整改"]


def test_the_head_stays_on_the_screen_and_on_every_page() -> None:
    page = sheets(only(township()))["整改台账"]
    assert (page.freeze_panes, page.print_title_rows, page.print_title_cols) == ("D4", "$3:$3", "$A:$C")
    assert page.auto_filter.ref.startswith("A3:")
    assert page.page_setup.orientation == "landscape"
    assert [one.id for one in page.col_breaks.brk] == [len(columns.LEDGER_HEAD)]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_stay_text(text: str) -> None:
    book = sheets(only(dossier(f"村{text}", places=(text,)), OFFICE))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert "\u202e" not in "".join(str(cell.value) for cell in cells)


def test_a_filled_ledger_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    kept.issued(tmp_path / "考核.db", [kept.littered(0, 3, "村口"), kept.littered(1, 3, "井边")]).close()
    assert run(["文书", "整改台账", "--round", "六月", "--db", "考核.db", "-o", "台账"]) == 0
    (path,) = (tmp_path / "台账").iterdir()
    assert path.name == "整改台账-1.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["整改台账"]
    for title, value in {
        "完成日期": dt.date(2026, 6, 5), "整改人": "赵主任", "核查日期": dt.date(2026, 6, 6), "核查人": "钱科长", "核查结果": "合格",
    }.items():  # fmt: skip
        page.cell(4, columns.LEDGER.index(title) + 1, value)
    book.save(path)
    assert run(["rectify", "import", str(path), "--by", "李", "--db", "考核.db"]) == 0
    assert "新记2步" in capsys.readouterr().err
    store = kept.store(tmp_path / "考核.db")
    states = [one.life.state for one in store.orders.find(dt.date(2026, 6, 30))]
    store.close()
    assert states == [State.CLOSED, State.ISSUED]
