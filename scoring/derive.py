"""Before the first step: the answers of a visit become plain values, each fitting its 检查项.

A blank on a sheet that carries the signed line 空白即未发现问题 becomes what the form says a blank means (数量: 0) and is
remembered, so that the ledger can say so. Every other blank stays out of the values: unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.errors import Problem, ScoringError, did_you_mean
from scoring.inspection import BLANK, NOT_APPLICABLE, Inspection, NotApplicable, NotChecked
from scoring.occurrences import NOTHING, Counted, Counter
from scoring.points import ZERO, plain
from scoring.program import Program
from scoring.standard import FieldKind, FormField
from scoring.tariff import Values

Accepts = Callable[[object], bool]


@dataclass(frozen=True, slots=True)
class Derived:
    """The known values of one visit under one program, the blanks that the signed line fills, what was counted."""

    values: Values
    assumed: tuple[str, ...] = ()
    counted: Counted = NOTHING


class Deriver:
    """Turn visits into values for one program; what each 检查项 accepts is made ready once."""

    def __init__(self, program: Program) -> None:
        self._fields = tuple(
            (name, field, _accepts(field), _none(field)) for name, field in program.standard.form.items()
        )
        self._count = Counter(program.standard.form)

    def __call__(self, inspection: Inspection) -> Derived:
        """Return a visit's values.

        Raises ScoringError naming every answer that does not fit its 检查项; the unit then stays 未评.
        """
        values: dict[str, Any] = {}
        assumed: list[str] = []
        wrong: list[Problem] = []
        counted = self._count(inspection, wrong)
        answers, signed, columns = inspection.answers, inspection.blank_is_none, inspection.columns
        if counted.answers:
            answers = {**answers, **counted.answers}
        for name, field, accepts, none in self._fields:
            answer = answers.get(name, BLANK)
            if type(answer) is NotChecked:
                if signed and none is not None and answer == BLANK and name in columns:
                    values[name] = none
                    assumed.append(name)
            elif accepts(answer):
                values[name] = answer
            else:
                wrong.append(_problem(inspection, name, *(misfit(field, answer) or ("读不懂", ""))))
        if wrong:
            raise ScoringError(wrong)
        return Derived(values, tuple(assumed), counted)


def _accepts(field: FormField) -> Accepts:
    """Return the quick form of ``misfit``: whether an answer fits, without the words."""
    if field.choices:
        words = {*field.choices, *((NOT_APPLICABLE,) if field.may_skip else ())}
        return lambda answer: answer in words
    low, high = _range(field)
    whole = field.kind is FieldKind.COUNT
    usual = {ZERO, *map(Decimal, range(1, 21))} if whole and low == 0 and high > 20 else set()

    def accepts(answer: object) -> bool:
        return (answer in usual and type(answer) is Decimal) or misfit(field, answer) is None

    return accepts


def _none(field: FormField) -> Decimal | str | None:
    """Return what a signed blank means in a field; None where it means nothing."""
    if field.when_none is None:
        return ZERO if field.kind is FieldKind.COUNT else None
    return field.when_none if isinstance(field.when_none, str) else Decimal(field.when_none)


def misfit(field: FormField, answer: object) -> tuple[str, str] | None:
    """Return the complaint and the way out where an answer does not fit its field, else None."""
    if isinstance(answer, NotApplicable):
        return None if field.may_skip else ("不能填“不适用”", "没查到的留空或填 未查")
    if field.choices:
        return (
            None
            if answer in field.choices
            else (f"没有“{answer}”这个选项", did_you_mean(str(answer), field.choices))
        )
    if not isinstance(answer, Decimal) or not answer.is_finite():
        way = "在程序中用 Decimal" if isinstance(answer, int | float) else "只写数字，如 3"
        return f"应填数字，不是“{answer}”", way
    return _out_of_range(field, answer)


def _out_of_range(field: FormField, number: Decimal) -> tuple[str, str] | None:
    if field.kind is FieldKind.COUNT and number != number.to_integral_value():
        return f"应填整数，不是 {plain(number)}", "只写个数，如 3"
    low, high = _range(field)
    if low <= number <= high:
        return None
    written = [answer_text(one, field.kind) for one in (number, low, high)]
    return f"{written[0]} 超出范围", f"应在 {written[1]} 到 {written[2]} 之间"


def _range(field: FormField) -> tuple[Decimal, Decimal]:
    top = Decimal(1) if field.kind is FieldKind.PERCENT else MAX_NUMBER
    low = ZERO if field.minimum is None else field.minimum
    return low, top if field.maximum is None else field.maximum


MAX_NUMBER = Decimal(1_000_000)


def answer_text(answer: object, kind: FieldKind) -> str:
    """Write an answer as a clerk would; 若干 where it is not known."""
    if isinstance(answer, Decimal):
        return plain(answer * 100) + "%" if kind is FieldKind.PERCENT else plain(answer)
    return answer if isinstance(answer, str) else "若干"


def _problem(inspection: Inspection, name: str, message: str, hint: str) -> Problem:
    origin = inspection.origin
    where = f"{inspection.unit.name} {inspection.date} “{name}”"
    return Problem(origin.path, origin.row, 0, where, message, hint, inspection.unit.id)
