"""The 40 conditions and the records they are asked of, the same for every engine."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

COUNTS, FLAGS, CHOICES = 25, 10, 5
Record = dict[str, Any]
Records = Sequence[Record]
# A run asks every record and returns how many conditions held.
Run = Callable[[], int]
NAMES = (
    *(f"数{i}" for i in range(COUNTS)),
    *(f"否{i}" for i in range(FLAGS)),
    *(f"选{i}" for i in range(CHOICES)),
)
_LETTERS = str.maketrans("数否选", "nfc")
# The same under ASCII names, for engines that take no others: (name, sign, value).
CONDITIONS: tuple[tuple[str, str, Any], ...] = tuple(
    (name.translate(_LETTERS), *{"数": (">", 0), "否": ("==", "是"), "选": ("!=", "好")}[name[0]])
    for name in NAMES
)


def standard_text() -> str:
    """Return a standard of 40 clauses in eight items: 25 per occurrence and capped, 10 flat, 5 by option."""
    form = [f"  数{i}: {{填: 数量, 单位: 处}}" for i in range(COUNTS)]
    form += [f"  否{i}: {{填: 是否}}" for i in range(FLAGS)]
    form += [f"  选{i}: {{填: 选项, 选项: [好, 中, 差]}}" for i in range(CHOICES)]
    priced = [(f"数{i} > 0", "{每处: 1, 最高扣: 5}") for i in range(COUNTS)]
    priced += [(f"否{i} = 是", "3") for i in range(FLAGS)] + [
        (f"选{i} ≠ 好", "{中: 1, 差: 2}") for i in range(CHOICES)
    ]
    lines = [
        "标准: 测速",
        "编号: T",
        "依据: 测速",
        "分值来源: 拟定",
        "适用: [行政村]",
        "施行: 2022-01-01",
        "等次: {合格: 60, 不合格: 0}",
        "登记表:",
        *form,
        "项目:",
    ]
    for number, (when, price) in enumerate(priced):
        if number % 5 == 0:
            lines += [f"- 名称: 项{number // 5}", "  满分: 20", "  条款:"]
        lines.append(
            f"  - {{编号: T-{number + 1:02d}, 名称: 条{number}, 原文: 测, 出处: 测, 扣分情形: {when}, 扣分: {price}, "
            "严重程度: 一般, 整改: {要求: 改, 期限: 3天, 责任人: 村主任}, 算例: [{扣: 未查}]}"
        )
    return "\n".join(lines)


def records(number: int) -> list[Record]:
    """Return seeded records with about 1.3 faults each."""
    draw = random.Random(11)
    likely = {"数": [0] * 30 + [1], "否": ["否"] * 30 + ["是"], "选": ["好"] * 30 + ["中", "差"]}
    return [{name: draw.choice(likely[name[0]]) for name in NAMES} for _ in range(number)]


def in_ascii(drawn: Records) -> list[Record]:
    """Return the records under ASCII names."""
    return [{name.translate(_LETTERS): value for name, value in one.items()} for one in drawn]


def written() -> list[str]:
    """Return the conditions as most languages write them."""
    return [f"{name} {sign} {json.dumps(value, ensure_ascii=False)}" for name, sign, value in CONDITIONS]


def by_hand(drawn: Records) -> Run:
    """Return the comparisons alone, in a plain loop: what any engine must find."""
    counts, flags, choices = NAMES[:COUNTS], NAMES[COUNTS : COUNTS + FLAGS], NAMES[COUNTS + FLAGS :]

    def run() -> int:
        found = 0
        for one in drawn:
            found += sum([one[name] > 0 for name in counts])
            found += sum([one[name] == "是" for name in flags])
            found += sum([one[name] != "好" for name in choices])
        return found

    return run
