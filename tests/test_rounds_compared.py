"""Rounds against each other from the store: who moved and why, and who would under a draft."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis.movement.card_sum import card_sum
from scoring.analysis.movement.part_move import part_movement
from scoring.compile.program import Law
from scoring.errors import ScoringError
from scoring.inspection import Inspection
from scoring.judge.standing import PartScore, Standing
from scoring.load.rules import read_standard, shipped_schemes
from scoring.rule.standard import Standard
from scoring.store import Store
from scoring.store.card_sums import card_sums
from scoring.store.engine import open_engine, reading
from scoring.store.kept import version_of
from tests.test_store import AT, LAWS, VILLAGES, seen, store

JUNE, JULY = (dt.date(2026, 6, 1), dt.date(2026, 6, 30)), (dt.date(2026, 7, 1), dt.date(2026, 7, 31))
MONTH, QUARTER = (next(one for one in shipped_schemes() if one.id == id) for id in ("YK", "JDK"))
WL = next(one for one in LAWS if one.id == "WL")


def dearer() -> Standard:
    """治五乱 with 3 points where 2 were taken, in force from a day long after the rounds."""
    text = WL.text.replace("每处: 2", "每处: 3").replace("施行: 2022-01-01", "施行: 2030-01-01")
    assert text != WL.text
    return read_standard(text, "草案.yaml")


def month(seed: int, number: int) -> list[Inspection]:
    chance = random.Random(seed)
    found = [
        seen(
            unit,
            day,
            source,
            垃圾乱倒处数=Decimal(chance.randint(0, 9)),
            柴草乱放处数=Decimal(chance.randint(0, 5)),
        )
        for unit in VILLAGES
        for day, source in ((3, "日常"), (17, "暗访"), (29, "月末集中"))
    ]
    return [replace(one, date=one.date.replace(month=number)) for one in found]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Store]:
    found = store(tmp_path / "考核.db")
    for name, days, seed in (("六月", JUNE, 1), ("七月", JULY, 2)):
        found.rounds.open(name, days, MONTH, LAWS, VILLAGES, who="李", at=AT)
        found.rounds.take_in(name, month(seed, days[0].month), [], who="李", at=AT)
        found.rounds.add_points(name, "村3", Decimal(seed), "迎检", who="王", at=AT)
        found.rounds.score(name, who="王", at=AT)
        found.rounds.close(name, who="王", at=AT)
    yield found
    found.close()


def test_the_parts_of_every_move_add_up_to_it_and_the_ranks_to_theirs(two: Store) -> None:
    moves = two.analyses.compare("六月", "七月")
    assert [one.score.unit for one in moves] == [one.unit for one in two.rounds.ranking("七月").standings]
    assert sum(bool(one.score.parts) for one in moves) >= 7
    for one in moves:
        assert one.score.change is not None
        assert sum((points for _, points in one.score.parts), Decimal(0)) == one.score.change
        assert dict(one.score.parts).get("事实", Decimal(0)) == sum(each.points for each in one.score.facts)
        assert one.rank.up == one.rank.own + one.rank.others
    third = next(one for one in moves if one.score.unit.name == "村3")
    assert dict(third.score.parts)["附加"] == 1


def test_a_round_against_itself_moves_no_one(two: Store) -> None:
    assert not any(one.score.parts or one.rank.up for one in two.analyses.compare("六月", "六月"))


def test_what_a_waiver_brings_stands_apart(two: Store) -> None:
    name, days = "八月", (dt.date(2026, 8, 1), dt.date(2026, 8, 31))
    two.waivers.grant("村2", "WL-01", days, "修路", who="赵", at=AT)
    two.rounds.open(name, days, MONTH, LAWS, VILLAGES, who="李", at=AT)
    two.rounds.take_in(name, month(2, 8), [], who="李", at=AT)
    two.rounds.score(name, who="王", at=AT)
    waived = {one.unit.name: one for one in two.rounds.ranking(name).standings}["村2"]
    assert waived.without is not None
    for one in two.analyses.compare("七月", name):
        found = dict(one.score.parts).get("豁免", Decimal(0))
        if one.score.unit.name == "村2":
            assert found == (waived.score or 0) - (waived.without[0] or 0) > 0
        else:
            assert found == 0


def test_a_kept_card_adds_up_to_what_it_was_when_it_was_judged(two: Store, tmp_path: Path) -> None:
    judged = {one.visit: one for one in map(card_sum, two.rounds.judged("七月").assessment.cards)}
    with reading(open_engine(str(tmp_path / "考核.db"))) as connection:
        one = version_of(connection, "七月")
        units = {each.id: each for each in VILLAGES}
        kept = list(card_sums(connection, one, units, Law(LAWS)))
    assert len(kept) == len(judged)
    assert any(one.raised for one in kept)
    for found in kept:
        meant = judged[found.visit]
        assert replace(found, seen=meant.seen, program=meant.program) == meant
        assert found.program.law == meant.program.law
        assert found.seen().visit == found.visit


def test_a_quarter_is_compared_by_its_parts(two: Store) -> None:
    for name, days in (("二季度", (JUNE[0], JUNE[1])), ("三季度", JULY)):
        two.rounds.open(name, days, QUARTER, LAWS, VILLAGES, who="李", at=AT)
        two.rounds.score(name, who="王", at=AT)
    months = {one.score.unit.id: one.score.change for one in two.analyses.compare("六月", "七月")}
    for one in two.analyses.compare("二季度", "三季度"):
        assert one.score.change == months[one.score.unit.id]
        assert sum((points for _, points in one.score.parts), Decimal(0)) == one.score.change
        assert {name for name, _ in one.score.parts} <= {"月", "四舍五入"}


def test_a_draft_is_tried_on_past_rounds_and_nothing_is_written(two: Store) -> None:
    head = two.trail.head()
    (found,) = two.analyses.replay([dearer()], ["六月"])
    assert two.trail.head() == head
    assert found.moves
    for move in found.moves:
        assert move.after is not None
        assert move.before.low is not None
        assert move.after.low is not None
        assert move.after.low <= move.before.low
    assert any(move.moved for move in found.moves)


def test_the_law_itself_as_a_draft_moves_no_one(two: Store) -> None:
    for found in two.analyses.replay([WL], ["六月", "七月"]):
        assert found.moves
        assert not any(move.moved for move in found.moves)


def test_a_draft_that_replaces_nothing_is_refused(two: Store) -> None:
    other = read_standard(WL.text.replace("编号: WL\n", "编号: XX\n").replace("WL-", "XX-"), "别的.yaml")
    with pytest.raises(ScoringError, match="没有用标准“XX”"):
        two.analyses.replay([other], ["六月"])


def test_an_account_tells_the_standing_and_every_visit(two: Store) -> None:
    told = two.rounds.account("六月", "村3")
    assert [one.unit.name for one in told.standings] == ["村3"]
    assert [card.inspection.date.day for card in told.cards] == [3, 17, 29]


@st.composite
def wholes(draw: st.DrawFn) -> Standing:
    """A standing of up to four parts, some without a score, and the total that its shares make of the rest."""
    parts = []
    for name in "甲乙丙丁":
        if draw(st.booleans()):
            score = draw(st.none() | st.decimals(0, 100, places=2))
            parts.append(PartScore(name, score, score, Decimal(draw(st.integers(1, 9))) / 10))
    score = draw(st.decimals(0, 100, places=2)) if any(one.low is not None for one in parts) else None
    extra = draw(st.decimals(-5, 5, places=2))
    return Standing(VILLAGES[0], "", (), tuple(parts), (), extra, score, score, None, None)


@given(wholes(), wholes())
@settings(max_examples=200)
def test_parts_add_up_whatever_came_and_went(before: Standing, after: Standing) -> None:
    found = part_movement(before, after, ("前", "后"))
    if found.change is None:
        assert found.why
    else:
        assert sum((points for _, points in found.parts), Decimal(0)) == found.change
