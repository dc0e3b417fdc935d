"""A form for ODK Collect and KoboToolbox as an XLSForm workbook: what ``questions`` names, ``sheets.submissions`` reads back.

Nothing but who was visited, when and by whom is required: what is left blank stays 未查. The same standards and units give
the same bytes, whatever their order.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.form.book import filled
from scoring.form.phone.asked import Asked, Row
from scoring.form.phone.choices import choice_rows
from scoring.form.phone.fields import asked_row, group_rows
from scoring.form.phone.problems import problem_rows
from scoring.form.phone.visit import visit_rows, visit_tail
from scoring.form.style import Styles
from scoring.inspection import Unit
from scoring.questions import coded
from scoring.rule.standard import Standard

_MADE = dt.date(2000, 1, 1)
_SURVEY = ("type", "name", "label", "hint", "required", "required_message", "relevant", "constraint", "constraint_message",
           "calculation", "choice_filter", "appearance", "default", "parameters")  # fmt: skip
_SETTINGS = ("form_title", "form_id", "version", "instance_name")


@dataclass(frozen=True, slots=True)
class XlsForm:
    """The three sheets of an XLSForm: rows of cells by the names of their columns; a choice may have columns of its own."""

    survey: Sequence[Row]
    choices: Sequence[Row]
    settings: Row


def xlsform(standards: Sequence[Standard], units: Sequence[Unit] = ()) -> XlsForm:
    """Return the form that asks what some standards ask, each 检查项 once and only of the kinds of unit it concerns.

    With ``units`` the unit is chosen from them, by 片区 where they have some. Raises ScoringError where two standards ask
    one name in different ways.
    """
    used = sorted(standards, key=lambda one: (one.id, one.starts))
    asked = Asked.of(used)
    listed = sorted((unit for unit in units if unit.kind in asked.kinds), key=lambda unit: unit.id)
    survey = [
        *visit_rows(listed, chosen=bool(units)),
        *group_rows(asked),
        *problem_rows(asked),
        *visit_tail(),
        asked_row(asked),
    ]
    choices = list(choice_rows(asked, listed))
    ids = list(dict.fromkeys(one.id for one in used))
    titles = "、".join(dict.fromkeys(one.name for one in used))
    settings = {
        "form_title": _text(f"检查登记：{titles}"[:120]),
        "form_id": "chuangwei_" + "_".join(one if one.isascii() else coded(one) for one in ids),
        "version": _digest([survey, choices]),
        "instance_name": 'concat(${date}, " ", ${unit_name})',
    }
    return XlsForm([_safe(row) for row in survey], [_safe(row) for row in choices], settings)


def xlsform_workbook(standards: Sequence[Standard], units: Sequence[Unit] = ()) -> bytes:
    """Return the workbook's bytes; see ``xlsform``."""
    form = xlsform(standards, units)

    def fill(book: Any, _styles: Styles) -> None:
        own = dict.fromkeys(name for row in form.choices for name in row)
        _write(book.add_worksheet("survey"), _SURVEY, form.survey)
        _write(book.add_worksheet("choices"), tuple(own) or ("list_name", "name", "label"), form.choices)
        _write(book.add_worksheet("settings"), _SETTINGS, [form.settings])

    return filled(form.settings["form_title"], form.settings["version"], _MADE, fill)


def _write(sheet: Any, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    for at, name in enumerate(columns):
        sheet.write_string(0, at, name)
        for number, row in enumerate(rows, start=1):
            if row.get(name):
                sheet.write_string(number, at, row[name])


_WORDS = ("label", "hint", "required_message", "constraint_message")


def _safe(row: Row) -> Row:
    return {name: _text(cell) if name in _WORDS else cell for name, cell in row.items()}


def _text(words: str) -> str:
    """Return words in which no program looks for a question's name."""
    return words.replace("${", "$ {")


def _digest(rows: Any) -> str:
    text = json.dumps(rows, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:12]
