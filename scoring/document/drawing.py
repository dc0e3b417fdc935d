"""Photos in a Word document: the drawing where each stands, and the parts of the archive that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scoring.document.photos import size_of

_EMU = 36_000  # to a millimetre
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_ENDINGS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
_DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{id}" name="photo{id}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{id}" name="photo{id}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="photo{id}"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:t>"
)


class _Xml(str):
    """XML of our own, which a template leaves as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


class Drawings:
    """The photos of one document, in the order in which it names them."""

    def __init__(self, photos: Mapping[str, Path], size: tuple[int, int]) -> None:
        self._photos, (self._wide, self._high) = photos, size
        self._used: dict[str, int] = {}

    def drawn(self, name: str) -> str:
        """Return what stands for a photo; nothing where there is no file of it."""
        path = self._photos.get(name)
        if path is None:
            return ""
        id = self._used.setdefault(name, len(self._used) + 1)
        wide, high = size_of(path.read_bytes())
        scale = min(self._wide / wide, self._high / high) * _EMU
        return _Xml(_DRAWING.format(id=id, wide=round(wide * scale), high=round(high * scale)))

    def added_to(self, parts: dict[str, bytes]) -> dict[str, bytes]:
        """Return a document's parts with those of its photos."""
        if not self._used:
            return parts
        relations, media = "", {}
        for name, id in self._used.items():
            path = self._photos[name]
            target = f"media/photo{id}{path.suffix.lower()}"
            media[f"word/{target}"] = path.read_bytes()
            relations += f'<Relationship Id="photo{id}" Type="{_IMAGE}" Target="{target}"/>'
        parts = {**parts, **media}
        parts[_RELATIONS] = _before(parts[_RELATIONS], "</Relationships>", relations)
        parts[_TYPES] = _before(parts[_TYPES], "</Types>", _types(parts[_TYPES].decode()))
        return parts


def _types(known: str) -> str:
    """Return the lines that say what kinds of pictures there are, where they are not said yet."""
    return "".join(
        f'<Default Extension="{ending[1:]}" ContentType="{kind}"/>'
        for ending, kind in _ENDINGS.items()
        if f'Extension="{ending[1:]}"' not in known
    )


def _before(raw: bytes, end: str, text: str) -> bytes:
    return raw.decode().replace(end, text + end).encode()
