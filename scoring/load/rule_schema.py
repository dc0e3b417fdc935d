"""The JSON Schema of a rule file as an editor needs it: every key with its meaning, every shape with an example to take.

The models say what may be written; what is added here is only shown, never checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scoring.load.dictionary import WORD
from scoring.load.rules import field_dictionary
from scoring.rule.card import NAME_LENGTH, file_schema
from scoring.rule.standard import Standard

Node = dict[str, Any]

# What ``card.Name`` refuses beyond its length, as far as a pattern can say it.
_NAME = r"^(?!\s)[^【】“”\"\\，；：｛｝［］]*(?<!\s)$"
# 每处, 每5户, 每超1处: how many make one is not 0.
_EACH = r"^每[超少低高]?(一|0*[1-9]\d*(\.\d+)?|0+\.\d*[1-9]\d*)?[^\d.].*$"
# Keys that mean the same wherever they stand.
_EVERYWHERE = {
    "说明": "写给检查员的话",
    "接受疑点": "检查时报过、看过认可的疑点和理由",
    "适用": "只查哪几类单位，如 [行政村]；不写的都查",
    "不适用": "一个条件，如 养殖情况 = 无养殖；符合的单位这一条不考核",
    "施行": "从哪天的检查起用，如 2026-01-01",
    "废止": "到这一天的前一天止",
    "出处": "在依据的哪一条，如 六（二）1；扩用的写 参照六（三）",
    "原文": "依据里的原话，一字不改；略去的用……",
    "单位": "量词，如 处、户、人、米",
    "名称": "这一条、这一项叫什么，各表上用",
    "最高扣": "扣完为止的分",
    "算例": "举几个例子试算，至少一个",
    "样本": "一个条件，查得够多才算",
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "": {
        "标准": "标准的名称，表头和评分结果上用",
        "说明": "这个标准怎么查、要注意什么",
        "适用": "查哪几类单位，用名册里的“类别”，如 [行政村, 自然村]",
        "计分": "评分（默认），或 只统计：不出得分，只列查到什么",
        "等次": "各等的起点分，最低一等写 0；或各等的段",
        "一票否决": "条款写了一票否决、查到以后怎么定等次",
        "严重条款达": "写整数",
        "合理缺项": "一个项目的条款全部不适用时：折算（默认，退出分母）或 计满分",
        "登记表": "检查员填什么，每行一个检查项: {填: …}",
        "计算": "由填的算出来的数，每行一个: {算: 算式, 取整: 进一}",
        "项目": "扣分的条款，按项目分组，各有满分",
        "结论": "由条款得出、不另扣分的结论，如 干净: [WL-01, WL-02]",
        "加分": "附加分，折算以后加，另有封顶: {最高加: 4, 条款: […]}",
    },
    "Approval": {"文号": "核定分值的文件的文号，如 某政发〔2026〕1号", "日期": "核定的日期，如 2026-01-01"},
    "Approved": {"核定": "分值已经核定: {文号: …, 日期: …}"},
    "Basis": {"文件": "来源文件的名称", "条文": "条款所引的原话，按出处分条，如 六（二）1: …"},
    "Bonus": {"最高加": "加分合计最多加几分", "条款": "加分的条款，每条一个“- ”"},
    "Clause": {
        "一票否决": "写 是 的，不合格就一票否决；表上带 ※",
        "严重程度": "轻微、一般、较重、严重",
        "整改": "{要求, 期限, 责任单位, 责任人}；【检查项】会填上表里的数",
    },
    "Item": {"满分": "本项最多扣到这个分；只统计的写 0", "条款": "本项的条款，每条一个“- ”"},
    "FormField": {
        "选项": "填选项的，列出可选的词，如 [有人管护, 没人管护]",
        "分档": "打分的各档，不能重、不能漏",
        "算一处": "问题明细里多大的才算一处",
        "最小": "最小能填几；分数的下限",
        "最大": "最大能填几；分数的上限",
    },
    "Remedy": {
        "要求": "要做什么；【检查项】会填上表里的数",
        "责任人": "谁来改；【】里可写名册的栏目",
    },
    "Formula": {"算": "算式", "不低于": "结果小于这个数的按这个数", "不高于": "结果大于这个数的按这个数"},
    "Lookup": {"按": "看哪个选项的检查项", "取": "每个选项取多少，如 {一类: 4, 二类: 8}"},
    "Level": {"按": "看哪个数字的检查项", "分级": "每级一段，如 {A级: ≤1%, 不达标: >1%}"},
    "Constant": {"定为": "一个数或词，要改只改这里"},
    "Each": {
        "每处": "每处扣几分，“处”是所数检查项的单位",
        "每户": "每户扣几分",
        "每5户": "每5户扣几分，另写零头",
        "每超1处": "超出的每处扣几分；扣分情形写 甲 > 乙",
        "每少1人": "少的每人扣几分；扣分情形写 甲 < 乙",
        "每低1个百分点": "低的每个百分点扣几分，另写零头；扣分情形写 结案率 < 90%",
        "零头": "不足一个的：不计、进一、照算（按比例）",
        "计数": "扣分情形里不止一个数量时，写明数哪一个",
    },
    "ByOption": {"按": "扣分情形里不止一个选项的检查项时，写明看哪一个"},
    "EachMissing": {"每缺1项": "每缺一项扣几分", "各项": "填是否的检查项，如 [有计划, 有总结]"},
    "ByBand": {"按": "看哪个数字的检查项", "分段": "每段扣几分，如 {≥90%: 0, <90%: 5}；不能重、不能漏"},
    "Graded": {"满分": "打分的满分，和检查项的最大一样", "得分": "填分数的检查项，扣的是 满分 − 得分"},
    "Discretion": {"裁量": "填分数的检查项，检查员在它的最小、最大之间定扣几分"},
    "IfNotRectified": {"整改不到位": "复查时整改不到位的扣几分", "复查": "填复查的检查项"},
}
# Every shape that has a choice of shapes at its place: what it is, and one to take.
_SHAPES: Mapping[str, tuple[str, object]] = {
    "Flat": ("定额", 10),
    "Each": ("每处扣几分，扣完为止", {"每处": 2, "最高扣": 10}),
    "ByOption": ("按选项，只居其一的几档", {"过期未换": 5, "未签": 10}),
    "ZeroItem": ("一出现，本项不得分", "本项不得分"),
    "EachMissing": ("几项里每缺一项扣几分", {"每缺1项": 0.5, "各项": ["有计划", "有内容"]}),
    "ByBand": ("按比例分段", {"按": "满意度", "分段": {"≥90%": 0, "80%～90%（不含90%）": 1, "<80%": 5}}),
    "Graded": ("检查员打分，扣的是 满分 − 得分", {"满分": 20, "得分": "村容得分"}),
    "Discretion": ("检查员在范围内定扣几分", {"裁量": "偷倒扣分"}),
    "IfNotRectified": ("限期整改，整改不到位才扣", {"整改不到位": 30, "复查": "乱搭棚子复查"}),
    "Formula": ("算式", {"算": "人口 ÷ 300", "取整": "进一", "单位": "人"}),
    "Lookup": ("按选项取数", {"按": "路段等级", "取": {"一类": 4, "二类": 8}, "单位": "处"}),
    "Level": ("按数分级", {"按": "阳性率", "分级": {"A级": "≤1%", "不达标": ">1%"}}),
    "Constant": ("定为一个数或词", {"定为": "周五"}),
}


# How each kind of 检查项 is written.
_FIELDS: Mapping[str, object] = {
    "是否": {"填": "是否"},
    "选项": {"填": "选项", "选项": ["有人管护", "没人管护"]},
    "数量": {"填": "数量", "单位": "处"},
    "数值": {"填": "数值", "单位": "米"},
    "百分比": {"填": "百分比"},
    "分数": {"填": "分数", "最小": 0, "最大": 20},
    "复查": {"填": "复查", "没问题时": "未到期"},
}
_GIVING = ("Flat", "Each", "ByOption", "Discretion")


def rule_file_schema() -> Node:
    """Return the JSON Schema of a standard's rule file, with Chinese keys, for editors."""
    schema = file_schema(Standard)
    _describe(schema)
    _narrow(schema)
    _offer(schema)
    _take_from_dictionary(schema["properties"]["登记表"])
    return schema


def _describe(schema: Node) -> None:
    """Say of every key what it means, and of every shape what it is."""
    for name, node in (("", schema), *schema["$defs"].items()):
        for key, inner in node.get("properties", {}).items():
            words, known = (
                _WORDS.get(name, {}).get(key) or _EVERYWHERE.get(key, ""),
                inner.get("description", ""),
            )
            if not known or (words and known.startswith("如 ")):
                inner["description"] = "，".join(filter(None, (words, known)))
        if name in _SHAPES:
            words, example = _SHAPES[name]
            node |= {"description": words, "examples": [example]}


def _narrow(schema: Node) -> None:
    """Say what the models' validators check and their types do not, as far as a schema can."""
    for node in _nodes(schema):
        if node.get("maxLength") == NAME_LENGTH:
            node["pattern"] = _NAME
        if "gt" in node:
            node["exclusiveMinimum"] = node.pop("gt")
    bonus = schema["$defs"]["BonusClause"]["properties"]["加分"]
    bonus["oneOf"] = [one for one in bonus["oneOf"] if _shape(one) in _GIVING]
    each = schema["$defs"]["Each"]
    (points,) = each["patternProperties"].values()
    each["patternProperties"] = {_EACH: points}
    for kind in schema["properties"]["等次"]["additionalProperties"]["anyOf"]:
        if kind["type"] == "string":
            kind["pattern"] = r"\d"


def _offer(schema: Node) -> None:
    """Let an editor offer every shape where it may stand, by its name, with an example to change."""
    places = [schema["$defs"]["Clause"]["properties"]["扣分"], schema["$defs"]["BonusClause"]["properties"]["加分"],
              schema["properties"]["计算"]["additionalProperties"]]  # fmt: skip
    for place in places:
        found = (_SHAPES[_shape(one)] for one in place["oneOf"])
        place["defaultSnippets"] = [{"label": words, "body": example} for words, example in found]
    offered = [{"label": kind, "body": example} for kind, example in _FIELDS.items()]
    schema["$defs"]["FormField"] |= {"examples": list(_FIELDS.values()), "defaultSnippets": offered}


def _take_from_dictionary(form: Node) -> None:
    """Let the names of the 检查项字典, and no others, stand with the word 字典."""
    card = {**form["additionalProperties"], "description": "这一项怎么填，如 {填: 数量, 单位: 处}"}
    taken = {"const": WORD, "description": "取检查项字典里的填法"}
    form["properties"] = {name: {"oneOf": [taken, card]} for name in sorted(field_dictionary())}
    form["additionalProperties"] = card


def _nodes(node: object) -> Iterator[Node]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(inner)


def _shape(alternative: Node) -> str:
    return str(alternative["$ref"]).rpartition("/")[2]
