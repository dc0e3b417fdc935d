"""What a unit's history did to a card, in words: the step of the ladder a clause took, and what follows besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoring.finding import Finding
from scoring.history.climb import Taken
from scoring.history.ladder import LadderStep
from scoring.points import plain
from scoring.tally import ScoreCard


def price_before(card: ScoreCard, finding: Finding) -> Decimal:
    """Return what a finding cost for certain before the ladder, and still does where it took no step."""
    taken = card.raised.steps.get(finding.clause)
    return taken.choice.price if taken and taken.certain else finding.low


def climbed(card: ScoreCard, finding: Finding, said: Sequence[str]) -> Iterator[str]:
    """Yield the price where it was not said yet, what the clause's step rests on, and what the step does."""
    taken = card.raised.steps.get(finding.clause)
    if taken is None:
        return
    price = plain(taken.choice.price)
    if taken.certain and not {f"应扣{price}分", f"最高扣{price}分"} & set(said):
        yield f"应扣{price}分"
    yield _cause(card, taken)
    yield step_text(taken.choice.step)
    if taken.certain and taken.choice.cost > card.losses[finding.clause - 1]:
        yield f"共{plain(taken.choice.cost)}分"


def threatened(card: ScoreCard, finding: Finding) -> Iterator[str]:
    """Yield what step a clause would take that is 未查, or that may take a heap."""
    if taken := card.raised.steps.get(finding.clause):
        yield ("若在这里扣，" if finding.charged_by else "若不合格，") + _cause(card, taken)
        yield step_text(taken.choice.step)


def history_lines(card: ScoreCard) -> Iterator[str]:
    """Yield what follows from the unit's history and is not told with a clause's price."""
    told = {taken.cause for taken in card.raised.steps.values()}
    for one in card.raised.consequences:
        if one not in told:
            id = card.program.clause(one.mark.clause).card.id
            yield f"{id} {'' if one.certain else '未查，若不合格，'}{one.text}"


def _cause(card: ScoreCard, taken: Taken) -> str:
    return taken.cause.text if taken.cause else f"{card.inspection.source}查到的"


def step_text(step: LadderStep) -> str:
    """Say what a step makes of a price.

    >>> step_text(LadderStep(None, multiply=Decimal(2), add=Decimal(1)))
    '加倍再加扣1分'
    >>> step_text(LadderStep(None, multiply=Decimal(0), add=Decimal("1.5")))
    '改扣1.5分'
    """
    if not step.multiply:
        return f"改扣{plain(step.add)}分"
    words = {Decimal(1): "", Decimal(2): "加倍"}.get(step.multiply, f"按{plain(step.multiply)}倍扣")
    more = f"加扣{plain(step.add)}分" if step.add else ""
    return "再".join(filter(None, (words, more)))
