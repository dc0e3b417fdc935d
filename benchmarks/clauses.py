"""Standards of any number of clauses: the 40 of ``engines`` again and again, or the first of them."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from benchmarks.engines.conditions import standard_text
from scoring.load.rules import read_standard
from scoring.rule.standard import Standard

USUAL, AN_ITEM = 40, 5


def standard(number: int) -> Standard:
    """Return a standard of so many clauses, a multiple of five."""
    whole = yaml.safe_load(standard_text())
    if number == USUAL:
        return read_standard(standard_text())
    copies = [_copy(whole, place) for place in range(-(-number // USUAL))]
    items = [item for one in copies for item in one["项目"]][: number // AN_ITEM]
    form = {name: field for one in copies for name, field in one["登记表"].items()}
    asked = json.dumps(items, ensure_ascii=False)
    used = {name: field for name, field in form.items() if re.search(f"{name}(?![0-9])", asked)}
    whole |= {"项目": items, "登记表": used, "等次": {"合格": number, "不合格": 0}}
    return read_standard(json.dumps(whole, ensure_ascii=False, default=str))


def _copy(whole: dict[str, Any], place: int) -> dict[str, Any]:
    """Return the form and items with numbers of their own."""
    text = json.dumps({name: whole[name] for name in ("登记表", "项目")}, ensure_ascii=False, default=str)
    text = re.sub(r"([数否选项条])([0-9]+)", lambda one: f"{one[1]}{int(one[2]) + 100 * place}", text)
    found: dict[str, Any] = json.loads(
        re.sub(r"T-([0-9]+)", lambda one: f"T-{int(one[1]) + 100 * place:04d}", text)
    )
    return found
