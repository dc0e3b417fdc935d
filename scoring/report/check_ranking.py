"""What the check of a published ranking found, as text to read and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from scoring.analysis.ranking.check import RankingCheck
from scoring.errors import visible
from scoring.report.drawn import drawn
from scoring.report.json_file import json_text

SCHEMA = "chuangwei/check-ranking/1"
_COLUMNS = ("位置", "单位", "核什么", "表上写", "应该怎样", "为什么")


def check_text(found: Sequence[RankingCheck], notes: Sequence[str]) -> str:
    """Return what was found table by table: what it was checked for, by which rule, and every contradiction.

    ``notes`` are of the file as a whole.
    """
    parts = ["\n".join(_table(one)) for one in found]
    return "\n\n".join([*parts, *("\n".join(_noted(some)) for some in [notes] if some)]) + "\n"


def _table(one: RankingCheck) -> Iterator[str]:
    verdict = "没有发现问题" if one.consistent else f"有 {len(one.faults)} 处不对"
    yield visible(f"{one.name}: {one.units} 个单位，{verdict}。核了{'、'.join(one.looked_at)}")
    yield from (visible(f"  {rule}") for rule in one.rules)
    if one.faults:
        rows = [
            (each.place, each.unit, each.kind, each.printed or "空", each.right, each.message)
            for each in one.faults
        ]
        yield drawn(_COLUMNS, rows)
    yield from _noted(one.notes)


def _noted(notes: Sequence[str]) -> Iterator[str]:
    yield from (visible(f"提示: {note}") for note in notes)


def check_json(found: Sequence[RankingCheck], notes: Sequence[str]) -> str:
    """Return what was found as one JSON document."""
    tables: list[dict[str, Any]] = [
        {
            "name": one.name,
            "units": one.units,
            "consistent": one.consistent,
            "looked_at": list(one.looked_at),
            "ties": one.ties,
            "rules": list(one.rules),
            "faults": [asdict(each) for each in one.faults],
            "notes": list(one.notes),
        }
        for one in found
    ]
    document = {
        "schema": SCHEMA,
        "consistent": all(one.consistent for one in found),
        "tables": tables,
        "notes": list(notes),
    }
    return json_text(document)
