"""The visits of a round as the scheme takes them: with which source each is scored, in whole numbers; see ``judge.subjects``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.errors import Problem, did_you_mean
from scoring.rule.scheme import EVERY_SOURCE, Scheme
from scoring.rule.standard import NO_GRADE

UNIT, KIND, DAY = quoted(columns.CODE), quoted(columns.KIND), quoted(columns.DATE)
VETO_GRADE = "否决等次"


def lines(scheme: Scheme, cards: str) -> str:
    """Return the query of a round's lines over cards that also say 否决等次; points in hundredths.

    ``pool`` is the source with which a line is scored, empty where it is only shown; ``subject`` the standard that its unit
    is judged under, empty for all of them together; ``veto_order`` which grade a veto names, from the lowest.
    """
    subject = "''" if scheme.combined else '"标准"'
    return f"""SELECT {UNIT} AS unit, {KIND} AS kind, "标准" AS standard, {subject} AS subject,
        CASE WHEN {judged(scheme, KIND, '"标准"')} THEN {_pool(scheme)} ELSE '' END AS pool,
        {DAY} AS day, "第几次" AS nth, ("最低" * 100)::BIGINT AS low, ("最高" * 100)::BIGINT AS high,
        ("查到" * 100)::BIGINT AS seen, coalesce("查到" > 0 AND "最低" IS NOT NULL, FALSE) AS counted,
        CASE "一票否决" WHEN '是' THEN 2 WHEN '未定' THEN 1 ELSE 0 END AS veto, {_veto_order(scheme)} AS veto_order
        FROM ({cards})"""


def unknown(scheme: Scheme, seen: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Yield what the scheme has no place for, of the (standard, source) pairs that occur."""
    pairs, used = list(seen), [one.id for one in scheme.standards]
    for standard in sorted({one for one, _ in pairs if one not in used}):
        hint = f"{did_you_mean(standard, used)}；评分时用 --standard 只评本办法的标准"
        yield Problem(message=f"本办法没有用标准“{standard}”", hint=hint)
    for source in sorted({one for _, one in pairs if scheme.pool(one) is None}):
        yield Problem(message=f"本办法没有“{source}”这个来源", hint=did_you_mean(source, scheme.sources))


def judged(scheme: Scheme, kind: str, standard: str) -> str:
    """Return the condition that a kind of unit is judged by a standard."""
    tests = [
        f"{standard} = {literal(one.id)}"
        + ("" if one.kinds is None else f" AND {kind} IN ({', '.join(map(literal, one.kinds))})")
        for one in scheme.standards
    ]
    return "(" + " OR ".join(f"({one})" for one in tests) + ")"


def _pool(scheme: Scheme) -> str:
    if not scheme.sources:
        return literal(EVERY_SOURCE)
    ways = (f"WHEN {literal(name)} THEN {literal(scheme.pool(name) or '')}" for name in scheme.sources)
    return f"CASE \"来源\" {' '.join(ways)} ELSE '' END"


def from_lowest(scheme: Scheme) -> list[str]:
    """Return the grades, the lowest first."""
    return sorted(scheme.grades, key=scheme.grades.__getitem__)


def _veto_order(scheme: Scheme) -> str:
    """Return where the grade that a veto names stands: below all is 不予评定等级, one the scheme does not know is the lowest."""
    ways = [(NO_GRADE, -1), *((name, place) for place, name in enumerate(from_lowest(scheme)))]
    told = " ".join(f"WHEN {literal(name)} THEN {place}" for name, place in ways)
    return f"CASE {quoted(VETO_GRADE)} {told} ELSE 0 END"
