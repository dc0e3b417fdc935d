"""Names of units and 编号: near ones are proposed, never sure; a code written as a number is."""

from __future__ import annotations

import re
from decimal import Decimal

from scoring.columns import folded
from scoring.errors import shortened
from scoring.inspection import Unit
from scoring.sheets import cells
from scoring.sheets.cells import CellError
from scoring.sheets.mend.repair import Proposal
from scoring.sheets.register import Register
from scoring.sheets.table import Cell

_OFFICE = re.compile(r"(?:村民委员会|居民委员会|村民?委会|居委会|委员会|行政村|自然村|社区|村)$")
_FLOAT = re.compile(r"([0-9]{4,18})\.0+")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]{1,14})?[eE]\+?[0-9]{1,2}")


def known_unit(cell: Cell, register: Register) -> tuple[Unit, ...]:
    """Return the units a name means; raise CellError where it means none."""
    found = register.named(cells.text(cell))
    if not found:
        raise CellError(*register.unknown(cells.text(cell)))
    return found


def unit(cell: Cell, register: Register) -> Proposal | None:
    """Propose which unit a name means: with or without 村 or 村委会 the one there is, else those most like it."""
    word = folded(cells.text(cell))
    stem = _OFFICE.sub("", word)
    ends = ("", "村", "社区", "村委会")
    same = {one.id: one for end in ends for one in register.named(stem + end)} if stem else {}
    if len(same) == 1:
        return Proposal((next(iter(same.values())).name,), "名册里只有它的名称相同")
    near = register.near(word)
    names = [one.name for one in near if len(register.named(one.name)) == 1]
    return Proposal(tuple(names), "名称相近") if names else None


def known_code(cell: Cell, register: Register | None) -> str:
    """Return a code; raise CellError for one that the register does not know or that was written as a number."""
    word = cells.text(cell)
    if _FLOAT.fullmatch(word) or (register is not None and not register.coded(word)):
        raise CellError(f"名册里没有编号“{shortened(word)}”", "改成名册里的编号")
    return word


def code(cell: Cell, register: Register | None) -> Proposal | None:
    """Propose which code a cell means: 340123101001.0, 3.40123101001E+11, with a stray quote mark or blanks."""
    word = cells.plain(cell)
    if found := _FLOAT.fullmatch(word):
        return Proposal((found[1],), "编号存成了小数", sure=True)
    if _EXPONENT.fullmatch(word):
        whole = f"{Decimal(word):f}"
        known = register is not None and bool(register.coded(whole))
        return Proposal((whole,), "编号存成了科学记数", sure=known) if known else None
    bare = "".join(word.strip("'’‘`\"").split())
    return Proposal((bare,), "多了引号或空格", sure=True) if bare and bare != word else None
