"""A draw of households: for each group the numbers to visit, and above them how anyone can repeat the draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring import columns
from scoring.analysis.draw.households import HouseholdDraw
from scoring.errors import visible
from scoring.report.book import Sheet, workbook
from scoring.report.csv_file import csv_text
from scoring.report.drawn import drawn as table
from scoring.report.json_file import json_text
from scoring.sheets.draws import SCHEMAS

_TITLES = (columns.CODE, columns.NAME, columns.GROUP, columns.HOUSEHOLDS, columns.SPARE)


def render_households(draw: HouseholdDraw, kind: str) -> str | bytes:
    """Return a draw as table, csv, xlsx (the only bytes) or json; raise ValueError for another format."""
    match kind:
        case "table":
            return _text(draw)
        case "csv":
            return _csv(draw)
        case "xlsx":
            return _xlsx(draw)
        case "json":
            return _json(draw)
    raise ValueError(kind)


def how_to_repeat(draw: HouseholdDraw) -> tuple[tuple[str, str], ...]:
    """Return what a notice must print for anyone to repeat the draw, each line as a title and what it says."""
    lines = (
        (columns.HOUSEHOLD_DRAW, f"第{draw.number}次"),
        (columns.SEED, draw.seed),
        (columns.REGISTER_SHEET, f"{draw.size}个单位（{'、'.join(draw.kinds)}），指纹 {draw.fingerprint}"),
        ("抽多少", f"每个单位抽{draw.per_unit}组，每组抽{draw.per_group}户，另备{draw.spare}户；没有这个户号的用备用的依次替补"),
        ("办法", "组按 SHA-256（种子、换行、单位编号、换行、N组，UTF-8）从小到大排，户再接上 换行、M户；没抽到过的先抽，都抽过一遍再从头来"),
        ("户号", "每组从 1 编到 户数 ÷ 组数（有零头的进一）"),
        ("复核", "用同一份名册、同一个种子和以前各次的结果再抽，结果一样"),
    )  # fmt: skip
    return tuple((title, visible(text)) for title, text in lines)


def _text(draw: HouseholdDraw) -> str:
    """Return a draw to read: how to repeat it, then a line for every group."""
    lines = [f"{title}: {text}" for title, text in how_to_repeat(draw)]
    return "\n".join([*lines, "", table(_TITLES, list(_rows(draw))), ""])


def _csv(draw: HouseholdDraw) -> str:
    """Return the groups as CSV."""
    return csv_text([*how_to_repeat(draw), (), _TITLES, *_rows(draw)])


def _xlsx(draw: HouseholdDraw) -> bytes:
    """Return the groups as a workbook."""
    return workbook(
        columns.HOUSEHOLD_DRAW, [Sheet(columns.HOUSEHOLD_DRAW, how_to_repeat(draw), _TITLES, _rows(draw))]
    )


def _rows(draw: HouseholdDraw) -> Iterator[Sequence[str]]:
    for one in draw.groups:
        houses, spare = ("、".join(map(str, some)) for some in (one.households, one.spare))
        yield visible(one.unit.id), visible(one.unit.name), str(one.group), houses, spare


def _json(draw: HouseholdDraw) -> str:
    """Return a draw as one JSON document."""
    document = {
        "schema": SCHEMAS[columns.HOUSEHOLD_DRAW],
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
        "repeat": [f"{title}: {text}" for title, text in how_to_repeat(draw)],
    }
    return json_text(document)
