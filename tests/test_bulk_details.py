"""The 问题明细 beside a large table: what it comes to is what the sheets read together come to, mistakes among it too."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from scoring.cli import run as main

from scoring import columns as titles
from scoring.bulk.engine import Limits
from scoring.bulk.record import Outcome
from scoring.errors import ScoringError
from scoring.inspection import BLANK, Inspection
from scoring.rule.form_field import FieldKind
from scoring.rule.standard import Standard
from scoring.score import Assessment
from scoring.sheets.read import read_sheets
from tests.bulk_run import run
from tests.support import HEAD, clause, scorer, standard
from tests.test_bulk import CALENDAR, FORM, INFER, LAWS, as_csv, made_up, row, same, table

Row = dict[str, str]
COUNTS = [name for name, one in FORM.items() if one.kind is FieldKind.COUNT and not one.register_column]
PLACES = ("村口", "小学门口", "一组路边、塘边", "井边\n路边", "")
PEOPLE = ("", "张三、李四", "李四 张三", "王 五")


def detail(visit: Inspection, draw: random.Random, **more: str) -> Row:
    """Return a row about something a visit left blank, saying as much of the visit as it likes."""
    own = [name for name in COUNTS if any(visit.unit.kind in one.kinds and name in one.form for one in LAWS)]
    blank = [name for name in own if visit.answers[name] == BLANK] or own[:1]
    said: Row = {
        titles.CODE: visit.unit.id, titles.DATE: visit.date.isoformat(), titles.SOURCE: visit.source, titles.NUMBER: str(visit.number),
        titles.INSPECTORS: "", titles.ITEM: draw.choice(blank), titles.PLACE_SUFFIX: draw.choice(PLACES),
        titles.COUNT: draw.choice(["", "1", "2", "3.0"]), titles.SIZE: draw.choice(["", "0.4", "1.2"]),
        titles.PHOTO: "", titles.NOTE: str(draw.random()),
    }  # fmt: skip
    if draw.random() < 0.3:
        said |= {titles.SOURCE: "", titles.NUMBER: ""}
    return said | more


def wide(visits: Sequence[Inspection], seed: int) -> list[Row]:
    """Return visits as rows that say who was there, and where some of what they counted was."""
    draw = random.Random(seed)
    return [
        {**row(one), titles.INSPECTORS: draw.choice(PEOPLE),
         **{f"{name}点位": draw.choice(["", "塘边；村口", "塘边"]) for name in COUNTS[:6]}}
        for one in visits
    ]  # fmt: skip


def both(
    path: Path, visits: Sequence[Row], details: Sequence[Row], laws: Sequence[Standard] = LAWS, rows: int = 70
) -> tuple[Outcome, Assessment, set[str]]:
    """Return what a run and the sheets read together come to, and the units that the latter leave 未评.

    Visits that only the 问题明细 knows are mistakes of a large table: their units are left out too.
    """
    table_, beside = as_csv(path / "表.csv", visits), as_csv(path / "明细.csv", details)
    form = {name: field for one in laws for name, field in one.form.items()}
    reading = read_sheets([table_, beside], form)
    alone = {one.unit.id for one in reading.inspections if not one.answers}
    assessment = scorer(*laws).score(one for one in reading.inspections if one.unit.id not in alone)
    outcome = run([table_], path / "out", laws, INFER, CALENDAR, Limits(rows=rows), details=[beside])
    return outcome, assessment, alone | {one.id for one in (*reading.unscored, *assessment.unscored)}


def refused(out: Path) -> set[str]:
    if not list((out / "problems").glob("*.parquet")):
        return set()
    return {one[titles.CODE] for one in table(out, "problems/*.parquet")} - {None}


@pytest.mark.parametrize("seed", range(3))
def test_rows_beside_a_table_come_to_what_the_sheets_come_to(seed: int, tmp_path: Path) -> None:
    visits = made_up(240, seed)
    draw = random.Random(seed)
    rows = [detail(draw.choice(visits), draw) for _ in range(500)]
    _, assessment, unscored = both(tmp_path, wide(visits, seed), rows)
    assert any(one.places for one in assessment.orders)
    assert refused(tmp_path / "out") == unscored
    same(tmp_path / "out", assessment)


SPOILT: Mapping[str, Sequence[str]] = {
    titles.ITEM: ("", "没有的检查项", "绿化率"),
    titles.COUNT: ("0", "1.5", "两处", "2000000", "-1"),
    titles.SIZE: ("大", "-2"),
    titles.DATE: ("2022-02-30", "", "2022-03-01"),
    titles.NUMBER: ("0", "一", "8"),
    titles.SOURCE: ("抽查",),
    titles.INSPECTORS: ("张三", "赵六", "李四,张三"),
    titles.KIND: ("商铺", "路段", "行政村"),
}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_wrong_leaves_out_the_units_that_the_sheets_leave_out(seed: int, tmp_path: Path) -> None:
    visits = made_up(240, seed)
    draw = random.Random(seed)
    rows = [detail(draw.choice(visits), draw, **{titles.KIND: ""}) for _ in range(160)]
    for name, words in SPOILT.items():
        rows += [detail(draw.choice(visits), draw, **{titles.KIND: "", name: word}) for word in words]
    rows += [
        {**rows[3]},
        {**rows[5], titles.NOTE: ""},
        {**rows[5], titles.NOTE: ""},
        {**detail(visits[9], draw, **{titles.KIND: ""}), titles.CODE: ""},
    ]
    _, assessment, unscored = both(tmp_path, wide(visits, seed), rows)
    assert refused(tmp_path / "out") == unscored
    same(tmp_path / "out", assessment)


@pytest.mark.parametrize("seed", range(2))
def test_of_several_visits_a_day_a_row_belongs_to_the_only_one_that_it_fits(
    seed: int, tmp_path: Path
) -> None:
    draw = random.Random(seed)
    days = [dt.date(2022, 6, 10), dt.date(2022, 6, 11)]
    visits = [replace(one, date=draw.choice(days)) for one in made_up(240, seed)]
    rows = [
        detail(one, draw, **{titles.INSPECTORS: draw.choice(["", "", "", *PEOPLE])})
        for one in draw.sample(visits, 90)
    ]
    outcome, assessment, unscored = both(tmp_path, wide(visits, seed), rows)
    assert "不知是哪一次" in str(outcome.problems)
    assert refused(tmp_path / "out") == unscored
    same(tmp_path / "out", assessment)


def large(id: str, size: str) -> Standard:
    """Return a standard that counts what is large enough, by itself and in a sum."""
    asked = [
        ("柴草处数 > 0", "{每处: 2, 最高扣: 20}"),
        ("总处数 > 2", "20"),
        ("垃圾处数 > 0", "{每处: 1, 最高扣: 20}"),
        ("有专人 = 否", "20"),
    ]
    clauses = [clause(n, *each, 编号=f"{id}-{n:02d}") for n, each in enumerate(asked, start=1)]
    form = f"  柴草处数: {{填: 数量, 单位: 处, 最大: 9, 算一处: 大小 > {size}}}\n  垃圾处数: {{填: 数量, 单位: 处}}\n  有专人: {{填: 是否}}\n"
    form += "计算:\n  总处数: {算: 柴草处数 + 垃圾处数, 单位: 处}\n"
    return standard(form, [(60, clauses[:2]), (40, clauses[2:])], HEAD.replace("编号: T", f"编号: {id}"))


LARGE = large("T", "0.5")


def test_small_ones_do_not_count_and_an_order_is_about_one_list_of_places(tmp_path: Path) -> None:
    unit: Row = {titles.DATE: "2022-06-10", titles.KIND: "行政村"}
    visits = [
        {
            titles.CODE: str(n),
            **unit,
            "柴草处数": text,
            "垃圾处数": "1",
            "垃圾处数点位": "河边；",
            "有专人": "否",
        }
        for n, text in enumerate(["", "", "", "2", "", "0"])
    ]
    found = [
        (0, "a", "0.6"),
        (0, "b", "0.5"),
        (0, "a", "0.7"),
        (1, "c", "0.5"),
        (2, "d", ""),
        (3, "e", "2"),
        (3, "f", "3"),
        (4, "河边", "8"),
    ]
    rows: list[Row] = [
        {titles.CODE: str(n), titles.DATE: "2022-06-10", titles.ITEM: "柴草处数（处）", titles.PLACE_SUFFIX: place,
         titles.COUNT: "2" if n == 4 else "",
         titles.SIZE: size}
        for n, place, size in found
    ]  # fmt: skip
    outcome, assessment, unscored = both(tmp_path, visits, rows, [LARGE])
    assert unscored == refused(tmp_path / "out") == {"2"}
    assert "要看大小才知道算不算" in str(outcome.problems)
    places = {(one.unit.id, one.subject, one.places) for one in assessment.orders}
    assert {("0", "柴草处数", ("a",)), ("3", "柴草处数", ("e", "f", "河边"))} <= places
    same(tmp_path / "out", assessment)


def test_standards_that_do_not_agree_what_is_large_are_refused_by_name(tmp_path: Path) -> None:
    other = large("U", "1")
    visits = [
        {
            titles.CODE: "1",
            titles.DATE: "2022-06-10",
            titles.KIND: "行政村",
            "柴草处数": "",
            "垃圾处数": "",
            "有专人": "",
        }
    ]
    rows = [{titles.CODE: "1", titles.DATE: "2022-06-10", titles.ITEM: "柴草处数", titles.SIZE: "2"}]
    with pytest.raises(ScoringError, match=r"柴草处数.*“算一处”不一样"):
        both(tmp_path, visits, rows, [LARGE, other])


class StoppedError(Exception):
    """Stops a run in the middle."""


def test_a_run_that_was_stopped_goes_on_with_the_same_rows_and_not_with_others(tmp_path: Path) -> None:
    visits = made_up(120, 4)
    draw = random.Random(4)
    rows = [detail(one, draw) for one in visits[::3]]
    table_, beside = as_csv(tmp_path / "表.csv", wide(visits, 4)), as_csv(tmp_path / "明细.csv", rows)
    whole = run([table_], tmp_path / "whole", LAWS, INFER, CALENDAR, Limits(rows=50), details=[beside])

    def stop(done: int, _rows: int) -> None:
        if done >= 50:
            raise StoppedError

    out = tmp_path / "out"
    with pytest.raises(StoppedError):
        run([table_], out, LAWS, INFER, CALENDAR, Limits(rows=50), stop, details=[beside])
    other = as_csv(tmp_path / "明细2.csv", rows[1:])
    with pytest.raises(ScoringError, match="另一次没做完的结果"):
        run([table_], out, LAWS, INFER, CALENDAR, Limits(rows=50), details=[other])
    again = run([table_], out, LAWS, INFER, CALENDAR, Limits(rows=50), details=[beside])
    assert (again.totals, again.problems) == (whole.totals, whole.problems)
    for name in ("cards", "findings", "orders"):
        assert sorted(map(str, table(out, f"{name}/*.parquet"))) == sorted(
            map(str, table(tmp_path / "whole", f"{name}/*.parquet"))
        )


BROKEN = [
    ("单位编号,检查日期,数量\n1,2022-06-10,1\n", "没有“检查项”一栏"),
    ("单位编号,检查日期,检查项,数目\n1,2022-06-10,垃圾乱倒处数,1\n", "不认识的栏目“数目”"),
    ("单位编号,检查日期,检查项\n1,2022-06-10\n", "从这一行起读不下去"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_what_is_no_list_of_problems_is_refused(text: str, message: str, tmp_path: Path) -> None:
    beside = tmp_path / "明细.csv"
    beside.write_text(text, encoding="utf-8")
    with pytest.raises(ScoringError, match=message):
        run(
            [as_csv(tmp_path / "表.csv", wide(made_up(3), 1))],
            tmp_path / "out",
            LAWS,
            INFER,
            CALENDAR,
            details=[beside],
        )


def test_the_table_of_visits_given_as_its_own_problems_is_refused(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "表.csv", wide(made_up(3), 1))
    with pytest.raises(ScoringError, match="问题明细没有“检查项”一栏"):
        run([path], tmp_path / "out", LAWS, INFER, CALENDAR, details=[path])


@pytest.mark.parametrize("known", [True, False])
def test_both_may_stand_in_a_database(known: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    visits = made_up(30, 2)
    rows = [detail(one, random.Random(2)) for one in visits[:12]]
    engine = sa.create_engine(f"sqlite:///{tmp_path / '库.db'}")
    with engine.begin() as connection:
        for name, content in (("检查", wide(visits, 2)), ("明细", rows)):
            made = sa.Table(name, sa.MetaData(), *(sa.Column(each, sa.Text()) for each in content[0]))
            made.create(connection)
            connection.execute(sa.insert(made), content)
    engine.dispose()
    line = [
        "bulk",
        "score",
        str(tmp_path / "库.db"),
        "--table",
        "检查",
        "-o",
        str(tmp_path / "out"),
        "--standard",
        "WL",
    ]
    more = ["--details", str(tmp_path / "库.db")] if known else []
    main([*line, *more, "--details-table", "明细"])
    assert "读了30行和问题明细12行" in capfd.readouterr().err
    assert any(one["点位"] for one in table(tmp_path / "out", "orders/*.parquet"))
    assert main([*line, "--details-table", "明细", "--engine", "postgres"]) == 2
    assert "--details 只用于本机评分" in capfd.readouterr().err
