"""One heap is charged once, as SQL: who may take it is settled by ``match.heap``, which of them does by the row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from scoring.sql.clauses import Found
from scoring.sql.logic import FALSE, NULL, Sql, both, case, either
from scoring.sql.prices import FREE
from scoring.sql.stack import Stack
from scoring.sql.whole import chosen


@dataclass(frozen=True, slots=True)
class Taker:
    """The 编号 of the clause that takes a clause's heap, as a word or NULL; ``spared`` that there is one."""

    spared: Sql
    name: Sql


def charged(rivals: Sequence[Sequence[Found]], stack: Stack) -> Iterator[tuple[Found, Taker]]:
    """Yield what becomes of each clause that counts what a dearer one counts too.

    ``rivals`` are, heap by heap, the clauses that count it, the dearest first.
    """
    for heap in rivals:
        for place, one in enumerate(heap):
            if place and one.asked:
                yield _behind(heap[:place], one, stack)


def _behind(dearer: Sequence[Found], one: Found, stack: Stack) -> tuple[Found, Taker]:
    """Spare a clause where a dearer one fails, or may fail."""
    certain = either(other.fail for other in dearer)
    taken = either((certain, either(other.may_fail for other in dearer)))
    spared = both((either((both((one.fail, taken)), certain)), _costs(one)))
    card = one.check.card.id
    low = stack.keep(f"{card} low", chosen((taken, FREE), default=one.low))
    high = stack.keep(f"{card} high", chosen((certain, FREE), default=one.high))
    names = [(other.fail, _word(other)) for other in dearer]
    names += [(other.may_fail, _word(other)) for other in dearer]
    return replace(one, low=low, high=high), Taker(spared, case((spared, case(*names))))


def _costs(one: Found) -> Sql:
    return FALSE if one.high.high == 0 else exp.GT(this=one.high.sql, expression=FREE.sql)


def _word(one: Found) -> Sql:
    return exp.Literal.string(one.check.card.id)


NOBODY = Taker(FALSE, NULL)
