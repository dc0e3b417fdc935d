"""``chuangwei round open``: the days, the 考核办法, the standards and the register of a round, once and for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError, did_you_mean
from .common import day_of, register_of, say
from .database import DEFAULT, By, Database, RoundName, now, opened
from .score import Standards
from .values import Span, days_of_round

if TYPE_CHECKING:
    from ..inspection import Unit
    from ..rule.scheme import Scheme
    from ..rule.standard import Standard
    from ..store import Store

SchemeName = Annotated[
    str,
    typer.Option(
        "--scheme",
        metavar="考核办法",
        help="考核办法的编号、名称或文件；不写按轮次的名称用内置的月、季、年考核",
    ),
]
Starts = Annotated[
    str, typer.Option("--starts", metavar="日期", help="第一天；轮次叫 2026-06、2026-Q2、2026 的可不写")
]
Ends = Annotated[
    str, typer.Option("--ends", metavar="日期", help="最后一天；轮次叫 2026-06、2026-Q2、2026 的可不写")
]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a round is opened with."""

    days: tuple[date, date]
    scheme: Scheme
    standards: Sequence[Standard]
    units: Sequence[Unit]

    def carry_out(self, store: Store, name: str, who: str) -> None:
        """Open the round, and say so."""
        store.rounds.open(name, self.days, self.scheme, self.standards, self.units, who=who, at=now())
        first, last = self.days
        say([f"“{name}”已开（{self.scheme.name}，{first} 至 {last}，{len(self.units)}个单位）"])


def open_(
    name: RoundName,
    units: Annotated[Path, typer.Option("--units", metavar="名册", help="被检单位名册（XLSX 或 CSV）")],
    by: By,
    scheme: SchemeName = "",
    starts: Starts = "",
    ends: Ends = "",
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    db: Database = DEFAULT,
) -> None:
    """开一轮考核：定下考核办法、标准、名册和起止日期"""
    opening = opening_of(name, scheme, starts, ends, standard, units)
    with opened(db, create=True) as store:
        opening.carry_out(store, name, by)


def opening_of(
    name: str, scheme: str, starts: str, ends: str, standard: Sequence[str], units: Path | None
) -> Opening:
    """Return what a round is opened with: what its name says of its days and its period need not be said again.

    Raises ScoringError where neither says it.
    """
    from ..find import find_scheme, find_standards

    span = days_of_round(name)
    first, last = (span.first, span.last) if span else (None, None)
    found = find_scheme(scheme or _usual(name, span), standard)
    wanted = {one.id for one in found.standards}
    known = [one for one in find_standards([]) if one.id in wanted]
    own = find_standards(standard) if standard else ()
    register = register_of(units)
    return Opening(
        (_day(starts, "--starts", first), _day(ends, "--ends", last)),
        found,
        list({(one.id, one.starts): one for one in (*known, *own)}.values()),
        register.units if register else (),
    )


def _day(text: str, option: str, usual: date | None) -> date:
    day = day_of(text, option) or usual
    if day is None:
        hint = "写成 2026-06-30 的样子；轮次叫 2026-06、2026-Q2、2026 的可不写"
        raise ScoringError([Problem(message=f"没写 {option}", hint=hint)])
    return day


def _usual(name: str, span: Span | None) -> str:
    """Return the 编号 of the one shipped scheme of the period that a round's name says."""
    from ..load.rules import shipped_schemes

    known = shipped_schemes()
    usual = [one.id for one in known if span and one.period == span.period]
    if len(usual) != 1:
        hint = did_you_mean(name, [title for one in known for title in (one.id, one.name)])
        way = "轮次叫 2026-06、2026-Q2、2026 的可不写"
        raise ScoringError([Problem(message="没写 --scheme 考核办法", hint=f"{way}；{hint}")])
    return usual[0]
