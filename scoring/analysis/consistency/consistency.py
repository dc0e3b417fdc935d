"""Consistency: do inspectors judge alike, who is lenient, and do announced visits look better than unannounced ones.

What is published has two places and rests on at least one comparison; where there are fewer than five, it says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from statistics import mean

from scoring.finding import Result
from scoring.inspection import Unit
from scoring.points import plain, ratio
from scoring.tally import ScoreCard

ENOUGH = 5
ANNOUNCED, UNANNOUNCED = ("明察",), ("暗访",)
_MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """One double inspection: two visits of a unit on one day by different inspectors, under one standard.

    Of the ``judged`` clauses, which both visits answered, ``alike`` got the same answer and ``differ`` (编号) did not;
    ``apart`` is how far the scores lie apart, None unless both are settled.
    """

    one: ScoreCard
    other: ScoreCard
    judged: int
    alike: int
    differ: tuple[str, ...]
    apart: Decimal | None


@dataclass(frozen=True, slots=True)
class ClauseDispute:
    """A clause that double inspections disagree on: in how many of how many pairs."""

    clause: str
    name: str
    differ: int
    judged: int


@dataclass(frozen=True, slots=True)
class Leniency:
    """尺度: how far an inspector's scores lie above (松) or below (紧) the mean of the unit's other visits."""

    inspector: str
    deviation: Decimal
    visits: int


@dataclass(frozen=True, slots=True)
class AnnouncedGap:
    """How much higher the ``units`` that had both kinds of visits scored at the announced ones."""

    gap: Decimal
    units: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the visits of a round say of the inspectors; None where there is nothing to compare.

    ``alike`` is the share of clauses judged alike over all pairs, ``apart`` the mean distance of their scores.
    """

    pairs: tuple[Pair, ...]
    alike: Decimal | None
    apart: Decimal | None
    disputes: tuple[ClauseDispute, ...]
    leniency: tuple[Leniency, ...]
    announced: AnnouncedGap | None


def agreement(
    cards: Iterable[ScoreCard],
    announced: Collection[str] = ANNOUNCED,
    unannounced: Collection[str] = UNANNOUNCED,
) -> Agreement:
    """Compare the cards of a round; ``announced`` and ``unannounced`` name sources. Their order is no matter."""
    ordered = sorted(cards, key=lambda card: (card.program.standard.id, card.inspection.visit))
    visits: dict[tuple[str, str], list[ScoreCard]] = defaultdict(list)
    for card in ordered:
        visits[card.program.standard.id, card.inspection.unit.id].append(card)
    pairs = tuple(pair for own in visits.values() for pair in _pairs(own))
    judged, distances = (
        sum(pair.judged for pair in pairs),
        [one.apart for one in pairs if one.apart is not None],
    )
    return Agreement(
        pairs,
        ratio(Decimal(sum(pair.alike for pair in pairs)), Decimal(judged)) if judged else None,
        _published(map(Fraction, distances)),
        _disputes(pairs),
        _leniency(visits.values()),
        _announced(visits.values(), announced, unannounced),
    )


def _pairs(cards: Sequence[ScoreCard]) -> Iterator[Pair]:
    """Yield the double inspections among the visits of one unit."""
    for one, other in combinations(cards, 2):
        here, there = one.inspection, other.inspection
        strangers = here.inspectors and there.inspectors and not {*here.inspectors} & {*there.inspectors}
        if here.date == there.date and strangers:
            yield _pair(one, other)


def _pair(one: ScoreCard, other: ScoreCard) -> Pair:
    both = [
        (clause.card.id, first.result, second.result)
        for clause, first, second in zip(one.program.clauses, one.findings, other.findings, strict=True)
        if Result.NOT_CHECKED not in (first.result, second.result)
        and {first.result, second.result} != {Result.NOT_APPLICABLE}
    ]
    differ = tuple(id for id, first, second in both if first is not second)
    settled = one.score is not None and other.score is not None
    apart = abs(one.score - other.score) if settled else None  # type: ignore[operator]
    return Pair(one, other, len(both), len(both) - len(differ), differ, apart)


def _disputes(pairs: Sequence[Pair]) -> tuple[ClauseDispute, ...]:
    """Return the clauses disagreed on, the most often first."""
    differ = Counter(id for pair in pairs for id in pair.differ)
    judged: Counter[str] = Counter()
    names: dict[str, str] = {}
    for pair in pairs:
        for clause, *found in zip(
            pair.one.program.clauses, pair.one.findings, pair.other.findings, strict=True
        ):
            names[clause.card.id] = clause.card.name
            judged[clause.card.id] += all(one.result is not Result.NOT_CHECKED for one in found)
    return tuple(
        ClauseDispute(id, names[id], times, judged[id])
        for id, times in sorted(differ.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _leniency(units: Iterable[Sequence[ScoreCard]]) -> tuple[Leniency, ...]:
    """Return each inspector's mean deviation, the most lenient first; no one without a visit to compare."""
    found: dict[str, list[Fraction]] = defaultdict(list)
    for cards in units:
        scored = [(card, Fraction(card.score)) for card in cards if card.checked and card.score is not None]
        for card, score in scored:
            for inspector in card.inspection.inspectors:
                others = [value for one, value in scored if inspector not in one.inspection.inspectors]
                if others:
                    found[inspector].append(score - mean(others))
    return tuple(
        sorted(
            (Leniency(name, _publish(mean(own)), len(own)) for name, own in found.items()),
            key=lambda one: (-one.deviation, one.inspector),
        )
    )


def _announced(
    units: Iterable[Sequence[ScoreCard]], announced: Collection[str], unannounced: Collection[str]
) -> AnnouncedGap | None:
    gaps: list[Fraction] = []
    seen: set[str] = set()
    for cards in units:
        sides = [
            [
                Fraction(card.score)
                for card in cards
                if card.inspection.source in sources and card.checked and card.score is not None
            ]
            for sources in (announced, unannounced)
        ]
        if all(sides):
            gaps.append(mean(sides[0]) - mean(sides[1]))
            seen.add(_unit(cards).id)
    return AnnouncedGap(_publish(mean(gaps)), len(seen)) if gaps else None


def _unit(cards: Sequence[ScoreCard]) -> Unit:
    return cards[0].inspection.unit


def _published(values: Iterable[Fraction]) -> Decimal | None:
    found = list(values)
    return _publish(mean(found)) if found else None


def _publish(value: Fraction) -> Decimal:
    return ratio(Decimal(value.numerator), Decimal(value.denominator))


def agreement_text(found: Agreement) -> tuple[str, ...]:
    """Say what was found, one thing a line; what there is too little of is not said."""
    return (*_said_of_pairs(found), *map(_said_of, found.leniency), *_said_of_gap(found.announced))


def _said_of_pairs(found: Agreement) -> Iterator[str]:
    if not found.pairs:
        yield "没有双查（同一天、不同的人查同一单位），评不了一致程度"
        return
    alike = "" if found.alike is None else f"，判定一致的条款占 {plain(found.alike * 100)}%"
    apart = "" if found.apart is None else f"，得分平均相差 {found.apart} 分"
    yield f"双查 {len(found.pairs)} 次{alike}{apart}{_few(len(found.pairs), '次')}"
    for one in found.disputes[:_MOST_SHOWN]:
        yield f"分歧: {one.clause} {one.name}，{one.judged} 次双查中 {one.differ} 次判得不同"
    if len(found.disputes) > _MOST_SHOWN:
        yield f"另有 {len(found.disputes) - _MOST_SHOWN} 条有分歧"


def _said_of(one: Leniency) -> str:
    side = "偏松" if one.deviation > 0 else "偏紧" if one.deviation < 0 else "不偏"
    amount = f" {abs(one.deviation)} 分" if one.deviation else ""
    return f"{one.inspector}: {side}{amount}（可比检查 {one.visits} 次{_few(one.visits, '次', '，')}）"


def _said_of_gap(gap: AnnouncedGap | None) -> Iterator[str]:
    if gap is not None:
        word = "高" if gap.gap >= 0 else "低"
        yield f"明察比暗访平均{word} {abs(gap.gap)} 分（{gap.units} 个单位两种都有{_few(gap.units, '个', '，')}）"


def _few(number: int, measure: str, before: str = "。") -> str:
    return f"{before}不到 {ENOUGH} {measure}，只供参考" if number < ENOUGH else ""
