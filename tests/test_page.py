"""The page: what it says, that nothing outside text says can act in it, and that it works in a real browser."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from scoring.cli import run

from scoring.errors import ScoringError
from scoring.inspection import NotChecked, Occurrence, Unit
from scoring.judge.standing import PartScore, Standing
from scoring.page import content_of, page_html
from scoring.page.chart import HEIGHT, WIDTH, line_chart
from scoring.page.content import Content
from scoring.page.trend import Point
from scoring.report.dossier import Dossier, PastRound, dossier_of
from tests import round_support
from tests.browser import CHROMIUM, Tab, browser
from tests.store_support import issued
from tests.support import WeekdayCalendar, scorer, visit
from tests.test_golden import CLEAN, GOLDEN, LAW, assessment

ON = dt.date(2022, 6, 30)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}\u202e反\u2066" + "长" * 300
EVERYTHING = Unit("<b>9</b>", HOSTILE, "行政村", "东片", details={"包村领导": HOSTILE})


def sheets() -> Dossier:
    return dossier_of(assessment(), "六月", ON, WeekdayCalendar())


def with_past() -> Dossier:
    """The sheets' dossier after a round in which 西坡村 was first and 东岭村 second; 磨坊庄 was in no group then."""
    own = sheets()
    then = {"01": ("80.00", 2), "02": ("90.00", 1)}
    past = tuple(
        replace(one, low=Decimal(then[one.unit.id][0]), high=Decimal(then[one.unit.id][0]), rank=then[one.unit.id][1])
        if one.unit.id in then else replace(one, group=(), rank=1)
        for one in own.standings
    )  # fmt: skip
    return replace(own, earlier=(PastRound("五月", dt.date(2022, 5, 31), past),))


def hostile() -> Dossier:
    found = visit(
        {**CLEAN, "垃圾处数": NotChecked()},
        EVERYTHING,
        inspectors=(HOSTILE,),
        occurrences=(
            Occurrence("垃圾处数", HOSTILE, Decimal(2), Decimal(2), "a.jpg<script>", "</details></main>"),
        ),
    )
    return dossier_of(scorer(LAW).score([found]), HOSTILE, ON, WeekdayCalendar())


class Reader(HTMLParser):
    """Everything a browser would act on: elements with their attributes, and the text of style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"style": [], "script": []}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.lasttag in self.inside and data.strip():
            self.inside[self.lasttag].append(data)

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]


def rows(content: Content, group: str) -> dict[str, Any]:
    return {row.name: row for one in content.rankings if one.name == group for row in one.rows}


def test_the_figures_count_units_visits_and_orders() -> None:
    content = content_of(sheets())
    assert {one.name: one.value for one in content.figures} == {
        "单位": "6", "查到": "6", "不合格条款": "8", "整改单": "8", "已销号": "0", "逾期": "8",
    }  # fmt: skip
    hamlets, villages = content.overviews
    # 东岭村 (84.5 + 65) ÷ 2 = 74.75, its third visit found the door locked; 西坡村 60.
    assert (villages.name, villages.units, villages.scored, villages.mean) == ("行政村 试验", 2, 2, "67.38")
    assert [(one.grade, one.tone, one.units) for one in villages.grades] == [
        ("合格", "good", 1), ("不合格", "poor", 1),
    ]  # fmt: skip
    assert (hamlets.units, hamlets.scored) == (4, 2)


def test_a_provisional_number_is_said_to_be_one() -> None:
    assert content_of(sheets()).warning == "拟定分值，仅供试评"
    assert "拟定分值，仅供试评</p>" in page_html(content_of(sheets()))


def test_the_ranking_tells_who_moved_since_the_last_round_in_the_same_group_only() -> None:
    villages = rows(content_of(with_past()), "行政村 试验")
    assert (villages["东岭村"].moved, villages["东岭村"].direction) == ("升1", "up")
    assert (villages["西坡村"].moved, villages["西坡村"].direction) == ("降1", "down")
    hamlets = rows(content_of(with_past()), "自然村 试验")
    assert not hamlets["签字村"].moved
    assert [one.before for one in content_of(sheets()).rankings] == ["", ""]


def test_each_unit_without_a_rank_is_told_why() -> None:
    ranked = [one for ranking in content_of(sheets()).rankings for one in ranking.rows]
    assert all((one.rank == "—") == bool(one.note) for one in ranked)


def test_the_heat_map_says_what_share_of_an_item_was_lost_over_the_visits_that_checked_it() -> None:
    hamlets, villages = content_of(sheets()).heat
    east = next(one for one in villages.rows if one.name == "东岭村")
    # 项1: (7.5 + 20) of 80; 项2: (8 + 15) of 80; 项3: nothing. The third visit found the door locked.
    assert [(one.text, one.level) for one in east.cells] == [("34", 3), ("29", 3), ("0", 0)]
    cells = {one.name: [cell.text for cell in one.cells] for one in hamlets.rows}
    assert cells["磨坊庄"] == ["0", "13", "—"]
    assert cells["=cmd|'/c calc'!A1"] == ["未查", "0", "0"]
    assert cells["签字村"] == ["0", "0?", "0"]
    assert villages.all.cells[0].text == "56"


def test_the_points_of_a_ledgers_lines_add_up_to_what_the_card_lost() -> None:
    found = sheets()
    for unit in content_of(found).units:
        for told, card in zip(unit.cards, found.cards_of[unit.id], strict=True):
            lines = [line for item in told.items for line in item.lines]
            assert sum(Decimal(line.lost) for line in lines) == sum(item.lost for item in card.items)
            assert {item.sum.partition(":")[0] for item in told.items}.isdisjoint(told.clean)


def test_a_ledger_says_where_and_what_is_open() -> None:
    units = {one.name: one for one in content_of(sheets()).units}
    (card,) = units["明细村"].cards
    (line,) = (line for item in card.items for line in item.lines)
    assert line.clause.id == "T-01"
    assert line.places == ("井边 1处，大小 0.4，不计", "村口 2处，大小 1.5，照片 IMG_7.jpg，清了一半")
    locked = units["东岭村"].cards[-1]
    assert {line.tone for item in locked.items for line in item.lines} == {"open"}
    assert all(one.tone == "poor" and "逾期" in one.state for one in units["东岭村"].orders)


def test_the_trend_holds_earlier_rounds_and_this_one_by_group() -> None:
    (villages,) = content_of(with_past()).trends
    assert [(one.round, str(one.mean), one.units) for one in villages.points] == [("五月", "85.00", 2), ("六月", "67.38", 2)]  # fmt: skip
    assert content_of(sheets()).trends == ()


def test_a_year_without_a_year_before_shows_the_rounds_it_was_made_of_in_their_order() -> None:
    law = round_support.scheme(周期="年", 组成="[{轮次: 季, 占: 100%}]")

    def made(unit: Unit, **scores: str) -> Standing:
        leaves = tuple(PartScore(name, Decimal(one), Decimal(one)) for name, one in scores.items())
        whole = PartScore(
            "季", Decimal(85), Decimal(85), how="平均", count=len(leaves), made=len(leaves), parts=leaves
        )
        end = Decimal(85)
        return Standing(unit, "", ("行政村",), (whole,), (), Decimal(0), end, end, "良好", None, 1)

    standings = (
        made(round_support.EAST, 四季度="88"),
        made(round_support.WEST, 一季度="80", 二季度="90", 三季度="85", 四季度="86"),
    )
    year = replace(sheets(), scheme=law, standings=standings, cards=(), orders=())
    (trend,) = content_of(year).trends
    assert [one.round for one in trend.points] == ["一季度", "二季度", "三季度", "四季度"]
    assert str(trend.points[-1].mean) == "87.00"
    text = page_html(content_of(year))
    assert 'id="heat"' not in text
    assert "4轮平均 85" in text


@pytest.mark.parametrize("number", [2, 3, 30])
def test_a_drawing_stays_within_its_edges_whatever_the_scores(number: int) -> None:
    chance = random.Random(number)
    points = []
    for round in range(number):
        worst, mean, best = sorted(Decimal(chance.randint(0, 10500)) / 100 for _ in range(3))
        points.append(Point(str(round), mean, best, worst, 3))
    drawn = line_chart(points)
    for one in drawn.marks:
        assert 0 < Decimal(one.x) < WIDTH
        assert 0 < Decimal(one.best) <= Decimal(one.mean) <= Decimal(one.worst) < HEIGHT
    assert len({one.x for one in drawn.marks}) == number
    assert drawn.marks[-1].named
    flat = line_chart([Point("一", Decimal(90), Decimal(90), Decimal(90), 1)] * 2)
    assert {one.mean for one in flat.marks} < {at for at, _ in flat.lines}


def test_the_page_is_the_golden_one() -> None:
    text = page_html(content_of(with_past()))
    found, path = text[text.index("<main>") : text.index("</main>")] + "</main>\n", GOLDEN / "page.html"
    if os.environ.get("CHUANGWEI_RENEW"):
        path.write_bytes(found.encode())
    assert found == path.read_bytes().decode()


def test_neither_the_order_of_visits_nor_the_run_changes_a_byte() -> None:
    found = [one.inspection for one in assessment().cards]
    shuffled = scorer(LAW).score(random.Random(5).sample(found, len(found)))
    other = dossier_of(shuffled, "六月", ON, WeekdayCalendar())
    assert page_html(content_of(other)) == page_html(content_of(sheets()))


@pytest.mark.parametrize("dossier", [with_past, hostile])
def test_the_policy_lets_only_the_pages_own_style_and_script_run_and_fetches_nothing(dossier: Any) -> None:
    page = Reader(page_html(content_of(dossier())))
    (policy,) = (a["content"] for t, a in page.elements if t == "meta" and a.get("http-equiv"))
    rules = dict(one.strip().split(" ", 1) for one in (policy or "").split(";"))
    for kind in ("style", "script"):
        (text,) = page.inside[kind]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in (policy or "")
    before = page.elements[: page.tags.index("style")]
    assert any(attributes.get("http-equiv") for _, attributes in before)
    for _, attributes in page.elements:
        assert not {name for name in attributes if name == "style" or name.startswith("on")}
        assert not {"src", "srcset", "action", "data"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")


def test_outside_text_comes_out_inert() -> None:
    text = page_html(content_of(hostile()))
    page = Reader(text)
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert "b" not in [tag for tag, attributes in page.elements if tag == "b" and attributes]
    assert "49" not in re.findall(r"alert\(2\)&gt;[^<]{0,20}", text)[0]
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert text.count("</main>") == 1


def test_a_dossier_of_nothing_makes_a_page_of_nothing() -> None:
    empty = replace(sheets(), standings=(), cards=(), orders=())
    page = Reader(page_html(content_of(empty)))
    assert "table" not in page.tags
    assert {one.get("id") for tag, one in page.elements if tag == "section"} == {"summary", "units"}


def test_every_link_leads_somewhere_and_every_place_is_there_once() -> None:
    page = Reader(page_html(content_of(with_past())))
    places = [one["id"] for _, one in page.elements if "id" in one]
    assert len(places) == len(set(places))
    assert {(one.get("href") or "#")[1:] for tag, one in page.elements if tag == "a"} <= set(places)


def test_a_round_of_the_store_makes_a_page(tmp_path: Path) -> None:
    store = issued(tmp_path / "k.db")
    text = page_html(content_of(store.analyses.dossier("六月", dt.date(2026, 7, 10))))
    store.close()
    assert "人居环境月考核，2026-06-01 至 2026-06-30" in text
    assert "整改进度" in text
    assert text.count('<details class="unit"') == 8


def test_without_jinja_the_clerk_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    with pytest.raises(ScoringError, match=r"chuangwei\[docs\]"):
        page_html(content_of(sheets()))


def test_the_verb_writes_a_page_of_sheets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    examples, output = Path(__file__).parent.parent / "docs" / "examples", tmp_path / "清洁.html"
    asked = ["文书", "网页", str(examples / "qing-jie.csv"), "--title", "清洁检查", "--units", str(examples / "ming-ce.csv"),
             "--standard", str(examples / "qing-jie.yaml"), "--on", "2026-07-10", "-o", str(output)]  # fmt: skip
    assert run(asked) == 0
    assert "已写到" in capsys.readouterr().err
    assert "<h1>清洁检查 考核结果</h1>" in output.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    if CHROMIUM is None:
        pytest.skip("没有装浏览器（chromium）")
    with browser(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture
def shown(tab: Tab, tmp_path: Path) -> Iterator[Tab]:
    """The page in a browser, which afterwards must have complained of nothing and asked for nothing else."""
    path = tmp_path / "page.html"
    path.write_text(page_html(content_of(with_past())), encoding="utf-8")
    tab.said.clear()
    tab.asked.clear()
    tab.size(1280)
    yield tab.open(path)
    assert tab.said == []
    assert set(tab.asked) == {path.as_uri()}


def seen(tab: Tab, query: str) -> Any:
    """Return the texts of the elements that are seen."""
    return tab.run(
        f"[...document.querySelectorAll({query!r})].filter((one) => one.checkVisibility()).map((one) => one.textContent)"
    )


def searched(tab: Tab, words: str) -> None:
    tab.run(
        f"const box = document.getElementById('find'); box.value = {words!r}; box.dispatchEvent(new Event('input'))"
    )


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("东岭村", ["东岭村"]), ("０７，整改单", ["明细村"]), ("焚烧 扣40分", ["西坡村"]), ("img_7", ["明细村"]),
        ("试验 没这个", []), ("", ["明细村", "磨坊庄", "=cmd|'/c calc'!A1", "签字村", "东岭村", "西坡村"]),
    ],
    ids=["名称", "编号", "问题", "照片", "没有的", "不写"],
)  # fmt: skip
def test_search_finds_units_by_name_number_and_problem(shown: Tab, words: str, units: list[str]) -> None:
    searched(shown, words)
    assert seen(shown, ".unit > summary .name") == units
    assert sorted(seen(shown, ".ranking th a")) == sorted(units)
    assert sorted(seen(shown, ".heat th a")) == sorted(units)
    assert bool(seen(shown, "#none")) == (not units)
    groups = {"行政村 试验": {"东岭村", "西坡村"}, "自然村 试验": {"明细村", "磨坊庄", "签字村"}}
    assert set(seen(shown, ".group h3")) == {name for name, own in groups.items() if own & set(units)}


def test_a_ledger_opens_from_the_ranking_and_a_clause_leads_to_its_words(shown: Tab) -> None:
    assert seen(shown, ".card h4") == []
    shown.run(
        "new Promise((done) => { addEventListener('hashchange', () => done(1), { once: true });"
        " [...document.querySelectorAll('.ranking th a')].find((a) => a.textContent === '东岭村').click(); })"
    )
    assert shown.run("document.querySelector('.unit[open] .name').textContent") == "东岭村"
    assert len(seen(shown, ".card h4")) == 3
    words = "const a = document.querySelector('.unit[open] .lines a'); a.click(); document.querySelector(a.hash).textContent"
    assert "试验" in shown.run(words)


def test_the_page_fits_a_phone(shown: Tab) -> None:
    shown.size(360, 780)
    shown.run("document.getElementById('open').click()")
    assert shown.run("document.documentElement.scrollWidth") == 360


def test_the_page_is_dark_where_the_reader_wants_it(shown: Tab) -> None:
    light = shown.run("getComputedStyle(document.body).backgroundColor")
    shown.size(1280, dark=True)
    assert shown.run("getComputedStyle(document.body).backgroundColor") != light


def test_on_paper_every_ledger_is_open_and_nothing_is_left_to_press(shown: Tab) -> None:
    shown.call("Emulation.setEmulatedMedia", media="print")
    cards = shown.run("document.querySelectorAll('.card h4').length")
    assert shown.run("document.querySelectorAll('.unit[open]').length") == 0
    assert (
        shown.run("[...document.querySelectorAll('.card')].filter((one) => one.offsetHeight > 20).length")
        == cards
    )
    assert seen(shown, "input, button") == []
    shown.call("Emulation.setEmulatedMedia", media="")
    assert shown.pdf().startswith(b"%PDF")
    assert shown.run("document.querySelectorAll('.unit[open]').length") == 0


def test_hostile_text_runs_nothing_in_a_browser_and_overflows_nothing(tab: Tab, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page_html(content_of(hostile())), encoding="utf-8")
    tab.said.clear()
    tab.size(360, 780)
    tab.open(path)
    tab.run("document.getElementById('open').click()")
    assert tab.said == []
    assert tab.run("document.scripts.length") == 1
    assert tab.run("document.documentElement.scrollWidth") == 360
