"""Words and signs for an option: √ × 有 无 合格 不合格, and the many ways of 未查."""

from __future__ import annotations

import re
from difflib import get_close_matches

from scoring.columns import folded
from scoring.inspection import NO, YES
from scoring.rule.form_field import FieldKind, FormField
from scoring.sheets import cells
from scoring.sheets.mend.repair import Proposal
from scoring.sheets.table import Cell

_TICKS = {"√", "✓", "✔", "☑", "对", "v", "V", "Y", "y"}
_CROSSES = {"×", "✗", "✘", "✕", "☒", "x", "X", "╳", "N", "n"}
_THERE, _NOT_THERE = {"有", "是的", "存在"}, {"无", "没有", "没", "不是", "不存在", "未发现"}
_VERDICTS = {"合格", "不合格", "达标", "不达标", "好", "差", "符合", "不符合", "1", "0"}
_UNCHECKED = {"未检查", "没查", "没检查", "未检", "未看"}
_WHY = {"锁门", "关门", "拒检", "未营业", "停业", "无人", "没人", "家中无人"}
_WITH_REASON = re.compile(r"未(?:检)?查[:：,， ]?(.{1,30})")
_DASHES = {"—", "——", "-", "--", "/", "\\"}


def option(cell: Cell, field: FormField) -> Proposal | None:
    """Propose which option a cell means."""
    if isinstance(cell, bool):
        return _agreed(YES if cell else NO, field, "表格软件的逻辑值")
    word = cells.plain(cell)
    if word in _DASHES:
        more = ("不适用",) if field.may_skip else ()
        return Proposal(("未查", *more), "画一道杠，不知是什么意思")
    if word in _TICKS | _CROSSES:
        return _agreed(YES if word in _TICKS else NO, field, "打勾是是，打叉是否")
    if word in _THERE | _NOT_THERE and field.kind is FieldKind.YES_NO:
        return _agreed(YES if word in _THERE else NO, field, "有即是，无即否")
    if word in _VERDICTS and field.kind is FieldKind.YES_NO:
        return Proposal((YES, NO), "这一栏问的是不是，不是合不合格")
    return _named(word, field)


def _agreed(word: str, field: FormField, why: str) -> Proposal | None:
    """Return 是 or 否, or 合格 or 不合格 where just these two are the options."""
    if field.kind is FieldKind.YES_NO:
        return Proposal((word,), why, sure=True)
    if set(field.choices) == {"合格", "不合格"}:
        return Proposal(("合格" if word == YES else "不合格",), "打勾是合格，打叉是不合格", sure=True)
    return None


def _named(word: str, field: FormField) -> Proposal | None:
    """Return the option a word is another word for, or the one it is most like."""
    none = [one for one in field.choices if one in _NOT_THERE]
    if word in _NOT_THERE and len(none) == 1:
        return Proposal((none[0],), f"“{word}”即“{none[0]}”", sure=True)
    bare = {folded(one).strip("。.,，、"): one for one in field.choices}
    if (same := bare.get(folded(word).strip("。.,，、"))) is not None:
        return Proposal((same,), "多了标点", sure=True)
    near = [one for one in field.choices if word and (word in one or one in word)]
    near = near or get_close_matches(word, field.choices, n=2, cutoff=0.6)
    return Proposal(tuple(near), "写法相近") if near else None


def unchecked(cell: Cell) -> Proposal | None:
    """Propose 未查 for a cell that says so in other words, with the reason where it gives one."""
    word = cells.plain(cell)
    if word in _UNCHECKED:
        return Proposal(("未查",), "即未查", sure=True)
    if word in _WHY:
        return Proposal((f"未查（{word}）",), "写的是没查的原因", sure=True)
    if (found := _WITH_REASON.fullmatch(word)) and found[1].strip("()（）"):
        return Proposal((f"未查（{found[1].strip('()（） ')}）",), "原因没加括号", sure=True)
    return None


def signed(cell: Cell) -> Proposal | None:
    """Propose 是 or 否 for the column 空白即未发现问题."""
    word = str(cell).strip()
    if cell is True or word in _TICKS:
        return Proposal((YES,), "打勾即是", sure=True)
    return Proposal((NO,), "打叉即否", sure=True) if cell is False or word in _CROSSES else None
