"""Files that are out to do harm: each is refused in a few words, soon, and without ending the process."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ScoringError
from scoring.sheets.mend.consent import Consent
from scoring.sheets.read import Reading, read_sheets
from scoring.sheets.register import read_register
from tests.test_input_mistakes import FIELDS, REGISTER, RIGHT, write

ROOT = Path(__file__).parent.parent
WHOLE = (ROOT / "fixtures" / "clean" / "june.xlsx").read_bytes()
OLD = (ROOT / "tests" / "bad_sheets" / "right.xls").read_bytes()
OPEN = (ROOT / "tests" / "museum" / "open.ods").read_bytes()
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData>%s</worksheet>'


def changed(parts: Mapping[str, bytes]) -> bytes:
    """Return the fixtures' workbook with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in dict.fromkeys((*whole.namelist(), *parts)):
            made.writestr(name, parts[name] if name in parts else whole.read(name))
    return out.getvalue()


def repeated(rows: object, columns: object) -> bytes:
    """Return an ODS workbook in which one cell stands for as many rows and columns."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(OPEN)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in whole.namelist():
            part = whole.read(name)
            if name == "content.xml":
                many = f' table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}"'
                cell = f'<table:table-row{many} office:value-type="string"><text:p>1</text:p></table:table-cell></table:table-row>'
                part = part.replace(b"<table:table-row", cell.encode() + b"<table:table-row", 1)
            made.writestr(name, part)
    return out.getvalue()


def sheet(cells: bytes, after: bytes = b"") -> Callable[[], bytes]:
    return lambda: changed({"xl/worksheets/sheet1.xml": SHEET % (cells, after)})


def many(count: int, cell: bytes) -> bytes:
    return b"".join(
        b'<row r="%d">' % n + cell.replace(b"#", b"%d" % n) + b"</row>" for n in range(1, count + 1)
    )


STRINGS = b"<sst><si><t>" + b"\xe6\x9d\x91" * 400_000 + b"</t></si></sst>"
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha">]>'
HARM: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "只有文件头": ("a.xlsx", lambda: b"PK\x03\x04 not a zip", "工作簿损坏，打不开"),
    "解开后三百兆": ("a.xlsx", lambda: changed({"xl/media/a.xml": b"0" * (310 << 20)}), "解开后太大"),
    "压得太狠": ("a.xlsx", lambda: changed({"xl/media/a.png": b"0" * (90 << 20)}), "解开后太大"),
    "加了密码": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "可能加了密码"),
    "文字冒充旧工作簿": ("a.xls", lambda: b"hello", "这不是工作簿"),
    "网页冒充工作簿": ("a.xls", lambda: b"<html><table></table></html>", "其实是网页"),
    "旧工作簿只剩一半": ("a.xls", lambda: OLD[: len(OLD) // 2], "工作簿损坏，打不开"),
    "最右下角有一格": (
        "a.xlsx",
        sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "有1048576行，太多",
    ),
    "最右边有一格": ("a.xlsx", sheet(b'<row r="1"><c r="XFD1"><v>1</v></c></row>'), "有16384列，太多"),
    "行列都不超却撑得太大": (
        "a.xlsx",
        sheet(b'<row r="1"><c r="ALL1"><v>1</v></c></row><row r="200000"><c r="A200000"><v>1</v></c></row>'),
        "表太大",
    ),
    "行号大得没边": (
        "a.xlsx",
        sheet(b'<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'),
        "有单元格没有位置",
    ),
    "带前缀的格": (
        "a.xlsx",
        lambda: changed(
            {
                "xl/worksheets/sheet1.xml": b'<a-b:worksheet xmlns:a-b="http://schemas.openxmlformats.org/'
                b'spreadsheetml/2006/main"><a-b:sheetData><a-b:row r="1"><a-b:c r="XFD1"><a-b:v>1</a-b:v></a-b:c>'
                b"</a-b:row></a-b:sheetData></a-b:worksheet>"
            }
        ),
        "有16384列，太多",
    ),
    "格上写了两个位置": (
        "a.xlsx",
        sheet(b'<row r="1"><c x=\' r="A1"\' r="XFD1"><v>1</v></c></row>'),
        "没有位置",
    ),
    "格上没写位置": ("a.xlsx", sheet(b"<row><c><v>1</v></c></row>"), "有单元格没有位置"),
    "合并了一百万格": (
        "a.xlsx",
        sheet(
            b'<row r="1"><c r="ALL1"><v>1</v></c></row><row r="1000"><c r="A1000"><v>1</v></c></row>',
            b'<mergeCells count="1"><mergeCell ref="A1:ALL1000"/></mergeCells>',
        ),
        "合并的单元格太多",
    ),
    "一段长字处处引用": (
        "a.xlsx",
        lambda: changed(
            {
                "xl/worksheets/sheet1.xml": SHEET % (many(20_000, b'<c r="A#" t="s"><v>0</v></c>'), b""),
                "xl/sharedStrings.xml": STRINGS,
            }
        ),
        "解开后太大",
    ),
    "一层套一层的实体": ("a.xlsx", lambda: changed({"xl/workbook.xml": LAUGHS}), "工作簿损坏，打不开"),
    "两种工作簿合在一起": ("a.xlsx", lambda: changed({"xl/workbook.bin": b"1"}), "工作簿损坏，打不开"),
    "引用了没有的文字": (
        "a.xlsx",
        sheet(b'<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>'),
        "工作簿损坏，打不开",
    ),
    "两千多张工作表": (
        "a.xlsx",
        lambda: changed({f"xl/worksheets/x{n}.xml": b"<x/>" for n in range(2001)}),
        "解开后太大",
    ),
    "一格五十兆": (
        "a.xlsx",
        sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"1" * (50 << 20) + b"</t></is></c></row>"),
        "解开后太大",
    ),
    "旧扩展名的新工作簿截了一半": ("a.xlsx", lambda: WHOLE[: len(WHOLE) // 2], "工作簿损坏，打不开"),
    "xlsx 改名成 ods": ("a.ods", lambda: WHOLE, "工作簿损坏，打不开"),
    "ods 改名成 xlsx": ("a.xlsx", lambda: OPEN, "工作簿损坏，打不开"),
    "ods 截了一半": ("a.ods", lambda: OPEN[: len(OPEN) // 2], "工作簿损坏，打不开"),
    "ods 的一行顶一百万行": ("a.ods", lambda: repeated(1_000_000, 1), "太多"),
    "ods 的一格顶一万六千格": ("a.ods", lambda: repeated(1, 16_000), "太多"),
    "ods 撑得太大": ("a.ods", lambda: repeated(100_000, 900), "表太大"),
    "ods 的重复数不是数": ("a.ods", lambda: repeated("x", 1), "工作簿损坏，打不开"),
    "空文件": ("a.csv", lambda: b" \n", "文件是空的"),
    "含空字符": ("a.csv", lambda: b"a,b\n\x00\x00", "空字符"),
    "认不出的编码": ("a.csv", lambda: b"\xff\xff\xff\xff", "编码认不出来"),
    "引号没有关上": (
        "a.csv",
        '被检单位,检查日期\n东岭村,"2022-06-10\n西坡村,x\n'.encode,
        "第2行: 从这一行起读不下去",
    ),
    "行太多": ("a.csv", lambda: b"a\n" * 200_001, "有200001行，太多"),
    "列太多": ("a.csv", lambda: b"," * 1001, "有1002列，太多"),
    "格太多": ("a.csv", lambda: (b"," * 900 + b"\n") * 20_000, "表太大"),
    "别的文件": ("a.pdf", lambda: b"%PDF", "“.pdf”文件读不了。可用: .xlsx"),
    "没有扩展名": ("a", lambda: b"1", "文件名没有扩展名"),
    "括号套二十万层": ("a.json", lambda: b"[" * 200_000, "括号套得太深"),
    "键重复": ("a.json", lambda: b'[{"a": 1, "a": 2}]', "键“a”重复"),
    "点位写了两处": ("a.json", '[{"甲点位": "", "点位": {"甲": []}}]'.encode, "“甲点位”写了两处"),
    "写了一半": ("a.json", lambda: b'[{"a": 1', "JSON 写法有误"),
    "不是记录": ("a.json", lambda: b"[1, 2]", "第1条: 每条记录应是"),
    "不是数": ("a.json", lambda: b'[{"a": NaN}]', "NaN 不是数字"),
    "无穷大": ("a.jsonl", lambda: b'{"a": -Infinity}', "-Infinity 不是数字"),
    "第二行写坏": ("a.jsonl", lambda: b'{"a": 1}\n{"a"\n', "第2行第5列: JSON 写法有误"),
}


@pytest.mark.parametrize("name", HARM)
def test_a_file_that_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    file, content, said = HARM[name]
    (tmp_path / file).write_bytes(content())
    with pytest.raises(ScoringError) as caught:
        read_sheets([tmp_path / file], FIELDS, REGISTER)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "value",
    ["true", "{}", "[1]", "1e999999999", "1e-999999999", '"\\ud800"', "9" * 5000, "[[]]", '"\\u0000"'],
)
def test_a_strange_json_value_is_told_at_its_key(value: str, tmp_path: Path) -> None:
    text = f'{{"被检单位": "东岭村", "检查日期": "2022-06-10", "垃圾处数": {value}}}'
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    (problem,) = read_sheets([tmp_path / "a.json"], FIELDS, REGISTER).problems
    assert str(problem).startswith("a.json 第1条“垃圾处数”: ")
    assert str(problem).encode()


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(OLD)
    (one,) = read_sheets([tmp_path / "a.xls"], FIELDS, REGISTER).inspections
    assert (one.unit.name, str(one.date), one.answers["垃圾处数"]) == ("东岭村", "2022-06-10", 3)


def test_styled_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    part = zipfile.ZipFile(io.BytesIO(WHOLE)).read("xl/worksheets/sheet1.xml")
    far = b'<row r="1048576" spans="1:16384"><c r="XFD1048576" s="1"/></row></sheetData>'
    (tmp_path / "a.xlsx").write_bytes(
        changed({"xl/worksheets/sheet1.xml": part.replace(b"</sheetData>", far)})
    )
    assert read_register(ROOT / "fixtures" / "register.xlsx").units
    assert not any(
        "太" in one.message for one in read_sheets([tmp_path / "a.xlsx"], FIELDS, REGISTER).problems
    )


def test_a_cell_of_fifty_megabytes_that_was_not_squeezed_is_a_short_problem(tmp_path: Path) -> None:
    long = random.Random(1).randbytes(25 << 20).hex().encode()
    (tmp_path / "a.xlsx").write_bytes(
        sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + long + b"</t></is></c></row>")()
    )
    problems = read_sheets([tmp_path / "a.xlsx"], FIELDS, REGISTER, consent=Consent()).problems
    assert "找不到表头" in str(problems[0])
    assert all(len(str(one)) < 1000 for one in problems)


def test_two_hundred_sheets_are_all_read_or_all_told_of(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for number in range(200):
        page = book.add_worksheet(f"第{number}页")
        page.write_row(0, 0, ["被检单位", "检查日期", "第几次", "垃圾处数"])
        page.write_row(1, 0, ["东岭村", "2026-06-04", number + 1, "3处"])
    book.close()
    reading = read_sheets([tmp_path / "a.xlsx"], FIELDS, REGISTER, consent=Consent())
    assert not [one for one in reading.problems if "一天最多" not in one.message]
    assert len(reading.repairs) == 200


def test_damaged_workbooks_never_end_the_process(tmp_path: Path) -> None:
    """Some damage makes the reader underneath panic or abort, so this runs apart."""
    program = f"""
import random, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tests.test_input_hostile import OLD, damaged, read_quietly
for seed in range(250):
    read_quietly(Path({str(tmp_path)!r}), damaged(random.Random(seed)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]


def damaged(chance: random.Random) -> tuple[str, bytes]:
    """Return a workbook with some bytes changed, in its archive or in the text of one of its parts."""
    if chance.random() < 0.3:
        return ".xls", spoilt(OLD, chance)
    if chance.random() < 0.2:
        return ".ods", spoilt(OPEN, chance)
    if chance.random() < 0.3:
        return ".xlsx", spoilt(WHOLE, chance)
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as whole:
        name = chance.choice([one for one in whole.namelist() if one.endswith((".xml", ".rels"))])
        return ".xlsx", changed({name: spoilt(whole.read(name), chance)})


def spoilt(content: bytes, chance: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(found))
        if chance.random() < 0.5:
            found[at] = chance.randrange(256)
        else:
            start = chance.randrange(len(found))
            found[at : at + chance.randint(0, 40)] = found[start : start + chance.randint(0, 40)]
    return bytes(found)


def read_quietly(folder: Path, file: tuple[str, bytes]) -> None:
    path = folder / f"a{file[0]}"
    path.write_bytes(file[1])
    try:
        assert isinstance(read_sheets([path], FIELDS, REGISTER), Reading)
    except ScoringError as error:
        assert error.problems


@given(
    garbage=st.binary(max_size=300),
    suffix=st.sampled_from([".csv", ".xlsx", ".xls", ".json", ".jsonl", ".txt"]),
)
@settings(max_examples=150)
def test_garbage_never_ends_in_anything_but_a_problem(
    garbage: bytes, suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    read_quietly(tmp_path_factory.mktemp("g"), (suffix, garbage))


_cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "未查",
            "未查（锁门）",
            "不适用",
            "1e9",
            "-0",
            "0.1",
            "60%",
            "２０２２－６－１０",
            "9" * 400,
            "\ud83d",
            "=1+1",
        ]
    ),
    st.sampled_from(list(RIGHT.values())),
)


@given(rows=st.lists(st.lists(_cell, min_size=len(RIGHT), max_size=len(RIGHT)), max_size=5))
@settings(max_examples=200)
def test_any_cells_are_read_or_told(rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.mktemp("c") / "c.json", [list(RIGHT), *rows, list(RIGHT.values())])
    reading = read_sheets([path], FIELDS, REGISTER)
    assert reading.inspections or reading.problems
    assert all(one.message and str(one).encode() for one in reading.problems)
    assert not {one.unit.id for one in reading.inspections} & {one.id for one in reading.unscored}
