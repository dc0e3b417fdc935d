"""The occurrences a finding rests on, each as one short line."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.finding import Finding, Result
from scoring.inspection import Occurrence
from scoring.points import plain
from scoring.tally import ScoreCard


@dataclass(frozen=True, slots=True)
class Seen:
    """One occurrence, and whether it is big enough to count (算一处)."""

    occurrence: Occurrence
    counted: bool


def seen(card: ScoreCard, finding: Finding) -> tuple[Seen, ...]:
    """Return the occurrences of the 检查项 that a clause is about; none where the clause does not apply."""
    found = card.inspection.occurrences
    if not found or finding.result is Result.NOT_APPLICABLE:
        return ()
    counts, small = card.program.clause(finding.clause).counts, card.derived.counted.small
    about = sorted((one for one in found if one.field in counts), key=lambda one: one.said)
    return tuple(Seen(one, one not in small) for one in about)


def line(card: ScoreCard, one: Seen) -> str:
    """Say one occurrence: 村口 2处，大小 1.2，照片 IMG_7.jpg，清了一半; what is too small ends in 不计."""
    found = one.occurrence
    unit = card.program.standard.form[found.field].unit
    parts = [f"{found.place or '没写点位'} {plain(found.count)}{unit}"]
    parts += [f"大小 {plain(found.size)}"] if found.size is not None else []
    parts += [f"照片 {found.photo}"] if found.photo else []
    parts += [" ".join(found.note.split())] if found.note else []
    return "，".join(parts if one.counted else [*parts, "不计"])
