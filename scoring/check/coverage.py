"""What a standard's own tests have seen of each clause: which answers came out, and what never did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scoring.check.cases import Outcome
from scoring.finding import Finding, Result
from scoring.points import ratio
from scoring.rule.clause import BonusClause, Clause
from scoring.rule.price import Each, EachMissing
from scoring.rule.standard import Standard


class Sight(StrEnum):
    """What a test may see of a clause; of a 加分 clause, 不合格 is that the points were earned."""

    FAILED = "不合格"
    PASSED = "合格"
    EXCUSED = "不适用"
    OPEN = "未查"
    CAPPED = "到顶"


_SIGHTS = {
    Result.FAIL: Sight.FAILED,
    Result.PASS: Sight.PASSED,
    Result.NOT_APPLICABLE: Sight.EXCUSED,
    Result.NOT_CHECKED: Sight.OPEN,
}


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """How often the tests saw each answer of one version of a clause, and which of them they should have seen.

    Wanted are 不合格 and 合格, 到顶 where the price has a 最高扣 (a test that took all of it), 不适用 where the clause says
    when it does not apply.
    """

    id: str
    name: str
    starts: date
    counts: Mapping[Sight, int]
    wanted: tuple[Sight, ...]

    @property
    def missing(self) -> tuple[Sight, ...]:
        """Return what should have been seen and never was."""
        return tuple(one for one in self.wanted if not self.counts.get(one))


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the tests of one standard have seen of its clauses, every version, in the order of the file."""

    clauses: tuple[ClauseCoverage, ...]

    @property
    def wanted(self) -> int:
        """Return how many answers should have been seen."""
        return sum(len(one.wanted) for one in self.clauses)

    @property
    def seen(self) -> int:
        """Return how many of those were."""
        return self.wanted - sum(len(one.missing) for one in self.clauses)

    @property
    def share(self) -> Decimal:
        """Return the percentage seen, with two places."""
        return ratio(Decimal(self.seen), Decimal(self.wanted), Decimal(100))


def coverage(standard: Standard, outcomes: Iterable[Outcome]) -> Coverage:
    """Return what some outcomes of a standard's tests have seen; each outcome is looked through once."""
    counts: dict[tuple[str, date], Counter[Sight]] = {
        _key(card, standard): Counter() for card in _cards(standard)
    }
    for outcome in outcomes:
        for check, finding in zip(outcome.checks, outcome.findings, strict=False):
            counts[_key(check.card, standard)].update(_sights(check.card, finding))
    return Coverage(
        tuple(
            ClauseCoverage(
                card.id, card.name, _key(card, standard)[1], counts[_key(card, standard)], _wanted(card)
            )
            for card in _cards(standard)
        )
    )


def _cards(standard: Standard) -> Iterator[Clause | BonusClause]:
    yield from standard.clauses
    if standard.bonus is not None:
        yield from standard.bonus.clauses


def _key(card: Clause | BonusClause, standard: Standard) -> tuple[str, date]:
    own = card.starts if isinstance(card, Clause) else None
    return card.id, own or standard.starts


def _sights(card: Clause | BonusClause, finding: Finding) -> Iterator[Sight]:
    yield _SIGHTS[finding.result]
    cap = _cap(card)
    if cap is not None and finding.uncapped is not None and finding.uncapped >= cap:
        yield Sight.CAPPED


def _cap(card: Clause | BonusClause) -> Decimal | None:
    return card.price.cap if isinstance(card.price, Each | EachMissing) else None


def _wanted(card: Clause | BonusClause) -> tuple[Sight, ...]:
    found = [Sight.FAILED, Sight.PASSED]
    if card.exempt is not None:
        found.append(Sight.EXCUSED)
    if _cap(card) is not None:
        found.append(Sight.CAPPED)
    return tuple(found)
