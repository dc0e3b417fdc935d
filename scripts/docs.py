"""Write what is generated under docs/: the JSON Schema of rule files, the handbook of the shipped standards, and the
source's sentences beside the clauses that check them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scoring.explain import points_note
from scoring.load import read_plain, shipped
from scoring.readback import bonus_sentence, clause_sentence, computed_sentence
from scoring.standard import Standard, rule_file_schema

DOCS = Path(__file__).parent.parent / "docs"


def schema() -> str:
    """Return docs/schema/standard.schema.json."""
    return json.dumps(rule_file_schema(), ensure_ascii=False, indent=1) + "\n"


def handbook() -> str:
    """Return docs/standards.md: every clause of every shipped standard, read back beside its 原文."""
    lines = [
        "# 标准手册",
        "",
        "由规则文件生成（`make docs`），不要手改。分值、严重程度、期限均为拟定，仅供试评。",
    ]
    for standard in shipped():
        lines += _standard(standard)
    return "\n".join(lines) + "\n"


def _standard(standard: Standard) -> Iterator[str]:
    yield f"\n## {standard.name}（{standard.id}）\n"
    full = f"满分 {standard.full} 分，{points_note(standard)}。" if standard.scored else ""
    yield f"{full}适用: {'、'.join(standard.kinds)}。{standard.note}"
    if standard.computed:
        yield "\n由填的算出来的:\n"
        yield from (f"- {computed_sentence(name, card)}" for name, card in standard.computed.items())
    for item in standard.items:
        yield f"\n### {item.name}{f'（{item.full} 分）' if standard.scored else ''}\n"
        yield "| 条款 | 怎么扣 | 原文 | 出处 |\n|---|---|---|---|"
        for clause in item.clauses:
            yield f"| {clause.id} | {clause_sentence(clause, standard)} | {clause.source_text} | {clause.citation} |"
    if standard.bonus is not None:
        yield f"\n### 加分（最高加 {standard.bonus.cap} 分）\n"
        yield "| 条款 | 怎么加 | 原文 | 出处 |\n|---|---|---|---|"
        for bonus in standard.bonus.clauses:
            yield f"| {bonus.id} | {bonus_sentence(bonus, standard)} | {bonus.source_text} | {bonus.citation} |"


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


if __name__ == "__main__":
    (DOCS / "schema" / "standard.schema.json").write_text(schema(), encoding="utf-8")
    (DOCS / "standards.md").write_text(handbook(), encoding="utf-8")
    (DOCS / "source-map.md").write_text(source_map(), encoding="utf-8")
