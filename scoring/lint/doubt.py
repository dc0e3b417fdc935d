"""A doubt (疑点) about a standard that loads: a value, with the place in the file it is about."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.errors import Loc
from scoring.lint.codes import CODES
from scoring.rule.standard import Standard


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt: ``loc`` holds the keys that lead to its line, ``where`` names the clause, item or 检查项 it lies in.

    ``other`` is the place in another standard, by its number among those given together, that the doubt is about too.
    """

    code: str
    loc: Loc
    where: str
    message: str
    hint: str
    other: tuple[int, Loc] | None = None


def doubt(
    code: str,
    standard: Standard,
    loc: Loc,
    message: str,
    hint: str = "",
    other: tuple[int, Loc] | None = None,
) -> Doubt:
    """Return a doubt of some code; without a hint of its own it has the one of its code."""
    return Doubt(code, loc, where(standard, loc), message, hint or CODES[code].remedy, other)


def where(standard: Standard, loc: Loc) -> str:
    """Return the words that name a place of a standard's file."""
    match loc:
        case ("项目", int(i), "条款", int(j), *_):
            return f"条款 {standard.items[i].clauses[j].id}"
        case ("项目", int(i), *_):
            return f"项目 {standard.items[i].name}"
        case ("加分", "条款", int(j), *_) if standard.bonus is not None:
            return f"条款 {standard.bonus.clauses[j].id}"
        case ("登记表", str(name), *_):
            return f"检查项 {name}"
        case ("计算", str(name), *_):
            return f"计算 {name}"
    return ""
