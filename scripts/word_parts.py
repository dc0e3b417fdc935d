"""What the shipped Word templates are built of: the page of GB/T 9704-2012, its fonts and sizes, paragraphs, tables."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from scoring.report.packed import repacked

BODY, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
LATIN = "Times New Roman"
# 22 lines on 225 mm. 28 characters on 156 mm need each a quarter of a point less than its size; a grid for the whole page
# would move the small type of tables too, and programs do not agree about it.
PITCH, CLOSER = 225 / 22 / 25.4 * 72, -5  # points; twentieths of a point
RED = RGBColor(0xD7, 0x00, 0x0F)
MIDDLE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
_LEAST, _BODY_PITCH = 7, 20  # points
_UNUSED = ("/customXml", "/thumbnail", "/stylesWithEffects", "/webSettings", "/numbering")
_STYLES = ("Normal", "header", "footer", "Default Paragraph Font", "Normal Table", "No List", "Table Grid")


class Page:
    """A document being built from above; a ``compact`` one is a single page without a number."""

    def __init__(self, title: str, *, compact: bool = False) -> None:
        self.document: Any = docx.Document()
        about = self.document.core_properties
        about.title, about.author, about.comments = title, "", ""
        about.created = about.modified = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        self._page()
        self._lean()
        self._styles()
        if compact:
            self._widen()
        else:
            self._feet()

    def saved(self) -> bytes:
        """Return the document's bytes, the same each time."""
        out = io.BytesIO()
        self.document.save(out)
        return repacked(out.getvalue())

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(35 - 7 - 5)

    def _widen(self) -> None:
        """Make the page one that holds more: narrow margins and no number."""
        section = self.document.sections[0]
        section.top_margin = section.bottom_margin = Mm(14)
        section.left_margin = section.right_margin = Mm(22)

    def _lean(self) -> None:
        """Leave out what the library's own template brings along and no document here uses."""
        package = self.document.part.package
        for relations in (package.rels, self.document.part.rels):
            for id, one in list(relations.items()):
                if one.reltype.endswith(_UNUSED):
                    del relations[id]
        styles = self.document.styles.element
        for one in list(styles):
            if one.tag == qn("w:latentStyles") or (one.tag == qn("w:style") and one.name_val not in _STYLES):
                styles.remove(one)

    def _styles(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, Pt(16)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), str(CLOSER))
        normal.element.rPr.rFonts.addnext(closer)
        form = normal.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH)
        for language in self.document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")

    def _feet(self) -> None:
        """Set the page number between dashes, outside: right on odd pages, left on even ones."""
        self.document.settings.odd_and_even_pages_header_footer = True
        section = self.document.sections[0]
        for foot, side in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
            line = foot.paragraphs[0]
            line.alignment = side
            line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
            run(line, "— ", 14, SONG)
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            field.append(run(line, "1", 14, SONG)._r)
            line._p.append(field)
            run(line, " —", 14, SONG)

    def line(
        self, text: str, size: float = 16, font: str = BODY, *, side: Any = None, indent: bool = False, pitch: float = PITCH,
        colour: Any = None, before: float = 0, together: bool = False, rule: str = "", new_page: bool = False,
    ) -> Any:  # fmt: skip
        """Write a paragraph; ``rule`` draws a line beneath it (single, dashed) in its colour."""
        found = self.document.add_paragraph()
        style(found, side, pitch, indent=indent, size=size)
        found.paragraph_format.space_before = Pt(before)
        found.paragraph_format.keep_with_next = together
        found.paragraph_format.page_break_before = new_page
        run(found, text, size, font, colour)
        if rule:
            # The format has it before the spacing.
            found._p.pPr.find(qn("w:spacing")).addprevious(_border(rule, str(colour or "000000")))
        return found

    def head(self) -> None:
        """Write the red head: who issues it, its number, the line, the title."""
        self.line("{{ 机关 }}", 26, TITLE, side=MIDDLE, colour=RED, pitch=34)
        self.line("{{ 文号 }}", side=MIDDLE, colour=None)
        self.line("", 2, colour=RED, rule="single", pitch=5)
        self.line("{{ 标题 }}", 22, TITLE, side=MIDDLE, pitch=36, before=8)

    def photos(self, word: str = "照片") -> None:
        """Write the photos of a list, each with its number and what it shows."""
        self.control(f"{{%p for 张 in {word} %}}")
        self.line("{{ 张.图 }}", 12, side=MIDDLE, pitch=19, together=True)
        self.line("照片{{ 张.编号 }}　{{ 张.说明 }}", 10.5, side=MIDDLE, pitch=15)
        self.control("{%p endfor %}")

    def signature(self) -> None:
        """Write who signs and when."""
        for number, word in enumerate(("机关", "落款日期")):
            line = self.line(f"{{{{ {word} }}}}", side=RIGHT, before=0 if number else 28, together=True)
            line.paragraph_format.right_indent = 812800

    def control(self, text: str) -> None:
        """Write what only steers the template and leaves no line behind."""
        self.line(text, 5, pitch=6)

    def table(self, widths: Sequence[float], rows: Sequence[Sequence[str]], *, head: bool, size: float = 10.5,
              height: float = 8, left: Sequence[int] = (), spans: Sequence[tuple[int, int, int]] = ()) -> Any:  # fmt: skip
        """Write a table of fixed widths in millimetres; ``spans`` joins cells (row, from column, to column)."""
        table = self.document.add_table(len(rows), len(widths), style="Table Grid")
        table.autofit, table.alignment = False, 1
        for at, width in enumerate(widths):
            table.columns[at].width = Mm(width)
        for at, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            row.height = Mm(height)
            if head and at == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for place, text in enumerate(texts):
                cell = row.cells[place]
                cell.width, cell.vertical_alignment = Mm(widths[place]), 1
                titled = head and at == 0
                style(cell.paragraphs[0], LEFT if place in left and not titled else MIDDLE, size + 4)
                run(cell.paragraphs[0], text, size, HEI if titled else BODY)
        for row, first, last in spans:
            joined = table.cell(row, first).merge(table.cell(row, last))
            for empty in joined.paragraphs[1:]:
                empty._p.getparent().remove(empty._p)
        return table


def ruled(table: Any) -> None:
    """Leave a table the lines between its rows only, above and below."""
    lines = {
        "top": "single",
        "left": "nil",
        "bottom": "single",
        "right": "nil",
        "insideH": "single",
        "insideV": "nil",
    }
    borders = "".join(f'<w:{side} w:val="{kind}" w:sz="8" w:space="0"/>' for side, kind in lines.items())
    # The format has them before the layout.
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(
        parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>")
    )


def style(paragraph: Any, side: Any, pitch: float, *, indent: bool = False, size: float = 16) -> None:
    """Set how a paragraph stands: two characters in where ``indent``, in characters and, for programs without, in points."""
    form = paragraph.paragraph_format
    paragraph.alignment = side
    # Lines of the small type in tables, and those of photos, grow with what they hold.
    grows = _LEAST <= pitch < _BODY_PITCH
    form.line_spacing_rule = WD_LINE_SPACING.AT_LEAST if grows else WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(pitch)
    if indent:
        form.first_line_indent = Pt(size * 2)
        paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "200")


def run(paragraph: Any, text: str, size: float, font: str = BODY, colour: Any = None) -> Any:
    """Add words to a paragraph; East Asian words need their font named apart."""
    found = paragraph.add_run(text)
    found.font.name, found.font.size = LATIN, Pt(size)
    found._r.rPr.rFonts.set(qn("w:eastAsia"), font)
    if colour is not None:
        found.font.color.rgb = colour
    return found


def _border(kind: str, colour: str) -> Any:
    width = 12 if kind == "single" else 6
    return parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="{kind}" w:sz="{width}" w:space="4" w:color="{colour}"/></w:pBdr>'
    )
