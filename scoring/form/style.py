"""What the sheets of a blank form share: formats, drop-downs, and how a limit is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.sheets.table import letters

HEADER = 4
SOURCES = ("日常", "月末集中", "明察", "暗访")
_CHOICES = "选项"


class Styles:
    """The few formats of the form, and the drop-downs too long for a cell's own list, kept on a hidden sheet."""

    def __init__(self, book: Any) -> None:
        border = {"border": 1, "valign": "vcenter", "text_wrap": True}
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.note = book.add_format({"font_color": "#7F6000"})
        self.sign = book.add_format({"bottom": 1})
        self.head = book.add_format(
            {**border, "bold": True, "bg_color": "#DDE8F3", "align": "center", "font_size": 10}
        )
        self.place = book.add_format({**border, "bg_color": "#F2F2F2", "align": "center", "font_size": 9})
        self.cell = book.add_format({**border, "num_format": "@"})
        self.number = book.add_format(border)
        self.day = book.add_format({**border, "num_format": "yyyy-mm-dd"})
        self.percent = book.add_format({**border, "num_format": "0%"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self._book, self._lists = book, -1

    def listed(self, words: Sequence[str]) -> dict[str, Any]:
        """Return a drop-down; long lists and words with commas go to a hidden sheet, as the file format demands."""
        if len(",".join(words)) <= 255 and not any("," in word for word in words):
            return {"validate": "list", "source": list(words)}
        hidden = self._book.get_worksheet_by_name(_CHOICES) or self._book.add_worksheet(_CHOICES)
        hidden.hide()
        column = self._lists = self._lists + 1
        for row, word in enumerate(words):
            hidden.write_string(row, column, word)
        return {"validate": "list", "source": f"={_CHOICES}!{_span(column, len(words))}"}


def warned(rule: dict[str, Any], title: str, message: str, more: str = "没查的写 未查") -> dict[str, Any]:
    """Return a limit that warns of a wrong entry, which may still be kept (未查 in a number's cell)."""
    said = f"{message[:180]}。{more}" if more else message[:250]
    return rule | {"input_title": title[:32], "input_message": message[:255], "error_type": "warning",
                   "error_title": "请再看一下", "error_message": said}  # fmt: skip


def _span(column: int, rows: int) -> str:
    return f"${letters(column)}$1:${letters(column)}${rows}"
