"""The reference reading of conditions: a tree becomes a Python function from answers to possible outcomes.

A blank is unknown, so an outcome is a *set*: a condition may be true (T), false (F) or not applicable (N, the
inspector wrote 不适用), and a blank may still become any of them. Sets are bit masks. 且 lets F win over N over T, 或
lets T win over F over N; both are applied to every pair of outcomes, so the set never misses a completion.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import singledispatch

from scoring.grammar.condition import And, Compare, CompareFields, Condition, OneOf, Or, Sign, Value
from scoring.inspection import NotApplicable
from scoring.rule.form_field import FormField
from scoring.tariff import Values

T, F, N = 1, 2, 4
Predicate = Callable[[Values], int]
Form = Mapping[str, FormField]

# ``answer > value`` is asked of the value, as ``value < answer``: its bound method is the fastest test there is.
_REVERSED = {
    Sign.EQ: "__eq__",
    Sign.NE: "__ne__",
    Sign.LT: "__gt__",
    Sign.LE: "__ge__",
    Sign.GT: "__lt__",
    Sign.GE: "__le__",
}


def _table(order: tuple[int, int, int]) -> tuple[tuple[int, ...], ...]:
    """Lift “the first of ``order`` that either side has wins” from outcomes to sets of outcomes."""

    def wins(a: int, b: int) -> int:
        return next(outcome for outcome in order if outcome in (a, b))

    def lifted(left: int, right: int) -> int:
        pairs = ((a, b) for a in order if a & left for b in order if b & right)
        return sum({wins(a, b) for a, b in pairs})

    return tuple(tuple(lifted(left, right) for right in range(8)) for left in range(8))


ALL = _table((F, N, T))
ANY = _table((T, F, N))


def predicate(condition: Condition, form: Form) -> Predicate:
    """Compile a condition to a function from answers to the set of its possible outcomes."""
    return _compile(condition, form)


@singledispatch
def _compile(node: object, form: Form) -> Predicate:  # noqa: ARG001 (the signature every node shares)
    raise TypeError(f"no reading for {type(node).__name__}")


@_compile.register
def _(node: Compare, form: Form) -> Predicate:
    return _leaf(node.field, form, getattr(node.value, _REVERSED[node.sign]))


@_compile.register
def _(node: CompareFields, form: Form) -> Predicate:
    blank = T | F | (N if form[node.field].may_skip or form[node.other].may_skip else 0)
    holds = getattr(operator, _REVERSED[node.sign])

    def outcome(values: Values) -> int:
        one, other = values.get(node.field), values.get(node.other)
        if isinstance(one, NotApplicable) or isinstance(other, NotApplicable):
            return N
        if one is None or other is None:
            return blank
        return T if holds(other, one) else F

    return outcome


@_compile.register
def _(node: OneOf, form: Form) -> Predicate:
    return _leaf(node.field, form, frozenset(node.values).__contains__)


def _leaf(name: str, form: Form, holds: Callable[[Value], bool]) -> Predicate:
    blank = T | F | (N if form[name].may_skip else 0)

    def outcome(values: Values) -> int:
        answer = values.get(name)
        if answer is None:
            return blank
        if isinstance(answer, NotApplicable):
            return N
        return T if holds(answer) else F

    return outcome


@_compile.register
def _(node: And, form: Form) -> Predicate:
    return _joined(node.parts, form, ALL)


@_compile.register
def _(node: Or, form: Form) -> Predicate:
    return _joined(node.parts, form, ANY)


def _joined(parts: tuple[Condition, ...], form: Form, table: tuple[tuple[int, ...], ...]) -> Predicate:
    first, *rest = (_compile(part, form) for part in parts)

    def outcome(values: Values) -> int:
        mask = first(values)
        for part in rest:
            mask = table[mask][part(values)]
        return mask

    return outcome
