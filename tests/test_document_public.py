"""公示: nobody's name or telephone is left, whatever wrote it down, and the ranking is that of the round."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.document.content import BLANK, plain
from scoring.document.masking import Mask
from scoring.document.pdf import Typesetter
from scoring.document.public import Public, public
from scoring.document.word import Template
from scoring.inspection import Unit
from scoring.judge.standing import ExtraPoints
from scoring.report.dossier import Dossier, dossier_of
from scoring.rule.office import Office
from tests import document_support as support
from tests.document_support import HOSTILE, OFFICE, dossier, township
from tests.support import HEAD, WeekdayCalendar, clause, scorer, standard, visit

BOARD = Office(name="办公室", shown="2026年7月1日至7日", watch_phone="0551-7654321")
LAW = standard("  甲处数: {填: 数量, 单位: 处}\n", [(100, [clause(1, "甲处数 > 0", "1")])], HEAD)
# Given names of characters that no word of the document has.
names = st.builds(
    str.__add__,
    st.sampled_from(["王", "李", "张", "仝", "欧阳"]),
    st.text("娥翠琴强骏霞", min_size=1, max_size=2),
)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.from_regex(r"0551-[2-8][0-9]{6}", fullmatch=True)


def only(found: Dossier, office: Office = OFFICE) -> Public:
    (one,) = public(found, office)
    return one


def said(one: Public) -> str:
    return json.dumps(plain(one, str), ensure_ascii=False, indent=1) + "\n"


def about(unit: Unit, *places: str, inspectors: tuple[str, ...] = ("李", "王")) -> Dossier:
    one = visit({"甲处数": 1}, unit, places={"甲处数": places}, inspectors=inspectors)
    return dossier_of(scorer(LAW).score([one]), "2026-06", None, WeekdayCalendar())


def test_the_board_of_two_villages_is_the_golden_one() -> None:
    one = only(township())
    support.golden("public.json", said(one))
    support.golden("public-docx.txt", support.word_text(Template("public", Public).docx(one)))
    with Typesetter("public", system_fonts=False) as typesetter:
        support.golden("public-pdf.txt", "\f\n".join(support.pages(typesetter.pdf([one]))))


@given(st.lists(names, min_size=4, max_size=4), mobiles, landlines, st.sampled_from(["", " ", "　"]))
def test_no_known_name_or_telephone_is_left(people: list[str], mobile: str, landline: str, gap: str) -> None:
    person, leader, inspector, giver = people
    unit = Unit(
        "1",
        f"{person}商店",
        "行政村",
        details={"责任人": person, "包村领导": f"乡长 {leader}", "电话": mobile},
    )
    spaced = gap.join(leader)
    found = about(
        unit,
        f"{person}门口",
        f"{spaced}说的，电话{mobile}",
        f"{inspector}{landline}",
        f"找{giver}",
        inspectors=(inspector,),
    )
    extra = ExtraPoints("1", "", found.standings[0].extra, f"{giver}反映", giver)
    found = replace(
        found, standings=(replace(found.standings[0], extras=(extra,), rank=None, unranked=f"{giver}说没查"),)
    )
    text = said(only(found, BOARD))
    assert not [one for one in (*people, spaced, mobile, landline, landline.replace("-", "")) if one in text]


@given(st.text(), st.lists(st.one_of(names, mobiles), max_size=3))
def test_a_mask_hides_every_known_name_in_any_text(text: str, known: list[str]) -> None:
    mask = Mask(known, known)
    found = mask("".join((*known, text, *known)))
    assert not [one for one in known if one in found]
    assert mask(found) == found


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("村东王老三家门口", "村东王**家门口"),
        ("李四家后院、欧阳锋家", "李*家后院、欧**家"),
        ("户主：赵四", "户主：赵*"),
        ("王老三户", "王**户"),
        ("电话13812341234", "电话138****1234"),
        ("138 1234 1234，138-1234-1234", "138****1234，138****1234"),
        ("１３８１２３４１２３４", "138****1234"),
        ("身份证34012319800101123X", "身份证340***********123X"),
        ("6612345", "*******"),
    ],
)
def test_what_looks_like_a_person_is_hidden(text: str, masked: str) -> None:
    assert Mask(())(text) == masked


@pytest.mark.parametrize(
    "text", ["大家、国家、周边农家", "张家庄", "2026-06-03 2组", "3组3户", "商户", "林业站门口", "12345热线"]
)
def test_what_is_no_person_stays(text: str) -> None:
    assert Mask(["林业站长", "村委会主任", "保洁员", "乡长"])(text) == text


def test_a_title_goes_and_a_name_stays_hidden() -> None:
    mask = Mask(["乡长 孙立、李主任", "张 三"])
    assert mask.names == {"孙立", "李主任", "张三"}
    assert mask("孙立、李主任、张　三") == "孙*、李**、张*"


def test_whom_to_call_is_shown_even_where_the_register_has_it_too() -> None:
    found = about(Unit("1", "村", "行政村", details={"电话": "0551-7654321"}), "0551-7654321")
    one = only(found, BOARD)
    assert (one.days, one.phone) == ("2026年7月1日至7日", "0551-7654321")
    assert (only(found, Office()).days, only(found, Office()).phone) == (BLANK, BLANK)


def test_the_ranking_is_that_of_the_round_and_says_what_was_hidden() -> None:
    found = township()
    one = only(found)
    rows = [(row.unit, row.score) for group in one.groups for row in group.rows]
    assert rows == [(each.unit.name, str(each.low)) for each in found.standings]
    assert "隐去" in one.notes[0]
    assert "拟定" in one.notes[1]


def test_without_a_standing_there_is_nothing_to_show() -> None:
    assert not list(public(replace(township(), standings=()), OFFICE))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_stand_as_they_are_and_do_nothing(text: str) -> None:
    one = only(dossier(f"村{text}", places=(text,)))
    shown = plain(one, str)["排名"][0]["单位"][0]
    assert shown["主要问题"] in support.word_text(Template("public", Public).docx(one))
    with Typesetter("public", system_fonts=False) as typesetter:
        printed = "".join("".join(support.pages(typesetter.pdf([one]))).split())
    assert "".join(shown["单位"].split()) in printed


def pdf_of(one: Any) -> bytes:
    with Typesetter("public", system_fonts=False) as typesetter:
        return typesetter.pdf([one])


def test_a_board_of_many_units_has_its_head_on_every_page() -> None:
    one = only(township())
    (group,) = one.groups[:1]
    many = replace(one, groups=(replace(group, rows=group.rows * 40),))
    printed = [page for page in support.pages(pdf_of(many)) if "东岭村" in page]
    assert len(printed) > 1
    assert all("主要问题" in page for page in printed)
