"""What is handed out, as SQL over the judged table: cards, and the findings that failed. Points are decimals with two places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from scoring.sql.cards import Card
from scoring.sql.clauses import CODES, Found
from scoring.sql.heaps import NOBODY, Taker
from scoring.sql.logic import FALSE, NULL, Sql, both, bracketed, case, either, negated
from scoring.sql.plan import Plan
from scoring.sql.prices import CENTS, FREE
from scoring.sql.stack import aliased, column
from scoring.sql.whole import Whole, chosen, clipped, compared, fixed, least, minus, total

CARD = (
    "标准",
    "版本",
    "得分",
    "最低",
    "最高",
    "等次",
    "应得分",
    "加分",
    "最多加分",
    "查到",
    "一票否决",
    "结论",
)
POINTS, COUNT = "DECIMAL(18, 2)", "DECIMAL(26, 8)"
FINDING = ("标准", "条款", "扣分", "应扣", "最多扣", "封顶前", "数量", "归条款")


@dataclass(frozen=True, slots=True)
class Source:
    """The judged table, and its columns that every result repeats: which visit to which unit."""

    name: str
    keys: tuple[str, ...]

    def rows(self, names: Sequence[str], columns: Sequence[Sql]) -> exp.Select:
        """Return the query of its keys and some columns under their names."""
        named = [aliased(sql, name) for name, sql in zip(names, columns, strict=True)]
        keys = [column(name) for name in self.keys]
        return exp.Select(expressions=[*keys, *named]).from_(exp.to_table(self.name), copy=False)


def cards(plan: Plan, source: Source, versions: Mapping[int, int]) -> Iterator[exp.Select]:
    """Yield, standard by standard, one row per visit; ``versions`` number the programs of a run by their id."""
    for one in plan.cards:
        yield _card(one, source, versions[id(one.program)])


def _card(one: Card, source: Source, version: int) -> exp.Select:
    settled = compared(exp.EQ, one.low, one.high)
    veto = case((one.marks.vetoed, _word("是")), (one.marks.may_be_vetoed, _word("未定")))
    columns = (
        _word(one.program.standard.id),
        exp.Cast(this=fixed(version).sql, to=exp.DataType.build("INT")),
        points(Whole(case((settled, one.low.sql)), one.low.low, one.low.high)),
        points(one.low),
        points(one.high),
        _text(one.grade),
        points(one.applicable),
        points(one.bonus[0]),
        points(one.bonus[1]),
        points(one.coverage),
        _text(veto),
        _conclusions(one),
    )
    return source.rows(CARD, columns)


def _conclusions(one: Card) -> Sql:
    """Return the 结论 in words, such as 干净合格、整洁不合格."""
    said: list[Sql] = []
    for name, code in one.conclusions.items():
        branches = [
            (exp.EQ(this=code, expression=fixed(number).sql), _word(f"{name}{result.chinese}"))
            for result, number in CODES.items()
        ]
        said += [*([_word("、")] if said else []), case(*branches)]
    if not said:
        return _text(NULL)
    return exp.Concat(expressions=said, safe=False, coalesce=False) if len(said) > 1 else said[0]


def findings(plan: Plan, source: Source) -> Iterator[exp.Select]:
    """Yield, clause by clause, the rows in which it failed."""
    for card in plan.cards:
        by_number = {one.check.number: one for one in card.findings}
        for ledger in card.ledgers:
            own = [by_number[number] for number in ledger.item.clauses]
            for place, one in enumerate(own):
                if one.asked:
                    lost = _lost(one, own[:place], own[place + 1 :], ledger.full, card)
                    yield _finding(one, lost, card, plan.takers.get(one.check.card.id, NOBODY), source)


def _finding(one: Found, lost: Whole, card: Card, taker: Taker, source: Source) -> exp.Select:
    uncapped: Sql = NULL
    count: Sql = NULL
    if one.cost is not None and one.cost.uncapped is not None:
        uncapped = case((negated(taker.spared), points(one.cost.uncapped)))
    if one.cost is not None and one.cost.count is not None:
        count = decimal(one.cost.count, one.cost.places)
    columns = (
        _word(card.program.standard.id),
        _word(one.check.card.id),
        points(lost),
        points(one.low),
        points(one.high),
        exp.Cast(this=uncapped, to=exp.DataType.build(POINTS)),
        exp.Cast(this=count, to=exp.DataType.build(COUNT)),
        _text(taker.name),
    )
    return source.rows(FINDING, columns).where(one.fail, copy=False)


def _lost(one: Found, before: Sequence[Found], after: Sequence[Found], full: Whole, card: Card) -> Whole:
    """Return what a clause takes of its item: a zero-out all of it, else in the order of 编号 what remains."""
    remains = clipped(minus(full, total(each.low for each in before)), 0, full.high)
    own = least(one.low, remains)
    zeroed = card.marks.zeroed.get(one.check.item, FALSE)
    later = either(each.fail for each in after if each.check.zeroes)
    takes_all = both((one.fail if one.check.zeroes else FALSE, negated(later)))
    return chosen((takes_all, full), (zeroed, FREE), default=own)


def points(number: Whole) -> Sql:
    """Return hundredths as a decimal."""
    return exp.Cast(this=decimal(number, CENTS), to=exp.DataType.build(POINTS))


def decimal(number: Whole, places: int) -> Sql:
    """Return a whole number as a decimal with some places; a product is exact in every engine, a quotient is not."""
    if places == 0:
        return number.sql
    unit = exp.Literal.number("0." + "1".rjust(places, "0"))
    return exp.Mul(this=bracketed(number.sql), expression=unit)


def _text(sql: Sql) -> Sql:
    """Return a word that may be NULL in every row, so that its column still is one of words."""
    return exp.Cast(this=sql, to=exp.DataType.build("TEXT")) if isinstance(sql, exp.Null) else sql


def _word(word: str) -> Sql:
    return exp.Literal.string(word)


def judged(plan: Plan, source: Source, queries: Iterable[exp.Query]) -> exp.Select:
    """Return the table that the results are taken from: of all columns only those that they speak of."""
    used = [name for query in queries for name in sorted(mentioned(query))]
    return plan.stack.select(*(column(name) for name in dict.fromkeys((*source.keys, *used))))


def mentioned(query: exp.Query) -> frozenset[str]:
    """Return the names of the columns that a query speaks of, in whatever layer."""
    return frozenset(one.name for one in query.find_all(exp.Column))


def listed(query: exp.Select, words: frozenset[str], kind: str) -> exp.Select:
    """Return a query whose columns of one word, where it is one of the ``words``, are of the type of that name."""
    held = query.copy()
    for one in held.expressions:
        value = one.this if isinstance(one, exp.Alias) else None
        if isinstance(value, exp.Literal) and value.is_string and value.this in words:
            one.set("this", exp.Cast(this=value, to=exp.DataType.build(kind, udt=True)))
    return held
