"""Visits outside the days that are asked for: their units stay 未评, as with any other mistake in a row."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from scoring.errors import Problem, in_order
from scoring.inspection import Inspection
from scoring.sheets.read import Reading


def within(reading: Reading, first: dt.date, last: dt.date) -> Reading:
    """Return a reading without the units of which a visit lies before the first day or after the last, and why."""
    outside = [one for one in reading.inspections if not first <= one.date <= last]
    if not outside:
        return reading
    left = {one.unit.id: one.unit for one in outside}
    return replace(
        reading,
        inspections=tuple(one for one in reading.inspections if one.unit.id not in left),
        problems=in_order([*reading.problems, *(_outside(one, first, last) for one in outside)]),
        unscored=(*reading.unscored, *(left[id] for id in sorted(left))),
    )


def _outside(one: Inspection, first: dt.date, last: dt.date) -> Problem:
    message = f"检查日期 {one.date} 不在本轮（{first} 至 {last}），这个单位先不评"
    return one.origin.problem(one.unit, message, "改日期，或把这一次导入到另一轮")
