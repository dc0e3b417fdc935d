"""What is wrong with a 问题明细, in words: as the sheets' readers say it wherever they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import duckdb

from scoring import columns
from scoring.bulk.cells import quoted
from scoring.bulk.details.attach import CROWDED, NO_VISIT, TWICE, UNSIZED, WHICH, Attached
from scoring.bulk.details.rows import about
from scoring.columns import OCCURRENCES
from scoring.errors import shortened
from scoring.match.derive import misfit
from scoring.rule.form_field import FormField
from scoring.sheets import cells
from scoring.sheets.attach import MAX_VISITS
from scoring.sheets.cells import CellError
from scoring.sheets.details import how_large, how_many, item_reader

_READERS: Mapping[str, Callable[[Any], object]] = {
    columns.DATE: cells.day,
    columns.NUMBER: cells.ordinal,
    columns.COUNT: how_many,
    columns.SIZE: how_large,
}
_UNLIKE = "和表上这次检查写的不一样", "改成一致"
_OTHERS = {
    NO_VISIT: ("表上没有这个单位那天的这次检查", "改成和表上一致，或在表上加一行；明细自己不算一次检查"),
    WHICH: ("那天查了几次，不知是哪一次", "写明来源、检查人员或第几次"),
    CROWDED: (f"那天的检查多于{MAX_VISITS}次", "核对来源、检查人员和第几次"),
    TWICE: ("有几行一模一样", "删去多出的；确实有几处的，写成一行，数量写几"),
    UNSIZED: ("要看大小才知道算不算", f"写上{columns.SIZE}"),
    about(columns.CODE): ("没填", "每行写上单位编号"),
    about(columns.UNIT): _UNLIKE,
    about(columns.KIND): _UNLIKE,
    about(columns.AREA): _UNLIKE,
}


def of_row(
    name: str, first: Mapping[str, Any], details: Attached, asks: Iterable[str], forms: Mapping[str, FormField],
    connection: duckdb.DuckDBPyConnection,
) -> tuple[str, str]:  # fmt: skip
    """Return what is wrong with the first row of a kind of mistake, and the way out."""
    if name in _OTHERS:
        return _OTHERS[name]
    title = name.removeprefix(f"{OCCURRENCES}的")
    file = next(one for one in details.files if one.name == first["file"])
    place = first["row"] - 1 - file.head
    found = connection.execute(f"SELECT {quoted(title)} FROM ({file.query(place, place)})").fetchone()
    cell = "" if found is None or found[0] is None else str(found[0])
    try:
        word = item_reader(forms)(cell) if title == columns.ITEM else _READERS[title](cell)
    except CellError as error:
        return error.message, error.hint
    if title == columns.ITEM and word not in set(asks):
        return f"检查记录的表没有“{word}”这一栏", "加上这一栏，没另外填数的空着"
    return f"“{shortened(cell)}”的写法不收", "日期写成 2026-06-10 的样子，数字写 3 或 0.5，最多六位小数"


def of_sum(field: FormField, cell: Any, rows: int, total: int) -> tuple[str, str] | None:
    """Return what is wrong with a cell beside the rows of its 问题明细, and the way out; None where nothing is."""
    word = "" if cell is None else str(cell)
    if not word:
        return misfit(field, Decimal(total))
    said = f"表上是“{shortened(word)}”，{OCCURRENCES}有{rows}行，合计{total}"
    sized = f"（{field.counts_if} 的才算）" if field.counts_if else ""
    return f"{said}{sized}", "改成一致；只记明细的，表上这一格留空"
