"""A draw of units: the list of the drawn, and above it what a notice must print for anyone to repeat the draw.

The list has the columns of a register, so that forms can be printed and households drawn from it as it stands; with what
stands above it, it is also what the next draw is given as an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scoring import columns
from scoring.analysis.draw.units import ALL, Drawn, Quota
from scoring.errors import visible
from scoring.points import plain
from scoring.report.drawn import drawn as table
from scoring.report.lot import REPEAT, Lot, printable
from scoring.sheets.register import register_rows

_ALWAYS = (columns.CODE, columns.NAME, columns.KIND)


def render_draw(draw: Drawn, kind: str) -> str | bytes:
    """Return a draw as table, csv, xlsx (the only bytes) or json; raise ValueError for another format."""
    titles, *rows = _register(draw)
    return Lot(columns.DRAW, how_to_repeat(draw), titles, rows, _tables(draw), _document(draw)).render(kind)


def how_to_repeat(draw: Drawn) -> tuple[tuple[str, str], ...]:
    """Return what a notice must print for anyone to repeat the draw, each line as a title and what it says."""
    own = "".join(f"；{name}: {quota.text}" for name, quota in sorted(draw.quotas.items()))
    again = "、".join(stratum.name for stratum in draw.strata if stratum.again)
    lines = (
        (columns.DRAW, f"第{draw.number}次"),
        (columns.SEED, draw.seed),
        (columns.REGISTER_SHEET, f"{draw.size}个单位（{'、'.join(draw.kinds)}），指纹 {draw.fingerprint}"),
        ("分层", f"按{'、'.join(draw.by) or ALL}分层，每层{draw.quota.text}{own}"),
        (
            "办法",
            "每层按 SHA-256（种子、换行、单位编号，UTF-8）从小到大排，从头抽起；同层没抽到过的先抽，都抽过一遍再从头来",
        ),
        REPEAT,
        *([("从头", f"{again}已抽过一遍，这次又从头抽起")] if again else []),
    )
    return printable(lines)


def _tables(draw: Drawn) -> Iterator[str]:
    """Yield the draw to read: how many of each stratum, and the drawn in their order."""
    strata = [
        (one.name, str(one.size), str(len(one.drawn)), str(one.rest) if one.rest else "都抽过了")
        for one in draw.strata
    ]
    yield table(("层", "共", "抽中", "还没抽到过"), strata)
    listed = [
        (one.name, str(place), unit.id, unit.name, unit.kind, unit.area)
        for one in draw.strata
        for place, unit in enumerate(one.drawn, start=1)
    ]
    yield table(("层", "次序", columns.CODE, columns.NAME, columns.KIND, columns.AREA), listed)


def _register(draw: Drawn) -> Iterator[Sequence[str]]:
    """Yield the drawn as rows of a register, the header first, without the columns that hold nothing."""
    titles, *rows = register_rows(draw.units)
    held = [at for at, title in enumerate(titles) if title in _ALWAYS or any(row[at] for row in rows)]
    yield from ([visible(row[at]) for at in held] for row in (titles, *rows))


def _document(draw: Drawn) -> dict[str, Any]:
    return {
        "number": draw.number,
        "seed": draw.seed,
        "register": {"units": draw.size, "kinds": list(draw.kinds), "fingerprint": draw.fingerprint},
        "by": list(draw.by),
        "quota": _quota(draw.quota),
        "quotas": {name: _quota(quota) for name, quota in sorted(draw.quotas.items())},
        "strata": [
            {
                "name": one.name,
                "size": one.size,
                "drawn": len(one.drawn),
                "rest": one.rest,
                "again": one.again,
            }
            for one in draw.strata
        ],
        "drawn": [
            {
                "stratum": one.name,
                "unit": {"id": unit.id, "name": unit.name, "kind": unit.kind, "area": unit.area},
            }
            for one in draw.strata
            for unit in one.drawn
        ],
    }


def _quota(quota: Quota) -> dict[str, Any]:
    share = None if quota.share is None else plain(quota.share)
    return {"share": share, "number": quota.number, "least": quota.least}
