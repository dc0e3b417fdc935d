"""Random standards in every price shape, and random sheets for them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from scoring.form_field import FieldKind, FormField
from scoring.inspection import NOT_APPLICABLE, Answer, NotChecked, Unit
from scoring.standard import Standard
from tests.support import HEAD, clause, standard

KINDS = ("行政村", "自然村")
FIELDS = {
    "甲处数": "{填: 数量, 单位: 处, 最大: 12}",
    "乙处数": "{填: 数量, 单位: 处, 最大: 12, 可缺项: 是}",
    "丙户数": "{填: 数量, 单位: 户, 最大: 12}",
    "丁": "{填: 是否}",
    "戊": "{填: 是否, 可缺项: 是}",
    "己": "{填: 选项, 选项: [好, 中, 差]}",
    "庚": "{填: 选项, 选项: [好, 中, 差], 可缺项: 是}",
    "辛率": "{填: 百分比}",
}
FORM = "".join(f"  {name}: {field}\n" for name, field in FIELDS.items())
_COUNTS = {"甲处数": "处", "乙处数": "处", "丙户数": "户"}
_leaf = st.sampled_from(
    [
        "甲处数 > 0",
        "甲处数 ≥ 3",
        "乙处数 > 1",
        "丙户数 > 0",
        "丁 = 是",
        "戊 = 否",
        "己 = 差",
        "己 属于 中、差",
        "庚 ≠ 好",
        "辛率 < 60%",
    ]
)
_cents = st.integers(0, 2000).map(lambda cents: f"{Decimal(cents) / 100:.2f}")


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """A condition of one to three comparisons, joined and bracketed."""
    leaves = draw(st.lists(_leaf, min_size=1, max_size=3))
    if len(leaves) < 3:
        return f" {draw(st.sampled_from('且或'))} ".join(leaves)
    outer, inner = draw(st.permutations("且或"))
    return f"{leaves[0]} {outer} ({leaves[1]} {inner} {leaves[2]})"


@st.composite
def cards(draw: st.DrawFn, number: int) -> str:
    """One clause card in one of the price shapes."""
    shape = draw(st.sampled_from(["flat", "each", "capped", "option", "zero"]))
    when, price = draw(conditions()), draw(_cents)
    if shape in ("each", "capped"):
        name = draw(st.sampled_from(sorted(_COUNTS)))
        when = f"{name} > {draw(st.integers(0, 2))}"
        cap = f", 最高扣: {draw(_cents)}" if shape == "capped" else ""
        price = f"{{每{_COUNTS[name]}: {draw(_cents)}{cap}}}"
    elif shape == "option":
        name = draw(st.sampled_from(["己", "庚"]))
        when, price = f"{name} ≠ 好", f"{{中: {draw(_cents)}, 差: {draw(_cents)}}}"
    elif shape == "zero":
        price = "本项不得分"
    more = {"严重程度": draw(st.sampled_from(["一般", "严重"]))}
    if draw(st.integers(0, 5)) == 0:
        more["一票否决"] = "是"
    if draw(st.integers(0, 3)) == 0:
        more["不适用"] = draw(conditions())
    if draw(st.integers(0, 3)) == 0:
        more["适用"] = f"[{draw(st.sampled_from(KINDS))}]"
    return clause(number, when, price, **more)


@st.composite
def standards(draw: st.DrawFn) -> Standard:
    """A standard of one to three items with one to three clauses each, of any total."""
    items, number = [], 0
    for _ in range(draw(st.integers(1, 3))):
        found = []
        for _ in range(draw(st.integers(1, 3))):
            number += 1
            found.append(draw(cards(number)))
        items.append((draw(st.sampled_from([2, 15, 20, 45, 100, "12.5", 500])), found))
    full = sum(Decimal(str(mark)) for mark, _ in items)
    grades = [f"{full * share / 10:.2f}" for share in (9, 6)]
    head = HEAD.replace("优秀: 90", f"优秀: {grades[0]}").replace("合格: 60, 不", f"合格: {grades[1]}, 不")
    head += draw(st.sampled_from(["", "严重条款达: 2\n"])) + draw(st.sampled_from(["", "合理缺项: 计满分\n"]))
    return standard(FORM, items, head)


def answers_of(field: FormField) -> list[Answer]:
    """Every answer worth trying for a field, blanks not among them."""
    skip: list[Answer] = [NOT_APPLICABLE] if field.may_skip else []
    if field.choices:
        return [*field.choices, *skip]
    if field.kind is FieldKind.PERCENT:
        return [Decimal(0), Decimal("0.59"), Decimal("0.6"), Decimal(1), *skip]
    return [*(Decimal(n) for n in (0, 1, 2, 3, 4, 12)), *skip]


def sheets(standard: Standard, *, blanks: bool = True) -> st.SearchStrategy[dict[str, Answer]]:
    """Random answers to a standard's form, with or without blanks."""
    missing: list[Answer] = [NotChecked(), NotChecked("锁门")] if blanks else []
    return st.fixed_dictionaries(
        {name: st.sampled_from([*answers_of(field), *missing]) for name, field in standard.form.items()}
    )


units = st.sampled_from([Unit("1", "东岭村", "行政村", "东片"), Unit("2", "石桥村", "自然村", "西片")])
