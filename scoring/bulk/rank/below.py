"""Rounds below a round (组成): the places of its months or quarters, as ``bulk rank`` wrote them, put together.

The reference is ``judge.totals``: what several rounds come to, then the parts by their shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scoring.bulk.cells import literal, quoted
from scoring.bulk.rank.lines import KIND, UNIT
from scoring.bulk.rank.weighed import ENDS, weighed, weight
from scoring.bulk.source import REGISTER
from scoring.errors import Problem, ScoringError, did_you_mean
from scoring.rule.scheme import Scheme
from scoring.rule.scheme_card import Part

TABLE = "below"
# Scores of rounds below have at most so many decimal places.
_PLACES = 4
_UNIT = 10**_PLACES


@dataclass(frozen=True, slots=True)
class Below:
    """The places of one round below, and the part of the 组成 that it belongs to."""

    part: str
    path: Path


def below(
    given: Sequence[Below], scheme: Scheme, connection: duckdb.DuckDBPyConnection, *, registered: bool
) -> None:
    """Make the table ``below``: what each unit came to in each round, numbered in the order given, the oldest first.

    Raises ScoringError for a part that the scheme does not have, and a file that holds no places of its standards.
    """
    problems = list(_unknown(given, scheme))
    held = "part VARCHAR, nth INTEGER, unit VARCHAR, kind VARCHAR, subject VARCHAR, low BIGINT, high BIGINT"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {TABLE} ({held})")
    for number, one in enumerate(given, start=1):
        try:
            connection.execute(f"INSERT INTO {TABLE} {_read(one, number)}")
        except (
            duckdb.BinderException,
            duckdb.ConversionException,
            duckdb.InvalidInputException,
            duckdb.IOException,
        ):
            hint = "给 成批 排名 写出的 .parquet 或 .csv"
            problems.append(Problem(str(one.path), message="不是排名", hint=hint))
        problems += _wrong(one, number, scheme, connection)
    if problems:
        raise ScoringError(problems)
    if registered:
        known = f"SELECT {UNIT} AS unit, {KIND} AS own FROM {REGISTER}"
        connection.execute(f"""CREATE OR REPLACE TEMP TABLE {TABLE} AS
            SELECT b.* REPLACE (coalesce(own, kind) AS kind) FROM {TABLE} b LEFT JOIN ({known}) USING (unit)""")


def _unknown(given: Iterable[Below], scheme: Scheme) -> Iterator[Problem]:
    names = [one.rounds for one in scheme.parts if one.rounds is not None]
    asked = [one.part for one in given]
    for part in dict.fromkeys(asked):
        if part not in names:
            hint = did_you_mean(part, names) or "没有组成的办法不写 --below"
            yield Problem(where=scheme.name, message=f"组成里没有“{part}”", hint=hint)
    for name in names:
        if name not in asked:
            hint = f"--below {name}=排名.csv，一轮写一次，早的在前"
            yield Problem(where=scheme.name, message=f"没给“{name}”各轮的排名", hint=hint)


def reader(path: Path) -> str:
    """Return the table function that reads places, of a CSV as words."""
    own = literal(str(path))
    if path.suffix.lower() == ".parquet":
        return f"read_parquet({own})"
    return f"read_csv({own}, all_varchar = true)"


def _read(one: Below, number: int) -> str:
    ends = ", ".join(
        f"({quoted(name)}::DECIMAL(18, {_PLACES}) * {_UNIT})::BIGINT" for name in ("最低", "最高")
    )
    subject = f"coalesce({quoted('标准')}, '')"
    return (
        f"SELECT {literal(one.part)}, {number}, {UNIT}::VARCHAR, {KIND}::VARCHAR, {subject}, {ends}"
        f" FROM {reader(one.path)}"
    )


def _wrong(
    one: Below, number: int, scheme: Scheme, connection: duckdb.DuckDBPyConnection
) -> Iterator[Problem]:
    rows = f"FROM {TABLE} WHERE nth = {number}"
    used = [""] if scheme.combined else [each.id for each in scheme.standards]
    for (subject,) in connection.execute(f"SELECT DISTINCT subject {rows} ORDER BY 1").fetchall():
        if subject not in used:
            hint = "上下级办法的标准和占要写得一样：都合并计分，或都各自排名"
            yield Problem(str(one.path), message=f"用不上“{subject or '合并计分'}”的得分", hint=hint)
    twice = f"SELECT unit {rows} GROUP BY unit, subject HAVING count(*) > 1 ORDER BY unit LIMIT 1"
    for (unit,) in connection.execute(twice).fetchall():
        yield Problem(str(one.path), where=str(unit), message="同一轮有两个得分", hint="只留一个")


def parts(scheme: Scheme) -> dict[str, str]:
    """Return the queries from ``own`` and ``below`` to ``scores``: the parts, then the total by their shares."""
    queries = [_rounds(scheme, one) for one in scheme.parts if one.rounds is not None]
    queries += [
        f"SELECT unit, subject, {literal(one.own)} AS part, low, high FROM own"
        for one in scheme.parts
        if one.own is not None
    ]
    shares = ", ".join(f"({literal(one.name)}, {weight(one.share)})" for one in scheme.parts)
    whole = "TRUE" if scheme.missing == "按其余折算" else f"count(*) = {len(scheme.parts)}"
    return {
        "ran": f"SELECT subject, part, count(DISTINCT nth) AS made FROM {TABLE} GROUP BY ALL",
        "parts": " UNION ALL ".join(queries),
        "scores": f"""SELECT unit, subject, {weighed(ENDS)} FROM parts JOIN (VALUES {shares}) AS w(part, weight) USING (part)
            WHERE low IS NOT NULL GROUP BY unit, subject HAVING {whole}""",
    }


def _rounds(scheme: Scheme, part: Part) -> str:
    """Return what the rounds of a part come to; one in which a unit has no score counts as missing."""
    size, count = 10**scheme.places, "1"
    if part.how == "平均":
        ends, count = [f"sum({end})" for end in ENDS], "count(low)"
    elif part.how == "最低":
        ends = [f"min({end})" for end in ENDS]
    else:
        ends = [f"arg_max({end}, nth) FILTER (low IS NOT NULL)" for end in ENDS]
    taken = ", ".join(
        f"(2 * {one} * {size} + {_UNIT} * {count}) // NULLIF(2 * {_UNIT} * {count}, 0) AS {end}"
        for one, end in zip(ends, ENDS, strict=True)
    )
    whole = "" if scheme.missing == "按其余折算" else " HAVING count(low) = max(made)"
    return f"""SELECT unit, subject, part, {taken} FROM {TABLE} JOIN ran USING (subject, part)
        WHERE part = {literal(part.name)} GROUP BY unit, subject, part{whole}"""
