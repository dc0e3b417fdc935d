"""年度总结: the counters with their 量词 as the registers add them up, blanks where nobody registered anything, and the orders of all rounds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from scoring.cli import run

from scoring.document.annual import Annual, annual
from scoring.document.content import BLANK, plain
from scoring.document.pdf import Typesetter
from scoring.document.word import Template
from scoring.document.year_ranking import ranked_group
from scoring.errors import ScoringError
from scoring.load.rules import shipped_schemes
from scoring.registers.entry import Entry
from scoring.registers.kinds import kind_named
from scoring.registers.read import written
from scoring.report.dossier import Dossier
from tests import document_support as support
from tests import store_support as kept
from tests.document_support import HOSTILE, OFFICE, township

QUARTER = next(one for one in shipped_schemes() if one.id == "JDK")
ACTIONS = {
    "拆除明锅亮灶": 1, "拆除乱搭乱建": 2, "清理出店经营": 3, "取缔市场": 4, "规范小摊点": 5, "规范摩托车停放": 6, "处罚违规停放": 7,
    "查处撒漏车辆": 8, "处罚乱倒门店": 9, "拆除横幅": 10, "清理广告牌": 11, "更换灯箱": 12, "限期整改通知书": 13, "现场笔录": 14,
}  # fmt: skip
# Source: 三（三）; the sixteen in their order, each with its 量词.
SIXTEEN = (
    "综合整治活动1次，参与人员30人次",
    "拆除明锅亮灶1处；拆除乱搭乱建2处；清理门店乱堆乱挂、出店经营3处；取缔市场4处；规范小摊点5户；规范摩托车停放位置6处；"
    "处罚违规停放车辆7辆；查处撒漏垃圾、沙石，带泥上路车辆8辆；处罚乱抛乱倒垃圾的门店9家；拆除过街横幅10幅；清理违规广告牌11块；"
    "清理、更换破旧灯箱广告牌12个；下达限期整改通知书13份；现场笔录14份",
)


def entry(name: str, **said: str | int) -> Entry:
    return written(
        kind_named(name), {"日期": "2026-06-10", **{title: str(value) for title, value in said.items()}}
    )


ACTION = entry("行动登记", 行动="整治", 参与人数=30, **ACTIONS)
PAPER = entry("通知通报", 种类="督查整改通知书", 发给="村1", 份数=3)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with one month's round closed, a quarter of it, and nothing registered."""
    path = tmp_path_factory.mktemp("year") / "考核.db"
    store = kept.issued(
        path, [kept.littered(0, 3, "村口"), kept.littered(1, 4, "井边"), kept.seen(kept.VILLAGES[2], 5)]
    )
    store.rounds.close("六月", who="王", at=kept.AT)
    days = dt.date(2026, 4, 1), dt.date(2026, 6, 30)
    store.rounds.open("二季度", days, QUARTER, kept.LAWS, kept.VILLAGES, who="李", at=kept.AT)
    store.rounds.score("二季度", who="王", at=kept.AT)
    store.close()
    yield path


def dossier_with(bare: Path, tmp_path: Path, *entries: Entry, name: str = "二季度") -> Dossier:
    path = tmp_path / "考核.db"
    path.write_bytes(bare.read_bytes())
    store = kept.store(path)
    store.registers.take_in(entries, who="李", at=kept.AT)
    found = store.analyses.dossier(name, period=True)
    store.close()
    return found


def only(found: Dossier) -> Annual:
    (one,) = annual(found, OFFICE)
    return one


def test_the_sixteen_counters_stand_in_their_order_with_their_measures(bare: Path, tmp_path: Path) -> None:
    assert only(dossier_with(bare, tmp_path, ACTION)).campaigns == (f"开展{SIXTEEN[0]}。", f"{SIXTEEN[1]}。")


def test_what_no_register_says_is_blank_and_told_not_zero(bare: Path, tmp_path: Path) -> None:
    one = only(dossier_with(bare, tmp_path))
    assert f"拆除明锅亮灶{BLANK}处" in one.campaigns[1]
    assert f"督查整改通知书{BLANK}份" in one.inspections[2]
    assert f"督查工作日志{BLANK}" in one.inspections[1]
    assert f"大扫除{BLANK}" in one.inspections[3]
    assert "拆除明锅亮灶" in one.notes[0]
    assert not [row for row in one.sources if row.count.startswith("0") and "催办" not in row.source]


def test_a_register_that_was_kept_and_has_none_says_zero(bare: Path, tmp_path: Path) -> None:
    one = only(dossier_with(bare, tmp_path, entry("行动登记", 行动="整治", 取缔市场=1)))
    assert "拆除明锅亮灶0处" in one.campaigns[1]
    assert "取缔市场1处" in one.campaigns[1]


def test_both_kinds_of_notices_are_counted(bare: Path, tmp_path: Path) -> None:
    one = only(dossier_with(bare, tmp_path, ACTION, PAPER))
    assert "下达限期整改通知书13份" in one.campaigns[1]
    assert "督查整改通知书3份" in one.inspections[2]


def test_a_notice_that_two_registers_count_differently_stays_blank_with_both_numbers(
    bare: Path, tmp_path: Path
) -> None:
    other = entry("通知通报", 种类="限期整改通知书", 发给="村1", 份数=9)
    one = only(dossier_with(bare, tmp_path, ACTION, other))
    assert f"下达限期整改通知书{BLANK}份" in one.campaigns[1]
    assert any("13份" in note and "9份" in note for note in one.notes)
    same = entry("通知通报", 种类="限期整改通知书", 发给="村1", 份数=13)
    assert "下达限期整改通知书13份" in only(dossier_with(bare, tmp_path, ACTION, same)).campaigns[1]


def test_visits_and_orders_are_those_of_every_round_within(bare: Path, tmp_path: Path) -> None:
    one = only(dossier_with(bare, tmp_path))
    assert one.inspections[0] == "检查考核3次（日常3次），涉及3个单位。"
    assert (
        "交办整改单2件（已撤销的不计），整改销号0件，整改率0%；按期整改0件，按期率0%；逾期未改2件"
        in one.rectified[0]
    )


def test_the_ranking_names_the_rounds_it_is_made_of(bare: Path, tmp_path: Path) -> None:
    one = only(dossier_with(bare, tmp_path))
    (group,) = one.ranking
    assert group.parts == "六月"
    assert [(each.group, each.round, each.many) for each in one.quarters] == [("行政村", "六月", "3个")]


def test_of_a_large_group_the_first_are_shown_and_the_rest_counted() -> None:
    standing = township().standings[0]
    found = ranked_group("商户", [standing] * 41, ())
    assert (len(found.rows), found.left) == (10, "其余31个单位见排名表。")


def test_a_whole_year_is_called_so(bare: Path, tmp_path: Path) -> None:
    found = dossier_with(bare, tmp_path)
    year = replace(found, starts=dt.date(2026, 1, 1), ends=dt.date(2026, 12, 31))
    assert (only(year).title, only(found).title) == (
        "2026年度创建工作总结",
        "2026年4月1日至6月30日创建工作总结",
    )


def test_the_summary_is_the_golden_one_in_word_and_pdf(bare: Path, tmp_path: Path) -> None:
    one = only(dossier_with(bare, tmp_path, ACTION, PAPER))
    support.golden("annual.json", json.dumps(plain(one, str), ensure_ascii=False, indent=1) + "\n")
    support.golden("annual-docx.txt", support.word_text(Template("annual", Annual).docx(one)))
    with Typesetter("annual", system_fonts=False) as typesetter:
        support.golden("annual-pdf.txt", "\f\n".join(support.pages(typesetter.pdf([one]))))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_do_nothing(text: str, bare: Path, tmp_path: Path) -> None:
    found = dossier_with(bare, tmp_path)
    units = tuple(replace(one, unit=replace(one.unit, name=f"村{text}")) for one in found.standings)
    one = only(replace(found, standings=units))
    shown = plain(one, str)["排名"][0]["单位"][0]["单位"]
    assert shown in support.word_text(Template("annual", Annual).docx(one))
    with Typesetter("annual", system_fonts=False) as typesetter:
        assert typesetter.pdf([one]).startswith(b"%PDF")


def test_of_sheets_alone_there_is_no_summary(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ScoringError, match="年度总结要用数据库里的一轮"):
        list(annual(township(), OFFICE))
    sheets = ["docs/examples/liang-cun.csv", "--units", "fixtures/register.csv", "--standard", "治五乱"]
    assert run(["report", "annual", *sheets]) == 2
    assert "年度总结要用数据库里的一轮" in capsys.readouterr().err


def test_the_command_writes_the_summary(bare: Path, tmp_path: Path) -> None:
    path = tmp_path / "考核.db"
    path.write_bytes(bare.read_bytes())
    out = tmp_path / "总结"
    assert run(["文书", "年度总结", "--round", "二季度", "--db", str(path), "-o", str(out)]) == 0
    assert sorted(one.name for one in out.iterdir()) == ["年度总结-1.docx", "年度总结-1.pdf"]
