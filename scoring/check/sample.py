"""The answers that an 算例 or a 情形 writes down, and what can be wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scoring.errors import Mistake, did_you_mean
from scoring.inspection import BLANK, NOT_APPLICABLE, Answer
from scoring.match.derive import misfit
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.standard import Standard

EXAMPLE_KEYS = ("扣", "加", "单位类别", "检查日期")
_OUTCOME = re.compile(r"(合理缺项|未查|[0-9]+(\.[0-9]+)?(～[0-9]+(\.[0-9]+)?)?)$")


def example_mistakes(
    example: dict[str, str | int | Decimal], standard: Standard, key: str = "扣"
) -> Iterator[Mistake]:
    """Yield what is wrong with one 算例: its answers and, under ``key``, what it says must come out."""
    if key not in example:
        yield Mistake((), f"算例没写 {key}", f"如 {key}: 6，或 {key}: 合理缺项，或 {key}: 未查")
    elif not _OUTCOME.match(str(example[key])):
        yield Mistake((key,), f"“{example[key]}”读不懂", "写数字，或 合理缺项、未查、0～10")
    for name, raw in example.items():
        if name not in EXAMPLE_KEYS:
            yield from answer_mistakes(name, raw, standard)
    if (kind := example.get("单位类别")) is not None and kind not in standard.kinds:
        yield Mistake(("单位类别",), f"“{kind}”不在标准的适用里", did_you_mean(str(kind), standard.kinds))


def answer_mistakes(name: str, raw: str | int | Decimal, standard: Standard) -> Iterator[Mistake]:
    """Yield what is wrong with one answer of an example or a case."""
    if name not in standard.form:
        yield Mistake((name,), f"“{name}”不在登记表里", did_you_mean(name, [*standard.form, *EXAMPLE_KEYS]))
    elif raw != "未查" and (
        complaint := misfit(standard.form[name], example_answer(raw, standard.form[name]))
    ):
        yield Mistake((name,), f"“{name}”{complaint[0]}", complaint[1])


def example_answer(raw: str | int | Decimal, field: FormField) -> Answer:
    """Return the answer an example or case writes: 60% is a fraction, a number a Decimal, a word itself."""
    if raw in ("未查", "不适用"):
        return BLANK if raw == "未查" else NOT_APPLICABLE
    if isinstance(raw, str):
        percent = re.match(r"([0-9]{1,3}(?:\.[0-9]+)?)%$", raw) if field.kind is FieldKind.PERCENT else None
        return Decimal(percent[1]) / 100 if percent else raw
    return str(raw) if field.kind is FieldKind.PERCENT else Decimal(raw)
