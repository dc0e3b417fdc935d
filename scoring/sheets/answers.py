"""One cell to the answer of a 检查项. Strict: what is not clearly an answer is a complaint with the way out, never a guess."""

from __future__ import annotations

import re
from decimal import Decimal

from scoring.columns import folded
from scoring.errors import did_you_mean, shortened
from scoring.inspection import BLANK, NOT_APPLICABLE, Answer, NotChecked
from scoring.match.derive import misfit
from scoring.rule.form_field import FieldKind, FormField
from scoring.sheets.cells import CellError, plain
from scoring.sheets.table import Cell

# 未查 in so many words is no blank: where blanks are signed for, it still is not checked.
UNEXPLAINED = "没写原因"
_NOT_CHECKED = re.compile(r"未查(?:\((.{1,100})\))?")
# A spreadsheet's own numbers have up to 17 digits.
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,20})?")
_LONG_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PERCENT = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,4})?) ?%")


def answer(cell: Cell, field: FormField) -> Answer:
    """Return a cell's answer for a 检查项: a number, a word, 未查 (blank too) or 不适用; raise CellError otherwise."""
    word = plain(cell)
    if not word:
        return BLANK
    choices = {folded(choice): choice for choice in field.choices}
    if (choice := choices.get(folded(word))) is not None:
        return choice
    if word.startswith("未查"):
        return _not_checked(word)
    value = NOT_APPLICABLE if word == "不适用" else _value(cell, word, field)
    if complaint := misfit(field, value):
        raise CellError(*complaint)
    return value


def _not_checked(word: str) -> NotChecked:
    found = _NOT_CHECKED.fullmatch(word)
    if found is None:
        raise CellError(f"“{shortened(word)}”读不懂", "写 未查，写原因的写成 未查（锁门） 的样子")
    return NotChecked((found[1] or "").strip() or UNEXPLAINED)


def _value(cell: Cell, word: str, field: FormField) -> Decimal:
    if field.choices:
        raise CellError(f"没有“{shortened(word)}”这个选项", did_you_mean(shortened(word), field.choices))
    return _percent(cell, word) if field.kind is FieldKind.PERCENT else _number(word, field)


def _number(word: str, field: FormField) -> Decimal:
    if _NUMBER.fullmatch(word):
        return Decimal(word)
    if _LONG_NUMBER.fullmatch(word):
        raise CellError(f"数字“{shortened(word)}”太长", "最多12位整数、20位小数")
    unit = f"（不带“{field.unit}”）" if field.unit and word.endswith(field.unit) else ""
    raise CellError(
        f"应填数字，不是“{shortened(word)}”", f"只写数字{unit}，如 3；没有就写 0，没查留空或写 未查"
    )


def _percent(cell: Cell, word: str) -> Decimal:
    if found := _PERCENT.fullmatch(word):
        return Decimal(found[1]) / 100
    # A spreadsheet's cell formatted as a percentage holds its fraction; a bare number written out could mean either.
    if isinstance(cell, Decimal) and 0 <= cell <= 1 and _NUMBER.fullmatch(word):
        return Decimal(word)
    raise CellError(f"应填百分比，不是“{shortened(word)}”", "写成 60% 的样子")
