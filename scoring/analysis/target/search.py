"""The search behind ``target``: sets of problems by size, each asked of the real tally, branches cut by a safe bound."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scoring.analysis.target.problems import OpenProblem, turned
from scoring.finding import Finding, MarkKind
from scoring.points import ZERO
from scoring.rectify.orders import SEVERITIES
from scoring.tally import ScoreCard
from scoring.verdict import band

Rejudge = Callable[[ScoreCard, Sequence[Finding]], ScoreCard]
_CENT = Decimal("0.01")
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Searched:
    """The best set found, None where even all together do not reach; ``cut`` says that not everything was tried."""

    fixed: tuple[OpenProblem, ...] | None
    cut: bool = False


class _Cut(Exception):
    """Say that the search has asked as often as it may."""


def assured(card: ScoreCard) -> str | None:
    """Return the grade that a card keeps whatever its 未查 clauses turn out to be; None where it has none."""
    if card.vetoes:
        return card.program.standard.veto_grade
    return None if card.low is None else band(card.program, card.low)


def search(
    card: ScoreCard,
    problems: Sequence[OpenProblem],
    good: Collection[str],
    rejudge: Rejudge,
    most_tried: int,
) -> Searched:
    """Return the cheapest set of problems that gives the card one of the ``good`` grades.

    When the search is cut, a set found before is kept; without one, problems are taken away from all of them, the
    cheapest first, while the grade holds.
    """
    if assured(card) in good:
        return Searched(())
    whole = rejudge(card, turned(card.findings, problems))
    if assured(whole) not in good:
        return Searched(None)
    tries = _Tries(card, problems, good, rejudge, most_tried)
    try:
        for size in range(max(1, len(tries.needed)), len(problems) + 1):
            tries.of_size(size)
            if tries.best is not None:
                return Searched(tries.best)
    except _Cut:
        return Searched(tries.best or _thinned(card, problems, good, rejudge), cut=True)
    raise AssertionError("all of them together reach the grade")


@dataclass
class _Tries:
    """One search: what it asks, and the best set so far."""

    card: ScoreCard
    problems: Sequence[OpenProblem]
    good: Collection[str]
    rejudge: Rejudge
    left: int
    best: tuple[OpenProblem, ...] | None = None
    _cost: tuple[object, ...] = ()
    needed: tuple[int, ...] = ()
    _most: tuple[Decimal, ...] = ()
    _least: tuple[Decimal, ...] = ()
    _short: Decimal = ZERO
    _steps: int = 0

    def __post_init__(self) -> None:
        self.needed = self._vetoing()
        self._most = tuple(map(self._most_gained, self.problems))
        self._least = tuple(map(self._least_back, self.problems))
        floor = min(floor for name, floor in self.card.program.grades if name in self.good)
        self._short = floor - (self.card.low or ZERO) - _CENT
        self._steps = self.left * _STEPS

    def of_size(self, size: int) -> None:
        """Try every set of a size; the best that reaches the grade stays."""
        rest = tuple(at for at in range(len(self.problems)) if at not in self.needed)
        gained = sum((self._most[at] for at in self.needed), ZERO)
        self._extend(self.needed, gained, rest, 0, size - len(self.needed))

    def _extend(
        self, chosen: tuple[int, ...], gained: Decimal, rest: tuple[int, ...], start: int, more: int
    ) -> None:
        self._steps -= 1
        if self._steps < 0:
            raise _Cut
        if not more:
            if gained >= self._short:
                self._try(chosen)
            return
        for at in range(start, len(rest) - more + 1):
            top = sum(sorted((self._most[one] for one in rest[at:]), reverse=True)[:more], ZERO)
            if gained + top < self._short:
                return
            here = rest[at]
            self._extend((*chosen, here), gained + self._most[here], rest, at + 1, more - 1)

    def _try(self, chosen: tuple[int, ...]) -> None:
        some = tuple(self.problems[at] for at in sorted(chosen))
        if self.best is not None:
            least = sum((self._least[at] for at in chosen), ZERO)
            if (least, *_likeness(some)) >= self._cost:
                return
        self.left -= 1
        if self.left < 0:
            raise _Cut
        then = self.rejudge(self.card, turned(self.card.findings, some))
        if assured(then) in self.good:
            cost = _cost(self.card, then, some)
            if self.best is None or cost < self._cost:
                self.best, self._cost = some, cost

    def _vetoing(self) -> tuple[int, ...]:
        """Return the problems without which no set reaches: each by itself vetoes the card."""
        if self.card.program.standard.veto_grade in self.good:
            return ()
        sure = {veto.clause for veto in self.card.vetoes if veto.certain and veto.kind is MarkKind.VETO}
        return tuple(
            at for at, problem in enumerate(self.problems) if sure & {one.clause for one in problem.findings}
        )

    def _most_gained(self, problem: OpenProblem) -> Decimal:
        """Return the most that a problem can lift the score, whatever else is put right: never too little.

        By itself it gives back what its findings cost, or its whole item where it is what zeroes it (or may be the last
        to hold it down); 折算 stretches that by the smallest denominator the card may have.
        """
        program, lost = self.card.program, ZERO
        for item in self.card.items:
            own = [one for one in problem.findings if one.clause in item.item.clauses]
            if any(program.clause(one.clause).zeroes for one in own):
                lost += item.item.full
            else:
                lost += min(item.item.full, sum((max(one.low, one.high) for one in own), ZERO))
        sure = [one.applicable for one in self.card.items if one.applicable and not one.maybe]
        least = sum(sure, ZERO) or min(
            (one.applicable for one in self.card.items if one.applicable), default=ZERO
        )
        return lost * program.scale / least + _CENT if least else lost

    def _least_back(self, problem: OpenProblem) -> Decimal:
        """Return the fewest points that a problem gives back, whatever else is put right: all of them where no cap binds."""
        back = ZERO
        for item in self.card.items:
            failed = [one for one in self.card.findings if one.clause in item.item.clauses]
            if sum((one.low for one in failed), ZERO) == item.lost:
                back += sum((one.low for one in problem.findings if one.clause in item.item.clauses), ZERO)
        return back


def _likeness(some: Sequence[OpenProblem]) -> tuple[object, ...]:
    """Return what sets that give back alike are compared by: gravity, deadlines, 编号; less is better."""
    gravity = tuple(sorted(-SEVERITIES.index(one.severity) for one in some))
    due = tuple(sorted(one.due_at or datetime.max for one in some))
    return gravity, due, tuple(sorted(one.clauses for one in some))


def _cost(before: ScoreCard, after: ScoreCard, some: Sequence[OpenProblem]) -> tuple[object, ...]:
    """Return what sets of one size are compared by: points given back, then their likeness; less is better."""
    return (sum(before.losses, ZERO) - sum(after.losses, ZERO), *_likeness(some))


def _thinned(
    card: ScoreCard, problems: Sequence[OpenProblem], good: Collection[str], rejudge: Rejudge
) -> tuple[OpenProblem, ...]:
    """Return a set that reaches and of which none can be spared."""
    kept = list(problems)
    for one in reversed(problems):
        fewer = [other for other in kept if other is not one]
        if assured(rejudge(card, turned(card.findings, fewer))) in good:
            kept = fewer
    return tuple(kept)
