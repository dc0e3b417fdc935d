"""What the file of a document is called: digits, letters and - only, whatever its round and its unit are called."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
_MOST, _CODE = 40, 9


def document_id(*parts: str | int) -> str:
    """Return the id of a document made of a round, a unit's 编号 and a number that no other has; odd parts are left out.

    >>> document_id("2026-05", "340123200203", 7), document_id("五月", "../x", 7), document_id("2026-05", "b", 7)
    ('2026-05-340123200203', '7', '2026-05-b-7')
    """
    *words, number = map(str, parts)
    said = [word for word in words if len(word) <= _MOST and _PLAIN.fullmatch(word)]
    # Only a long code of digits is the unit's own on every disk: letters may differ by their size alone, and a short one
    # could be another's number.
    sure = len(said) == len(words) and said[-1].isdecimal() and len(said[-1]) >= _CODE
    return "-".join(said if sure else [*said, number])


def whole_id(title: str) -> str:
    """Return the id of the one document of a kind that a round has.

    >>> whole_id("2026-05"), whole_id("五月")
    ('2026-05', '1')
    """
    return title if len(title) <= _MOST and _PLAIN.fullmatch(title) else "1"
