"""What pydantic found wrong, said in Chinese: one row per type of error that a rule file can meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WAY = {
    "missing": ("缺“{key}”", ""),
    "string_type": ("应是文字", "数字要当文字用时加引号，如 '3'"),
    "string_too_short": ("不能是空的", "写上内容"),
    "string_too_long": ("太长", "最多{max_length}字"),
    "string_pattern_mismatch": ("写法不对", "{pattern}"),
    "int_type": ("应是整数", "如 3"),
    "int_parsing": ("应是整数", "如 3"),
    "greater_than": ("应大于 {gt}", ""),
    "greater_than_equal": ("应不小于 {ge}", ""),
    "less_than_equal": ("应不大于 {le}", ""),
    "literal_error": ("没有这一种", "可用: {expected}"),
    "enum": ("没有这一种", "可用: {expected}"),
    "tuple_type": ("应是列表", "写成 [甲, 乙]，或每行一个“- ”"),
    "list_type": ("应是列表", "写成 [甲, 乙]，或每行一个“- ”"),
    "dict_type": ("应是“键: 值”", "写成 {{甲: 1}}，或每行一个 甲: 1"),
    "mapping_type": ("应是“键: 值”", "写成 {{甲: 1}}，或每行一个 甲: 1"),
    "model_type": ("应是“键: 值”", "写成 {{甲: 1}}，或每行一个 甲: 1"),
    "model_attributes_type": ("应是“键: 值”", "写成 {{甲: 1}}，或每行一个 甲: 1"),
    "too_short": ("至少要有 {min_length} 个", ""),
    "too_long": ("太多", "最多 {max_length} 个"),
    "union_tag_invalid": ("写法不对", "写数字、{{每处: 2}}、{{选项: 分}} 或 本项不得分"),
}

# Patterns are for programs; a person is told what they mean.
_PATTERNS = {
    r"^[A-Z][A-Z0-9]{0,7}-[0-9]{1,4}[a-z]?$": "写成 WL-01 的样子",
    r"^[A-Z][A-Z0-9]{0,7}$": "大写字母开头，如 WL",
}


def explain(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return (message, way out) for one of pydantic's errors."""
    kind, context = str(error["type"]), dict(error.get("ctx") or {})
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, "), ""
    raw = error.get("input")
    if raw is True or raw is False:
        return f"“{str(raw).lower()}”不是这里的写法", "要写 是 或 否"
    if raw is None and kind != "missing":
        return "冒号后面没有写内容", "写上内容，不用就删去这一行；冒号要用英文的"
    message, hint = _WAY.get(kind, ("写法不对（{kind}）", ""))
    context |= {"key": error["loc"][-1] if error["loc"] else "", "kind": kind}
    if "pattern" in context:
        context["pattern"] = _PATTERNS.get(str(context["pattern"]), context["pattern"])
    if "expected" in context:
        context["expected"] = (
            str(context["expected"]).replace("'", "").replace(", ", "、").replace(" or ", "、")
        )
    shown = f"“{raw}”" if isinstance(raw, str | int) and len(str(raw)) <= 40 and kind != "missing" else ""
    return shown + message.format_map(context), hint.format_map(context)
