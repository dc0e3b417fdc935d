"""Is a published ranking table consistent with its own rule? Pure: rows in, faults out, each with its row and the right value.

What the rule is, the table itself must show: of the tie rules and the ways to group, those count that leave the fewest
ranks wrong; so for rounding and the floors of grades.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.analysis import consistent_grades, consistent_ranks, consistent_rows, consistent_sums
from scoring.analysis.consistent_table import Fault, TableRow, rounded
from scoring.points import plain

MAX_PLACES = 4
_USUAL_PLACES = 2


@dataclass(frozen=True, slots=True)
class RankingCheck:
    """What a table comes to: its faults in the order of its rows, and the rules that it seems to follow.

    ``ties`` is 占位, 连续, 都合 (no ties) or empty where none fits; ``rules`` says the rules in words.
    """

    ties: str
    faults: tuple[Fault, ...]
    rules: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def consistent(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.faults


def check_ranking(
    rows: Sequence[TableRow],
    weights: Mapping[str, Decimal] | None = None,
    columns: Sequence[str] = (),
    floors: Mapping[str, Decimal] | None = None,
    full: Decimal | None = Decimal(100),
) -> RankingCheck:
    """Check one table, its rows in the order in which they stand.

    ``weights`` are the parts' shares (0.7 is 70 %), ``columns`` the titles of the rows' ``groups``, ``floors`` the
    起点分 of the grades where they are known, ``full`` the full mark (None: no limit).
    """
    places, noise = _places(rows)
    scores = [None if row.score is None else rounded(row.score, places) for row in rows]
    ranks = consistent_ranks.ranks(rows, scores, columns)
    sums = consistent_sums.sums(rows, scores, weights or {}, places)
    graded = consistent_grades.grades(rows, scores, floors)
    order = consistent_rows.unsorted(rows, scores, ranks.groups)
    faults = [
        *consistent_rows.doubled(rows),
        *consistent_rows.beyond(rows, scores, full),
        *order.faults,
        *consistent_rows.awards(rows, scores, ranks.groups),
        *ranks.faults,
        *sums.faults,
        *graded.faults,
    ]
    where = {row.place: at for at, row in reversed(list(enumerate(rows)))}
    return RankingCheck(
        ranks.ties,
        tuple(sorted(faults, key=lambda one: (where[one.place], one.kind))),
        tuple(line for line in (ranks.rule, sums.rule, graded.rule) if line),
        tuple(line for line in (noise, sums.note, graded.note, order.note) if line),
    )


def _places(rows: Sequence[TableRow]) -> tuple[int, str]:
    """Return how many decimal places the scores are compared by; numbers never rounded are shown with two."""
    found = max((_decimals(row.score) for row in rows if row.score is not None), default=0)
    if found <= MAX_PLACES:
        return found, ""
    return _USUAL_PLACES, f"得分有 {found} 位小数，没有四舍五入；按 {_USUAL_PLACES} 位核"


def _decimals(score: Decimal) -> int:
    return len(plain(score).partition(".")[2])


def ranking_text(found: RankingCheck) -> tuple[str, ...]:
    """Say what was found, one thing a line."""
    head = "没有发现问题" if found.consistent else f"有 {len(found.faults)} 处不对"
    return (head, *found.rules, *(one.text for one in found.faults), *found.notes)
