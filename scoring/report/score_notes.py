"""What stands under the scoring table: on what it rests, and how its points come to a score and a grade."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scoring.compile.program import Program
from scoring.explain.readback import computed_sentence
from scoring.points import plain
from scoring.rule.source import Basis
from scoring.rule.standard import NO_GRADE, Standard

KEY_MARK = "※"


def notes(program: Program) -> Iterator[str]:
    """Yield the notes: the basis, how points are taken, vetoes, gaps, grades, and what is computed."""
    standard = program.standard
    basis = standard.basis.name if isinstance(standard.basis, Basis) else standard.basis
    yield f"依据：{basis}。{standard.starts} 起施行，适用于{'、'.join(standard.kinds)}。"
    if standard.scored:
        yield "每个项目扣完本项的分为止；写“本项不得分”的，查到就扣完本项。每一处扣分都写明在哪里、扣几分。"
        yield from _vetoes(program)
        yield _gaps(program)
        yield f"等次：{_grades(standard)}。"
    used = {name for checks in (program.clauses, program.bonuses) for check in checks for name in check.reads}
    named = [name for name in standard.computed if name in used]
    if named:
        yield f"算出的数：{'；'.join(computed_sentence(name, standard.computed[name]) for name in named)}。"


def _vetoes(program: Program) -> Iterator[str]:
    standard = program.standard
    if standard.veto_grade is None:
        return
    grade = NO_GRADE if standard.veto_grade == NO_GRADE else f"等次定为{standard.veto_grade}"
    if any(clause.card.veto for clause in program.clauses):
        yield f"带{KEY_MARK}的为关键项，不合格的一票否决，{grade}。"
    if standard.severe is not None:
        severe = "、".join(one.card.id for one in program.clauses if one.card.severity == "严重")
        yield f"严重条款（{severe}）有{standard.severe}条不合格的，等同一票否决。"


def _gaps(program: Program) -> str:
    if program.standard.gaps == "计满分":
        return "条款不适用的不扣分，按满分计。"
    return (
        "一个项目的条款全部不适用的，这个项目不计入应得分。"
        f"标化分 = 总得分 ÷ 应得分 × {plain(program.scale)}。没查的写“未查”，不算合格。"
    )


def _grades(standard: Standard) -> str:
    """Write the grades as their author did: bands as they stand, floors as what lies between them."""
    if any(isinstance(one, str) for one in standard.grades_written.values()):
        return "，".join(f"{name} {words}" for name, words in standard.grades_written.items())
    ranked = sorted(standard.grades.items(), key=lambda pair: -pair[1])
    words = [f"{ranked[0][0]} {plain(ranked[0][1])}分及以上"]
    for (_, above), (name, floor) in pairwise(ranked):
        words.append(
            f"{name} {plain(floor)}～{plain(above)}分（不含{plain(above)}）"
            if floor
            else f"{name} 不到{plain(above)}分"
        )
    return "，".join(words)
