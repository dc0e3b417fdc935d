"""The parts of a zipped workbook, looked through before it is read: bombs, far cells, cells without a result."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from scoring.sheets.table import Complaint, bound, refusal

MAX_UNPACKED = 300 << 20
MAX_PARTS = 2000
MAX_RATIO = 200
_SMALL = 20 << 20
_HINT = "请在 Excel 或 WPS 里打开后另存为 xlsx"
UNCALCULATED: Complaint = ("公式没有算出结果", "在 Excel 或 WPS 里打开后另存，或改成直接填写的值")
_CELL = re.compile(rb"<(?:[^<>\s/:]+:)?c(?=[\s>])([^>]*)(?<!/)>\s*(?:<(?:[^<>\s/:]+:)?(f)\b(?:[^>]*/>|[^>]*>[^<]*<[^>]*>)\s*)?"
                   rb"(?:<(?:[^<>\s/:]+:)?(?:v|is)(?=[\s>])[^>]*(?<!/)>([^<]*))?")  # fmt: skip
_AT = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_TYPE = re.compile(rb"""(?:^|\s)t\s*=\s*["'](\w+)["']""")
_FORMULA = re.compile(rb"[<:]f[\s/>]")
_USUAL = rb'<c r="%s"(?: s="[0-9]+")?(?: t="(?:s|n|str|b|inlineStr)")?>'
_PLACE = re.compile(_USUAL % b"([A-Z]{1,3})([0-9]{1,7})")
# Other elements that begin like a cell's; and how a cell or a formula begins where its name has a prefix.
_OTHERS = (b"<co", b"<cf", b"<cu")
_PREFIXED = re.compile(rb":[cf][\s/>]")
_STYLED = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?/>')
_STRING = re.compile(rb"<(?:[^<>\s/:]+:)?si[\s>]")
_STALE = re.compile(rb"""fullCalcOnLoad\s*=\s*["'](?:1|true)""")
_NAMESPACE = re.compile(r"\{.*\}")


def look_through(path: Path, content: bytes) -> dict[str, dict[tuple[int, int], Complaint]]:
    """Return, by sheet name, the cells that hold an error value or a formula without a result.

    Raises ScoringError for a damaged archive, one that unpacks to too much, and sheets whose cells span too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            weigh(path, archive.infolist())
            parts = {
                one.filename.lower(): plain_part(archive.read(one))
                for one in archive.infolist()
                if _is_text(one)
            }
        strings = [len(one) for one in _STRING.split(parts.get("xl/sharedstrings.xml", b""))]
        named = list(_sheets(parts))
        sheets = {name: parts[part] for name, part in named}
        if len(sheets) < len(named):
            raise ValueError("two sheets of one name")
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, NotImplementedError, EOFError, OSError,
            RuntimeError, ValueError, KeyError) as error:  # fmt: skip
        locked = isinstance(error, RuntimeError) and "encrypted" in str(error)
        raise refusal(path, "工作簿加了密码" if locked else "工作簿损坏，打不开", _HINT) from None
    # A program that writes formulas without calculating them leaves 0 or nothing, and says that all is still to be done.
    stale = _STALE.search(parts["xl/workbook.xml"]) is not None
    return {name: dict(_cells(path, name, part, strings, stale)) for name, part in sheets.items()}


def weigh(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Raise ScoringError where an archive unpacks to too much."""
    packed, unpacked = sum(part.compress_size for part in parts), sum(part.file_size for part in parts)
    bomb = unpacked > _SMALL and unpacked > MAX_RATIO * packed
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or bomb:
        raise refusal(path, "工作簿解开后太大", "请删去多余的工作表和空行后另存一份")


def _is_text(part: zipfile.ZipInfo) -> bool:
    """Return whether a part is text; raise ValueError for the parts that make an archive another kind of workbook."""
    name = part.filename.lower()
    if name in ("xl/workbook.bin", "content.xml"):
        raise ValueError("not this kind of workbook")
    return name.endswith((".xml", ".rels"))


def plain_part(part: bytes) -> bytes:
    """Return a part; raise ValueError for what no workbook has: a document type, which may unfold, and wide encodings."""
    if b"<!DOCTYPE" in part or b"\0" in part:
        raise ValueError("not a workbook's part")
    return part


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield each sheet's name and part, as the workbook's own parts relate them; raise KeyError where they do not."""
    targets = {
        one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).lstrip("/").lower()
        for one in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    for element in ElementTree.fromstring(parts["xl/workbook.xml"]).iter():
        if _NAMESPACE.sub("", element.tag) == "sheet":
            keys = {_NAMESPACE.sub("", key): value for key, value in element.attrib.items()}
            yield keys["name"], targets[keys["id"]]


def _cells(
    path: Path, name: str, part: bytes, strings: list[int], stale: bool
) -> Iterator[tuple[tuple[int, int], Complaint]]:
    """Yield the cells of a sheet that read as empty but are not; refuse the sheet where its cells span too much."""
    if (usual := _usual_span(part, strings)) is not None:
        bottom, right = usual
        bound(path, bottom, right, bottom * right, name)
        return
    right = bottom = weight = 0
    for found in _CELL.finditer(part):
        attributes, formula, value = found.groups(b"")
        places, kinds = _AT.findall(attributes), _TYPE.findall(attributes)
        if len(places) != 1:
            raise refusal(path, "有单元格没有位置", _HINT, where=f"工作表“{name}”")
        row, column = int(places[0][1]), _number(places[0][0])
        right, bottom = max(right, column), max(bottom, row)
        if b"e" in kinds:
            word = value.decode(errors="replace")[:20]
            yield (row - 1, column - 1), (f"“{word}”是错误值", "改成直接填写的值")
        elif formula and (stale or not (value or b"str" in kinds)):
            yield (row - 1, column - 1), UNCALCULATED
        elif b"s" in kinds and value.isdigit():
            weight += strings[min(int(value[:9]) + 1, len(strings) - 1)]
    bound(path, bottom, right, right * bottom, name)
    if weight > MAX_UNPACKED:
        raise refusal(path, "工作簿解开后太大", "请删去多余的文字后另存一份", where=f"工作表“{name}”")


def _usual_span(part: bytes, strings: list[int]) -> tuple[int, int] | None:
    """Return the last row and column of a sheet that needs no look at each cell; None for any other.

    Several times faster, and what nearly every workbook is: cells written as the spreadsheet programs do, no formula,
    no error value, and texts that cannot add up to too much.
    """
    if (b"<f" in part and _FORMULA.search(part)) or (b":" in part and _PREFIXED.search(part)):
        return None
    places = _PLACE.findall(part)
    opened = part.count(b"<c ")
    if part.count(b"<c") != opened + sum(map(part.count, _OTHERS)):
        return None
    if opened != len(places) and opened != len(places) + len(_STYLED.findall(part)):
        return None
    if len(places) * max(strings) > MAX_UNPACKED:
        return None
    columns, rows = {column for column, _ in places}, {row for _, row in places}
    return max(map(int, rows), default=0), max(map(_number, columns), default=0)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
