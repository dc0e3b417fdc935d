"""An archive whose parts bear a fixed day, so that the same document gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_DAY = (1980, 1, 1, 0, 0, 0)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of some parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, _DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, content)
    return out.getvalue()


def repacked(content: bytes) -> bytes:
    """Return an archive with its parts as they are, on the fixed day."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return packed({part.filename: old.read(part) for part in old.infolist()})
