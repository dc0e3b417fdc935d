"""What of assessments is asked about: some standards only; the cards of several rounds, each visit once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.rule.standard import Standard
from scoring.score import Assessment
from scoring.tally import ScoreCard


def under(found: Assessment, names: Sequence[str], known: Sequence[Standard]) -> Assessment:
    """Return an assessment with the cards of some standards only, by 编号 or name, as they were charged together.

    Raises ScoringError for every name that is not among the ``known``.
    """
    ids = {word: one.id for one in known for word in (one.id, one.name)}
    wrong = [
        Problem(message=f"这一轮没有用标准“{shortened(name)}”", hint=did_you_mean(name, ids, label="用的"))
        for name in names
        if name not in ids
    ]
    if wrong:
        raise ScoringError(wrong)
    asked = {ids[name] for name in names}
    return replace(
        found,
        standards=tuple(one for one in found.standards if one.id in asked),
        units=tuple(one for one in found.units if one.standard.id in asked),
        cards=tuple(one for one in found.cards if one.program.standard.id in asked),
    )


def together(assessments: Iterable[Assessment]) -> tuple[ScoreCard, ...]:
    """Return the cards of several assessments; a visit that stands in several of them counts once, as in the first."""
    found: dict[tuple[object, str], ScoreCard] = {}
    for one in assessments:
        for card in one.cards:
            found.setdefault((card.inspection.visit, card.program.standard.id), card)
    return tuple(found.values())
