"""What 豁免 did, in words: why a clause is excused, and what the card or the standing would come to without."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.finding import Finding, Result
from scoring.judge.standing import Ends
from scoring.match.waive import Waiver
from scoring.points import plain
from scoring.tally import ScoreCard


def waiver_of(card: ScoreCard, finding: Finding) -> Waiver | None:
    """Return the waiver that excuses a finding, None where none does."""
    return None if card.waived is None else card.waived.by.get(finding.clause)


def excused(card: ScoreCard, finding: Finding) -> str:
    """Say by what a clause is waived and what it would come to otherwise; empty where it is not waived."""
    waiver = waiver_of(card, finding)
    if waiver is None or card.waived is None:
        return ""
    without = card.waived.without
    own, lost = without.findings[finding.clause - 1], without.losses[finding.clause - 1]
    taken = f"要扣{plain(lost)}分" if own.result is Result.FAIL else f"是{own.result.chinese}"
    return f"豁免到 {waiver.until}（{waiver.reason}，{waiver.by}批准），按不适用；不豁免{taken}"


def without_line(ends: Ends) -> str:
    """Say what a card or a standing would come to without 豁免."""
    low, high = ends
    if low is None:
        return "不豁免时没有得分"
    return f"不豁免时得分{low}" if low == high else f"不豁免时得分在{low}～{high}之间"


def without_lines(card: ScoreCard) -> Iterator[str]:
    """Yield what a card would come to without 豁免, where one had a part in it."""
    if card.waived is not None and card.program.standard.scored:
        yield without_line((card.waived.without.low, card.waived.without.high))
