"""What is known of a visit, as SQL: an integer column for each 检查项, and what becomes of blanks and small samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlglot import exp

from scoring.rule.form_field import FieldKind, FormField
from scoring.sql.logic import FALSE, Sql, both, is_null, negated
from scoring.sql.stack import column
from scoring.sql.whole import Whole, fitting

# How many decimal places a column holds: 60.1234% is 601234. A finer answer is refused where the table is read.
PLACES = {FieldKind.COUNT: 0, FieldKind.POINTS: 2, FieldKind.PERCENT: 6, FieldKind.MEASURE: 6}
NA_SUFFIX = " 不适用"
UNCHECKED_SUFFIX = " 未查"


@dataclass(frozen=True, slots=True)
class Value:
    """One value: ``whole`` is 10^``places`` times the number, or the place of the option in ``options``, from 1.

    It is NULL where the value is unknown or 不适用; ``na`` says which, and ``may_skip`` whether a blank may turn out 不适用.
    """

    whole: Whole
    places: int = 0
    options: tuple[str, ...] = ()
    na: Sql = FALSE
    may_skip: bool = False

    @property
    def unknown(self) -> Sql:
        """Return that it is not known, and not known to be 不适用."""
        return FALSE if self.whole.fixed is not None else both((is_null(self.whole.sql), negated(self.na)))


Values = Mapping[str, Value]


def places(field: FormField) -> int:
    """Return how many decimal places the column of a 检查项 holds."""
    return 0 if field.choices else PLACES[field.kind]


def scaled(number: Decimal, places: int) -> int:
    """Return 10^places times a number that has no more decimal places."""
    whole = number.scaleb(places)
    assert whole == whole.to_integral_value(), number
    return int(whole)


def limits(field: FormField) -> tuple[int, int]:
    """Return the least and the greatest whole number in the column of a 检查项 of the form."""
    if field.choices:
        return 1, len(field.choices)
    low, high = field.limits
    assert low is not None and high is not None
    fine = places(field)
    return int(low.scaleb(fine)), int(high.scaleb(fine))


def of_column(name: str, field: FormField) -> Value:
    """Return the value of a column of the table, which is named like its 检查项."""
    low, high = limits(field)
    whole = Whole(column(name), low, high, fitting(low, high))
    na = column(name + NA_SUFFIX) if field.may_skip else FALSE
    return Value(whole, places(field), field.choices, na, field.may_skip)


def nothing(field: FormField) -> Value:
    """Return the value of a 检查项 that the table does not ask for: unknown in every row."""
    low, high = limits(field)
    blank = exp.Cast(this=exp.Null(), to=exp.DataType.build("INT"))
    return Value(Whole(blank, low, high), places(field), field.choices, FALSE, field.may_skip)
