"""Write what is generated under docs/: the JSON Schema of rule files, the handbook of the shipped standards, the doubts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from scoring.explain import points_note
from scoring.load import shipped
from scoring.readback import clause_sentence
from scoring.standard import Standard, rule_file_schema
from scripts.doubts import doubts_page

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
    yield f"满分 {standard.full} 分，{points_note(standard)}。适用: {'、'.join(standard.kinds)}。{standard.note}"
    for item in standard.items:
        yield f"\n### {item.name}（{item.full} 分）\n"
        yield "| 条款 | 怎么扣 | 原文 | 出处 |\n|---|---|---|---|"
        for clause in item.clauses:
            yield f"| {clause.id} | {clause_sentence(clause, standard)} | {clause.source_text} | {clause.citation} |"


if __name__ == "__main__":
    (DOCS / "schema" / "standard.schema.json").write_text(schema(), encoding="utf-8")
    (DOCS / "standards.md").write_text(handbook(), encoding="utf-8")
    (DOCS / "guide" / "doubts.md").write_text(doubts_page(), encoding="utf-8")
