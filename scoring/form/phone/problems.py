"""The 问题明细 on a phone: one round of questions for each problem found."""

from __future__ import annotations

from collections.abc import Iterator

from scoring import columns
from scoring.form.phone.asked import Asked, Row
from scoring.questions import PROBLEMS

_PHOTO = "max-pixels=1600"


def problem_rows(asked: Asked) -> Iterator[Row]:
    """Yield the repeat, nothing where the standards count nothing."""
    names = asked.counted
    if not names:
        return
    yield {"type": "begin repeat", "name": PROBLEMS, "label": columns.OCCURRENCES, "appearance": "field-list"}
    apart = any(set(asked.concerned[name]) != set(asked.kinds) for name in names)
    chosen = {"choice_filter": 'contains(kinds, concat("|", ${kind}, "|"))'} if apart else {}
    yield {
        "type": "select_one items",
        "name": "item",
        "label": columns.ITEM,
        "appearance": "minimal",
        **chosen,
    }
    yield {"type": "text", "name": "place", "label": columns.PLACE_SUFFIX, "hint": "写在哪里，如 小学门口"}
    yield {
        "type": "integer", "name": "count", "label": columns.COUNT, "hint": "一处的可不写", "constraint": ". >= 1",
        "constraint_message": "写 1 以上的整数；没有问题的，删去这一处",
    }  # fmt: skip
    sized = [name for name in names if asked.fields[name].counts_if]
    if sized:
        yield {
            "type": "decimal", "name": "size", "label": columns.SIZE, "hint": "只写数字，如 0.6",
            "relevant": " or ".join(f'${{item}} = "{name}"' for name in sized), "constraint": ". >= 0",
            "constraint_message": "不能小于 0",
        }  # fmt: skip
    yield {"type": "image", "name": "photo", "label": columns.PHOTO, "parameters": _PHOTO}
    yield {"type": "geopoint", "name": "position", "label": columns.POSITION, "hint": "可不填"}
    yield {"type": "text", "name": "note", "label": columns.NOTE}
    yield {"type": "end repeat"}
