"""A round said a second time, apart from the code: fractions, one end of the intervals at a time, no cleverness."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from scoring.judge.standing import CardLine, ExtraPoints, LowerScore, Standing
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import Part, ScoredSource


def rounded(value: Fraction, places: int) -> Fraction:
    """Round half-up; nothing published is below nought."""
    return Fraction(math.floor(max(value, Fraction(0)) * 10**places + Fraction(1, 2)), 10**places)


def one_of(how: str, values: Sequence[tuple[object, Fraction]], places: int) -> Fraction | None:
    """Return the mean, the lowest or the newest of dated values."""
    if not values:
        return None
    newest = max(date for date, _ in values)  # type: ignore[type-var]
    chosen = [value for date, value in values if how != "最近" or date == newest]
    return rounded(min(chosen) if how == "最低" else sum(chosen, Fraction(0)) / len(chosen), places)


def together(parts: Iterable[tuple[Fraction, Fraction | None]], law: Scheme) -> Fraction | None:
    """Return parts by their shares."""
    every = list(parts)
    known = [(share, value) for share, value in every if value is not None]
    if not known or (law.missing == "不排名" and len(known) < len(every)):
        return None
    whole = sum((share for share, _ in known), Fraction(0))
    return rounded(sum((share * value for share, value in known), Fraction(0)) / whole, law.places)


def score(
    law: Scheme,
    unit: str,
    standard: str,
    lines: Sequence[CardLine],
    lower: Sequence[LowerScore],
    extras: Sequence[ExtraPoints],
    end: str,
) -> Fraction | None:
    """Return one end of what a unit comes to under a standard ("": all together)."""
    kind = next(one.unit.kind for one in [*lines, *lower] if one.unit.id == unit)
    seen = [line for line in lines if line.unit.id == unit and line.coverage and line.low is not None]
    used = [one for one in law.standards if one.kinds is None or kind in one.kinds]
    if standard:
        total = under(law, standard, seen, end) if standard in [one.id for one in used] else None
    elif len(used) == 1:
        total = under(law, used[0].id, seen, end)
    else:
        total = together([(Fraction(one.share or 0), under(law, one.id, seen, end)) for one in used], law)
    if law.parts:
        meant = [one for one in lower if one.standard == standard]
        values = [total if part.own is not None else below(law, part, unit, meant, end) for part in law.parts]
        shares = [Fraction(part.share) for part in law.parts]
        total = together(list(zip(shares, values, strict=True)), law)
    if total is None or law.extra is None:
        return total
    points = [Fraction(one.points) for one in extras if one.unit == unit and one.standard in ("", standard)]
    plus = min(sum((one for one in points if one > 0), Fraction(0)), Fraction(law.extra.most))
    minus = min(-sum((one for one in points if one < 0), Fraction(0)), Fraction(law.extra.least))
    return rounded(total + plus - minus, law.places)


def below(law: Scheme, part: Part, unit: str, lower: Sequence[LowerScore], end: str) -> Fraction | None:
    """Return one end of what the rounds of a part come to."""
    named = {one.rounds for one in law.parts}
    meant = [one for one in lower if part.rounds == (one.round if one.round in named else one.period)]
    own = [
        (one.ends, Fraction(getattr(one, end)))
        for one in meant
        if one.unit.id == unit and one.low is not None
    ]
    if law.missing == "不排名" and len(own) < len({one.round for one in meant}):
        return None
    return one_of(part.how, own, law.places)


def under(law: Scheme, standard: str, lines: Sequence[CardLine], end: str) -> Fraction | None:
    """Return one end of a unit's own visits under one standard."""
    dated = [
        (line.source, ((line.date, line.number), Fraction(getattr(line, end))))
        for line in lines
        if line.standard == standard
    ]
    if not law.sources:
        return one_of(law.visits, [value for _, value in dated], law.places)
    parts = []
    for name, source in law.sources.items():
        if isinstance(source, ScoredSource) and source.share is not None:
            pool = {name, *(other for other, one in law.sources.items() if getattr(one, "into", "") == name)}
            values = [value for origin, value in dated if origin in pool]
            parts.append((Fraction(source.share), one_of(law.visits, values, law.places)))
    return together(parts, law)


def rank(law: Scheme, one: Standing, every: Sequence[Standing]) -> tuple[int, int]:
    """Return the ranks from the best and from the worst that the tie rule gives, by counting who stands before."""
    group = one.standard, one.group
    peers = [other for other in every if (other.standard, other.group) == group and other.rank is not None]
    scores = [Fraction(other.low) for other in peers if other.low is not None]
    assert one.low is not None
    better, worse = [one.low < other for other in scores], [one.low > other for other in scores]
    if law.ties == "占位":
        return sum(better) + 1, sum(worse) + 1
    pairs = list(zip(scores, better, worse, strict=True))
    return len({score for score, above, _ in pairs if above}) + 1, len(
        {score for score, _, less in pairs if less}
    ) + 1


def streak(rounds: Sequence[Collection[str]], name: str, times: int, *, anywhere: bool) -> bool:
    """Return whether a name was won so many rounds running: up to the last round, or anywhere."""
    told = "".join("x" if name in won else "-" for won in rounds)
    return "x" * times in told if anywhere else told.endswith("x" * times)
