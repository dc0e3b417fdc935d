"""Step 3, tally: what the findings cost. Decimal only; each published number is rounded once.

The card is an interval because a 未查 clause may still turn out either way. The certain end uses what is certain
(fails, certain marks), the possible end also what may be. An item whose clauses are all 不适用 leaves the denominator:
得分 × 总满分 ÷ 应得分.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from operator import attrgetter

from scoring.bonus import NONE, BonusScore
from scoring.compile.compiled import CompiledItem
from scoring.compile.program import Program
from scoring.finding import Derived, Finding, Mark, MarkKind, Result
from scoring.history.climb import UNRAISED, Raised
from scoring.inspection import Inspection
from scoring.match.records import Matched
from scoring.match.waive import Waivers
from scoring.points import ZERO, publish, ratio
from scoring.verdict import Veto, conclusions, coverage, grade, vetoes

_CLAUSE = attrgetter("clause")
_NOT_APPLICABLE = Result.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item's ledger: ``awarded + lost = applicable``; ``open`` may still be lost through 未查.

    ``applicable`` is 0 where the item has left the denominator; ``maybe`` says that it may still leave it.
    """

    item: CompiledItem
    applicable: Decimal
    awarded: Decimal
    lost: Decimal
    open: Decimal
    maybe: bool = False


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """评分卡: the ledger of one unit under one standard at one visit.

    ``losses`` stands beside ``findings``: what each clause takes for certain, after 最高扣 and the item's floor; they
    add up to the items' ``lost``. ``score`` is None while ``low`` differs from ``high`` or nothing is applicable
    (then ``low`` and ``high`` are None too); ``grade`` is None unless both ends have it. ``coverage`` is the share of
    applicable clauses that were checked, None where none applies.
    """

    program: Program
    inspection: Inspection
    derived: Derived
    findings: tuple[Finding, ...]
    losses: tuple[Decimal, ...]
    items: tuple[ItemScore, ...]
    low: Decimal | None
    high: Decimal | None
    grade: str | None
    vetoes: tuple[Veto, ...]
    coverage: Decimal | None
    conclusions: Mapping[str, Result]
    bonus: BonusScore = NONE
    raised: Raised = UNRAISED
    waived: Waived | None = None

    @property
    def score(self) -> Decimal | None:
        """Return the score where it is settled."""
        return self.low if self.low == self.high else None

    @property
    def applicable(self) -> Decimal:
        """Return 应得分: the full marks that stay in the denominator."""
        return sum((item.applicable for item in self.items), ZERO)

    @property
    def checked(self) -> bool:
        """Return whether anything at all was checked at this visit."""
        return bool(self.coverage)


@dataclass(frozen=True, slots=True)
class Waived:
    """What 豁免 did to a card: by which waiver each waived clause is, and the same visit's card ``without`` any."""

    by: Waivers
    without: ScoreCard


class Tallier:
    """Tally visits under one program; an item in which nothing was found is the same for every visit."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._clean = tuple(ItemScore(item, item.full, item.full, ZERO, ZERO) for item in program.items)
        self._spared = (ZERO,) * len(program.clauses)
        self._item_of = tuple(clause.item for clause in program.clauses)
        self._leaves = program.standard.gaps == "折算"

    def __call__(
        self,
        inspection: Inspection,
        derived: Derived,
        matched: Matched,
        certain: Iterable[Mark],
        possible: Iterable[Mark],
        bonus: BonusScore = NONE,
        raised: Raised = UNRAISED,
    ) -> ScoreCard:
        """Return the card of one visit.

        ``certain`` are the marks that follow from the fails alone, ``possible`` those that follow when every 未查
        clause fails too.
        """
        program, findings = self._program, matched.findings
        losses, items = list(self._spared), list(self._clean)
        notable = self._notable(matched, certain, possible, losses)
        for number, one in notable.items():
            items[number - 1] = one
        low, high = _bounds(program, notable.values())
        if low is not None and high is not None and bonus is not NONE:
            low, high = publish(low + bonus.low), publish(high + bonus.high)
        against = vetoes(certain, possible) if possible else ()
        return ScoreCard(
            program, inspection, derived, findings, tuple(losses), tuple(items), low, high,
            grade(program, low, high, against), against, coverage(matched), conclusions(program, findings),
            bonus, raised,
        )  # fmt: skip

    def _notable(
        self, matched: Matched, certain: Iterable[Mark], possible: Iterable[Mark], losses: list[Decimal]
    ) -> dict[int, ItemScore]:
        """Return the score of every item in which something was found, by its number, and write each clause's loss."""
        zeroed = {mark.item: mark.clause for mark in certain if mark.kind is MarkKind.ZERO_ITEM}
        threatened = {mark.item for mark in possible if mark.kind is MarkKind.ZERO_ITEM}
        found: dict[int, list[Finding]] = {}
        for finding in chain(matched.failed, matched.open, matched.excused):
            found.setdefault(self._item_of[finding.clause - 1], []).append(finding)
        scores = {}
        for number, own in found.items():
            item = self._program.items[number - 1]
            own.sort(key=_CLAUSE)
            lost = _share_out(item, own, zeroed.get(number), losses)
            scores[number] = self._item(item, own, lost, threatened=number in threatened)
        return scores

    def _item(
        self, item: CompiledItem, own: Sequence[Finding], lost: Decimal, *, threatened: bool
    ) -> ItemScore:
        """Return an item's score from the findings in it that did not pass."""
        most = sum([one.high for one in own], ZERO)
        maybe = False
        if self._leaves and len(own) == len(item.clauses):
            staying = [one for one in own if one.result is not _NOT_APPLICABLE]
            if not staying:
                return ItemScore(item, ZERO, ZERO, ZERO, ZERO)
            maybe = all(one.optional for one in staying)
        most = item.full if threatened or most >= item.full else most
        return ItemScore(item, item.full, item.full - lost, lost, most - lost, maybe)


def _share_out(
    item: CompiledItem, own: Sequence[Finding], zeroing: int | None, losses: list[Decimal]
) -> Decimal:
    """Write each clause's certain loss: a zero-out first, then by 编号, each takes what remains; return the item's."""
    left = item.full
    if zeroing is not None:
        losses[zeroing - 1], left = left, ZERO
    for finding in own:
        if finding.low and left:
            taken = min(finding.low, left)
            losses[finding.clause - 1] = taken
            left -= taken
    return item.full - left


def _bounds(program: Program, notable: Iterable[ItemScore]) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and highest score that the blanks still allow, 折算 included.

    ``notable`` are the items in which something was found; the others are whole.
    """
    applicable = best = program.full
    open_, maybe = ZERO, []
    for one in notable:
        if one.maybe or not one.applicable:
            applicable, best = applicable - one.item.full, best - one.item.full
            if one.maybe and one.applicable:
                maybe.append(one)
        else:
            best, open_ = best - one.lost, open_ + one.open
    if not applicable:
        if not maybe:
            return None, None
        lowest = min(ratio(one.awarded - one.open, one.applicable, program.scale) for one in maybe)
        return lowest, publish(program.scale)
    if not maybe:
        high = _published(best, applicable, program.scale)
        return (_published(best - open_, applicable, program.scale) if open_ else high), high
    return (
        _average(best - open_, applicable, maybe, program.scale, lowest=True),
        _average(best, applicable, maybe, program.scale, lowest=False),
    )


def _average(
    points: Decimal, applicable: Decimal, maybe: Sequence[ItemScore], scale: Decimal, *, lowest: bool
) -> Decimal:
    """Return the extreme 折算 score when each ``maybe`` item may stay or leave.

    Items are offered from the most extreme share of their mark on; one is taken in while it pulls the average further,
    which finds the optimum of such a quotient.
    """
    ends = [(one.awarded - one.open if lowest else one.awarded, one.applicable) for one in maybe]
    for gain, mark in sorted(ends, key=lambda end: end[0] / end[1], reverse=not lowest):
        here, there = gain * applicable, points * mark
        if (here < there) if lowest else (here > there):
            points, applicable = points + gain, applicable + mark
    return _published(points, applicable, scale)


def _published(points: Decimal, applicable: Decimal, scale: Decimal) -> Decimal:
    return publish(points) if applicable == scale else ratio(points, applicable, scale)
