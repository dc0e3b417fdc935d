"""Small rounds made in place: schemes from a few lines, units, lines of cards."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

from scoring import judge
from scoring.inspection import Unit
from scoring.judge.standing import CardLine, Certainty, Standing
from scoring.load.rules import read_scheme
from scoring.rule.scheme import Scheme
from tests.support import infer

standings = partial(judge.standings, infer=infer)
EAST, WEST, SOUTH, NORTH = (
    Unit(str(number), name, "行政村", area)
    for number, (name, area) in enumerate(
        [("东岭村", "东片"), ("西坡村", "西片"), ("南河村", "东片"), ("北山村", "西片")], start=1
    )
)
SHOP = Unit("9", "利民商店", "商户")
KEYS = {
    "考核办法": "试验",
    "编号": "SY",
    "依据": "试验办法",
    "分值来源": "拟定",
    "施行": "2026-01-01",
    "周期": "月",
    "标准": "[{标准: T}]",
    "等次": "{优秀: 90, 良好: 80, 合格: 60, 不合格: 0}",
}


def scheme(**more: str) -> Scheme:
    """Return a scheme; ``more`` adds or replaces keys."""
    return read_scheme("".join(f"{key}: {value}\n" for key, value in (KEYS | more).items()))


def line(
    unit: Unit,
    score: str,
    source: str = "日常",
    day: int = 1,
    *,
    standard: str = "T",
    coverage: str = "1",
    veto: Certainty = "",
    veto_grade: str = "不合格",
    number: int = 1,
    inspectors: tuple[str, ...] = (),
) -> CardLine:
    """Return a card's line; a score is written 90 or 85～92."""
    low, _, high = score.partition("～")
    return CardLine(
        unit, standard, source, dt.date(2026, 6, day), number, inspectors,
        Decimal(low), Decimal(high or low), Decimal(coverage), veto, veto_grade,
    )  # fmt: skip


def by_name(found: tuple[Standing, ...]) -> dict[str, Standing]:
    return {one.unit.name: one for one in found}


def judged(law: Scheme, *lines: CardLine) -> dict[str, Standing]:
    """Return the standings of a round by the names of the units."""
    return by_name(standings(law, lines))
