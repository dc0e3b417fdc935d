"""``chuangwei rules``: look at the standards and check them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from .common import emit

if TYPE_CHECKING:
    from ..standard import Standard

Names = Annotated[
    list[str] | None, typer.Argument(metavar="标准", help="标准的名称、编号或规则文件；不写看全部内置标准")
]


def list_() -> None:
    """列出内置标准"""
    from ..api import find_standards
    from ..explain import points_note

    for one in find_standards([]):
        clauses = len({clause.id for clause in one.clauses})
        emit(
            f"{one.id}  {one.name}  满分{one.full}  {clauses}条  适用: {'、'.join(one.kinds)}  {points_note(one)}"
        )


def show(standard: Names = None) -> None:
    """逐条显示标准的原文、扣分和整改要求"""
    from ..api import find_standards

    for one in find_standards(standard or []):
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

    for one in find_standards(standard or []):
        emit("\n".join(_read_aloud(one)))
        emit(f"\n{one.name}: 没有发现错误\n")


def schema() -> None:
    """输出规则文件的 JSON Schema，供编辑器提示用"""
    from ..rule_schema import rule_file_schema

    emit(json.dumps(rule_file_schema(), ensure_ascii=False, indent=2))
