"""What the 问题明细 comes to for one visit: the counts, where they were, and what is too small to count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from scoring.columns import SIZE
from scoring.compile.fit import condition
from scoring.errors import Problem
from scoring.finding import NOTHING, Counted
from scoring.inspection import BLANK, Answer, Inspection, NotChecked, Occurrence, Origin
from scoring.match.predicates import T, predicate
from scoring.points import plain
from scoring.rule.form_field import FieldKind, FormField

# What 算一处 may speak of.
SIZE_FORM: Mapping[str, FormField] = {SIZE: FormField(kind=FieldKind.MEASURE)}

BigEnough = Callable[[Decimal], bool]


class Counter:
    """Count the occurrences of visits for one form; what 算一处 says is made ready once."""

    def __init__(self, form: Mapping[str, FormField]) -> None:
        self._fields = {name: (one, _big_enough(one)) for name, one in form.items()}

    def __call__(self, inspection: Inspection, problems: list[Problem]) -> Counted:
        """Return what a visit's occurrences come to; add what contradicts the answers or cannot be told."""
        if not inspection.occurrences:
            return NOTHING
        if wrong := list(_senseless(inspection)):
            problems += wrong
            return NOTHING
        by_field: dict[str, list[Occurrence]] = {}
        for one in sorted(inspection.occurrences, key=lambda each: each.said):
            if one.field in self._fields:
                by_field.setdefault(one.field, []).append(one)
        answers: dict[str, Answer] = {}
        places: dict[str, tuple[str, ...]] = {}
        small: set[Occurrence] = set()
        for name, found in by_field.items():
            asked, big = self._fields[name]
            wrong = list(_unmeasured(inspection, asked, found)) if big else []
            few = {one for one in found if big and one.size is not None and not big(one.size)}
            kept = [one for one in found if one not in few]
            total = sum((one.count for one in kept), Decimal(0))
            wrong = wrong or list(_contradiction(inspection, name, asked, total, found))
            problems += wrong
            answers[name] = total
            places[name] = tuple(dict.fromkeys(one.place for one in kept if one.place))
            small |= few
        return Counted(answers, places, frozenset(small))


def _senseless(inspection: Inspection) -> Iterator[Problem]:
    """Yield numbers that no sheet can hold: what a program hands in has been read by nobody."""
    for one in inspection.occurrences:
        if not _number(one.count) or one.count < 1 or one.count != one.count.to_integral_value():
            yield _about(
                inspection,
                one.origin,
                one.field,
                f"问题明细的数量不能是 {one.count}",
                "用 Decimal，从 1 起的整数",
            )
        if one.size is not None and (not _number(one.size) or one.size < 0):
            yield _about(
                inspection,
                one.origin,
                one.field,
                f"问题明细的大小不能是 {one.size}",
                "用 Decimal，没量的用 None",
            )


def _number(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite()


def _big_enough(asked: FormField) -> BigEnough | None:
    """Return the test that 算一处 makes of a size; None where every occurrence counts."""
    if asked.counts_if is None:
        return None
    holds = predicate(condition(asked.counts_if, SIZE_FORM, "算一处"), SIZE_FORM)
    return lambda size: holds({SIZE: size}) == T


def _unmeasured(inspection: Inspection, asked: FormField, found: Sequence[Occurrence]) -> Iterator[Problem]:
    for one in found:
        if one.size is None:
            hint = f"要看“{asked.counts_if}”才知道算不算，写上{SIZE}"
            yield _about(inspection, one.origin, one.field, f"问题明细没写{SIZE}", hint)


def _contradiction(
    inspection: Inspection, name: str, asked: FormField, total: Decimal, found: Sequence[Occurrence]
) -> Iterator[Problem]:
    """Yield the problem where the sheet's own answer is neither blank nor what the occurrences come to."""
    answer = inspection.answers.get(name, BLANK)
    rows = f"问题明细有{len(found)}行"
    if asked.kind is not FieldKind.COUNT:
        message, hint = f"填的是{asked.kind}，{rows}", "明细只记数量，删去这几行"
    elif answer in (BLANK, total):
        return
    elif isinstance(answer, Decimal):
        sized = f"（{asked.counts_if} 的才算）" if asked.counts_if else ""
        message = f"登记表上是{plain(answer)}，{rows}，合计{plain(total)}{sized}"
        hint = "改成一致；只记明细的，登记表这一格留空"
    else:
        word = f"“{answer}”" if isinstance(answer, str) else "不适用"
        if isinstance(answer, NotChecked):
            word = f"未查（{answer.reason}）"
        message, hint = f"登记表上是{word}，{rows}", "查到了就改登记表，没查就删去明细"
    yield _about(inspection, inspection.origin, name, message, hint)


def _about(inspection: Inspection, origin: Origin, name: str, message: str, hint: str) -> Problem:
    return origin.problem(inspection.unit, message, hint, f"{inspection.date} “{name}”")
