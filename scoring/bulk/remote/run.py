"""A typed table judged where it lies: cohort by cohort, with the statements that ``bulk sql`` prints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.bulk.cohorts import Cohort, cohorts, versions
from scoring.bulk.prepare import lowered
from scoring.bulk.record import NAME, SCHEMA, laws, summary
from scoring.bulk.remote.engine import Engine
from scoring.bulk.remote.orders import Orders
from scoring.bulk.rollups import rollups
from scoring.bulk.told import unjudged
from scoring.bulk.units import means, units
from scoring.compile.program import Law, Program
from scoring.compile.vocabulary import vocabulary
from scoring.errors import Problem, ScoringError
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.rule.form_field import FormField
from scoring.rule.standard import Standard
from scoring.sql.dialects import respelt, text
from scoring.sql.orders import failing
from scoring.sql.plan import ANSWERS
from scoring.sql.results import Source, cards, findings, judged
from scoring.sql.script import VISIT, united
from scoring.sql.subjects import subjects
from scoring.sql.values import NA_SUFFIX, UNCHECKED_SUFFIX

RESULTS = ("cards", "findings", "orders")


@dataclass(frozen=True, slots=True)
class Done:
    """What a run elsewhere came to."""

    rows: int
    summary: tuple[str, ...]
    problems: tuple[Problem, ...]


def score(
    engine: Engine,
    standards: Sequence[Standard],
    infer: Infer,
    calendar: Calendar,
    out: Path,
    own: duckdb.DuckDBPyConnection,
) -> Done:
    """Judge a typed table into a new folder: cards, findings, orders, units, roll-ups and the record.

    ``own`` writes the orders' words and sums up the cards. Raises ScoringError where the table lacks a column, or nothing in it is judged.
    """
    forms = vocabulary(standards)
    names = engine.columns()
    asks = _asked(names, forms)
    day, kind = quoted(columns.DATE), quoted(columns.KIND)
    seen = _rows(engine, f"SELECT {kind}, {day} FROM {ANSWERS} GROUP BY {kind}, {day}")
    found, left = cohorts(
        Law(standards), [(one, when) for one, when in seen if one and when], frozenset(asks)
    )
    if not found:
        kinds = "、".join(sorted({kind for one in standards for kind in one.kinds}))
        raise ScoringError(
            [Problem(message="没有一行是所用标准评的", hint=f"看类别（可评: {kinds}）和检查日期")]
        )
    numbers = versions(found)
    for name in RESULTS:
        (out / name).mkdir(parents=True, exist_ok=True)
    programs = dict(sorted((numbers[id(one)], one) for each in found for one in each.programs))
    orders = Orders(names, asks, calendar, own, out)
    orders.begin(programs.values(), {when for _, when in seen if when})
    queries = [_judge(engine, one, infer, numbers, orders, out) for one in found]
    (count,) = _rows(engine, f"SELECT count(*) FROM {ANSWERS}")[0]
    told = tuple(unjudged(left))
    _summed(programs, out, own)
    _record(engine, programs, queries, int(count), told, out)
    titles = {one.standard.id: one.standard.name for one in programs.values()}
    return Done(int(count), tuple(summary(titles, own, out)), told)


def _rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    return engine.rows(_there(engine, query))


def _there(engine: Engine, query: str) -> str:
    """Return a query over ``answers`` as one over the engine's own table, in its dialect."""
    return respelt(query, engine.dialect).replace(f"FROM {ANSWERS}", f"FROM {engine.source}")


def _asked(names: Sequence[str], forms: Mapping[str, FormField]) -> dict[str, FormField]:
    """Return the 检查项 that the table has; raises ScoringError naming every other column that it must have."""
    asks = {name: field for name, field in forms.items() if name in names}
    needed = [*VISIT, columns.BLANK_IS_NONE]
    for name, field in asks.items():
        needed += [name + UNCHECKED_SUFFIX, *([name + NA_SUFFIX] if field.may_skip else [])]
    missing = [name for name in needed if name not in names]
    if missing or not asks:
        message = f"表里没有这些栏: {'、'.join(missing[:8])}" if missing else "没有一栏是所用标准的检查项"
        hint = "要哪些栏、怎么填，见 chuangwei bulk sql … 写出的开头"
        raise ScoringError([Problem(message=message, hint=hint)])
    return asks


def _judge(
    engine: Engine,
    one: Cohort,
    infer: Infer,
    numbers: Mapping[int, int],
    orders: Orders,
    out: Path,
) -> dict[str, Any]:
    """Judge one cohort, export what it comes to, and return what the record says of its SQL."""
    found = lowered(one, orders.front, infer)
    source = Source("judged", VISIT)
    results = {"cards": list(cards(found, source, numbers)), "findings": list(findings(found, source))}
    about = subjects(found)
    asked = [failing(each, source, orders.front.words) for each in about]
    body = judged(found, source, [query for each in (*results.values(), asked) for query in each])
    statements = {"judged": text(body, engine.dialect)}
    statements |= {name: text(united(each), engine.dialect) for name, each in results.items() if each}
    chosen = _there(engine, f"SELECT * FROM {ANSWERS} WHERE {one.condition}")
    engine.keep(ANSWERS, chosen)
    engine.keep("judged", statements["judged"])
    for name in ("cards", "findings"):
        if name in statements:
            engine.export(statements[name], out / name)
    for number, each in enumerate(about, start=1):
        statements[f"orders {number}"] = orders.write(engine, each, source)
    return _said(one, {ANSWERS: chosen, **statements}, out)


def _said(one: Cohort, statements: Mapping[str, str], out: Path) -> dict[str, Any]:
    folder = out / "sql"
    folder.mkdir(exist_ok=True)
    path = folder / f"{len(list(folder.glob('*.sql'))) + 1:02d}.sql"
    script = "".join(f"-- {name}\n{query};\n" for name, query in statements.items())
    path.write_text(script, encoding="utf-8")
    return {
        "file": f"sql/{path.name}",
        "sha256": hashlib.sha256(script.encode()).hexdigest(),
        "kind": one.kind,
        "days": [[first.isoformat(), last.isoformat()] for first, last in one.days],
        "standards": [program.standard.id for program in one.programs],
    }


def _summed(programs: Mapping[int, Program], out: Path, own: duckdb.DuckDBPyConnection) -> None:
    middle, table = out / "means.part", out / "units.parquet"
    means(f"SELECT * FROM read_parquet({literal(str(out / 'cards' / '*.parquet'))})", programs, own, middle)
    units(middle, programs, own, table)
    rollups(table, programs.values(), own, out / "rollups.parquet")
    middle.unlink()


def _record(
    engine: Engine,
    programs: Mapping[int, Program],
    queries: Sequence[Mapping[str, Any]],
    rows: int,
    told: Sequence[Problem],
    out: Path,
) -> None:
    document = {
        "schema": SCHEMA,
        "engine": {"name": engine.name, "version": engine.version},
        "inputs": [{"name": engine.source, "rows": rows}],
        "standards": list(laws(programs)),
        "totals": {"rows": rows},
        "queries": list(queries),
        "problems": [str(one) for one in told],
    }
    written = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    (out / NAME).write_text(written, encoding="utf-8")
