"""Finished documents: what they say, that Word and PDF say the same, and what hostile texts, templates and photos do to them."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from scoring.cli import run

from scoring.document import KINDS, book, contents
from scoring.document.content import BLANK, plain
from scoring.document.names import document_id
from scoring.document.notice import Notice, notices
from scoring.document.pdf import Typesetter
from scoring.document.photos import find_photos
from scoring.document.word import Template
from scoring.errors import ScoringError, visible
from scoring.load.office import read_office
from scoring.rectify.lifecycle import Act, Move, moved
from scoring.report.dossier import Dossier
from scoring.rule.office import Office
from tests import document_support as support
from tests import store_support as kept
from tests.document_support import HOSTILE, OFFICE, ROOT, dossier, township
from tests.support import WeekdayCalendar

(NOTICE,) = (kind for kind in KINDS if kind.name == "notice")


def only(found: Dossier, office: Office = OFFICE, **more: Any) -> Notice:
    (one,) = notices(found, office, **more)
    return one


def word(one: Notice, **more: Any) -> bytes:
    return Template("notice", Notice).docx(one, **more)


def pdf(*several: Notice, **more: Any) -> bytes:
    with Typesetter("notice", more.get("photos"), system_fonts=False) as typesetter:
        return typesetter.pdf(several)


def said(one: Notice) -> str:
    return json.dumps(plain(one, str), ensure_ascii=False, indent=1) + "\n"


def test_the_notices_of_two_villages_are_the_golden_ones() -> None:
    found = list(notices(township(), OFFICE))
    support.golden("notice.json", "".join(map(said, found)))
    support.golden("notice-docx.txt", support.word_text(word(found[0])))
    support.golden("notice-pdf.txt", "\f\n".join(support.pages(pdf(found[0]))))


def test_every_open_problem_stands_in_its_units_notice_and_no_other() -> None:
    found = {one.code: [row.number for row in one.problems] for one in notices(township(), OFFICE)}
    assert found == {
        id: [one.number for one in orders if one.life.open] for id, orders in township().orders_of.items()
    }


def test_a_number_stays_when_another_unit_is_done() -> None:
    orders = township().orders
    first = min(one.unit.id for one in orders)
    office = Move(Act.REPLY, dt.date(2026, 6, 30), "甲"), Move(Act.PASS, dt.date(2026, 6, 30), "乙")
    done = []
    for one in orders:
        life = one.life
        if one.unit.id == first:
            for step in office:
                life = moved(life, step, WeekdayCalendar())
        done.append(replace(one, life=life))
    before = {one.code: one.number for one in notices(township(), OFFICE)}
    after = {one.code: one.number for one in notices(replace(township(), orders=tuple(done)), OFFICE)}
    assert before.items() > after.items()
    assert after == {id: number for id, number in before.items() if id != first}


def test_what_was_answered_waits_for_its_check_and_is_not_asked_for_again() -> None:
    found = dossier()
    (order,) = found.orders
    life = moved(order.life, Move(Act.REPLY, found.as_of, "甲"), WeekdayCalendar())
    one = only(replace(found, orders=(replace(order, life=life),)))
    assert (one.problems[0].due, one.last_due) == ("已回复，待复查", "—")


def test_what_the_office_does_not_say_stays_blank() -> None:
    one = only(dossier(), Office())
    assert (one.office, one.number, one.leader) == (BLANK, f"{BLANK}〔2022〕1号", BLANK)
    assert f"联系人：{BLANK}，电话：{BLANK}" in one.requests[0]


def test_a_notice_says_that_its_points_are_proposed_and_names_no_penalty() -> None:
    text = said(only(dossier()))
    assert "拟定" in text
    assert "罚款" not in text
    assert text.count("处罚") == 1
    assert "不作为行政处罚的决定" in text


def test_the_order_of_orders_and_cards_does_not_matter() -> None:
    found = township()
    assert list(notices(found, OFFICE)) == list(
        notices(replace(found, standards=found.standards[::-1], cards=found.cards[::-1]), OFFICE)
    )


def test_word_and_pdf_say_every_text_of_the_content() -> None:
    one = only(dossier(many=3))
    words = [text for text in _texts(plain(one, str)) if text]
    for text in (support.word_text(word(one)), "".join(support.pages(pdf(one)))):
        squeezed = "".join(text.split())
        assert not [each for each in words if "".join(each.split()) not in squeezed]


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [text for each in value for text in _texts(each)]
        case dict():
            return [text for each in value.values() for text in _texts(each)]
    raise TypeError


def test_the_same_notice_gives_the_same_bytes() -> None:
    one = only(dossier())
    assert word(one) == word(one)
    assert pdf(one) == pdf(one)


def test_the_page_is_that_of_an_official_document() -> None:
    document = support.opened(word(only(dossier(many=2))))
    (section,) = document.sections
    assert [round(side.mm) for side in (section.top_margin, section.bottom_margin)] == [37, 35]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin)] == [28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fonts = {run.get(qn("w:eastAsia")) for run in document.element.body.iter(qn("w:rFonts"))}
    assert fonts == {"仿宋_GB2312", "黑体", "方正小标宋简体"}
    normal = document.styles["Normal"]
    assert normal.font.size.pt == 16
    assert 28.9 < normal.paragraph_format.line_spacing.pt < 29.1


def test_a_long_table_repeats_its_head_and_cuts_no_row() -> None:
    one = only(dossier(many=40))
    rows = support.opened(word(one)).tables[0]._tbl.tr_lst
    assert len(rows) == 41
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, *[False] * 40]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    printed = [page for page in support.pages(pdf(one)) if "2022-06-00" in page]
    assert len(printed) > 1
    assert all("整改要求" in page for page in printed)


def test_each_document_of_one_print_begins_on_a_right_hand_page_with_page_one() -> None:
    one = only(dossier())
    alone = len(support.pages(pdf(one)))
    found = support.pages(pdf(one, one))
    second = alone + alone % 2
    assert len(found) == second + alone
    assert "— 1 —" in found[second]
    assert not any(page.strip() for page in found[alone:second])


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_stand_as_they_are_and_do_nothing(text: str) -> None:
    one = only(dossier(f"村{text}", places=(text,)), Office(name="办公室"))
    shown = plain(one, str)["主送"]
    assert shown == visible(shown)
    raw = word(one)
    assert shown in support.word_text(raw)
    squeezed = "".join("".join(support.pages(pdf(one))).split())
    assert "".join(shown.split()) in squeezed
    assert not {name for name in zipfile.ZipFile(io.BytesIO(raw)).namelist() if "photo" in name}


@given(st.text(max_size=30), st.text(max_size=60))
def test_no_text_breaks_a_word_document(name: str, place: str) -> None:
    found = list(notices(dossier(name or "村", places=(place,)), OFFICE))
    for one in found:
        assert plain(one, str)["主送"] in support.word_text(_template().docx(one))


@cache
def _template() -> Template:
    return Template("notice", Notice)


@given(st.text(max_size=60), st.text(max_size=60), st.integers(1, 99))
def test_a_file_is_named_by_letters_digits_and_dashes(round: str, unit: str, number: int) -> None:
    found = document_id(round, unit, number)
    assert found.isascii()
    assert set(found.replace("-", "")) <= set(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )
    assert found.endswith(str(number)) or (unit.isdecimal() and found.endswith(unit))


@given(
    st.lists(st.text("07aA-村", max_size=12), min_size=2, max_size=8, unique=True),
    st.sampled_from(["2026-05", "五月", "7"]),
)
def test_no_two_files_of_a_round_have_one_name_on_any_disk(units: list[str], round: str) -> None:
    found = [document_id(round, unit, number) for number, unit in enumerate(units)]
    assert len({one.casefold() for one in found}) == len(found)


def own(tmp_path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(tmp_path / "我的.docx"))
    return tmp_path / "我的.docx"


def test_an_offices_own_template_is_filled(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        "{{ 主送 }} {{ 文号 }}",
        "{%p for 行 in 问题 %}",
        "{{ loop.index }}、{{ 行.问题 }}",
        "{%p endfor %}",
    )
    made = Template("notice", Notice, path).docx(only(dossier(many=2)))
    assert support.word_text(made) == "东岭村 状创督〔2022〕7号\n1、条1\n2、条2\n"


MUSEUM = [
    ("{{ 主松 }}", "不认识的 {{ 主松 }}。可用: 机关、文号、"),
    ("{{ 主松 }}", "是不是“主送”？"),
    ("{% for 行 in 问题 %}{{ 行.电位 }}{% endfor %}", "不认识的 {{ 行.电位 }}。可用: 序号、"),
    ("{{ 行.点位 }}", "不认识的 {{ 行 }}"),
    ("{{ 问题 }}", "“问题”有多项，不能直接写。写成 {% for … in 问题 %}，里面写 {{ 行.序号 }} 的样子"),
    ("{{ 结尾 }}", "里面写 {{ 段 }} 的样子"),
    ("{% for 行 in 问题 %}{{ 行 }}{% endfor %}", "“行”有几个词，要写明哪一个。可用: 行.序号、"),
    (
        "{% for 字 in 文号 %}{{ 字 }}{% endfor %}",
        "for 后面的写法不能用。写成 for 行 in 表；能重复的: 问题、结尾、照片",
    ),
    ("{% for 甲 in 问题 %}{% for 乙 in 问题 %}{% endfor %}{% endfor %}", "for 后面的写法不能用"),
    ("{{ 文号.__class__.__mro__ }}", "这里的写法不能用"),
    ("{{ 文号.__class__ }}", "“文号”是一段文字，里面没有别的词"),
    ("{{ range(999999999) }}", "这里的写法不能用"),
    ("{{ 文号 * 999999999 }}", "这里的写法不能用"),
    ("{{ 文号 | center(999999999) }}", "这里的写法不能用"),
    ("{% include '/etc/passwd' %}", "这里的写法不能用"),
    ("{% macro 甲() %}{{ 甲() }}{% endmacro %}{{ 甲() }}", "这里的写法不能用"),
    ("{% if 抄送 %}", "有 for 或 if 没有收尾"),
    ("{{ 文号 }", "括号里的写法读不懂。括号成对、用英文的"),
    ("{%tr for 行 in 问题 %}", "{%tr … %} 没有单独成表格的一行"),
]


@pytest.mark.parametrize(("text", "message"), MUSEUM, ids=range(len(MUSEUM)))
def test_a_wrong_placeholder_is_told_with_its_place_and_the_way_out(
    tmp_path: Path, text: str, message: str
) -> None:
    path = own(tmp_path, "好的一段", text)
    with pytest.raises(ScoringError) as caught:
        Template("notice", Notice, path)
    told = str(caught.value)
    assert message in told
    assert told.startswith(f"{path} “{text}")


def test_all_mistakes_of_a_template_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(ScoringError) as caught:
        Template("notice", Notice, own(tmp_path, "{{ 甲 }}", "{{ 乙 }}", "{{ 丙 }}"))
    assert len(caught.value.problems) == 3


def test_what_begins_outside_a_table_and_ends_inside_is_refused(tmp_path: Path) -> None:
    document = docx.Document(str(own(tmp_path, "{% if 照片 %}")))
    document.add_table(1, 1).cell(0, 0).text = "{% endif %}"
    document.save(str(tmp_path / "我的.docx"))
    template = Template("notice", Notice, tmp_path / "我的.docx")
    with pytest.raises(ScoringError, match="位置不对"):
        template.docx(only(dossier()))


NO_DOCUMENTS = {"半个包": b"PK\x03\x04", "旧格式": b"\xd0\xcf\x11\xe0", "空": b"", "太大": b"0" * (5 << 20)}


@pytest.mark.parametrize("raw", NO_DOCUMENTS.values(), ids=NO_DOCUMENTS)
def test_what_is_no_word_document_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "甲.docx").write_bytes(raw)
    with pytest.raises(ScoringError, match=r"不是 Word|太大"):
        Template("notice", Notice, tmp_path / "甲.docx")


def test_a_template_that_would_unpack_to_a_flood_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (65 << 20))
    with pytest.raises(ScoringError, match="展开后太大"):
        Template("notice", Notice, path)


def test_a_template_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    good = own(tmp_path, "甲")
    parts = {one: zipfile.ZipFile(good).read(one) for one in zipfile.ZipFile(good).namelist()}
    parts["word/document.xml"] = (
        b'<!DOCTYPE a [<!ENTITY b "cc">]>' + parts["word/document.xml"].partition(b"?>")[2]
    )
    with zipfile.ZipFile(tmp_path / "实体.docx", "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    with pytest.raises(ScoringError, match="不像 Word 写的"):
        Template("notice", Notice, tmp_path / "实体.docx")


def test_photos_are_shown_where_there_are_files_and_named_where_not(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.png").write_bytes(support.png())
    (tmp_path / "IMG_2.jpg").write_bytes(b"no photo")
    found = dossier()
    (order,) = found.orders
    with_photos = replace(
        found, orders=(replace(order, photos=("img_1", "IMG_2.jpg", "../IMG_1.png", "<x>")),)
    )
    files, lost = find_photos(tmp_path, with_photos.orders[0].photos)
    assert set(files) == {"img_1"}
    assert [problem.message for problem in lost] == [
        "不是 JPEG 或 PNG 照片，或已损坏",
        "没有这张照片",
        "没有这张照片",
    ]
    one = only(with_photos, shown=files)
    assert one.problems[0].photos == "1、2、3、4"
    assert one.apart == "照片另附：2（IMG_2.jpg）、3（../IMG_1.png）、4（<x>）"
    made = support.opened(word(one, photos=files))
    assert len(made.inline_shapes) == 1
    assert made.part.related_parts["photo1"].blob == support.png()
    assert support.images(pdf(one, photos=files)) == 1


def test_a_photo_that_only_seems_whole_is_told(tmp_path: Path) -> None:
    (tmp_path / "坏.png").write_bytes(support.png()[:40])
    found = dossier()
    broken = replace(found, orders=(replace(found.orders[0], photos=("坏.png",)),))
    files, _ = find_photos(tmp_path, ["坏.png"])
    with pytest.raises(ScoringError, match="多半是哪张照片坏了"):
        pdf(only(broken, shown=files), photos=files)


@pytest.mark.parametrize("missing", ["docxtpl", "jinja2"])
def test_a_missing_component_is_told_with_the_way_out(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "scoring.document.placeholders", raising=False)
    with pytest.raises(ScoringError, match=r"pip install 'chuangwei\[docs\]'"):
        Template("notice", Notice)


def test_without_typst_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(ScoringError, match=r"pip install 'chuangwei\[docs\]'"):
        Typesetter("notice")


def test_an_offices_settings_are_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "机关.yaml"
    path.write_text("机关名称: 某乡\n落款日期: 2026-02-30\n电花: 1\n起始文号: 0\n", encoding="utf-8")
    with pytest.raises(ScoringError) as caught:
        read_office(path)
    assert [(one.line, one.message) for one in caught.value.problems][1:2] == [(3, "“电花”: 不认识的键")]
    assert len(caught.value.problems) == 3
    path.write_text("机关名称: 某乡\n抄送: [甲, 乙]\n", encoding="utf-8")
    assert read_office(path) == Office(name="某乡", copies=("甲", "乙"))


def test_the_command_writes_every_units_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheets = [str(ROOT / "docs/examples/liang-cun.csv"), "--units", str(ROOT / "fixtures/register.csv")]
    out = tmp_path / "文书"
    assert (
        run(
            [
                "文书",
                "通知书",
                *sheets,
                "--standard",
                "治五乱",
                "--title",
                "2026-06",
                "-o",
                str(out),
                "--together",
            ]
        )
        == 0
    )
    stems = [f"通知书-2026-06-{id}" for id in ("340123200200", "340123200201")]
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [*(f"{stem}.{kind}" for stem in stems for kind in ("docx", "pdf")), "通知书-全部.pdf"]
    )
    assert "2份，5个文件" in capsys.readouterr().err


def test_a_rounds_notice_holds_what_an_earlier_round_issued_and_this_one_found_again(tmp_path: Path) -> None:
    june, july = kept.littered(0, 3, "村口"), kept.littered(0, 3, "村口", "井边")
    store = kept.issued(tmp_path / "考核.db", [june])
    store.rounds.open(
        "七月",
        (dt.date(2026, 7, 1), dt.date(2026, 7, 31)),
        kept.scheme(),
        kept.LAWS,
        kept.VILLAGES,
        who="李",
        at=kept.AT,
    )
    store.rounds.take_in("七月", [replace(july, date=dt.date(2026, 7, 3))], [], who="李", at=kept.AT)
    store.rounds.score("七月", who="王", at=kept.AT)
    store.orders.issue("七月", who="李", at=kept.AT)
    found = store.analyses.dossier("七月")
    assert (found.as_of, [one.round for one in (*found.again, *found.orders)]) == (
        dt.date(2026, 7, 31),
        ["六月", "七月"],
    )
    one = only(found)
    assert [row.places for row in one.problems] == ["村口", "村口、井边"]
    assert one.problems[0].problem.endswith("（7月3日再次发现）")
    assert one.opening.startswith("2026年7月3日对你单位进行了督查（日常1次，检查人员：李、王）")
    assert not store.analyses.dossier("六月").again
    store.close()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "没写检查表，也没写 --round"),
        (["甲.csv", "--round", "2026-06"], "只能写一种"),
        (["甲.csv", "--format", "doc"], "--format 没有“doc”这一种"),
        (["甲.csv", "--format", "docx", "--together"], "--together 合成的是 PDF"),
        (["甲.csv", "--format", "pdf", "--template", "甲.docx"], "自己的模板只能写 Word"),
        (["甲.csv", "--on", "昨天"], "--on 的日期“昨天”读不懂"),
    ],
)
def test_wrong_options_are_told(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "notice", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_every_kind_has_a_template_of_each_of_its_formats_and_reads_it() -> None:
    for kind in KINDS:
        (one, *_) = contents(kind, support.full(), OFFICE)
        folder = ROOT / "scoring" / "document" / "templates"
        assert {
            form
            for form in ("docx", "pdf")
            if (folder / f"{kind.name}.{form.replace('pdf', 'typ')}").exists()
        } == set(kind.formats) - {"xlsx"}
        if "xlsx" in kind.formats:
            assert book(kind, one).startswith(b"PK")
        if "docx" in kind.formats:
            Template(kind.name, type(one))


def test_the_shipped_templates_are_those_that_the_script_makes() -> None:
    from scripts.templates import FOLDER, TEMPLATES

    for name, made in TEMPLATES.items():
        assert support.word_text(made()) == support.word_text((FOLDER / f"{name}.docx").read_bytes())
