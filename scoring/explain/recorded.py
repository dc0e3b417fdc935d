"""A visit as it was recorded, answer by answer; rows of the 问题明细 by the numbers by which a 更正 names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scoring.inspection import BLANK, Inspection
from scoring.rule.form_field import FormField
from scoring.sheets.corrected import row_line, rows_of, written


def recorded_lines(visit: Inspection, fields: Mapping[str, FormField]) -> Iterator[str]:
    """Yield each 检查项 that the visit's sheet asked and its round's standards know."""
    for name in (one for one in fields if one in visit.columns):
        asked, answer, rows = fields[name], visit.answers.get(name, BLANK), rows_of(visit, name)
        shown = "见明细" if rows and answer == BLANK else written(answer, asked)
        places = "" if rows else "、".join(visit.places.get(name, ()))
        yield f"  {name}: {shown}" + (f"（{places}）" if places else "")
        for number, row in enumerate(rows, start=1):
            yield f"    {row_line(number, row, asked)}"
