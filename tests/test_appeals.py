"""申诉: decided by somebody else, a 更正 is a new version in which nothing but the visit (and the ranks) moves."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.inspection import Inspection, Occurrence, Unit
from scoring.judge.appeal import Appeal, Ruling, Which
from scoring.load.rules import shipped_schemes
from scoring.store import Store
from tests import round_support
from tests.store_support import (
    AT,
    CLEAN,
    DAYS,
    LAWS,
    VILLAGES,
    closed,
    everything,
    opened,
    scheme,
    seen,
    store,
    visits,
)
from tests.support import clause, standard

ONE = VILLAGES[0]
THIRD = Which(dt.date(2026, 6, 3))
RIGHT = {"垃圾乱倒处数": "0"}
LATER = "2026-07-06T10:00:00+08:00"


def file(found: Store, unit: str = "村1", visit: Which = THIRD, **more: str) -> Appeal:
    return found.appeals.file("六月", unit, visit, "照片是邻村的", about=("WL-01",), who="赵", at=AT, **more)


def amend(found: Store, number: int = 1, changes: Mapping[str, str] = RIGHT, who: str = "孙") -> Appeal:
    return found.appeals.decide(number, Ruling.AMENDED, "照片核对过", changes, who=who, at=LATER)


def test_one_appeal_moves_one_visit_and_the_ranks_and_nothing_else(database: str) -> None:
    found = closed(database)
    before = everything(database)
    first = found.rounds.ranking("六月")
    file(found)
    decision = amend(found).decision
    after = everything(database)
    assert decision is not None
    new = {name: [row for row in after[name] if row not in before[name]] for name in after}
    gone = {name: [row for row in before[name] if row not in after[name]] for name in after}
    (old,), (round,) = gone.pop("visit"), gone.pop("round")
    assert not any(gone.values())
    assert (old["unit"], old["date"], old["source"]) == (ONE.id, "2026-06-03", "日常")
    assert new.pop("round") == [{**round, "version": 2}]
    right, ended = sorted(new.pop("visit"), key=lambda row: row["replaced_by"] is not None)
    assert ended == {**old, "ended": 6, "replaced_by": right["id"]}
    assert [row["kind"] for row in new.pop("event")] == ["申诉", "更正"]
    assert [(row["state"], row["event"], row["decided"]) for row in new.pop("appeal")] == [("更正", 5, 6)]
    (scored,) = new.pop("scored")
    assert (scored["version"], scored["own"], scored["rest"], scored["sha256"]) == (2, 6, 3, decision.sha256)
    for name, changed in (("card", right["unit"]), ("outcome", right["unit"]), ("standing", None)):
        for row in new.pop(name):
            same = {**row, "version": 1} in before[name]
            assert same or changed in (None, row["unit"]), name
    assert not any(new.values())
    second = found.rounds.ranking("六月")
    for was, now in zip(
        *(sorted(one.standings, key=lambda each: each.unit.id) for one in (first, second)), strict=True
    ):
        assert (was.parts == now.parts) is (now.unit != ONE)
        assert (was.score == now.score) is (now.unit != ONE)
    found.close()


def test_the_round_is_verified_afterwards_and_every_version_comes_out_again(database: str) -> None:
    found = closed(database)
    first = found.rounds.judged("六月")
    file(found)
    second = amend(found).decision
    assert second is not None
    assert found.trail.verify() == (6, None)
    assert found.rounds.judged("六月", 1).sha256 == first.sha256
    assert found.rounds.judged("六月").sha256 == found.rounds.judged("六月", 2).sha256 == second.sha256
    assert found.rounds.judged("六月", 1).standings == first.standings
    found.close()


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ('UPDATE visit SET body=replace(body, \'"number":"0"\', \'"number":"1"\') WHERE event=6', 6),
        ('UPDATE visit SET body=replace(body, \'"number":"0"\', \'"number":"1"\') WHERE ended=6', 2),
        ("UPDATE visit SET ended=NULL WHERE ended=6", 6),
        ('UPDATE card SET body=replace(body, \'"score":"\', \'"score":"1\') WHERE version=1', 4),
        ('UPDATE card SET body=replace(body, \'"score":"\', \'"score":"1\') WHERE version=2', 6),
        ("UPDATE standing SET body=replace(body, '\"rank\":1', '\"rank\":3') WHERE version=1", 4),
        ("UPDATE standing SET body=replace(body, '\"rank\":1', '\"rank\":3') WHERE version=2", 6),
        ("UPDATE event SET body=replace(body, '照片核对过', '说情') WHERE number=6", 6),
    ],
)
def test_what_is_changed_past_an_amendment_is_caught(tmp_path: Path, change: str, number: int) -> None:
    path = tmp_path / "考核.db"
    found = closed(path)
    file(found)
    amend(found)
    with sqlite3.connect(path) as connection:
        assert connection.execute(change).rowcount
    connection.close()
    broken = found.trail.verify()[1]
    assert broken is not None
    assert broken.number == number
    found.close()


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which 六月 is closed, to be copied."""
    path = tmp_path_factory.mktemp("六月") / "考核.db"
    closed(path).close()
    return path


amendments = st.tuples(
    st.sampled_from(VILLAGES),
    st.sampled_from([(3, "日常"), (17, "日常"), (29, "月末集中")]),
    st.dictionaries(
        st.sampled_from(["垃圾乱倒处数", "污水乱泼户数", "柴草堵路"]), st.integers(0, 12), min_size=1
    ),
)


@given(st.lists(amendments, min_size=1, max_size=2))
@settings(max_examples=8)
def test_whatever_is_put_right_the_bytes_of_the_versions_before_stay(
    tmp_path_factory: pytest.TempPathFactory,
    june: Path,
    drawn: list[tuple[Unit, tuple[int, str], dict[str, int]]],
) -> None:
    path = tmp_path_factory.mktemp("更正") / "考核.db"
    shutil.copy(june, path)
    found = store(path)
    kept: dict[int, str] = {1: found.rounds.judged("六月").sha256}
    for number, (unit, (day, source), wanted) in enumerate(drawn, start=1):
        before = everything(path)
        file(found, unit.name, Which(dt.date(2026, 6, day), source))
        try:
            amend(found, number, {name: _answer(name, n) for name, n in wanted.items()})
        except ScoringError as error:
            assert "与原来一样" in str(error)  # nothing was to be put right
            found.appeals.decide(number, Ruling.UPHELD, "记录无误", who="孙", at=LATER)
        else:
            kept[len(kept) + 1] = found.rounds.judged("六月").sha256
        after = everything(path)
        for name in ("card", "standing", "scored", "outcome", "event", "rule_text", "unit"):
            assert [row for row in before[name] if row not in after[name]] == []
        bodies = [{row["id"]: row["body"] for row in some["visit"]} for some in (before, after)]
        assert bodies[0].items() <= bodies[1].items()
    assert {version: found.rounds.judged("六月", version).sha256 for version in kept} == kept
    assert found.trail.verify()[1] is None
    found.close()


def _answer(name: str, number: int) -> str:
    return ("是" if number % 2 else "否") if name == "柴草堵路" else str(number)


def test_an_upheld_record_stays_as_it_is(database: str) -> None:
    found = closed(database)
    file(found)
    before = everything(database)
    one = found.appeals.decide(1, Ruling.UPHELD, "现场复核过，记录无误", who="孙", at=LATER)
    after = everything(database)
    assert (one.state, one.decision and one.decision.reason) == ("维持", "现场复核过，记录无误")
    assert {name for name in after if after[name] != before[name]} == {"appeal", "event"}
    assert found.trail.verify()[1] is None
    with pytest.raises(ScoringError, match="第1号申诉维持，没有更正"):
        found.appeals.notice(1)
    found.close()


def test_in_an_open_round_the_same_holds_and_it_can_be_closed_as_it_is(database: str) -> None:
    found = opened(database)
    found.rounds.take_in("六月", visits(), [], who="李", at=AT)
    first = found.rounds.score("六月", who="王", at=AT)
    file(found)
    decision = amend(found).decision
    assert decision is not None
    assert (decision.version, decision.sha256 != first.sha256) == (2, True)
    assert found.rounds.judged("六月").sha256 == decision.sha256
    found.rounds.close("六月", who="王", at=AT)
    assert found.trail.verify()[1] is None
    found.close()


def test_in_a_round_that_was_never_scored_only_the_visit_changes(database: str, tmp_path: Path) -> None:
    found = opened(database)
    found.rounds.take_in("六月", visits(), [], who="李", at=AT)
    file(found)
    before = everything(database)
    decision = amend(found).decision
    assert decision is not None
    assert (decision.version, found.rounds.status("六月").cards) == (None, 0)
    after = everything(database)
    assert {name for name in after if after[name] != before[name]} == {"appeal", "event", "visit"}
    assert found.appeals.notice(1)[-1] == "本轮当时还没有评分，评分时按更正后的算"
    right = [one for one in visits() if one.unit != ONE or one.date.day != 3]
    right.append(seen(ONE, 3, 垃圾乱倒处数=Decimal(0), 柴草乱放处数=visits()[0].answers["柴草乱放处数"]))
    other = opened(tmp_path / "另.db")
    other.rounds.take_in("六月", right, [], who="李", at=AT)
    assert found.rounds.score("六月", who="王", at=AT).sha256 == other.rounds.judged("六月").sha256
    found.close()
    other.close()


def test_visits_that_came_after_the_scoring_must_be_scored_first(tmp_path: Path) -> None:
    found = opened(tmp_path / "考核.db")
    found.rounds.take_in("六月", visits(), [], who="李", at=AT)
    found.rounds.score("六月", who="王", at=AT)
    found.rounds.take_in("六月", [seen(VILLAGES[3], 20)], [], who="李", at=AT)
    file(found)
    head = found.trail.head()
    with pytest.raises(ScoringError, match="评分以后又导入了检查。先运行 chuangwei round score 六月"):
        amend(found)
    assert found.trail.head() == head
    found.rounds.score("六月", who="王", at=AT)
    assert amend(found).state == "更正"
    found.close()


def test_points_and_waivers_given_since_do_not_enter_an_amendment(tmp_path: Path) -> None:
    found = opened(tmp_path / "考核.db")
    found.rounds.take_in("六月", visits(), [], who="李", at=AT)
    found.rounds.score("六月", who="王", at=AT)
    found.rounds.add_points("六月", "村2", Decimal(2), "获奖", who="王", at=AT)
    found.waivers.grant("村3", "WL-01", DAYS, "修路", who="王", at=AT)
    file(found)
    amend(found)
    shown = found.rounds.ranking("六月").standings
    assert all(not one.extras and one.without is None for one in shown)
    found.rounds.score("六月", who="王", at=AT)
    shown = found.rounds.ranking("六月").standings
    assert ([one.unit.id for one in shown if one.extras], [one.unit.id for one in shown if one.without]) == (
        ["02"],
        ["03"],
    )
    found.close()


def test_a_visit_appealed_twice_is_put_right_twice(tmp_path: Path) -> None:
    found = closed(tmp_path / "考核.db")
    file(found)
    found.appeals.file("六月", "村1", THIRD, "柴草是邻村的", who="赵", at=AT)
    amend(found)
    second = amend(found, 2, {"柴草乱放处数": "9"}).decision
    assert second is not None
    assert second.version == 3
    assert found.trail.verify()[1] is None
    found.close()


def test_a_count_of_rows_is_put_right_row_by_row(database: str) -> None:
    rows = (Occurrence("垃圾乱倒处数", "村口", Decimal(2)), Occurrence("垃圾乱倒处数", "河边", Decimal(3)))
    answers = {key: value for key, value in CLEAN.items() if key != "垃圾乱倒处数"}
    detailed = Inspection(
        ONE, dt.date(2026, 6, 9), answers, frozenset(CLEAN), inspectors=("李",), occurrences=rows
    )
    found = closed(database, [*visits(), detailed])
    file(found, visit=Which(dt.date(2026, 6, 9)))
    with pytest.raises(ScoringError, match="由问题明细的2行合计"):
        amend(found)
    amend(found, changes={"垃圾乱倒处数@河边": "0"})
    (card,) = (one for one in found.rounds.judged("六月").assessment.cards if one.inspection.date.day == 9)
    assert (card.findings[0].count, card.findings[0].places) == (Decimal(2), ("村口",))
    assert "  垃圾乱倒处数 河边: 原记3，去掉" in found.appeals.notice(1)
    assert "  垃圾乱倒处数: 原记5，应为2" in found.appeals.notice(1)
    assert found.trail.verify()[1] is None
    found.close()


def test_closed_rounds_that_rest_on_it_are_named_and_not_changed(database: str) -> None:
    found = closed(database)
    july = dt.date(2026, 7, 1), dt.date(2026, 7, 31)
    quarter = dt.date(2026, 6, 1), dt.date(2026, 8, 31)
    laws = {one.id: one for one in shipped_schemes()}
    found.rounds.open("七月", july, scheme(), LAWS, VILLAGES, who="李", at=AT)
    shifted = [Inspection(one.unit, july[0], one.answers, one.columns) for one in visits()[::3]]
    found.rounds.take_in("七月", shifted, [], who="李", at=AT)
    found.rounds.open("三季度", quarter, laws["JDK"], LAWS, VILLAGES, who="李", at=AT)
    for name in ("七月", "三季度"):
        found.rounds.score(name, who="王", at=AT)
        found.rounds.close(name, who="王", at=AT)
    kept = {name: found.rounds.judged(name).sha256 for name in ("七月", "三季度")}
    found.rounds.open("后来", quarter, laws["JDK"], LAWS, VILLAGES, who="李", at=AT)
    before = {one.unit.id: one.score for one in found.rounds.judged("后来").standings}
    file(found)
    decision = amend(found).decision
    assert decision is not None
    assert decision.later == (("三季度", "由本轮得分合成"), ("七月", "重复、连续按本轮结果算"))
    assert {name: found.rounds.judged(name).sha256 for name in kept} == kept
    assert found.trail.verify()[1] is None
    told = found.appeals.notice(1)
    assert "“三季度”已结束，由本轮得分合成，用的是更正前的结果，不因这次更正改变" in told
    now = {one.unit.id: one.score for one in found.rounds.judged("后来").standings}
    assert {id for id, score in now.items() if score != before[id]} == {ONE.id}
    found.close()


def test_the_file_a_visit_was_read_from_does_not_bring_back_what_was_put_right(database: str) -> None:
    found = opened(database)
    found.rounds.take_in("六月", visits(), [("六月.xlsx", b"1")], who="李", at=AT)
    found.rounds.score("六月", who="王", at=AT)
    file(found)
    decision = amend(found).decision
    assert decision is not None
    again = found.rounds.take_in("六月", visits(), [("六月.xlsx", b"1")], who="李", at=AT, replace=True)
    assert (again.new, again.known, again.differences) == (0, 24, ())
    assert found.rounds.judged("六月").sha256 == decision.sha256
    with pytest.raises(ScoringError, match="2026-06-03 的检查经申诉更正过，不能用导入代替"):
        found.rounds.take_in(
            "六月", [seen(ONE, 3, 垃圾乱倒处数=Decimal(11))], [], who="李", at=AT, replace=True
        )
    assert found.rounds.judged("六月").sha256 == decision.sha256
    found.close()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda one: file(one, "村9"), "没有“村9”"),
        (
            lambda one: file(one, visit=Which(dt.date(2026, 6, 4))),
            "没有“2026-06-04”这次检查。有: 2026-06-03 日常 李、王；",
        ),
        (lambda one: one.appeals.file("七月", "村1", THIRD, "冤", who="赵", at=AT), "没有“七月”这一轮"),
        (lambda one: one.appeals.file("六月", "村1", THIRD, " ", who="赵", at=AT), "申诉没写理由"),
        (lambda one: one.appeals.file("六月", "村1", THIRD, "冤", who=" ", at=AT), "没写是谁做的"),
        (lambda one: one.appeals.file("六月", "村1", THIRD, "冤", who="赵\u200b", at=AT), "看不见的字符"),
        (
            lambda one: one.appeals.file("六月", "村1", THIRD, "冤" * 1001, who="赵", at=AT),
            "申诉的理由太长（1001字）",
        ),
        (lambda one: one.appeals.file("六月", "村1", THIRD, "冤", who="赵" * 201, at=AT), "--by 太长"),
        (
            lambda one: one.appeals.file("六月", "村1", THIRD, "冤", about=("WL-1",), who="赵", at=AT),
            "没有“WL-1”这个条款或检查项。.*是不是“WL-01”？",
        ),
        (lambda one: (file(one), file(one)), "同样的申诉已有第1号，还没有复核"),
        (lambda one: amend(one, 7), "没有第7号申诉"),
        (lambda one: (file(one), amend(one, who="李")), "李是这次检查的检查人员，不能复核"),
        (lambda one: (file(one), amend(one, who="孙、王")), "王是这次检查的检查人员"),
        (lambda one: (file(one), amend(one, who="赵")), "赵是提申诉的人，不能复核"),
        (lambda one: (file(one), one.appeals.decide(1, Ruling.UPHELD, "", who="孙", at=AT)), "裁定没写理由"),
        (
            lambda one: (file(one), one.appeals.decide(1, Ruling.UPHELD, "对", RIGHT, who="孙", at=AT)),
            "维持的申诉不能改答案",
        ),
        (lambda one: (file(one), amend(one, changes={})), "没写改什么"),
        (lambda one: (file(one), amend(one), amend(one)), "第1号申诉已由孙裁定（更正）"),
        (lambda one: (file(one), amend(one, changes={"垃圾乱倒处数": "两处"})), "应填数字，不是“两处”"),
        (lambda one: one.appeals.all("七月"), "没有“七月”这一轮"),
    ],
)
def test_what_cannot_be_is_said_with_the_way_out(
    tmp_path: Path, act: Callable[[Store], object], said: str
) -> None:
    found = closed(tmp_path / "考核.db")
    with pytest.raises(ScoringError, match=said) as caught:
        act(found)
    assert all(one.hint for one in caught.value.problems)
    assert found.rounds.ranking("六月").round.version == (2 if "已由" in said else 1)
    found.close()


def test_two_visits_that_may_be_meant_are_told_apart(tmp_path: Path) -> None:
    twice = seen(ONE, 3, "暗访")
    found = closed(tmp_path / "考核.db", [*visits(), twice])
    with pytest.raises(
        ScoringError,
        match="有2次检查都对得上。再写明来源、检查人员或第几次: 2026-06-03 日常 李、王；2026-06-03 暗访 李、王",
    ):
        file(found)
    assert file(found, visit=Which(dt.date(2026, 6, 3), "暗访")).visit.source == "暗访"
    found.close()


def test_a_visit_that_no_longer_fits_its_standard_is_refused_whole(tmp_path: Path) -> None:
    form = "  甲处数: {填: 数量, 单位: 处}\n  乙处数: {填: 数量, 单位: 处, 不多于: 甲处数}\n"
    law = standard(form, [(100, [clause(1, "乙处数 > 0", "{每处: 2}")])])
    found = store(tmp_path / "考核.db")
    found.rounds.open("六月", DAYS, round_support.scheme(), [law], VILLAGES, who="李", at=AT)
    answers = {"甲处数": Decimal(5), "乙处数": Decimal(3)}
    found.rounds.take_in(
        "六月", [Inspection(ONE, THIRD.date, answers, frozenset(answers))], [], who="李", at=AT
    )
    found.appeals.file("六月", "村1", THIRD, "数错了", who="赵", at=AT)
    before = everything(tmp_path / "考核.db")
    with pytest.raises(ScoringError, match="3 多于“甲处数”的 2"):
        amend(found, changes={"甲处数": "2"})
    assert everything(tmp_path / "考核.db") == before
    assert amend(found, changes={"甲处数": "2", "乙处数": "1"}).state == "更正"
    found.close()


def test_the_notice_says_what_was_recorded_what_is_right_and_who_moved(database: str) -> None:
    found = closed(database)
    file(found)
    decision = amend(found).decision
    assert decision is not None
    told = list(found.appeals.notice(1))
    assert told == [
        "更正说明",
        "轮次: 六月（人居环境月考核，拟定分值，仅供试评）",
        "申诉: 第1号，村1，2026-07-01 由赵提出，理由: 照片是邻村的",
        "检查: 2026-06-03 日常 李、王（WL-01）",
        "裁定: 更正，2026-07-06 由孙复核，理由: 照片核对过",
        "  垃圾乱倒处数: 原记9，应为0",
        "这次检查（WL）: 原84.00分，更正后100.00分",
        "  WL-01 垃圾乱倒: 原扣16分，更正后合格",
        "    原: 垃圾乱倒9处，每处扣2分，应扣18分，最高扣16分，扣16分",
        "本轮得分（综合）: 村1 原88.80分，更正后94.40分",
        "名次、等次、荣誉、奖励变动:",
        "  行政村 村1: 第3名 → 第2名；等次 良好 → 优秀；荣誉 无 → 红旗；"
        "奖励 奖励金: 1000元、保洁补助: 2700元 → 奖励金: 1500元、保洁补助: 3000元",
        "  行政村 村3: 第2名 → 第3名；奖励 奖励金: 1500元、保洁补助: 2700元 → 奖励金: 1000元、保洁补助: 2700元",
        f"本轮结果存为第2版，校验码 {decision.sha256}",
    ]
    assert list(found.appeals.notice(1)) == told
    found.close()
