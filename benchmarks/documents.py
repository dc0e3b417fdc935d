"""Notices made in Word and PDF, against what an office would else do: python-docx from nothing, LibreOffice for the PDF."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import docx

from scoring.api import assess_files
from scoring.document.notice import Notice, notices
from scoring.document.pdf import Typesetter
from scoring.document.word import Template
from scoring.report.dossier import dossier_of
from scoring.rule.office import Office
from scoring.sheets.register import read_register
from scoring.workdays import WorkCalendar

ROOT = Path(__file__).parent.parent
# LibreOffice is slow: a few documents say enough.
CONVERTED = 20


def township() -> list[Notice]:
    """Return the notices of the made-up township's June."""
    register = read_register(ROOT / "fixtures" / "register.xlsx")
    found = assess_files([ROOT / "fixtures" / "clean" / "june.xlsx"], register=register)
    return list(notices(dossier_of(found, "2026-06", date(2026, 6, 30), WorkCalendar()), Office()))


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def from_nothing(one: Notice) -> bytes:
    """Return a plain notice built by python-docx, with no layout at all."""
    document = docx.Document()
    for text in (one.office, one.number, one.title, f"{one.unit}：", one.opening):
        document.add_paragraph(text)
    table = document.add_table(len(one.problems), 7)
    for row, each in zip(table.rows, one.problems, strict=True):
        texts = (
            each.place_in_list,
            each.places,
            each.problem,
            each.clauses,
            each.remedy,
            each.due,
            each.photos,
        )
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for text in one.requests:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def converted(documents: list[bytes]) -> float | None:
    """Return the seconds that LibreOffice takes to make PDFs of Word documents; None where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, raw in enumerate(documents):
            path = Path(folder, f"{number}.docx")
            path.write_bytes(raw)
            paths.append(str(path))
        command = [program, "--headless", "--convert-to", "pdf", "--outdir", folder, *paths]
        return timed(lambda: subprocess.run(command, check=True, capture_output=True))


def lines() -> Iterator[str]:
    """Yield the table of documents."""
    found = township()
    rows = sum(len(one.problems) for one in found) / len(found)
    template = Template("notice", Notice)
    word = timed(lambda: [template.docx(one) for one in found]) / len(found)
    plain = timed(lambda: [from_nothing(one) for one in found]) / len(found)
    with Typesetter("notice") as typesetter:
        typesetter.pdf(found[:1])
        pdf = timed(lambda: [typesetter.pdf([one]) for one in found]) / len(found)
    other = converted([template.docx(one) for one in found[:CONVERTED]])
    yield from ("", "## Documents", "")
    yield f"{len(found)} notices (通知书) of the made-up township, {rows:.1f} problems each; Word by our templates, PDF by typst."
    yield from ("", "| what | ms a notice | against ours |", "|---|---|---|")
    yield f"| Word, our template filled | {word * 1000:.1f} | 1.00 |"
    yield f"| Word, the same texts without layout by python-docx | {plain * 1000:.1f} | {plain / word:.1f} |"
    yield f"| PDF, typst | {pdf * 1000:.1f} | 1.00 |"
    if other is not None:
        each = other / CONVERTED
        yield f"| PDF, LibreOffice from our Word | {each * 1000:.1f} | {each / pdf:.1f} |"
    yield f"| 1,000 notices in Word and PDF | {(word + pdf) * 1000:.0f} s | – |"
