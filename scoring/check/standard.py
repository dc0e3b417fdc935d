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

from scoring.check.form import form_mistakes, grade_mistakes, veto_mistakes
from scoring.check.sample import example_mistakes
from scoring.compile.compiled import CompiledItem, compile_bonus, compile_clause
from scoring.compile.fit import CardError, condition
from scoring.compile.terms import Terms, terms_of
from scoring.errors import Loc, Mistake, did_you_mean
from scoring.match.predicates import T, predicate
from scoring.rectify.orders import SLOT, UNIT_SLOTS
from scoring.rule.clause import BonusClause, Clause
from scoring.rule.price import ByOption
from scoring.rule.source import Basis
from scoring.rule.standard import Standard


def mistakes(standard: Standard) -> Iterator[Mistake]:
    """Yield everything wrong with a standard whose shape is right."""
    yield from _head(standard)
    yield from grade_mistakes(standard)
    yield from veto_mistakes(standard)
    yield from form_mistakes(standard)
    yield from _versions(standard)
    terms = _terms(standard)
    for i, item in enumerate(standard.items):
        for j, clause in enumerate(item.clauses):
            for mistake in _clause(clause, standard, terms, CompiledItem(1, item.name, item.full, ())):
                yield Mistake(("项目", i, "条款", j, *mistake.loc), mistake.message, mistake.hint, mistake.at)
    yield from _bonus(standard, terms)
    yield from _conclusions(standard)


def _terms(standard: Standard) -> Terms:
    """Return what conditions may speak of; where the form itself is wrong, the clauses are still asked what they can be."""
    try:
        return terms_of(standard)
    except CardError:
        return Terms({**standard.fields})


def _head(standard: Standard) -> Iterator[Mistake]:
    if standard.ends is not None and standard.ends <= standard.starts:
        yield Mistake(("废止",), "废止日期应晚于施行日期")
    names = Counter(item.name for item in standard.items)
    for i, item in enumerate(standard.items):
        if names[item.name] > 1:
            yield Mistake(("项目", i, "名称"), f"项目“{item.name}”重复", "把条款并到一个项目里")
        if standard.scored and not item.full:
            yield Mistake(("项目", i, "满分"), "“0”应大于 0", "不计分的标准写 计分: 只统计")
        if not standard.scored and item.full:
            yield Mistake(("项目", i, "满分"), "只统计的标准，项目的满分写 0", "或删去 计分")
    if not standard.scored and standard.bonus is not None:
        yield Mistake(("加分",), "只统计的标准没有加分", "删去 加分，或删去 计分")


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


def _clause(clause: Clause, standard: Standard, terms: Terms, item: CompiledItem) -> Iterator[Mistake]:
    yield from _attempt(lambda: _priced(clause, standard, terms, item))
    yield from _attempt(lambda: _exempt(clause, terms))
    yield from _kinds(clause, standard)
    yield from _slots(clause, standard)
    yield from _quotation(clause, standard)
    for k, example in enumerate(clause.examples):
        for mistake in example_mistakes(example, standard):
            yield Mistake(("算例", k, *mistake.loc), mistake.message, mistake.hint)


def _bonus(standard: Standard, terms: Terms) -> Iterator[Mistake]:
    """Yield what is wrong with the 加分 clauses."""
    bonus = standard.bonus
    seen: set[str] = set()
    for j, card in enumerate(() if bonus is None else bonus.clauses):
        for mistake in _bonus_clause(card, standard, terms):
            yield Mistake(("加分", "条款", j, *mistake.loc), mistake.message, mistake.hint, mistake.at)
        if not card.id.startswith(f"{standard.id}-"):
            yield Mistake(("加分", "条款", j, "编号"), f"编号“{card.id}”应以“{standard.id}-”开头")
        if card.id in seen:
            yield Mistake(("加分", "条款", j, "编号"), f"编号“{card.id}”重复", "换一个编号")
        seen.add(card.id)


def _bonus_clause(card: BonusClause, standard: Standard, terms: Terms) -> Iterator[Mistake]:
    yield from _attempt(lambda: compile_bonus(card, standard, terms, 1, Decimal(0)))
    yield from _kinds(card, standard)
    yield from _quotation(card, standard)
    for k, example in enumerate(card.examples):
        for mistake in example_mistakes(example, standard, "加"):
            yield Mistake(("算例", k, *mistake.loc), mistake.message, mistake.hint)


def _kinds(clause: Clause | BonusClause, standard: Standard) -> Iterator[Mistake]:
    for k, kind in enumerate(clause.kinds or ()):
        if kind not in standard.kinds:
            yield Mistake(("适用", k), f"“{kind}”不在标准的适用里", did_you_mean(kind, standard.kinds))


def _attempt(act: Callable[[], object]) -> Iterator[Mistake]:
    try:
        act()
    except CardError as error:
        yield Mistake(error.loc, error.message, error.hint, error.at)


def _priced(clause: Clause, standard: Standard, terms: Terms, item: CompiledItem) -> None:
    """Raise CardError where the condition or the price does not fit, or an option that fails has no price."""
    compiled = compile_clause(clause.model_copy(update={"exempt": None}), standard, terms, 1, item)
    if not isinstance(clause.price, ByOption):
        return
    name = compiled.subject
    holds = predicate(compiled.when, terms.fields)
    for option in terms.fields[name].choices:
        fails, priced = bool(holds({name: option}) & T), option in clause.price.points
        if fails and not priced:
            raise CardError(
                ("扣分",), f"“{option}”符合扣分情形，却没写扣几分", f"加 {option}: 分值，不扣的写 0"
            )
        if priced and not fails:
            raise CardError(
                ("扣分", option), f"“{option}”不符合扣分情形，扣分用不上", "改扣分情形，或删去这一档"
            )


def _exempt(clause: Clause, terms: Terms) -> None:
    """Raise CardError where 不适用 cannot be read."""
    if clause.exempt is not None:
        condition(clause.exempt, terms.fields, "不适用")


def _slots(clause: Clause, standard: Standard) -> Iterator[Mistake]:
    for key, text in (
        ("要求", clause.remedy.text),
        ("责任单位", clause.remedy.unit),
        ("责任人", clause.remedy.person),
    ):
        for name in SLOT.findall(text):
            if name not in standard.fields and name not in UNIT_SLOTS:
                hint = did_you_mean(name, (*standard.fields, *UNIT_SLOTS))
                yield Mistake(("整改", key), f"【{name}】不在登记表里", hint)


def _quotation(clause: Clause | BonusClause, standard: Standard) -> Iterator[Mistake]:
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
