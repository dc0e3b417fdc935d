"""The rectification orders of a table: one per visit, 检查项 and 点位, with all that its words depend on (``rectify.orders``).

The words themselves are written by the core, once for each distinct ``Wording``, and joined back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from scoring import columns
from scoring.sql.logic import Sql, both, case, either
from scoring.sql.results import Source
from scoring.sql.stack import aliased, column
from scoring.sql.subjects import CLAUSES, DATE, PLACES, SEPARATOR, Subject

SUBJECT = columns.ITEM
LINE_END = "\n"
ORDER = (SUBJECT, PLACES, CLAUSES, "要求", "责任单位", "责任人", "期限", "严重程度", "截止")
# The words that hold the 【slots】 of a remedy, and which part of it they are.
WRITTEN = {"要求": "text", "责任单位": "unit", "责任人": "person"}
# The visits that lead to orders about a subject: the query of ``failing``, or the name of a table of its rows.
Visits = exp.Select | str


def failing(subject: Subject, source: Source, extra: Sequence[str] = ()) -> exp.Select:
    """Return the visits that lead to an order about a subject, with what its words depend on and some ``extra`` columns.

    The clauses are named in their order, each followed by 、.
    """
    words: list[Sql] = [
        case((one.fail, exp.Literal.string(one.check.card.id + SEPARATOR)), default=exp.Literal.string(""))
        for _, one in subject.clauses
    ]
    named = words[0]
    for word in words[1:]:
        named = exp.DPipe(this=named, expression=word, safe=False)
    own = [name for name in subject.columns if name != DATE]
    where = [] if subject.places is None else [(PLACES, subject.places)]
    held = [
        named,
        *(slot.value.whole.sql for slot in subject.slots),
        *(sql for _, sql in where),
        *map(column, extra),
    ]
    rows = source.rows((*own, *(name for name, _ in where), *extra), held)
    return rows.where(either(one.fail for _, one in subject.clauses), copy=False)


def patterns_of(subject: Subject, visits: Visits) -> exp.Select:
    """Return the query of every pattern of a subject's columns that its visits hold, each once."""
    return exp.Select(expressions=[column(name) for name in subject.columns]).from_(_named(visits)).distinct()


def worded(
    subject: Subject,
    visits: Visits,
    keys: Sequence[str],
    wording: str,
    deadlines: str,
    filled: Mapping[str, str],
) -> exp.Select:
    """Return the orders about a subject: its ``visits`` (``failing``) joined with their words and the deadlines' days.

    ``keys`` are the columns that say which visit a row is; ``filled`` names the column that fills each 【slot】 of a unit.
    """
    query = exp.Select(expressions=[
        *(_of("v", name) for name in keys),
        aliased(exp.Literal.string(subject.name), SUBJECT),
        aliased(_listed(subject), PLACES),
        aliased(_of("w", "全部条款"), CLAUSES),
        *(aliased(_filled(_of("w", name), filled if _open(subject, part) else {}), name) for name, part in WRITTEN.items()),
        *(aliased(_of("w", name), name) for name in ("期限", "严重程度")),
        aliased(_of("d", "截止"), "截止"),
    ])  # fmt: skip
    same = [exp.NullSafeEQ(this=_of("v", name), expression=_of("w", name)) for name in subject.columns]
    due = [exp.EQ(this=_of("v", DATE), expression=_of("d", DATE)), exp.EQ(this=_of("w", "期限"), expression=_of("d", "期限"))]  # fmt: skip
    words, days = exp.alias_(exp.to_table(wording), "w"), exp.alias_(exp.to_table(deadlines), "d")
    query = query.from_(_named(visits), copy=False).join(words, on=both(same), copy=False)
    return query.join(days, on=both(due), join_type="left", copy=False)


def _listed(subject: Subject) -> Sql:
    """Return the places of an order with 、 between them, NULL for none."""
    if subject.places is None:
        return exp.Cast(this=exp.Null(), to=exp.DataType.build("TEXT"))
    last = exp.func(
        "regexp_replace", _of("v", PLACES), exp.Literal.string(f"{LINE_END}$"), exp.Literal.string("")
    )
    end, comma = exp.Literal.string(LINE_END), exp.Literal.string(SEPARATOR)
    return exp.Nullif(
        this=exp.Replace(this=last, expression=end, replacement=comma), expression=exp.Literal.string("")
    )


def _named(visits: Visits) -> Sql:
    return exp.alias_(exp.to_table(visits) if isinstance(visits, str) else visits.subquery(), "v")


def _of(table: str, name: str) -> Sql:
    return exp.Column(
        this=exp.Identifier(this=name, quoted=True), table=exp.Identifier(this=table, quoted=False)
    )


def _open(subject: Subject, part: str) -> bool:
    """Return whether a part of some remedy has a slot to be filled."""
    return any("【" in getattr(one.check.card.remedy, part) for _, one in subject.clauses)


def _filled(sql: Sql, filled: Mapping[str, str]) -> Sql:
    for slot, name in filled.items():
        word = exp.Literal.string(f"【{slot}】")
        sql = exp.Replace(this=sql, expression=word, replacement=_of("v", name))
    return sql
