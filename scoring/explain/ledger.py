"""Why this number: each finding in a sentence, each card as it would be read aloud on the telephone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from scoring.explain.history import climbed, history_lines, price_before, threatened
from scoring.explain.price import arithmetic
from scoring.explain.readback import computed_sentence
from scoring.explain.seen import line, seen
from scoring.explain.waiver import excused, without_lines
from scoring.finding import Finding, MarkKind, Result
from scoring.match.derive import answer_text
from scoring.points import ZERO, plain, span
from scoring.round import UnitScore
from scoring.rule.scheme import Scheme
from scoring.rule.source import Approved
from scoring.rule.standard import NO_GRADE, Standard
from scoring.tally import ItemScore, ScoreCard
from scoring.tariff import PerUnit

PROVISIONAL = "拟定分值，仅供试评"


def points_note(standard: Standard | Scheme) -> str:
    """Say where the numbers of a standard or scheme come from, as every table that shows them must."""
    if isinstance(standard.points_from, Approved):
        approval = standard.points_from.approval
        return f"分值核定: {approval.number}，{approval.day}"
    return PROVISIONAL if standard.provisional else "分值出自原文"


def why(card: ScoreCard, finding: Finding) -> str:
    """Say in one sentence what a clause found and what it took; the arithmetic ends in the loss of the ledger.

    Empty for a clause that passed or does not apply, but for one that is waived (豁免).
    """
    if finding.result is Result.NOT_CHECKED:
        return _unchecked(card, finding)
    if finding.result is not Result.FAIL:
        return excused(card, finding)
    if finding.charged_by:
        return _spared(card, finding)
    lost = card.losses[finding.clause - 1]
    parts = [*arithmetic(card, finding), *_capped(card, finding)]
    parts += [*climbed(card, finding, parts), *_limits(card, finding, lost)]
    if finding.low != finding.high:
        parts.append(f"检查项没填全，最多扣{plain(finding.high)}分")
    parts.append(f"扣{plain(lost)}分")
    return "，".join(dict.fromkeys(parts))


def _unchecked(card: ScoreCard, finding: Finding) -> str:
    reason = f"未查（{finding.reason}）" if finding.reason else "未查"
    reason += "".join(f"，{words}" for words in threatened(card, finding))
    if not finding.may_fail or not finding.high:
        return f"{reason}，不影响得分"
    return f"{reason}，可能扣0～{plain(finding.high)}分"


def _capped(card: ScoreCard, finding: Finding) -> Iterator[str]:
    """Yield the cap where it made the price differ."""
    price = price_before(card, finding)
    tariff = card.program.clause(finding.clause).tariff
    if isinstance(tariff, PerUnit) and finding.uncapped is not None and finding.uncapped > price:
        yield f"最高扣{plain(price)}分"


def _spared(card: ScoreCard, finding: Finding) -> str:
    """Say of a heap that another clause takes, or may take, which one it is."""
    clause, taker = card.program.clause(finding.clause), finding.charged_by
    unit = clause.tariff.unit if isinstance(clause.tariff, PerUnit) else ""
    count = "" if finding.count is None else f"{plain(finding.count)}{unit}"
    way = f"已按 {taker} 扣分"
    if finding.high:
        own = "".join(f"{words}，" for words in threatened(card, finding))
        way = f"{taker} 还没查清，按它扣了这里就不扣，{own}最多扣{plain(finding.high)}分"
    return f"{clause.card.name}{count}，{way}，扣0分"


def _limits(card: ScoreCard, finding: Finding, lost: Decimal) -> Iterator[str]:
    """Yield the zeroed item or the item's floor, where one of them made the loss differ."""
    clause = card.program.clause(finding.clause)
    if clause.zeroes:
        yield MarkKind.ZERO_ITEM.value
    elif lost < finding.low:
        left = "本项已不得分" if lost == ZERO else f"本项只剩{plain(lost)}分"
        yield left
    if clause.card.veto:
        yield MarkKind.VETO.value


def item_line(item: ItemScore) -> str:
    """Say what an item came to.

    The sum is checkable by hand: 满分 − 扣分 = 得分.
    """
    name = item.item.name
    if not item.applicable:
        return f"{name}: 满分{plain(item.item.full)}分，不适用，不计入应得分"
    text = f"{name}: 满分{plain(item.applicable)}分，扣{plain(item.lost)}分，得{plain(item.awarded)}分"
    return f"{text}，另有{plain(item.open)}分未查清" if item.open else text


def total_line(card: ScoreCard) -> str:
    """Say how the items' points become the score."""
    awarded = sum((item.awarded for item in card.items), ZERO)
    if not card.program.standard.scored:
        return "本标准只统计，不计分"
    if card.low is None or card.high is None:
        return "各项都不适用，不评分"
    sums = f"各项得分合计{plain(awarded)}分"
    if card.applicable != card.program.scale:
        scale = plain(card.program.scale)
        how = "折算" if card.program.standard.scale is None else "标化"
        sums += (
            f"，应得{plain(card.applicable)}分，{how} {plain(awarded)} × {scale} ÷ {plain(card.applicable)}"
        )
    if card.bonus.high:
        sums += f"，另加{_points(card.bonus.low, card.bonus.high)}分"
    if card.score is None:
        return f"{sums}，有未查，得分在{card.low}～{card.high}之间，暂不定分"
    return f"{sums}，得分{card.score}"


def _points(low: Decimal, high: Decimal) -> str:
    return plain(low) if low == high else f"{plain(low)}～{plain(high)}"


def bonus_lines(card: ScoreCard) -> Iterator[str]:
    """Yield what each 加分 clause earned or may earn, and the cap where it held some of it back."""
    for clause, finding in zip(card.program.bonuses, card.bonus.findings, strict=True):
        if not finding.high:
            continue
        count, unit = finding.count, getattr(clause.tariff, "unit", "")
        seen = f"{plain(count)}{unit}" if count is not None else ""
        open_ = "未查，可能" if finding.low != finding.high else ""
        yield f"  {clause.card.id} {clause.card.name}{seen}，{open_}加{_points(finding.low, finding.high)}分"
        yield f"      原文: “{clause.card.source_text}”（{clause.card.citation}）"
    sums = [
        sum((one.low for one in card.bonus.findings), ZERO),
        sum((one.high for one in card.bonus.findings), ZERO),
    ]
    if sums != [card.bonus.low, card.bonus.high]:
        yield f"  加分合计{_points(*sums)}分，最高加{plain(card.bonus.high)}分"


def veto_lines(card: ScoreCard) -> Iterator[str]:
    """Yield why the grade is vetoed, or may be."""
    for veto in card.vetoes:
        clause = card.program.clause(veto.clause).card
        cause = f"{clause.id}“{clause.name}”一票否决"
        if veto.kind is MarkKind.SEVERE:
            cause = f"严重条款达{card.program.standard.severe}条（至 {clause.id}），等同一票否决"
        grade = card.program.standard.veto_grade
        outcome = grade if grade == NO_GRADE else f"等次定为{grade}"
        yield f"{cause}，{outcome}" if veto.certain else f"{cause}与否待查"


def ledger(card: ScoreCard, clause: str = "") -> Iterator[str]:
    """Yield a card's ledger line by line, or only one clause's lines.

    Raises nothing: an unknown clause yields no line.
    """
    if clause:
        for finding in card.findings:
            if card.program.clause(finding.clause).card.id == clause:
                yield from clause_lines(card, finding, always=True)
        return
    for item in card.items:
        yield item_line(item)
        for number in item.item.clauses:
            yield from clause_lines(card, card.findings[number - 1])
    yield from outcome_lines(card)


def outcome_lines(card: ScoreCard) -> Iterator[str]:
    """Yield what follows the items of a ledger: 加分, what was taken as filled in, the sum, and what follows from it."""
    if any(finding.high for finding in card.bonus.findings):
        yield "加分:"
        yield from bonus_lines(card)
    if card.derived.registered:
        yield f"按名册填的: {'、'.join(_said(card, card.derived.registered))}"
    if card.derived.assumed:
        yield f"按签字的“空白即未发现问题”计为没有问题: {'、'.join(card.derived.assumed)}"
    yield total_line(card)
    yield from without_lines(card)
    yield from veto_lines(card)
    yield from history_lines(card)
    for name, result in card.conclusions.items():
        yield f"结论 {name}: {result.chinese}"


def clause_lines(card: ScoreCard, finding: Finding, *, always: bool = False) -> Iterator[str]:
    """Yield one clause's lines: the sentence, what was seen where, and the source's words.

    A clause that passed or does not apply is only told when asked for, or where all that was seen is too small to count.
    """
    clause = card.program.clause(finding.clause).card
    sentence, found = why(card, finding), seen(card, finding)
    if sentence:
        yield f"  {clause.id} {sentence}"
    elif always or found:
        yield f"  {clause.id} {clause.name}: {finding.result.chinese}"
        yield from (f"      {answer}" for answer in _answers(card, finding))
    yield from (f"      {line(card, one)}" for one in found)
    if finding.places and not found:
        yield f"      点位: {'、'.join(finding.places)}"
    if finding.result is Result.FAIL or always:
        yield f"      原文: “{clause.source_text}”（{clause.citation}）"


def _answers(card: ScoreCard, finding: Finding) -> Iterator[str]:
    """Yield what the clause looked at: the answers, then what was worked out of them and how."""
    clause = card.program.clause(finding.clause)
    yield from _said(card, (*clause.asks, *clause.reads))


def _said(card: ScoreCard, names: Iterable[str]) -> Iterator[str]:
    fields, computed = card.program.terms.fields, card.program.standard.computed
    for name in dict.fromkeys(names):
        if name in card.derived.values:
            how = f"（{computed_sentence(name, computed[name])}）" if name in computed else ""
            yield f"{name}: {answer_text(card.derived.values[name], fields[name].kind)}{fields[name].unit}{how}"


def mean_line(one: UnitScore) -> str:
    """Say how a unit's visits become its score, its grade and its rank."""
    seen = [f"{card.inspection.date} {span(card.low, card.high)}" for card in one.counted]
    missed = len(one.cards) - len(one.counted)
    text = f"{one.standard.name}: " + ("、".join(seen) or "没有可计分的检查")
    if missed:
        text += f"（另有{missed}次没查到，不计）"
    if len(seen) > 1:
        text += f"，{len(seen)}次平均 {span(one.low, one.high)}"
    if not one.standard.scored:
        return f"{one.standard.name}: 只统计，不计分，查了{len(one.cards)}次"
    text += f"，等次{one.grade or '未定'}"
    return text + (f"，在{one.unit.kind}中第{one.rank}名" if one.rank is not None else "，不排名")
