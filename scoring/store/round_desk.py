"""Rounds: opened, filled with visits, scored, ranked and closed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from scoring.audit import Json
from scoring.errors import Problem, ScoringError, in_order
from scoring.inspection import Inspection, Unit
from scoring.judge.standing import ExtraPoints, Standing
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard
from scoring.store import extras, kept, rounds, scores, since, trail, visits
from scoring.store.desk import Desk, one_line, reason_problems
from scoring.store.horizon import Horizon
from scoring.store.intake import Intake, take_in
from scoring.store.kept import Ranking
from scoring.store.recompose import RECOMPOSED, Recomposed, recompose
from scoring.store.rounds import Round, Status
from scoring.store.schema import source_file
from scoring.store.scores import Scored
from scoring.store.texts import scheme_of, standards_of
from scoring.tally import ScoreCard


@dataclass(frozen=True, slots=True)
class Account:
    """Why one unit stands where it stands: its standings, and its cards at the round's visits."""

    scheme: Scheme
    standings: tuple[Standing, ...]
    cards: tuple[ScoreCard, ...]


class Rounds(Desk):
    """The rounds of a database, by their names."""

    def open(
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
            number = trail.head(connection)[0] + 1
            rounds.open_round(connection, name, days, scheme, standards, units, number)
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
                one = rounds.the_round(connection, round, to_change=True)
                _every_source_known(scheme_of(connection, one.scheme), inspections)
                number = trail.head(connection)[0] + 1
                told = take_in(connection, round, inspections, number, replace=replace)
                changed = len(told.differences) if replace else 0
                if told.differences and not replace:
                    raise _NothingWritten
                if told.new or changed:
                    _keep_files(connection, round, files, number)
                    shas = sorted(_sha(content) for _, content in files)
                    body: Json = {"new": told.new, "changed": changed, "files": shas}
                    trail.append(connection, at, who, "导入", round, body)
        except _NothingWritten:
            pass
        return told

    def add_points(
        self, round: str, unit: str, points: Decimal, reason: str, *, standard: str = "", who: str, at: str
    ) -> None:
        """Add 附加分 (below 0: take) for a unit by its id or name, under one standard or all of them."""
        with self._writing(who) as connection:
            rounds.the_round(connection, round, to_change=True)
            number = trail.head(connection)[0] + 1
            given = ExtraPoints(unit, standard, points, reason, who)
            trail.append(connection, at, who, "附加分", round, extras.add(connection, round, given, number))

    def score(self, round: str, *, who: str, at: str) -> Scored:
        """Score an open round and keep the result as its next version."""
        with self._writing(who) as connection:
            rounds.the_round(connection, round, to_change=True)
            found = scores.judge(connection, round, calendar=self._calendar, infer=self._infer)
            number = trail.head(connection)[0] + 1
            scored = scores.keep(connection, found, Horizon(number, number, number))
            body: Json = {
                "version": scored.round.version, "cards": len(scored.assessment.cards), "sha256": scored.sha256
            }  # fmt: skip
            trail.append(connection, at, who, "评分", round, body)
        return scored

    def current(self, round: str) -> bool:
        """Return whether a round's last scoring, if there is any, is what it would come to now."""
        with self._reading() as connection:
            one = rounds.the_round(connection, round)
            return bool(one.version) and self._current(connection, one, kept.kept_digest(connection, one))

    def judged(self, round: str, version: int | None = None) -> Scored:
        """Score a round without keeping anything: an open one by what there is now, a closed one as it was seen.

        With a ``version``, as it was seen when that was kept.
        """
        with self._reading() as connection:
            seen = None
            if version is not None:
                seen = kept.horizon_of(connection, kept.version_of(connection, round, version))
            return scores.judged(connection, round, calendar=self._calendar, infer=self._infer, horizon=seen)

    def ranking(self, round: str, version: int | None = None) -> Ranking:
        """Return what was kept as a version of a round, its last by itself, without scoring again."""
        with self._reading() as connection:
            return kept.ranking(connection, round, version)

    def account(self, round: str, unit: str) -> Account:
        """Return what a unit (by id or name) came to at a round's last scoring, with the cards it rests on."""
        with self._reading() as connection:
            found = kept.ranking(connection, round)
            id = visits.unit_named(connection, round, unit).id
            cards = scores.cards_again(connection, round, {id}, calendar=self._calendar, infer=self._infer)
            return Account(found.scheme, tuple(one for one in found.standings if one.unit.id == id), cards)

    def close(self, round: str, *, who: str, at: str) -> None:
        """Close a round for good; what it came to is in the trail, by its digest.

        Raises ScoringError where its last scoring is not what it comes to now.
        """
        with self._writing(who) as connection:
            one = rounds.scored_round(connection, round, to_change=True)
            sha = kept.kept_digest(connection, one)
            if not self._current(connection, one, sha):
                hint = f"再运行一次 chuangwei round score {round}，看过再结束"
                raise ScoringError([Problem(message=f"“{round}”评分以后又有改动", hint=hint)])
            body: Json = {"version": one.version, "sha256": sha}
            rounds.close(connection, round, trail.append(connection, at, who, "结束", round, body))

    def _current(self, connection: sa.Connection, one: Round, sha: str) -> bool:
        """Return whether what is kept of a round, of a digest, is its last scoring and what it would come to now.

        Only where something came since that a scoring sees is the round scored again to know.
        """
        if kept.can_be_replayed(connection, one) and not since.anything(connection, one):
            return sha == kept.scored_digest(connection, one)
        return sha == scores.judged(connection, one.name, calendar=self._calendar, infer=self._infer).sha256

    def recompose(self, round: str, reason: str, *, who: str, at: str) -> Recomposed:
        """Put a closed round together anew (重新合成) after a 更正 of one that it is made of; keep its next version.

        The version before stays. Raises ScoringError where there is nothing to put together anew.
        """
        with self._writing(who) as connection:
            if wrong := list(reason_problems(reason, "重新合成")):
                raise ScoringError(wrong)
            number = trail.head(connection)[0] + 1
            found = recompose(connection, round, number, calendar=self._calendar, infer=self._infer)
            body: Json = {
                "version": found.after.round.version, "sha256": found.after.sha256,
                "corrected": list(found.corrected), "reason": one_line(reason),
            }  # fmt: skip
            trail.append(connection, at, who, RECOMPOSED, round, body)
            return found

    def law(self, round: str) -> tuple[tuple[Standard, ...], tuple[Unit, ...]]:
        """Return the standards a round is judged by and its units, both as they were kept when it was opened."""
        with self._reading() as connection:
            rounds.the_round(connection, round)
            return standards_of(connection, round), tuple(visits.units_of(connection, round).values())

    def status(self, round: str) -> Status:
        """Return how far a round has come."""
        with self._reading() as connection:
            return rounds.status(connection, round)

    def all(self) -> list[Round]:
        """Return every round, the earliest first."""
        with self._reading() as connection:
            return rounds.rounds(connection)


class _NothingWritten(Exception):
    """Leave the transaction without keeping anything."""


def _keep_files(
    connection: sa.Connection, round: str, files: Sequence[tuple[str, bytes]], event: int
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


def _every_source_known(scheme: Scheme, inspections: Sequence[Inspection]) -> None:
    """Raise ScoringError for every visit of a source that the 考核办法 does not name."""
    known = "、".join(scheme.sources)
    wrong = [
        one.origin.problem(one.unit, f"考核办法里没有“{one.source}”这种来源", f"可用: {known}；或在考核办法的 来源 里写上它")
        for one in inspections
        if scheme.pool(one.source) is None
    ]  # fmt: skip
    if wrong:
        raise ScoringError(in_order(wrong))


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
