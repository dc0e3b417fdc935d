"""Names of a phone form's questions: ASCII, made from the words alone, and back again.

ODK and KoboToolbox take no Chinese name, and a name must stay the same when a form is written again from other files or in
another order. So a 检查项 is spelled in base 32, which any reader turns back without knowing the form.
"""

from __future__ import annotations

import base64
import binascii
from types import MappingProxyType

from scoring import columns

PROBLEMS = "problems"
# A question of the form's own, and the column of a sheet that it fills.
VISIT = MappingProxyType(
    {
        "unit": columns.CODE, "unit_name": columns.UNIT, "kind": columns.KIND, "date": columns.DATE,
        "time": columns.TIME, "source": columns.SOURCE, "inspectors": columns.INSPECTORS, "number": columns.NUMBER,
        "position": columns.POSITION, "reason": columns.REASON, "blank_is_none": columns.BLANK_IS_NONE, "note": columns.NOTE,
    }
)  # fmt: skip
OCCURRENCE = MappingProxyType(
    {
        "item": columns.ITEM, "place": columns.PLACE_SUFFIX, "count": columns.COUNT, "size": columns.SIZE,
        "photo": columns.PHOTO, "position": columns.POSITION, "note": columns.NOTE,
    }
)  # fmt: skip
# Asked only to shorten the list of units.
AREA = "area"
# What the form asks, for each kind of unit: some programs leave out of an export what nobody answered.
ASKED = "asked"
# What a question about a 检查项 asks: its answer (a percentage without its sign), why points were given, whether it does not apply.
ANSWER, PERCENT, REASON, SKIP = "q_", "p_", "r_", "s_"
_PREFIXES = (ANSWER, PERCENT, REASON, SKIP)


def coded(word: str, prefix: str = ANSWER) -> str:
    """Return the name of the question about a 检查项.

    >>> coded("垃圾处数")
    'q_k6bvopszarsxa'
    """
    spelled = base64.b32encode(word.encode("utf-16-be", "surrogatepass")).decode("ascii")
    return prefix + spelled.rstrip("=").lower()


def decoded(name: str) -> tuple[str, str] | None:
    """Return what a question asks of which 检查项, None for the name of anything else.

    >>> decoded("r_k6bvopszarsxa"), decoded("unit")
    (('r_', '垃圾处数'), None)
    """
    prefix, spelled = name[:2], name[2:].upper()
    if prefix not in _PREFIXES or not spelled or not spelled.isascii():
        return None
    try:
        word = base64.b32decode(spelled + "=" * (-len(spelled) % 8)).decode("utf-16-be")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (prefix, word) if coded(word, prefix) == name else None
