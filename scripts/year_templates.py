"""The Word templates of 年度总结 and 公示: a ranking for each group, notes, a signature."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.word_parts import HEI, MIDDLE, TITLE, Page


def public() -> bytes:
    """Return the template of 公示."""
    page = Page("公示")
    page.line("{{ 标题 }}", 22, TITLE, side=MIDDLE, pitch=36, before=8)
    page.line("{{ 开头 }}", indent=True, before=4)
    page.control("{%p for 组 in 排名 %}")
    page.line("{{ 组.名称 }}", 12, HEI, pitch=22, before=10, together=True)
    titles = ("名次", "单位", "得分", "等次", "主要问题")
    _rows(page, (13, 38, 24, 18, 63), titles, titles, "组.单位", left=(4,))
    page.control("{%p endfor %}")
    page.line("公示期：{{ 公示期 }}　　监督电话：{{ 监督电话 }}", indent=True, before=10)
    page.line("{{ 结尾 }}", indent=True)
    _notes(page)
    page.signature()
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
    _rows(page, (12, 30, 56, 16, 16, 26), titles, ("名次", "单位", "各轮", "得分", "等次", "荣誉"), "组.单位")
    page.line("各轮得分依次为：{{ 组.各轮名称 }}。{{ 组.未列 }}", 9, pitch=12)
    page.control("{%p endfor %}")
    page.control("{%p if 各季 %}")
    page.line("五、分轮情况", font=HEI, indent=True, together=True)
    page.control("{%p endif %}")
    rounds = ("分组", "轮次", "参评", "平均分", "最高", "最低")
    _rows(page, (30, 26, 16, 18, 33, 33), rounds, rounds, "各季")
    _notes(page)
    page.signature()
    page.line("附：数字出处", font=HEI, new_page=True)
    _rows(page, (76, 44, 36), ("项目", "数", "出自"), ("项目", "数", "出自"), "出处", left=(0,))
    return page.saved()


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
