"""A published ranking against its own rule: what follows it passes, and every planted error is found with its right value."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl import Workbook

from scoring.analysis.ranking.check import RankingCheck, check_ranking
from scoring.analysis.ranking.declared import Declared, declared_by
from scoring.analysis.ranking.ranks import DENSE, JUMPING, right_ranks
from scoring.analysis.ranking.sums import WAYS
from scoring.errors import ScoringError
from scoring.load.schemes import find_schemes
from scoring.sheets.ranking import RankingTable, Wanted, read_ranking
from scoring.sheets.ranking_rows import RankingRow

WEIGHTS = {"平时": Decimal("0.7"), "月末": Decimal("0.3")}
SEVEN_TO_THREE = Declared(weights=WEIGHTS)
FLOORS = {"优秀": Decimal(90), "合格": Decimal(80), "不合格": Decimal(0)}


def checked(tmp_path: Path, text: str, declared: Declared | None = None) -> RankingCheck:
    path = tmp_path / "排名.csv"
    path.write_text(text, encoding="utf-8")
    (table,) = read_ranking(path, Wanted(tuple(declared.weights) if declared else ())).tables
    return check_ranking(table, declared)


def said(tmp_path: Path, text: str, declared: Declared | None = None) -> list[str]:
    return [one.text for one in checked(tmp_path, text, declared).faults]


@pytest.mark.parametrize(
    ("last", "ties", "rule"),
    [
        ("4", "占位", "全表一起排名，并列用占位（1、2、2、4）"),
        ("3", "连续", "全表一起排名，并列用连续（1、2、2、3）"),
    ],
)
def test_the_table_shows_its_own_tie_rule(tmp_path: Path, last: str, ties: str, rule: str) -> None:
    found = checked(tmp_path, f"名次,村,得分\n1,甲,95\n2,乙,90\n2,丙,90\n{last},丁,85\n")
    assert (found.ties, found.rules[0], found.consistent) == (ties, rule, True)
    assert found.rules == (rule,)
    assert found.looked_at == ("单位", "得分", "名次", "次序")


def test_without_ties_both_rules_fit(tmp_path: Path) -> None:
    assert checked(tmp_path, "名次,村,得分\n1,甲,95\n2,乙,90\n").ties == "都合"


def test_ties_ranked_apart_are_named_with_the_right_rank(tmp_path: Path) -> None:
    found = checked(tmp_path, "名次,村,得分\n1,甲,95\n2,乙,90\n3,丙,90\n4,丁,85\n")
    assert [one.text for one in found.faults] == ["第4行 丙: 与乙同为 90 分，名次却不同（3、2），名次应是 2"]
    assert found.ties == ""
    assert found.rules[0].endswith("两种并列算法都不合: 同分的也分了先后")


def test_a_rank_held_twice_and_one_left_empty_are_named(tmp_path: Path) -> None:
    text = "名次,村,得分\n1,甲,95\n2,乙,90\n2,丙,89\n4,丁,85\n,戊,80\n6,己,\n"
    assert said(tmp_path, text) == [
        "第4行 丙: 与乙同是名次 2，得分却不同（89、90），名次应是 3（名次 3 现在空着）",
        "第6行 戊: 没写名次，名次应是 5（名次 5 现在空着）",
        "第7行 己: 没有得分，却写了名次 6，应不写名次，或补上得分",
    ]


def test_ranks_within_groups_are_seen_as_such(tmp_path: Path) -> None:
    text = "类别,名次,村,得分\n行政村,1,甲,95\n行政村,2,乙,90\n自然村,1,丙,93\n自然村,2,丁,85\n"
    found = checked(tmp_path, text)
    assert (found.consistent, found.rules[0]) == (True, "按类别分组排名，没有同分的，两种并列算法一样")
    whole = "类别,名次,村,得分\n行政村,1,甲,95\n自然村,2,丙,93\n行政村,3,乙,90\n自然村,4,丁,85\n"
    assert checked(tmp_path, whole).rules[0].startswith("全表一起排名")


def test_units_twice_and_scores_beyond_the_full_mark(tmp_path: Path) -> None:
    assert said(tmp_path, "名次,村,得分\n1,甲,103\n2,乙,90\n3,甲 ,85\n4,丁,-2\n") == [
        "第2行 甲: 得分 103 超过满分，应不大于 100",
        "第4行 甲: 和第2行是同一单位，只留一行",
        "第5行 丁: 得分 -2 低于 0，应不小于 0",
    ]


def test_a_total_that_is_not_its_parts_is_told_with_the_sum(tmp_path: Path) -> None:
    text = "名次,村,平时,月末,得分\n1,甲,95,90,93.5\n2,乙,90.5,92,91.5\n3,丙,80,90,83\n"
    found = checked(tmp_path, text, SEVEN_TO_THREE)
    assert [one.text for one in found.faults] == [
        "第3行 乙: 平时×70% + 月末×30% = 90.95，表上写 91.5，应是 91"
    ]
    wrong = said(tmp_path, text.replace("93.5", "94.5").replace("91.5", "91"), SEVEN_TO_THREE)
    assert wrong == ["第2行 甲: 平时×70% + 月末×30% = 93.5，表上写 94.5，应是 93.5"]


def test_both_roundings_are_tried(tmp_path: Path) -> None:
    each = "名次,村,平时,月末,得分\n1,甲,95.55,90.05,93.91\n2,乙,85.55,80.05,83.91\n"
    assert checked(tmp_path, each, SEVEN_TO_THREE).rules[1].endswith("各部分先四舍五入再相加")
    end = each.replace("93.91", "93.9").replace("83.91", "83.9")
    assert checked(tmp_path, end, SEVEN_TO_THREE).consistent


def test_a_grade_against_its_own_floor(tmp_path: Path) -> None:
    text = "名次,村,得分,等次\n1,甲,95,优秀\n2,乙,92,优秀\n3,丙,91,合格\n4,丁,90,优秀\n5,戊,82,合格\n6,己,80,合格\n"
    found = checked(tmp_path, text)
    assert [one.text for one in found.faults] == [
        "第4行 丙: 91 分评为合格，丁 90 分评为优秀，应是优秀（一票否决的除外）"
    ]
    assert found.rules[1] == "等次按表推出: 优秀 ≥90、合格 ≥80"
    known = checked(tmp_path, text, Declared(floors=FLOORS))
    assert [one.right for one in known.faults] == ["应是优秀（一票否决的除外）"]


def test_a_row_out_of_order_and_an_award_out_of_line(tmp_path: Path) -> None:
    text = "名次,村,得分,奖金\n1,甲,95,2000\n3,丙,89,1000\n2,乙,90,1500\n4,丁,85,1800\n5,戊,80,0\n"
    assert said(tmp_path, text) == [
        "第3行 丙: 得分 89，没有从高到低排，应排在乙（90）后面",
        "第5行 丁: 得分 85，奖励 1800，与得分高低不一致，应不多于 1000、不少于 0",
    ]
    by_code = "名次,村,得分\n3,甲,85\n1,乙,95\n4,丙,80\n2,丁,90\n"
    found = checked(tmp_path, by_code)
    assert (found.consistent, found.notes) == (True, ("表没有按得分从高到低排，没有核次序",))


def test_numbers_that_were_never_rounded_are_told(tmp_path: Path) -> None:
    found = checked(tmp_path, "名次,村,得分\n1,甲,91.3333333\n1,乙,91.3311111\n")
    assert (found.consistent, found.notes) == (True, ("得分有 7 位小数，没有四舍五入；按 2 位核",))


# What is declared.


def test_a_declared_tie_rule_is_held_against_a_table_that_follows_the_other(tmp_path: Path) -> None:
    dense = "名次,村,得分\n1,甲,95\n2,乙,90\n2,丙,90\n3,丁,85\n"
    assert checked(tmp_path, dense).consistent
    assert said(tmp_path, dense, Declared(ties="占位")) == [
        "第5行 丁: 得分 85，名次写的是 3，名次应是 4（名次 4 现在空着）"
    ]


def test_declared_groups_are_held_against_a_table_ranked_as_a_whole(tmp_path: Path) -> None:
    whole = "类别,名次,村,得分\n甲类,1,甲,95\n乙类,2,乙,90\n"
    assert checked(tmp_path, whole).consistent
    assert said(tmp_path, whole, Declared(groups=("类别",))) == [
        "第3行 乙: 得分 90，名次写的是 2，名次应是 1（名次 1 现在空着）"
    ]
    found = checked(tmp_path, "名次,村,得分\n1,甲,95\n2,乙,90\n", Declared(groups=("类别",)))
    assert (found.consistent, found.notes) == (True, ("表上没有类别一栏，都当作一组",))


def test_a_score_with_more_decimals_than_declared_is_told_rounded(tmp_path: Path) -> None:
    assert said(tmp_path, "名次,村,得分\n1,甲,95.125\n2,乙,90\n", Declared(places=2)) == [
        "第2行 甲: 得分 95.125 有 3 位小数，应是 95.13"
    ]


def test_points_added_to_the_parts_belong_to_the_total(tmp_path: Path) -> None:
    text = "名次,村,平时,月末,附加分,得分\n1,甲,95,90,2,95.5\n2,乙,90,90,,90\n3,丙,80,80,-1,79\n"
    found = checked(tmp_path, text, SEVEN_TO_THREE)
    assert found.consistent
    assert found.rules[1] == "得分按 平时×70% + 月末×30% + 附加分，合计后四舍五入"
    without = text.replace("95.5", "93.5").replace(",79\n", ",80\n")
    assert checked(tmp_path, without, SEVEN_TO_THREE).consistent
    assert not checked(tmp_path, without, replace(SEVEN_TO_THREE, extra=True)).consistent


def test_a_scheme_declares_ties_groups_shares_grades_and_places(tmp_path: Path) -> None:
    (month,), _ = find_schemes(["YK"])
    rule = declared_by(month)
    assert (rule.ties, rule.groups, rule.places, rule.full) == ("占位", ("类别",), 2, 105)
    assert rule.weights == {"日常": Decimal("0.7"), "月末集中": Decimal("0.3")}
    text = "名次,村,日常,月末集中,附加分,得分,等次\n1,甲,95,90,1,94.5,优秀\n2,乙,80,80,,80,合格\n"
    assert said(tmp_path, text, rule) == ["第3行 乙: 80 分评为合格，应是良好（一票否决的除外）"]
    found = checked(tmp_path, text.replace("附加分", "备注"), rule)
    assert "办法里有附加分，表上没有附加分一栏，没有核合计" in found.notes
    assert "合计" not in found.looked_at
    (year,), _ = find_schemes(["NDK"])
    assert declared_by(year).weights == {part.name: part.share for part in year.parts}


# What does not count.


def test_units_that_take_no_part_and_scores_not_settled_have_no_rank(tmp_path: Path) -> None:
    text = "名次,村,得分\n1,甲,95\n不排名,乙,93\n2,丙,90\n—,丁,84.00～100.00\n—,戊,未查\n"
    found = checked(tmp_path, text)
    assert (found.consistent, found.units) == (True, 5)
    assert found.notes == ("3 个单位写明不排名，没有核名次",)
    assert said(tmp_path, text.replace("不排名,乙", ",乙")) == [
        "第3行 乙: 没写名次，名次应是 2",
        "第4行 丙: 得分 90，名次写的是 2，名次应是 3（名次 3 现在空着）",
    ]


def test_a_veto_that_the_row_speaks_of_excuses_its_grade(tmp_path: Path) -> None:
    text = "名次,村,得分,等次,备注\n1,甲,95,优秀,\n2,乙,94,不合格,露天焚烧\n3,丙,93,优秀,\n4,丁,50,不合格,\n"
    assert len(said(tmp_path, text)) == 1
    assert not said(tmp_path, text.replace("露天焚烧", "一票否决"))


def test_each_standard_of_a_table_is_a_table_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "排名.csv"
    path.write_text(
        "标准,名次,村,得分\n治五乱,1,甲,95\n治五乱,2,乙,90\n五化,1,甲,80\n五化,1,乙,70\n", "utf-8"
    )
    found = [check_ranking(table) for table in read_ranking(path).tables]
    assert [(one.name, one.consistent) for one in found] == [
        ("排名.csv 治五乱", True),
        ("排名.csv 五化", False),
    ]


# Reading.


def test_merged_cells_two_line_headers_and_remarks_are_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["六月份考评排名"], ["名次", "被检单位", "得分", None, None], [None, None, "平时", "月末", "总分"],
        [1, "甲村", 95, 90, 93.5], ["第2名", "乙村", 90, 90, 90], [None, "丙村", 90, 90, 90], ["四", "丁村", 80, 80, "80分"],
        ["注：拟定"], ["合计", None, None, None, 353.5],
    ):  # fmt: skip
        sheet.append(line)
    for cells in ("A1:E1", "A2:A3", "B2:B3", "C2:E2", "A5:A6", "A8:E8"):
        sheet.merge_cells(cells)
    path = tmp_path / "排名.xlsx"
    book.save(path)
    found = read_ranking(path, Wanted(("平时", "月末")))
    (read,) = found.tables
    assert [(row.unit, row.rank, row.score) for row in read.rows] == [
        ("甲村", 1, Decimal("93.5")), ("乙村", 2, Decimal(90)), ("丙村", 2, Decimal(90)), ("丁村", 4, Decimal(80)),
    ]  # fmt: skip
    assert found.notes == ("工作表“Sheet” 第8行“注:拟定”不是一个单位的得分，没有核",)
    checked = check_ranking(read, SEVEN_TO_THREE)
    assert (checked.consistent, checked.ties) == (True, "占位")


def test_two_tables_side_by_side_are_one(tmp_path: Path) -> None:
    found = checked(tmp_path, "名次,村,得分,名次,村,得分\n1,甲,95,3,丙,89\n2,乙,90,4,丁,85\n")
    assert found.consistent
    bad = said(tmp_path, "名次,村,得分,名次,村,得分\n1,甲,95,3,丙,89\n2,乙,90,5,丁,85\n")
    assert bad == ["第3行 左起第2组 丁: 得分 85，名次写的是 5，名次应是 4（名次 4 现在空着）"]


def test_what_cannot_be_read_is_told_together(tmp_path: Path) -> None:
    path = tmp_path / "排名.csv"
    path.write_text("名次,村,得分\n头名,甲,九十\n2,乙,90\n", encoding="utf-8")
    with pytest.raises(ScoringError) as error:
        read_ranking(path)
    assert [str(one) for one in error.value.problems] == [
        "排名.csv 第2行第1列: 名次“头名”读不懂。写整数，如 3；不排名的写 —",
        "排名.csv 第2行第3列: 得分“九十”读不懂。写数字，如 92.5",
    ]
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(ScoringError, match="找不到排名表的表头"):
        read_ranking(path)
    path.write_text("名次,村,得分\n", encoding="utf-8")
    with pytest.raises(ScoringError, match="表头下面没有单位"):
        read_ranking(path)
    path.write_text("名次,村,得分\n1,甲,90\n", encoding="utf-8")
    with pytest.raises(ScoringError, match="表上没有“平时”一栏"):
        read_ranking(path, Wanted(("平时",), needed=("平时",)))


def test_a_table_of_equal_scores_is_checked_in_time_and_an_endless_one_refused(tmp_path: Path) -> None:
    lines = "".join(f"2,村{n},90\n" for n in range(5000))
    assert len(checked(tmp_path, f"名次,村,得分\n{lines}").faults) == 5000
    with pytest.raises(ScoringError, match="单位超过 5000 个，太多"):
        checked(tmp_path, f"名次,村,得分\n{lines}2,末村,90\n")


# Properties.

_cents = st.integers(6000, 10000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[RankingRow]]:
    """A table made by the rule: tie rule, grouped or not, totals by one rounding, grades by their floors."""
    ties, way = draw(st.sampled_from([JUMPING, DENSE])), draw(st.sampled_from(sorted(WAYS)))
    pairs = draw(st.lists(st.tuples(_cents, _cents), min_size=1, max_size=12))
    repeated = draw(st.lists(st.sampled_from(pairs), max_size=4))
    grouped = draw(st.booleans())
    made = []
    for number, pair in enumerate([*pairs, *repeated]):
        shares = [points * share for points, share in zip(pair, WEIGHTS.values(), strict=True)]
        score = WAYS[way](shares, 2)
        grade = next(name for name, floor in FLOORS.items() if score >= floor)
        group = draw(st.sampled_from(["行政村", "自然村"])) if grouped else "行政村"
        parts = dict(zip(WEIGHTS, pair, strict=True))
        made.append(RankingRow("", f"村{number}", None, score, grade, (group,), parts))
    made.sort(key=lambda row: (row.groups, -(row.score or 0)))
    ranks = right_ranks([row.groups for row in made], [row.score for row in made], ties)
    return ties, [
        replace(row, place=f"第{at}行", rank=rank, award=Decimal(max(0, 10 - (rank or 0))))
        for at, (row, rank) in enumerate(zip(made, ranks, strict=True), start=2)
    ]


def look(rows: list[RankingRow]) -> RankingCheck:
    return check_ranking(RankingTable("", tuple(rows), ("类别",), tuple(WEIGHTS)), SEVEN_TO_THREE)


@given(tables())
def test_every_table_made_by_the_rule_is_accepted(made: tuple[str, list[RankingRow]]) -> None:
    ties, rows = made
    found = look(rows)
    assert found.faults == ()
    assert found.ties in (ties, "都合")


@given(tables(), st.data(), st.integers(1, 30))
def test_every_planted_rank_is_found(
    made: tuple[str, list[RankingRow]], data: st.DataObject, rank: int
) -> None:
    _, rows = made
    at = data.draw(st.integers(0, len(rows) - 1))
    assume(rank != rows[at].rank)
    planted = [replace(row, rank=rank) if n == at else row for n, row in enumerate(rows)]
    readings = [
        right_ranks([row.groups if by else () for row in rows], [row.score for row in rows], ties)
        for by in (True, False)
        for ties in (JUMPING, DENSE)
    ]
    wrong = [[row.rank != right for row, right in zip(planted, reading, strict=True)] for reading in readings]
    fewest = min(map(sum, wrong))
    found = [one for one in look(planted).faults if one.kind == "名次"]
    assert len(found) == fewest
    if all(one[at] for one in wrong if sum(one) == fewest):
        assert rows[at].place in [one.place for one in found]
    if all(
        sum(one) > 1 for one, reading in zip(wrong, readings, strict=True) if reading[at] != rows[at].rank
    ):
        (only,) = found
        assert f"名次应是 {rows[at].rank}" in only.right


@given(tables(), st.data())
def test_every_planted_total_grade_double_and_excess_is_found(
    made: tuple[str, list[RankingRow]], data: st.DataObject
) -> None:
    _, rows = made
    at = data.draw(st.integers(0, len(rows) - 1))
    row = rows[at]
    assert row.score is not None
    assume(len(rows) > 2)

    def kinds(planted: RankingRow) -> list[tuple[str, str]]:
        return [
            (one.place, one.kind) for one in look([planted if one is row else one for one in rows]).faults
        ]

    assert (row.place, "合计") in kinds(replace(row, score=row.score - 5))
    assert (row.place, "得分") in kinds(replace(row, score=row.score + 50))
    twice = look([*rows, replace(row, place="第99行")]).faults
    assert ("第99行", "单位") in [(one.place, one.kind) for one in twice]
    known = check_ranking(RankingTable("", (replace(row, rank=1, grade="良好"),)), Declared(floors=FLOORS))
    assert [one.kind for one in known.faults] == ["等次"]


@given(tables(), st.data())
def test_a_grade_that_contradicts_the_others_is_found(
    made: tuple[str, list[RankingRow]], data: st.DataObject
) -> None:
    _, rows = made
    at = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(st.sampled_from([name for name in FLOORS if name != rows[at].grade]))
    planted = [replace(row, grade=other) if n == at else row for n, row in enumerate(rows)]
    by_grade = [[row.score or Decimal(0) for row in planted if row.grade == name] for name in FLOORS]
    held = [own for own in by_grade if own]
    overlap = any(max(low) >= min(high) for n, high in enumerate(held) for low in held[n + 1 :])
    found = [one for one in look(planted).faults if one.kind == "等次"]
    if not overlap:
        assert not found
    elif sum(row.grade == other for row in rows) > 1 and sum(row.grade == rows[at].grade for row in rows) > 2:
        assert found
