"""Doubts about single prices: caps and tiers that cannot be reached, or stand in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from scoring.compile.fit_price import inside
from scoring.errors import Loc
from scoring.grammar.bands import Band, contested, read_band
from scoring.grammar.condition import Compare, Condition, Sign
from scoring.lint.doubt import Doubt
from scoring.lint.most import most_uncapped, numbers_of
from scoring.lint.subject import AnyPlaced, Subject
from scoring.points import ZERO, plain
from scoring.rule.computed import Level
from scoring.tariff import PerBand, PerMissing, PerOption, PerUnit, Tariff


def above_the_mark(subject: Subject) -> Iterator[Doubt]:
    """疑04: a price is higher than its item's mark, or than the 最高加 of all 加分."""
    for one, loc in _priced(subject):
        full, stated = one.check.full, max(numbers_of(one.check.tariff), default=ZERO)
        if full and stated > full:
            limit = "最高加" if loc[-1] == "加分" else "项目满分"
            yield subject.doubt("疑04", loc, f"{_verb(loc)}{plain(stated)}分，{limit}只有{plain(full)}分")


def cap_out_of_reach(subject: Subject) -> Iterator[Doubt]:
    """疑05: the 最高扣 is more than the greatest count comes to; the 最高加 more than all 加分 together."""
    for one, loc in _priced(subject):
        cap, reached = _cap(one.check.tariff), most_uncapped(one.check.tariff, subject.reach.values)
        if cap is not None and reached is not None and reached < cap:
            message = f"最高{_verb(loc)}{plain(cap)}分，最多只能{_verb(loc)}到{plain(reached)}分"
            yield subject.doubt("疑05", (*loc, "最高扣"), message)
    bonus = subject.standard.bonus
    reached = sum((one.most for one in subject.bonuses), ZERO)
    if bonus is not None and reached < bonus.cap:
        message = f"最高加{plain(bonus.cap)}分，各条加起来只有{plain(reached)}分"
        yield subject.doubt("疑05", ("加分", "最高加"), message)


def cap_below_one(subject: Subject) -> Iterator[Doubt]:
    """疑06: the cap is less than a single occurrence costs."""
    for one, loc in _priced(subject):
        tariff = one.check.tariff
        if isinstance(tariff, PerUnit | PerMissing) and tariff.cap is not None and tariff.cap < tariff.points:
            message = f"一个就{_verb(loc)}{plain(tariff.points)}分，最高却只{_verb(loc)}{plain(tariff.cap)}分"
            yield subject.doubt("疑06", (*loc, "最高扣"), message)


def uneven_bands(subject: Subject) -> Iterator[Doubt]:
    """疑07: the points of the bands go up and down again along the rate."""
    for one, loc in _priced(subject):
        if isinstance(one.check.tariff, PerBand):
            ordered = sorted(one.check.tariff.bands, key=lambda band: _start(band[1]))
            steps = [after[2] - before[2] for before, after in pairwise(ordered)]
            if min(steps) < 0 < max(steps):
                shown = "，".join(f"{words} {_verb(loc)}{plain(points)}" for words, _, points in ordered[:6])
                yield subject.doubt("疑07", (*loc, "分段"), f"从低到高，分值忽高忽低: {shown}")


def gap_between_tiers(subject: Subject) -> Iterator[Doubt]:
    """疑08: a whole number of points lies in no 分档."""
    for name, field in subject.standard.form.items():
        if field.bands:
            bands = {tier: read_band(words) for tier, words in field.bands.items()}
            low, high = field.limits
            assert low is not None and high is not None
            gap = next(
                (value for value, claims in contested(bands, low, high, Decimal(1)) if not claims), None
            )
            if gap is not None:
                yield subject.doubt(
                    "疑08", ("登记表", name, "分档"), f"打{plain(gap)}分不在任何一档里，收不进来"
                )


def tier_out_of_reach(subject: Subject) -> Iterator[Doubt]:
    """疑15: a tier that no answer which meets the condition comes to."""
    for one, loc in _priced(subject):
        for words, tier in _tiers(one.check.tariff):
            wanted = [tier] if one.card.when is None else [one.check.when, tier]
            spared = [one.check.exempt] if one.check.exempt else []
            if subject.reach.can([one.check.when]) and not subject.reach.can(wanted, spared):
                yield subject.doubt("疑15", (*loc, *words), f"“{words[-1]}”这一档用不上")
    for computed in subject.terms.computed:
        by = computed.card.by if isinstance(computed.card, Level) else ""
        for level, band in computed.bands:
            if not subject.reach.can([inside(by, band)]):
                yield subject.doubt("疑15", ("计算", computed.name, "分级", level), f"“{level}”这一级用不上")


def _priced(subject: Subject) -> Iterator[tuple[AnyPlaced, Loc]]:
    """Yield every card with the place of its price."""
    for one in subject.cards:
        yield one, (*one.loc, "加分" if one.loc[0] == "加分" else "扣分")


def _verb(loc: Loc) -> str:
    return "加" if "加分" in loc else "扣"


def _cap(tariff: Tariff) -> Decimal | None:
    return tariff.cap if isinstance(tariff, PerUnit | PerMissing) else None


def _start(band: Band) -> tuple[Decimal, bool]:
    return (Decimal("-Infinity") if band.low is None else band.low, not band.holds_low)


def _tiers(tariff: Tariff) -> Iterator[tuple[Loc, Condition]]:
    """Yield (keys below the price, the condition that the tier is the one) of the tiers that cost something."""
    if isinstance(tariff, PerBand):
        yield from (
            (("分段", words), inside(tariff.field, band)) for words, band, points in tariff.bands if points
        )
    elif isinstance(tariff, PerOption):
        for option, points in tariff.points.items():
            if points:
                yield (option,), Compare(tariff.field, Sign.EQ, option)
