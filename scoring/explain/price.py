"""What a clause found and at which price, in the words of its shape; the arithmetic ends in the loss of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoring.compile.fit_count import key_of
from scoring.finding import Finding
from scoring.inspection import NO
from scoring.match.derive import answer_text
from scoring.points import plain
from scoring.rule.form_field import FieldKind
from scoring.rule.price import PERCENT_POINT
from scoring.tally import ScoreCard
from scoring.tariff import (
    IN_PROPORTION,
    STARTED,
    Judged,
    PerBand,
    PerMissing,
    PerOption,
    PerUnit,
    Remainder,
)

_ODD = {"不计": "零头不计", STARTED: "零头算一个"}


def arithmetic(card: ScoreCard, finding: Finding) -> Iterator[str]:
    """Yield what was seen, at which price, and the product where it is not yet the loss."""
    clause = card.program.clause(finding.clause)
    tariff, name = clause.tariff, clause.card.name
    if isinstance(tariff, PerUnit) and finding.count is not None and finding.uncapped is not None:
        yield from _counted(card, finding, tariff, name)
        return
    yield name
    match tariff:
        case PerUnit():
            return
        case PerOption():
            if isinstance(answer := card.derived.values.get(tariff.field), str):
                yield f"{tariff.field}“{answer}”"
        case PerMissing():
            yield from _missing(card, tariff)
        case PerBand():
            yield from _in_band(card, tariff)
        case Remainder() | Judged():
            yield from _given(card, tariff)
        case _:
            yield from _measured(card, finding)


def _counted(card: ScoreCard, finding: Finding, tariff: PerUnit, name: str) -> Iterator[str]:
    assert finding.count is not None
    assert finding.uncapped is not None
    count = plain(finding.count)
    if tariff.verb:
        yield name
        yield from _against(card, tariff)
        yield f"{tariff.verb}{count}{tariff.unit}"
    else:
        yield f"{name}{count}{tariff.unit}"
    odd = f"（{_ODD[tariff.odd]}）" if tariff.odd != IN_PROPORTION else ""
    yield f"{key_of(tariff.verb, tariff.step, tariff.unit)}扣{plain(tariff.points)}分{odd}"
    if finding.uncapped != card.losses[finding.clause - 1]:
        yield f"应扣{plain(finding.uncapped)}分"


def _against(card: ScoreCard, tariff: PerUnit) -> Iterator[str]:
    """Yield the two figures that were compared, such as 保洁员人数3人（应配保洁员人数5人）."""
    values, fields = card.derived.values, card.program.terms.fields
    kind = fields[tariff.field].kind
    unit = "" if tariff.unit == PERCENT_POINT else tariff.unit
    seen = f"{tariff.field}{answer_text(values.get(tariff.field), kind)}{unit}"
    limit = values.get(tariff.limit) if isinstance(tariff.limit, str) else tariff.limit
    named = tariff.limit if isinstance(tariff.limit, str) else ("标准" if tariff.verb in "少低" else "容许")
    yield f"{seen}（{named}{answer_text(limit, kind)}{unit}）"


def _missing(card: ScoreCard, tariff: PerMissing) -> Iterator[str]:
    names = [name for name in tariff.fields if card.derived.values.get(name) == NO]
    yield f"缺{len(names)}项（{'、'.join(names)}）"
    yield f"每缺1项扣{plain(tariff.points)}分"
    due = tariff.points * len(names)
    if tariff.cap is not None and due > tariff.cap:
        yield f"应扣{plain(due)}分"
        yield f"最高扣{plain(tariff.cap)}分"


def _in_band(card: ScoreCard, tariff: PerBand) -> Iterator[str]:
    value = card.derived.values.get(tariff.field)
    if isinstance(value, Decimal):
        words = next(words for words, band, _ in tariff.bands if value in band)
        field = card.program.terms.fields[tariff.field]
        yield f"{tariff.field}{answer_text(value, field.kind)}{field.unit}"
        yield f"在“{words}”一段"


def _given(card: ScoreCard, tariff: Remainder | Judged) -> Iterator[str]:
    value = card.derived.values.get(tariff.field)
    if not isinstance(value, Decimal):
        return
    why = card.inspection.reasons.get(tariff.field, "")
    if isinstance(tariff, Remainder):
        yield f"满分{plain(tariff.full)}分，检查员给{plain(value)}分"
    else:
        yield f"检查员在{plain(tariff.least)}～{plain(tariff.most)}分内定扣{plain(value)}分"
    if why:
        yield f"理由: {why}"


def _measured(card: ScoreCard, finding: Finding) -> Iterator[str]:
    """Yield the figures a flat price rests on, such as 绿化率85%, and the levels they were put in."""
    fields, computed = card.program.terms.fields, card.program.standard.computed
    for name in card.program.clause(finding.clause).reads:
        value = card.derived.values.get(name)
        if isinstance(value, Decimal) and fields[name].kind is not FieldKind.POINTS:
            yield f"{name}{answer_text(value, fields[name].kind)}{fields[name].unit}"
        elif isinstance(value, str) and name in computed:
            yield f"{name}“{value}”"
