"""奖励: money by rank or by grade, in 元.

Units that tie get each the amount of their rank, or share equally what their places hold (并列平分), cut to 0.01 元; what
cannot be shared out is told. An 一票否决, certain or not yet excluded, takes the prize of a rank away; the others' prizes
stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from scoring.judge.standing import Prize, Standing
from scoring.points import ZERO, publish
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import Award

_CENT = Decimal("0.01")


def awarded(scheme: Scheme, standings: Sequence[Standing]) -> Iterator[Standing]:
    """Yield each standing with its prizes, in the order in which the scheme writes them."""
    tied = Counter((one.standard, one.group, one.rank) for one in standings)
    for one in standings:
        prizes = tuple(_prizes(scheme, one, tied[one.standard, one.group, one.rank]))
        yield replace(one, awards=prizes) if prizes else one


def _prizes(scheme: Scheme, one: Standing, tied: int) -> Iterable[Prize]:
    for award in scheme.awards:
        if award.kinds is not None and one.unit.kind not in award.kinds:
            continue
        prize = _by_grade(award, one) or _by_rank(award, one, tied, dense=scheme.ties == "连续")
        if prize is not None:
            yield prize


def _by_grade(award: Award, one: Standing) -> Prize | None:
    share = (award.by_grade or {}).get(one.grade or "")
    return None if share is None or award.base is None else Prize(award.name, publish(award.base * share))


def _by_rank(award: Award, one: Standing, tied: int, *, dense: bool) -> Prize | None:
    if award.by_rank is None or one.rank is None or one.veto:
        return None
    if not award.split or tied == 1:
        amount = award.by_rank.get(str(one.rank), ZERO)
        return Prize(award.name, publish(amount)) if amount else None
    places = [one.rank] if dense else range(one.rank, one.rank + tied)
    whole = publish(sum((award.by_rank.get(str(place), ZERO) for place in places), ZERO))
    share = (whole / tied).quantize(_CENT, ROUND_DOWN)
    return Prize(award.name, share, whole, tied) if whole else None
