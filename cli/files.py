"""Files that are given by the folder they lie in, and results that must not land on what they were made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..errors import Problem, ScoringError
from .common import say

MOST_FILES = 1000
_SHOWN = 5
# What Office, WPS and systems leave beside a file that is open.
_PASSING = ("~$", ".~", ".")


def sheets_in(given: Iterable[Path], *, besides: Sequence[Path | None] = ()) -> list[Path]:
    """Return files, each folder among them replaced by the sheets in it and below, in the order of their names.

    ``besides`` are files with another part, such as the register: they are no sheets where they lie in such a folder.
    Other files there are told. Raises ScoringError for a folder without any sheet, or with more than 1000 files.
    """
    apart = {one.resolve() for one in besides if one is not None}
    return [file for one in given for file in (_within(one, apart) if one.is_dir() else [one])]


def _within(folder: Path, apart: set[Path]) -> list[Path]:
    from ..sheets.tables import KINDS

    files = [one for one in _files(folder) if one.resolve() not in apart]
    # A text in a folder is a note or a copied chat more often than a table.
    sheets = [one for one in files if one.suffix.lower() in KINDS and one.suffix.lower() != ".txt"]
    others = [str(one.relative_to(folder)) for one in files if one not in sheets]
    if not sheets:
        raise _refused(folder, "文件夹里没有检查表", f"要有 {'、'.join(KINDS)} 文件")
    if others:
        more = f"等{len(others)}个" if len(others) > _SHOWN else ""
        say([f"提示: {folder} 里不是表格的没有读: {'、'.join(others[:_SHOWN])}{more}"])
    return sheets


def _files(folder: Path) -> list[Path]:
    found: list[Path] = []
    try:
        for one in _walked(folder):
            found.append(one)
            if len(found) > MOST_FILES:
                raise _refused(folder, f"文件夹里的文件太多，超过{MOST_FILES}个", "只放检查表，或分成几个")
    except OSError as error:
        raise _refused(folder, f"文件夹打不开（{error.strerror}）", "检查权限") from None
    return sorted(found)


def _walked(folder: Path) -> Iterator[Path]:
    for one in folder.iterdir():
        if one.name.startswith(_PASSING):
            continue
        if one.is_dir() and not one.is_symlink():
            yield from _walked(one)
        elif one.is_file():
            yield one


def _refused(folder: Path, message: str, hint: str) -> ScoringError:
    return ScoringError([Problem(str(folder), message=message, hint=hint)])


def spare(output: Path | None, *read: Path | None) -> None:
    """Raise ScoringError where a result would be written over a file that it is made of."""
    if output is None:
        return
    for one in read:
        if one is not None and one.resolve() == output.resolve():
            hint = "原来的表要留着；-o 换一个文件名"
            raise ScoringError([Problem(str(output), message="这是读进来的文件，不能写在它上面", hint=hint)])
