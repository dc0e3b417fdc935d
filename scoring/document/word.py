"""Contents filled into a Word template; the only door to docxtpl, whose way of writing templates it is.

A template's parts are read once. A document is then its parts filled and packed, which is many times quicker than opening
and saving it by the library.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from xml.parsers import expat

from scoring.document import PHOTO
from scoring.document.content import Content, plain, words_of
from scoring.document.drawing import Drawings
from scoring.document.extra import needed
from scoring.errors import Problem, ScoringError
from scoring.load.rule_file import MAX_BYTES, read_bytes
from scoring.report.packed import packed

_MOST, _MOST_PARTS = 64 << 20, 500
_BODY = "word/document.xml"
_FILLED = (_BODY, "word/header", "word/footer")


class Template:
    """A Word template that is filled many times: the shipped one of a kind, or an office's own.

    ``photo`` is how wide and high photos stand at most, in millimetres.

    Raises ScoringError with everything in it that is not understood.
    """

    def __init__(
        self, kind: str, words: type, own: Path | None = None, *, photo: tuple[int, int] = PHOTO
    ) -> None:
        with needed():
            import docxtpl

            from scoring.document.placeholders import Placeholders
        self._photo = photo
        self._name = name = f"{kind}.docx" if own is None else str(own)
        self._parts = _parts(shipped(name) if own is None else _own(own), name)
        library, environment = docxtpl.DocxTemplate(""), Placeholders(words_of(words), name)
        wrong: list[Problem] = []
        self._filled = {}
        for part, raw in self._parts.items():
            if part.startswith(_FILLED) and part.endswith(".xml"):
                # One paragraph a line, so that a mistake's line says which.
                source = (
                    library.patch_xml(_text(raw, name))
                    .replace("<w:p ", "\n<w:p ")
                    .replace("<w:p>", "\n<w:p>")
                )
                try:
                    self._filled[part] = environment.from_string(source)
                except ScoringError as error:
                    wrong += error.problems
        if wrong:
            raise ScoringError(wrong)

    def docx(self, content: Content, photos: Mapping[str, Path] | None = None) -> bytes:
        """Return the document's bytes, the same for the same content.

        Raises ScoringError where a template begins something in one paragraph and ends it in another.
        """
        drawings = Drawings(photos or {}, self._photo)
        filled = {}
        for part, template in self._filled.items():
            words = plain(content, drawings.drawn if part == _BODY else _nothing)
            filled[part] = self._whole(template.render(words))
        return packed(drawings.added_to({**self._parts, **filled}))

    def _whole(self, text: str) -> bytes:
        """Return a part's bytes once it is sure that a word processor can read them."""
        raw = text.encode()
        try:
            expat.ParserCreate().Parse(raw, True)
        except expat.ExpatError:
            hint = (
                "for、if 和它的收尾写在同一段里；跨几段的各自单独成段，写 {%p … %}，跨几行表格的写 {%tr … %}"
            )
            raise _unusable(self._name, "模板: for、if 和它的收尾位置不对", hint) from None
        return raw


def _nothing(_: str) -> str:
    """Stand for a photo where none can be: at the head and the foot of a page."""
    return ""


def shipped(name: str) -> bytes:
    """Return a shipped template's bytes."""
    return files("scoring.document").joinpath("templates", name).read_bytes()


def _own(path: Path) -> bytes:
    raw = read_bytes(path)
    if len(raw) > MAX_BYTES:
        raise _unusable(path, f"模板太大，超过{MAX_BYTES >> 20} MB", "删去模板里的大图片")
    return raw


def _parts(raw: bytes, name: str) -> dict[str, bytes]:
    """Return a document's parts by their names.

    Raises ScoringError where it is no Word document, or unreasonably large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            listed = archive.infolist()
            if sum(one.file_size for one in listed) > _MOST or len(listed) > _MOST_PARTS:
                raise _unusable(name, "模板展开后太大", "删去模板里的大图片")
            found = {one.filename: archive.read(one) for one in _each_once(listed)}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        found = {}
    if not {_BODY, "[Content_Types].xml", "word/_rels/document.xml.rels"} <= set(found):
        raise _unusable(name, "不是 Word 的 .docx 文件", "用 Word 或 WPS 另存为 .docx")
    return found


def _each_once(listed: Sequence[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    yield from {one.filename: one for one in listed if not one.is_dir()}.values()


def _text(raw: bytes, name: str) -> str:
    try:
        text = raw.decode("utf-8-sig").replace("\n", " ")
    except UnicodeDecodeError:
        text = ""
    if not text or "<!" in text:
        raise _unusable(name, "模板的内容不像 Word 写的", "用 Word 或 WPS 打开，另存一次")
    return text


def _unusable(name: Path | str, message: str, hint: str) -> ScoringError:
    return ScoringError([Problem(str(name), message=message, hint=hint)])
