"""A form's workbook from its first sheet to its bytes; the only door to xlsxwriter among the forms."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

from scoring.form.style import Styles

# Text from outside must stay text: never a formula, a link, or a number read out of a code.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def filled(title: str, comments: str, made: dt.date, fill: Callable[[Any, Styles], None]) -> bytes:
    """Return the bytes of a workbook that ``fill`` writes the sheets of; ``made`` is the day it says it was made."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    created = dt.datetime.combine(made, dt.time())
    book.set_properties({"title": title, "comments": comments, "created": created})
    fill(book, Styles(book))
    book.close()
    return out.getvalue()
