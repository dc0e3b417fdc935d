"""Made-up data at real scale: the same again for the same seed, and every row of it can be scored, by any standard."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from benchmarks.scale import MOST_VILLAGES, visits, write
from scoring.load.rules import shipped
from scoring.rule.standard import Standard
from tests.bulk_run import run
from tests.test_bulk import CALENDAR, INFER

WL = next(one for one in shipped() if one.id == "WL")


def rows(law: Standard, first: int, last: int, seed: int = 1, villages: int = 50) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"{visits(law, first, last, villages, seed)} ORDER BY ALL").fetchall()


def test_the_same_seed_makes_the_same_visits_whatever_the_pieces() -> None:
    whole = rows(WL, 0, 400)
    assert sorted(map(str, [*rows(WL, 0, 150), *rows(WL, 150, 400)])) == sorted(map(str, whole))
    assert rows(WL, 0, 400, seed=2) != whole


def test_no_visit_is_made_twice_and_every_code_has_twelve_digits() -> None:
    with duckdb.connect() as connection:
        found = connection.execute(f"""SELECT count(*), count(DISTINCT ROW(单位编号, 检查日期, 第几次)), count(DISTINCT 单位编号),
            min(length(单位编号)), max(length(单位编号)) FROM ({visits(WL, 0, 40_000, 50, 1)})""").fetchone()
        last = connection.execute(
            f"SELECT count(DISTINCT 单位编号), max(length(单位编号)) FROM ({visits(WL, MOST_VILLAGES - 999, MOST_VILLAGES, MOST_VILLAGES, 1)})"
        ).fetchone()
    assert found == (40_000, 40_000, 50, 12, 12)
    assert last == (999, 12)


@pytest.mark.parametrize(
    "law", [one for one in shipped() if one.id in ("BM", "LX", "WH", "WL")], ids=lambda one: one.name
)
def test_every_row_can_be_scored(law: Standard, tmp_path: Path) -> None:
    made = list(write(tmp_path / "表", law, 10_000, 500))
    outcome = run(made, tmp_path / "out", [law], INFER, CALENDAR)
    assert (outcome.totals.rows, outcome.totals.refused, outcome.totals.unjudged) == (10_000, 0, 0)


def test_the_codes_of_a_register_are_used(tmp_path: Path) -> None:
    codes = [f"34{n:010d}" for n in range(20)]
    made = list(write(tmp_path, WL, 10_000, codes=codes))
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT DISTINCT 单位编号 FROM read_parquet('{made[0]}')").fetchall()
    assert sorted(code for (code,) in found) == codes
