"""The 检查项 of several standards as one vocabulary, so that one sheet can answer them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.errors import Problem, ScoringError
from scoring.rule.form_field import FormField
from scoring.rule.standard import Standard


def vocabulary(standards: Iterable[Standard]) -> Mapping[str, FormField]:
    """Return every 检查项 of some standards; a name two of them share must be filled in the same way.

    Options are united and limits widened, so that each visit is then held to the law of its own date. Raises
    ScoringError for a name with two meanings.
    """
    shared: dict[str, FormField] = {}
    owners: dict[str, str] = {}
    problems: list[Problem] = []
    for standard in standards:
        for name, field in standard.form.items():
            known = shared.get(name)
            if known is None:
                shared[name], owners[name] = field, standard.name
            elif (known.kind, known.unit) != (field.kind, field.unit):
                one, other = f"{owners[name]}（{_manner(known)}）", f"{standard.name}（{_manner(field)}）"
                problems.append(
                    Problem(
                        message=f"检查项“{name}”在{one}和{other}里填法不同", hint="改成不同的名称，或分开评分"
                    )
                )
            else:
                shared[name] = _united(known, field)
    if problems:
        raise ScoringError(problems)
    return shared


def _manner(field: FormField) -> str:
    return f"填{field.kind}{f'，单位{field.unit}' if field.unit else ''}"


def _united(one: FormField, other: FormField) -> FormField:
    if one == other:
        return one
    lows, highs = (one.minimum, other.minimum), (one.maximum, other.maximum)
    return one.model_copy(
        update={
            "options": tuple(dict.fromkeys((*one.options, *other.options))),
            "minimum": None if None in lows else min(lows, key=lambda low: low or 0),
            "maximum": None if None in highs else max(highs, key=lambda high: high or 0),
            "may_skip": one.may_skip or other.may_skip,
        }
    )
