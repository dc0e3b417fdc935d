"""What pydantic found wrong, said in Chinese: one row per type of error that a rule file can meet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scoring.errors import did_you_mean, shortened
from scoring.load.slips import full_width

_LIST = ("应是列表", "写成 [甲, 乙]，或每行一个“- ”")
_PAIRS = ("应是“键: 值”", "写成 {{甲: 1}}，或每行一个 甲: 1；冒号用英文的，后面空一格")
_WAYS = {
    "missing": ("缺“{key}”", ""),
    "string_type": ("应是文字", "数字要当文字用时加引号，如 '3'"),
    "string_too_short": ("不能是空的", "写上内容"),
    "string_too_long": ("太长", "最多{max_length}字"),
    "string_pattern_mismatch": ("写法不对", ""),
    "int_type": ("应是整数", "如 3"),
    "greater_than": ("应大于 {gt}", ""),
    "greater_than_equal": ("应不小于 {ge}", ""),
    "less_than_equal": ("应不大于 {le}", ""),
    "literal_error": ("没有这一种", ""),
    "enum": ("没有这一种", ""),
    "tuple_type": _LIST,
    "dict_type": _PAIRS,
    "mapping_type": _PAIRS,
    "model_type": _PAIRS,
    "too_short": ("至少要有{min_length}个", ""),
    "too_long": ("太多，最多{max_length}个", ""),
}
_YES_NO = {"是": ("true", "yes", "on", "y"), "否": ("false", "no", "off", "n")}


def explain(error: Mapping[str, Any], description: str = "") -> tuple[str, str]:
    """Return (message, way out) for one of pydantic's errors; ``description`` says what belongs there."""
    kind, raw, context = str(error["type"]), error.get("input"), dict(error.get("ctx") or {})
    if kind == "value_error":
        message, hint = str(context["error"]), ""
    else:
        message, hint = _WAYS.get(kind, (f"写法不对（{kind}）", ""))
        context["key"] = error["loc"][-1] if error["loc"] else ""
        message, hint = message.format_map(context), description or hint.format_map(context)
    if len(allowed := re.findall("'([^']+)'", str(context.get("expected", "")))) > 1:
        hint = did_you_mean(shortened(str(raw)), allowed)
    if kind == "string_type" and not isinstance(raw, int | Decimal):
        hint = description
    if isinstance(raw, str | int | Decimal) and raw != "" and "“" not in message:
        shown = shortened(str(raw))
        message = f"{shown}{message}" if shown.startswith("“") else f"“{shown}”{message}"
    return shortened(message, 300), _meant(raw) or hint


def _meant(raw: object) -> str:
    """Return what was probably meant by a value that does not fit: 是 or 否, or an English sign."""
    if not isinstance(raw, str) or len(raw) > 40:
        return ""
    word = next((word for word, others in _YES_NO.items() if raw.lower() in others), "")
    return f"想写的是“{word}”吗？" if word else full_width(raw)
