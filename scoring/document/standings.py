"""The rankings that documents print: each group's in full, and one line for each group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.document.content import named
from scoring.document.wording import brief, measure_of, some
from scoring.judge.standing import Standing
from scoring.points import plain, span
from scoring.report.dossier import Dossier
from scoring.report.peers import Peers, climbed, gained, mean_of, peers_of, settled, standard_name, subject_of

NONE, UNDECIDED = "—", "未定"
_ENDS, _NAMED = 3, 5


@dataclass(frozen=True, slots=True)
class RankRow:
    """One unit in its ranking."""

    rank: str = named("名次")
    unit: str = named("单位")
    score: str = named("得分")
    grade: str = named("等次")
    climbed: str = named("名次变化")
    gained: str = named("得分变化")
    note: str = named("说明")


@dataclass(frozen=True, slots=True)
class RankTable:
    """The ranking of one group in full."""

    name: str = named("组别")
    rows: tuple[RankRow, ...] = named("单位")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group on one line."""

    name: str = named("组别")
    units: str = named("数量")
    mean: str = named("平均分")
    gained: str = named("比上轮")
    best: str = named("前三名")
    worst: str = named("后三名")


def groups_of(dossier: Dossier) -> tuple[Peers, ...]:
    """Return those who are ranked together, called as prose calls them."""
    return tuple(replace(one, name=_name(dossier, one)) for one in peers_of(dossier))


def _name(dossier: Dossier, peers: Peers) -> str:
    """Write a group as prose does: 行政村（治五乱）."""
    standard, group = peers.subject
    return f"{'、'.join(group)}（{standard_name(dossier, standard)}）" if standard and group else peers.name


def rank_tables(dossier: Dossier, groups: Sequence[Peers]) -> tuple[RankTable, ...]:
    """Return the ranking of each group."""
    then, composed = _before(dossier), bool(dossier.scheme and dossier.scheme.parts)
    return tuple(
        RankTable(
            each.name,
            tuple(_row(one, then.get((one.unit.id, one.standard)), composed) for one in each.standings),
        )
        for each in groups
    )


def group_rows(dossier: Dossier, groups: Sequence[Peers]) -> tuple[GroupRow, ...]:
    """Return each group on one line."""
    return tuple(group_row(dossier, each) for each in groups)


def best_of(peers: Peers) -> list[Standing]:
    """Return the first three, of fewer than six the better half, and whoever shares their rank."""
    ranked = _ranked(peers)
    return [one for one in ranked if (one.rank or 0) <= _first(ranked)]


def worst_of(peers: Peers) -> list[Standing]:
    """Return the last three and whoever shares their rank, the last first; nobody who is among the first."""
    ranked = _ranked(peers)
    limit = max(_first(ranked) + 1, *((one.rank or 0) for one in ranked[-_ENDS:][:1]), 0)
    return [one for one in reversed(ranked) if (one.rank or 0) >= limit]


def _ranked(peers: Peers) -> list[Standing]:
    return [one for one in peers.standings if one.rank is not None]


def _first(ranked: Sequence[Standing]) -> int:
    return min(_ENDS, (len(ranked) + 1) // 2)


def mean_before(dossier: Dossier, peers: Peers) -> Decimal | None:
    """Return what a group came to in the last earlier round, None where there is none."""
    if not dossier.earlier:
        return None
    return mean_of(
        settled([one for one in dossier.earlier[-1].standings if subject_of(one) == peers.subject])
    )


def signed(points: Decimal) -> str:
    """Write by how much something rose or fell.

    >>> signed(Decimal("1.20")), signed(Decimal("-0.5")), signed(Decimal(0))
    ('+1.2', '−0.5', '持平')
    """
    if not points:
        return "持平"
    return f"{'+' if points > 0 else '−'}{plain(abs(points))}"


def _before(dossier: Dossier) -> Mapping[tuple[str, str], Standing]:
    last = dossier.earlier[-1].standings if dossier.earlier else ()
    return {(one.unit.id, one.standard): one for one in last}


def _row(one: Standing, before: Standing | None, composed: bool) -> RankRow:
    steps, points = climbed(one, before), gained(one, before)
    moved = NONE if steps is None else "平" if not steps else f"升{steps}" if steps > 0 else f"降{-steps}"
    return RankRow(
        NONE if one.rank is None else str(one.rank),
        one.unit.name,
        span(one.low, one.high),
        one.grade or UNDECIDED,
        moved,
        NONE if points is None else signed(points),
        "；".join((*_notes(one), *(made_of(one) if composed else ()))) or NONE,
    )


def _notes(one: Standing) -> Iterator[str]:
    """Yield why a unit is not ranked, what it won and is paid."""
    if one.rank is None and one.unranked:
        yield one.unranked
    if one.veto == "certain":
        yield "一票否决"
    yield from one.honours
    for prize in one.awards:
        shared = f"（{prize.sharing}个单位平分）" if prize.whole is not None else ""
        yield f"{prize.name}{plain(prize.amount)}元{shared}"


def made_of(one: Standing) -> Iterator[str]:
    """Yield what a quarter or a year was made of: its parts, or the rounds of the one part it has."""
    parts = one.parts if len(one.parts) != 1 else one.parts[0].parts
    words = [
        f"{brief(part.name, 14)}（{span(part.low, part.high)}）" for part in parts if part.low is not None
    ]
    if words:
        yield "、".join(words)


def group_row(dossier: Dossier, peers: Peers) -> GroupRow:
    """Return a group on one line."""
    mean, before = mean_of(settled(peers.standings)), mean_before(dossier, peers)
    units = [one.unit for one in peers.standings]
    return GroupRow(
        peers.name,
        f"{len(units)}{measure_of(units)}",
        NONE if mean is None else str(mean),
        NONE if mean is None or before is None else signed(mean - before),
        _named_with_scores(best_of(peers)),
        _named_with_scores(worst_of(peers)),
    )


def _named_with_scores(found: Sequence[Standing]) -> str:
    words = [f"{brief(one.unit.name, 14)}（{one.low}）" for one in found]
    return (
        some(words, _NAMED if len(words) <= _NAMED else _ENDS, measure_of(one.unit for one in found)) or NONE
    )
