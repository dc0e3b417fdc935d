"""The shipped Word templates, made anew: ``make templates``. What they say is here, what they are built of in ``word_parts``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scripts.word_parts import HEI, MIDDLE, RED, RIGHT, TITLE, Page

FOLDER = Path(__file__).parent.parent / "scoring" / "document" / "templates"


def notice() -> bytes:
    """Return the template of 督查整改通知书."""
    page = Page("督查整改通知书")
    page.line("{{ 机关 }}", 26, TITLE, side=MIDDLE, colour=RED, pitch=34)
    page.line("{{ 文号 }}", side=MIDDLE, colour=None)
    page.line("", 2, colour=RED, rule="single", pitch=5)
    page.line("{{ 标题 }}", 22, TITLE, side=MIDDLE, pitch=36, before=8)
    page.line("{{ 主送 }}：", before=4)
    page.line("{{ 开头 }}", indent=True)
    titles = ("序号", "点位", "问题", "依据条款", "整改要求", "期限", "照片编号")
    cells = ("行.序号", "行.点位", "行.问题", "行.依据", "行.要求", "行.期限", "行.照片编号")
    texts = [f"{{{{ {one} }}}}" for one in cells]
    texts[2] += "\n{{ 行.编号 }}"
    empty = ("",) * 6
    rows = (titles, ("{%tr for 行 in 问题 %}", *empty), texts, ("{%tr endfor %}", *empty))
    page.table((9, 23, 32, 26, 32, 21, 13), rows, head=True, left=(1, 2, 3, 4))
    page.control("{%p for 段 in 结尾 %}")
    page.line("{{ 段 }}", indent=True)
    page.control("{%p endfor %}")
    page.control("{%p if 拟定说明 %}")
    page.line("{{ 拟定说明 }}", 12, indent=True, pitch=20)
    page.control("{%p endif %}")
    page.line("{{ 机关 }}", side=RIGHT, before=28, together=True).paragraph_format.right_indent = 812800
    page.line("{{ 落款日期 }}", side=RIGHT, together=True).paragraph_format.right_indent = 812800
    page.line("", 8, pitch=10, together=True)
    _receipts(page)
    page.control("{%p if 抄送 %}")
    page.line("抄送：{{ 抄送 }}", 14, pitch=22, before=14)
    page.control("{%p endif %}")
    page.control("{%p if 照片 %}")
    page.line("照片", font=HEI, before=14, together=True)
    page.control("{%p endif %}")
    page.control("{%p for 张 in 照片 %}")
    page.line("{{ 张.图 }}", 12, side=MIDDLE, pitch=19, together=True)
    page.line("照片{{ 张.编号 }}　{{ 张.说明 }}", 10.5, side=MIDDLE, pitch=15)
    page.control("{%p endfor %}")
    page.control("{%p if 另附照片 %}")
    page.line("{{ 另附照片 }}", 10.5, pitch=15, before=10)
    page.control("{%p endif %}")
    _stub(page)
    return page.saved()


def _receipts(page: Page) -> None:
    day = "　　年　　月　　日"
    rows = (
        ("签收人", "", "签收日期", day),
        ("复查情况", "　□已整改　□部分整改　□未整改　说明：", "", ""),
        ("复查人", "", "复查日期", day),
    )
    page.table((26, 52, 26, 52), rows, head=False, size=12, height=11, spans=((1, 1, 3),))


def _stub(page: Page) -> None:
    """Write the 存根 on a page of its own, beneath the line that the seal is set across."""
    page.line("", 2, rule="dashed", pitch=8, new_page=True)
    page.line("骑缝（盖章）　　{{ 文号 }}", 12, side=MIDDLE, rule="dashed", pitch=24)
    page.line("{{ 标题 }}（存根）", 22, TITLE, side=MIDDLE, pitch=44, before=10)
    rows = (
        ("文号", "{{ 文号 }}", "", ""),
        ("被通知单位", "{{ 主送 }}", "单位编号", "{{ 单位编号 }}"),
        ("负责人", "{{ 负责人 }}", "问题件数", "{{ 件数 }}"),
        ("发出日期", "{{ 落款日期 }}", "最迟期限", "{{ 最迟期限 }}"),
        ("送达方式", "□当面 □留置 □其他", "送达人", ""),
        ("签收人", "", "签收日期", ""),
        ("经办人", "", "审核人", ""),
    )
    page.table((30, 48, 30, 48), rows, head=False, size=12, height=12, spans=((0, 1, 3),))


def public() -> bytes:
    """Return the template of 公示."""
    page = Page("公示")
    page.line("{{ 标题 }}", 22, TITLE, side=MIDDLE, pitch=36, before=8)
    page.line("{{ 开头 }}", indent=True, before=4)
    page.control("{%p for 组 in 排名 %}")
    page.line("{{ 组.名称 }}", 12, HEI, pitch=22, before=10, together=True)
    titles = ("名次", "单位", "得分", "等次", "主要问题")
    _ranking(page, (13, 38, 24, 18, 63), titles, titles, left=(4,))
    page.control("{%p endfor %}")
    page.line("公示期：{{ 公示期 }}　　监督电话：{{ 监督电话 }}", indent=True, before=10)
    page.line("{{ 结尾 }}", indent=True)
    _notes(page)
    _signature(page)
    return page.saved()


def annual() -> bytes:
    """Return the template of 年度总结."""
    page = Page("年度总结")
    page.line("{{ 标题 }}", 22, TITLE, side=MIDDLE, pitch=36, before=8)
    page.line("{{ 开头 }}", indent=True, before=4)
    for title, words in (("一、综合整治", "综合整治"), ("二、督查检查", "督查"), ("三、问题整改", "整改")):
        page.line(title, font=HEI, indent=True, together=True)
        page.control(f"{{%p for 段 in {words} %}}")
        page.line("{{ 段 }}", indent=True)
        page.control("{%p endfor %}")
    page.line("四、考核排名", font=HEI, indent=True, together=True)
    page.control("{%p for 组 in 排名 %}")
    page.line("{{ 组.名称 }}", 12, HEI, pitch=22, before=8, together=True)
    titles = ("名次", "单位", "各轮得分", "全年", "等次", "荣誉、奖励")
    _ranking(page, (12, 30, 56, 16, 16, 26), titles, ("名次", "单位", "各轮", "得分", "等次", "荣誉"))
    page.line("各轮得分依次为：{{ 组.各轮名称 }}。{{ 组.未列 }}", 9, pitch=12)
    page.control("{%p endfor %}")
    page.control("{%p if 各季 %}")
    page.line("五、分轮情况", font=HEI, indent=True, together=True)
    page.control("{%p endif %}")
    rounds = ("分组", "轮次", "参评", "平均分", "最高", "最低")
    _rows(page, (30, 26, 16, 18, 33, 33), rounds, rounds, "各季")
    _notes(page)
    _signature(page)
    page.line("附：数字出处", font=HEI, new_page=True)
    _rows(page, (76, 44, 36), ("项目", "数", "出自"), ("项目", "数", "出自"), "出处", left=(0,))
    return page.saved()


def _ranking(
    page: Page,
    widths: Sequence[float],
    titles: Sequence[str],
    words: Sequence[str],
    left: Sequence[int] = (),
) -> None:
    """Write the table of a group's units."""
    _rows(page, widths, titles, words, "组.单位", left)


def _rows(
    page: Page,
    widths: Sequence[float],
    titles: Sequence[str],
    words: Sequence[str],
    many: str,
    left: Sequence[int] = (),
) -> None:
    """Write a table with a row for each of many."""
    empty = ("",) * (len(titles) - 1)
    texts = [f"{{{{ 行.{word} }}}}" for word in words]
    rows = (titles, (f"{{%tr for 行 in {many} %}}", *empty), texts, ("{%tr endfor %}", *empty))
    page.table(widths, rows, head=True, left=left)


def _notes(page: Page) -> None:
    page.control("{%p for 句 in 注 %}")
    page.line("注：{{ 句 }}", 12, indent=True, pitch=20, together=True)
    page.control("{%p endfor %}")


def _signature(page: Page) -> None:
    for words, before in (("{{ 机关 }}", 28), ("{{ 落款日期 }}", 0)):
        line = page.line(words, side=RIGHT, before=before, together=True)
        line.paragraph_format.right_indent = 812800


TEMPLATES: Mapping[str, Callable[[], bytes]] = {"notice": notice, "annual": annual, "public": public}


def main() -> None:
    """Write every template."""
    for name, made in TEMPLATES.items():
        (FOLDER / f"{name}.docx").write_bytes(made())


if __name__ == "__main__":
    main()
