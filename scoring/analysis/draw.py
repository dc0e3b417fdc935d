"""抽签: a stratified random sample without replacement, which anyone can repeat with nothing but SHA-256.

Within a stratum the units go by SHA-256 of the seed, a line end and the unit's 编号, smallest first. The order of the
register and the platform change nothing. Nobody is drawn again before everyone in the stratum has been drawn once.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from types import MappingProxyType

from scoring.columns import AREA, DETAILS, KIND
from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.inspection import Unit
from scoring.points import ZERO, plain

MAX_SEED = 100
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
        """Say the quota: 20%，至少1个."""
        shares = [] if self.share is None else [f"{plain(self.share * 100)}%（有零头的进一）"]
        numbers = [] if self.number is None else [f"{self.number}个"]
        return "，".join([*shares, *numbers, f"至少{self.least}个"])


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
    """A draw: its seed, the strata in the order of their names, and a fingerprint of what it was drawn from."""

    seed: str
    by: tuple[str, ...]
    quota: Quota
    strata: tuple[Stratum, ...]
    fingerprint: str
    quotas: Mapping[str, Quota] = field(default_factory=lambda: MappingProxyType({}))

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
        chosen,
        tuple(by),
        quota,
        tuple(
            _stratum(name, strata[name], own.get(name, quota), chosen, before)
            for name in sorted(strata, key=lambda name: (name.endswith(BLANK), name))
        ),
        _fingerprint(everyone, by),
        MappingProxyType(own),
    )


def seed_of(text: str) -> str:
    """Return a seed as it is used: NFC, trimmed; raise ScoringError where it is empty, too long or of several lines."""
    seed = unicodedata.normalize("NFC", text).strip()
    if not seed or len(seed) > MAX_SEED or not seed.isprintable():
        hint = f"写一行不超过{MAX_SEED}字的文字，如抽签日期加当日公开的号码"
        raise ScoringError([Problem(message="抽签种子不能用" if seed else "没有抽签种子", hint=hint)])
    return seed


def stratum_of(unit: Unit, by: Sequence[str]) -> str:
    """Return the name of a unit's stratum: what stands in the columns, 未填 where nothing does."""
    own = {KIND: unit.kind, AREA: unit.area}
    words = (own[column] if column in own else unit.details.get(column, "") for column in by)
    return "、".join(word or BLANK for word in words) or ALL


def place_in_lot(seed: str, key: str) -> tuple[bytes, str]:
    """Return what the drawn are sorted by."""
    return hashlib.sha256(f"{seed}\n{key}".encode("utf-8", "surrogatepass")).digest(), key


def picked(keys: Iterable[str], number: int, seed: str, before: Sequence[Collection[str]] = ()) -> list[str]:
    """Return ``number`` keys in the order drawn: first those not drawn in this turn, then, in a new turn, others."""
    members = set(keys)
    seen = in_turn(members, before)
    lot = sorted(members, key=lambda key: (key in seen, place_in_lot(seed, key)))
    return lot[:number]


def in_turn(members: Collection[str], before: Sequence[Collection[str]]) -> set[str]:
    """Return who has been drawn in the turn that runs: once everyone was, a new turn holds only those drawn twice."""
    seen: set[str] = set()
    for drawn in before:
        now = {key for key in drawn if key in members}
        twice = seen & now
        seen |= now
        if len(seen) == len(members):
            seen = twice if len(twice) < len(members) else set()
    return seen


def _stratum(
    name: str, members: Sequence[Unit], quota: Quota, seed: str, before: Sequence[Collection[str]]
) -> Stratum:
    by_id = {unit.id: unit for unit in members}
    number = quota.of(len(members))
    drawn = picked(by_id, number, seed, before)
    seen = in_turn(by_id, before)
    again = any(id in seen for id in drawn)
    rest = len(by_id.keys() - in_turn(by_id, [*before, drawn]))
    whole = rest == len(by_id)
    return Stratum(name, len(members), tuple(by_id[id] for id in drawn), 0 if whole else rest, again)


def _fingerprint(units: Sequence[Unit], by: Sequence[str]) -> str:
    """Return twelve digits that change with the register's 编号 and strata."""
    lines = "\n".join(f"{unit.id}\t{stratum_of(unit, by)}" for unit in units)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:12]


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


def how_to_repeat(drawn: Drawn) -> tuple[str, ...]:
    """Say what a notice must print for anyone to repeat the draw."""
    size = sum(stratum.size for stratum in drawn.strata)
    own = "".join(f"；{name}: {quota.text}" for name, quota in sorted(drawn.quotas.items()))
    again = [stratum.name for stratum in drawn.strata if stratum.again]
    lines = [
        f"抽签种子: {drawn.seed}",
        f"名册: {size}个单位，指纹 {drawn.fingerprint}；按{'、'.join(drawn.by) or ALL}分层，每层{drawn.quota.text}{own}",
        "办法: 每层按 SHA-256（种子、换行、单位编号，UTF-8）从小到大排，从头抽起；同层没抽到过的先抽，都抽过一遍再从头来",
        "复核: 用同一份名册、同一个种子和以前各次的结果再抽，结果一样",
    ]
    if again:
        lines.append(f"{'、'.join(again)}已抽过一遍，这次又从头抽起")
    return tuple(lines)
