"""Random standards in every price shape, and random sheets for them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from scoring.inspection import NOT_APPLICABLE, Answer, NotChecked, Unit
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.standard import Standard
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
    "壬分": "{填: 分数, 最小: 0, 最大: 10, 分档: {好: 8～10, 差: 0～7}}",
    "癸分": "{填: 分数, 最小: 2, 最大: 5}",
    "子查": "{填: 复查}",
    "丑户数": "{填: 数量, 单位: 户, 最大: 12, 样本: 丙户数 ≥ 2}",
}
COMPUTED = """计算:
  应有处数: {算: (丙户数 + 2) ÷ 3, 取整: 进一, 单位: 处}
  容许处数: {按: 己, 取: {好: 0, 中: 1, 差: 3}, 单位: 处}
  甲占比: {算: 甲处数 ÷ (丙户数 + 1), 填: 百分比, 保留: 4}
  均数: {算: 甲处数 ÷ 丙户数 × 2, 保留: 1, 单位: 分, 不高于: 9}
  档次: {按: 辛率, 分级: {低: <60%, 中: 60%～90%（不含90%）, 高: ≥90%}}
"""
FORM = "".join(f"  {name}: {field}\n" for name, field in FIELDS.items())
_COUNTS = {"甲处数": "处", "乙处数": "处", "丙户数": "户"}
PLAIN = ("flat", "each", "capped", "option", "zero")
CERTAIN = (
    *PLAIN,
    "over",
    "short",
    "rate",
    "steps",
    "missing",
    "bands",
    "graded",
    "judged",
    "unrectified",
    "level",
    "between",
)
SHAPES = (*CERTAIN, "sampled", "average")
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

_more = st.integers(1, 2000).map(lambda cents: f"{Decimal(cents) / 100:.2f}")


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """A condition of one to three comparisons, joined and bracketed."""
    leaves = draw(st.lists(_leaf, min_size=1, max_size=3))
    if len(leaves) < 3:
        return f" {draw(st.sampled_from('且或'))} ".join(leaves)
    outer, inner = draw(st.permutations("且或"))
    return f"{leaves[0]} {outer} ({leaves[1]} {inner} {leaves[2]})"


def _counted(draw: st.DrawFn, capped: bool) -> tuple[str, str]:
    name = draw(st.sampled_from(sorted(_COUNTS)))
    cap = f", 最高扣: {draw(_cents)}" if capped else ""
    return f"{name} > {draw(st.integers(0, 2))}", f"{{每{_COUNTS[name]}: {draw(_cents)}{cap}}}"


def _special(draw: st.DrawFn, shape: str) -> tuple[str, str]:
    """Return a condition (empty where the price says when) and a price in one of the shapes that are written in one way."""
    one, two, odd = draw(_cents), draw(_cents), draw(st.sampled_from(["不计", "进一", "照算"]))
    return {
        "option": ("己 ≠ 好", f"{{中: {one}, 差: {two}}}"),
        "zero": (draw(conditions()), "本项不得分"),
        "over": ("甲处数 > 容许处数", f"{{每超1处: {one}, 最高扣: {two}}}"),
        "short": ("甲处数 < 应有处数 且 丁 = 是", f"{{每少1处: {one}}}"),
        "rate": ("辛率 < 90%", f"{{每低1个百分点: {one}, 零头: {odd}}}"),
        "steps": ("丙户数 > 0", f"{{每5户: {one}, 零头: {odd}, 最高扣: {two}}}"),
        "missing": ("", f"{{每缺1项: {one}, 各项: [丁, 戊], 最高扣: {two}}}"),
        "bands": (
            "",
            f"{{按: 甲占比, 分段: {{≤50%: 0, 50%～100%（不含50%）: {one}, 超过100%: {draw(_more)}}}}}",
        ),
        "graded": ("", "{满分: 10, 得分: 壬分}"),
        "judged": (draw(conditions()), "{裁量: 癸分}"),
        "unrectified": (draw(conditions()), f"{{整改不到位: {one}, 复查: 子查}}"),
        "level": ("档次 ≠ 高", f"{{按: 档次, 低: {one}, 中: {two}}}"),
        "between": ("甲处数 ≥ 丙户数", one),
        "sampled": ("丑户数 > 0", f"{{每户: {one}}}"),
        "average": ("均数 > 0", f"{{每分: {one}, 最高扣: {two}}}"),
    }[shape]


@st.composite
def cards(draw: st.DrawFn, number: int, shapes: tuple[str, ...] = SHAPES) -> str:
    """One clause card in one of the price shapes."""
    shape = draw(st.sampled_from(shapes))
    if shape == "flat":
        when, price = draw(conditions()), draw(_cents)
    elif shape in ("each", "capped"):
        when, price = _counted(draw, shape == "capped")
    else:
        when, price = _special(draw, shape)
    more = {"严重程度": draw(st.sampled_from(["一般", "严重"]))}
    if draw(st.integers(0, 5)) == 0:
        more["一票否决"] = "是"
    if draw(st.integers(0, 3)) == 0:
        more["不适用"] = draw(conditions())
    if draw(st.integers(0, 3)) == 0:
        more["适用"] = f"[{draw(st.sampled_from(KINDS))}]"
    return clause(number, when, price, **more)


@st.composite
def bonuses(draw: st.DrawFn) -> str:
    """No 加分, or one or two clauses of it."""
    lines = ""
    for number in range(1, draw(st.integers(0, 2)) + 1):
        price = draw(st.sampled_from([draw(_cents), f"{{每处: {draw(_cents)}}}"]))
        lines += (
            f"  - {{编号: T-J{number}, 名称: 加{number}, 原文: 试验, 出处: 试验, 加分情形: 乙处数 > 1, 加分: {price},"
            " 算例: [{加: 未查}]}\n"
        )
    return f"加分:\n  最高加: {draw(st.integers(1, 30))}\n  条款:\n{lines}" if lines else ""


@st.composite
def standards(draw: st.DrawFn, shapes: tuple[str, ...] = SHAPES) -> Standard:
    """A standard of one to three items with one to three clauses each, of any total."""
    items, number = [], 0
    for _ in range(draw(st.integers(1, 3))):
        found = []
        for _ in range(draw(st.integers(1, 3))):
            number += 1
            found.append(draw(cards(number, shapes)))
        items.append((draw(st.sampled_from([2, 15, 20, 45, 100, "12.5", 500])), found))
    full = sum(Decimal(str(mark)) for mark, _ in items)
    grades = [f"{full * share / 10:.2f}" for share in (9, 6)]
    head = HEAD.replace("优秀: 90", f"优秀: {grades[0]}").replace("合格: 60, 不", f"合格: {grades[1]}, 不")
    head += draw(st.sampled_from(["", "严重条款达: 2\n"])) + draw(st.sampled_from(["", "合理缺项: 计满分\n"]))
    scale = draw(st.sampled_from([None, 100]))
    if scale:
        head = head.replace(grades[0], "90").replace(grades[1], "60") + f"标化分: {scale}\n"
    return standard(FORM + COMPUTED, items, head + draw(bonuses()))


def answers_of(field: FormField) -> list[Answer]:
    """Every answer worth trying for a field, blanks not among them."""
    skip: list[Answer] = [NOT_APPLICABLE] if field.may_skip else []
    if field.choices:
        return [*field.choices, *skip]
    if field.kind is FieldKind.POINTS:
        return [Decimal(points) for points in ("2", "3.5", "5")]
    if field.kind is FieldKind.PERCENT:
        return [Decimal(0), Decimal("0.59"), Decimal("0.6"), Decimal("0.895"), Decimal(1), *skip]
    return [*(Decimal(n) for n in (0, 1, 2, 3, 4, 12)), *skip]


def sheets(standard: Standard, *, blanks: bool = True) -> st.SearchStrategy[dict[str, Answer]]:
    """Random answers to a standard's form, with or without blanks."""
    missing: list[Answer] = [NotChecked(), NotChecked("锁门")] if blanks else []
    return st.fixed_dictionaries(
        {name: st.sampled_from([*answers_of(field), *missing]) for name, field in standard.form.items()}
    )


units = st.sampled_from([Unit("1", "东岭村", "行政村", "东片"), Unit("2", "石桥村", "自然村", "西片")])
