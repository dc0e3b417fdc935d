"""Every kind of 登记簿, as data. A new one is a row here, and in ``totals.COUNTERS`` what is counted of it.

Source: 《乡镇2021年“创先争优”工作年度总结》 三（三） the counters of 综合整治 with their 量词, 四 the 督查 mechanisms, 六（四） 周五大扫除.
"""

from __future__ import annotations

from collections.abc import Iterable

from scoring.columns import folded
from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.registers.kind import DATE, Column, Fill, Kind

ACTION, LOG, SWEEP, TRAINING = "行动登记", "督查日志", "周五大扫除", "培训"
PAPERS, MEETING = "通知通报", "会议"
LIMITED, SUPERVISED, RECORD, BULLETIN, CIRCULAR = (
    "限期整改通知书",
    "督查整改通知书",
    "现场笔录",
    "通报",
    "通知",
)
PEOPLE = "人次"
_NOTE = Column("备注", others=("说明",))


def _day(*others: str) -> Column:
    return Column(DATE, Fill.DAY, needed=True, others=others)


def _counter(title: str, unit: str, words: str = "", *others: str) -> Column:
    return Column(title, Fill.COUNT, unit, words, blank=0, others=others)


def _heads(title: str, *others: str) -> Column:
    spelt = (f"{name}（人）" for name in (title, *others))
    return Column(title, Fill.COUNT, PEOPLE, others=(*others, *spelt))


KINDS = (
    Kind(
        ACTION,
        (
            _day("行动日期"),
            Column("行动", needed=True, others=("行动名称", "名称", "综合整治行动")),
            Column("牵头部门", others=("牵头单位",)),
            Column("参加部门", Fill.NAMES, others=("参与部门", "参加单位", "参与单位")),
            _heads("参与人数", "参与人员", "参加人数", "人数"),
            _counter("拆除明锅亮灶", "处"),
            _counter("拆除乱搭乱建", "处"),
            _counter("清理出店经营", "处", "清理门店乱堆乱挂、出店经营"),
            _counter("取缔市场", "处"),
            _counter("规范小摊点", "户"),
            _counter("规范摩托车停放", "处", "规范摩托车停放位置"),
            _counter("处罚违规停放", "辆", "处罚违规停放车辆"),
            _counter("查处撒漏车辆", "辆", "查处撒漏垃圾、沙石，带泥上路车辆"),
            _counter("处罚乱倒门店", "家", "处罚乱抛乱倒垃圾的门店"),
            _counter("拆除横幅", "幅", "拆除过街横幅"),
            _counter("清理广告牌", "块", "清理违规广告牌", "清理广告牌（条）", "清理广告牌（条、块）"),
            _counter("更换灯箱", "个", "清理、更换破旧灯箱广告牌"),
            _counter(LIMITED, "份", "下达限期整改通知书"),
            _counter(RECORD, "份"),
            _NOTE,
        ),
        (DATE, "行动"),
        "一次行动写一行。参加部门用顿号隔开。各项只写个数，没有的留空。",
        ("综合整治", "综合整治行动", "综合整治行动登记", "行动"),
    ),
    Kind(
        LOG,
        (
            _day("督查日期"),
            Column("督查人", Fill.PEOPLE, needed=True, others=("督查人员", "督查组", "检查人员")),
            Column("督查内容", needed=True, others=("内容", "督查事项", "督查情况", "工作内容")),
            Column("地点", others=("督查地点", "督查路段", "路段", "督查对象", "督查单位")),
            _counter("发现问题", "处", "", "发现问题数", "发现问题处数", "问题数", "发现问题（个）", "发现问题（件）"),
            Column("告知", others=("告知谁", "告知人", "告知对象")),
            _counter("电话督导", "次", "电话督促", "电话督导次数", "电话督促次数"),
            _counter("到村督导", "次", "", "到村督导次数"),
            _counter("现场督查", "次", "", "现场督查次数", "现场督导"),
            _NOTE,
        ),
        (DATE, "督查人"),
        "每个工作日都要记。同一天、同一组人写成一行。整改单的催办记在整改单上，这里不再写。",
        ("督查工作日志", "工作日志", "督察日志"),
    ),
    Kind(
        SWEEP,
        (
            _day("活动日期", "大扫除日期"),
            Column("单位", needed=True, others=("村（单位）", "村、单位", "被检单位", "单位名称")),
            Column("领导带头", Fill.YES_NO, needed=True, others=("干部带头", "领导是否带头")),
            _heads("参加人数", "参与人数", "参加人员", "人数"),
            _NOTE,
        ),
        (DATE, "单位"),
        "一个单位扫一次写一行；改到别的日子扫的写那一天。参加人数可不写。",
        ("大扫除", "卫生大扫除", "周五卫生大扫除"),
    ),
    Kind(
        TRAINING,
        (
            _day("培训日期"),
            Column("培训", needed=True, others=("名称", "培训名称", "培训内容", "培训主题", "主题", "内容")),
            Column("对象", others=("培训对象", "参加对象", "参训对象")),
            _heads("参加人数", "人数", "培训人数", "参训人数"),
            _NOTE,
        ),
        (DATE, "培训"),
        "一次培训写一行。",
        ("培训登记",),
    ),
    Kind(
        PAPERS,
        (
            _day("下达日期", "发出日期", "送达日期", "发文日期"),
            Column("种类", Fill.CHOICE, needed=True, choices=(LIMITED, SUPERVISED, RECORD, BULLETIN, CIRCULAR),
                   others=("文书种类", "通知书种类", "文种", "类型")),
            Column("文号", others=("编号", "发文字号", "通知书文号", "通知书编号")),
            Column("标题", others=("事项", "内容", "通报事项")),
            Column("发给", others=("被通知单位", "被通报单位", "接收单位", "被检单位", "单位", "主送")),
            Column("份数", Fill.COUNT, "份", blank=1, least=1),
            _NOTE,
        ),
        (DATE, "种类", "文号", "标题", "发给"),
        "一个文号写一行，没有文号的一张写一行。份数不写算1份。",
        ("通知书", "通报", "文书", "发文", "发文登记", "通知书登记"),
    ),
    Kind(
        MEETING,
        (
            _day("会议日期"),
            Column("会议", needed=True, others=("会议名称", "名称", "主题")),
            Column("应到单位", Fill.COUNT, "个", others=("应到", "应参会单位")),
            Column("实到单位", Fill.COUNT, "个", others=("实到", "实际参会单位")),
            _NOTE,
        ),
        (DATE, "会议"),
        "一次创建工作会议写一行。",
        ("会议登记",),
    ),
)  # fmt: skip
_NAMES = {folded(name): kind for kind in KINDS for name in (kind.name, *kind.others)}


def known_kind(word: str) -> Kind | None:
    """Return the kind that a name means, None where it means none."""
    return _NAMES.get(folded(word))


def kind_named(word: str) -> Kind:
    """Return the kind that a name means; raise ScoringError with those there are where it means none."""
    found = known_kind(word)
    if found is None:
        hint = did_you_mean(shortened(word), names(KINDS))
        raise ScoringError([Problem(message=f"没有“{shortened(word)}”这种登记", hint=hint)])
    return found


def names(kinds: Iterable[Kind]) -> list[str]:
    """Return the names of some kinds."""
    return [kind.name for kind in kinds]
