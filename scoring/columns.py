"""The column titles of a sheet (wide form), of the 问题明细, of the register and of 整改回复, shared by readers and writers."""

from __future__ import annotations

import unicodedata

UNIT = "被检单位"
CODE = "单位编号"
KIND = "类别"
AREA = "片区"
DATE = "检查日期"
TIME = "检查时间"
SOURCE = "来源"
INSPECTORS = "检查人员"
NUMBER = "第几次"
REASON = "未查原因"
NOTE = "备注"
BLANK_IS_NONE = "空白即未发现问题"
PLACE_SUFFIX = "点位"
REASON_SUFFIX = "理由"

ITEM = "检查项"
COUNT = "数量"
SIZE = "大小"
PHOTO = "照片"

VISIT = (UNIT, CODE, KIND, AREA, DATE, TIME, SOURCE, INSPECTORS, NUMBER, REASON, BLANK_IS_NONE, NOTE)
OCCURRENCES = "问题明细"
OCCURRENCE = (
    UNIT,
    CODE,
    KIND,
    AREA,
    DATE,
    TIME,
    SOURCE,
    INSPECTORS,
    NUMBER,
    ITEM,
    PLACE_SUFFIX,
    COUNT,
    SIZE,
    PHOTO,
    NOTE,
)

# Columns that programs write, known where they stand and offered to nobody who fills in a sheet by hand: what a phone says
# of a visit and of each problem,
POSITION = "位置"
SUBMISSION = "提交编号"
FROM_PHONES = (POSITION, SUBMISSION)
# and what a problem that waits for somebody's word carries: that word, other candidates, which words it rests on.
ADOPTED = "采用"
MAY_BE = "可能是"
RAW = "原话"
GROUNDS = "依据"
PENDING = (ADOPTED, MAY_BE, RAW, GROUNDS)

ORDER = "问题编号"
FOUND_ON = "发现日期"
RECEIVED_ON = "签收日期"
RECEIVED_BY = "签收人"
UNTIL = "延期至"
APPROVED_ON = "批准日期"
APPROVED_BY = "批准人"
GROUND = "理由"
REPLIED_ON = "完成日期"
REPLIED_BY = "整改人"
SAID = "说明"
AFTER = "整改后照片"
VERIFIED_ON = "核查日期"
VERIFIED_BY = "核查人"
VERDICT = "核查结果"
STEPS = (RECEIVED_ON, RECEIVED_BY, UNTIL, APPROVED_ON, APPROVED_BY, GROUND, REPLIED_ON, REPLIED_BY, SAID, AFTER,
         VERIFIED_ON, VERIFIED_BY, VERDICT)  # fmt: skip
REPLIES = "整改回复"
REPLY = (ORDER, UNIT, DATE, ITEM, PLACE_SUFFIX, RECEIVED_ON, UNTIL, APPROVED_BY, GROUND, REPLIED_ON, REPLIED_BY, SAID, VERIFIED_ON,
         VERIFIED_BY, VERDICT)  # fmt: skip
# What the ledger of orders says of each before the columns of its steps, and after them.
LEDGER_HEAD = ("序号", ORDER, UNIT, CODE, FOUND_ON, SOURCE, ITEM, PLACE_SUFFIX, "问题描述", "条款", "严重程度", "责任单位", "责任人",
               "整改措施", "整改时限", "整改前照片")  # fmt: skip
LEDGER_TAIL = ("状态", "是否销号", "逾期天数", "重复次数", "催办次数", NOTE)
LEDGER = (*LEDGER_HEAD, *STEPS, *LEDGER_TAIL)
LEDGER_TOTALS = "整改合计"  # a sheet beside the ledger

ALIASES = "别名"
NAME = "名称"
REGISTER_SHEET = "名册"
REPAIRS_SHEET = "修正"
DETAILS = ("联路段领导", "站所长", "包村领导", "责任人", "电话", "户数", "组数", "人口", "路段等级", "长度", "面积",
           "创建村", "创建单位", "城乡分类", "所属行政村")  # fmt: skip
REGISTER = (CODE, NAME, ALIASES, KIND, AREA, *DETAILS)


def folded(word: str) -> str:
    """Return a title or name as it is compared: full-width letters and signs as ASCII, without blanks.

    >>> folded("检查 日期（年）")
    '检查日期(年)'
    """
    return "".join(unicodedata.normalize("NFKC", word).split())


DRAW, HOUSEHOLD_DRAW = "抽签结果", "抽户结果"
SEED = "抽签种子"
GROUP = "组"
HOUSEHOLDS = "走访户号"
SPARE = "备用户号"
# What a spreadsheet would calculate: such a text stands in a CSV behind an apostrophe.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Return a text as a CSV's cell that no spreadsheet calculates."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unguarded(cell: str) -> str:
    """Return the text that was written ``guarded``.

    >>> unguarded(guarded("=1+1")), unguarded("'村")
    ('=1+1', "'村")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
