"""A province's or the nation's visits, made up and seeded, as Parquet: ``python -m benchmarks.scale 1000000 -o FOLDER``.

From 10^4 to 5·10^7 rows, to as many villages as are asked for, under any standard. The villages' codes are those of a
register (its column 单位编号), or made up with 12 digits in the nation's proportions: 13 villages to a township, 14 townships
to a county, 9 counties to a city, 11 cities to each of 31 provinces.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import duckdb

from scoring import columns
from scoring.bulk.cells import literal, quoted
from scoring.find import find_standards
from scoring.inspection import NO, YES
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.standard import Standard
from scoring.sheets.register import read_register

FEWEST, MOST, PER_FILE = 10**4, 5 * 10**7, 2_500_000
PROVINCES = (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65)  # fmt: skip
VILLAGES, TOWNS, COUNTIES, CITIES = 13, 14, 9, 11
MOST_VILLAGES = VILLAGES * TOWNS * COUNTIES * CITIES * len(PROVINCES)
SOURCES = ("日常", "日常", "日常", "明察", "暗访")
# One village in so many leaves this share of its answers blank; the others none, so that they have a score.
BLANK_AT, BLANK = 10, 0.3


def main() -> None:
    """Read the command line and write the files."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("rows", type=int)
    reader.add_argument("-o", "--output", type=Path, required=True)
    reader.add_argument("--villages", type=int, default=0)
    reader.add_argument("--standard", default="WL")
    reader.add_argument("--register", type=Path)
    reader.add_argument("--seed", type=int, default=1)
    said = reader.parse_args()
    (law,) = find_standards([said.standard])
    codes = [one.id for one in read_register(said.register).units] if said.register else []
    for path in write(said.output, law, said.rows, said.villages, codes, said.seed):
        print(path)


def write(
    folder: Path, law: Standard, rows: int, villages: int = 0, codes: list[str] | None = None, seed: int = 1
) -> Iterator[Path]:
    """Write visits under a standard, and yield each file; the same numbers and seed give the same visits."""
    number = len(codes) if codes else villages or max(1, rows // 100)
    if not FEWEST <= rows <= MOST or number > MOST_VILLAGES:
        raise SystemExit(f"{FEWEST} to {MOST} rows, at most {MOST_VILLAGES} villages")
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE villages AS SELECT unnest(?::VARCHAR[]) AS code", [codes or []])
        for place, first in enumerate(range(0, rows, PER_FILE), start=1):
            target = folder / f"{place:03d}.parquet"
            query = visits(law, first, min(first + PER_FILE, rows), number, seed, given=bool(codes))
            connection.execute(f"COPY ({query}) TO {literal(str(target))} (FORMAT parquet)")
            yield target


def visits(law: Standard, first: int, last: int, villages: int, seed: int, *, given: bool = False) -> str:
    """Return the query of the visits numbered from ``first`` to before ``last``: each village once before any again."""
    code = "villages.code" if given else _code()
    source = f"CASE floor({_draw('来源', seed)} * {len(SOURCES)})::INT " + " ".join(
        f"WHEN {place} THEN {literal(name)}" for place, name in enumerate(SOURCES)
    )
    answers = [f"{_answer(name, one, seed)} AS {quoted(name)}" for name, one in law.form.items()]
    capped = [
        f"least({quoted(name)}, {quoted(str(one.at_most))}) AS {quoted(name)}"
        for name, one in law.form.items()
        if one.at_most in law.form
    ]
    replaced = f" REPLACE ({', '.join(capped)})" if capped else ""
    joined = " JOIN villages ON villages.rowid = v" if given else ""
    return f"""SELECT * EXCLUDE (i, v, k, untidy){replaced} FROM (
        SELECT *, {code} AS {quoted(columns.CODE)}, {literal(law.kinds[0])} AS {quoted(columns.KIND)},
          DATE '2026-01-01' + ((k + v) % 365)::INT AS {quoted(columns.DATE)}, {source} ELSE '日常' END AS {quoted(columns.SOURCE)},
          (k // 365 + 1)::SMALLINT AS {quoted(columns.NUMBER)}, {", ".join(answers)}
        FROM (SELECT range AS i, range % {villages} AS v, range // {villages} AS k,
            -ln(1 - (hash(range % {villages}, {seed}) % 1000000) / 1e6) AS untidy FROM range({first}, {last})){joined})"""


def _code() -> str:
    """Return the 12-digit code of the village numbered ``v``: province, city, county, township, village."""
    town, county = VILLAGES * TOWNS, VILLAGES * TOWNS * COUNTIES
    province = county * CITIES
    return (
        f"concat({list(PROVINCES)}[(v // {province} + 1)::INT], lpad((v // {county} % {CITIES} + 1)::VARCHAR, 2, '0'),"
        f" lpad((v // {town} % {COUNTIES} + 21)::VARCHAR, 2, '0'), (v // {VILLAGES} % {TOWNS} + 100)::VARCHAR,"
        f" (v % {VILLAGES} + 201)::VARCHAR)"
    )


def _draw(name: str, seed: int) -> str:
    """Return a number from 0 to below 1, another for each visit and name."""
    return f"((hash(i, {literal(name)}, {seed}) % 1000000) / 1e6)"


def _answer(name: str, field: FormField, seed: int) -> str:
    """Return an answer of a size that an inspector would give: mostly little, more at an untidy village; some blank at a few."""
    draw = _draw(name, seed)
    if field.choices:
        likely = [NO] * 24 + [YES] if field.kind is FieldKind.YES_NO else list(field.choices)
        value = f"{likely}[floor({draw} * {len(likely)})::INT + 1]"
    elif field.kind is FieldKind.POINTS:
        return "NULL::DECIMAL(9, 2)"
    elif field.kind is FieldKind.PERCENT:
        value = f"(1 - floor({draw} * 7) / 20)::DECIMAL(5, 2)"
    else:
        low, high = field.limits
        assert low is not None and high is not None
        value = f"least({high}, {low} + floor(-ln(1 - {draw}) * untidy))::INT"
    blank = f"hash(v, '空', {seed}) % {BLANK_AT} = 0 AND {_draw(name + ' 空', seed)} < {BLANK}"
    return f"CASE WHEN NOT ({blank}) THEN {value} END"


if __name__ == "__main__":
    main()
