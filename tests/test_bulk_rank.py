"""Ranks at scale are those that a round's standings say, by any scheme over any round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import columns
from scoring.bulk.rank.below import Below
from scoring.bulk.rank.run import judge, rank
from scoring.bulk.register import registered
from scoring.errors import ScoringError
from scoring.inspection import Unit
from scoring.judge import card_line
from scoring.judge.standing import CardLine, Standing
from scoring.rule.scheme import Scheme
from tests.bulk_run import run
from tests.round_support import scheme, standings
from tests.support import scorer
from tests.test_bulk import CALENDAR, INFER, LAWS, as_csv, made_up, row, table
from tests.test_judge_properties import SOURCES, STANDARDS, UNITS
from tests.test_judge_properties import lines as drawn

VETO = {"": None, "possible": "未定", "certain": "是"}
NAMES = (
    columns.CODE, columns.KIND, "标准", "来源", columns.DATE, "检查人员", "第几次", "最低", "最高", "查到", "一票否决", "否决等次",
)  # fmt: skip
# One's reason is told in fewer words than the sheets' own.
MISSING = "缺来源或标准的得分，或都没查到"


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    more = {
        "标准": draw(st.sampled_from(STANDARDS)),
        "同源几次": draw(st.sampled_from(["平均", "最低", "最近"])),
        "缺来源": draw(st.sampled_from(["按其余折算", "不排名"])),
        "保留": str(draw(st.integers(0, 4))),
        "分组": draw(st.sampled_from(["[类别]", "[片区]", "[类别, 片区]", "[]"])),
        "并列": draw(st.sampled_from(["占位", "连续"])),
        "查到比例不低于": draw(st.sampled_from(["0%", "60%", "75.5%"])),
    }
    if draw(st.booleans()):
        more["来源"] = SOURCES
    return scheme(**more)


def cards(lines: Iterable[CardLine]) -> str:
    """Return the query of lines as the cards of a run."""
    rows = [
        (one.unit.id, one.unit.kind, one.standard, one.source, one.date, "、".join(one.inspectors), one.number,
         one.low, one.high, one.coverage, VETO[one.veto], one.veto_grade or None)
        for one in lines
    ]  # fmt: skip
    told = ", ".join(f"({', '.join(map(_written, each))})" for each in rows)
    names = ", ".join(f'"{name}"' for name in NAMES)
    return f"SELECT * FROM (VALUES {told}) AS t({names})"


def _written(value: object) -> str:
    if value is None:
        return "NULL::VARCHAR"
    return (
        f"{value:.2f}::DECIMAL(18, 2)"
        if isinstance(value, Decimal)
        else str(value)
        if isinstance(value, int)
        else f"'{value}'"
    )


def told(
    law: Scheme, query: str, units: list[Unit], rounds: Sequence[Below] = ()
) -> dict[tuple[str, str], tuple[object, ...]]:
    with duckdb.connect() as connection:
        if units:
            registered(units, connection)
        judge(law, query, connection, rounds, given=bool(units))
        rows = connection.execute(
            "SELECT unit, subject, low, high, grade, seen, place, from_last, peers, unranked, beaten FROM standings"
        ).fetchall()
    return {one[:2]: one[2:] for one in rows}


def wanted(law: Scheme, found: Iterable[Standing]) -> Iterator[tuple[tuple[str, str], tuple[object, ...]]]:
    every = list(found)
    for one in every:
        peers = [two for two in every if two.rank and (two.standard, two.group) == (one.standard, one.group)]
        beaten = sum(two.low < one.low for two in peers if two.low is not None and one.low is not None)
        low, high = (None if end is None else int(end * 10**law.places) for end in (one.low, one.high))
        seen = None if one.coverage is None else int(one.coverage * 10**4)
        yield (one.unit.id, one.standard), (
            low, high, one.grade, seen, one.rank, one.last, one.peers, one.unranked,
            None if one.rank is None else beaten,
        )  # fmt: skip


def alike(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Return whether two say the same, but for how they say what is missing."""
    if other[7] == MISSING:
        return one[:7] == other[:7] and bool(one[7]) and one[8] == other[8]
    return one == other


@given(schemes(), st.lists(drawn(), min_size=1, max_size=40), st.booleans())
def test_the_places_are_those_of_the_standings(law: Scheme, cards_: list[CardLine], given_: bool) -> None:
    used = {one.id for one in law.standards}
    lines = [one for one in {one.visit: one for one in cards_}.values() if one.standard in used]
    if not lines or ("片区" in law.groups and not given_):
        return
    units = UNITS if given_ else []
    ours = dict(wanted(law, standings(law, lines, units=units)))
    theirs = told(law, cards(lines), units)
    assert ours.keys() == theirs.keys()
    for key, one in ours.items():
        assert alike(one, theirs[key]), (key, one, theirs[key])


def test_what_a_spreadsheet_would_calculate_is_written_as_words(tmp_path: Path) -> None:
    visits = [row(replace(VISITS[0], unit=replace(VISITS[0].unit, id="=1+2")))]
    run([as_csv(tmp_path / "表.csv", visits)], tmp_path / "out", LAWS[:1], INFER, CALENDAR)
    rank(tmp_path / "out", WL, tmp_path / "排名.csv")
    assert "\n'=1+2," in (tmp_path / "排名.csv").read_text("utf-8-sig")


WL = scheme(标准="[{标准: WL}]", 来源="{日常: {占: 60%}, 暗访: {占: 40%}}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("run")
    visits = [row(one) for one in VISITS]
    run([as_csv(made / "表.csv", visits)], made / "out", LAWS[:1], INFER, CALENDAR)
    return made / "out"


VISITS = [one for one in made_up(240) if one.unit.kind in LAWS[0].kinds]


def test_a_run_is_ranked_as_its_cards_are_in_a_round(folder: Path, tmp_path: Path) -> None:
    rank(folder, WL, tmp_path / "排名.parquet")
    found = standings(WL, map(card_line, scorer(LAWS[0]).score(VISITS).cards))
    names = (columns.CODE, "标准", "最低", "最高", "等次", "名次", "倒数名次", "同组")
    assert [tuple(one[name] for name in names) for one in table(tmp_path, "排名.parquet")] == [
        (one.unit.id, one.standard, one.low, one.high, one.grade, one.rank, one.last, one.peers)
        for one in found
    ]


@pytest.mark.parametrize("name", ["上次.parquet", "上次.csv"])
def test_the_changes_since_the_last_time_are_told(folder: Path, tmp_path: Path, name: str) -> None:
    rank(folder, WL, tmp_path / name)
    rank(folder, WL, tmp_path / "再来.parquet", last=tmp_path / name)
    rows = table(tmp_path, "再来.parquet")
    assert any(one["名次"] for one in rows)
    for one in rows:
        assert one["上次得分"] == one["得分"] and one["上次名次"] == one["名次"]
        assert one["名次变化"] == (None if one["名次"] is None else 0)


def test_the_register_says_who_must_be_judged_and_among_whom(folder: Path, tmp_path: Path) -> None:
    law = scheme(标准="[{标准: WL, 适用: [行政村]}]", 分组="[片区]")
    units = [one.unit for one in VISITS] + [Unit("无", "没去的村", "行政村", "东片")]
    rank(folder, law, tmp_path / "排名.csv", units=[*{one.id: one for one in units}.values()])
    text = (tmp_path / "排名.csv").read_text("utf-8-sig")
    assert "没有检查" in text and "名册没填片区，分不了组" in text


@pytest.mark.parametrize(
    ("law", "message"),
    [
        (scheme(标准="[{标准: DC}]"), "没有用标准“WL”"),
        (scheme(标准="[{标准: WL}]", 来源="{日常: {占: 100%}}"), "没有“暗访”这个来源"),
        (scheme(周期="年", 标准="[{标准: WL}]", 组成="[{轮次: 季, 占: 100%}]"), "不另查，用不上评分的结果"),
    ],
)
def test_what_a_scheme_has_no_place_for_is_refused_and_nothing_is_written(
    folder: Path, tmp_path: Path, law: Scheme, message: str
) -> None:
    with pytest.raises(ScoringError, match=message):
        rank(folder, law, tmp_path / "排名.parquet")
    assert not list(tmp_path.iterdir())
