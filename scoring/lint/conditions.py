"""Doubts about conditions: those that always or never hold, and parts of them that change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoring.compile.compiled import CompiledClause
from scoring.errors import Loc
from scoring.explain.readback import condition_aloud
from scoring.grammar.condition import And, Condition, Or, fields_of, leaves
from scoring.inspection import Inspection, Unit
from scoring.lint.doubt import Doubt
from scoring.lint.subject import Subject
from scoring.match.derive import Deriver
from scoring.points import plain
from scoring.rule.standard import Standard
from scoring.tariff import Values

_SIDES = {"扣分情形": ("什么单位都扣分", "谁也扣不到"), "加分情形": ("什么单位都加分", "谁也加不到"),
          "不适用": ("这一条谁也不查", "等于没写"), "样本": ("等于没写", "永远按未查")}  # fmt: skip


# Longer chains of 且 or 或 are lists, and looked at only as a whole.
_MOST_PARTS = 12


def always_true(subject: Subject) -> Iterator[Doubt]:
    """疑11: a condition holds whatever the answers are."""
    for loc, condition in _written(subject):
        if not subject.reach.can([], [condition]):
            yield subject.doubt("疑11", loc, f"{loc[-1]}总是成立，{_SIDES[str(loc[-1])][0]}")


def never_true(subject: Subject) -> Iterator[Doubt]:
    """疑12: no answers make a condition hold."""
    for loc, condition in _written(subject):
        if not subject.reach.can([condition]):
            yield subject.doubt("疑12", loc, f"{loc[-1]}总不成立，{_SIDES[str(loc[-1])][1]}")


def exempt_from_all(subject: Subject) -> Iterator[Doubt]:
    """疑13: whoever would lose points is exempt."""
    for one in subject.cards:
        when, exempt = one.check.when, one.check.exempt
        if exempt is None or not subject.reach.can([when]) or not subject.reach.can([], [exempt]):
            continue
        if not subject.reach.can([when], [exempt]):
            verb = "加" if one.loc[0] == "加分" else "扣"
            yield subject.doubt("疑13", (*one.loc, "不适用"), f"够得上{verb}分的，都被不适用免掉了")


def idle_part(subject: Subject) -> Iterator[Doubt]:
    """疑14: a part of a condition could be left out and nothing would change."""
    for loc, condition in _written(subject):
        can = subject.reach.can
        if isinstance(condition, And | Or) and can([condition]) and can([], [condition]):
            idle = next(_idle(subject, condition), None)
            if idle is not None:
                yield subject.doubt("疑14", loc, f"“{condition_aloud(idle)}”这一半写不写都一样")


def blank_fails(subject: Subject) -> Iterator[Doubt]:
    """疑16: on a sheet signed 空白即未发现问题 a blank costs points."""
    derived = Deriver(subject.terms)(_signed(subject.standard))
    assumed = frozenset(derived.assumed)
    for one in subject.current:
        if one.card.when is not None and one.most:
            name = _costly(subject, one.check, derived.values, assumed)
            if name:
                meant = derived.values[name]
                shown = plain(meant) if isinstance(meant, Decimal) else meant
                message = f"签了“空白即未发现问题”的，“{name}”空白当作{shown}，反而扣分"
                yield subject.doubt("疑16", (*one.loc, "扣分情形"), message)


def _signed(standard: Standard) -> Inspection:
    """Return a sheet that is signed, and blank."""
    unit, columns = Unit("样板", "样板", standard.kinds[0]), frozenset(standard.form)
    reasons = dict.fromkeys(columns, "空白即未发现问题")
    return Inspection(unit, standard.starts, {}, columns, reasons=reasons, blank_is_none=True)


def _costly(subject: Subject, check: CompiledClause, values: Values, assumed: frozenset[str]) -> str:
    """Return a 检查项 whose blank, as a signed sheet means it, can make a clause fail; "" where there is none."""
    can, exempt = subject.reach.can, [check.exempt] if check.exempt else []
    given = {name: value for name in check.reads if isinstance(value := values.get(name), str | Decimal)}
    for leaf in leaves(check.when):
        known = [name for name in fields_of(leaf) if name in given]
        blank = next((one for name in known for one in subject.terms.asked[name] if one in assumed), "")
        if blank and can([leaf], (), given) and can([check.when], exempt, given):
            return blank
    return ""


def _written(subject: Subject) -> Iterator[tuple[Loc, Condition]]:
    """Yield every condition that an author wrote, with its place."""
    for one in subject.current:
        if one.card.when is not None:
            yield (*one.loc, "扣分情形"), one.check.when
        if one.check.exempt is not None:
            yield (*one.loc, "不适用"), one.check.exempt
    for extra in subject.bonuses:
        yield (*extra.loc, "加分情形"), extra.check.when
        if extra.check.exempt is not None:
            yield (*extra.loc, "不适用"), extra.check.exempt
    for name, sample in subject.terms.samples.items():
        yield ("登记表", name, "样本"), sample
    for computed in subject.terms.computed:
        if computed.sample is not None:
            yield ("计算", computed.name, "样本"), computed.sample


def _idle(subject: Subject, condition: Condition) -> Iterator[Condition]:
    """Yield the parts, outermost first, that the others decide already."""
    if not isinstance(condition, And | Or) or len(condition.parts) > _MOST_PARTS:
        return
    can = subject.reach.can
    for place, part in enumerate(condition.parts):
        others = (*condition.parts[:place], *condition.parts[place + 1 :])
        needed = can(others, [part]) if isinstance(condition, And) else can([part], others)
        if not needed:
            yield part
    for part in condition.parts:
        yield from _idle(subject, part)
