"""What is asked of scores, asked of rounds in the database: the same core, with ladder and waivers as they were scored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from scoring.cli import run

from scoring.analysis.chosen import together
from scoring.analysis.consistency.consistency import consistency
from scoring.api import targets
from scoring.errors import ScoringError
from scoring.infer import reference
from scoring.inspection import Inspection
from scoring.report.result_card import card as card_document
from scoring.score import Assessment, Scorer
from scoring.store import Store
from scoring.tally import ScoreCard
from tests.store_support import AT, DAYS, LAWS, VILLAGES, opened, scheme, seen, visits
from tests.support import WeekdayCalendar

JULY = dt.date(2026, 7, 1), dt.date(2026, 7, 31)
Capture = pytest.CaptureFixture[str]
PLAIN = Scorer(LAWS, calendar=WeekdayCalendar(), infer=reference.infer)


def said(cards: Iterable[ScoreCard]) -> list[object]:
    """Return what cards say, whoever compiled their standards."""
    return [card_document(one) for one in cards]


def double() -> Inspection:
    """A visit of the same unit on the same day by others."""
    return replace(seen(VILLAGES[0], 3, "暗访", 垃圾乱倒处数=Decimal(2)), inspectors=("赵",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """六月 closed with a double inspection, 七月 scored after it, a clause of 村2 waived in both."""
    path = tmp_path / "考核.db"
    found = opened(path)
    found.rounds.take_in("六月", [*visits(), double()], [], who="李", at=AT)
    found.waivers.grant("村2", "WL-01", (DAYS[0], JULY[1]), "修路", who="周", at=AT)
    found.rounds.score("六月", who="王", at=AT)
    found.rounds.close("六月", who="王", at=AT)
    found.rounds.open("七月", JULY, scheme(), LAWS, VILLAGES, who="李", at=AT)
    found.rounds.take_in(
        "七月", [replace(one, date=one.date.replace(month=7)) for one in visits()], [], who="李", at=AT
    )
    found.rounds.score("七月", who="王", at=AT)
    found.close()
    return path


@pytest.fixture
def kept(path: Path) -> Iterator[Store]:
    from tests.store_support import store

    found = store(path)
    yield found
    found.close()


def test_a_round_is_asked_as_it_was_scored_with_its_ladder_and_waivers(kept: Store) -> None:
    for name in ("六月", "七月"):
        again = kept.rounds.judged(name).assessment.cards
        assert said(kept.analyses.assessed(name).cards) == said(again)
        for unit in VILLAGES:
            own = kept.analyses.assessed(name, unit.name).cards
            assert said(own) == said(card for card in again if card.inspection.unit == unit)
    raised = [card for card in kept.analyses.assessed("七月").cards if card.raised.steps]
    waived = [card for card in kept.analyses.assessed("七月", "村2").cards if card.waived]
    assert raised
    assert waived


def test_the_way_starts_from_the_prices_that_the_ladder_made_and_ends_where_it_says(kept: Store) -> None:
    whole = kept.analyses.assessed("七月")
    raised = next(card for card in whole.cards if card.raised.steps and card.low)
    unit, day = raised.inspection.unit, raised.inspection.date
    found = targets(kept.analyses.assessed("七月", unit.id), unit, "优秀", day=day, infer=reference.infer)
    (one,) = (each for each in found if each.card.program.standard.id == raised.program.standard.id)
    plain = next(PLAIN.cards(raised.inspection))
    assert plain.program.standard.id == raised.program.standard.id
    assert said([one.card]) == said([raised])
    assert one.card.low is not None
    assert one.card.low < (plain.low or 0), "a second fail in two months costs more"
    assert sum((fix.gain for fix in one.fixes), one.card.low) == one.after.low


def test_later_events_do_not_change_what_a_scored_round_answers(kept: Store) -> None:
    before = said(kept.analyses.assessed("六月", "村1").cards)
    kept.waivers.grant("村1", "WL-01", (DAYS[0], JULY[1]), "修路", who="周", at=AT)
    kept.orders.issue("六月", who="李", at=AT)
    assert said(kept.analyses.assessed("六月", "村1").cards) == before


def test_several_rounds_are_compared_together_and_each_visit_once(kept: Store) -> None:
    june, july = (kept.analyses.assessed(name) for name in ("六月", "七月"))
    assert consistency(june.cards).doubles == 1
    assert consistency(together([june, july])) == consistency([*june.cards, *july.cards])
    assert together([june, june]) == june.cards


def test_only_some_standards_are_asked_and_they_were_charged_together(kept: Store) -> None:
    whole, one = kept.analyses.assessed("六月"), kept.analyses.assessed("六月", standards=["治五乱"])
    assert said(one.cards) == said(card for card in whole.cards if card.program.standard.id == "WL")
    assert {each.standard.id for each in one.units} == {"WL"}
    with pytest.raises(ScoringError, match="这一轮没有用标准“治六乱”"):
        kept.analyses.assessed("六月", standards=["治六乱"])


def test_an_unknown_unit_or_a_round_never_scored_is_said(kept: Store) -> None:
    with pytest.raises(ScoringError, match="这一轮没有“村99”"):
        kept.analyses.assessed("六月", "村99")
    kept.rounds.open("八月", DAYS, scheme(), LAWS, VILLAGES, who="李", at=AT)
    with pytest.raises(ScoringError, match="还没有评分"):
        kept.analyses.assessed("八月")


def test_the_verbs_ask_a_round_by_its_name(path: Path, capfd: Capture) -> None:
    db = ["--db", str(path)]
    code = run(["target", "村1", "优秀", "--round", "七月", "--standard", "治五乱", *db])
    told = capfd.readouterr()
    assert (code, told.err) == (0, "")
    assert told.out.startswith("村1  治五乱")
    assert "提示: 一共评了3次，这一轮公布的得分按考核办法由各次合成；上面只算这一次" in told.out
    code = run(["一致性", "--round", "六月", "--round", "七月", "--format", "json", *db])
    told = capfd.readouterr()
    assert code == 0
    assert '"chuangwei/consistency/1"' in told.out
    assert '"doubles": 1' in told.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["consistency"], "没给检查表，也没写轮次"),
        (["target", "村1", "优秀"], "没给检查表，也没写轮次"),
        (["consistency", "甲.csv", "--round", "六月"], "检查表和 --round 只给一样"),
        (["target", "甲.csv", "村1", "优秀", "--round", "六月"], "检查表和 --round 只给一样"),
        (["consistency", "--round", "六月", "--units", "名册.csv"], "--round 不用 --units"),
        (["consistency", "--round", "五月"], "没有“五月”这一轮"),
        (["target", "村1", "优良", "--round", "六月"], "没有“优良”这个等次"),
    ],
)
def test_sheets_or_a_round_one_of_the_two(path: Path, words: list[str], said: str, capfd: Capture) -> None:
    assert run([*words, "--db", str(path)]) == 2
    assert said in capfd.readouterr().err


def test_a_unit_that_was_not_visited_is_said(kept: Store) -> None:
    kept.rounds.open("八月", DAYS, scheme(), LAWS, VILLAGES, who="李", at=AT)
    kept.rounds.take_in("八月", [seen(VILLAGES[1], 3)], [], who="李", at=AT)
    kept.rounds.score("八月", who="王", at=AT)
    assert isinstance(kept.analyses.assessed("八月", "村1"), Assessment)
    with pytest.raises(ScoringError, match="村1没有检查记录"):
        targets(kept.analyses.assessed("八月", "村1"), VILLAGES[0], "优秀")


def test_of_a_unit_that_was_never_visited_it_is_said_what_to_look_for(tmp_path: Path, capfd: Capture) -> None:
    database = tmp_path / "考核.db"
    found = opened(database)
    found.rounds.take_in("六月", [seen(VILLAGES[0], 3)], [], who="李", at=AT)
    found.rounds.score("六月", who="王", at=AT)
    found.close()
    assert run(["target", "村2", "优秀", "--round", "六月", "--db", str(database)]) == 2
    assert "没有“村2”的检查。核对名称；检查表里它的行有错的，改好再来" in capfd.readouterr().err
