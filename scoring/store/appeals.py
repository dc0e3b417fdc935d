"""申诉 in the database: what was filed and decided stands in the trail, a row says where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from scoring.audit import Event, Json
from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.inspection import Inspection, Unit
from scoring.judge.appeal import Appeal, Decision, Ruling, Which
from scoring.sheets.cells import CellError, people
from scoring.sheets.corrected import Change
from scoring.store import trail
from scoring.store.codec import visit_of
from scoring.store.desk import one_line, reason_problems
from scoring.store.schema import appeal, event
from scoring.store.visits import live_visits, units_of

PENDING = "待复核"


def the_visit(connection: sa.Connection, round: str, unit: Unit, which: Which) -> tuple[int, Inspection]:
    """Return the number in the table and the visit of a unit that is meant, as it now stands.

    Raises ScoringError where there is none, or where several may be meant.
    """
    own = [(row.id, visit_of(unit, dict(row._mapping))) for row in live_visits(connection, round, unit.id)]
    exact = [one for one in own if which_of(one[1]) == which]
    found = exact or [one for one in own if _meant(which, one[1])]
    if len(found) == 1:
        return found[0]
    listed = "；".join(which_of(one).words for _, one in found or own)
    if found:
        message, hint = f"{unit.name}有{len(found)}次检查都对得上", f"再写明来源、检查人员或第几次: {listed}"
    else:
        message, hint = f"{unit.name}没有“{which.words}”这次检查", f"有: {listed or '一次也没有'}"
    raise ScoringError([Problem(message=message, hint=hint)])


def _meant(which: Which, visit: Inspection) -> bool:
    return (
        which.date == visit.date
        and which.source in ("", visit.source)
        and which.inspectors in ((), visit.inspectors)
        and which.number in (0, visit.number)
    )


def which_of(visit: Inspection) -> Which:
    """Return all that names a visit among its unit's."""
    return Which(visit.date, visit.source, visit.inspectors, visit.number)


def file(connection: sa.Connection, body: Json, round: str, number: int) -> int:
    """Keep that an appeal was filed by an event; return the appeal's number."""
    row = {"round": round, "unit": body["unit"], "state": PENDING, "event": number}
    made = connection.execute(appeal.insert().values(row)).inserted_primary_key
    assert made is not None
    return int(made[0])


def decided(connection: sa.Connection, number: int, ruling: Ruling, event: int) -> None:
    """Keep that an appeal was decided by an event."""
    row = {"state": ruling.value, "decided": event}
    connection.execute(appeal.update().where(appeal.c.id == number).values(row))


def filed_text(visit: Inspection, about: Iterable[str], reason: str) -> Json:
    """Return what the trail says of an appeal."""
    return {
        "unit": visit.unit.id,
        "visit": which_text(visit),
        "about": list(dict.fromkeys(about)),
        "reason": one_line(reason),
    }


def which_text(visit: Inspection) -> Json:
    """Return what names a visit, as the trail says it."""
    day, names = visit.date.isoformat(), list(visit.inspectors)
    return {"date": day, "source": visit.source, "inspectors": names, "number": visit.number}


def appeals(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> Iterator[Appeal]:
    """Yield the appeals that some conditions pick, the earliest first."""
    rows = list(connection.execute(sa.select(appeal).where(*where).order_by(appeal.c.id)))
    numbers = [one for row in rows for one in (row.event, row.decided) if one is not None]
    told = {one.number: one for one in trail.events(connection, event.c.number.in_(numbers))}
    units = {name: units_of(connection, name) for name in dict.fromkeys(row.round for row in rows)}
    for row in rows:
        yield _appeal(row, units[row.round][row.unit], told[row.event], told.get(row.decided))


def _appeal(row: sa.Row[Any], unit: Unit, filed: Event, decision: Event | None) -> Appeal:
    said = filed.body["visit"]
    which = Which(date.fromisoformat(said["date"]), said["source"], tuple(said["inspectors"]), said["number"])
    return Appeal(
        row.id, row.round, unit, which, tuple(filed.body["about"]), filed.who, filed.at, filed.body["reason"],
        None if decision is None else _decision(decision),
    )  # fmt: skip


def _decision(one: Event) -> Decision:
    body = one.body
    return Decision(
        Ruling(one.kind), one.who, one.at, body["reason"],
        tuple(Change(*change) for change in body.get("changes", ())),
        body.get("version"), body.get("sha256", ""),
        tuple((name, how) for name, how in body.get("later", ())),
        tuple((number, problem, fate) for number, problem, fate in body.get("orders", ())),
    )  # fmt: skip


def the_appeal(connection: sa.Connection, number: int) -> Appeal:
    """Return an appeal by its number.

    Raises ScoringError where there is none.
    """
    found = next(appeals(connection, appeal.c.id == number), None)
    if found is None:
        known = list(connection.execute(sa.select(appeal.c.id).order_by(appeal.c.id)).scalars())
        hint = did_you_mean(str(number), map(str, known), label="有") or "还没有申诉"
        raise ScoringError([Problem(message=f"没有第{number}号申诉", hint=hint)])
    return found


def names_in(who: str) -> set[str]:
    """Return the names that somebody acts by, told apart as a sheet's 检查人员 are; raise ScoringError for hidden characters."""
    try:
        return set(people(who))
    except CellError as error:
        raise ScoringError([Problem(where="姓名", message=error.message, hint=error.hint)]) from None


def filing_problems(
    visit: Inspection, about: Sequence[str], known: Sequence[str], reason: str, waiting: Iterable[Appeal]
) -> Iterator[Problem]:
    """Yield why an appeal cannot be filed: no reason, a clause or 检查项 nobody knows, the same one still waiting."""
    yield from reason_problems(reason, "申诉")
    for one in about:
        if one not in known:
            yield Problem(message=f"没有“{shortened(one)}”这个条款或检查项", hint=did_you_mean(one, known))
    for other in waiting:
        alike = other.unit.id == visit.unit.id and other.visit == which_of(visit)
        if alike and set(other.about) == set(about) and other.decision is None:
            yield Problem(message=f"同样的申诉已有第{other.number}号，还没有复核", hint="等它复核")


def deciding_problems(
    one: Appeal, ruling: Ruling, reason: str, who: str, *, changed: bool
) -> Iterator[Problem]:
    """Yield why somebody cannot decide an appeal so."""
    if one.decision is not None:
        message = f"第{one.number}号申诉已由{one.decision.who}裁定（{one.state}）"
        yield Problem(message=message, hint="有新的理由，另提一件申诉")
    deciders = names_in(who)
    if clash := sorted(deciders & set(one.visit.inspectors)):
        yield Problem(message=f"{'、'.join(clash)}是这次检查的检查人员，不能复核", hint="换一个人复核")
    if clash := sorted(deciders & names_in(one.who)):
        yield Problem(message=f"{'、'.join(clash)}是提申诉的人，不能复核", hint="换一个人复核")
    yield from reason_problems(reason, "裁定")
    if ruling is Ruling.UPHELD and changed:
        yield Problem(message="维持的申诉不能改答案", hint="要改的，裁定写 更正")
