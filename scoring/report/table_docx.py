"""The scoring table as a document for a word processor; the only door to python-docx, which is an extra."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from scoring.errors import Problem, ScoringError
from scoring.report.docx_grid import BODY, SIZE, Cell, Row, table_xml
from scoring.report.packed import repacked
from scoring.report.score_table import HEAD, MARGIN, SIGN, Group, Line, ScoreTable
from scoring.rule.standard import Standard

HEADING = "黑体"
# An item of more rows than this may be cut by the end of a page: keeping it whole could leave a page empty.
_WHOLE = 8


def table_docx(table: ScoreTable, standard: Standard, *, landscape: bool = False) -> bytes:
    """Return the document's bytes, the same for the same standard.

    Raises ScoringError where python-docx is not installed.
    """
    try:
        import docx
    except ModuleNotFoundError:
        hint = "运行 pip install 'chuangwei[docs]'，或改写成 .xlsx"
        raise ScoringError([Problem(message="写 Word 文件要另装一个组件", hint=hint)]) from None
    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.comments = table.title, "", f"{standard.id} {standard.sha256}"
    about.created = about.modified = dt.datetime.combine(standard.starts, dt.time(), dt.UTC)
    _Writer(document, table, landscape=landscape).write()
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _clause(line: Line, name: str, merge: str) -> list[Cell]:
    number = Cell(f"{line.number}\n{line.id}", middle=True, size=9)
    return [number, Cell(name, middle=True, merge=merge), Cell(line.text), Cell(line.rule)]


class _Writer:
    """Write the document from above."""

    def __init__(self, document: Any, table: ScoreTable, *, landscape: bool) -> None:
        self.document, self.table = document, table
        self.widths = table.widths(landscape=landscape)
        self.landscape = landscape

    def write(self) -> None:
        """Write everything."""
        self.page()
        self.line(self.table.title, 18, font=HEADING, middle=True)
        self.line(f"（{self.table.warning}）", 11, middle=True)
        for text in HEAD:
            self.line(text, 11)
        self.grid()
        for number, note in enumerate(self.table.notes, start=1):
            self.line(f"{number}. {note}", 9, together=True)
        self.line(SIGN, 11, before=12)

    def page(self) -> None:
        """Set A4, the margins, the fonts, and the page number at the foot."""
        from docx.enum.section import WD_ORIENT
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        section = self.document.sections[0]
        sides = (Mm(297), Mm(210)) if self.landscape else (Mm(210), Mm(297))
        section.page_width, section.page_height = sides
        section.orientation = WD_ORIENT.LANDSCAPE if self.landscape else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
        section.footer_distance = Mm(7)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = BODY, Pt(SIZE)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        normal.paragraph_format.space_after = Pt(0)
        # Without this the signs of punctuation stand in the middle of their square, as in Taiwan.
        for language in self.document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
        foot = section.footer.paragraphs[0]
        foot.alignment = 1
        for text, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
            self.run(foot, text, 9)
            if field:
                self.field(foot, field)

    def field(self, paragraph: Any, name: str) -> None:
        """Add a field that the word processor fills in, such as the page's number."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        found = OxmlElement("w:fldSimple")
        found.set(qn("w:instr"), name)
        found.append(paragraph.add_run("1")._r)
        paragraph._p.append(found)

    def run(self, paragraph: Any, text: str, size: float, font: str = BODY) -> None:
        """Add words to a paragraph; East Asian words need their font named apart."""
        from docx.oxml.ns import qn
        from docx.shared import Pt

        run = paragraph.add_run(text)
        run.font.name, run.font.size = font, Pt(size)
        run._r.rPr.rFonts.set(qn("w:eastAsia"), font)

    def line(
        self,
        text: str,
        size: float,
        *,
        font: str = BODY,
        middle: bool = False,
        before: float = 0,
        together: bool = False,
    ) -> None:
        """Write one paragraph outside the table."""
        from docx.shared import Pt

        paragraph = self.document.add_paragraph()
        paragraph.alignment = 1 if middle else None
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.space_after = Pt(0 if together else 3)
        paragraph.paragraph_format.keep_with_next = together
        self.run(paragraph, text, size, font)

    def grid(self) -> None:
        """Write the table: header on every page, rows whole, an item's rows kept together."""
        from docx.oxml import parse_xml

        self.document.element.body.sectPr.addprevious(parse_xml("".join(table_xml(self.rows(), self.widths))))

    def rows(self) -> Iterator[Row]:
        """Yield the table's rows from above."""
        last = len(self.widths)
        yield Row([Cell(title, middle=True, font=HEADING) for title in self.table.titles], header=True)
        for group in self.table.groups:
            yield from self.group(group)
        if self.table.scored:
            cells = [
                Cell("合计", middle=True, font=HEADING, span=4),
                Cell(self.table.total, middle=True, font=HEADING),
            ]
            yield Row([*cells, *(Cell("") for _ in range(last - 5))])
        for group in self.table.bonus:
            yield from self.group(group)
        if self.table.results:
            yield Row([Cell(self.table.results, span=last)])

    def group(self, group: Group) -> Iterator[Row]:
        """Yield an item's rows; its name, mark and points stand once, beside all of them."""
        for place, line in enumerate(group.lines):
            merge = "" if len(group.lines) == 1 else "continue" if place else "restart"
            name = "" if place else f"{group.name}\n（{group.full}）" if group.full else group.name
            cells = [*_clause(line, name, merge), *(Cell("") for _ in range(len(self.widths) - 4))]
            if self.table.scored:
                cells[4] = Cell("" if place else group.mark, middle=True, merge=merge)
                cells[6] = Cell("", merge=merge)
            yield Row(cells, together=place < len(group.lines) - 1 and len(group.lines) <= _WHOLE)
