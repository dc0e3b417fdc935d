"""The condition of a 荣誉: what it may speak of, and its one reading."""

from __future__ import annotations

from scoring.compile.fit import CardError, Fields, condition
from scoring.grammar.condition import Condition
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.scheme import Scheme
from scoring.rule.standard import NO_GRADE

SCORE, RANK, LAST, GRADE, VETOED, OPEN = "得分", "名次", "倒数名次", "等次", "一票否决", "未查清"
_FORM = "写法: 得分 ≥ 90 且 名次 ≤ 3"


def honour_fields(scheme: Scheme) -> Fields:
    """Return what the conditions of a scheme's honours may speak of."""
    grades = tuple(dict.fromkeys((*scheme.grades_written, NO_GRADE)))
    return {
        SCORE: FormField(kind=FieldKind.MEASURE),
        RANK: FormField(kind=FieldKind.COUNT),
        LAST: FormField(kind=FieldKind.COUNT),
        GRADE: FormField(kind=FieldKind.CHOICE, options=grades),
        VETOED: FormField(kind=FieldKind.YES_NO),
        OPEN: FormField(kind=FieldKind.YES_NO),
    }


def honour_condition(text: str, scheme: Scheme) -> Condition:
    """Read the condition of an honour.

    Raises CardError at the first thing that does not fit.
    """
    try:
        return condition(text, honour_fields(scheme), "条件", "可用的词")
    except CardError as error:
        message = error.message.replace("检查项的名称", "得分、名次这样的词").replace("填的是", "是")
        hint = _FORM if error.hint.startswith(("写法", "写成", "如 ")) else error.hint
        raise CardError(error.loc, message, hint, error.at) from None
