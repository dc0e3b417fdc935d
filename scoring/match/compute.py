"""Work out the computed fields (计算) of a visit: exact fractions inside, rounded once as declared.

What needs a blank, divides by 0 or rests on too small a sample stays unknown, with the reason; what needs an answer
不适用 is 不适用.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from scoring.compile.fit_computed import CompiledField
from scoring.grammar.arithmetic import Arithmetic, Field, Number, Operator
from scoring.grammar.condition import Condition, Value
from scoring.inspection import NOT_APPLICABLE, NotApplicable
from scoring.match.predicates import Form, Predicate, T, predicate
from scoring.rule.computed import Constant, Formula, Lookup
from scoring.tariff import Values

LARGEST = Decimal(10) ** 12
FINEST = 8
TOO_FEW, NO_DIVISOR, TOO_LARGE = "样本不足", "除数为0", "结果太大"
_ROUND = {"进一": ROUND_CEILING, "舍去": ROUND_FLOOR, "四舍五入": ROUND_HALF_UP}
_EXACT = Context(prec=400)

Result = Value | NotApplicable | None
Reasons = dict[str, str]


class Sample:
    """样本: without it an answer or a computed value counts as 未查."""

    def __init__(self, condition: Condition, fields: Form) -> None:
        self._enough: Predicate = predicate(condition, fields)

    def __call__(self, values: Values) -> bool:
        """Return whether the sample is certainly large enough."""
        return self._enough(values) == T


class Step:
    """One computed field made ready."""

    def __init__(self, compiled: CompiledField, fields: Form) -> None:
        self.name, self.needs = compiled.name, compiled.needs
        self._sample = None if compiled.sample is None else Sample(compiled.sample, fields)
        self._work = _work(compiled)

    def __call__(self, values: Mapping[str, Value | NotApplicable], reasons: Reasons) -> Result:
        """Return the value, or None with the reason noted where there is one beyond a blank."""
        known = [values.get(name) for name in self.needs]
        if any(isinstance(one, NotApplicable) for one in known):
            return NOT_APPLICABLE
        if None in known:
            inherited = (reasons[name] for name in self.needs if name in reasons)
            return self._unknown(reasons, next(inherited, ""))
        if self._sample is not None and not self._sample(values):
            return self._unknown(reasons, TOO_FEW)
        try:
            found = self._work(values)
        except ZeroDivisionError:
            return self._unknown(reasons, NO_DIVISOR)
        if isinstance(found, Decimal) and abs(found) > LARGEST:
            return self._unknown(reasons, TOO_LARGE)
        return found

    def _unknown(self, reasons: Reasons, reason: str) -> Result:
        if reason:
            reasons[self.name] = reason
        return None


def _work(compiled: CompiledField) -> Callable[[Values], Value]:
    card = compiled.card
    if isinstance(card, Constant):
        constant: Value = card.value if isinstance(card.value, str) else Decimal(card.value)
        return lambda _: constant
    if isinstance(card, Lookup):
        numbers, by = dict(card.numbers), card.by
        return lambda values: numbers[str(values[by])]
    if isinstance(card, Formula):
        assert compiled.formula is not None
        tree = compiled.formula
        return lambda values: _rounded(_exact(tree, values), card)
    bands, by = compiled.bands, card.by
    return lambda values: next(level for level, band in bands if values[by] in band)


def _exact(tree: Arithmetic, values: Values) -> Fraction:
    if isinstance(tree, Number):
        return Fraction(tree.value)
    if isinstance(tree, Field):
        value = values[tree.name]
        assert isinstance(value, Decimal)
        return Fraction(value)
    left, right = _exact(tree.left, values), _exact(tree.right, values)
    match tree.sign:
        case Operator.PLUS:
            return left + right
        case Operator.MINUS:
            return left - right
        case Operator.TIMES:
            return left * right
        case Operator.DIVIDE:
            return left / right


def _rounded(exact: Fraction, card: Formula) -> Decimal:
    """Round once: as declared, at the latest at the eighth place; then 不低于 and 不高于."""
    if card.rounding is not None:
        number = _to_places(exact, 0, _ROUND[card.rounding])
    else:
        number = _to_places(exact, FINEST if card.places is None else card.places, ROUND_HALF_UP)
    if card.floor is not None:
        number = max(number, card.floor)
    return number if card.ceiling is None else min(number, card.ceiling)


def _to_places(exact: Fraction, places: int, rounding: str) -> Decimal:
    scaled = exact * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)  # floor, whatever the sign
    if rounding == ROUND_CEILING:
        whole += bool(rest)
    elif rounding == ROUND_HALF_UP:
        # Half away from zero, as Decimal's own ROUND_HALF_UP.
        whole += 2 * rest > scaled.denominator or (2 * rest == scaled.denominator and exact > 0)
    return _EXACT.scaleb(Decimal(whole), -places)
