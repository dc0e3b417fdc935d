"""Everything of one unit: how its score came about, its visits, its orders, and its earlier rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scoring.errors import visible
from scoring.explain.round import standing_lines
from scoring.judge.standing import Standing
from scoring.page.card import CardLedger, card_ledger
from scoring.page.peers import anchors_of, tones_of
from scoring.page.summary import UNDECIDED
from scoring.points import span
from scoring.rectify.issued import IssuedOrder
from scoring.rectify.lifecycle import State
from scoring.rectify.orders import leader
from scoring.report.dossier import Dossier
from scoring.report.orders import due_text, remark, state_text
from scoring.report.peers import standard_name


@dataclass(frozen=True, slots=True)
class Result:
    """What a unit came to under one standard, how (line by line), and what it came to in earlier rounds."""

    standard: str
    score: str
    grade: str
    tone: str
    rank: str
    account: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order of a unit; ``tone`` is ``best`` where it is closed, ``poor`` where it is late, else ``fair``.

    ``evidence`` names the photos and papers of the visit and of every step taken since.
    """

    number: str
    found_on: str
    problem: str
    places: str
    due: str
    state: str
    tone: str
    person: str
    evidence: str
    remark: str


@dataclass(frozen=True, slots=True)
class UnitLedger:
    """One unit on the page; ``about`` says its 类别, 片区 and leader."""

    anchor: str
    id: str
    name: str
    about: str
    results: tuple[Result, ...]
    cards: tuple[CardLedger, ...]
    orders: tuple[OrderLine, ...]


def unit_ledgers(dossier: Dossier) -> tuple[UnitLedger, ...]:
    """Return the ledger of every unit that anything is said of, in the order of the page."""
    results: dict[str, list[Result]] = {}
    before = _before(dossier)
    for one in dossier.standings:
        told = _result(dossier, one, before.get((one.unit.id, one.standard), ()))
        results.setdefault(one.unit.id, []).append(told)
    return tuple(
        _unit_ledger(dossier, id, anchor, tuple(results.get(id, ())))
        for id, anchor in anchors_of(dossier).items()
    )


def _unit_ledger(dossier: Dossier, id: str, anchor: str, results: tuple[Result, ...]) -> UnitLedger:
    unit = dossier.units[id]
    about = (unit.kind, unit.area, f"负责领导 {leader(unit)}" if leader(unit) else "")
    return UnitLedger(
        anchor=anchor,
        id=visible(unit.id),
        name=visible(unit.name),
        about="，".join(filter(None, about)),
        results=results,
        cards=tuple(map(card_ledger, dossier.cards_of.get(id, ()))),
        orders=tuple(_order_line(one, dossier.as_of) for one in dossier.orders_of.get(id, ())),
    )


def _result(dossier: Dossier, one: Standing, before: Sequence[str]) -> Result:
    return Result(
        standard=standard_name(dossier, one.standard),
        score=span(one.low, one.high),
        grade=one.grade or UNDECIDED,
        tone=tones_of(dossier, one.standard).get(one.grade or "", "none"),
        rank=f"第{one.rank}名" if one.rank is not None else f"不排名（{one.unranked}）",
        account=tuple(standing_lines(one, dossier.scheme)) if dossier.scheme else (),
        before=tuple(before),
    )


def _before(dossier: Dossier) -> Mapping[tuple[str, str], Sequence[str]]:
    """Return what each unit came to under each standard in the earlier rounds that gave it a score."""
    found: dict[tuple[str, str], list[str]] = {}
    for past in dossier.earlier:
        for one in past.standings:
            if one.low is not None:
                rank = f"，第{one.rank}名" if one.rank is not None else ""
                told = f"{past.name}: {span(one.low, one.high)}{rank}"
                found.setdefault((one.unit.id, one.standard), []).append(told)
    return found


def _order_line(one: IssuedOrder, on: date) -> OrderLine:
    late = one.life.open and one.life.late(on) > 0
    done = one.life.state in (State.CLOSED, State.CANCELLED)
    return OrderLine(
        number=one.number,
        found_on=str(one.found_on),
        problem=one.problem,
        places="、".join(one.places),
        due=due_text(one),
        state=state_text(one, on),
        tone="best" if done else "poor" if late else "fair",
        person=one.life.person,
        evidence="、".join(dict.fromkeys(_evidence(one))),
        remark="；".join(filter(None, (f"再次发现{len(one.again)}次" if one.again else "", remark(one)))),
    )


def _evidence(one: IssuedOrder) -> Iterator[str]:
    yield from one.photos
    for move in one.moves:
        yield from move.evidence
