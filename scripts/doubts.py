"""docs/guide/doubts.md: the table of doubts, each with an example from tests/doubts.md and what is said of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from scoring.errors import Problem
from scoring.lint import CODES, Doubt, lint
from scoring.load.rules import read_standard
from scoring.load.strict_yaml import read_yaml
from scoring.rule.casefile import Case, CaseFile, Expected
from scoring.rule.standard import Standard

EXAMPLES = Path(__file__).parent.parent / "tests" / "doubts.md"
_HEAD = {
    "标准": "试验",
    "编号": "T",
    "依据": "试验办法",
    "分值来源": "拟定",
    "适用": ["行政村"],
    "施行": "2026-01-01",
    "等次": {"优秀": 90, "合格": 60, "不合格": 0},
}
_CARD = {
    "原文": "试验",
    "出处": "试验",
    "严重程度": "一般",
    "整改": {"要求": "马上改", "期限": "3天", "责任人": "村主任"},
}

_REST = "弄虚作假"
_ACCEPTING = """\
登记表:
  公厕不洁座数: {填: 数量, 单位: 座, 最大: 5}
条款:
- 扣分情形: 公厕不洁座数 > 0
  扣分: {每座: 2, 最高扣: 20}
  接受疑点: {疑05: 明年再建5座}
  算例:
  - {公厕不洁座数: 0, 扣: 0}
  - {公厕不洁座数: 5, 扣: 10}
"""


@dataclass(frozen=True)
class Example:
    """One faulty standard, or several used together, as a section of ``tests/doubts.md`` writes them.

    ``tried`` names the clauses that its cases find failed: all where it is empty, "没有" for a standard without cases.
    """

    name: str
    text: str

    @property
    def fragments(self) -> tuple[str, ...]:
        """Return the pieces of rule files."""
        return tuple(re.findall(r"```yaml\n(.*?)```", self.text, re.DOTALL))

    @property
    def tried(self) -> str:
        """Return what stands after 情形."""
        found = re.search(r"^情形(?:里查出的)?: (.+)$", self.text, re.MULTILINE)
        return found[1] if found else ""

    def whole(self) -> list[tuple[Standard, CaseFile | None]]:
        """Return the standards, what the pieces leave out filled in, with their cases."""
        standards = [read_standard(doubtless(fragment), "例.yaml") for fragment in self.fragments]
        return [(one, _cases(one, self.tried)) for one in standards]

    def doubts(self) -> tuple[Doubt, ...]:
        """Return what the lint says of the standards."""
        return tuple(one for found in lint(self.whole()) for one in found.doubts)

    def said(self) -> list[str]:
        """Return the doubts as they are told, without file and line."""
        return [
            str(Problem("", 0, 0, one.where, f"{one.code} {one.message}", one.hint)) for one in self.doubts()
        ]


def examples(path: Path = EXAMPLES) -> dict[str, Example]:
    """Return every example by its heading, in the order of the file."""
    sections = re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    found = [
        Example(name.strip(), text.strip()) for name, _, text in (one.partition("\n") for one in sections)
    ]
    return {one.name: one for one in found}


def doubtless(fragment: str) -> str:
    """Return a rule file, itself without doubts, that has a fragment's keys in it.

    A 满分 is that of one item, and a second item makes up the hundred; without one a clause takes what is left.
    """
    written = read_yaml(fragment, "例.yaml").data
    assert isinstance(written, dict)
    parts: dict[str, Any] = {**_HEAD, **written}
    id, full, cards = parts["编号"], parts.pop("满分", None), parts.pop("条款", [])
    name = f"{id}{_REST}"
    form = {**parts.pop("登记表", {})}
    if full is None:
        items = [_item("村容", 100, [*cards, _rest(name, 100)])]
    elif 0 < full < 100:
        items = [_item("村容", full, cards), _item("其余", 100 - full, [_rest(name, 100 - full)])]
    else:
        items = [_item("村容", full, cards)]
    if full is None or 0 < full < 100:
        form[name] = {"填": "是否"}
    for number, card in enumerate((card for item in items for card in item["条款"]), start=1):
        for key, value in {"编号": f"{id}-{number:02d}", "名称": f"第{number}条", **_CARD}.items():
            card.setdefault(key, value)
    return _flow({**parts, "登记表": form, "项目": items})


def _item(name: str, full: Any, cards: list[Any]) -> dict[str, Any]:
    return {"名称": name, "满分": full, "条款": cards}


def _rest(name: str, full: Any) -> dict[str, Any]:
    """Return a clause that takes what is left of an item."""
    examples = [{name: "否", "扣": 0}, {name: "是", "扣": full}]
    return {"名称": name, "扣分情形": f"{name} = 是", "扣分": "本项不得分", "算例": examples}


def _flow(data: Any) -> str:
    """Write plain data as YAML on one line."""
    if isinstance(data, Mapping):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_flow(one)}" for key, one in data.items())
            + "}"
        )
    if isinstance(data, list):
        return "[" + ", ".join(map(_flow, data)) + "]"
    return str(data) if isinstance(data, int | Decimal) else json.dumps(data, ensure_ascii=False)


def _cases(standard: Standard, tried: str) -> CaseFile | None:
    if tried == "没有":
        return None
    ids = (
        tuple(tried.split("、")) if tried else tuple(dict.fromkeys(clause.id for clause in standard.clauses))
    )
    rest = tuple(clause.id for clause in standard.clauses if clause.name.endswith(_REST))
    case = Case(name="样样都差", expected=Expected(orders=(*ids, *rest)))
    return CaseFile(model_sheet={}, cases=(case,))


def doubts_page() -> str:
    """Return docs/guide/doubts.md."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield (
        "# 疑点\n\n"
        "由 `make docs` 生成，不要手改。\n\n"
        "规则文件写得没有错，照样可能有毛病：最高扣永远够不着，两条扣了同一个毛病，条件总是成立。"
        "`chuangwei rules check` 在错误之后报这些疑点，带文件、行号和编号；疑点不影响评分，"
        "加 `--strict` 才算没通过（退出码 1）。一次检查几个标准的，还报标准之间的疑点。\n\n"
        "想过了、有理由保留的，在报的那一处写上 `接受疑点: {编号: 理由}`，以后不再报，只计个数。"
        "可以写在条款、项目、检查项、计算的一行，或写在标准的开头管整个标准；写在近处的先算。"
        "标准之间的疑点，哪一个标准注明都行。\n\n"
        f"```yaml\n{_ACCEPTING}```\n\n"
        "条件是把可能的填法逐一试出来的。填法太多、试不完的，不报。已经被新版代替的旧条款也不报：旧账照旧。"
    )
    found = examples()
    themes = dict.fromkeys(one.theme for one in CODES.values())
    for theme in themes:
        yield f"\n## {theme}\n\n| 编号 | 疑点 |\n|---|---|"
        own = {code: one for code, one in CODES.items() if one.theme == theme}
        yield from (f"| [{code}](#{code}-{_anchor(one.title)}) | {one.title} |" for code, one in own.items())
        for code in own:
            yield from _entry(found[code])


def _anchor(title: str) -> str:
    """Return a heading's words as links name them: without punctuation."""
    return re.sub(r"[^\w]", "", title)


def _entry(example: Example) -> Iterator[str]:
    code, one = example.name, CODES[example.name]
    yield f"\n### {code} {one.title}\n\n{one.meaning}\n\n{example.text}\n\n检查时报:\n\n```text"
    yield from example.said()
    yield f"```\n\n**怎么改**: {one.remedy}。"
    if one.place:
        yield f"\n**有理由保留**: 在{one.place}写 `接受疑点: {{{code}: 理由}}`。"
