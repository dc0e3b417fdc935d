"""The scoring table as a document for a word processor; the only door to python-docx, which is an extra."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.errors import Problem, ScoringError
from scoring.report.score_table import HEAD, MARGIN, SIGN, Group, Line, ScoreTable
from scoring.standard import Standard

BODY, HEADING = "仿宋", "黑体"
_SIZE = 10
# An item of more rows than this may be cut by the end of a page: keeping it whole could leave a page empty.
_WHOLE = 8
_ROW, _SIDE = 8, 1  # millimetres: the least height of a row, and what a cell leaves at its sides
# A fixed day in every part of the archive, so that the same standard gives the same bytes.
_PACKED = (1980, 1, 1, 0, 0, 0)


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
    return _repacked(out.getvalue())


def _repacked(content: bytes) -> bytes:
    """Return an archive whose parts bear a fixed day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            fixed = zipfile.ZipInfo(part.filename, _PACKED)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(part))
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell: its words, over how many columns, and whether it begins or continues a cell over several rows."""

    text: str
    middle: bool = False
    font: str = BODY
    size: float = _SIZE
    span: int = 1
    merge: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: ``together`` keeps it on the page of the next."""

    cells: Sequence[_Cell]
    header: bool = False
    together: bool = False


def _clause(line: Line, name: str, merge: str) -> list[_Cell]:
    number = _Cell(f"{line.number}\n{line.id}", middle=True, size=9)
    return [number, _Cell(name, middle=True, merge=merge), _Cell(line.text), _Cell(line.rule)]


class _Writer:
    """Write the document from above; the table's cells are made by hand, because the library's own are slow in long tables."""

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
            self.line(f"{number}. {note}", 9)
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
        normal.font.name, normal.font.size = BODY, Pt(_SIZE)
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
        self, text: str, size: float, *, font: str = BODY, middle: bool = False, before: float = 0
    ) -> None:
        """Write one paragraph outside the table."""
        from docx.shared import Pt

        paragraph = self.document.add_paragraph()
        paragraph.alignment = 1 if middle else None
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.space_after = Pt(3)
        self.run(paragraph, text, size, font)

    def grid(self) -> None:
        """Write the table: header on every page, rows whole, an item's rows kept together."""
        from docx.oxml.ns import qn

        rows = list(self.rows())
        found = self.document.add_table(rows=len(rows), cols=len(self.widths), style="Table Grid")
        found.autofit = False
        found.alignment = 1
        found._tbl.tblPr.find(qn("w:tblLook")).addprevious(self.sides())
        self.measure(found._tbl.tblGrid.gridCol_lst)
        for element, row in zip(found._tbl.tr_lst, rows, strict=True):
            self.row(element, row)

    def sides(self) -> Any:
        """Return the setting of how much a cell leaves at its sides."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm

        found = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            edge = OxmlElement(f"w:{side}")
            edge.set(qn("w:w"), str(Mm(_SIDE).twips))
            edge.set(qn("w:type"), "dxa")
            found.append(edge)
        return found

    def measure(self, elements: Sequence[Any]) -> None:
        """Give the columns their widths."""
        from docx.shared import Mm

        for element, width in zip(elements, self.widths, strict=True):
            element.w = Mm(width)

    def rows(self) -> Iterator[_Row]:
        """Yield the table's rows from above."""
        last = len(self.widths)
        yield _Row([_Cell(title, middle=True, font=HEADING) for title in self.table.titles], header=True)
        for group in self.table.groups:
            yield from self.group(group, group.full.removesuffix("分"))
        if self.table.scored:
            cells = [
                _Cell("合计", middle=True, font=HEADING, span=4),
                _Cell(self.table.total, middle=True, font=HEADING),
            ]
            yield _Row([*cells, *(_Cell("") for _ in range(last - 5))])
        if self.table.bonus is not None:
            yield from self.group(self.table.bonus, "")
        if self.table.results:
            yield _Row([_Cell(self.table.results, span=last)])

    def group(self, group: Group, full: str) -> Iterator[_Row]:
        """Yield an item's rows; its name, mark and points stand once, beside all of them."""
        for place, line in enumerate(group.lines):
            merge = "" if len(group.lines) == 1 else "continue" if place else "restart"
            name = "" if place else f"{group.name}\n（{group.full}）"
            cells = [*_clause(line, name, merge), *(_Cell("") for _ in range(len(self.widths) - 4))]
            if self.table.scored:
                cells[4] = _Cell("" if place else full, middle=True, merge=merge)
                cells[6] = _Cell("", merge=merge)
            yield _Row(cells, together=place < len(group.lines) - 1 and len(group.lines) <= _WHOLE)

    def row(self, element: Any, row: _Row) -> None:
        """Write one row's cells; a row is never cut by the end of a page."""
        from docx.enum.table import WD_ROW_HEIGHT_RULE
        from docx.oxml import OxmlElement
        from docx.shared import Mm

        element.trHeight_val, element.trHeight_hRule = Mm(_ROW), WD_ROW_HEIGHT_RULE.AT_LEAST
        settings = element.get_or_add_trPr()
        settings.append(OxmlElement("w:cantSplit"))
        if row.header:
            settings.append(OxmlElement("w:tblHeader"))
        boxes = element.tc_lst
        at = 0
        for cell in row.cells:
            for spare in boxes[at + 1 : at + cell.span]:
                element.remove(spare)
            self.cell(
                boxes[at], cell, sum(self.widths[at : at + cell.span]), together=row.together or row.header
            )
            at += cell.span

    def cell(self, box: Any, cell: _Cell, width: int, *, together: bool) -> None:
        """Write one cell's words."""
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.shared import Mm
        from docx.table import _Cell as Box

        box.width = Mm(width)
        if cell.span > 1:
            box.grid_span = cell.span
        if cell.merge:
            box.vMerge = cell.merge
        found = Box(box, self.document)
        found.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = found.paragraphs[0]
        paragraph.alignment = 1 if cell.middle else None
        paragraph.paragraph_format.keep_with_next = together
        self.run(paragraph, cell.text, cell.size, cell.font)
