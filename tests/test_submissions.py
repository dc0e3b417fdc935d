"""What phones submitted: each dialect reads as the same answers on a sheet; broken exports are told, never half read."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scoring.cli import run

from scoring.compile.vocabulary import vocabulary
from scoring.errors import ScoringError
from scoring.inspection import Inspection, Origin, Unit
from scoring.sheets.read import Reading, read_sheets
from scoring.sheets.register import Register
from tests.phones import Filled, Phone, archive, book, write
from tests.test_xlsform import LAW

ROOT = Path(__file__).parent.parent
FIXTURES = Path(__file__).with_name("exports")
FIELDS = vocabulary([LAW])
PHONE = Phone(LAW)
UNITS = [Unit("340123101001", "东岭村", "行政村", "东片"), Unit("9", "老王饭店", "商户")]
REGISTER = Register.of(UNITS)
DIALECTS = ("central.zip", "central.json", "kobo.json", "kobo.xlsx")
each = pytest.mark.parametrize("dialect", DIALECTS)


def who(unit: Unit = UNITS[0], **more: str) -> dict[str, str]:
    told = {
        "unit": unit.id,
        "unit_name": unit.name,
        "kind": unit.kind,
        "date": "2026-06-04",
        "source": "日常",
    }
    return {**told, "inspectors": "张三、李四", "time": "09:12:00.000+08:00", **more}


VILLAGE = Filled(
    "0b1c-1", who(position="31.86 117.28 20.0 4.5", note="下雨"),
    {"垃圾处数": "", "绿化率": "62.5%", "养殖": "有养殖", "村容得分": "17", "柴草处数": "0"},
    (
        {"item": "垃圾处数", "place": "小学门口", "count": "2", "photo": "1717.jpg", "position": "31.87 117.29 0 5"},
        {"item": "垃圾处数", "place": "村口", "note": "当场清了"},
    ),
    {"村容得分": "路面干净"},
)  # fmt: skip
SHOP = Filled(
    "0b1c-2", who(UNITS[1], blank_is_none="是"), {"摊位数": "1", "绿化率": "不适用", "养殖": "不适用"}
)
REJECTED = Filled("0b1c-3", who(date="2026-06-05"), {"垃圾处数": "99"}, review="rejected")
EVERY = (VILLAGE, SHOP, REJECTED)


def sheet(filled: Sequence[Filled]) -> list[tuple[str, bytes]]:
    """Return the same answers as sheets: one of each kind of unit, as its form asks, and a 问题明细."""
    files = []
    details = [
        [
            "提交编号",
            "被检单位",
            "检查日期",
            "来源",
            "检查人员",
            "第几次",
            "检查项",
            "点位",
            "数量",
            "大小",
            "照片",
            "位置",
            "备注",
        ]
    ]
    for one in filled:
        told = one.visit
        names = [name for name in PHONE.asked.fields if told["kind"] in PHONE.asked.concerned[name]]
        head = [
            "提交编号",
            "被检单位",
            "检查日期",
            "检查时间",
            "来源",
            "检查人员",
            "第几次",
            "位置",
            "备注",
            "空白即未发现问题",
            "未查原因",
            "村容得分理由",
            *names,
        ]
        place = ",".join(told.get("position", "").split()[:2])
        line = [one.id, told["unit_name"], told["date"], told.get("time", "")[:5], told["source"], told["inspectors"], told.get("number", ""),
                place, told.get("note", ""), told.get("blank_is_none", ""), told.get("reason", ""), one.reasons.get("村容得分", "")]  # fmt: skip
        files.append((f"{one.id}.csv", text([head, [*line, *(one.answers.get(name, "") for name in names)]])))
        for found in one.problems:
            place = ",".join(found.get("position", "").split()[:2])
            own = [found.get(name, "") for name in ("item", "place", "count", "size", "photo")]
            details.append([*line[:3], *line[4:7], *own, place, found.get("note", "")])
    return [*files, ("明细.csv", text(details))] if len(details) > 1 else files


def text(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def read(folder: Path, *files: tuple[str, bytes]) -> Reading:
    return read_sheets(list(write(folder, dict(files)).values()), FIELDS, REGISTER)


def export(dialect: str, filled: Sequence[Filled]) -> tuple[str, bytes]:
    return dialect, PHONE.exports(filled)[dialect]


def placeless(found: Sequence[Inspection]) -> list[Inspection]:
    """Return inspections without where they were read from."""
    return [
        replace(
            one,
            origin=Origin(),
            occurrences=tuple(replace(each, origin=Origin()) for each in one.occurrences),
        )
        for one in found
    ]


@each
def test_a_submission_is_the_same_inspection_as_a_sheet_with_the_same_answers(
    dialect: str, tmp_path: Path
) -> None:
    phone = read(tmp_path, export(dialect, [VILLAGE, SHOP]))
    paper = read(tmp_path, *sheet([VILLAGE, SHOP]))
    assert not phone.problems
    assert not paper.problems
    assert placeless(phone.inspections) == placeless(paper.inspections)
    assert len(phone.inspections) == 2


@each
def test_photos_positions_and_the_submission_stay_with_what_they_show(dialect: str, tmp_path: Path) -> None:
    (found,) = (one for one in read(tmp_path, export(dialect, EVERY)).inspections if one.unit.id != "9")
    assert (found.submission, found.position) == ("0b1c-1", "31.86,117.28")
    told = {(one.place, one.photo, one.position, one.note) for one in found.occurrences}
    assert told == {("小学门口", "1717.jpg", "31.87,117.29", ""), ("村口", "", "", "当场清了")}


@each
def test_a_rejected_submission_is_skipped_counted_and_said(dialect: str, tmp_path: Path) -> None:
    found = read(tmp_path, export(dialect, EVERY))
    assert [one.submission for one in found.inspections] == ["0b1c-1", "0b1c-2"]
    assert f"{dialect}: 跳过1份审核没通过的提交" in found.notices


@each
def test_only_rejected_submissions_are_nothing_to_score(dialect: str, tmp_path: Path) -> None:
    found = read(tmp_path, export(dialect, [REJECTED]))
    assert [one.message for one in found.problems] == ["表上没有检查记录"]
    assert found.notices


@each
def test_what_was_asked_and_left_blank_is_known_to_have_been_asked(dialect: str, tmp_path: Path) -> None:
    (shop,) = read(tmp_path, export(dialect, [SHOP])).inspections
    assert shop.columns == set(PHONE.asked.fields)
    (village,) = read(tmp_path, export(dialect, [VILLAGE])).inspections
    assert "提问题数" in village.columns


@each
def test_a_mistake_names_the_submission_and_the_question(dialect: str, tmp_path: Path) -> None:
    wrong = replace(VILLAGE, answers={"柴草处数": "许多", "养殖": "有狗"})
    found = read(tmp_path, export(dialect, [wrong, SHOP]))
    assert [(one.path, one.where) for one in found.problems] == [
        (dialect, "提交 0b1c-1“养殖”"),
        (dialect, "提交 0b1c-1“柴草处数”"),
    ]
    assert [one.submission for one in found.inspections] == ["0b1c-2"]


@each
def test_an_empty_round_of_the_repeat_is_nothing(dialect: str, tmp_path: Path) -> None:
    found = read(tmp_path, export(dialect, [replace(VILLAGE, problems=({"item": ""}, *VILLAGE.problems))]))
    assert not found.problems
    assert len(found.inspections[0].occurrences) == 2


@each
def test_a_photo_that_is_a_path_is_refused(dialect: str, tmp_path: Path) -> None:
    bad = replace(VILLAGE, problems=({"item": "垃圾处数", "photo": "../../etc/passwd"},))
    (problem,) = read(tmp_path, export(dialect, [bad])).problems
    assert (problem.where, problem.message) == ("提交 0b1c-1“照片”", "照片的文件名不对")


@each
def test_a_question_of_another_form_is_told_not_dropped(dialect: str, tmp_path: Path) -> None:
    found = read(tmp_path, export(dialect, [replace(VILLAGE, visit=who(dogs="3"))]))
    assert any("不认识的栏目“dogs”" in one.message for one in found.problems)


def test_the_same_submission_in_two_exports_counts_once_and_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, export("central.zip", EVERY), export("central.json", EVERY))
    assert not found.problems
    assert len(found.inspections) == 2
    assert "central.zip: 2份提交别的文件里也有，一样的，只算一次" in found.notices


def test_a_submission_that_two_exports_tell_differently_is_told(tmp_path: Path) -> None:
    later = replace(VILLAGE, answers={"柴草处数": "3"})
    found = read(tmp_path, export("central.zip", [VILLAGE]), export("central.json", [later]))
    assert any("同一次检查有2行" in one.message for one in found.problems)


def test_a_workbook_exported_under_labels_reads_the_same(tmp_path: Path) -> None:
    head = [
        "被检单位",
        "unit_name",
        "kind",
        "检查日期",
        "来源",
        "检查人员",
        "垃圾处数（处）",
        "绿化率（%）",
        "养殖",
        "_uuid",
        "_index",
    ]
    line = ["东岭村", "东岭村", "行政村", "2026-06-04", "日常", "张三", "3", "1", "有养殖", "u1", "1"]
    found = read(tmp_path, ("标签.xlsx", book({"检查登记": [head, line]})))
    assert not found.problems
    answers = found.inspections[0].answers
    assert {name: str(answer) for name, answer in answers.items()} == {
        "垃圾处数": "3",
        "绿化率": "0.01",
        "养殖": "有养殖",
    }


WORDS = st.dictionaries(
    st.sampled_from(["垃圾处数", "柴草处数", "提问题数"]), st.integers(0, 500).map(str), max_size=3
)


@given(answers=WORDS, share=st.integers(0, 100), skip=st.booleans(), signed=st.sampled_from(["", "是", "否"]))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_answers_read_alike_in_every_dialect_and_from_paper(
    tmp_path: Path, answers: dict[str, str], share: int, skip: bool, signed: str
) -> None:
    filled = [
        Filled("u", who(blank_is_none=signed), {**answers, "绿化率": "不适用" if skip else f"{share}%"})
    ]
    paper = placeless(read(tmp_path, *sheet(filled)).inspections)
    assert len(paper) == 1
    for dialect, content in PHONE.exports(filled).items():
        assert placeless(read(tmp_path, (dialect, content)).inspections) == paper


@each
def test_the_checked_in_export_of_each_dialect_reads_as_it_did(dialect: str) -> None:
    found = read_sheets([FIXTURES / dialect], FIELDS, REGISTER)
    assert [(one.unit.name, one.submission, len(one.occurrences)) for one in found.inspections] == [
        ("东岭村", "0b1c-1", 2),
        ("老王饭店", "0b1c-2", 0),
    ]
    assert not found.problems


def page(change: Callable[[Any], object], dialect: str = "kobo.json") -> bytes:
    data = json.loads(PHONE.exports(EVERY)[dialect])
    change(data)
    return json.dumps(data, ensure_ascii=False).encode()


def repacked(change: Callable[[dict[str, bytes]], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(PHONE.exports(EVERY)["central.zip"])) as found:
        files = {name: found.read(name) for name in found.namelist()}
    change(files)
    return archive(files)


def deep(many: int) -> Any:
    found: Any = {}
    for _ in range(many):
        found = {"g": found}
    return found


MAIN, REPEAT = "chuangwei_T.csv", "chuangwei_T-problems.csv"
BROKEN: dict[str, tuple[str, bytes, str]] = {
    "one page of several": ("a.json", page(lambda data: data.update(next="https://x/?offset=100")), "只是其中一页"),
    "a page of OData": ("a.json", page(lambda data: data.update({"@odata.nextLink": "x"}), "central.json"), "只是一部分"),
    "repeats left out": ("a.json", page(lambda data: data["value"][0].pop("problems"), "central.json"), "问题明细没有一起导出"),
    "a submission that is a list": ("a.json", page(lambda data: data["results"].append([])), "每份提交应是"),
    "an OData submission that is text": ("a.json", page(lambda data: data["value"].append("x"), "central.json"), "每份提交应是"),
    "no id": ("a.json", page(lambda data: data["value"][0].pop("__id"), "central.json"), "有提交没有编号"),
    "one id twice": ("a.json", page(lambda data: data["results"].append(data["results"][0])), "有两份"),
    "groups within groups": ("a.json", page(lambda data: data["value"][0].update(deep(50)), "central.json"), "太深"),
    "brackets without end": ("a.json", b"[" * 200_000, "太深"),
    "cut off": ("a.zip", PHONE.exports(EVERY)["central.zip"][:-200], "压缩包损坏"),
    "no archive": ("a.zip", b"PK not really", "压缩包损坏"),
    "another archive": ("a.zip", archive({"readme.txt": b"x"}), "压缩包里没有检查记录"),
    "two forms": ("a.zip", repacked(lambda files: files.update({"b.csv": files[MAIN]})), "不止一张表的"),
    "a name that climbs": ("a.zip", repacked(lambda files: files.update({"../x.csv": b"KEY\n"})), "文件名不对"),
    "an absolute name": ("a.zip", repacked(lambda files: files.update({"/etc/x.csv": b"KEY\n"})), "文件名不对"),
    "a drive": ("a.zip", repacked(lambda files: files.update({"C:\\x.csv": b"KEY\n"})), "文件名不对"),
    "problems of nobody": ("a.zip", repacked(lambda files: files.update({MAIN: files[MAIN].split(b"\r\n")[0]})), "不知是哪份提交的"),
    "open quotes": ("a.zip", repacked(lambda files: files.update({MAIN: files[MAIN] + b'"x'})), "读不下去"),
    "another encoding": ("a.zip", repacked(lambda files: files.update({MAIN: "村".encode("gbk")})), "压缩包损坏"),
    "a bomb": ("a.zip", repacked(lambda files: files.update({MAIN: b"KEY," + b"0" * (60 << 20)})), "解开后太大"),
    "problems of a row that was deleted": (
        "a.xlsx", book({"x": [["unit", "_uuid", "_index"]], "problems": [["item", "_parent_index"], ["垃圾处数", "7"]]}),
        "不知是哪份提交的",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_export_is_refused_whole_with_the_way_out(case: str, tmp_path: Path) -> None:
    name, content, message = BROKEN[case]
    with pytest.raises(ScoringError) as caught:
        read(tmp_path, (name, content))
    assert [message in one.message for one in caught.value.problems] == [True]
    assert caught.value.problems[0].hint


def test_an_encrypted_submission_says_how_to_open_it(tmp_path: Path) -> None:
    content = page(lambda data: data["value"][0]["__system"].update(status="notDecrypted"), "central.json")
    found = read(tmp_path, ("a.json", content))
    assert any("加密的，没有解开" in one.message for one in found.problems)


def told(capfd: pytest.CaptureFixture[str]) -> str:
    out, err = capfd.readouterr()
    return out + err


class Round:
    """A round that exports are imported into through the command."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capfd, self.db = folder, capfd, ["--db", str(folder / "轮次.db")]
        self.law = folder / "村.yaml"
        self.register = folder / "名册.csv"
        self.register.write_bytes(
            text([["单位编号", "名称", "类别"], *([one.id, one.name, one.kind] for one in UNITS)])
        )

    def command(self, *words: str) -> tuple[int, str]:
        code = run([*words, *self.db])
        return code, told(self.capfd)

    def take(self, filled: Sequence[Filled], *more: str) -> tuple[int, str]:
        path = self.folder / "导出.json"
        path.write_bytes(PHONE_WL.exports(filled)["kobo.json"])
        return self.command("round", "import", "六月", str(path), "--by", "李", *more)


def _shipped() -> Phone:
    from scoring.find import find_standards

    return Phone(*find_standards(["治五乱"]))


PHONE_WL = _shipped()
VISIT_WL = Filled("u1", who(), {"垃圾乱倒处数": "3", "柴草堵路": "否", "绿化率": "95%"})


@pytest.fixture
def june(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Round:
    found = Round(tmp_path, capfd)
    opened = ["round", "open", "六月", "--scheme", "YK", "--starts", "2026-06-01", "--ends", "2026-06-30"]
    assert found.command(*opened, "--units", str(found.register), "--by", "李")[0] == 0
    return found


def test_the_same_export_twice_changes_nothing(june: Round) -> None:
    assert "新导入1次" in june.take([VISIT_WL])[1]
    code, said = june.take([VISIT_WL])
    assert (code, "新导入0次，已有1次，改了0次" in said) == (0, True)


def test_a_round_says_what_it_skipped(june: Round) -> None:
    assert (
        "跳过1份审核没通过的提交" in june.take([VISIT_WL, replace(VISIT_WL, id="u2", review="rejected")])[1]
    )


def test_a_later_edit_shows_as_a_correction_and_asks(june: Round) -> None:
    june.take([VISIT_WL])
    edited = replace(VISIT_WL, answers={**VISIT_WL.answers, "垃圾乱倒处数": "2"})
    code, said = june.take([edited])
    assert code == 2
    assert "垃圾乱倒处数: 3 → 2" in said
    assert june.take([edited], "--replace")[0] == 0
    assert "已有1次" in june.take([edited])[1]


def test_an_edit_of_the_date_is_the_same_submission_not_another_visit(june: Round) -> None:
    june.take([VISIT_WL])
    edited = replace(VISIT_WL, visit=who(date="2026-06-05", inspectors="王五"))
    code, said = june.take([edited])
    assert code == 2
    assert "检查日期: 2026-06-04 → 2026-06-05" in said
    assert june.take([edited], "--replace")[0] == 0
    assert "检查1次" in june.command("round", "status", "六月")[1]


def test_two_submissions_whose_dates_are_exchanged_stay_two(june: Round) -> None:
    days = [who(), who(date="2026-06-05")]
    june.take([replace(VISIT_WL, id=f"u{at}", visit=day) for at, day in enumerate(days)])
    assert (
        june.take(
            [replace(VISIT_WL, id=f"u{at}", visit=day) for at, day in enumerate(days[::-1])], "--replace"
        )[0]
        == 0
    )
    assert "检查2次" in june.command("round", "status", "六月")[1]


def test_an_edit_onto_another_visit_is_refused(june: Round) -> None:
    june.take([VISIT_WL, replace(VISIT_WL, id="u2", visit=who(date="2026-06-05"))])
    code, said = june.take([replace(VISIT_WL, visit=who(date="2026-06-05"))], "--replace")
    assert code == 2
    assert "另有记录" in said


def test_the_clean_workbook_keeps_the_submission_and_the_position(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    register = tmp_path / "名册.csv"
    register.write_bytes(text([["单位编号", "名称", "类别"], ["340123101001", "东岭村", "行政村"]]))
    path, clean = tmp_path / "导出.zip", tmp_path / "规整.xlsx"
    seen = replace(VISIT_WL, visit=who(position="31.86 117.28 20.0 4.5"))
    path.write_bytes(PHONE_WL.exports([seen])["central.zip"])
    assert run(["import", str(path), "--units", str(register), "--standard", "治五乱", "-o", str(clean)]) == 0
    told(capfd)
    (found,) = read_sheets([clean], PHONE_WL.fields).inspections
    assert (found.submission, found.position) == ("u1", "31.86,117.28")
