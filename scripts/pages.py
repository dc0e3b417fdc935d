"""The documents: their pages and the fenced blocks in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "benchmarks").glob("*.md"),
        *(ROOT / "fixtures").rglob("*.md"),
    ]
)
WRONG, DOUBTFUL = "写错的例子", "有疑点的例子"
_FENCE = re.compile(r"^```([a-z]*)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One fenced block of a page: its language, its text, the heading above it; ``shown`` is the ```text right below."""

    page: str
    heading: str
    language: str
    wrong: bool
    text: str
    shown: str | None

    def __str__(self) -> str:
        return f"{self.page} {self.heading} {self.text[:16]!r}"


def blocks_of(page: Path) -> Iterator[Block]:
    """Yield a page's fenced blocks in order."""
    text = page.read_text("utf-8")
    fences = list(_FENCE.finditer(text))
    for fence, after in zip_longest(fences, fences[1:]):
        headings = re.findall(r"^#+ (.*)$", _FENCE.sub("", text[: fence.start()]), re.MULTILINE)
        below = after is not None and after[1] == "text" and not text[fence.end() : after.start()].strip()
        yield Block(
            page.relative_to(ROOT).as_posix(),
            headings[-1] if headings else "",
            fence[1],
            WRONG in fence[2],
            fence[3],
            after[3] if after is not None and below else None,
        )


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
