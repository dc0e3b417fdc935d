"""What commands and code print, and what is wrong with a rule, as the pages show it in a ```text right below."""

from __future__ import annotations

import io
import re
import shlex
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from scoring.cli import run

from scripts.doubts import Example
from scripts.fragments import said
from scripts.pages import DOUBTFUL, ROOT, WRONG

LINKED = ("docs", "fixtures", "rules")
ELLIPSIS = "…"
_LINES = r"((?:(?!```).*\n)*)"
_SHOWN = re.compile(rf"(^```(sh|python|yaml)([^\n]*)\n{_LINES}```\n\n```text\n){_LINES}(```$)", re.MULTILINE)


def commands_in(block: str) -> list[str]:
    """Return the lines of a ```sh block that run chuangwei."""
    return [line for line in block.splitlines() if line.startswith("chuangwei")]


def link_into(folder: Path) -> None:
    """Link what the commands of the pages read into an empty folder."""
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)


def output_of(commands: Iterable[str]) -> str:
    """Return what commands print when run one after the other beside docs/, fixtures/ and rules/."""
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        link_into(Path(folder))
        with chdir(folder), redirect_stdout(out), redirect_stderr(out):
            for command in commands:
                run(shlex.split(command)[1:])
    lines = out.getvalue().strip("\n\ufeff").splitlines()
    # Where durable-rules cannot be built the command says so; the pages speak of a machine where it can.
    return "".join(f"{line.rstrip()}\n" for line in lines if not line.startswith("提示: durable-rules "))


def printed_by(code: str) -> str:
    """Return what a block of Python prints when run at the root."""
    out = io.StringIO()
    with chdir(ROOT), redirect_stdout(out):
        exec(compile(code, "page", "exec"), {})
    return out.getvalue()


def renewed(page: str) -> str:
    """Return a page with what its blocks come to now, where a ```text right below shows it: output, or what is wrong.

    Where a line … cuts it, as many lines stay around it.
    """
    return _SHOWN.sub(_renewed, page)


def _renewed(found: re.Match[str]) -> str:
    before, language, mark, text, shown, after = found.groups()
    if language == "yaml":
        now = _told(text, mark) if WRONG in mark or DOUBTFUL in mark else shown
    else:
        now = output_of(commands_in(text)) if language == "sh" else printed_by(text)
    return before + _cut(now, shown) + after


def _told(text: str, mark: str) -> str:
    """Return what is said of a piece of a rule file that its title calls wrong or doubtful."""
    lines = said(text) if WRONG in mark else Example("", f"```yaml\n{text}```").said()
    return "".join(f"{line}\n" for line in lines)


def _cut(text: str, like: str) -> str:
    """Return a text cut at … as another is."""
    before, cut, after = _lines_around(like)
    return shortened(text, before, after) if cut else text


def _lines_around(text: str) -> tuple[int, bool, int]:
    lines = text.splitlines()
    if ELLIPSIS not in lines:
        return len(lines), False, 0
    at = lines.index(ELLIPSIS)
    return at, True, len(lines) - at - 1


def shortened(text: str, first: int, last: int = 0) -> str:
    """Return the first and the last lines of a text, with … for what is between."""
    lines = text.splitlines()
    if len(lines) <= first + last + 1:
        return text
    return "".join(f"{line}\n" for line in _around(lines, first, last))


def _around(lines: Sequence[str], first: int, last: int) -> Iterator[str]:
    yield from lines[:first]
    yield ELLIPSIS
    yield from lines[len(lines) - last :]
