"""Boolean SQL, folded where a part is already known, and the outcomes of a condition as SQL.

A condition comes to a set of outcomes (``match.predicates``): it may be true, false or not applicable, and a blank may
still become any of them. Where nothing can be 不适用, SQL's own three values say the same: NULL is {true, false}.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlglot import exp

Sql = exp.Expr
TRUE: Sql = exp.Boolean(this=True)
FALSE: Sql = exp.Boolean(this=False)
NULL: Sql = exp.Null()


def _is(one: Sql, known: bool) -> bool:
    return isinstance(one, exp.Boolean) and one.this is known


def is_true(one: Sql) -> bool:
    """Return whether a condition is the word TRUE."""
    return _is(one, True)


def is_false(one: Sql) -> bool:
    """Return whether a condition is the word FALSE."""
    return _is(one, False)


def bracketed(one: Sql) -> Sql:
    """Return a part as it may stand beside any sign."""
    return exp.Paren(this=one) if isinstance(one, exp.Binary | exp.Not | exp.Neg | exp.In) else one


def both(parts: Iterable[Sql]) -> Sql:
    """Return that all parts hold."""
    return _joined(exp.And, parts, FALSE, TRUE)


def either(parts: Iterable[Sql]) -> Sql:
    """Return that at least one part holds."""
    return _joined(exp.Or, parts, TRUE, FALSE)


def _joined(kind: type[exp.Connector], parts: Iterable[Sql], wins: Sql, yields: Sql) -> Sql:
    found: Sql | None = None
    for part in parts:
        if _is(part, wins.this):
            return wins
        if not _is(part, yields.this):
            found = part if found is None else kind(this=_apart(kind, found), expression=_apart(kind, part))
    return yields if found is None else found


def _apart(kind: type[exp.Connector], part: Sql) -> Sql:
    """Return a part of AND or OR, in brackets where it is one of the other."""
    return exp.Paren(this=part) if isinstance(part, exp.Connector) and not isinstance(part, kind) else part


def negated(one: Sql) -> Sql:
    """Return that a condition does not hold."""
    if isinstance(one, exp.Boolean):
        return FALSE if one.this else TRUE
    if isinstance(one, exp.Not):
        inner: Sql = one.this
        return inner.this if isinstance(inner, exp.Paren) else inner
    return exp.Not(this=bracketed(one))


def is_null(one: Sql) -> Sql:
    """Return that a value is NULL."""
    return exp.Is(this=bracketed(one), expression=NULL)


def first_known(*values: Sql) -> Sql:
    """Return the first value that is not NULL."""
    if isinstance(values[0], exp.Boolean | exp.Literal):
        return values[0]
    return exp.Coalesce(this=values[0], expressions=list(values[1:]))


def case(*branches: tuple[Sql, Sql], default: Sql = NULL) -> Sql:
    """Return the value of the first branch whose condition holds; one that is already known is not asked."""
    asked = []
    for written, value in branches:
        condition = _as_taken(written)
        if is_true(condition):
            default = value
            break
        if not is_false(condition):
            asked.append(exp.If(this=condition, true=value))
    return (
        exp.Case(ifs=asked, default=None if isinstance(default, exp.Null) else default) if asked else default
    )


def _as_taken(condition: Sql) -> Sql:
    """Return a condition as a branch asks it: one that is NULL is not taken, so IS TRUE need not be said."""
    if isinstance(condition, exp.Is) and is_true(condition.expression):
        inner: Sql = condition.this
        return inner.this if isinstance(inner, exp.Paren) else inner
    return condition


def _certainly(holds: Sql, truth: Sql) -> Sql:
    """Return that a condition in three values is TRUE or FALSE, and not NULL."""
    if isinstance(holds, exp.Boolean):
        return TRUE if holds.this is truth.this else FALSE
    return exp.Is(this=bracketed(holds), expression=truth)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a condition may come to: each part says, never NULL, whether that outcome is in the set.

    ``holds`` is set where nothing can be 不适用: the condition in SQL's own three values.
    """

    true: Sql
    false: Sql
    na: Sql
    holds: Sql | None = None

    @property
    def only_true(self) -> Sql:
        """Return that it certainly holds."""
        if self.holds is not None:
            return _certainly(self.holds, TRUE)
        return both((self.true, negated(self.false), negated(self.na)))

    @property
    def only_false(self) -> Sql:
        """Return that it certainly does not hold."""
        if self.holds is not None:
            return _certainly(self.holds, FALSE)
        return both((self.false, negated(self.true), negated(self.na)))

    @property
    def only_na(self) -> Sql:
        """Return that it certainly does not apply."""
        return both((self.na, negated(self.true), negated(self.false)))


def plain(holds: Sql) -> Outcome:
    """Return the outcome of a condition in three values: true, false, and NULL where it may be either."""
    may_be, may_not = (negated(_certainly(holds, other)) for other in (FALSE, TRUE))
    return Outcome(may_be, may_not, FALSE, holds)


def all_hold(parts: Iterable[Outcome]) -> Outcome:
    """Return the outcome of 且: false wins over 不适用, 不适用 over true, for every choice of outcomes."""
    found = _plain_first(parts, both)
    if len(found) == 1:
        return found[0]
    return Outcome(
        true=both(one.true for one in found),
        false=either(one.false for one in found),
        na=both((either(one.na for one in found), both(either((one.na, one.true)) for one in found))),
    )


def any_holds(parts: Iterable[Outcome]) -> Outcome:
    """Return the outcome of 或: true wins over false, false over 不适用, for every choice of outcomes."""
    found = _plain_first(parts, either)
    if len(found) == 1:
        return found[0]
    return Outcome(
        true=either(one.true for one in found),
        false=both((either(one.false for one in found), both(either((one.false, one.na)) for one in found))),
        na=both(one.na for one in found),
    )


def _plain_first(parts: Iterable[Outcome], join: object) -> list[Outcome]:
    """Return the parts with those in three values joined by SQL itself."""
    assert callable(join)
    found = list(parts)
    own = [one.holds for one in found if one.holds is not None]
    rest = [one for one in found if one.holds is None]
    return [plain(join(own)), *rest] if own else rest
