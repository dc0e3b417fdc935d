"""Doubts about conditions: those that always or never hold, and parts of them that change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoring.condition import And, Condition, Or, Value, fields_of, leaves
from scoring.errors import Loc
from scoring.form_field import FieldKind, FormField
from scoring.lint.doubt import Doubt
from scoring.lint.subject import Subject
from scoring.match.predicates import T, predicate
from scoring.points import ZERO, plain
from scoring.readback import condition_aloud

_SIDES = {"扣分情形": ("什么单位都扣分", "谁也扣不到"), "加分情形": ("什么单位都加分", "谁也加不到"),
          "不适用": ("这一条谁也不查", "等于没写"), "样本": ("等于没写", "永远按未查")}  # fmt: skip


def always_true(subject: Subject) -> Iterator[Doubt]:
    """疑11: a condition holds whatever the answers are."""
    for loc, condition in _written(subject):
        if not subject.reach.can([], [condition]):
            yield subject.doubt("疑11", loc, f"{loc[-1]}总是成立，{_SIDES[str(loc[-1])][0]}")


def never_true(subject: Subject) -> Iterator[Doubt]:
    """疑12: a condition holds whatever the answers are not."""
    for loc, condition in _written(subject):
        if not subject.reach.can([condition]):
            yield subject.doubt("疑12", loc, f"{loc[-1]}总不成立，{_SIDES[str(loc[-1])][1]}")


def exempt_from_all(subject: Subject) -> Iterator[Doubt]:
    """疑13: whoever would lose points is exempt."""
    for one in (*subject.current, *subject.bonuses):
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
    for one in subject.current:
        if one.card.when is None or not subject.most(one):
            continue
        found = next(_costly_blanks(subject, one.check.when), None)
        if found is not None:
            name, meant = found
            message = f"签了“空白即未发现问题”的，“{name}”空白当作{_shown(meant)}，反而扣分"
            yield subject.doubt("疑16", (*one.loc, "扣分情形"), message)


def _costly_blanks(subject: Subject, when: Condition) -> Iterator[tuple[str, Value]]:
    """Yield each 检查项 whose blank on a signed sheet meets a comparison, and what the blank counts as."""
    for leaf in leaves(when):
        for name in fields_of(leaf):
            field = subject.standard.form.get(name)
            meant = None if field is None else _blank(field)
            if meant is not None and predicate(leaf, subject.terms.fields)({name: meant}) & T:
                yield name, meant


def _blank(field: FormField) -> Value | None:
    """Return what a blank on a signed sheet counts as; None where it stays 未查."""
    if field.when_none is None:
        return ZERO if field.kind is FieldKind.COUNT else None
    return field.when_none if isinstance(field.when_none, str) else Decimal(field.when_none)


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else plain(value)


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
    if not isinstance(condition, And | Or):
        return
    can = subject.reach.can
    for place, part in enumerate(condition.parts):
        others = (*condition.parts[:place], *condition.parts[place + 1 :])
        needed = can(others, [part]) if isinstance(condition, And) else can([part], others)
        if not needed:
            yield part
    for part in condition.parts:
        yield from _idle(subject, part)
