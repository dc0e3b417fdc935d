"""What the file of a document is called: digits, letters and - only, whatever its round and its unit are called."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
_MOST = 40


def document_id(*parts: str | int) -> str:
    """Return the id of a document made of a round, a unit's 编号 and a number that no other has; odd parts are left out.

    >>> document_id("2026-05", "340123200203", 7), document_id("五月", "../x", 7), document_id("2026-05", "b", 7)
    ('2026-05-340123200203', '7', '2026-05-b-7')
    """
    *words, number = map(str, parts)
    said = [word for word in words if len(word) <= _MOST and _PLAIN.fullmatch(word)]
    # Only a code of digits is taken to be the unit's own on every disk: letters may differ by their size alone.
    sure = len(said) == len(words) and said[-1].isdecimal()
    return "-".join(said if sure else [*said, number])
