"""``chuangwei rules``: look at the standards and check them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from . import schemes
from .common import emit

if TYPE_CHECKING:
    from ..load.review import Review
    from ..rule.standard import Standard

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="标准", help="标准或考核办法的名称、编号或规则文件；不写看全部内置的"),
]


def list_() -> None:
    """列出内置标准和考核办法"""
    from ..explain.ledger import points_note
    from ..find import find_standards

    for one in find_standards([]):
        clauses = len({clause.id for clause in one.clauses})
        emit(
            f"{one.id}  {one.name}  满分{one.full}  {clauses}条  适用: {'、'.join(one.kinds)}  {points_note(one)}"
        )
    schemes.list_()


def show(standard: Names = None) -> None:
    """逐条显示标准的原文、扣分和整改要求，或考核办法的写法"""
    from ..find import find_standards

    rest = schemes.show(standard)
    for one in () if rest is None else find_standards(rest):
        emit("\n".join(_read_aloud(one)))


def _read_aloud(standard: Standard) -> Iterator[str]:
    from ..explain.ledger import points_note
    from ..explain.readback import clause_sentence

    yield f"{standard.name}（{standard.id}）  满分{standard.full}分  {points_note(standard)}"
    for item in standard.items:
        yield f"\n{item.name}（{item.full}分）"
        for clause in item.clauses:
            yield f"  {clause.id} {clause_sentence(clause, standard)}"
            yield f"      原文: “{clause.source_text}”（{clause.citation}）"


def check(
    standard: Names = None,
    strict: Annotated[bool, typer.Option("--strict", help="有疑点也算没通过，退出码 1")] = False,
) -> None:
    """检查规则文件有没有写错、有没有疑点，逐条读给你听"""
    from ..find import review_standards

    rest = schemes.check(standard)
    reviews = () if rest is None else review_standards(rest)
    doubtful = [one for one in reviews if one.doubts]
    for one in doubtful:
        emit(f"{one.standard.name}: 疑点{len(one.doubts) + one.more}处")
        emit("\n".join(f"  {doubt}" for doubt in one.doubts))
        if one.more:
            emit(f"  还有{one.more}处没有列出，先改好列出的这些")
    if doubtful:
        emit("疑点的意思和改法见 docs/guide/doubts.md；有理由保留的，在那里写 接受疑点: {编号: 理由}\n")
    for one in reviews:
        emit("\n".join(_read_aloud(one.standard)))
        emit(f"\n{one.standard.name}: 没有发现错误，{_counted(one)}\n")
    if strict and doubtful:
        raise typer.Exit(1)


def _counted(review: Review) -> str:
    found = len(review.doubts) + review.more
    accepted = f"，另有{review.accepted}处疑点已注明理由" if review.accepted else ""
    return (f"疑点{found}处" if found else "没有疑点") + accepted


def schema(
    scheme: Annotated[bool, typer.Option("--scheme", help="考核办法的，不写是标准的")] = False,
) -> None:
    """输出规则文件的 JSON Schema，供编辑器提示用"""
    from ..load.rule_schema import rule_file_schema
    from ..rule.scheme import scheme_file_schema

    emit(json.dumps(scheme_file_schema() if scheme else rule_file_schema(), ensure_ascii=False, indent=2))
