"""The database of appraisals: what a host application and the command keep rounds in.

Every change is one transaction: the rows and the event that says who did what, when, and what came of it. Events form a
chain of hashes (``audit``), so a change past the program shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from scoring.audit import Broken, Event, Json, verify
from scoring.errors import Problem, ScoringError, in_order
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.inspection import Inspection, Unit
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard
from scoring.store import rounds as _rounds
from scoring.store import scores as _scores
from scoring.store import trail, visits
from scoring.store.engine import open_engine, reading, writing
from scoring.store.rounds import Round, Status
from scoring.store.schema import source_file
from scoring.store.scores import Scored
from scoring.store.texts import scheme_of, standards_of
from scoring.store.upgrade import upgrade
from scoring.store.visits import Intake

__all__ = ["Intake", "Round", "Scored", "Status", "Store"]


class Store:
    """A database of rounds, by the path of an SQLite file or a database URL (SQLite, PostgreSQL).

    ``who`` and ``at`` (ISO time, to the second) go into the trail; the store has no clock of its own. Raises ScoringError
    with the way out wherever something is asked that cannot be.
    """

    def __init__(self, url: Path | str, *, calendar: Calendar, infer: Infer) -> None:
        self._engine = open_engine(str(url))
        self._calendar, self._infer = calendar, infer
        upgrade(self._engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _writing(self, who: str) -> Iterator[sa.Connection]:
        if not who.strip():
            raise ScoringError([Problem(message="没写是谁做的", hint="加 --by 姓名")])
        with writing(self._engine) as connection:
            yield connection

    def open_round(
        self,
        name: str,
        days: tuple[date, date],
        scheme: Scheme,
        standards: Sequence[Standard],
        units: Sequence[Unit],
        *,
        who: str,
        at: str,
    ) -> None:
        """Open a round, from its first day to its last, judged by a scheme under some standards."""
        with self._writing(who) as connection:
            _rounds.open_round(connection, name, days, scheme, standards, units)
            body: Json = {
                "starts": days[0].isoformat(), "ends": days[1].isoformat(), "scheme": scheme.sha256,
                "standards": sorted(one.sha256 for one in standards), "units": len(units),
            }  # fmt: skip
            trail.append(connection, at, who, "开轮次", name, body)

    def take_in(
        self,
        round: str,
        inspections: Sequence[Inspection],
        files: Sequence[tuple[str, bytes]],
        *,
        who: str,
        at: str,
        replace: bool = False,
    ) -> Intake:
        """Import visits and say from which files (name, content): the same files twice change nothing.

        Visits that are stored otherwise are told as differences; only with ``replace`` is anything changed then, and
        without it nothing at all is written where there are any.
        """
        told = Intake(0, 0)
        try:
            with self._writing(who) as connection:
                one = _rounds.the_round(connection, round, to_change=True)
                _every_source_known(scheme_of(connection, one.scheme), inspections)
                number = trail.head(connection)[0] + 1
                told = visits.take_in(connection, round, inspections, number, replace=replace)
                changed = len(told.differences) if replace else 0
                if told.differences and not replace:
                    raise _NothingWritten
                if told.new or changed:
                    self._keep_files(connection, round, files, number)
                    shas = sorted(_sha(content) for _, content in files)
                    body: Json = {"new": told.new, "changed": changed, "files": shas}
                    trail.append(connection, at, who, "导入", round, body)
        except _NothingWritten:
            pass
        return told

    def _keep_files(
        self, connection: sa.Connection, round: str, files: Sequence[tuple[str, bytes]], event: int
    ) -> None:
        known = set(
            connection.execute(sa.select(source_file.c.sha256).where(source_file.c.round == round)).scalars()
        )
        fresh = {_sha(content): name for name, content in files}
        rows = [
            {"round": round, "sha256": sha, "name": name, "event": event}
            for sha, name in sorted(fresh.items())
            if sha not in known
        ]
        if rows:
            connection.execute(source_file.insert(), rows)

    def score(self, round: str, *, who: str, at: str) -> Scored:
        """Score an open round and keep the result as its next version."""
        with self._writing(who) as connection:
            _rounds.the_round(connection, round, to_change=True)
            scored = _scores.judged(connection, round, calendar=self._calendar, infer=self._infer)
            version = _scores.keep(connection, scored)
            body: Json = {"version": version, "cards": len(scored.assessment.cards), "sha256": scored.sha256}
            trail.append(connection, at, who, "评分", round, body)
        return scored

    def judged(self, round: str) -> Scored:
        """Score a round from its own texts and visits without keeping anything: a closed round comes out as it was."""
        with reading(self._engine) as connection:
            return _scores.judged(connection, round, calendar=self._calendar, infer=self._infer)

    def close_round(self, round: str, *, who: str, at: str) -> None:
        """Close a round for good; what it came to is in the trail, by its digest."""
        with self._writing(who) as connection:
            _rounds.close(connection, round)
            scored = _scores.judged(connection, round, calendar=self._calendar, infer=self._infer)
            trail.append(connection, at, who, "结束", round, {"sha256": scored.sha256})

    def law_of(self, round: str) -> tuple[tuple[Standard, ...], tuple[Unit, ...]]:
        """Return the standards a round is judged by and its units, both as they were kept when it was opened."""
        with reading(self._engine) as connection:
            _rounds.the_round(connection, round)
            return standards_of(connection, round), tuple(visits.units_of(connection, round).values())

    def status(self, round: str) -> Status:
        """Return how far a round has come."""
        with reading(self._engine) as connection:
            return _rounds.status(connection, round)

    def rounds(self) -> list[Round]:
        """Return every round, the earliest first."""
        with reading(self._engine) as connection:
            return _rounds.rounds(connection)

    def head(self) -> tuple[int, str]:
        """Return the number and the hash of the last event: what is printed on a bulletin."""
        with reading(self._engine) as connection:
            return trail.head(connection)

    def verify(self, expected: str = "") -> tuple[int, Broken | None]:
        """Return how many events there are, and the first broken link: in the chain, or between it and the scores kept."""
        with reading(self._engine) as connection:
            number, _ = trail.head(connection)
            broken = verify(trail.events(connection), expected)
            return number, broken or _unlike(connection, self._calendar, self._infer)

    def events(self) -> tuple[Event, ...]:
        """Return the whole trail."""
        with reading(self._engine) as connection:
            return tuple(trail.events(connection))


class _NothingWritten(Exception):
    """Leave the transaction without keeping anything."""


def _every_source_known(scheme: Scheme, inspections: Sequence[Inspection]) -> None:
    """Raise ScoringError for every visit of a source that the 考核办法 does not name."""
    known = "、".join(scheme.sources)
    wrong = [
        Problem(one.origin.path, one.origin.row, 0, one.unit.name, f"考核办法里没有“{one.source}”这种来源",
                f"可用: {known}；或在考核办法的 来源 里写上它", one.unit.id)
        for one in inspections
        if scheme.pool(one.source) is None
    ]  # fmt: skip
    if wrong:
        raise ScoringError(in_order(wrong))


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unlike(connection: sa.Connection, calendar: Calendar, infer: Infer) -> Broken | None:
    """Return the closing event of the first round whose visits and texts no longer come to what was closed."""
    for event in trail.events(connection):
        if event.kind == "结束":
            again = _scores.judged(connection, event.about, calendar=calendar, infer=infer)
            if (
                again.sha256 != event.body["sha256"]
                or _scores.kept_digest(connection, event.about) != again.sha256
            ):
                return Broken(event.number, f"“{event.about}”现在算出的与结束时不同，表里的检查或得分被改过")
    return None
