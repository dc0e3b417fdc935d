"""Whole tables scored range by range: the same as the visits one by one, whatever the file, and however often it is stopped."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scoring import columns as titles
from scoring.bulk.run import Limits, run
from scoring.columns import REASON_SUFFIX
from scoring.errors import ScoringError
from scoring.finding import Result
from scoring.infer import reference
from scoring.infer.memo import Memo
from scoring.inspection import Answer, Inspection, NotApplicable, NotChecked, Unit
from scoring.load.rules import shipped
from scoring.points import plain
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.standard import Standard
from scoring.score import Assessment
from tests.bulk_support import sheets
from tests.support import scorer

LAWS = tuple(one for one in shipped() if one.id in ("WL", "WH", "CZ", "LW"))
FORM: Mapping[str, FormField] = {name: field for one in LAWS for name, field in one.form.items()}
KINDS = sorted({kind for one in LAWS for kind in one.kinds})[:4]
INFER = Memo(reference.infer)


def made_up(number: int, seed: int = 3) -> list[Inspection]:
    """Seeded visits to units of several kinds, some visited twice, over two years."""
    draw, found = random.Random(seed), []
    for n, answers in enumerate(sheets(FORM, seed, number)):
        place = n * 2 // 3
        unit = Unit(f"34{place:010d}", f"第{place}村", KINDS[place % len(KINDS)], "东片")
        day = dt.date(2022, 1, 1) + dt.timedelta(days=draw.randrange(700))
        found.append(
            Inspection(unit, day, answers, frozenset(FORM), source=draw.choice(["日常", "暗访"]), number=n % 3 + 1,
                       blank_is_none=n % 5 == 0, reasons=dict.fromkeys(FORM, "看过"))
        )  # fmt: skip
    return found


def word(answer: Answer, field: FormField) -> str:
    """Return an answer as a clerk types it."""
    if isinstance(answer, NotChecked):
        return f"未查（{answer.reason}）" if answer.reason else ""
    if isinstance(answer, NotApplicable):
        return "不适用"
    if isinstance(answer, str):
        return answer
    return plain(answer * 100) + "%" if field.kind is FieldKind.PERCENT else plain(answer)


def row(visit: Inspection) -> dict[str, str]:
    """Return a visit as a row of text."""
    return {
        titles.CODE: visit.unit.id, titles.KIND: visit.unit.kind, titles.DATE: visit.date.isoformat(),
        titles.SOURCE: visit.source, titles.NUMBER: str(visit.number), titles.BLANK_IS_NONE: "是" if visit.blank_is_none else "",
        **{name: word(visit.answers[name], field) for name, field in FORM.items()},
        **{name + REASON_SUFFIX: visit.reasons.get(name, "") for name, field in FORM.items() if field.kind is FieldKind.POINTS},
    }  # fmt: skip


def as_csv(path: Path, rows: Sequence[Mapping[str, str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_parquet(path: Path, visits: Sequence[Inspection]) -> Path:
    """Write visits with typed columns: whole numbers, decimals, floats and truths."""
    rows = [row(one) for one in visits]
    names = [*rows[0]]
    columns = [_typed(name) for name in names]
    columns += [f'coalesce("{name}" = \'不适用\', FALSE) AS "{name} 不适用"' for name, one in FORM.items() if one.may_skip]
    columns += [f'coalesce(starts_with("{name}", \'未查\'), FALSE) AS "{name} 未查"' for name in FORM]
    with duckdb.connect() as connection:
        held = ", ".join(f'"{name}" VARCHAR' for name in names)
        connection.execute(f"CREATE TABLE t ({held})")
        connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(names))})", [[*one.values()] for one in rows])
        connection.execute(f"COPY (SELECT {', '.join(columns)} FROM t) TO '{path}' (FORMAT parquet)")
    return path


def _typed(name: str) -> str:
    own, field = f'"{name}"', FORM.get(name)
    if name == titles.DATE:
        return f"{own}::DATE AS {own}"
    if field is None or field.kind in (FieldKind.CHOICE, FieldKind.RECHECK):
        return own
    if field.kind is FieldKind.YES_NO:
        return f"CASE {own} WHEN '是' THEN TRUE WHEN '否' THEN FALSE END AS {own}"
    if field.kind is FieldKind.PERCENT:
        return f"(TRY_CAST(rtrim({own}, '%') AS DECIMAL(9, 4)) / 100)::DOUBLE AS {own}"
    return f"TRY_CAST({own} AS {'INTEGER' if field.kind is FieldKind.COUNT else 'DECIMAL(12, 3)'}) AS {own}"


def table(out: Path, name: str) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT * FROM read_parquet('{out / name}')")
        names = [one[0] for one in found.description]
        return [dict(zip(names, each, strict=True)) for each in found.fetchall()]


def cards_of(assessment: Assessment) -> set[tuple[Any, ...]]:
    return {
        (card.inspection.unit.id, card.inspection.date, card.inspection.source, card.inspection.number,
         card.program.standard.id, card.score, card.low, card.high, card.grade, card.applicable, card.bonus.low,
         card.coverage, "、".join(f"{name}{result.chinese}" for name, result in card.conclusions.items()) or None)
        for card in assessment.cards
    }  # fmt: skip


def cards_in(out: Path) -> set[tuple[Any, ...]]:
    names = ("单位编号", "检查日期", "来源", "第几次", "标准", "得分", "最低", "最高", "等次", "应得分", "加分", "查到", "结论")
    return {tuple(one[name] for name in names) for one in table(out, "cards/*.parquet")}


def fails_of(assessment: Assessment) -> set[tuple[Any, ...]]:
    return {
        (card.inspection.unit.id, card.inspection.date, card.inspection.source, card.inspection.number,
         card.program.clause(one.clause).card.id, card.losses[one.clause - 1], one.low, one.high, one.uncapped, one.count,
         one.charged_by or None)
        for card in assessment.cards for one in card.findings if one.result is Result.FAIL
    }  # fmt: skip


def fails_in(out: Path) -> set[tuple[Any, ...]]:
    names = ("单位编号", "检查日期", "来源", "第几次", "条款", "扣分", "应扣", "最多扣", "封顶前", "数量", "归条款")
    return {tuple(one[name] for name in names) for one in table(out, "findings/*.parquet")}


def units_of(assessment: Assessment) -> set[tuple[Any, ...]]:
    return {
        (one.unit.id, one.standard.id, one.score, one.low, one.high, one.grade, one.rank)
        for one in assessment.units
    }


def units_in(out: Path) -> set[tuple[Any, ...]]:
    names = ("单位编号", "标准", "得分", "最低", "最高", "等次", "名次")
    return {tuple(one[name] for name in names) for one in table(out, "units.parquet")}


def same(out: Path, assessment: Assessment) -> None:
    assert cards_in(out) == cards_of(assessment)
    assert fails_in(out) == fails_of(assessment)
    assert units_in(out) == units_of(assessment)


@pytest.fixture(scope="module")
def visits() -> list[Inspection]:
    return made_up(300)


@pytest.fixture(scope="module")
def assessment(visits: list[Inspection]) -> Assessment:
    return scorer(*LAWS).score(visits)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_of_text_comes_to_the_same(
    encoding: str, visits: list[Inspection], assessment: Assessment, tmp_path: Path
) -> None:
    path = as_csv(tmp_path / "表.csv", [row(one) for one in visits], encoding)
    outcome = run([path], tmp_path / "out", LAWS, INFER)
    assert (outcome.problems, outcome.totals.rows) == ((), 300)
    same(tmp_path / "out", assessment)


def test_a_parquet_of_typed_columns_comes_to_the_same_in_ranges_of_any_size(
    visits: list[Inspection], assessment: Assessment, tmp_path: Path
) -> None:
    path = as_parquet(tmp_path / "表.parquet", visits)
    run([path], tmp_path / "out", LAWS, INFER, Limits(rows=70))
    assert len(list((tmp_path / "out" / "cards").iterdir())) == 5
    same(tmp_path / "out", assessment)


def test_several_files_come_to_the_same_as_one(
    visits: list[Inspection], assessment: Assessment, tmp_path: Path
) -> None:
    paths = [as_parquet(tmp_path / f"{n}.parquet", visits[n::3]) for n in range(3)]
    run(paths[::-1], tmp_path / "out", LAWS, INFER)
    same(tmp_path / "out", assessment)
