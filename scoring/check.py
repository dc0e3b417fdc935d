"""What the schema cannot say of a standard: names that must exist, numbers that must fit together, words of the source.

Every mistake is found at once; ``load.py`` turns its key into a line and column.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from scoring.derive import misfit
from scoring.errors import Loc, Mistake, did_you_mean
from scoring.fit import CardError, condition, price
from scoring.match.predicates import T, predicate
from scoring.price import ByOption
from scoring.rectify import SLOT, UNIT_SLOTS
from scoring.sample import example_mistakes
from scoring.standard import Basis, Clause, FieldKind, FormField, Standard


def mistakes(standard: Standard) -> Iterator[Mistake]:
    """Yield everything wrong with a standard whose shape is right."""
    yield from _head(standard)
    yield from _veto(standard)
    for name, field in standard.form.items():
        yield from _form_field(name, field)
    yield from _versions(standard)
    for i, item in enumerate(standard.items):
        for j, clause in enumerate(item.clauses):
            for mistake in _clause(clause, standard):
                yield Mistake(("项目", i, "条款", j, *mistake.loc), mistake.message, mistake.hint, mistake.at)
    yield from _conclusions(standard)


def _head(standard: Standard) -> Iterator[Mistake]:
    if standard.ends is not None and standard.ends <= standard.starts:
        yield Mistake(("废止",), "废止日期应晚于施行日期")
    floors = list(standard.grades.values())
    if 0 not in floors:
        yield Mistake(("等次",), "没有起点为 0 的等次", "最低一等写 0，任何得分才都有等次")
    for name, floor in standard.grades.items():
        if floor > standard.full:
            yield Mistake(("等次", name), f"起点 {floor} 高于总满分 {standard.full}")
        if floors.count(floor) > 1:
            yield Mistake(("等次", name), f"起点 {floor} 有两个等次", "每个等次的起点应不同")
    names = Counter(item.name for item in standard.items)
    for i, item in enumerate(standard.items):
        if names[item.name] > 1:
            yield Mistake(("项目", i, "名称"), f"项目“{item.name}”重复", "把条款并到一个项目里")


def _veto(standard: Standard) -> Iterator[Mistake]:
    vetoing = standard.severe is not None or any(clause.veto for clause in standard.clauses)
    if standard.veto_grade is None:
        if vetoing:
            yield Mistake((), "有一票否决或严重条款达，却没写一票否决的后果", "加一行 一票否决: 等次定为…")
    elif standard.veto_grade not in standard.grades:
        yield Mistake(
            ("一票否决",),
            f"没有“{standard.veto_grade}”这个等次",
            did_you_mean(standard.veto_grade, standard.grades),
        )


def _form_field(name: str, field: FormField) -> Iterator[Mistake]:
    loc = ("登记表", name)
    if field.kind is FieldKind.CHOICE and len(set(field.options)) < 2:
        yield Mistake(loc, f"“{name}”填选项，却没有两个以上的选项", "加 选项: [甲, 乙]")
    if field.kind is not FieldKind.CHOICE and field.options:
        yield Mistake((*loc, "选项"), f"“{name}”填的是{field.kind}，不用列选项", "删去 选项，或改为 填: 选项")
    if len(set(field.options)) < len(field.options):
        yield Mistake((*loc, "选项"), f"“{name}”的选项有重复")
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield Mistake((*loc, "最小"), "最小大于最大")
    if field.choices and (field.minimum is not None or field.maximum is not None):
        yield Mistake(loc, f"“{name}”填的是选项，没有最小、最大")
    if field.when_none is not None:
        none = Decimal(field.when_none) if isinstance(field.when_none, int) else field.when_none
        if complaint := misfit(field, none):
            yield Mistake((*loc, "没问题时"), *complaint)


def _versions(standard: Standard) -> Iterator[Mistake]:
    """Yield mistakes in 编号 and 施行 that only show when all versions are seen together."""
    seen: set[tuple[str, date]] = set()
    item_of: dict[str, int] = {}
    for i, item in enumerate(standard.items):
        for j, clause in enumerate(item.clauses):
            loc: Loc = ("项目", i, "条款", j)
            starts = clause.starts or standard.starts
            if not clause.id.startswith(f"{standard.id}-"):
                yield Mistake((*loc, "编号"), f"编号“{clause.id}”应以“{standard.id}-”开头")
            if (clause.id, starts) in seen:
                yield Mistake(
                    (*loc, "编号"), f"编号“{clause.id}”重复", "新版写上更晚的 施行；另一条款换一个编号"
                )
            if item_of.setdefault(clause.id, i) != i:
                yield Mistake((*loc, "编号"), f"“{clause.id}”的两个版本不在同一个项目里")
            seen.add((clause.id, starts))
            if starts < standard.starts:
                yield Mistake((*loc, "施行"), "条款的施行早于标准的施行")
            if clause.ends is not None and clause.ends <= starts:
                yield Mistake((*loc, "废止"), "废止日期应晚于施行日期")


def _conclusions(standard: Standard) -> Iterator[Mistake]:
    ids = dict.fromkeys(clause.id for clause in standard.clauses)
    for name, named in standard.conclusions.items():
        for k, id in enumerate(named):
            if id not in ids:
                yield Mistake(("结论", name, k), f"没有编号“{id}”的条款", did_you_mean(id, ids))


def _clause(clause: Clause, standard: Standard) -> Iterator[Mistake]:
    yield from _attempt(_priced, clause, standard)
    yield from _attempt(_exempt, clause, standard)
    for k, kind in enumerate(clause.kinds or ()):
        if kind not in standard.kinds:
            yield Mistake(("适用", k), f"“{kind}”不在标准的适用里", did_you_mean(kind, standard.kinds))
    yield from _slots(clause, standard)
    yield from _quotation(clause, standard)
    for k, example in enumerate(clause.examples):
        for mistake in example_mistakes(example, standard):
            yield Mistake(("算例", k, *mistake.loc), mistake.message, mistake.hint)


def _attempt(
    act: Callable[[Clause, Standard], None], clause: Clause, standard: Standard
) -> Iterator[Mistake]:
    try:
        act(clause, standard)
    except CardError as error:
        yield Mistake(error.loc, error.message, error.hint, error.at)


def _priced(clause: Clause, standard: Standard) -> None:
    """Raise CardError where the condition or the price does not fit, or an option that fails has no price."""
    when = condition(clause.when, standard.form, "扣分情形")
    tariff = price(clause, when, standard.form)
    if not isinstance(clause.price, ByOption):
        return
    holds = predicate(when, standard.form)
    for option in standard.form[tariff.field].choices:
        fails, priced = bool(holds({tariff.field: option}) & T), option in clause.price.points
        if fails and not priced:
            raise CardError(
                ("扣分",), f"“{option}”符合扣分情形，却没写扣几分", f"加 {option}: 分值，不扣的写 0"
            )
        if priced and not fails:
            raise CardError(
                ("扣分", option), f"“{option}”不符合扣分情形，扣分用不上", "改扣分情形，或删去这一档"
            )


def _exempt(clause: Clause, standard: Standard) -> None:
    """Raise CardError where 不适用 cannot be read."""
    if clause.exempt is not None:
        condition(clause.exempt, standard.form, "不适用")


def _slots(clause: Clause, standard: Standard) -> Iterator[Mistake]:
    for key, text in (
        ("要求", clause.remedy.text),
        ("责任单位", clause.remedy.unit),
        ("责任人", clause.remedy.person),
    ):
        for name in SLOT.findall(text):
            if name not in standard.form and name not in UNIT_SLOTS:
                hint = did_you_mean(name, (*standard.form, *UNIT_SLOTS))
                yield Mistake(("整改", key), f"【{name}】不在登记表里", hint)


def _quotation(clause: Clause, standard: Standard) -> Iterator[Mistake]:
    """Yield a mistake where 原文 is not, word for word, in the 条文 that 出处 names."""
    if not isinstance(standard.basis, Basis):
        return
    passages = standard.basis.passages
    written = re.sub(r"（(示例|注)：.*", "", clause.citation).strip()
    one = "|".join(re.escape(name) for name in sorted(passages, key=len, reverse=True))
    if not re.fullmatch(f"(参照)?({one})(、(参照)?({one}))*", written):
        name = written.removeprefix("参照")
        yield Mistake(("出处",), f"依据里没有“{name}”这一条", did_you_mean(name, passages))
        return
    cited = [name for name in passages if re.search(rf"(^|、|参照){re.escape(name)}($|、)", written)]
    text = _folded("".join(passages[name] for name in cited))
    for part in re.split(r"……|；", clause.source_text):
        if _folded(part) not in text:
            yield Mistake(("原文",), f"“{part}”不是依据{clause.citation}里的原话", "照抄原文；略去的地方用……")


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
