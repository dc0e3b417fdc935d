"""豁免 kept in the database: seen from the next scoring on, gone once revoked, never in a round that was closed before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.errors import ScoringError
from scoring.finding import Result
from scoring.inspection import Inspection, Unit
from scoring.store import Store
from tests.store_support import AT, CLEAN, DAYS, VILLAGES, opened, seen, visits

ONE = VILLAGES[0]
JUNE = DAYS[0], dt.date(2026, 9, 30)


def filled(url: str | Path) -> Store:
    found = opened(url)
    found.rounds.take_in("六月", visits(), [], who="李", at=AT)
    return found


def grant(
    found: Store, clause: str = "WL-01", days: tuple[dt.date, dt.date] = JUNE, unit: str = "村1"
) -> int:
    return found.waivers.grant(unit, clause, days, "修路", who="赵", at=AT).number


def test_a_waived_clause_is_excused_and_the_standing_says_what_it_would_be_without(database: str) -> None:
    found = filled(database)
    plain = found.rounds.judged("六月")
    assert grant(found) == 1
    scored = found.rounds.score("六月", who="王", at=AT)
    before, after = (
        {one.unit.id: one for one in some}
        for some in (plain.standings, found.rounds.ranking("六月").standings)
    )
    assert after == {one.unit.id: one for one in scored.standings}
    for id, one in after.items():
        expected = (before[id].low, before[id].high) if id == ONE.id else None
        assert one.without == expected
    assert after[ONE.id].low != before[ONE.id].low
    for card in scored.assessment.cards:
        excused = card.findings[0].result is Result.NOT_APPLICABLE
        assert (excused, card.waived is not None) == ((card.inspection.unit == ONE),) * 2
    assert not [one for one in scored.assessment.orders if one.unit == ONE and "WL-01" in one.clauses]
    found.rounds.close("六月", who="王", at=AT)
    assert found.trail.verify()[1] is None
    assert [event.kind for event in found.trail.events()][2:] == ["豁免", "评分", "结束"]
    found.close()


def test_a_waiver_revoked_leaves_the_round_as_if_it_was_never_granted(database: str) -> None:
    found = filled(database)
    never = found.rounds.judged("六月")
    number = grant(found)
    waived = found.rounds.score("六月", who="王", at=AT)
    assert waived.sha256 != never.sha256
    found.waivers.revoke(number, "路修好了", who="赵", at=AT)
    again = found.rounds.score("六月", who="王", at=AT)
    assert (again.sha256, again.standings) == (never.sha256, never.standings)
    assert found.rounds.judged("六月", 1).sha256 == waived.sha256
    found.close()


def test_a_closed_round_stays_as_it_was_whatever_is_granted_or_revoked_later(database: str) -> None:
    found = filled(database)
    number = grant(found)
    sha = found.rounds.score("六月", who="王", at=AT).sha256
    found.rounds.close("六月", who="王", at=AT)
    found.waivers.revoke(number, "撤", who="赵", at=AT)
    grant(found, "WL-09")
    assert (found.rounds.judged("六月").sha256, found.trail.verify()[1]) == (sha, None)
    found.close()


def test_only_visits_within_its_days_are_excused(tmp_path: Path) -> None:
    found = filled(tmp_path / "考核.db")
    grant(found, days=(dt.date(2026, 6, 17), dt.date(2026, 6, 17)))
    cards = [one for one in found.rounds.judged("六月").assessment.cards if one.inspection.unit == ONE]
    assert [(one.inspection.date.day, one.waived is not None) for one in cards] == [
        (3, False), (17, True), (29, False)
    ]  # fmt: skip
    found.close()


def test_every_waiver_is_listed_with_how_it_stands_on_a_day(tmp_path: Path) -> None:
    found = filled(tmp_path / "考核.db")
    for clause in ("WL-01", "WL-09"):
        grant(found, clause)
    found.waivers.revoke(2, "不用了", who="赵", at=AT)
    days = (dt.date(2026, 5, 31), dt.date(2026, 6, 1), dt.date(2026, 9, 30), dt.date(2026, 10, 1))
    states = [[one.state(day) for one in found.waivers.all()] for day in days]
    assert states == [["未开始", "已撤销"], ["有效", "已撤销"], ["有效", "已撤销"], ["已过期", "已撤销"]]
    assert [(one.unit, one.waiver.clause) for one in found.waivers.all()] == [(ONE, "WL-01"), (ONE, "WL-09")]
    found.close()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda one: grant(one, "WL-1"), "没有条款“WL-1”。可用: .*是不是“WL-01”？"),
        (lambda one: grant(one, "SB-01"), "条款 SB-01 不考核行政村"),
        (lambda one: grant(one, unit="村9"), "各轮的名册里没有“村9”"),
        (lambda one: grant(one, days=DAYS[::-1]), "早于开始"),
        (lambda one: one.waivers.grant("村1", "WL-01", DAYS, " ", who="赵", at=AT), "豁免没写理由"),
        (lambda one: one.waivers.grant("村1", "WL-01", DAYS, "修路", who="", at=AT), "没写是谁做的"),
        (lambda one: (grant(one), grant(one)), "已有第1号豁免，到 2026-09-30"),
        (lambda one: one.waivers.revoke(4, "撤", who="赵", at=AT), "没有第4号豁免"),
        (lambda one: (grant(one), one.waivers.revoke(1, "", who="赵", at=AT)), "撤销豁免没写理由"),
        (
            lambda one: (grant(one), [one.waivers.revoke(1, "撤", who="赵", at=AT) for _ in range(2)]),
            "已撤销过",
        ),
    ],
)
def test_what_cannot_be_waived_is_said_with_the_way_out(
    tmp_path: Path, act: Callable[[Store], object], said: str
) -> None:
    found = filled(tmp_path / "考核.db")
    with pytest.raises(ScoringError, match=said) as caught:
        act(found)
    assert all(one.hint for one in caught.value.problems)
    found.close()


def test_all_that_is_wrong_with_a_waiver_is_said_together(tmp_path: Path) -> None:
    found = filled(tmp_path / "考核.db")
    with pytest.raises(ScoringError) as caught:
        found.waivers.grant("村1", "WL-99", DAYS[::-1], "", who="赵", at=AT)
    assert len(caught.value.problems) == 3
    assert found.waivers.all() == []
    found.close()


def test_a_revoked_waiver_makes_room_for_another(tmp_path: Path) -> None:
    found = filled(tmp_path / "考核.db")
    found.waivers.revoke(grant(found), "写错了", who="赵", at=AT)
    assert grant(found) == 2
    found.close()


def test_an_earlier_version_comes_out_as_it_was_whatever_came_since(database: str) -> None:
    found = filled(database)
    first = found.rounds.score("六月", who="王", at=AT)
    new = Unit("99", "新村", "行政村", "东片")
    found.rounds.take_in(
        "六月", [Inspection(new, DAYS[0], CLEAN, frozenset(CLEAN)), seen(ONE, 9)], [], who="李", at=AT
    )
    found.rounds.add_points("六月", "村2", Decimal(2), "获奖", who="王", at=AT)
    grant(found)
    second = found.rounds.score("六月", who="王", at=AT)
    assert len(second.standings) == len(first.standings) + 1
    assert [found.rounds.judged("六月", version).sha256 for version in (1, 2)] == [
        first.sha256,
        second.sha256,
    ]
    assert found.rounds.ranking("六月", 1).standings == first.standings
    with pytest.raises(ScoringError, match="没有第3版。有第1版到第2版"):
        found.rounds.judged("六月", 3)
    found.close()
