"""Before the first step: the answers of a visit become plain values, each fitting its 检查项.

A blank on a sheet that carries the signed line 空白即未发现问题 becomes what the form says a blank means (数量: 0) and is
remembered, so that the ledger can say so. Every other blank stays out of the values: unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from scoring.columns import REASON_SUFFIX
from scoring.compile.terms import Terms
from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.finding import Derived
from scoring.grammar.bands import read_band
from scoring.inspection import BLANK, Answer, Inspection, NotApplicable, NotChecked
from scoring.match.compute import TOO_FEW, Sample, Step
from scoring.match.occurrences import Counter
from scoring.match.usual import AllUsual, is_usual, picker
from scoring.points import ZERO, plain
from scoring.rule.form_field import STAYS_BLANK, FieldKind, FormField


class Deriver:
    """Turn visits into values for one program; what each 检查项 accepts is made ready once."""

    def __init__(self, terms: Terms) -> None:
        self._fields = tuple((name, one, usual(one), when_signed(one)) for name, one in terms.form.items())
        self._names, self._pick = tuple(terms.form), picker(tuple(terms.form))
        self._all_usual = AllUsual([likely for _, _, likely, _ in self._fields])
        self._columns = {name: one.register_column for name, one in terms.form.items() if one.register_column}
        self._reasoned = tuple(name for name, one in terms.form.items() if one.kind is FieldKind.POINTS)
        self._wholes = {name: one.at_most for name, one in terms.form.items() if one.at_most in terms.form}
        self._samples = {name: Sample(one, terms.fields) for name, one in terms.samples.items()}
        self._steps = tuple(Step(one, terms.fields) for one in terms.computed)
        self._form = terms.form
        self._count = Counter(terms.form)

    def __call__(self, inspection: Inspection) -> Derived:
        """Return a visit's values.

        Raises ScoringError naming every answer that does not fit its 检查项; the unit then stays 未评.
        """
        wrong: list[Problem] = []
        counted = self._count(inspection, wrong)
        answers = {**inspection.answers, **counted.answers} if counted.answers else inspection.answers
        given = self._pick(answers)
        usual = self._all_usual(given)
        # A copy is made in no time where the sheet asks just what the form does.
        known = answers if usual and len(answers) == len(given) else zip(self._names, given, strict=True)
        values: dict[str, Any] = dict(known)
        assumed = () if usual else self._odd(inspection, values, wrong)
        registered = self._register(inspection, values, wrong) if self._columns else ()
        if self._reasoned:
            wrong += self._unreasoned(inspection, values)
        if self._wholes:
            wrong += self._more_than_whole(inspection, values)
        if wrong:
            raise ScoringError(wrong)
        unknown = self._work_out(values) if self._steps or self._samples else {}
        return Derived(values, assumed, registered, unknown, counted)

    def _odd(self, inspection: Inspection, values: dict[str, Any], wrong: list[Problem]) -> tuple[str, ...]:
        """Look at each answer that is not as usual: drop blanks and misfits; return the blanks that the signed line fills."""
        assumed = []
        for name, one, likely, none in self._fields:
            answer = values[name]
            if is_usual(answer, likely):
                continue
            if type(answer) is NotChecked:
                if (
                    inspection.blank_is_none
                    and none is not None
                    and answer == BLANK
                    and name in inspection.columns
                ):
                    values[name] = none
                    assumed.append(name)
                else:
                    del values[name]
            elif (complaint := misfit(one, answer)) is not None:
                del values[name]
                wrong.append(_problem(inspection, name, *complaint))
        return tuple(assumed)

    def _register(
        self, inspection: Inspection, values: dict[str, Any], wrong: list[Problem]
    ) -> tuple[str, ...]:
        """Fill what the sheet leaves blank from the register; return the names so filled."""
        found = []
        for name, column in self._columns.items():
            word = inspection.unit.details.get(column, "")
            if name in values or not word or inspection.answers.get(name, BLANK) != BLANK:
                continue
            value = registered(word, self._form[name])
            if value is None or misfit(self._form[name], value) is not None:
                hint = "改名册里的这一栏，或填在检查表上"
                wrong.append(_problem(inspection, name, f"名册的{column}“{shortened(word)}”用不上", hint))
            else:
                values[name] = value
                found.append(name)
        return tuple(found)

    def _unreasoned(self, inspection: Inspection, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield a problem for points that the inspector gave without saying why."""
        for name in self._reasoned:
            if isinstance(values.get(name), Decimal) and not inspection.reasons.get(name, "").strip():
                hint = f"在“{name}{REASON_SUFFIX}”栏写上为什么"
                yield _problem(inspection, name, "打了分，没写理由", hint)

    def _more_than_whole(self, inspection: Inspection, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield a problem for a part that is more than its whole (不多于)."""
        for name, whole in self._wholes.items():
            part, most = values.get(name), values.get(str(whole))
            if isinstance(part, Decimal) and isinstance(most, Decimal) and part > most:
                kind = self._form[name].kind
                message = f"{answer_text(part, kind)} 多于“{whole}”的 {answer_text(most, kind)}"
                yield _problem(inspection, name, message, "看看哪个数填错了")

    def _work_out(self, values: dict[str, Any]) -> Mapping[str, str]:
        """Drop answers that rest on too small a sample, add the computed fields; return why some stay unknown."""
        unknown: dict[str, str] = {}
        small = [name for name, enough in self._samples.items() if name in values and not enough(values)]
        for name in small:
            del values[name]
            unknown[name] = TOO_FEW
        for step in self._steps:
            value = step(values, unknown)
            if value is not None:
                values[step.name] = value
        return unknown


def registered(word: str, field: FormField) -> Decimal | str | None:
    """Return a register's cell as an answer: an option, or a number with or without its unit; None for anything else."""
    plain_word = unicodedata.normalize("NFKC", word).strip()
    if field.choices:
        return plain_word
    found = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,8})?) *(.*)", plain_word)
    percent = field.kind is FieldKind.PERCENT
    if found is None or found[2] not in (("%",) if percent else ("", field.unit)):
        return None
    return Decimal(found[1]) / 100 if percent else Decimal(found[1])


def usual(field: FormField) -> frozenset[Answer]:
    """Return the answers mostly given to a field, of those that fit it: they need not be looked at closely."""
    if field.choices:
        return frozenset(field.choices)
    percent = field.kind is FieldKind.PERCENT
    likely = [Decimal(n) / 100 for n in range(101)] if percent else map(Decimal, range(21))
    return frozenset(one for one in likely if misfit(field, one) is None)


def when_signed(field: FormField) -> Decimal | str | None:
    """Return what a signed blank means in a field; None where it means nothing.

    Nothing found is 0 of something counted, but not of households visited (最小: 1) or registered, nor of what is done
    well (没问题时: 未查).
    """
    if field.when_none == STAYS_BLANK:
        return None
    if field.when_none is None:
        counts = field.kind is FieldKind.COUNT and not field.minimum and not field.register_column
        return ZERO if counts else None
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
    """Return the complaint about a number of the wrong size or fineness; of points, one that lies in no 分档."""
    if field.kind is FieldKind.COUNT and number != number.to_integral_value():
        return f"应填整数，不是 {plain(number)}", "只写个数，如 3"
    low, high = _range(field)
    if not low <= number <= high:
        written = [answer_text(one, field.kind) for one in (number, low, high)]
        return f"{written[0]} 超出范围", f"应在 {written[1]} 到 {written[2]} 之间"
    if field.kind is FieldKind.POINTS:
        return _misgiven(field, number)
    return None


def _misgiven(field: FormField, points: Decimal) -> tuple[str, str] | None:
    if points != round(points, 2):
        return f"分数最多两位小数，不是 {plain(points)}", "如 17 或 17.5"
    if field.bands and not any(points in read_band(words) for words in field.bands.values()):
        tiers = "、".join(f"{name} {words}" for name, words in field.bands.items())
        return f"{plain(points)} 不在任何一档里", f"各档: {tiers}"
    return None


def _range(field: FormField) -> tuple[Decimal, Decimal]:
    low, high = field.limits
    assert (
        low is not None and high is not None
    )  # only computed values are without limits, and nobody answers those
    return low, high


def answer_text(answer: object, kind: FieldKind) -> str:
    """Write an answer as a clerk would; 若干 where it is not known."""
    if isinstance(answer, Decimal):
        return plain(answer * 100) + "%" if kind is FieldKind.PERCENT else plain(answer)
    return answer if isinstance(answer, str) else "若干"


def _problem(inspection: Inspection, name: str, message: str, hint: str) -> Problem:
    return inspection.origin.problem(inspection.unit, message, hint, f"{inspection.date} “{name}”")
