"""A sheet of 200,000 rows: read by us into checked visits, and by openpyxl into bare cells; each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

ROWS = 199_999
_HEAD = ("被检单位", "检查日期", "来源", "检查人员", "垃圾乱倒处数", "杂物未清户数", "白色污染处数", "粪土乱堆处数",
         "污水乱泼户数", "柴草乱放处数", "露天焚烧")  # fmt: skip
_MEASURED = """
import json, resource, sys, time
start = time.process_time()
%s
print(json.dumps([time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
_OURS = """
from scoring.api import columns_for, shipped
from scoring.inspection import Unit
from scoring.sheets.mend.consent import Consent
from scoring.sheets.read import read_sheets
from scoring.sheets.register import Register
fields = columns_for(shipped())
register = Register.of(Unit(str(n), f"第{n}村", "行政村") for n in range(2000))
start = time.process_time()
reading = read_sheets([sys.argv[1]], fields, register, consent=Consent())
assert len(reading.inspections) == int(sys.argv[2]) and not reading.problems and not reading.repairs
"""
_TABLES = """
from pathlib import Path
from scoring.sheets.tables import read_tables
start = time.process_time()
(table,) = read_tables(Path(sys.argv[1]))
assert len(table.rows) == int(sys.argv[2]) + 1
"""
_OPENPYXL = """
import openpyxl
start = time.process_time()
book = openpyxl.load_workbook(sys.argv[1], read_only=%s, data_only=True)
assert sum(1 for _ in book["村"].iter_rows(values_only=True)) == int(sys.argv[2]) + 1
"""


def write(path: Path) -> None:
    """Write the sheet."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("村")
    sheet.write_row(0, 0, _HEAD)
    for row in range(1, ROWS + 1):
        day = f"2026-{row // 2000 % 12 + 1:02}-{row // 24000 + 1:02}"
        counts = (row % 5, row % 3, 0, 1, row % 7, 2)
        sheet.write_row(
            row, 0, [f"第{row % 2000}村", day, "日常", "张三、李四", *counts, "否" if row % 9 else "是"]
        )
    book.close()


def measured() -> list[tuple[str, float, float]]:
    """Return what each way takes: processor seconds and peak memory in MB."""
    ways = (
        ("chuangwei: cells, looked through for bombs, errors and uncalculated formulas", _TABLES),
        ("chuangwei: visits, mended, checked and joined", _OURS),
        ("openpyxl, read-only: bare cells", _OPENPYXL % True),
        ("openpyxl: bare cells", _OPENPYXL % False),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "大表.xlsx"
        write(path)
        return [(name, *_run(program, path)) for name, program in ways]


def _run(program: str, path: Path) -> tuple[float, float]:
    command = [sys.executable, "-c", _MEASURED % program, str(path), str(ROWS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def lines() -> list[str]:
    """Return the table as Markdown."""
    found = measured()
    ours = next(seconds for name, seconds, _ in found if "visits" in name)
    return [
        "",
        f"## A sheet of {ROWS:,} rows and {len(_HEAD)} columns (XLSX)",
        "",
        "| what | s | time, ours = 1 | peak memory, MB |",
        "|---|---|---|---|",
        *(
            f"| {name} | {seconds:.1f} | {seconds / ours:.1f} | {megabytes:.0f} |"
            for name, seconds, megabytes in found
        ),
    ]


if __name__ == "__main__":
    print("\n".join(lines()))
