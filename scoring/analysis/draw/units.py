"""抽单位: a stratified random sample without replacement, by a lot whose keys are the units' 编号.

Nobody is drawn again before everyone in the stratum has been drawn once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from types import MappingProxyType

from scoring.analysis.draw.lot import fingerprint, in_turn, picked, seed_of
from scoring.columns import AREA, DETAILS, KIND
from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.inspection import Unit
from scoring.points import ZERO, percent

COLUMNS = (KIND, AREA, *DETAILS)
ALL, BLANK = "全部", "未填"


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of a stratum are drawn: a ``number``, or a ``share`` (0.2 is 20 %) rounded up, but ``least`` at least."""

    share: Decimal | None = None
    number: int | None = None
    least: int = 1

    def of(self, size: int) -> int:
        """Return how many of ``size`` units are drawn, never more than there are."""
        wanted = self.number or 0
        if self.share is not None:
            wanted = max(wanted, int((self.share * size).to_integral_value(ROUND_CEILING)))
        return min(size, max(wanted, self.least))

    @property
    def text(self) -> str:
        """Say the quota: 20%（有零头的进一），至少1个."""
        shares = [] if self.share is None else [f"{percent(self.share)}（有零头的进一）"]
        numbers = [] if self.number is None else [f"{self.number}个"]
        least = [] if self.share is None and self.least <= (self.number or 0) else [f"至少{self.least}个"]
        return "，".join([*shares, *numbers, *least])


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum's draw: of ``size`` units ``drawn``, in the order drawn; ``rest`` have not been drawn in this turn yet.

    ``again`` says that everyone had been drawn, so that a new turn began with this draw.
    """

    name: str
    size: int
    drawn: tuple[Unit, ...]
    rest: int
    again: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw: its number among those that make a turn, its seed, the strata in the order of their names.

    It was drawn from all units of some ``kinds``; ``fingerprint`` changes with their 编号 and strata.
    """

    number: int
    seed: str
    kinds: tuple[str, ...]
    by: tuple[str, ...]
    quota: Quota
    strata: tuple[Stratum, ...]
    fingerprint: str
    quotas: Mapping[str, Quota] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def size(self) -> int:
        """Return among how many was drawn."""
        return sum(stratum.size for stratum in self.strata)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return everyone drawn, stratum by stratum."""
        return tuple(unit for stratum in self.strata for unit in stratum.drawn)


def draw(
    units: Iterable[Unit],
    seed: str,
    quota: Quota,
    by: Sequence[str] = (KIND,),
    earlier: Iterable[Collection[str]] = (),
    quotas: Mapping[str, Quota] | None = None,
) -> Drawn:
    """Draw a sample.

    ``by`` names the register's columns that make the strata, ``quotas`` what holds for a stratum by name instead of
    ``quota``; ``earlier`` are the 编号 drawn before, draw by draw, the oldest first. Raises ScoringError.
    """
    chosen, own = seed_of(seed), dict(quotas or {})
    everyone = sorted(units, key=lambda unit: unit.id)
    strata: dict[str, list[Unit]] = {}
    for unit in everyone:
        strata.setdefault(stratum_of(unit, by), []).append(unit)
    _refuse(everyone, strata, by, [quota, *own.values()], own)
    before = [frozenset(one) for one in earlier]
    return Drawn(
        len(before) + 1,
        chosen,
        tuple(sorted({unit.kind for unit in everyone})),
        tuple(by),
        quota,
        tuple(
            _stratum(name, strata[name], own.get(name, quota), chosen, before)
            for name in sorted(strata, key=lambda name: (name.endswith(BLANK), name))
        ),
        fingerprint(f"{unit.id}\t{stratum_of(unit, by)}" for unit in everyone),
        MappingProxyType(own),
    )


def of_kinds(units: Iterable[Unit], kinds: Collection[str]) -> list[Unit]:
    """Return the units of some 类别, of all where none is named; raise ScoringError for one that no unit has."""
    listed = list(units)
    known = dict.fromkeys(unit.kind for unit in listed)
    strange = [
        Problem(message=f"名册里没有“{shortened(one)}”这一类", hint=did_you_mean(one, known))
        for one in kinds
        if one not in known
    ]
    if strange:
        raise ScoringError(strange)
    return [unit for unit in listed if not kinds or unit.kind in kinds]


def stratum_of(unit: Unit, by: Sequence[str]) -> str:
    """Return the name of a unit's stratum: what stands in the columns, 未填 where nothing does."""
    own = {KIND: unit.kind, AREA: unit.area}
    words = (own[column] if column in own else unit.details.get(column, "") for column in by)
    return "、".join(word or BLANK for word in words) or ALL


def _stratum(
    name: str, members: Sequence[Unit], quota: Quota, seed: str, before: Sequence[Collection[str]]
) -> Stratum:
    by_id = {unit.id: unit for unit in members}
    drawn = picked(by_id, quota.of(len(members)), seed, before)
    seen, after = in_turn(by_id, before), in_turn(by_id, [*before, drawn])
    finished = not after and bool(seen or drawn)
    rest = 0 if finished else len(by_id) - len(after)
    again = any(id in seen for id in drawn)
    return Stratum(name, len(members), tuple(by_id[id] for id in drawn), rest, again)


def _refuse(
    units: Sequence[Unit],
    strata: Collection[str],
    by: Sequence[str],
    quotas: Iterable[Quota],
    named: Iterable[str],
) -> None:
    problems = [
        Problem(message=f"名册没有“{shortened(column)}”这一栏", hint=did_you_mean(shortened(column), COLUMNS))
        for column in by
        if column not in COLUMNS
    ]
    if not units:
        problems.append(Problem(message="没有可抽的单位", hint="给出名册，或放宽筛选"))
    if len({unit.id for unit in units}) < len(units):
        problems.append(Problem(message="有单位编号重复，抽不公平", hint="每个单位只写一次，各有各的编号"))
    if any(_unusable(quota) for quota in quotas):
        problems.append(Problem(message="抽取数量写得不对", hint="比例在 0 到 100% 之间，个数不小于 0"))
    if units and not problems:
        problems += [
            Problem(
                message=f"没有“{shortened(name)}”这一层", hint=did_you_mean(shortened(name), sorted(strata))
            )
            for name in sorted(named)
            if name not in strata
        ]
    if problems:
        raise ScoringError(problems)


def _unusable(quota: Quota) -> bool:
    share = ZERO if quota.share is None else quota.share
    return not (share.is_finite() and 0 <= share <= 1) or min(quota.number or 0, quota.least) < 0
