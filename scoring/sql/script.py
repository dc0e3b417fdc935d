"""A standard's whole SQL as one script for a database of the user's own: what its table holds, then the statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlglot import exp

from scoring import columns
from scoring.compile.program import Program
from scoring.finding import Infer
from scoring.points import plain
from scoring.rule.form_field import FormField
from scoring.sql.derive import Table
from scoring.sql.dialects import text
from scoring.sql.logic import Sql
from scoring.sql.plan import ANSWERS, Plan, plan
from scoring.sql.results import Source, cards, findings, judged
from scoring.sql.values import NA_SUFFIX, UNCHECKED_SUFFIX, places

VISIT = (columns.CODE, columns.KIND, columns.DATE, columns.SOURCE, columns.INSPECTORS, columns.NUMBER)
TABLES = ("judged", "cards", "findings")


def typed_names(fields: Sequence[str], signed: str) -> list[str]:
    """Return the names of all columns of the typed table."""
    own = [name + suffix for name in fields for suffix in ("", NA_SUFFIX, UNCHECKED_SUFFIX)]
    return [*VISIT, *own, *([signed] if signed else [])]


def script(programs: Sequence[Program], kind: str, infer: Infer, dialect: str) -> str:
    """Return the script by which some programs judge units of a kind; raises whole.TooWideError (``plan``)."""
    form = {name: field for one in programs for name, field in one.terms.form.items()}
    signed = columns.BLANK_IS_NONE
    found = plan(programs, kind, Table(frozenset(form), signed), infer, typed_names(list(form), signed))
    lines = [*_head(programs, kind), *_columns(form, signed)]
    return "\n".join([*lines, *_statements(found, dialect)]) + "\n"


def _head(programs: Sequence[Program], kind: str) -> Iterator[str]:
    names = "、".join(f"{one.standard.name}（{one.standard.id}）" for one in programs)
    yield f"-- {names}，评{kind}；由 chuangwei 生成，不要手改"
    yield f"-- 表 {ANSWERS}: 一行是一次检查，栏目如下；空着的写 NULL，就是未查。分值都是百分之一分的整数。"


def _columns(form: Mapping[str, FormField], signed: str) -> Iterator[str]:
    for name in VISIT:
        yield f"--   {name}"
    yield f"--   {signed}: 真假，不是 NULL"
    for name, field in form.items():
        yield f"--   {name}: {_meaning(field)}"
        if field.may_skip:
            yield f"--   {name}{NA_SUFFIX}: 真假，不是 NULL"
        yield f"--   {name}{UNCHECKED_SUFFIX}: 真假，不是 NULL（写明未查的为真）"


def _meaning(field: FormField) -> str:
    if field.choices:
        return "，".join(f"{number} 是“{word}”" for number, word in enumerate(field.choices, start=1))
    low, high = field.limits
    assert low is not None and high is not None
    fine = places(field)
    times = f"，写它的 {10**fine} 倍" if fine else ""
    return f"{plain(low)} 到 {plain(high)} 的{'小数' if fine else '整数'}{times}"


def _statements(found: Plan, dialect: str) -> Iterator[str]:
    source = Source("judged", VISIT)
    versions = {id(card.program): number for number, card in enumerate(found.cards, start=1)}
    results = [list(cards(found, source, versions)), list(findings(found, source))]
    queries = [query for each in results for query in each]
    bodies: list[Sql] = [judged(found, source, queries), *map(united, results)]
    for name, body in zip(TABLES, bodies, strict=True):
        yield f"\nCREATE TABLE {name} AS\n{text(body, dialect, pretty=True)};"


def united(queries: Sequence[exp.Select]) -> exp.Query:
    """Return the rows of all queries."""
    found: exp.Query = queries[0]
    for one in queries[1:]:
        found = exp.Union(this=found, expression=one, distinct=False)
    return found
