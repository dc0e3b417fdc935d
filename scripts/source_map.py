"""docs/source-map.md: every sentence of the source beside the clauses that check it, from docs/source-map.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scoring.load.rules import read_plain, shipped

DOCS = Path(__file__).parent.parent / "docs"


def source_map() -> str:
    """Return docs/source-map.md: every sentence of the source, in its order, with its clauses or why there is none."""
    data = read_plain(DOCS / "source-map.yaml")
    places: Mapping[str, Sequence[Mapping[str, Any]]] = data["对照"]
    names = _clause_names()
    checked = [bool(one.get("条款")) for sentences in places.values() for one in sentences]
    lines = [
        "# 原文对照",
        "",
        "由 [source-map.yaml](source-map.yaml) 生成（`make docs`），不要手改。",
        f"{data['文件']}里每一句由哪几条查，或者为什么不查；条款怎么扣，见[标准手册](standards.md)。",
        f"共 {len(checked)} 句: {sum(checked)} 句有条款查，{len(checked) - sum(checked)} 句不查，写了理由。",
        "开头、各部分的标题和“五、存在的问题和建议”没有要求，不列。",
    ]
    for place, sentences in places.items():
        lines += [f"\n## {place}\n", "| 原文 | 由哪几条查 |", "|---|---|"]
        lines += [f"| {one['句']} | {_checked_by(one, names)} |" for one in sentences]
    return "\n".join(lines) + "\n"


def _clause_names() -> Mapping[str, str]:
    """Return the name of every shipped clause, 加分 included, by 编号."""
    bonuses = (card for one in shipped() if one.bonus is not None for card in one.bonus.clauses)
    return {card.id: card.name for card in (*(card for one in shipped() for card in one.clauses), *bonuses)}


def _checked_by(sentence: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if "不查" in sentence:
        return f"不查: {sentence['不查']}"
    return "、".join(f"{id} {names[id]}" for id in sentence["条款"])
