"""Run a scheme's own tests: the rounds that the ``.cases.yaml`` beside it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from scoring.check.cases import Outcome
from scoring.errors import ScoringError, did_you_mean
from scoring.finding import Infer
from scoring.inspection import Unit
from scoring.judge import standings
from scoring.judge.standing import CardLine, ExtraPoints, LowerScore, Standing
from scoring.points import ONE, ZERO, plain
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_casefile import (
    OPEN_SCORE,
    CaseLower,
    CaseStanding,
    CaseVisit,
    SchemeCase,
    SchemeCaseFile,
)
from scoring.rule.standard import NO_GRADE

Units = Mapping[str, Unit]
_UNRANKED = "不排名"


def run_scheme_cases(scheme: Scheme, file: SchemeCaseFile, *, infer: Infer) -> Iterator[Outcome]:
    """Yield the outcome of every 情形; what is wrong with a case itself is its difference."""
    units = {
        one.name: Unit(f"{number:04d}", one.name, one.kind, one.area, details=MappingProxyType(one.details))
        for number, one in enumerate(file.units, start=1)
    }
    for case in file.cases:
        wrong = tuple(_unknown(case, units))
        yield Outcome(case.name, wrong or tuple(_run(scheme, case, units, infer)))


def _unknown(case: SchemeCase, units: Units) -> Iterator[str]:
    named = [
        *case.visits,
        *(unit for own in case.lower.values() for unit in own),
        *case.earlier,
        *case.expected,
    ]
    for name in dict.fromkeys([*named, *(extra.unit for extra in case.extras)]):
        if name not in units:
            yield f"单位里没有“{name}”。{did_you_mean(name, units)}"


def _run(scheme: Scheme, case: SchemeCase, units: Units, infer: Infer) -> Iterator[str]:
    lower = list(_lower(scheme, case, units))
    earlier = {(units[name].id, one): won for name, won in case.earlier.items() for one in _subjects(scheme)}
    try:
        lines = list(_lines(scheme, case, units))
        found = standings(scheme, lines, _extras(case, units), lower, earlier, units.values(), infer=infer)
    except ScoringError as error:
        yield from map(str, error.problems)
        return
    for name, wanted in case.expected.items():
        own = [one for one in found if one.unit.name == name]
        for one in wanted:
            yield from (f"{name} {wrong}" for wrong in _difference(one, own))


def _subjects(scheme: Scheme) -> tuple[str, ...]:
    return ("",) if scheme.combined else tuple(one.id for one in scheme.standards)


def _lines(scheme: Scheme, case: SchemeCase, units: Units) -> Iterator[CardLine]:
    """Yield the lines of a case; visits of one source follow each other day by day unless they say otherwise."""
    for name, sources in case.visits.items():
        for source, visits in sources.items():
            for number, written in enumerate(visits):
                visit = written if isinstance(written, CaseVisit) else CaseVisit(score=written)
                yield _line(scheme, units[name], source, visit, scheme.starts + timedelta(days=number))


def _line(scheme: Scheme, unit: Unit, source: str, visit: CaseVisit, day: date) -> CardLine:
    used = dict.fromkeys(one.id for one in scheme.used(unit.kind) or scheme.standards)
    if visit.standard is None and len(used) != 1:
        raise ScoringError(
            f"{unit.name} {source}: {unit.kind}用几个标准，写明是哪个，如 {{得分: 90, 标准: {min(used)}}}"
        )
    low, high = _ends(visit.score)
    checked = ZERO if visit.score == OPEN_SCORE else ONE
    return CardLine(
        unit, visit.standard or min(used), source, visit.day or day, 1, (),
        low, high, checked if visit.coverage is None else visit.coverage,
        "" if visit.veto is None else "possible" if visit.veto == "待查" else "certain",
        NO_GRADE if visit.veto == NO_GRADE else "",
    )  # fmt: skip


def _lower(scheme: Scheme, case: SchemeCase, units: Units) -> Iterator[LowerScore]:
    for part, own in case.lower.items():
        for name, scores in own.items():
            for number, written in enumerate(scores, start=1):
                one = written if isinstance(written, CaseLower) else CaseLower(score=written)
                low, high = _ends(one.score) if one.score != OPEN_SCORE else (None, None)
                ends = scheme.starts + timedelta(days=number)
                for standard in _subjects(scheme):
                    yield LowerScore(units[name], standard, f"{part}{number}", part, ends, low, high, one.won)


def _extras(case: SchemeCase, units: Units) -> Iterator[ExtraPoints]:
    for one in case.extras:
        yield ExtraPoints(units[one.unit].id, "", one.add - one.take, one.reason, "办公室")


def _ends(written: str) -> tuple[Decimal, Decimal]:
    """Return the low and the high of a score; 未查 may still be anything up to 100."""
    if written == OPEN_SCORE:
        return ZERO, Decimal(100)
    low, _, high = written.partition("～")
    return Decimal(low), Decimal(high or low)


def _difference(wanted: CaseStanding, own: Sequence[Standing]) -> Iterator[str]:
    """Yield each part of a unit's 应算出 that came out otherwise."""
    meant = [one for one in own if wanted.standard in (None, one.standard)]
    if len(meant) != 1:
        listed = "、".join(one.standard for one in meant) or "没有"
        yield f"有几个得分（{listed}），写明标准" if meant else f"没有标准“{wanted.standard or ''}”的得分"
        return
    one = meant[0]
    for name, want, got in _compared(wanted, one):
        if want is not None and want != got:
            yield f"{name}应为 {want}，算得 {got}"


def _compared(wanted: CaseStanding, one: Standing) -> Iterable[tuple[str, str | None, str]]:
    """Yield (what, wanted or None, got) in the words of the case."""
    yield (
        "得分",
        None if wanted.score is None else _span(*_ends_or_none(wanted.score)),
        _span(one.low, one.high),
    )
    yield "等次", wanted.grade, one.grade or "未定"
    yield "名次", _number(wanted.rank), _number(one.rank) or _UNRANKED
    yield "倒数名次", _number(wanted.last), _number(one.last) or _UNRANKED
    yield "荣誉", None if wanted.honours is None else _list(wanted.honours), _list(one.honours)
    prizes = {prize.name: prize.amount for prize in one.awards}
    yield "奖励", None if wanted.awards is None else _money(wanted.awards), _money(prizes)
    yield "不排名", wanted.unranked, one.unranked or "排了名"


def _ends_or_none(written: str) -> tuple[Decimal | None, Decimal | None]:
    return (None, None) if written == OPEN_SCORE else _ends(written)


def _span(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return OPEN_SCORE
    return plain(low) if low == high else f"{plain(low)}～{plain(high)}"


def _number(rank: int | None) -> str | None:
    return None if rank is None else str(rank)


def _list(names: Iterable[str]) -> str:
    return "、".join(names) or "无"


def _money(amounts: Mapping[str, Decimal]) -> str:
    return "、".join(f"{name} {plain(amount)}元" for name, amount in amounts.items()) or "无"
