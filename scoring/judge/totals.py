"""From visits to a total: visits of one source, sources of one standard, standards of one unit, rounds of a period.

Each step gives a ``PartScore`` made of those below it, each published, so that the whole can be checked by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from scoring.judge.published import NOTHING, taken, weighed
from scoring.judge.standing import CardLine, LowerScore, PartScore
from scoring.judge.subjects import Intake, Subject
from scoring.points import ONE, ZERO, ratio
from scoring.rule.scheme import EVERY_SOURCE, Scheme
from scoring.rule.scheme_card import Part

_SHARE_PLACES = 4


def total(intake: Intake, subject: Subject) -> PartScore:
    """Return what a subject comes to before extra points."""
    scheme = intake.scheme
    if not scheme.parts:
        return _own(scheme, subject)
    parts = tuple(
        _below(intake, subject, part) if part.own is None else _own(scheme, subject, part)
        for part in scheme.parts
    )
    return _sum(scheme, parts)


def reported(scheme: Scheme, subject: Subject) -> tuple[PartScore, ...]:
    """Return the visits that are shown and not scored, by what they are called."""
    return tuple(_visits(scheme, name, lines) for name, lines in sorted(subject.reported.items()))


def coverage(scheme: Scheme, subject: Subject) -> Decimal | None:
    """Return the share of clauses checked: the mean over a standard's counted visits, then by the standards' shares."""
    seen = [(one.share or ONE, _coverage(subject, one.id)) for one in scheme.used(subject.unit.kind)]
    known = [(share, checked) for share, checked in seen if checked is not None]
    if len(known) < 2:
        return known[0][1] if known else None
    points = sum((share * checked for share, checked in known), ZERO)
    return ratio(points, sum((share for share, _ in known), ZERO), places=_SHARE_PLACES)


def _coverage(subject: Subject, standard: str) -> Decimal | None:
    lines = (line for (id, _), own in subject.scored.items() if id == standard for line in own)
    shares = [line.coverage for line in lines if line.counted and line.coverage is not None]
    if not shares or min(shares) == ONE:
        return ONE if shares else None
    return ratio(sum(shares, ZERO), Decimal(len(shares)), places=_SHARE_PLACES)


def _own(scheme: Scheme, subject: Subject, part: Part | None = None) -> PartScore:
    """Return what the round's own visits come to."""
    name, share = (part.name, part.share) if part is not None else ("", ONE)
    used = scheme.used(subject.unit.kind)
    if not scheme.combined or len(used) == 1:
        return _standard(scheme, subject, subject.standard or used[0].id, name, share)
    parts = tuple(_standard(scheme, subject, one.id, one.id, one.share or ONE) for one in used)
    return _sum(scheme, parts, name, share)


def _standard(scheme: Scheme, subject: Subject, id: str, name: str, share: Decimal) -> PartScore:
    parts = tuple(
        _visits(scheme, source, subject.scored.get((id, source), ()), weight)
        for source, weight in scheme.shares.items()
    )
    return _sum(scheme, parts, name, share)


def _sum(scheme: Scheme, parts: tuple[PartScore, ...], name: str = "", share: Decimal = ONE) -> PartScore:
    present = sum(part.low is not None for part in parts)
    whole = present == len(parts) or scheme.missing == "按其余折算"
    low, high = weighed(parts, scheme.places) if whole else NOTHING
    return PartScore(name, low, high, share, "", present, len(parts), parts)


def _visits(scheme: Scheme, source: str, lines: Iterable[CardLine], share: Decimal = ONE) -> PartScore:
    """Return what the visits of one source come to; a visit at which nothing was checked is made, not counted."""
    ordered = sorted(
        lines, key=lambda line: (line.date, line.number, line.source, line.standard, line.inspectors)
    )
    counted = [line for line in ordered if line.counted]
    leaves = tuple(PartScore(_visit(line, source), line.low, line.high) for line in counted)
    newest = sum((line.date, line.number) == (counted[-1].date, counted[-1].number) for line in counted)
    low, high = taken(scheme.visits, leaves, newest, scheme.places)
    return PartScore(source, low, high, share, scheme.visits, len(leaves), len(ordered), leaves)


def _visit(line: CardLine, source: str) -> str:
    text = line.date.isoformat()
    if line.number > 1:
        text += f"第{line.number}次"
    known = source in (EVERY_SOURCE, line.source) or source.endswith(f" {line.source}")
    return text if known else text + line.source


def _below(intake: Intake, subject: Subject, part: Part) -> PartScore:
    """Return what the rounds of a part come to; one in which the unit has no score counts as missing."""
    scheme = intake.scheme
    ran = intake.ran.get((subject.standard, part.name), [])
    scores = list(_in_order(ran, subject.lower.get(part.name, ())))
    leaves = tuple(PartScore(one.round, one.low, one.high) for one in scores if one.low is not None)
    whole = len(leaves) == len(ran) or scheme.missing == "按其余折算"
    low, high = taken(part.how, leaves, 1, scheme.places) if whole else NOTHING
    return PartScore(part.name, low, high, part.share, part.how, len(leaves), len(ran), leaves)


def _in_order(ran: Sequence[str], scores: Iterable[LowerScore]) -> Iterator[LowerScore]:
    by_round = {score.round: score for score in scores}
    yield from (by_round[name] for name in ran if name in by_round)
