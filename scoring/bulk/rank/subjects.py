"""Who is ranked, and among whom: the units visited now or in the rounds below, those that the register says must be, their groups."""

from __future__ import annotations

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.rank.below import TABLE
from scoring.bulk.rank.lines import KIND, UNIT, judged
from scoring.bulk.register import OWN
from scoring.bulk.source import REGISTER
from scoring.rule.scheme import Scheme

# What a round's own visits say of a unit is newer than what any round below says.
_NOW = 2**31 - 1


def known(cards: str) -> str:
    """Return cards with each unit's 类别 as the register has it now."""
    return f"""SELECT c.* REPLACE (coalesce(u.{KIND}, c.{KIND}) AS {KIND})
        FROM ({cards}) c LEFT JOIN {REGISTER} u ON u.{UNIT} = c.{UNIT}"""


def subjects(scheme: Scheme, *, registered: bool) -> str:
    """Return the query of who is judged under what, with the columns ``g0``, ``g1`` … that say among whom.

    Of the register's units those are judged, visited or not, that the scheme names a standard for.
    """
    visited = f"""SELECT unit, arg_max(kind, newest) AS kind, subject FROM (
        SELECT unit, kind, subject, {_NOW} AS newest FROM lines UNION ALL SELECT unit, kind, subject, nth FROM {TABLE})
        GROUP BY unit, subject"""
    if not registered:
        groups = ["kind" if name == columns.KIND else "NULL::VARCHAR" for name in scheme.groups]
        return f"SELECT *{_named(groups)} FROM ({visited})"
    asked = [
        f"SELECT {UNIT}, {KIND}, {literal('' if scheme.combined else one.id)} FROM {REGISTER}"
        f" WHERE {judged(scheme, KIND, literal(one.id))}"
        for one in scheme.standards
        if scheme.combined or one.kinds is not None
    ]
    groups = [
        "s.kind" if name == columns.KIND else f"r.{quoted(name)}" if name in OWN else "NULL::VARCHAR"
        for name in scheme.groups
    ]
    return f"""SELECT s.*{_named(groups)} FROM ({" UNION ".join([visited, *asked])}) s
        LEFT JOIN {REGISTER} r ON r.{UNIT} = s.unit"""


def _named(groups: list[str]) -> str:
    return "".join(f", {sql} AS {quoted(f'g{n}')}" for n, sql in enumerate(groups))
