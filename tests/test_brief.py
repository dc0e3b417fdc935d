"""一页纸: one page whatever the size of the round, and nothing on it that the round does not say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring.cli import run

from scoring.document import KINDS, photo_names
from scoring.document.brief import Brief, GroupLine, Section, one_page, pictured
from scoring.document.content import Picture, plain
from scoring.document.evidence import Photo
from scoring.document.pdf import Typesetter
from scoring.document.press import Press
from scoring.document.word import Template
from scoring.errors import visible
from scoring.rectify.lifecycle import State
from scoring.report.dossier import Dossier
from tests import document_support as support
from tests.document_support import HOSTILE, OFFICE, ROOT, dossier, township
from tests.round_documents import many, rounds

(KIND,) = (kind for kind in KINDS if kind.name == "brief")


def pdf(one: Brief, photos: dict[str, Path] | None = None) -> bytes:
    with Typesetter("brief", photos, system_fonts=False) as typesetter:
        return typesetter.pdf([one])


def word(one: Brief) -> bytes:
    return Template("brief", Brief).docx(one)


def said(one: Brief) -> str:
    return json.dumps(plain(one, str), ensure_ascii=False, indent=1) + "\n"


def lines(one: Brief, title: str) -> tuple[str, ...]:
    return next((each.lines for each in one.sections if title in each.title), ())


def test_the_briefs_of_rounds_and_of_sheets_are_the_golden_ones() -> None:
    one = one_page(rounds()[1], OFFICE)
    found = (*rounds(), township())
    support.golden("brief.json", "".join(said(one_page(each, OFFICE)) for each in found))
    support.golden("brief-docx.txt", support.word_text(word(one)))
    support.golden("brief-pdf.txt", "\f\n".join(support.pages(pdf(one))))


@pytest.mark.parametrize(
    "found", [dossier(), many(1), many(500), many(500, "很长的村名" * 12), *rounds()], ids=range(7)
)
def test_a_brief_is_one_page(found: Dossier) -> None:
    assert len(support.pages(pdf(one_page(found, OFFICE)))) == 1


def fullest() -> Brief:
    """A brief with every line as long as a line can be, all of wide characters."""
    line = "宽" * 80
    return Brief(
        id="1",
        title="宽" * 24,
        office="宽" * 24,
        as_of="截至2026年12月31日",
        summary=line * 2,
        groups=(GroupLine("宽" * 9, "9999个", "100.00", "+12.34", f"{'宽' * 8}等135家", "宽" * 11),) * 6,
        sections=tuple(
            Section(title, (line,) * count)
            for title, count in (
                ("一、前三名和后三名", 5),
                ("二、整改进度", 2),
                ("三、请乡里研究的事", 3),
                ("四、和上一轮比", 1),
            )
        ),
        provisional="注：标准、考核办法中有分值、期限为拟定，仅供试行。",
        photos=tuple(Photo(str(at), "宽" * 20, Picture(f"p{at}")) for at in range(1, 5)),
    )


def test_the_fullest_brief_there_can_be_is_one_page(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(support.png(40, 30))
    photos = {f"p{at}": tmp_path / "a.png" for at in range(1, 5)}
    made = pdf(fullest(), photos)
    assert len(support.pages(made)) == 1
    with Press(KIND, Brief, ("docx",), photos=photos) as press:
        ((_, raw),) = press.files(fullest())
    shapes = support.opened(raw).inline_shapes
    assert [(round(one.width.mm), round(one.height.mm)) for one in shapes] == [(32, 24)] * 4


@given(st.text(max_size=80), st.integers(1, 9), st.text(max_size=80))
def test_no_brief_is_fuller_than_the_fullest(name: str, units: int, office: str) -> None:
    one, most = one_page(many(units, name or "村"), OFFICE.model_copy(update={"name": office})), fullest()
    assert len(one.title) <= len(most.title)
    assert len(one.office) <= len(most.office)
    assert len(one.summary) <= len(most.summary)
    assert len(one.groups) <= len(most.groups)
    assert all(len(row.name) <= 9 and len(row.last) <= 11 for row in one.groups)
    assert len(one.sections) <= len(most.sections)
    allowed = {each.title[2:]: len(each.lines) for each in most.sections}
    assert all(len(each.lines) <= allowed[each.title[2:]] for each in one.sections)
    assert all(len(line) <= 80 for each in one.sections for line in each.lines)


def test_the_last_three_are_told_with_what_cost_them_most() -> None:
    found = rounds()[1]
    told = lines(one_page(found, OFFICE), "后三名")[1:]
    last = [one for one in found.standings if one.rank][:-4:-1]
    assert [line.partition("（")[0] for line in told] == [one.unit.name for one in last]
    assert all(f"第{one.rank}名，{one.low}分" in line for one, line in zip(last, told, strict=True))
    assert all("各次检查扣分最多的是" in line for line in told)


def test_what_is_overdue_is_counted_by_leader() -> None:
    found = rounds()[0]
    late = [one for one in found.orders if one.life.late(found.as_of)]
    (line,) = (line for line in lines(one_page(found, OFFICE), "整改") if "逾期没改的" in line)
    assert f"共{len(late)}件" in line
    assert line.endswith("：副乡长 吴（8件）、副乡长 钱（7件）")


def test_what_is_settled_asks_for_nothing() -> None:
    found = rounds()[0]
    closed = tuple(replace(one, life=replace(one.life, state=State.CLOSED)) for one in found.orders)
    done = replace(found, orders=closed, supervised=())
    assert not lines(one_page(done, OFFICE), "请乡里")


def test_what_goes_to_somebody_higher_is_what_the_scheme_says() -> None:
    found = rounds()[0]
    (line, *_) = lines(one_page(found, OFFICE), "请乡里")
    assert line.startswith(f"按考核办法应提到乡长督办的{len(found.supervised)}件")


def test_sheets_alone_say_nothing_of_what_became_of_their_orders() -> None:
    text = said(one_page(township(), OFFICE))
    for word in ("逾期", "销号", "按期率", "上一轮", "督办"):
        assert word not in text


def test_who_moved_most_is_told_against_the_round_before() -> None:
    assert not lines(one_page(rounds()[0], OFFICE), "上一轮")
    (line,) = lines(one_page(rounds()[1], OFFICE), "上一轮")
    assert "（比2026-06）" in line


def test_word_and_pdf_say_every_text_of_the_content() -> None:
    one = one_page(rounds()[1], OFFICE)
    words = [one.title, one.summary, *(line for each in one.sections for line in (each.title, *each.lines))]
    for text in (support.word_text(word(one)), "".join(support.pages(pdf(one)))):
        squeezed = "".join(text.split())
        assert not [each for each in words if "".join(each.split()) not in squeezed]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_do_nothing(text: str) -> None:
    one = one_page(dossier(f"村{text}"), OFFICE)
    shown = plain(one, str)["各组"][0]["第一名"]
    assert shown == visible(shown)
    assert shown in support.word_text(word(one))
    assert len(support.pages(pdf(one))) == 1


def test_photos_are_one_of_each_trouble_and_four_at_most() -> None:
    found = dossier(many=6)
    orders = tuple(replace(one, photos=(f"{at}a", f"{at}b")) for at, one in enumerate(found.orders))
    pictures = replace(found, orders=orders)
    assert len(pictured(pictures)) == 4
    assert all(name.endswith("a") for name in photo_names(KIND, pictures))
    assert not one_page(pictures, OFFICE).photos
    names = photo_names(KIND, pictures)
    assert [photo.picture for photo in one_page(pictures, OFFICE, names).photos] == names


def test_the_command_writes_one_brief_in_both_formats(tmp_path: Path) -> None:
    sheets = [str(ROOT / "docs/examples/liang-cun.csv"), "--units", str(ROOT / "fixtures/register.csv")]
    more = ["--standard", "治五乱", "--title", "2026-06", "-o", str(tmp_path / "一页纸")]
    assert run(["report", "brief", *sheets, *more]) == 0
    assert len(list((tmp_path / "一页纸").iterdir())) == 2
