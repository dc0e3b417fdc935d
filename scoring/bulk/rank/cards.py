"""The cards that are ranked: those of a run, or none where a round has no visits of its own."""

from __future__ import annotations

import json
from pathlib import Path

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.rank.lines import VETO_GRADE
from scoring.bulk.record import NAME

_TYPES = {
    **dict.fromkeys((columns.CODE, columns.KIND, "标准", columns.SOURCE, columns.INSPECTORS), "VARCHAR"),
    columns.DATE: "DATE", columns.NUMBER: "SMALLINT", **dict.fromkeys(("最低", "最高", "查到"), "DECIMAL(18, 2)"),
    "一票否决": "VARCHAR", VETO_GRADE: "VARCHAR",
}  # fmt: skip
NO_CARDS = (
    f"SELECT {', '.join(f'NULL::{kind} AS {quoted(name)}' for name, kind in _TYPES.items())} WHERE FALSE"
)


def cards(folder: Path) -> str:
    """Return the query of a run's cards, each with the grade that its standard says a veto brings."""
    record = json.loads((folder / NAME).read_text("utf-8"))
    told = "".join(
        f" WHEN {int(one['version'])} THEN {literal(one['veto_grade'])}"
        for one in record["standards"]
        if one["veto_grade"]
    )
    grade = f'CASE "版本"{told} END' if told else "NULL"
    source = literal(str(folder / "cards" / "*.parquet"))
    return f'SELECT *, {grade} AS "{VETO_GRADE}" FROM read_parquet({source})'
