"""Cards made ready: conditions read, prices as tariffs, and which 检查项 of the form each rests on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from scoring.compile.fit import CardError, condition
from scoring.compile.fit_price import implied, price
from scoring.compile.terms import Terms
from scoring.grammar.condition import Condition, fields_of
from scoring.rule.clause import BonusClause, Clause
from scoring.rule.standard import Standard
from scoring.tariff import Tariff, WholeItem, reads

CardT = TypeVar("CardT", Clause, BonusClause)


@dataclass(frozen=True, slots=True)
class Check(Generic[CardT]):
    """One card in force: ``number`` counts from 1 within the program, ``item`` likewise (0: a 加分 clause has none).

    ``full`` is the most it can come to; ``subject`` the 检查项 an order about it concerns; ``reads`` every name it looks
    at, ``asks`` every 检查项 of the form that those rest on.
    """

    number: int
    item: int
    card: CardT
    full: Decimal
    kinds: frozenset[str]
    when: Condition
    exempt: Condition | None
    tariff: Tariff
    subject: str
    reads: tuple[str, ...]
    asks: tuple[str, ...]

    @property
    def counts(self) -> tuple[str, ...]:
        """Return the 检查项 of the form of which the occurrences matter: the subject, or what it is computed from."""
        return (self.subject,) if self.subject in self.asks else self.asks

    @property
    def zeroes(self) -> bool:
        """Return whether a failure takes the whole item (本项不得分)."""
        return isinstance(self.tariff, WholeItem)


CompiledClause = Check[Clause]
CompiledBonus = Check[BonusClause]


@dataclass(frozen=True, slots=True)
class CompiledItem:
    """One item in force: its clauses' numbers in the order of their 编号."""

    number: int
    name: str
    full: Decimal
    clauses: tuple[int, ...]


def compile_clause(
    card: Clause, standard: Standard, terms: Terms, number: int, item: CompiledItem
) -> CompiledClause:
    """Compile one card; raises fit.CardError where it does not fit the form."""
    written = None if card.when is None else condition(card.when, terms.fields, "扣分情形")
    tariff = price(card.price, written, terms.fields)
    when = written or implied(tariff)
    if when is None:
        raise CardError((), "没写扣分情形", "加一行 扣分情形: 检查项 比较 值，如 柴草乱放处数 > 0")
    return _check(card, standard, terms, number, item.number, item.full, when, tariff)


def compile_bonus(
    card: BonusClause, standard: Standard, terms: Terms, number: int, cap: Decimal
) -> CompiledBonus:
    """Compile one 加分 card; raises fit.CardError where it does not fit the form."""
    when = condition(card.when, terms.fields, "加分情形")
    tariff = price(card.price, when, terms.fields, "加分")
    return _check(card, standard, terms, number, 0, cap, when, tariff)


def _check(
    card: CardT,
    standard: Standard,
    terms: Terms,
    number: int,
    item: int,
    full: Decimal,
    when: Condition,
    tariff: Tariff,
) -> Check[CardT]:
    exempt: Condition | None = None
    if card.exempt is not None:
        exempt = condition(card.exempt, terms.fields, "不适用")
    own: tuple[str, ...] = reads(tariff)
    names = tuple(dict.fromkeys((*fields_of(when), *(fields_of(exempt) if exempt else ()), *own)))
    asks = tuple(dict.fromkeys(name for read in names for name in terms.asked[read]))
    kinds = frozenset(standard.kinds if card.kinds is None else card.kinds)
    subject = own[0] if own else fields_of(when)[0]
    return Check(number, item, card, full, kinds, when, exempt, tariff, subject, names, asks)
