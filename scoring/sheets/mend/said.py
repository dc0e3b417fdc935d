"""What a sheet says once for all its rows, above its header or by its name: its unit, day, people, source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scoring import columns
from scoring.columns import folded
from scoring.sheets.mend import days
from scoring.sheets.mend.draft import Draft
from scoring.sheets.mend.head import said_above
from scoring.sheets.mend.meaning import unit_meaning
from scoring.sheets.mend.repair import Proposal
from scoring.sheets.register import Register

_LABELS = {
    columns.UNIT: r"(?:被检查?单位|受检单位|单位名称|村名|村庄|被查单位)",
    columns.DATE: r"(?:检查|督查|巡查)?(?:日期|时间)",
    columns.INSPECTORS: r"(?:检查|督查)(?:人员|人|组)",
    columns.SOURCE: r"(?:来源|检查方式|检查类型)",
}
_VALUE = r"[:：][\s　]*(?P<value>[^\s　:：]+)"
_DATE = r"[:：][\s　]*(?P<value>20[0-9]{2}[\s　]*[年./-][\s　]*[0-9]{1,2}[\s　]*[月./-][\s　]*[0-9]{1,2}[\s　]*日?)"
_SAID = {
    title: re.compile(label + (_DATE if title == columns.DATE else _VALUE))
    for title, label in _LABELS.items()
}
_UNNAMED = re.compile(r"(?:sheet|工作表|表|page)\s*[0-9]*", re.IGNORECASE)


def add_said(draft: Draft, bottom: int, register: Register | None) -> None:
    """Add a column for what every row of the sheet leaves to its title or its name."""
    header = [folded(str(one)) for one in draft.rows[bottom]]
    values: dict[str, str] = {}
    if columns.UNIT not in header and columns.CODE not in header:
        values |= _unit(draft, bottom, register)
    for title in (columns.DATE, columns.INSPECTORS, columns.SOURCE):
        if title not in header and (value := _above(draft, bottom, title)):
            values[title] = value
    _add(draft, bottom, values)


def _add(draft: Draft, bottom: int, values: dict[str, str]) -> None:
    width = max(map(len, draft.rows[bottom:]), default=0)
    for at, (title, value) in enumerate(values.items(), start=width):
        draft.put(bottom, at, title)
        for row in range(bottom + 1, len(draft.rows)):
            if any(one != "" for one in draft.rows[row][:width]):
                draft.put(row, at, value)


def _above(draft: Draft, bottom: int, title: str) -> str:
    """Return what a line above the header says under a label, on record; "" where none does or two differ."""
    found = {
        (row, match["value"])
        for row, words in said_above(draft, bottom)
        for match in _SAID[title].finditer(words)
    }
    if len({value for _, value in found}) != 1:
        return ""
    row, read = min(found)
    value = read
    if title == columns.DATE:
        proposal = days.day("".join(read.split()), _no_year, _no_year)
        value = proposal.choices[0] if proposal is not None and proposal.choices else ""
    if value:
        draft.note(row, None, (title, read, value), "写在表头上面，每一行都是")
    return value


def _no_year(_month: int, _day: int) -> None:
    return None


def _unit(draft: Draft, bottom: int, register: Register | None) -> dict[str, str]:
    """Return the one unit that a sheet is about."""
    words = [(row, match["value"], "写在表头上面，每一行都是") for row, said in said_above(draft, bottom)
             for match in _SAID[columns.UNIT].finditer(said)]  # fmt: skip
    named = not words
    if named and draft.source.sheet and not _UNNAMED.fullmatch(draft.source.sheet):
        words = [(0, draft.source.sheet, "工作表以单位为名")]
    if len({word for _, word, _ in words}) != 1:
        return {}
    row, word, why = words[0]
    proposal = _proposal(word, why, register, named=named)
    taken = draft.settle(row, None, columns.UNIT, word, proposal)
    return {} if taken is None else {columns.UNIT: taken}


def _proposal(word: str, why: str, register: Register | None, *, named: bool) -> Proposal:
    """Propose a unit; a sheet's name is sure only where the register knows it."""
    if register is None:
        return Proposal((word,), why, sure=not named)
    near = unit_meaning(register).of(word)
    if near is None:
        units = register.named(word)
        return Proposal((units[0].name if len(units) == 1 else word,), why, sure=True)
    return Proposal(near.choices, near.why)


def one_year(years: Sequence[int]) -> days.Years:
    """Return the only year of several sayings, whatever the day."""
    return lambda _month, _day: years[0] if len(years) == 1 else None
