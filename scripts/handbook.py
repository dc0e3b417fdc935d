"""docs/standards.md: every shipped standard as it would be read aloud: 等次, 登记表, 计算, 条款, 加分, 结论."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scoring.explain.ledger import points_note
from scoring.explain.readback import bonus_sentence, clause_sentence, computed_sentence
from scoring.load.rules import shipped
from scoring.points import plain
from scoring.rule.computed import Computed
from scoring.rule.form_field import FormField
from scoring.rule.standard import NO_GRADE, Standard


def handbook() -> str:
    """Return the page."""
    lines = [
        "# 标准手册",
        "",
        "由规则文件生成（`make docs`），不要手改。分值、严重程度、期限均为拟定，仅供试评。",
    ]
    for standard in shipped():
        lines += [f"\n## {standard.name}（{standard.id}）\n", *described(standard)]
    return "\n".join(lines) + "\n"


def described(standard: Standard) -> Iterator[str]:
    """Yield a standard's section below its heading, line by line."""
    yield f"{'。'.join(_head(standard))}。{standard.note}"
    yield from _section("登记表", ("检查项", "填", "说明"), _form(standard))
    yield from _section("计算", ("由填的算出来的数",), _computed(standard.computed.items()))
    for item in standard.items:
        title = f"{item.name}（{plain(item.full)} 分）" if standard.scored else item.name
        rows = [
            (one.id, clause_sentence(one, standard), one.source_text, one.citation) for one in item.clauses
        ]
        yield from _section(title, ("条款", "怎么扣", "原文", "出处"), rows)
    if standard.bonus is not None:
        rows = [
            (one.id, bonus_sentence(one, standard), one.source_text, one.citation)
            for one in standard.bonus.clauses
        ]
        yield from _section(
            f"加分（最高加 {plain(standard.bonus.cap)} 分）", ("条款", "怎么加", "原文", "出处"), rows
        )
    conclusions = [(name, "、".join(ids)) for name, ids in standard.conclusions.items()]
    yield from _section("结论", ("结论", "这些条款都合格才合格"), conclusions)


def table_row(cells: Sequence[str]) -> str:
    """Return one row of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table under a heading; nothing where there is no row."""
    lines = [table_row(row) for row in rows]
    if lines:
        yield f"\n### {title}\n"
        yield f"| {' | '.join(heads)} |"
        yield "|---" * len(heads) + "|"
        yield from lines


def _head(standard: Standard) -> Iterator[str]:
    yield (
        f"满分 {plain(standard.full)} 分，{points_note(standard)}" if standard.scored else "只统计，不出得分"
    )
    yield f"适用: {'、'.join(standard.kinds)}"
    until = f"，{standard.ends} 废止" if standard.ends else ""
    yield f"施行: {standard.starts} 起{until}"
    if standard.grades_written:
        yield f"等次: {'、'.join(_grades(standard))}"
    if standard.veto_grade is not None:
        grade = standard.veto_grade if standard.veto_grade == NO_GRADE else f"等次定为{standard.veto_grade}"
        yield f"一票否决: {grade}"
    if standard.severe is not None:
        yield f"{standard.severe} 条严重条款等同一票否决"
    if standard.scale is not None:
        yield f"标化为 {plain(standard.scale)} 分"


def _grades(standard: Standard) -> Iterator[str]:
    for name, written in standard.grades_written.items():
        yield f"{name} {written if isinstance(written, str) else f'{plain(written)} 分起'}"


def _form(standard: Standard) -> Iterator[tuple[str, str, str]]:
    for name, field in standard.form.items():
        yield name, "，".join(_way(field)), "；".join(_notes(field))


def _way(field: FormField) -> Iterator[str]:
    """Say what is filled in, and within which limits."""
    unit = f"（{field.unit}）" if field.unit else ""
    yield f"{field.kind}{unit}" + (f": {'、'.join(field.options)}" if field.options else "")
    if field.minimum is not None:
        yield f"最小 {plain(field.minimum)}"
    if field.maximum is not None:
        yield f"最大 {plain(field.maximum)}"
    if field.bands:
        yield "、".join(f"{name} {words}" for name, words in field.bands.items())


def _notes(field: FormField) -> Iterator[str]:
    if field.note:
        yield field.note
    if field.counts_if is not None:
        yield f"{field.counts_if} 的算一处"
    if field.register_column is not None:
        yield f"没填的用名册上的{field.register_column}"
    if field.at_most is not None:
        yield f"不多于{field.at_most}"
    if field.sample is not None:
        yield f"{field.sample} 才算，不够的按未查"
    if field.may_skip:
        yield "可填 不适用"


def _computed(cards: Iterable[tuple[str, Computed]]) -> Iterator[tuple[str]]:
    for name, card in cards:
        yield (computed_sentence(name, card),)
