"""检查项字典: a 登记表 may take a field's card from the dictionary, by the word 字典, so that one sheet serves several standards."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from scoring.errors import did_you_mean
from scoring.load.document import Document

WORD = "字典"


def resolve(document: Document, known: Mapping[str, Any]) -> bytes:
    """Put the dictionary's cards where a 登记表 says 字典; return a digest of what was taken, empty for nothing.

    A name that the dictionary does not know becomes a problem of the document.
    """
    form = document.data.get("登记表") if isinstance(document.data, dict) else None
    if not isinstance(form, dict):
        return b""
    taken: dict[str, Any] = {}
    for name, card in form.items():
        if card != WORD:
            continue
        loc = ("登记表", name)
        if name in known:
            form[name] = taken[name] = known[name]
        else:
            document.refused.add(loc)
            near = get_close_matches(name, known, n=3, cutoff=0.5)
            hint = did_you_mean(name, near, label="相近的有") or "自己写填法，如 {填: 数量, 单位: 处}"
            document.complain(document.find(loc), f"检查项字典里没有“{name}”", hint)
    if not taken:
        return b""
    text = json.dumps(taken, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).digest()


def _plain(value: object) -> str:
    assert isinstance(value, Decimal)
    return str(value)
