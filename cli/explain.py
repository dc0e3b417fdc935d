"""``chuangwei explain``: one unit's ledger as it would be read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Problem, ScoringError, did_you_mean, visible
from .assessed import assess_sheets
from .common import emit, say
from .consent import AcceptRepairs, MappingFile
from .score import Calendar, Infer, Standards, Units

if TYPE_CHECKING:
    from ..tally import ScoreCard


def explain(
    file: Annotated[Path, typer.Argument(metavar="检查表", help="检查表文件，或放检查表的文件夹")],
    unit: Annotated[str, typer.Argument(metavar="单位", help="被检单位的名称或编号")],
    clause: Annotated[str, typer.Argument(metavar="条款", help="只说这一条，如 WL-01")] = "",
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    units: Units = None,
    infer: Infer = "",
    calendar: Calendar = None,
    accept_repairs: AcceptRepairs = False,
    mapping: MappingFile = None,
) -> None:
    """逐条说明一个单位的每一分扣在哪里"""
    from ..api import unit_named
    from ..explain.ledger import mean_line
    from ..find import find_standards

    used = find_standards(standard)
    assessment = assess_sheets(
        [file], standard, units, calendar=calendar, infer=infer, accept=accept_repairs, mapping=mapping
    )
    ids = [one.id for each in used for one in each.clauses]
    if clause and clause not in ids:
        raise ScoringError(
            [Problem(message=f"没有条款“{clause}”", hint=did_you_mean(clause, dict.fromkeys(ids)))]
        )
    meant = unit_named(assessment, unit)
    cards = [card for card in assessment.cards if card.inspection.unit.id == meant.id]
    means = [one for one in assessment.units if one.unit.id == meant.id]
    lines = [*card_lines(cards, clause), *(mean_line(one) for one in means if not clause)]
    emit("\n".join(map(visible, lines)))
    say(one for one in assessment.problems if one.unit == meant.id)


def card_lines(cards: Iterable[ScoreCard], clause: str = "") -> Iterator[str]:
    """Yield the cards one after the other, each read aloud."""
    from ..explain.ledger import ledger, points_note

    for card in cards:
        lines = list(ledger(card, clause))
        if not lines:
            continue
        seen, standard = card.inspection, card.program.standard
        yield f"{seen.unit.name}  {standard.name}（{points_note(standard)}）  {seen.date}  {seen.source}检查  {'、'.join(seen.inspectors)}".rstrip()
        yield from lines
        yield ""
