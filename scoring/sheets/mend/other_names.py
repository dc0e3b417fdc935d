"""What people call the columns of a sheet, and the columns that are none of ours."""

from __future__ import annotations

from scoring import columns
from scoring.columns import folded

_OTHER_NAMES = {
    columns.UNIT: ("被检查单位", "受检单位", "单位名称", "单位", "村名", "村庄", "村", "行政村", "村名称", "检查对象"),
    columns.CODE: ("编号", "编码", "单位编码", "村编码", "行政区划代码", "统计代码"),
    columns.DATE: ("日期", "检查日", "检查时期", "督查日期", "巡查日期"),
    columns.INSPECTORS: ("检查人", "检查员", "检查组", "督查人员", "检查组成员"),
    columns.SOURCE: ("检查来源", "检查类型", "检查方式"),
    columns.NUMBER: ("次数", "检查次数", "第次"),
    columns.NOTE: ("说明", "备 注", "其他"),
}  # fmt: skip
ALSO = {folded(other): title for title, others in _OTHER_NAMES.items() for other in others}
COUNTERS = {"序号", "序", "No", "No.", "NO", "行号"}
RESULTS = {"得分", "扣分", "总分", "合计", "小计", "总扣分", "名次", "排名", "等次", "评分", "平均分"}
