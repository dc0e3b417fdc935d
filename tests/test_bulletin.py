"""督查通报: what it says of a round and of sheets, that its numbers are the round's, that Word and PDF say all of it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from scoring.cli import run

from scoring.document import KINDS, photo_names, remarks
from scoring.document.bulletin import Bulletin, Part, bulletin, pictured, too_long
from scoring.document.content import BLANK, plain
from scoring.document.pdf import Typesetter
from scoring.document.point import Point
from scoring.document.word import Template
from scoring.errors import visible
from scoring.inspection import Unit
from scoring.points import ZERO, span
from scoring.report.dossier import Dossier
from scoring.rule.office import Office
from tests import document_support as support
from tests.document_support import HOSTILE, OFFICE, ROOT, dossier, township
from tests.round_documents import UNITS, many, rounds

(KIND,) = (kind for kind in KINDS if kind.name == "bulletin")


def word(one: Bulletin, **more: object) -> bytes:
    return Template("bulletin", Bulletin).docx(one, **more)  # type: ignore[arg-type]


def pdf(one: Bulletin, photos: dict[str, Path] | None = None) -> bytes:
    with Typesetter("bulletin", photos, system_fonts=False) as typesetter:
        return typesetter.pdf([one])


def said(one: Bulletin) -> str:
    return json.dumps(plain(one, str), ensure_ascii=False, indent=1) + "\n"


def part(one: Bulletin, title: str) -> Part:
    """Return a part of a bulletin, an empty one where it has none of a title."""
    return next((each for each in one.parts if title in each.title), Part("", (), (), ()))


def test_the_bulletins_of_a_round_put_right_and_of_sheets_are_the_golden_ones() -> None:
    one = bulletin(rounds()[0], OFFICE)
    support.golden(
        "bulletin.json", said(one) + said(bulletin(rounds()[1], OFFICE)) + said(bulletin(township(), OFFICE))
    )
    support.golden("bulletin-docx.txt", support.word_text(word(one)))
    support.golden("bulletin-pdf.txt", "\f\n".join(support.pages(pdf(one))))


@pytest.mark.parametrize("found", [*rounds(), township(), many(30)], ids=range(5))
def test_every_number_of_the_ranking_is_the_standings(found: Dossier) -> None:
    told = [
        (row.rank, row.unit, row.score, row.grade)
        for table in bulletin(found, OFFICE).attachments[0].rankings
        for row in table.rows
    ]
    assert sorted(told) == sorted(
        (
            "—" if one.rank is None else str(one.rank),
            one.unit.name,
            span(one.low, one.high),
            one.grade or "未定",
        )
        for one in found.standings
    )


def test_the_totals_of_troubles_are_those_of_the_cards() -> None:
    found = rounds()[1]
    litter = next(one for one in part(bulletin(found, OFFICE), "问题").points if "垃圾乱倒" in one.title)
    counts = [card.derived.values["垃圾乱倒处数"] for card in found.cards]
    lost = sum(
        (lost for card in found.cards for lost, each in zip(card.losses, card.findings, strict=True)
         if card.program.clause(each.clause).card.id == "WL-01"), ZERO,
    )  # fmt: skip
    total = sum((count for count in counts if isinstance(count, Decimal)), ZERO)
    assert f"累计{total}处，各次评分共扣{lost:f}".rstrip("0").rstrip(".") in litter.text
    assert f"的{sum(1 for count in counts if count)}次检查中" in litter.text


def test_a_change_of_rank_and_score_is_told_against_the_round_before() -> None:
    june, july, _ = rounds()
    assert {
        row.climbed for table in bulletin(june, OFFICE).attachments[0].rankings for row in table.rows
    } == {"—"}
    then = {one.unit.name: one for one in july.earlier[-1].standings}
    now = {one.unit.name: one for one in july.standings}
    for row in bulletin(july, OFFICE).attachments[0].rankings[0].rows:
        old, new = then[row.unit], now[row.unit]
        if new.rank is None:
            assert (row.climbed, row.gained, row.note) == ("—", "—", "没有检查")
            continue
        assert old.rank is not None
        assert row.climbed == (
            "平"
            if old.rank == new.rank
            else f"{'升' if new.rank < old.rank else '降'}{abs(old.rank - new.rank)}"
        )


def test_a_round_put_right_carries_its_amendment_and_the_link_of_the_trail() -> None:
    one = bulletin(rounds()[0], OFFICE)
    assert [each.name for each in one.attachments] == ["1. 各单位排名表", "2. 更正说明"]
    assert "垃圾乱倒处数: 原记9，应为0" in one.attachments[1].amendments[0].lines
    number, hash = rounds()[0].seal or (0, "")
    assert one.seal == f"本通报的结果记在考核日志第{number}条，校验码{hash}，可供日后核对。"


def test_the_link_shows_later_that_the_trail_was_cut_off(tmp_path: Path) -> None:
    from tests import store_support as kept

    store = kept.closed(tmp_path / "考核.db")
    seal = store.analyses.dossier("六月").seal
    assert seal is not None
    assert seal == store.trail.head()
    assert store.trail.verify(seal[1])[1] is None
    store.close()


def test_sheets_alone_say_nothing_of_what_became_of_their_orders() -> None:
    one = bulletin(township(), OFFICE)
    assert [point.text for point in part(one, "整改").points] == [
        "这次检查发现需要整改的问题31件，涉及2个行政村。"
    ]
    assert not part(one, "整改").leaders
    assert not one.seal
    assert "销号" not in said(one)
    assert "上一轮" not in said(one)


def test_what_was_found_again_alone_is_not_called_unissued() -> None:
    found = rounds()[1]
    assert not found.orders
    text = "".join(point.text for point in part(bulletin(found, OFFICE), "整改").points)
    assert "再次发现14件" in text
    assert "没有交办" not in text
    assert "没有交办" in "".join(
        point.text for point in part(bulletin(replace(found, again=()), OFFICE), "整改").points
    )


def test_a_quarter_without_visits_of_its_own_says_its_scores_and_no_more() -> None:
    one = bulletin(replace(rounds()[2], pending=()), OFFICE)
    assert one.opening.startswith(
        "2026年6月1日至7月31日的得分由2026-06、2026-07共2轮的得分合成，涉及8个行政村。"
    )
    assert [each.title for each in one.parts] == ["总体情况"]
    assert {row.unit: row.note for row in one.attachments[0].rankings[0].rows}[
        "村7"
    ] == "季度红旗；2026-06（94.30）、2026-07（87.75）"
    text = support.word_text(word(one))
    assert "主要问题" not in text
    assert "包村领导" not in text


def test_a_quarter_says_what_is_still_open_from_before() -> None:
    one = bulletin(rounds()[2], OFFICE)
    assert [point.text for point in part(one, "整改").points] == [
        "以前各轮交办、还没有销号的15件，其中已经逾期的15件。"
    ]
    assert [each.title for each in one.parts] == ["一、总体情况", "二、整改情况", "三、下一步要求"]


def test_no_place_is_named_for_it_may_name_a_resident() -> None:
    found = dossier("东岭村", places=("张三家门口",))
    assert found.orders[0].places == ("张三家门口",)
    assert "张三" not in said(bulletin(found, OFFICE, shown=["a"]))


def test_what_the_office_does_not_say_stays_blank_or_out() -> None:
    one = bulletin(township(), Office())
    assert (one.office, one.number, one.copies) == (BLANK, f"{BLANK}〔2026〕1号", "")
    assert one.to == "各村（居）民委员会，各有关单位"
    assert not [point for point in part(one, "要求").points if "回复" in point.title]
    assert bulletin(township(), Office(to="各行政村")).to == "各行政村"


def test_a_bulletin_says_that_its_points_are_proposed() -> None:
    assert "拟定" in bulletin(rounds()[0], OFFICE).provisional


def test_word_and_pdf_say_every_text_of_the_content() -> None:
    one = bulletin(rounds()[0], OFFICE)
    words = [text for text in _texts(plain(one, str)) if text]
    for text in (support.word_text(word(one)), "".join(support.pages(pdf(one)))):
        squeezed = re.sub("—[0-9]+—", "", "".join(text.split()))
        assert not [each for each in words if "".join(each.split()) not in squeezed]


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _texts(each)
        case dict():
            yield from _texts(list(value.values()))


def test_the_look_is_that_of_an_official_document() -> None:
    document = support.opened(word(bulletin(rounds()[0], OFFICE)))
    (section,) = document.sections
    assert [round(side.mm) for side in (section.top_margin, section.bottom_margin)] == [37, 35]
    fonts = {run.get(qn("w:eastAsia")) for run in document.element.body.iter(qn("w:rFonts"))}
    assert fonts == {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"}
    styled = {
        line.text: line.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia"))
        for line in document.paragraphs
        if line.runs
    }
    assert styled["一、总体情况"] == "黑体"
    (point,) = (line for line in document.paragraphs if line.text.startswith("（一）行政村"))
    assert [run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in point.runs if run.text] == [
        "楷体_GB2312",
        "仿宋_GB2312",
    ]


def test_a_long_ranking_repeats_its_head_on_every_page() -> None:
    one = bulletin(many(120), OFFICE)
    ranking = support.opened(word(one)).tables[-1]._tbl.tr_lst
    assert len(ranking) == 121
    assert ranking[0].trPr.find(qn("w:tblHeader")) is not None
    printed = ["".join(page.split()) for page in support.pages(pdf(one))]
    ranked = printed[
        next(at for at, page in enumerate(printed) if "附件各单位排名表" in page and "名次" in page) :
    ]
    assert len(ranked) > 1
    assert all("名次变化" in page for page in ranked)


def test_the_same_bulletin_gives_the_same_bytes_whatever_the_order_of_cards() -> None:
    found = rounds()[1]
    other = replace(found, cards=found.cards[::-1], standards=found.standards[::-1])
    one = bulletin(found, OFFICE)
    assert bulletin(other, OFFICE) == one
    assert word(one) == word(one)
    assert pdf(one) == pdf(one)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_stand_as_they_are_and_do_nothing(text: str) -> None:
    one = bulletin(
        dossier(f"村{text}", many=2), OFFICE.model_copy(update={"name": f"办{text}", "to": f"各{text}"})
    )
    shown = plain(one, str)["附件"][0]["排名"][0]["单位"][0]["单位"]
    assert shown == visible(shown)
    assert shown in support.word_text(word(one))
    assert "".join(shown.split()) in "".join("".join(support.pages(pdf(one))).split())


@given(st.text(max_size=60), st.text(max_size=30))
def test_no_text_breaks_a_bulletin(name: str, to: str) -> None:
    found = dossier(name or "村")
    assert (
        Template("bulletin", Bulletin).docx(bulletin(found, OFFICE.model_copy(update={"to": to}))) is not None
    )


def test_the_photos_of_the_main_troubles_are_numbered_and_shown(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(support.png())
    found = dossier(many=2)
    first, second = found.orders
    pictures = replace(
        found, orders=(replace(first, photos=("a", "b", "c")), replace(second, photos=("a", "d")))
    )
    assert [one.name for one in pictured(pictures)] == ["a", "b", "d"]
    assert photo_names(KIND, pictures) == ["a", "b", "d"]
    one = bulletin(pictures, OFFICE, ["a", "d"])
    assert [photo.caption for photo in one.attachments[1].photos] == [
        "东岭村，2022年6月10日，条1",
        "东岭村，2022年6月10日，条2",
    ]
    assert [point.text[-6:] for point in part(one, "问题").points] == ["（照片1）。", "（照片2）。"]
    assert one.attachments[-1].name == "2. 照片"
    files = {"a": tmp_path / "a.png", "d": tmp_path / "a.png"}
    assert len(support.opened(word(one, photos=files)).inline_shapes) == 2
    assert support.images(pdf(one, files)) >= 1


def test_a_text_that_is_longer_than_documents_should_be_is_told_to_whoever_issues_it() -> None:
    one = bulletin(township(), OFFICE)
    assert not list(remarks(KIND, [one]))
    long = replace(one, parts=(Part("总体情况", (Point("", "字" * 4001),), (), ()),))
    (told,) = remarks(KIND, [long])
    assert told == too_long(long)
    assert "不超过4000字" in told
    assert "4000" not in said(one)


def test_units_of_many_kinds_are_counted_by_their_own_words() -> None:
    from scoring.document.wording import counted_units, whose

    shops, roads = [Unit("1", "甲", "商户")], [Unit("2", "乙", "路段"), Unit("3", "丙", "路段")]
    assert (counted_units(shops), counted_units(roads)) == ("1家商户", "2条路段")
    assert whose([*shops, *roads]) == "3个单位（商户1家、路段2条）"
    assert whose(list(UNITS)) == "8个行政村"


def test_the_command_writes_one_bulletin_in_both_formats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheets = [str(ROOT / "docs/examples/liang-cun.csv"), "--units", str(ROOT / "fixtures/register.csv")]
    more = ["--standard", "治五乱", "--title", "2026-06", "-o", str(tmp_path / "通报")]
    assert run(["文书", "通报", *sheets, *more]) == 0
    assert sorted(one.name for one in (tmp_path / "通报").iterdir()) == [
        "通报-2026-06-1.docx",
        "通报-2026-06-1.pdf",
    ]
    assert "1份，2个文件" in capsys.readouterr().err


def test_a_day_of_its_own_and_a_number_of_its_own_are_the_offices() -> None:
    one = bulletin(township(), Office(code="状创督", first=9, signed=dt.date(2027, 1, 5)))
    assert (one.number, one.signed) == ("状创督〔2027〕9号", "2027年1月5日")
