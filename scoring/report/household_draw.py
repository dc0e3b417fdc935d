"""A draw of households: for each group the numbers to visit, and above them how anyone can repeat the draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scoring import columns
from scoring.analysis.draw.households import HouseholdDraw
from scoring.errors import visible
from scoring.report.drawn import drawn as table
from scoring.report.lot import REPEAT, Lot, printable

_TITLES = (columns.CODE, columns.NAME, columns.GROUP, columns.HOUSEHOLDS, columns.SPARE)


def render_households(draw: HouseholdDraw, kind: str) -> str | bytes:
    """Return a draw as table, csv, xlsx (the only bytes) or json; raise ValueError for another format."""
    how, rows = how_to_repeat(draw), list(_rows(draw))
    return Lot(columns.HOUSEHOLD_DRAW, how, _TITLES, rows, _tables(rows), _document(draw)).render(kind)


def _tables(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield table(_TITLES, rows)


def how_to_repeat(draw: HouseholdDraw) -> tuple[tuple[str, str], ...]:
    """Return what a notice must print for anyone to repeat the draw, each line as a title and what it says."""
    lines = (
        (columns.HOUSEHOLD_DRAW, f"第{draw.number}次"),
        (columns.SEED, draw.seed),
        (columns.REGISTER_SHEET, f"{draw.size}个单位（{'、'.join(draw.kinds)}），指纹 {draw.fingerprint}"),
        ("抽多少", f"每个单位抽{draw.per_unit}组，每组抽{draw.per_group}户，另备{draw.spare}户；没有这个户号的用备用的依次替补"),
        ("办法", "组按 SHA-256（种子、换行、单位编号、换行、N组，UTF-8）从小到大排，户再接上 换行、M户；没抽到过的先抽，都抽过一遍再从头来"),
        ("户号", "每组从 1 编到 户数 ÷ 组数（有零头的进一）"),
        REPEAT,
    )  # fmt: skip
    return printable(lines)


def _rows(draw: HouseholdDraw) -> Iterator[Sequence[str]]:
    for one in draw.groups:
        houses, spare = ("、".join(map(str, some)) for some in (one.households, one.spare))
        yield visible(one.unit.id), visible(one.unit.name), str(one.group), houses, spare


def _document(draw: HouseholdDraw) -> dict[str, Any]:
    return {
        "number": draw.number,
        "seed": draw.seed,
        "register": {"units": draw.size, "kinds": list(draw.kinds), "fingerprint": draw.fingerprint},
        "groups_per_unit": draw.per_unit,
        "households_per_group": draw.per_group,
        "spare": draw.spare,
        "drawn": [
            {
                "unit": {"id": one.unit.id, "name": one.unit.name},
                "group": one.group,
                "households": list(one.households),
                "spare": list(one.spare),
            }
            for one in draw.groups
        ],
    }
