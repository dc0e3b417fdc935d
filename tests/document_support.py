"""What the tests of documents share: a dossier of two villages, texts taken out of Word and PDF again, a small photo."""

from __future__ import annotations

import datetime as dt
import io
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pypdf
from docx.table import Table
from docx.text.paragraph import Paragraph

from scoring.api import assess_files
from scoring.find import find_standards
from scoring.inspection import Unit
from scoring.registers.totals import totals
from scoring.report.dossier import Dossier, Period, dossier_of
from scoring.rule.office import Office
from scoring.rule.standard import Standard
from scoring.sheets.register import read_register
from tests.support import HEAD, WeekdayCalendar, clause, scorer, standard, visit

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
OFFICE = Office(
    name="状元乡创建卫生乡镇办公室", code="状创督", first=7, contact="李建国", copies=("乡党委", "乡政府")
)
HOSTILE = ("{{ 7*7 }}", "{% for 行 in 问题 %}", "=cmd|'/c calc'!A1", "<script>&lt;", "#image(\"/etc/passwd\")", "$x$ *粗* _斜_",
           "\u202e倒写\u202c", "响\x07\x00铃", "半\ud800个", "\ufffe\uffff")  # fmt: skip


@cache
def township() -> Dossier:
    """Two villages of the made-up township in June, under two standards."""
    found = assess_files(
        [ROOT / "docs" / "examples" / "liang-cun.csv"],
        find_standards(["治五乱", "村庄整治"]),
        read_register(ROOT / "fixtures" / "register.csv"),
        calendar=WeekdayCalendar(),
    )
    return dossier_of(found, "2026-06", dt.date(2026, 6, 30), WeekdayCalendar())


@cache
def full() -> Dossier:
    """The two villages with what only a database knows: nothing was registered in June."""
    first, last = dt.date(2026, 6, 1), dt.date(2026, 6, 30)
    counted = totals((), first, last, WeekdayCalendar())
    return replace(township(), counted=counted, period=Period({}, 0, (), ()))


@cache
def _law(many: int) -> Standard:
    form = "".join(f"  甲{number}处数: {{填: 数量, 单位: 处}}\n" for number in range(many))
    clauses = [clause(number + 1, f"甲{number}处数 > 0", "1") for number in range(many)]
    return standard(form, [(100, clauses)], HEAD)


def dossier(
    name: str = "东岭村", id: str = "340123200200", places: tuple[str, ...] = ("村口",), many: int = 1
) -> Dossier:
    """One unit with as many problems as are asked for, all at some places."""
    law = _law(many)
    one = visit(
        {f"甲{number}处数": 2 for number in range(many)},
        Unit(id, name, "行政村"),
        places={f"甲{number}处数": places for number in range(many)},
        inspectors=("李", "王"),
    )
    return dossier_of(scorer(law).score([one]), "2022-06", None, WeekdayCalendar())


def opened(raw: bytes) -> Any:
    return docx.Document(io.BytesIO(raw))


def word_text(raw: bytes) -> str:
    """The text of a Word document as it is read, a table row on one line."""
    return "\n".join(_lines(opened(raw))) + "\n"


def _lines(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                yield " | ".join(cell.text.replace("\n", "／") for cell in row.cells)


def pages(raw: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages]


def images(raw: bytes) -> int:
    """How many pictures a PDF shows."""
    return sum(
        one.get_object()["/Subtype"] == "/Image"
        for page in pypdf.PdfReader(io.BytesIO(raw)).pages
        for one in page["/Resources"].get("/XObject", {}).values()
    )


def golden(name: str, found: str) -> None:
    """Hold a text against its golden file, which ``make golden`` renews."""
    path = GOLDEN / name
    if os.environ.get("CHUANGWEI_RENEW"):
        path.write_bytes(found.encode())
    assert found == path.read_bytes().decode()


def png(wide: int = 4, high: int = 3) -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x80" * wide for _ in range(high))
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
