"""What can be wrong with the 登记表, the 计算 and the 等次 of a standard whose shape is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from scoring.columns import DETAILS
from scoring.compile.fit import CardError, condition
from scoring.compile.fit_bands import leave_to_one
from scoring.compile.fit_computed import compile_field
from scoring.errors import KEY, Mistake, did_you_mean
from scoring.grammar.bands import BandError, contested, read_band
from scoring.grammar.condition import ConditionError, fields_of, read
from scoring.match.derive import misfit
from scoring.points import plain
from scoring.rule.form_field import STAYS_BLANK, FieldKind, FormField
from scoring.rule.standard import NO_GRADE, Grade, Standard

SIZE = "大小"
_CENT = Decimal("0.01")


def grade_mistakes(standard: Standard) -> Iterator[Mistake]:
    """Yield what is wrong with the 等次: floors, or bands that meet."""
    top = standard.full if standard.scale is None else standard.scale
    written = standard.grades_written
    if not standard.scored:
        if written:
            yield Mistake(("等次",), "只统计的标准没有等次", "删去 等次，或删去 计分")
        return
    if not top:
        return  # a 满分 of 0 has been said already
    if not written:
        yield Mistake((), "缺“等次”", "如 {优秀: 90, 合格: 60, 不合格: 0}")
    else:
        yield from scale_mistakes(written, top, "总满分" if standard.scale is None else "标化分")


def scale_mistakes(
    written: Mapping[str, Grade], top: Decimal, top_name: str, step: Decimal = _CENT
) -> Iterator[Mistake]:
    """Yield what is wrong with 等次, written as floors or as bands of scores from 0 to ``top`` that differ by ``step``."""
    words = {name: grade for name, grade in written.items() if isinstance(grade, str)}
    floors = {name: grade for name, grade in written.items() if isinstance(grade, Decimal)}
    if words and floors:
        yield Mistake(("等次",), "有的写起点分，有的写段", "统一写成一种")
    elif words:
        yield from _grade_bands(words, top, step)
    else:
        yield from _floors(floors, top, top_name)


def _floors(floors: Mapping[str, Decimal], top: Decimal, top_name: str) -> Iterator[Mistake]:
    if 0 not in floors.values():
        yield Mistake(("等次",), "没有起点为 0 的等次", "最低一等写 0，任何得分才都有等次")
    for name, floor in floors.items():
        if floor > top:
            yield Mistake(("等次", name), f"起点 {floor} 高于{top_name} {top}")
        if list(floors.values()).count(floor) > 1:
            yield Mistake(("等次", name), f"起点 {floor} 有两个等次", "每个等次的起点应不同")


def _grade_bands(words: Mapping[str, str], top: Decimal, step: Decimal) -> Iterator[Mistake]:
    bands = {name: read_band(text) for name, text in words.items()}
    gap = False
    for value, claims in contested(bands, Decimal(0), top, step):
        shown = plain(value)
        if claims:
            one, other = (f"{name} {words[name]}" for name in claims[:2])
            yield Mistake(("等次", claims[-1]), f"“{one}”和“{other}”都占了 {shown}", leave_to_one(shown))
        elif not gap:
            gap = True
            yield Mistake(("等次",), f"{shown} 分不在任何一等里", "把段接上，两头的写 ≥ 和 <")


def form_mistakes(standard: Standard) -> Iterator[Mistake]:
    """Yield what is wrong with the 检查项, then with the computed fields."""
    for name, field in standard.form.items():
        yield from (
            Mistake(("登记表", name, *one.loc), one.message, one.hint, one.at)
            for one in field_mistakes(name, field, standard)
        )
    known = dict(standard.form)
    for name, card in standard.computed.items():
        try:
            known[name] = compile_field(name, card, known).field
        except CardError as error:
            yield Mistake(("计算", name, *error.loc), error.message, error.hint, error.at)
            known.setdefault(name, card.as_field())


def field_mistakes(name: str, field: FormField, standard: Standard) -> Iterator[Mistake]:
    """Yield what is wrong with one 检查项, relative to it."""
    yield from _options(name, field)
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield Mistake(("最小",), "最小大于最大")
    if field.choices and (field.minimum is not None or field.maximum is not None):
        yield Mistake((), f"“{name}”填的是选项，没有最小、最大")
    if field.when_none not in (None, STAYS_BLANK):
        none = Decimal(field.when_none) if isinstance(field.when_none, int) else field.when_none
        if complaint := misfit(field, none):
            yield Mistake(("没问题时",), *complaint)
    if field.sample is not None:
        try:
            if name in fields_of(condition(field.sample, standard.form, "样本")):
                yield Mistake(("样本",), f"“{name}”的样本不能看它自己", "写另一个检查项，如 走访户数 ≥ 15")
        except CardError as error:
            yield Mistake(error.loc, error.message, error.hint, error.at)
    if field.register_column not in (None, *DETAILS):
        hint = did_you_mean(field.register_column, DETAILS)
        yield Mistake(("名册",), f"名册没有“{field.register_column}”这一栏", hint)
    yield from _whole(name, field, standard)
    yield from _occurrence(name, field)
    yield from _tiers(name, field)


def _whole(name: str, field: FormField, standard: Standard) -> Iterator[Mistake]:
    if field.at_most is None:
        return
    whole = standard.form.get(field.at_most)
    others = [one for one, other in standard.form.items() if other.numeric and one != name]
    if whole is None or field.at_most == name:
        yield Mistake(("不多于",), f"“{field.at_most}”不是另一个检查项", did_you_mean(field.at_most, others))
    elif not field.numeric or field.kind is not whole.kind:
        kinds = f"“{name}”填的是{field.kind}，“{field.at_most}”填的是{whole.kind}"
        yield Mistake(("不多于",), f"{kinds}，不能相比", "换成同一种数")


def _options(name: str, field: FormField) -> Iterator[Mistake]:
    if field.kind is FieldKind.CHOICE and len(set(field.options)) < 2:
        yield Mistake((), f"“{name}”填选项，却没有两个以上的选项", "加 选项: [甲, 乙]")
    if field.kind is not FieldKind.CHOICE and field.options:
        yield Mistake(("选项",), f"“{name}”填的是{field.kind}，不用列选项", "删去 选项，或改为 填: 选项")
    if len(set(field.options)) < len(field.options):
        yield Mistake(("选项",), f"“{name}”的选项有重复")


def _occurrence(name: str, field: FormField) -> Iterator[Mistake]:
    if field.counts_if is None:
        return
    if field.kind is not FieldKind.COUNT:
        yield Mistake(("算一处",), f"“{name}”填的是{field.kind}，没有算一处", "只有填数量的写 算一处")
    try:
        if fields_of(read(field.counts_if)) != (SIZE,):
            raise CardError(("算一处",), "算一处只能看“大小”", f"写成 {SIZE} > 0.5 的样子")
        condition(field.counts_if, {SIZE: FormField(kind=FieldKind.MEASURE)}, "算一处")
    except ConditionError as error:
        yield Mistake(("算一处",), error.message, error.hint, error.at)
    except CardError as error:
        yield Mistake(error.loc, error.message, error.hint, error.at)


def _tiers(name: str, field: FormField) -> Iterator[Mistake]:
    if field.bands is None:
        return
    if field.kind is not FieldKind.POINTS:
        yield Mistake(("分档",), f"“{name}”填的是{field.kind}，没有分档", "只有填分数的写 分档")
        return
    bands = {}
    for tier, words in field.bands.items():
        try:
            bands[tier] = read_band(words)
        except BandError as error:
            yield Mistake(("分档", tier), str(error), "写成 18～20 的样子")
    if len(bands) < len(field.bands):
        return
    low, high = field.limits
    assert low is not None and high is not None
    for value, claims in contested(bands, low, high, _CENT):
        if claims:
            yield Mistake(
                ("分档", claims[-1], KEY), f"“{claims[0]}”和“{claims[1]}”都占了 {plain(value)}", "各档不要重"
            )
    if field.maximum is None or not any(high in band for band in bands.values()):
        yield Mistake(("分档",), f"最大 {plain(high)} 不在任何一档里", "最高一档到最大为止")


def veto_mistakes(standard: Standard) -> Iterator[Mistake]:
    """Yield what is wrong with what a veto comes to."""
    vetoing = standard.severe is not None or any(clause.veto for clause in standard.clauses)
    if standard.veto_grade is None:
        if vetoing:
            yield Mistake((), "有一票否决或严重条款达，却没写一票否决的后果", "加一行 一票否决: 等次定为…")
    elif standard.veto_grade not in (*standard.grades, NO_GRADE):
        yield Mistake(
            ("一票否决",),
            f"没有“{standard.veto_grade}”这个等次",
            did_you_mean(standard.veto_grade, standard.grades),
        )
