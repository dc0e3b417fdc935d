"""``chuangwei rules test``: run a standard's 算例 and 情形, and say what they never saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from . import schemes
from .common import emit, infer_of, points_of
from .rules import Names

if TYPE_CHECKING:
    from ..check.coverage import ClauseCoverage, Coverage, Sight


def test(
    standard: Names = None,
    every: Annotated[bool, typer.Option("--all", "-v", help="通过的也逐例列出")] = False,
    fail_under: Annotated[
        str, typer.Option("--fail-under", metavar="百分数", help="有标准试到的低于这个百分数时退出码为 1")
    ] = "",
    infer: Annotated[str, typer.Option("--infer", metavar="方式", help="durable 或 reference")] = "",
) -> None:
    """试算标准里的算例和情形，看每一条试到了哪些结果；考核办法试算情形"""
    from ..api import outcomes
    from ..check.coverage import coverage
    from ..find import find_standards

    floor, engine = points_of(fail_under, "--fail-under"), infer_of(infer)
    rest, good = schemes.test(standard, every=every, infer=engine)
    for one in () if rest is None else find_standards(rest):
        found = outcomes(one, infer=engine)
        wrong = sum(not outcome.passed for outcome in found)
        seen = coverage(one, found)
        emit(
            f"{one.name}: 试算{len(found)}例，{wrong}例不符；该试到的{seen.wanted}种，试到{seen.seen}种（{seen.share}%）"
        )
        emit("\n".join([*schemes.outcome_lines(found, every=every), *_table(seen)]))
        good = good and not wrong and _reached(seen, floor)
    if not good:
        raise typer.Exit(1)


def _reached(seen: Coverage, floor: Decimal | None) -> bool:
    return floor is None or Decimal(100) * seen.seen >= floor * seen.wanted


def _table(seen: Coverage) -> Iterator[str]:
    from ..check.coverage import Sight
    from ..report.drawn import drawn

    versions = Counter(one.id for one in seen.clauses)
    rows = []
    for one in seen.clauses:
        label = f"{one.id}（{one.starts} 起）" if versions[one.id] > 1 else one.id
        rows.append([label, one.name, *(_count(one, sight) for sight in Sight), "、".join(one.missing)])
    titles = ("不合格/加分" if sight is Sight.FAILED else sight for sight in Sight)
    yield drawn(("条款", "名称", *titles, "没试到"), rows, ("名称",))
    yield ""


def _count(one: ClauseCoverage, sight: Sight) -> str:
    """Write how often an answer was seen; — where it need not be and was not."""
    count = one.counts.get(sight, 0)
    return str(count) if count or sight in one.wanted else "—"
