"""The rankings of an annual summary: what each unit came to, of which rounds, and what each group came to round by round."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.document.content import named
from scoring.document.standings import groups_of
from scoring.document.wording import joined
from scoring.judge.standing import PartScore, Standing
from scoring.points import ZERO, plain, ratio, span
from scoring.report.dossier import Dossier, PastRound

_MOST, _SHOWN = 40, 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """One unit in the year's ranking."""

    rank: str = named("名次")
    unit: str = named("单位")
    rounds: str = named("各轮")
    score: str = named("得分")
    grade: str = named("等次")
    won: str = named("荣誉")


@dataclass(frozen=True, slots=True)
class Group:
    """Who is ranked together; ``left`` says how many of a large group are not shown."""

    name: str = named("名称")
    parts: str = named("各轮名称")
    rows: tuple[Ranked, ...] = named("单位")
    left: str = named("未列")


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a group came to in one of the rounds that make the year."""

    group: str = named("分组")
    round: str = named("轮次")
    many: str = named("参评")
    mean: str = named("平均分")
    best: str = named("最高")
    worst: str = named("最低")


def composed_of(dossier: Dossier) -> frozenset[str]:
    """Return the names of the parts that are made of shorter rounds."""
    return frozenset(part.name for part in (dossier.scheme.parts if dossier.scheme else ()) if part.rounds)


def ranked_group(name: str, own: Sequence[Standing], composed: Collection[str]) -> Group:
    """Return a group's ranking; of a large one its first and how many more there are."""
    shown = own if len(own) <= _MOST else own[:_SHOWN]
    left = f"其余{len(own) - len(shown)}个单位见排名表。" if len(shown) < len(own) else ""
    names = list(dict.fromkeys(part.name for one in own for part in _leaves(one, composed)))
    return Group(
        name, "、".join(names) or "各轮", tuple(_ranked(one, names, composed) for one in shown), left
    )


def _leaves(one: Standing, composed: Collection[str]) -> Iterator[PartScore]:
    """Yield what a standing is made of: the rounds of a part that takes some, else the part itself."""
    for part in one.parts:
        if part.name in composed:
            yield from part.parts
        else:
            yield part


def _ranked(one: Standing, names: Sequence[str], composed: Collection[str]) -> Ranked:
    parts = {part.name: span(part.low, part.high) for part in _leaves(one, composed)}
    prizes = (f"{prize.name}{plain(prize.amount)}元" for prize in one.awards)
    return Ranked(
        "—" if one.rank is None else str(one.rank),
        one.unit.name,
        " ".join(parts.get(name, "—") for name in names) or "—",
        span(one.low, one.high),
        one.grade or "未定",
        joined((*one.honours, *prizes)) or (one.unranked if one.rank is None else "—"),
    )


def quarters(dossier: Dossier, rounds: Sequence[PastRound]) -> Iterator[Quarter]:
    """Yield what each group came to, round by round; only settled scores count."""
    for peers in groups_of(dossier):
        wanted = {(one.unit.id, one.standard) for one in peers.standings}
        for each in rounds:
            scores = [
                (one.low, one.unit.name)
                for one in each.standings
                if (one.unit.id, one.standard) in wanted and one.low is not None and one.low == one.high
            ]
            if scores:
                low, high = min(scores), max(scores)
                mean = ratio(sum((score for score, _ in scores), ZERO), Decimal(len(scores)))
                yield Quarter(
                    peers.name,
                    each.name,
                    f"{len(scores)}个",
                    str(mean),
                    f"{high[1]} {high[0]}",
                    f"{low[1]} {low[0]}",
                )
