"""What follows from a unit's history, in words and with what it rests on.

A mark names a clause only. The findings it rests on are read back from the history; an order supports a mark when it
alone leads to it, which the same rules are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scoring.compile.program import Program
from scoring.finding import Fact, Finding, FindingFact, Infer, Mark, MarkKind
from scoring.history.ladder import Policy
from scoring.history.past import History, OrderFacts, PastOrder, finding_facts

OF_HISTORY = (
    MarkKind.REPEATED,
    MarkKind.RELAPSED,
    MarkKind.OVERDUE,
    MarkKind.REDONE,
    MarkKind.ESCALATED,
)


@dataclass(frozen=True, slots=True, order=True)
class Consequence:
    """A mark of history: ``rests_on`` names rounds or orders, ``text`` says it all as a ledger does.

    ``certain`` is False where it follows only if a 未查 clause is 不合格.
    """

    mark: Mark
    rests_on: tuple[str, ...]
    text: str
    certain: bool = True


class Past:
    """A unit's history made ready for one visit under one program."""

    def __init__(self, history: History, program: Program, seen: date) -> None:
        self._earlier, self._policy, self._program = history.earlier, history.policy, program
        self._as_of = history.as_of or seen
        self.ladder = history.policy.ladder
        self.ruleset = history.policy.ruleset(program.ruleset.severe)
        fact = OrderFacts(self.ruleset, self._as_of, seen)
        self._orders = tuple(
            (order, fact(order, program.numbers[id]))
            for order in history.orders
            if order.found_on < seen
            for id in order.clauses
            if id in program.numbers
        )

    def facts(self, findings: Iterable[Finding]) -> tuple[Fact, ...]:
        """Return what the inference sees of the past, where some findings are the current fails."""
        clauses = (self._program.clause(one.clause) for one in findings)
        named = ((one.number, one.item, one.card.id) for one in clauses)
        return (*finding_facts(self._earlier, self.ruleset, named), *(fact for _, fact in self._orders))

    def consequences(
        self, infer: Infer, certain: Iterable[Mark], possible: Iterable[Mark]
    ) -> tuple[Consequence, ...]:
        """Return what follows from history, sorted by clause.

        ``certain`` are the marks of the fails alone, ``possible`` those where every 未查 clause fails too.
        """
        sure = set(certain)
        marks = sorted(
            (one for one in {*sure, *possible} if one.kind in OF_HISTORY),
            key=lambda one: (one.clause, OF_HISTORY.index(one.kind), one),
        )
        return tuple(self._consequence(infer, one, one in sure) for one in marks)

    def _consequence(self, infer: Infer, mark: Mark, certain: bool) -> Consequence:
        if mark.kind is MarkKind.REPEATED:
            rounds = self._earlier.run(self._program.clause(mark.clause).card.id)
            return Consequence(mark, rounds, _repeated(rounds, self._earlier.last_round), certain)
        orders = self._support(infer, mark)
        return Consequence(
            mark,
            tuple(map(str, orders)),
            _of_orders(mark, orders, self._policy, self._as_of),
            certain,
        )

    def _support(self, infer: Infer, mark: Mark) -> list[PastOrder]:
        """Return the orders that alone, with the clause's fail, lead to a mark."""
        kind = int(mark.kind is not MarkKind.RELAPSED), mark.clause, mark.level
        likely = [
            (order, fact) for order, fact in self._orders if (fact.open, fact.clause, fact.level) == kind
        ]
        if len(likely) == 1:
            return [likely[0][0]]
        current = FindingFact(mark.clause, 0)
        return [order for order, fact in likely if mark in infer(self.ruleset, (current, fact))]


def supervise(
    orders: Sequence[PastOrder], policy: Policy, as_of: date, infer: Infer
) -> Iterator[tuple[PastOrder, Consequence]]:
    """Yield what follows from each order as of a day, whatever was seen of it since: 逾期, 复查不合格, 提级督办."""
    ruleset = policy.ruleset()
    fact = OrderFacts(ruleset, as_of, as_of)
    for mark in infer(ruleset, tuple(fact(one, n) for n, one in enumerate(orders, start=1))):
        order = orders[mark.clause - 1]
        yield order, Consequence(mark, (str(order),), _of_orders(mark, [order], policy, as_of))


def _repeated(rounds: Sequence[str], last: str) -> str:
    seen = f"上一轮 {last}" if rounds == (last,) else _listed(rounds)
    return f"第{len(rounds) + 1}次重复（{seen} 也不合格）"


def _listed(names: Sequence[str]) -> str:
    return "、".join(names) if len(names) <= 4 else f"{names[0]} 至 {names[-1]} 共{len(names)}次"


def _of_orders(mark: Mark, orders: Sequence[PastOrder], policy: Policy, as_of: date) -> str:
    """Say a mark in words: of several orders the one that is worst."""
    match mark.kind:
        case MarkKind.RELAPSED:
            closed = max(one.closed_on for one in orders if one.closed_on)
            return f"反弹（{closed} 已销号）"
        case MarkKind.OVERDUE:
            worst = max(orders, key=lambda one: one.late(as_of))
            return f"逾期{worst.late(as_of)}天未销号（限 {worst.due_on}）"
        case MarkKind.REDONE:
            return f"复查{max(one.redo for one in orders)}次不合格"
        case _:
            return f"提级督办，到{policy.levels[mark.n - 1].to}"
