"""Whole tables scored range by range: the same as the visits one by one, whatever the file, and however often it is stopped."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
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
from scoring.bulk.engine import Limits
from scoring.columns import REASON_SUFFIX
from scoring.errors import ScoringError
from scoring.finding import Result
from scoring.infer import reference
from scoring.infer.memo import Memo
from scoring.inspection import Answer, Inspection, NotApplicable, NotChecked, Unit
from scoring.load.rules import read_standard, shipped
from scoring.points import ZERO, plain, ratio
from scoring.rule.form_field import FieldKind, FormField
from scoring.score import Assessment
from tests.bulk_run import run
from tests.bulk_support import sheets
from tests.support import WeekdayCalendar, scorer
from tests.test_load_mistakes import SHAPES

ROOT = Path(__file__).parent.parent
LAWS = tuple(
    sorted((one for one in shipped() if one.id in ("WL", "CZ", "LW")), key=lambda one: one.id != "WL")
)
FORM: Mapping[str, FormField] = {name: field for one in LAWS for name, field in one.form.items()}
KINDS = ("行政村", "自然村", "路段")
INFER, CALENDAR = Memo(reference.infer), WeekdayCalendar()


def made_up(number: int, seed: int = 3) -> list[Inspection]:
    """Seeded visits to units of several kinds, some visited twice, over two years."""
    draw, found = random.Random(seed), []
    for n, answers in enumerate(sheets(FORM, seed, number)):
        place = n * 2 // 3
        unit = Unit(f"34{place:010d}", f"第{place}村", KINDS[place % len(KINDS)])
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
        titles.UNIT: visit.unit.name, titles.CODE: visit.unit.id, titles.KIND: visit.unit.kind, titles.DATE: visit.date.isoformat(),
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
    columns += [
        f'coalesce("{name}" = \'不适用\', FALSE) AS "{name} 不适用"'
        for name, one in FORM.items()
        if one.may_skip
    ]
    columns += [f'coalesce(starts_with("{name}", \'未查\'), FALSE) AS "{name} 未查"' for name in FORM]
    with duckdb.connect() as connection:
        held = ", ".join(f'"{name}" VARCHAR' for name in names)
        connection.execute(f"CREATE TABLE t ({held})")
        connection.executemany(
            f"INSERT INTO t VALUES ({', '.join('?' * len(names))})", [[*one.values()] for one in rows]
        )
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
    names = (
        "单位编号",
        "检查日期",
        "来源",
        "第几次",
        "标准",
        "得分",
        "最低",
        "最高",
        "等次",
        "应得分",
        "加分",
        "查到",
        "结论",
    )
    return {tuple(one[name] for name in names) for one in table(out, "cards/*.parquet")}


def fails_of(assessment: Assessment) -> set[tuple[Any, ...]]:
    return {
        (card.inspection.unit.id, card.inspection.date, card.inspection.source, card.inspection.number,
         card.program.clause(one.clause).card.id, card.losses[one.clause - 1], one.low, one.high, one.uncapped, one.count,
         one.charged_by or None)
        for card in assessment.cards for one in card.findings if one.result is Result.FAIL
    }  # fmt: skip


def fails_in(out: Path) -> set[tuple[Any, ...]]:
    names = (
        "单位编号",
        "检查日期",
        "来源",
        "第几次",
        "条款",
        "扣分",
        "应扣",
        "最多扣",
        "封顶前",
        "数量",
        "归条款",
    )
    return {tuple(one[name] for name in names) for one in table(out, "findings/*.parquet")}


def units_of(assessment: Assessment) -> set[tuple[Any, ...]]:
    return {
        (one.unit.id, one.standard.id, one.score, one.low, one.high, one.grade, one.rank)
        for one in assessment.units
    }


def units_in(out: Path) -> set[tuple[Any, ...]]:
    names = ("单位编号", "标准", "得分", "最低", "最高", "等次", "名次")
    return {tuple(one[name] for name in names) for one in table(out, "units.parquet")}


def orders_of(assessment: Assessment) -> set[tuple[Any, ...]]:
    return {
        (one.unit.id, one.inspection.date, one.inspection.source, one.inspection.number, one.subject,
         "、".join(one.places) or None, "、".join(one.clauses), one.text, str(one.deadline), one.due_at, one.responsible, one.person, one.severity)
        for one in assessment.orders
    }  # fmt: skip


def orders_in(out: Path) -> set[tuple[Any, ...]]:
    names = (
        "单位编号",
        "检查日期",
        "来源",
        "第几次",
        "检查项",
        "点位",
        "条款",
        "要求",
        "期限",
        "截止",
        "责任单位",
        "责任人",
        "严重程度",
    )
    return {tuple(one[name] for name in names) for one in table(out, "orders/*.parquet")}


def same(out: Path, assessment: Assessment) -> None:
    assert orders_in(out) == orders_of(assessment)
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
    outcome = run([path], tmp_path / "out", LAWS, INFER, CALENDAR)
    assert (outcome.problems, outcome.totals.rows) == ((), 300)
    same(tmp_path / "out", assessment)


def test_a_parquet_of_typed_columns_comes_to_the_same_in_ranges_of_any_size(
    visits: list[Inspection], assessment: Assessment, tmp_path: Path
) -> None:
    path = as_parquet(tmp_path / "表.parquet", visits)
    run([path], tmp_path / "out", LAWS, INFER, CALENDAR, Limits(rows=70))
    assert len(list((tmp_path / "out" / "cards").iterdir())) == 5
    same(tmp_path / "out", assessment)


def test_several_files_come_to_the_same_as_one(
    visits: list[Inspection], assessment: Assessment, tmp_path: Path
) -> None:
    paths = [as_parquet(tmp_path / f"{n}.parquet", visits[n::3]) for n in range(3)]
    run(paths[::-1], tmp_path / "out", LAWS, INFER, CALENDAR)
    same(tmp_path / "out", assessment)


KILLED = """
import os, signal, sys
from pathlib import Path
from scoring.bulk.engine import Limits
from tests.bulk_run import run
from tests.test_bulk import CALENDAR, INFER, LAWS
def stop(done, rows):
    if done >= 140:
        os.kill(os.getpid(), signal.SIGKILL)
run([Path(sys.argv[1])], Path(sys.argv[2]), LAWS, INFER, CALENDAR, Limits(rows=70), stop)
"""


def test_a_run_that_was_killed_goes_on_and_makes_nothing_twice(
    visits: list[Inspection], assessment: Assessment, tmp_path: Path
) -> None:
    path, out = as_parquet(tmp_path / "表.parquet", visits), tmp_path / "out"
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(out)], check=False, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert not (out / "result.json").exists()
    first = {one: one.stat().st_mtime_ns for one in (out / "cards").glob("*.parquet")}
    (out / "cards" / "000003.part").write_bytes(b"half written")
    seen: list[int] = []
    run([path], out, LAWS, INFER, CALENDAR, Limits(rows=70), lambda done, rows: seen.append(done))
    assert len(first) == 2
    assert {one: one.stat().st_mtime_ns for one in first} == first
    assert seen == [140, 140, 210, 280, 300]
    same(out, assessment)
    assert not (out / ".work").exists()


def test_a_folder_of_another_run_is_not_touched(visits: list[Inspection], tmp_path: Path) -> None:
    path, out = as_csv(tmp_path / "表.csv", [row(one) for one in visits[:20]]), tmp_path / "out"
    run([path], out, LAWS[:1], INFER, CALENDAR)
    with pytest.raises(ScoringError, match="文件夹里已有东西"):
        run([path], out, LAWS[:1], INFER, CALENDAR)
    (out / ".work").mkdir()
    (out / ".work" / "journal.jsonl").write_text('{"mark": "another"}\n')
    with pytest.raises(ScoringError, match="另一次没做完的结果"):
        run([path], out, LAWS[:1], INFER, CALENDAR)


BAD_CELLS = [
    ("垃圾乱倒处数", "三处", "应填数字"),
    ("垃圾乱倒处数", "2.5", "应填整数"),
    ("垃圾乱倒处数", "501", "超出范围"),
    ("绿化率", "0.6", "应填百分比"),
    ("绿化率", "120%", "超出范围"),
    ("露天焚烧", "有", "没有“有”这个选项"),
    ("露天焚烧", "不适用", "不能填“不适用”"),
    ("柴草堵路", "未查 锁门", "读不懂"),
    ("单位编号", "", "没填或读不懂"),
    ("类别", "", "没填或读不懂"),
    ("检查日期", "2022-02-30", "没填或读不懂"),
    ("检查日期", "1922-02-03", "没填或读不懂"),
    ("第几次", "0", "没填或读不懂"),
    ("空白即未发现问题", "也许", "没填或读不懂"),
]


def test_what_does_not_fit_is_told_and_leaves_its_unit_out_and_no_other(
    visits: list[Inspection], tmp_path: Path
) -> None:
    rows = [row(one) for one in visits if one.unit.kind == "行政村"]
    places = [n * 4 for n in range(len(BAD_CELLS))]
    for place, (name, text, _) in zip(places, BAD_CELLS, strict=True):
        rows[place] = {**rows[place], name: text}
    out = tmp_path / "out"
    outcome = run([as_csv(tmp_path / "表.csv", rows)], out, LAWS[:1], INFER, CALENDAR, Limits(rows=20))
    for place, (name, _, _) in zip(places, BAD_CELLS, strict=True):
        assert any(one["行"] == place + 2 and one["栏目"] == name for one in table(out, "problems/*.parquet"))
    assert outcome.totals.refused == len(BAD_CELLS)
    bad = {rows[place]["单位编号"] for place in places} - {""}
    good = [one for one in visits if one.unit.kind == "行政村" and one.unit.id not in bad]
    blank = next(place for place, (name, _, _) in zip(places, BAD_CELLS, strict=True) if name == "单位编号")
    lost = [one for one in visits if one.unit.kind == "行政村"][blank]
    same(out, scorer(LAWS[0]).score(one for one in good if one is not lost))


@pytest.mark.parametrize(("name", "text", "message"), BAD_CELLS)
def test_each_cell_that_does_not_fit_is_told_in_the_words_of_the_sheets(
    name: str, text: str, message: str, visits: list[Inspection], tmp_path: Path
) -> None:
    rows = [row(one) for one in visits if one.unit.kind == "行政村"][:6]
    rows[3] = {**rows[3], name: text}
    path = as_csv(tmp_path / "表.csv", rows)
    (problem,) = run([path], tmp_path / "out", LAWS[:1], INFER, CALENDAR).problems
    assert f"“{name}”: 1行: " in str(problem) and message in str(problem) and "表.csv 第5行" in str(problem)


def test_the_same_visit_twice_and_a_unit_of_two_kinds_are_refused(
    visits: list[Inspection], tmp_path: Path
) -> None:
    some = [one for one in visits if one.unit.kind == "行政村"]
    rows = [row(one) for one in some]
    other = {**rows[9], "类别": "自然村", "第几次": "7"}
    outcome = run(
        [as_csv(tmp_path / "表.csv", [*rows, rows[4], other])], tmp_path / "out", LAWS[:1], INFER, CALENDAR
    )
    assert "同一次检查有两行" in str(outcome.problems) and "一个单位有两个类别" in str(outcome.problems)
    left = [one for one in some if one.unit.id not in (some[4].unit.id, some[9].unit.id)]
    same(tmp_path / "out", scorer(LAWS[0]).score(left))


def test_points_need_a_reason_and_a_part_no_more_than_its_whole(tmp_path: Path) -> None:
    law = read_standard(SHAPES.replace("样本: 走访户数 ≥ 15}", "样本: 走访户数 ≥ 15, 不多于: 走访户数}"))
    base = {
        "单位编号": "1",
        "类别": "行政村",
        "检查日期": "2022-06-10",
        "村容得分": "12.5",
        "村容得分理由": "背街乱",
    }
    rows = [
        {**base, "走访户数": "20", "厕所坏户数": "20"},
        {**base, "单位编号": "2", "村容得分理由": " ", "走访户数": "", "厕所坏户数": "16"},
        {**base, "单位编号": "3", "走访户数": "15", "厕所坏户数": "16"},
        {**base, "单位编号": "4", "村容得分": "17.5", "走访户数": "", "厕所坏户数": ""},
    ]
    outcome = run([as_csv(tmp_path / "表.csv", rows)], tmp_path / "out", [law], INFER, CALENDAR)
    assert {one["单位编号"] for one in table(tmp_path / "out", "cards/*.parquet")} == {"1"}
    said = str(outcome.problems)
    assert "没写理由" in said or "不在任何一档里" in said
    assert "多（不多于）" in said


def test_a_blank_in_a_column_of_whole_numbers_stays_blank(tmp_path: Path) -> None:
    law = next(one for one in shipped() if one.id == "BM")
    path = tmp_path / "表.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"""COPY (SELECT '1' AS 单位编号, '{law.kinds[0]}' AS 类别, DATE '2026-06-10' AS 检查日期,
            NULL::INTEGER AS 室外路径公里数, NULL::INTEGER AS 查看间数) TO '{path}' (FORMAT parquet)""")
    assert run([path], tmp_path / "out", [law], INFER, CALENDAR).totals.refused == 0


def test_rows_that_no_standard_judges_are_counted_and_told(visits: list[Inspection], tmp_path: Path) -> None:
    rows = [row(one) for one in visits if one.unit.kind == "行政村"][:9]
    rows[2] = {**rows[2], "类别": "商铺"}
    rows[5] = {**rows[5], "检查日期": "2021-05-01"}
    outcome = run([as_csv(tmp_path / "表.csv", rows)], tmp_path / "out", LAWS[:1], INFER, CALENDAR)
    assert (outcome.totals.unjudged, outcome.totals.refused) == (2, 0)
    assert "没有标准评“商铺”" in str(outcome.problems)


def test_roll_ups_are_the_means_of_the_settled_units_at_every_level(
    visits: list[Inspection], assessment: Assessment, tmp_path: Path
) -> None:
    run([as_csv(tmp_path / "表.csv", [row(one) for one in visits])], tmp_path / "out", LAWS, INFER, CALENDAR)
    found = {
        (one["标准"], one["级"], one["代码"]): (one["单位数"], one["已评"], one["平均分"])
        for one in table(tmp_path / "out", "rollups.parquet")
    }
    for level, digits in {"省": 2, "市": 4, "县": 6, "乡镇": 9, "村": 12}.items():
        by: dict[tuple[str, str, str], list[Decimal | None]] = {}
        for one in assessment.units:
            by.setdefault((one.standard.id, level, one.unit.id[:digits]), []).append(one.score)
        for place, scores in by.items():
            known = [one for one in scores if one is not None]
            mean = ratio(sum(known, ZERO), Decimal(len(known))) if known else None
            assert found.pop(place) == (len(scores), len(known), mean)
    assert not found


def test_the_record_says_what_was_run(visits: list[Inspection], tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([as_csv(tmp_path / "表.csv", [row(one) for one in visits[:30]])], out, LAWS[:1], INFER, CALENDAR)
    record = json.loads((out / "result.json").read_text("utf-8"))
    assert record["standards"][0]["sha256"] == LAWS[0].sha256
    for query in record["queries"]:
        text = (out / query["file"]).read_bytes()
        assert hashlib.sha256(text).hexdigest() == query["sha256"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("单位编号,类别\n1,行政村\n", "没有“检查日期”这一栏"),
        ("单位编号,类别,检查日期\n1,行政村,2022-06-10\n", "没有一栏是所用标准的检查项"),
        ("单位编号,类别,检查日期,垃圾乱倒处数\n1,行政村,2022-06-10\n", "从这一行起读不下去"),
        ("单位编号,类别,检查日期,垃圾乱倒处数,垃圾乱倒处数\n1,行政村,2022-06-10,1,1\n", "有两栏"),
        ("单位编号,类别,检查日期,垃圾乱倒处数\n1,店铺,2022-06-10,1\n", "没有一行是所用标准评的"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_and_nothing_is_written(
    text: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "表.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScoringError, match=message):
        run([path], tmp_path / "out", LAWS[:1], INFER, CALENDAR)
