"""A table of a document as the file format has it: made cell by cell, the library takes minutes for a long one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

BODY, SIZE = "仿宋", 10
_ROW, _SIDE = 8, 1  # millimetres: the least height of a row, and what a cell leaves at its sides
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, over how many columns, and whether it begins or continues a cell over several rows."""

    text: str
    middle: bool = False
    font: str = BODY
    size: float = SIZE
    span: int = 1
    merge: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``together`` keeps it on the page of the next."""

    cells: Sequence[Cell]
    header: bool = False
    together: bool = False


def table_xml(rows: Iterable[Row], widths: Sequence[int]) -> Iterator[str]:
    """Yield the table piece by piece; ``widths`` of its columns in millimetres."""
    sides = "".join(f'<w:{side} w:w="{_twips(_SIDE)}" w:type="dxa"/>' for side in ("left", "right"))
    yield f"""<w:tbl {_NAMESPACE}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>
<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr><w:tblGrid>"""
    yield from (f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    yield "</w:tblGrid>"
    for row in rows:
        header = "<w:tblHeader/>" if row.header else ""
        yield f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_twips(_ROW)}" w:hRule="atLeast"/>{header}</w:trPr>'
        at = 0
        for cell in row.cells:
            width = sum(widths[at : at + cell.span])
            at += cell.span
            yield _box(cell, width, together=row.together or row.header)
        yield "</w:tr>"
    yield "</w:tbl>"


def _box(cell: Cell, width: int, *, together: bool) -> str:
    """Return one cell as the file format has it."""
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    keep = "<w:keepNext/>" if together else ""
    middle = '<w:jc w:val="center"/>' if cell.middle else ""
    fonts = "".join(f' w:{script}="{cell.font}"' for script in ("ascii", "hAnsi", "eastAsia"))
    words = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in cell.text.split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{keep}{middle}</w:pPr><w:r><w:rPr><w:rFonts{fonts}/><w:sz w:val="{round(cell.size * 2)}"/></w:rPr>'
        f"{words}</w:r></w:p></w:tc>"
    )


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)
