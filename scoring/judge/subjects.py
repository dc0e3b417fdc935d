"""Whose is what: lines, lower rounds and extra points put to the unit and standard they judge.

Nothing is dropped: what the scheme does not score is shown beside; what it does not know is a problem.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from scoring.errors import Problem, ScoringError, did_you_mean, in_order
from scoring.inspection import Unit
from scoring.judge.standing import CardLine, ExtraPoints, LowerScore
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import Part


@dataclass(slots=True)
class Subject:
    """One unit under one standard (empty: all together), with everything it is judged by.

    ``scored`` holds its lines by standard and by the source with which they are pooled, ``reported`` those that are
    only shown, ``lower`` its scores in the rounds below, by part.
    """

    unit: Unit
    standard: str
    scored: dict[tuple[str, str], list[CardLine]] = field(default_factory=dict)
    reported: dict[str, list[CardLine]] = field(default_factory=dict)
    lower: dict[str, list[LowerScore]] = field(default_factory=dict)
    extras: list[ExtraPoints] = field(default_factory=list)


@dataclass(slots=True)
class Intake:
    """Everything of a round, sorted; ``ran`` names the rounds below of each (standard, part), in the order of time."""

    scheme: Scheme
    units: Mapping[str, Unit]
    subjects: dict[tuple[str, str], Subject] = field(default_factory=dict)
    ran: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)

    def subject(self, id: str, standard: str) -> Subject:
        """Return the subject of a unit under a standard, made when it is first asked for."""
        standard = "" if self.scheme.combined else standard
        found = self.subjects.get((id, standard))
        if found is None:
            found = self.subjects[id, standard] = Subject(self.units[id], standard)
        return found

    def complain(self, message: str, hint: str, where: str = "") -> None:
        """Keep a problem, once."""
        self.problems[Problem(where=where, message=message, hint=hint)] = None


def take_in(
    scheme: Scheme,
    lines: Sequence[CardLine],
    extras: Sequence[ExtraPoints],
    lower: Sequence[LowerScore],
    units: Sequence[Unit],
) -> Intake:
    """Sort everything of a round; ``units`` are to be judged whether they were visited or not.

    Raises ScoringError naming all that the scheme does not know.
    """
    intake = Intake(scheme, _newest(lines, lower, units))
    for unit in units:
        for one in scheme.used(unit.kind):
            if scheme.combined or one.kinds is not None:
                intake.subject(unit.id, one.id)
    _take_lines(intake, lines)
    _take_lower(intake, lower)
    _take_extras(intake, extras)
    if intake.problems:
        raise ScoringError(in_order(intake.problems))
    return intake


def _newest(lines: Iterable[CardLine], lower: Iterable[LowerScore], units: Iterable[Unit]) -> dict[str, Unit]:
    """Return each unit as it was last known: from ``units``, else as the newest line or lower round has it."""
    found: dict[str, tuple[date, Unit]] = {}
    dated = [(line.date, line.unit) for line in lines]
    dated += [(one.ends, one.unit) for one in lower]
    for seen in dated:
        known = found.get(seen[1].id)
        if known is None or (seen[0] > known[0] if seen[1] is known[1] else _age(*seen) > _age(*known)):
            found[seen[1].id] = seen
    return {id: unit for id, (_, unit) in found.items()} | {unit.id: unit for unit in units}


def _age(day: date, unit: Unit) -> tuple[object, ...]:
    return day, unit.name, unit.kind, unit.area, sorted(unit.details.items())


def _take_lines(intake: Intake, lines: Iterable[CardLine]) -> None:
    seen: set[object] = set()
    places: dict[tuple[str, str, str], tuple[str | None, str]] = {}
    for line in lines:
        visit, id = line.visit, line.unit.id
        if visit in seen:
            where = f"{line.unit.name} {line.date} {line.source}"
            intake.complain("同一次检查有两张评分卡", "只留一张；同一天又查一次的，第几次写 2", where)
            continue
        seen.add(visit)
        key = intake.units[id].kind, line.standard, line.source
        if key not in places:
            places[key] = _pool(intake, *key)
        pool, shown = places[key]
        if pool:
            subject = intake.subject(id, line.standard)
            subject.scored.setdefault((line.standard, pool), []).append(line)
        elif shown:
            intake.subject(id, line.standard).reported.setdefault(shown, []).append(line)


def _pool(intake: Intake, kind: str, standard: str, source: str) -> tuple[str | None, str]:
    """Return with which source a line is scored, and what it is called where it is only shown; neither is a problem."""
    scheme = intake.scheme
    used = [one.id for one in scheme.standards]
    pool = scheme.pool(source)
    if standard not in used:
        intake.complain(f"本办法没有用标准“{standard}”", did_you_mean(standard, used))
    elif pool is None:
        intake.complain(f"本办法没有“{source}”这个来源", did_you_mean(source, scheme.sources))
    elif standard not in (one.id for one in scheme.used(kind)):
        return None, f"{standard} {source}"
    else:
        return pool if scheme.judges_itself else None, source
    return None, ""


def _take_lower(intake: Intake, lower: Iterable[LowerScore]) -> None:
    scheme = intake.scheme
    used = [""] if scheme.combined else [one.id for one in scheme.standards]
    ran: dict[tuple[str, str], set[tuple[object, str]]] = defaultdict(set)
    seen: set[object] = set()
    for score in lower:
        part = _part(scheme, score)
        if not scheme.parts:
            intake.complain(f"本办法没有组成，用不上“{score.round}”的得分", "")
        elif part is None:
            parts = [one.rounds for one in scheme.parts if one.rounds is not None]
            intake.complain(
                f"组成里没有“{score.round}”，也没有“{score.period}”", did_you_mean(score.round, parts)
            )
        elif score.standard not in used:
            hint = "上下级办法的标准和占要写得一样：都合并计分，或都各自排名"
            intake.complain(f"用不上“{score.standard or '合并计分'}”的得分", hint, score.round)
        elif (score.unit.id, score.standard, score.round) in seen:
            intake.complain("同一轮有两个得分", "只留一个", f"{score.unit.name} {score.round}")
        else:
            seen.add((score.unit.id, score.standard, score.round))
            ran[score.standard, part.name].add((score.ends, score.round))
            intake.subject(score.unit.id, score.standard).lower.setdefault(part.name, []).append(score)
    intake.ran.update({key: [name for _, name in sorted(dates)] for key, dates in ran.items()})


def _part(scheme: Scheme, score: LowerScore) -> Part | None:
    """Return the part a lower round belongs to: the one that names it, else the one of its period."""
    by_name = {part.rounds: part for part in scheme.parts if part.rounds is not None}
    return by_name.get(score.round, by_name.get(score.period))


def _take_extras(intake: Intake, extras: Iterable[ExtraPoints]) -> None:
    of_unit: dict[str, list[Subject]] = defaultdict(list)
    for subject in intake.subjects.values():
        of_unit[subject.unit.id].append(subject)
    for extra in extras:
        meant = [one for one in of_unit[extra.unit] if extra.standard in ("", one.standard)]
        if intake.scheme.extra is None:
            intake.complain("本办法没有附加分", "在办法里写 附加: {最高加: 5, 最高扣: 10}")
        elif not meant:
            what = f"标准“{extra.standard}”下没有这个单位" if extra.standard else "这一轮没有这个单位"
            intake.complain(what, "检查单位编号和标准", f"附加分 {extra.unit}")
        for one in meant:
            one.extras.append(extra)
