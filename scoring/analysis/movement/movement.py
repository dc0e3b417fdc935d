"""Who moved and why: the change of a unit's published score between two rounds, in parts that add up to it exactly.

Each round is peeled the same way (``peel``: 附加, 豁免, 阶梯, 申诉, 抽样). Between the two plain means that remain stand the old
visits judged by the new law: before it 规则, after it 不适用 and 事实, clause by clause. 四舍五入 is what rounding every part
leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.analysis.movement.card_sum import CardSum
from scoring.analysis.movement.mean_card import MeanCard, mean_card, split
from scoring.analysis.movement.peel import Combine, Side, card_under, peel, plain_mean
from scoring.errors import ScoringError
from scoring.inspection import Unit
from scoring.points import ZERO, plain, publish, publish_quotient
from scoring.score import Scorer

PARTS = ("事实", "规则", "不适用", "豁免", "申诉", "抽样", "阶梯", "附加", "四舍五入")


@dataclass(frozen=True, slots=True)
class ClauseMove:
    """What one clause gave back (above 0) or took; 加分 stands under its own name."""

    clause: str
    name: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Movement:
    """The change of a score and its parts by the names of ``PARTS``, which add up to it; none where ``why`` says why not.

    ``facts`` add up to the part 事实. ``note`` says what could not be told apart.
    """

    unit: Unit
    before: Decimal | None
    after: Decimal | None
    parts: tuple[tuple[str, Decimal], ...] = ()
    facts: tuple[ClauseMove, ...] = ()
    why: str = ""
    note: str = ""

    @property
    def change(self) -> Decimal | None:
        """Return the change of the published score."""
        return None if self.before is None or self.after is None else self.after - self.before


def movement(
    before: Side,
    after: Side,
    scorer: Scorer,
    combine: Combine | None = None,
    combine_before: Combine | None = None,
) -> Movement:
    """Return what moved one unit from one round to a later one.

    ``scorer`` knows every version of the standards in use; ``combine`` makes of the lines of a round's cards their total before
    附加 as the round's scheme does (``combine_before`` that of the round before, where it differs), by itself the plain
    mean. A scorer without history judges the visits again.
    """
    unit = (after.cards or before.cards)[-1].line.unit if after.cards or before.cards else Unit("", "", "")
    if before.score is None or after.score is None:
        missing = before.round if before.score is None else after.round
        return Movement(unit, before.score, after.score, why=f"{missing}没有确定的得分，不能比")
    combine = combine or plain_mean
    old = peel(before, scorer, combine_before or combine)
    new = peel(after, scorer, combine)
    if old is None or new is None:
        missing = before.round if old is None else after.round
        return Movement(unit, before.score, after.score, why=f"{missing}的检查还有未查清的，拆不开")
    base = old.mean if _law(old.cards) == _law(new.cards) else _under_new_law(old.cards, new.cards, scorer)
    note = "" if base else "旧记录按新标准评不了，规则的变化没有和事实分开"
    start = base or old.mean
    moves = split(start, new.mean)
    facts = tuple(
        ClauseMove(id, name, points) for id, name, share in moves.facts if (points := publish_quotient(share))
    )
    parts = {
        "事实": sum((one.points for one in facts), ZERO),
        "规则": publish_quotient(start.score - start.scale + new.mean.scale - old.mean.score),
        "不适用": publish_quotient(moves.excused),
        "豁免": publish(new.waived - old.waived),
        "申诉": publish(new.appeal - old.appeal),
        "抽样": publish_quotient(new.sample - old.sample),
        "阶梯": publish(new.ladder - old.ladder),
        "附加": publish(new.extra - old.extra),
    }
    parts["四舍五入"] = after.score - before.score - sum(parts.values(), ZERO)
    told = tuple((name, parts[name]) for name in PARTS if parts[name])
    return Movement(unit, before.score, after.score, told, _largest_first(facts), note=note)


def _law(cards: Sequence[CardSum]) -> frozenset[object]:
    """Return the laws that some visits were judged by."""
    return frozenset(card.program.law for card in cards)


def _under_new_law(old: Sequence[CardSum], new: Sequence[CardSum], scorer: Scorer) -> MeanCard | None:
    """Return the old visits judged by the law of the new ones' last day; None where they cannot be."""
    last = max(new, key=lambda card: card.line.date)
    judged = []
    for card in old:
        try:
            then = card_under(scorer, replace(card.seen(), date=last.line.date), last.program.standard.id)
        except ScoringError:
            return None
        if then is None or not then.line.counted:
            return None
        judged.append(then)
    return mean_card(judged)


def _largest_first(moves: Iterable[ClauseMove]) -> tuple[ClauseMove, ...]:
    return tuple(sorted(moves, key=lambda one: (-abs(one.points), one.clause)))


def movement_text(found: Movement) -> str:
    """Say what moved a unit in one sentence, the parts in a fixed order."""
    if found.change is None or found.why:
        return f"{found.unit.name}: {found.why}"
    if not found.parts:
        return f"{found.unit.name}: {found.before} 未变"
    said = []
    for name, points in found.parts:
        clauses = "、".join(f"{one.clause} {one.name} {signed(one.points)}" for one in found.facts)
        said.append(f"{name} {signed(points)}{f'（{clauses}）' if name == '事实' else ''}")
    note = f"（{found.note}）" if found.note else ""
    return f"{found.unit.name}: {found.before} → {found.after}（{signed(found.change)}）: {'，'.join(said)}{note}"


def signed(points: Decimal) -> str:
    """Return points with their sign: +1.5, -2, 0."""
    return f"+{plain(points)}" if points > 0 else plain(points)
