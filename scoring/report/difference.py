"""A comparison of two standards as text to read and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from scoring.diff.change import Change, Part
from scoring.diff.replay import MODEL, Came, Replayed
from scoring.diff.standards import Diff
from scoring.errors import visible
from scoring.points import plain
from scoring.rule.standard import Standard

SCHEMA = "chuangwei/diff/0"
MOST_CASES = 10


def diff_text(found: Diff, again: Replayed | None = None) -> str:
    """Return a comparison as one sentence a line, the last of which names the clauses concerned."""
    lines = [f"{_title(found.old)} → {_title(found.new)}", *_changes(found)]
    if again is not None:
        lines += _sheets(again)
    lines.append(f"影响条款: {'、'.join(found.affected) or '无'}")
    return "\n".join(map(visible, lines)) + "\n"


def _title(standard: Standard) -> str:
    return f"{standard.name}（{standard.id}，{standard.starts} 施行）"


def _changes(found: Diff) -> Iterator[str]:
    if not found.changes:
        yield "没有不同"
    names = {one.id: one.name for standard in (found.old, found.new) for one in standard.clauses}
    if found.new.bonus or found.old.bonus:
        cards = [one for each in (found.old, found.new) if each.bonus for one in each.bonus.clauses]
        names |= {one.id: one.name for one in cards}
    for part, changes in groupby(found.changes, lambda one: one.part):
        yield part
        yield from (f"  {_about(one, names)}{one.text}" for one in changes)


def _about(one: Change, names: Mapping[str, str]) -> str:
    """Return the words before a change's sentence: what it is about, unless the sentence says so itself."""
    if not one.name or (one.part is Part.ITEM and not one.key):
        return ""
    if one.part in (Part.CLAUSE, Part.BONUS):
        return (
            f"{one.name}: "
            if one.text.startswith(("新增", "删去")) and not one.key
            else f"{one.name} {names[one.name]}: "
        )
    return f"“{one.name}”: "


def _sheets(again: Replayed) -> Iterator[str]:
    model, *cases = again.replays
    yield "旧标准的样板和情形"
    yield f"  {MODEL}: 旧标准{_said(model.old)}，新标准{_said(model.new)}"
    moved = [one for one in cases if one.moved]
    yield f"  {len(cases)}个情形，{len(moved)}个结果不同"
    yield from (f"  {one.name}: 旧标准{_said(one.old)}，新标准{_said(one.new)}" for one in moved[:MOST_CASES])
    if len(moved) > MOST_CASES:
        yield f"  其余{len(moved) - MOST_CASES}个没有列出，加 --format json 看全部"
    if again.unanswered:
        yield f"  新标准多问的按未查: {'、'.join(again.unanswered)}"
    if again.unasked:
        yield f"  新标准不问的: {'、'.join(again.unasked)}"


def _said(came: Came) -> str:
    if came.low is None or came.high is None:
        return "评不出分"
    points = plain(came.low) if came.low == came.high else f"{plain(came.low)}～{plain(came.high)}"
    return f"得{points}分（{came.grade or '等次未定'}）"


def diff_json(found: Diff, again: Replayed | None = None) -> str:
    """Return a comparison as a JSON document, the same for the same two standards."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "old": _head(found.old),
        "new": _head(found.new),
        "changes": [
            {"part": one.part, "name": one.name, "kind": one.kind, "key": one.key, "text": one.text}
            for one in found.changes
        ],
        "affected": list(found.affected),
    }
    if again is not None:
        document |= {
            "sheets": [
                {"name": one.name, "old": _came(one.old), "new": _came(one.new)} for one in again.replays
            ],
            "unasked": list(again.unasked),
            "unanswered": list(again.unanswered),
        }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _head(standard: Standard) -> dict[str, str]:
    return {
        "id": standard.id,
        "title": standard.name,
        "in_force": standard.starts.isoformat(),
        "sha256": standard.sha256,
    }


def _came(came: Came) -> dict[str, str | None]:
    return {"low": _points(came.low), "high": _points(came.high), "grade": came.grade}


def _points(points: Decimal | None) -> str | None:
    return None if points is None else f"{points:.2f}"
