"""docs/guide/examples.md: whole tables, each as the office prints it and as the rule file that came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from scoring.load.rules import load_standard
from scoring.points import plain
from scoring.rule.source import Basis
from scoring.rule.standard import Standard
from scripts.handbook import table_row

FOLDER = Path(__file__).parent.parent / "docs" / "examples"
# Which files are shown, and what each is shown for.
SHOWN: Mapping[str, str] = {
    "cun-rong": "村里的月度表：满分45分，每处扣0.5分，各条有封顶，一种情形整项不得分。等次按45分写：90% 就是40.5分。",
    "qian-fen-zhi": "乡镇的年度表：满分1000分，有打分的（好、中、差）、有在20～50分里定的（裁量）、有按率扣的、有按比例分段的。"
    "打分和裁量的，检查表上都要在“理由”栏写理由，不写不收。",
    "hu-ce": "随机走访农户的表：走访不到15户的，入户的几条都按未查，得分给出区间；几档只居其一的，按选项写。",
    "guan-jian-xiang": "带※的表：一个关键项不符合，分照算，等次写“不予评定等级”。总满分200分，标化成100分；没有集贸市场、学校的，"
    "这两项退出，按剩下的标化。",
    "bao-jie-yuan": "按人口、户数配人配物的表：应配多少由人口算出来，少一个扣几分。人口、户数填在名册里，检查表上不用填。",
}


def worked_tables() -> str:
    """Return the page."""
    lines = [
        "# 做好的表",
        "",
        "下面五张表都是示例：先是办公室印的样子，后是写成的规则文件和情形。文件都在 `docs/examples/` 里，可以复制一份改成自己的。",
        "每张都用 `chuangwei rules check docs/examples/cun-rong.yaml`、`chuangwei rules test docs/examples/cun-rong.yaml` 的样子检查、试算过。",
        "怎么一步一步写出来，见[教程](tutorial.md)；每种写法，见[规则文件的写法](format.md)。",
    ]
    return "\n".join(chain(lines, *(_table(stem, text) for stem, text in SHOWN.items()))) + "\n"


def _table(stem: str, text: str) -> Iterator[str]:
    standard = load_standard(FOLDER / f"{stem}.yaml")
    yield f"\n## {standard.name}\n\n{text}\n"
    yield from printed(standard)
    yield from _folded("规则文件", f"{stem}.yaml")
    yield from _folded("情形", f"{stem}.cases.yaml")


def printed(standard: Standard) -> Iterator[str]:
    """Yield a standard as the office prints it: the head, then 序号, 考评项目, 评分标准."""
    name = standard.basis.name if isinstance(standard.basis, Basis) else standard.basis
    yield f"**{name}**　满分 {plain(standard.full)} 分\n"
    yield "| 序号 | 考评项目（分值） | 评分标准 | 扣分 | 扣分说明 |\n|---|---|---|---|---|"
    for item in standard.items:
        for place, clause in enumerate(item.clauses):
            title = "" if place else f"{item.name}（{plain(item.full)}分）"
            yield table_row([clause.citation, title, clause.source_text, "", ""])


def _folded(title: str, name: str) -> Iterator[str]:
    yield f'\n<details markdown="1"><summary>{title} <code>{name}</code></summary>\n'
    yield f"```yaml\n{(FOLDER / name).read_text('utf-8').rstrip()}\n```\n"
    yield "</details>"
