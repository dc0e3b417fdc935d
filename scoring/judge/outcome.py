"""From a total to a standing without a rank: extra points, the veto, the grade, and why it may not be ranked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from scoring.inspection import Unit
from scoring.judge.standing import Certainty, Ends, ExtraPoints, PartScore, Standing
from scoring.judge.subjects import Intake, Subject
from scoring.judge.totals import coverage, reported, total
from scoring.points import ZERO, percent, publish
from scoring.rule.scheme import Scheme
from scoring.rule.standard import NO_GRADE

# Why a unit is not ranked that has no visit at all.
UNVISITED = "没有检查"


def outcome(intake: Intake, subject: Subject) -> Standing:
    """Return what a subject comes to, not ranked yet."""
    scheme = intake.scheme
    whole = total(intake, subject)
    extras = tuple(sorted(subject.extras))
    extra = _within_limits(scheme, extras)
    low, high = _with_extra(whole, extra, scheme.places)
    veto, veto_grade = _veto(scheme, subject)
    checked = coverage(scheme, subject) if scheme.judges_itself else None
    return Standing(
        subject.unit, subject.standard, tuple(_peer(subject.unit, name) for name in scheme.groups),
        whole.parts, reported(scheme, subject), extra, low, high,
        _grade(scheme, low, high, veto, veto_grade), checked,
        unranked=_why_not(scheme, subject, whole, (low, high), checked), veto=veto, extras=extras,
    )  # fmt: skip


def _within_limits(scheme: Scheme, extras: Iterable[ExtraPoints]) -> Decimal:
    """Return what extra points come to: all that is added, and all that is taken, each up to its own limit."""
    if scheme.extra is None:
        return ZERO
    points = [one.points for one in extras]
    added = min(sum((one for one in points if one > 0), ZERO), scheme.extra.most)
    return added + max(sum((one for one in points if one < 0), ZERO), -scheme.extra.least)


def _with_extra(whole: PartScore, extra: Decimal, places: int) -> Ends:
    """Return the score; points are not taken below 0."""
    if whole.low is None or whole.high is None or not extra:
        return whole.low, whole.high
    return publish(max(whole.low + extra, ZERO), places), publish(max(whole.high + extra, ZERO), places)


def _veto(scheme: Scheme, subject: Subject) -> tuple[Certainty, str]:
    """Return whether a scored visit brings an 一票否决, and to which grade: the lowest that any of them names."""
    vetoing = [line for lines in subject.scored.values() for line in lines if line.veto]
    certain = [line for line in vetoing if line.veto == "certain"]
    named = {line.veto_grade for line in certain or vetoing}
    if NO_GRADE in named:
        grade = NO_GRADE
    else:
        grades = [name for name in named if name in scheme.grades]
        unknown = len(grades) < len(named)
        grade = scheme.lowest if unknown or not grades else min(grades, key=scheme.grades.__getitem__)
    return ("certain" if certain else "possible" if vetoing else ""), grade


def _grade(
    scheme: Scheme, low: Decimal | None, high: Decimal | None, veto: Certainty, veto_grade: str
) -> str | None:
    """Return the grade that every completion has; a certain veto decides at once."""
    if veto == "certain":
        return veto_grade
    if low is None or high is None:
        return None
    worst, best = grade_of(scheme.grades, low), grade_of(scheme.grades, high)
    return best if worst == best and (not veto or best == veto_grade) else None


def grade_of(grades: Mapping[str, Decimal], score: Decimal) -> str | None:
    """Return the best grade whose 起点分 a published score reaches."""
    reached = [name for name, floor in grades.items() if score >= floor]
    return max(reached, key=grades.__getitem__, default=None)


def _peer(unit: Unit, name: str) -> str:
    """Return what a unit has in one of the columns by which units are grouped."""
    if name == "类别":
        return unit.kind
    return unit.area if name == "片区" else unit.details.get(name, "")


def _why_not(scheme: Scheme, subject: Subject, whole: PartScore, ends: Ends, checked: Decimal | None) -> str:
    """Say why a subject is not ranked; empty where it is."""
    unit = subject.unit
    used = [one.id for one in scheme.used(unit.kind)]
    if not used or (subject.standard and subject.standard not in used):
        return f"{subject.standard or '本办法'}不考核{unit.kind}"
    if ends[0] is None:
        if subject.scored or subject.lower:
            return "、".join(_gaps(scheme, whole))
        return "只有通报的检查，不计分" if subject.reported else UNVISITED
    if ends[0] != ends[1]:
        return f"有未查，得分在{ends[0]}～{ends[1]}之间"
    if checked is not None and checked < scheme.coverage:
        return f"条款只查到{percent(checked)}，不到{percent(scheme.coverage)}"
    blank = [name for name in scheme.groups if not _peer(unit, name)]
    return f"名册没填{'、'.join(blank)}，分不了组" if blank else ""


def _gaps(scheme: Scheme, whole: PartScore) -> Iterator[str]:
    """Yield what is missing of a total that could not be made."""
    rounds = {part.name for part in scheme.parts if part.rounds is not None}
    for part in whole.parts:
        if part.low is not None:
            continue
        if part.name in rounds:
            yield f"{part.name}缺{part.made - part.count}轮的得分" if part.made else f"缺{part.name}的得分"
        elif part.how:
            yield f"{part.name}{part.made}次都没查到" if part.made else f"缺{part.name}"
        elif part.parts:
            yield f"{part.name}里" + "、".join(_gaps(scheme, part))
        else:
            yield f"缺{part.name}"
