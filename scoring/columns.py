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

ORDER = "问题编号"
SERVED = "签收日期"
UNTIL = "延期至"
APPROVED_BY = "批准人"
WHY = "理由"
DONE = "完成日期"
DONE_BY = "整改人"
SAID = "说明"
CHECKED = "核查日期"
CHECKED_BY = "核查人"
VERDICT = "核查结果"
REPLIES = "整改回复"
REPLY = (
    ORDER,
    UNIT,
    DATE,
    ITEM,
    PLACE_SUFFIX,
    SERVED,
    UNTIL,
    APPROVED_BY,
    WHY,
    DONE,
    DONE_BY,
    SAID,
    CHECKED,
    CHECKED_BY,
    VERDICT,
)

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
