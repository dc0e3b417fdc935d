"""豁免 in the database: granted for a clause of a unit until a day, revoked by its number, seen by a scoring as they were."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from scoring.audit import Json, canonical
from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.inspection import Inspection, Unit
from scoring.match.waive import Waiver
from scoring.rule.standard import Standard
from scoring.score import Excuses
from scoring.store.desk import reason_problems
from scoring.store.horizon import came_by
from scoring.store.rounds import rounds
from scoring.store.schema import waiver
from scoring.store.texts import every_standard
from scoring.store.visits import named, units_of


@dataclass(frozen=True, slots=True)
class Granted:
    """A waiver as it is kept: its number, whose it is (as the newest round knows the unit), whether it was revoked."""

    number: int
    unit: Unit
    waiver: Waiver
    revoked: bool

    def state(self, on: date) -> str:
        """Return 已撤销, 未开始, 有效 or 已过期, as of a day."""
        if self.revoked:
            return "已撤销"
        if on < self.waiver.starts:
            return "未开始"
        return "有效" if on <= self.waiver.until else "已过期"


def grant(connection: sa.Connection, name: str, made: Waiver, event: int) -> Json:
    """Keep a waiver for a unit by its id or name; return what the trail says of it.

    Raises ScoringError where no round knows the unit, no standard has the clause or it does not concern the unit's 类别,
    the days are the wrong way round, no reason is given, or the same clause is waived on some of the days already.
    """
    one = named(known_units(connection), name, "各轮的名册里")
    wrong = list(_wrong(made)) + list(_clause_wrong(every_standard(connection), one, made.clause))
    for other in granted(connection):
        alike = other.unit.id == one.id and other.waiver.clause == made.clause and not other.revoked
        if alike and other.waiver.starts <= made.until and made.starts <= other.waiver.until:
            message = f"{one.name}的 {made.clause} 已有第{other.number}号豁免，到 {other.waiver.until}"
            wrong.append(Problem(message=message, hint="从它到期后起，或先撤销它"))
    if wrong:
        raise ScoringError(wrong)
    days = {"starts": made.starts.isoformat(), "until": made.until.isoformat()}
    row = {"unit": one.id, "clause": made.clause, **days}
    said = {"reason": made.reason, "by": made.by}
    kept = connection.execute(waiver.insert().values(**row, body=canonical(said), event=event))
    assert kept.inserted_primary_key is not None
    return {"waiver": int(kept.inserted_primary_key[0]), **row, "reason": made.reason}


def _wrong(made: Waiver) -> Iterator[Problem]:
    if made.until < made.starts:
        yield Problem(message=f"到期 {made.until} 早于开始 {made.starts}", hint="写成先后")
    yield from reason_problems(made.reason, "豁免")


def _clause_wrong(standards: list[Standard], unit: Unit, id: str) -> Iterator[Problem]:
    """Yield why a clause cannot be waived for a unit; 加分 clauses take nothing and cannot be."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for standard in standards:
        for one in standard.clauses:
            kinds[one.id] |= set(standard.kinds if one.kinds is None else one.kinds)
    own = sorted(one for one, asked in kinds.items() if unit.kind in asked)
    if id not in kinds:
        yield Problem(
            message=f"各轮的标准里没有条款“{shortened(id)}”", hint=did_you_mean(id, own or sorted(kinds))
        )
    elif id not in own:
        yield Problem(message=f"条款 {id} 不考核{unit.kind}", hint=did_you_mean(id, own))


def revoke(connection: sa.Connection, number: int, event: int) -> Granted:
    """End a waiver by its number; return it.

    Raises ScoringError where there is none, or where it was revoked before.
    """
    found = {one.number: one for one in granted(connection)}
    if number not in found:
        hint = f"有: {'、'.join(map(str, found))}" if found else "还没有豁免"
        raise ScoringError([Problem(message=f"没有第{number}号豁免", hint=hint)])
    if found[number].revoked:
        raise ScoringError(
            [Problem(message=f"第{number}号豁免已撤销过", hint="用 chuangwei waiver list 看各号的情况")]
        )
    connection.execute(waiver.update().where(waiver.c.id == number).values(ended=event))
    return found[number]


def granted(connection: sa.Connection) -> list[Granted]:
    """Return every waiver, the earliest first."""
    units = known_units(connection)
    rows = connection.execute(sa.select(waiver).order_by(waiver.c.id))
    return [Granted(row.id, units[row.unit], _read(row), row.ended is not None) for row in rows]


def known_units(connection: sa.Connection) -> dict[str, Unit]:
    """Return every unit that a round knows, by id, as the newest knows it."""
    found: dict[str, Unit] = {}
    for one in rounds(connection):
        found |= units_of(connection, one.name)
    return found


def excuses(connection: sa.Connection, event: int) -> Excuses | None:
    """Return what tells the waivers of a visit's unit that an event saw, None where there are none at all."""
    found: dict[str, list[Waiver]] = defaultdict(list)
    for row in connection.execute(sa.select(waiver).where(came_by(waiver, event)).order_by(waiver.c.id)):
        found[row.unit].append(_read(row))

    def of_unit(visit: Inspection) -> list[Waiver]:
        return found.get(visit.unit.id, [])

    return of_unit if found else None


def _read(row: sa.Row[tuple[object, ...]]) -> Waiver:
    said = json.loads(row.body)
    days = date.fromisoformat(row.starts), date.fromisoformat(row.until)
    return Waiver(row.clause, *days, said["reason"], said["by"])
