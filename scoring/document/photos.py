"""Photos found in a folder by the names that the records give them, none of them too large to put into a document."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

from scoring.errors import Problem, ScoringError

ENDINGS = (".jpg", ".jpeg", ".png")
_MOST, _MOST_PIXELS, _MOST_FILES = 8 << 20, 50_000_000, 100_000
_PNG = b"\x89PNG\r\n\x1a\n"
# A picture's frame; the numbers between are tables that look the same.
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def find_photos(folder: Path, names: Iterable[str]) -> tuple[Mapping[str, Path], tuple[Problem, ...]]:
    """Return the files of some photos by their names, and a problem for each that there is none of or that is no use.

    A name is looked for among the files of the folder itself, with its ending or without, and never leads out of it.
    Raises ScoringError where there is no such folder.
    """
    there = _files(folder)
    found, problems = {}, []
    for name in dict.fromkeys(names):
        path = there.get(name.casefold())
        why = "没有这张照片" if path is None else _why_not(path)
        if path is not None and not why:
            found[name] = path
        else:
            problems.append(
                Problem(
                    str(folder),
                    where=f"照片 {name}",
                    message=why,
                    hint="文件名要和记录里写的一样；文中注明“照片另附”",
                )
            )
    return found, tuple(problems)


def _files(folder: Path) -> Mapping[str, Path]:
    """Return the photos in a folder, by name with and without ending; a name that two share is neither's."""
    if not folder.is_dir():
        raise ScoringError([Problem(str(folder), message="没有这个文件夹", hint="写放照片的文件夹")])
    whole: dict[str, Path] = {}
    short: dict[str, list[Path]] = {}
    for number, path in enumerate(sorted(folder.iterdir())):
        if number >= _MOST_FILES:
            raise ScoringError(
                [Problem(str(folder), message="文件太多", hint="把这一轮的照片另放一个文件夹")]
            )
        if path.suffix.lower() in ENDINGS and path.is_file():
            whole[path.name.casefold()] = path
            short.setdefault(path.stem.casefold(), []).append(path)
    return {name: paths[0] for name, paths in short.items() if len(paths) == 1} | whole


def _why_not(path: Path) -> str:
    """Return why a photo cannot be shown, nothing where it can."""
    try:
        if path.stat().st_size > _MOST:
            return f"照片太大，超过{_MOST >> 20} MB"
        raw = path.read_bytes()
        wide, high = size_of(raw)
    except OSError:
        return "照片打不开"
    except (ValueError, struct.error):
        return "不是 JPEG 或 PNG 照片，或已损坏"
    if not 0 < wide * high <= _MOST_PIXELS:
        return "照片太大，像素太多"
    kind = ".png" if raw.startswith(_PNG) else ".jpg"
    return "" if path.suffix.lower().replace("jpeg", "jpg") == kind else "照片的扩展名和内容不符"


def size_of(raw: bytes) -> tuple[int, int]:
    """Return a picture's width and height in pixels; raise ValueError or struct.error where it is none."""
    if raw.startswith(_PNG):
        wide, high = struct.unpack(">II", raw[16:24])
        return wide, high
    if not raw.startswith(b"\xff\xd8"):
        raise ValueError
    at = 2
    while True:
        mark, kind, length = struct.unpack(">BBH", raw[at : at + 4])
        if mark != 0xFF:
            raise ValueError
        if kind in _FRAMES:
            high, wide = struct.unpack(">HH", raw[at + 5 : at + 9])
            return wide, high
        at += 2 + length
