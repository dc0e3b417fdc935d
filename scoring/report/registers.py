"""What the 登记簿 hold and add up to, for a terminal and as JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from scoring.errors import visible
from scoring.registers.days import LogDays, Sweeps
from scoring.registers.entry import Entry
from scoring.registers.totals import Total, Totals
from scoring.report.drawn import drawn

SCHEMA = "chuangwei/log/0"
_SHOWN = 10


def entry_line(one: Entry) -> str:
    """Write what an entry says besides its day, on one line."""
    return "；".join(f"{column.title} {said}{column.unit}" for column, said in one.spoken())


def entry_document(one: Entry) -> dict[str, Any]:
    """Return an entry as JSON says it: counts as numbers, 是否 as true or false, names as a list."""
    values = {title: list(said) if isinstance(said, tuple) else said for title, said in one.values.items()}
    return {"kind": one.kind.name, "date": one.date.isoformat(), "values": values}


def totals_text(found: Totals) -> str:
    """Write the totals as tables."""
    rows = [[one.words, _count(one), one.source] for one in found.counts]
    parts = [
        f"{found.first} 至 {found.last} 合计\n" + drawn(("项目", "数", "出自"), rows),
        _log_text(found.log),
        _sweeps_text(found.sweeps),
    ]
    return "\n\n".join(parts) + "\n"


def _count(one: Total) -> str:
    more = f"（另有{one.unsaid}条没写）" if one.unsaid else ""
    return f"{one.count}{one.unit}{more}"


def _log_text(log: LogDays) -> str:
    text = f"督查日志: 应记{log.expected}天，已记{log.kept}天"
    if not log.gaps:
        return text
    days = "、".join(map(str, log.gaps[:_SHOWN]))
    return f"{text}，缺{len(log.gaps)}天: {days}{'……' if len(log.gaps) > _SHOWN else ''}"


def _sweeps_text(sweeps: Sequence[Sweeps]) -> str:
    whole, *units = sweeps
    text = f"大扫除: 应扫{whole.expected}周，扫了{whole.held}周，领导带头{whole.led}周"
    if not units:
        return text
    rows = [[visible(one.unit), *map(str, (one.expected, one.held, one.led))] for one in units]
    return f"{text}\n" + drawn(("单位", "应扫周数", "已扫周数", "领导带头周数"), rows)


def totals_json(found: Totals) -> str:
    """Return the totals as JSON."""
    whole, *units = found.sweeps
    document = {
        "schema": SCHEMA,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "totals": [
            {"name": one.name, "words": one.words, "count": one.count, "unit": one.unit, "source": one.source,
             "unsaid": one.unsaid}
            for one in found.counts
        ],
        "log": {"expected": found.log.expected, "kept": found.log.kept, "gaps": _days(found.log.gaps)},
        "sweeps": {**_weeks(whole), "units": [{"unit": one.unit, **_weeks(one)} for one in units]},
        "doubts": list(found.doubts),
    }  # fmt: skip
    return dumped(document)


def dumped(document: object) -> str:
    """Return a document as JSON text."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _weeks(one: Sweeps) -> dict[str, int]:
    return {"expected": one.expected, "held": one.held, "led": one.led}


def _days(days: Sequence[dt.date]) -> list[str]:
    return [day.isoformat() for day in days]
