"""What the made-up township's year promises: believable sheets, orders with a fate, a standard that changes, an appeal that counts."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import pytest
from python_calamine import load_workbook

from fixtures.township.campaigns import CAMPAIGN, CLEANING, LOG, NOTICES, TRAINING
from fixtures.township.names import LENIENT
from fixtures.township.office import LAW, Office
from fixtures.township.plan import workdays
from fixtures.township.villages import CHANGED, ROUGHLY
from scoring import columns
from scoring.analysis.consistency.consistency import consistency
from scoring.api import compare, outcomes
from scoring.find import find_standards, review_standards
from scoring.inspection import Inspection, NotChecked
from scoring.rectify.orders import Order
from scoring.score import Assessment
from scoring.sheets.register import read_register

ROOT = Path(__file__).parent.parent
YEAR = ROOT / "fixtures" / "year"
MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 13))
END = "2026-nian-di"
OFFICE = Office(read_register(ROOT / "fixtures" / "register.xlsx").units)


@lru_cache
def visits(name: str) -> tuple[Inspection, ...]:
    """Return the visits of a workbook, which is read without a problem or not at all."""
    return OFFICE.read(YEAR / f"{name}.xlsx")


@lru_cache
def scored(name: str) -> Assessment:
    return OFFICE.scored(visits(name))


def to(kind: str, name: str) -> list[Inspection]:
    return [one for one in visits(name) if one.unit.kind == kind]


def scores(standard: str) -> list[float]:
    cards = [card for name in MONTHS for card in scored(name).cards if card.program.standard.id == standard]
    return [float(card.score) for card in cards if card.score is not None and card.checked]


def orders() -> list[Order]:
    return [order for name in (*MONTHS, END) for order in scored(name).orders]


# The visits


@pytest.mark.parametrize("name", MONTHS)
def test_a_month_holds_the_visits_it_should(name: str) -> None:
    month = int(name[5:])
    sources = Counter(one.source for one in to("行政村", name))
    assert sources["日常"] == 44
    assert sources["月末集中"] == 22 + 3
    assert sources["暗访"] == 4
    assert 1 <= sources["曝光"] + sources["领导交办"] <= 2
    assert Counter(one.source for one in to("路段", name)) == {"日常": 14, "月末集中": 14}
    assert len(to("商户", name)) == (146 if month % 3 == 2 else 0)
    assert len(to("学校", name)) + len(to("乡直单位", name)) + len(to("辖区单位", name)) == 26
    days = workdays(month)
    assert all(one.date in days for one in visits(name))
    assert not scored(name).problems


def test_the_year_ends_with_a_visit_to_every_unit_in_december() -> None:
    assert {one.unit.id for one in visits(END)} == {one.id for one in OFFICE.register.units}
    assert {(one.source, one.date.month) for one in visits(END)} == {("年底集中", 12)}


def test_nobody_visits_a_unit_twice_on_a_day_but_two_pairs() -> None:
    every = [one for name in (*MONTHS, END) for one in visits(name) if one.unit.kind in ("行政村", "路段")]
    same_day: dict[tuple[str, dt.date], list[Inspection]] = defaultdict(list)
    for one in every:
        same_day[one.unit.id, one.date].append(one)
    doubles = [own for own in same_day.values() if len(own) > 1]
    assert len(doubles) == 3 * 12
    for one, other in doubles:
        assert not {*one.inspectors} & {*other.inspectors}
        assert (LENIENT in one.inspectors) != (LENIENT in other.inspectors)


@pytest.mark.parametrize(("standard", "middle", "spread"), [("WL", 85, 9), ("WH", 86, 6), ("SB", 86, 11)])
def test_scores_are_believable(standard: str, middle: float, spread: float) -> None:
    found = scores(standard)
    assert mean(found) == pytest.approx(middle, abs=1.5)
    assert stdev(found) == pytest.approx(spread, abs=1.5)
    assert 0.2 < sum(one >= 90 for one in found) / len(found) < 0.5


def test_three_villages_are_bad_and_four_are_good() -> None:
    found: dict[str, list[float]] = defaultdict(list)
    for name in MONTHS:
        for card in scored(name).cards:
            if card.program.standard.id == "WL" and card.score is not None:
                found[card.inspection.unit.name].append(float(card.score))
    ranked = sorted(found, key=lambda name: mean(found[name]))
    assert set(ranked[:3]) == {"南沟村", "白杨村", "双河村"}
    assert set(ranked[-6:]) >= {"东岭村", "柳树村", "王庄村", "永丰村"}


def test_twice_the_straw_lies_about_at_harvest() -> None:
    straw = {
        name: mean(int(str(one.answers["柴草乱放处数"])) for one in to("行政村", name)) for name in MONTHS
    }
    harvest = mean((straw["2026-06"], straw["2026-10"]))
    assert harvest / mean(straw[name] for name in MONTHS if name not in ("2026-06", "2026-10")) > 1.6


def test_four_villages_keep_no_livestock_all_year() -> None:
    for name in (*MONTHS, END):
        without = {one.unit.name for one in to("行政村", name) if one.answers["养殖情况"] == "无养殖"}
        assert without == {"北湾村", "青山村", "赵湾村", "前进村"}


def test_some_shops_are_locked_and_schools_have_holidays() -> None:
    reasons = Counter(
        (name, answer.reason)
        for name in MONTHS
        for one in visits(name)
        if isinstance(answer := one.answers.get("责任牌"), NotChecked)
    )
    assert {name for name, reason in reasons if reason == "锁门"} == {
        "2026-02",
        "2026-05",
        "2026-08",
        "2026-11",
    }
    assert all(4 <= number <= 20 for (_, reason), number in reasons.items() if reason == "锁门")
    assert {key: number for key, number in reasons.items() if key[1] == "放假"} == {
        ("2026-07", "放假"): 7, ("2026-08", "放假"): 7,
    }  # fmt: skip


def test_one_inspector_is_lenient_by_about_three_points() -> None:
    found = consistency(
        card for name in MONTHS for card in scored(name).cards if card.program.standard.id == "WL"
    )
    assert len(found.pairs) == 3 * 12
    apart = [
        float(one.score - other.score) * (1 if LENIENT in one.inspection.inspectors else -1)
        for one, other in ((pair.one, pair.other) for pair in found.pairs)
        if one.score is not None and other.score is not None
    ]
    assert 2 < mean(apart) < 4.5
    assert found.leniency[0].inspector == LENIENT


# What persists


def places(name: str) -> set[tuple[str, str, str]]:
    """Return where in villages and along roads something was found, whatever a pair calls the place."""
    return {
        (one.unit.id, one.subject, place.removesuffix(ROUGHLY))
        for one in scored(name).orders
        for place in one.places
        if one.unit.kind in ("行政村", "路段")
    }


def test_about_eighteen_faults_in_a_hundred_are_there_again_next_month() -> None:
    months = [places(name) for name in MONTHS]
    again = sum(len(one & other) for one, other in pairwise(months))
    assert again / sum(map(len, months[:-1])) == pytest.approx(0.18, abs=0.02)
    skipped = sum(
        len((one & three) - two) for one, two, three in zip(months, months[1:], months[2:], strict=False)
    )
    assert skipped / sum(map(len, months[:-2])) > 0.04, "改好又犯的"


# The replies


def replies() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each line of 整改回复 with the name of its sheet, in their order."""
    for path in sorted(YEAR.glob("*-hui-fu.xlsx")):
        (name,) = (book := load_workbook(str(path))).sheet_names
        head, *rows = book.get_sheet_by_name(name).to_python()
        assert (name, head) == (columns.REPLIES, list(columns.REPLY))
        for row in rows:
            yield path.name.removesuffix("-hui-fu.xlsx"), dict(zip(head, row, strict=True))


def test_every_reply_stands_in_the_sheet_of_the_month_it_came_in() -> None:
    last = {one.date for one in visits(END)}
    for sheet, row in replies():
        assert not row[columns.ORDER]
        assert sheet != END or row[columns.DATE] in last
        for title in (columns.RECEIVED_ON, columns.REPLIED_ON, columns.VERIFIED_ON):
            if row[title] and sheet != END:
                assert min(f"{row[title]:%Y-%m}", "2027-01") == sheet


def test_an_order_is_named_by_unit_day_item_and_place() -> None:
    found = {(one.unit.name, one.inspection.date, one.subject, "、".join(one.places)) for one in orders()}
    named = {
        (row[columns.UNIT], row[columns.DATE], row[columns.ITEM], row[columns.PLACE_SUFFIX])
        for _, row in replies()
    }
    assert named <= found
    assert len(named) > 6000


# The standard that changed


def test_the_new_standard_has_no_doubt_and_passes_its_own_tests() -> None:
    (found,) = review_standards([str(LAW)])
    assert not found.doubts
    (standard,) = find_standards([str(LAW)])
    assert (standard.id, standard.starts) == ("WL", CHANGED)
    assert all(one.passed for one in outcomes(standard))


def test_what_changed_in_july_can_be_told() -> None:
    old, new = find_standards(["WL"])[0], find_standards([str(LAW)])[0]
    found, replayed = compare(old, new)
    assert set(found.affected) == {"WL-01", "WL-02", "WL-03", "WL-06", "WL-10", "WL-12"}
    assert replayed is not None


@pytest.mark.parametrize("name", [*MONTHS, END])
def test_a_visit_is_judged_by_the_law_of_its_day(name: str) -> None:
    starts = {card.program.standard.starts for card in scored(name).cards if card.program.standard.id == "WL"}
    assert starts == {CHANGED if name >= "2026-07" else dt.date(2022, 1, 1)}


# The appeal, the registers, the sequence of commands


def test_the_appeal_moves_its_village_up() -> None:
    text = (YEAR / "shen-su.md").read_text("utf-8")
    said = dict(re.findall(r"^- (\S+): (.+)$", text, re.MULTILINE))
    about = (said["被检单位"], said["检查日期"], said["来源"], said["检查人员"])
    every = visits(said["月份"])
    (one,) = [
        one for one in every if (one.unit.name, str(one.date), one.source, "、".join(one.inspectors)) == about
    ]
    item = said["检查项"]
    assert one.answers[item] == Decimal(said["记录"])
    right = replace(
        one,
        answers={**one.answers, item: Decimal(said["应为"])},
        places={**one.places, item: tuple(said["点位应为"].split("、"))},
    )
    before, after = OFFICE.ranks(every), OFFICE.ranks([right if visit is one else visit for visit in every])
    assert (after[one.unit.id] or 0) < (before[one.unit.id] or 0)


def test_the_registers_carry_the_counters_with_their_measure_words() -> None:
    book = load_workbook(str(YEAR / "xing-dong.xlsx"))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert {name: tuple(head) for name, (head, *_) in sheets.items()} == {
        "行动登记": CAMPAIGN, "督查日志": LOG, "周五大扫除": CLEANING, "培训": TRAINING, "通知通报": NOTICES,
    }  # fmt: skip
    sums: Counter[str] = Counter()
    for _, _, _, _, *row in sheets["行动登记"][1:]:
        sums.update({title: int(cell or 0) for title, cell in zip(CAMPAIGN[4:], row, strict=True)})
    assert len(sums) == 15
    assert all(sums.values()), "综合整治活动的次数就是行数，其余十五项样样都有"


def test_the_year_stays_small() -> None:
    assert sum(path.stat().st_size for path in YEAR.iterdir()) < 3_000_000
