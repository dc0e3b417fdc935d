"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from scoring.errors import Problem, ScoringError


def write_file(path: Path, content: bytes) -> None:
    """Write bytes to a temporary file beside ``path`` and rename it there.

    Raises ScoringError where the folder is missing, not writable or full; the old file then stands as it was.
    """
    target = Path(path)
    if target.is_dir():
        raise ScoringError(
            [Problem(str(path), message="这是文件夹，不是文件", hint="写上文件名，如 结果.xlsx")]
        )
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(target))
        os.replace(temporary, target)  # noqa: PTH105 - the one call that replaces on Windows too
        temporary = None
    except FileNotFoundError:
        raise ScoringError(
            [Problem(str(path), message="没有这个文件夹", hint="先建文件夹，或换一个地方")]
        ) from None
    except OSError as error:
        hint = "如在 Excel 或 WPS 里开着，请先关闭；或换一个地方"
        raise ScoringError([Problem(str(path), message=f"写不进去（{error.strerror}）", hint=hint)]) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def write_new(path: Path, content: bytes) -> None:
    """Write what is to be filled in or changed by hand, where nothing stands that may have been already.

    Raises ScoringError where another file stands there, and as ``write_file`` does.
    """
    target = Path(path)
    with contextlib.suppress(OSError):
        if target.read_bytes() != content:
            hint = "那一份里可能填过、改过，没有动它。用 -o 换一个名称，或先把它移走"
            raise ScoringError([Problem(str(path), message="已经有这个文件，内容不同", hint=hint)])
    write_file(target, content)


def _mode(target: Path) -> int:
    """Return the permissions of the file replaced, else what the process would give a new one."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
