"""登记簿: the same entries from every format and in any order; totals held against a plain second sum."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.columns import folded
from scoring.errors import ScoringError
from scoring.form.registers import registers_form
from scoring.registers.days import sweeps
from scoring.registers.entry import Entry
from scoring.registers.kind import DATE
from scoring.registers.kinds import KINDS, kind_named
from scoring.registers.read import read_entries, written
from scoring.registers.totals import COUNTERS, totals
from tests.support import WeekdayCalendar
from tests.test_input_mistakes import write

ACTIONS = [
    "日期", "行动", "牵头部门", "参加部门", "参与人数", "拆除明锅亮灶（处）", "拆除乱搭乱建（处）", "清理出店经营（处）", "取缔市场（处）",
    "规范小摊点（户）", "规范摩托车停放（处）", "处罚违规停放（辆）", "查处撒漏车辆（辆）", "处罚乱倒门店（家）", "拆除横幅（幅）",
    "清理广告牌（块）", "更换灯箱（个）", "限期整改通知书（份）", "现场笔录（份）",
]  # fmt: skip
SAID = {
    "行动登记": {"行动": "占道经营整治"},
    "督查日志": {"督查人": "王秀英、李建国", "督查内容": "状元大道"},
    "周五大扫除": {"单位": "东岭村", "领导带头": "是"},
    "培训": {"培训": "除四害培训"},
    "通知通报": {"种类": "督查整改通知书", "发给": "东岭村"},
    "会议": {"会议": "创建工作推进会"},
}
FIRST, LAST = dt.date(2026, 6, 1), dt.date(2026, 6, 30)


def entry(name: str, day: str = "2026-06-10", **said: str) -> Entry:
    return written(kind_named(name), {"日期": day, **SAID[name], **said})


def test_every_kind_can_be_told_by_one_title_each_and_names_its_own_key() -> None:
    spelt = [folded(name) for kind in KINDS for name in (kind.name, *kind.others)]
    assert len(spelt) == len(set(spelt))
    for kind in KINDS:
        names = [name for one in kind.columns for name in {one.title, one.words, *one.others} - {""}]
        assert len(names) == len(set(map(folded, names))), kind.name
        assert kind.key[0] == DATE
        assert all(kind.column(title).blank is None for title in kind.key)
    assert set(SAID) == {kind.name for kind in KINDS}


def test_the_sheet_of_actions_is_read_by_just_the_titles_it_is_kept_with(tmp_path: Path) -> None:
    row = [
        "2026-06-10",
        "占道经营整治",
        "综治办",
        "市场监管、路政、公安",
        "42",
        *(str(number) for number in range(14)),
    ]
    (found,) = read_entries([write(tmp_path / "行动登记.csv", [ACTIONS, row])]).entries
    assert found.date == dt.date(2026, 6, 10)
    assert found.values["参加部门"] == ("市场监管", "路政", "公安")
    assert [found.values.get(title.partition("（")[0], 0) for title in ACTIONS[4:]] == [42, *range(14)]


def test_a_title_may_be_the_words_of_the_summary_or_another_that_offices_use(tmp_path: Path) -> None:
    plain = [entry("行动登记", 参与人数="30", 查处撒漏车辆="2"), entry("督查日志", 电话督导="4")]
    actions = [["行动日期", "行动名称", "参与人员（人）", "查处撒漏垃圾、沙石，带泥上路车辆（辆）"]]
    actions += [["2026/6/10", "占道经营整治", "30", "2"]]
    log = [
        ["序号", "日期", "督查人员", "工作内容", "电话督促（次）"],
        ["1", "2026年6月10日", "李建国 王秀英", "状元大道", "4"],
        ["2"],
    ]
    files = [write(tmp_path / "综合整治.csv", actions), write(tmp_path / "工作日志.csv", log)]
    assert list(read_entries(files).entries) == plain


def test_a_zero_and_a_blank_counter_are_the_same_entry_but_nobody_and_unknown_are_not() -> None:
    assert entry("行动登记", 拆除横幅="0") == entry("行动登记", 拆除横幅="") == entry("行动登记")
    assert entry("行动登记", 参与人数="0") != entry("行动登记")
    assert entry("通知通报", 份数="1") == entry("通知通报")


def test_a_workbook_is_read_by_its_sheets_in_any_order_and_one_kind_can_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "登记.xlsx"
    path.write_bytes(registers_form(KINDS))
    book = openpyxl.load_workbook(path)
    for name, said in SAID.items():
        sheet = book[name]
        titles = {str(cell.value).partition("（")[0]: cell.column for cell in sheet[5]}
        for title, word in {"日期": dt.date(2026, 6, 10), **said}.items():
            sheet.cell(6, titles[title], word)
    book.move_sheet("会议", -6)
    book.create_sheet("说明")["A1"] = "六月"
    book.create_sheet("Sheet9")
    hidden = book.create_sheet("草稿")
    hidden["A1"], hidden.sheet_state = "x", "hidden"
    book.save(path)
    found = read_entries([path])
    assert list(found.entries) == [entry(name) for name in SAID]
    assert found.notices == ("登记.xlsx 的工作表“草稿”是隐藏的，没有读",)
    assert list(read_entries([path], kind_named("培训")).entries) == [entry("培训")]


def test_a_merged_cell_is_refused_rather_than_half_read(tmp_path: Path) -> None:
    path = tmp_path / "登记.xlsx"
    path.write_bytes(registers_form([kind_named("培训")]))
    book = openpyxl.load_workbook(path)
    sheet = book["培训"]
    sheet["A6"], sheet["B6"], sheet["B7"] = dt.date(2026, 6, 10), "除四害培训", "健教培训"
    sheet.merge_cells("A6:A7")
    book.save(path)
    with pytest.raises(ScoringError, match=r"单元格 A6: 与别的单元格合并了。取消合并，每一格都填上"):
        read_entries([path])


def test_the_form_limits_what_can_be_limited_and_has_the_same_bytes() -> None:
    found = openpyxl.load_workbook(io.BytesIO(registers_form(KINDS)))
    assert found.sheetnames == [kind.name for kind in KINDS]
    rules = {
        (name, rule.promptTitle): (rule.type, rule.formula1)
        for name in found.sheetnames
        for rule in found[name].data_validations.dataValidation
    }
    assert rules["通知通报", "种类"] == ("list", '"限期整改通知书,督查整改通知书,现场笔录,通报,通知"')
    assert rules["通知通报", "份数"] == ("whole", "1")
    assert rules["行动登记", "拆除横幅"] == ("whole", "0")
    assert rules["周五大扫除", "领导带头"] == ("list", '"是,否"')
    assert {rules[name, "日期"][0] for name in found.sheetnames} == {"date"}
    assert registers_form(KINDS) == registers_form(KINDS)


def test_totals_come_in_the_order_of_the_summary_with_their_measure_words() -> None:
    found = totals([], FIRST, LAST, WeekdayCalendar(), urged={"电话督导": 3})
    assert [(one.name, one.unit) for one in found.counts][:16] == [
        *((title.partition("（")[0], title[-2]) for title in ACTIONS[5:]), ("综合整治活动", "次"), ("参与人员", "人次"),
    ]  # fmt: skip
    assert found.counts[7].words == "查处撒漏垃圾、沙石，带泥上路车辆"
    last = found.counts[-1]
    assert (last.name, last.count, last.unit, last.source) == ("电话督导", 3, "次", "催办")


def test_what_nobody_wrote_down_is_told_and_not_taken_for_none() -> None:
    found = totals(
        [entry("行动登记", 参与人数="30"), entry("行动登记", "2026-06-11")], FIRST, LAST, WeekdayCalendar()
    )
    people = next(one for one in found.counts if one.name == "参与人员")
    assert (people.count, people.unsaid) == (30, 1)
    assert not any(one.unsaid for one in found.counts if one is not people)


def test_papers_that_two_registers_count_differently_are_doubted() -> None:
    both = [entry("行动登记", 限期整改通知书="12"), entry("通知通报", 种类="限期整改通知书", 份数="10")]
    (doubt,) = totals(both, FIRST, LAST, WeekdayCalendar()).doubts
    assert doubt == "限期整改通知书: 行动登记合计12份，通知通报合计10份；同一份只算一次，核对后再用"
    same = [both[0], entry("通知通报", 种类="限期整改通知书", 份数="12")]
    assert not totals(same, FIRST, LAST, WeekdayCalendar()).doubts
    assert not totals(both[:1], FIRST, LAST, WeekdayCalendar()).doubts


class Holidays(WeekdayCalendar):
    """Weekdays but Friday 2026-06-19."""

    def is_workday(self, day: dt.date) -> bool:
        return super().is_workday(day) and day != dt.date(2026, 6, 19)


def test_a_log_is_due_on_working_days_and_one_written_on_a_sunday_fills_no_gap() -> None:
    days = ["2026-06-15", "2026-06-16", "2026-06-18", "2026-06-21", "2026-06-22"]
    entries = [entry("督查日志", day) for day in days] + [entry("培训", "2026-06-17")]
    found = totals(entries, dt.date(2026, 6, 15), dt.date(2026, 6, 22), Holidays()).log
    assert (found.expected, found.kept, found.gaps) == (5, 4, (dt.date(2026, 6, 17),))


def swept(entries: list[Entry], weekday: int = 5) -> dict[str, tuple[int, int, int]]:
    return {
        one.unit: (one.expected, one.held, one.led)
        for one in sweeps(entries, FIRST, LAST, Holidays(), weekday)
    }


def test_weeks_are_swept_on_the_day_or_another_of_the_week_and_holidays_are_left_out() -> None:
    entries = [
        entry("周五大扫除", "2026-06-05"),
        entry("周五大扫除", "2026-06-14", 领导带头="否"),  # moved to the Sunday of the same week
        entry("周五大扫除", "2026-06-19"),  # the holiday's week is not expected
        entry("周五大扫除", "2026-06-26", 单位="西坡村"),
        entry("周五大扫除", "2026-06-27", 单位="西坡村"),
        entry("周五大扫除", "2026-05-29"),
    ]
    assert swept(entries) == {"": (3, 3, 2), "东岭村": (3, 2, 1), "西坡村": (3, 1, 1)}
    assert swept(entries, weekday=4)["东岭村"] == (4, 3, 2), "Thursdays: the 18th is worked"
    assert swept([]) == {"": (3, 0, 0)}


@pytest.mark.parametrize(
    ("first", "last", "weekday", "said"),
    [
        ("2026-06-02", "2026-06-01", 5, "开始 2026-06-02 晚于结束 2026-06-01"),
        ("0001-01-01", "9999-12-31", 5, "太长。一次最多合计十年"),
        ("9999-12-01", "9999-12-31", 6, "写 周一、周二、周三、周四、周五 中的一个"),
    ],
)
def test_days_that_cannot_be_added_up_are_refused(first: str, last: str, weekday: int, said: str) -> None:
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    with pytest.raises(ScoringError, match=said):
        totals([], *days, WeekdayCalendar(), weekday=weekday)


def test_the_last_day_there_is_can_be_added_up() -> None:
    assert totals([], dt.date(9999, 12, 1), dt.date.max, WeekdayCalendar()).log.expected == 23


# A plain second sum: what rows of text come to, added with nothing of the program but the titles.
def summed(rows: list[Mapping[str, str]], title: str) -> int:
    return sum(
        int(row.get(title) or 0) for row in rows if FIRST.isoformat() <= row["日期"] <= LAST.isoformat()
    )


_days = st.dates(dt.date(2026, 5, 25), dt.date(2026, 7, 6)).map(dt.date.isoformat)
_counts = st.one_of(st.just(""), st.integers(0, 999).map(str))
_rows = st.lists(
    st.fixed_dictionaries({"日期": _days, **dict.fromkeys(ACTIONS[4:], _counts)}), min_size=1, max_size=8
)


@given(rows=_rows, seed=st.integers(0, 9))
@settings(max_examples=60)
def test_the_counters_are_the_plain_sums_of_the_columns(
    rows: list[dict[str, str]], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sheet = [
        [row["日期"], f"行动{number}", "", "", *(row[title] for title in ACTIONS[4:])]
        for number, row in enumerate(rows)
    ]
    folder = tmp_path_factory.mktemp("r")
    entries = read_entries([write(folder / "行动登记.csv", [ACTIONS, *sheet])]).entries
    found = {one.name: one for one in totals(entries, FIRST, LAST, WeekdayCalendar()).counts[:16]}
    for title in ACTIONS[5:]:
        assert found[title.partition("（")[0]].count == summed(rows, title)
    inside = [row for row in rows if FIRST.isoformat() <= row["日期"] <= LAST.isoformat()]
    assert found["综合整治活动"].count == len(inside)
    assert (found["参与人员"].count, found["参与人员"].unsaid) == (
        summed(rows, "参与人数"), sum(row["参与人数"] == "" for row in inside),
    )  # fmt: skip
    random.Random(seed).shuffle(sheet)
    assert read_entries([write(folder / "行动登记.csv", [ACTIONS, *sheet])]).entries == entries


def test_every_column_that_counts_is_counted_once() -> None:
    counted = [(one.kind, one.column, one.only) for one in COUNTERS]
    assert len(counted) == len(set(counted))
    columns = {
        (kind.name, one.title)
        for kind in KINDS
        for one in kind.columns
        if one.unit or one.title == "领导带头"
    }
    assert columns == {(kind, column) for kind, column, _ in counted if column}


HOSTILE = [
    "=1+1",
    "\u202e",
    "9" * 400,
    "\ud83d",
    "A" * 10_001,
    "是\x00",
    "-0",
    "１２",
    "True",
    "2026-06-10",
    "\n\n",
    "、",
    "合计",
]
_cell = st.one_of(st.text(max_size=12), st.sampled_from(HOSTILE))


@given(
    name=st.sampled_from(list(SAID)),
    rows=st.lists(st.lists(_cell, min_size=5, max_size=5), max_size=4),
)
@settings(max_examples=150)
def test_any_cells_are_read_or_told(
    name: str, rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    titles = [one.title for one in kind_named(name).columns[:5]]
    path = write(tmp_path_factory.mktemp("c") / "c.json", [titles, *(row[: len(titles)] for row in rows)])
    try:
        found = read_entries([path], kind_named(name)).entries
    except ScoringError as error:
        assert all(one.message and str(one).encode("utf-8", "surrogatepass") for one in error.problems)
    else:
        assert found
        assert all(len(f"{said}") <= 10_000 for one in found for _, said in one.spoken())


@given(words=st.dictionaries(_cell, _cell, max_size=5), name=st.sampled_from(list(SAID)))
def test_any_words_of_a_command_are_read_or_told(words: dict[str, str], name: str) -> None:
    try:
        assert written(kind_named(name), words).values
    except ScoringError as error:
        assert all(one.message for one in error.problems)
