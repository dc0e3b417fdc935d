"""``chuangwei rules``: look at the standards, check them, run their tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from . import schemes
from .common import emit, infer_of

if TYPE_CHECKING:
    from ..standard import Standard

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="标准", help="标准或考核办法的名称、编号或规则文件；不写看全部内置的"),
]


def list_() -> None:
    """列出内置标准和考核办法"""
    from ..api import find_standards
    from ..explain import points_note

    for one in find_standards([]):
        clauses = len({clause.id for clause in one.clauses})
        emit(
            f"{one.id}  {one.name}  满分{one.full}  {clauses}条  适用: {'、'.join(one.kinds)}  {points_note(one)}"
        )
    schemes.list_()


def show(standard: Names = None) -> None:
    """逐条显示标准的原文、扣分和整改要求，或考核办法的写法"""
    from ..api import find_standards

    rest = schemes.show(standard)
    for one in () if rest is None else find_standards(rest):
        emit("\n".join(_read_aloud(one)))


def _read_aloud(standard: Standard) -> Iterator[str]:
    from ..explain import points_note
    from ..readback import clause_sentence

    yield f"{standard.name}（{standard.id}）  满分{standard.full}分  {points_note(standard)}"
    for item in standard.items:
        yield f"\n{item.name}（{item.full}分）"
        for clause in item.clauses:
            yield f"  {clause.id} {clause_sentence(clause, standard)}"
            yield f"      原文: “{clause.source_text}”（{clause.citation}）"


def check(standard: Names = None) -> None:
    """检查规则文件有没有写错，逐条读给你听"""
    from ..api import find_standards

    rest = schemes.check(standard)
    for one in () if rest is None else find_standards(rest):
        emit("\n".join(_read_aloud(one)))
        emit(f"\n{one.name}: 没有发现错误\n")


def test(
    standard: Names = None,
    infer: Annotated[str, typer.Option("--infer", metavar="方式", help="durable 或 reference")] = "",
) -> None:
    """试算标准里的算例和情形、考核办法的情形"""
    from ..api import find_standards, outcomes

    rest, failed = schemes.test(standard)
    for one in () if rest is None else find_standards(rest):
        found = list(outcomes(one, infer=infer_of(infer)))
        wrong = [outcome for outcome in found if not outcome.passed]
        failed += len(wrong)
        emit(f"{one.name}: 试算{len(found)}例，{len(wrong)}例不符")
        for outcome in wrong:
            emit(f"  {outcome.name}")
            emit("\n".join(f"      {line}" for line in outcome.differences))
    if failed:
        raise typer.Exit(1)


def schema(
    scheme: Annotated[bool, typer.Option("--scheme", help="考核办法的，不写是标准的")] = False,
) -> None:
    """输出规则文件的 JSON Schema，供编辑器提示用"""
    from ..scheme import scheme_file_schema
    from ..standard import rule_file_schema

    emit(json.dumps(scheme_file_schema() if scheme else rule_file_schema(), ensure_ascii=False, indent=2))
