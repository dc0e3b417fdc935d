"""The shipped Word template of 督查通报."""

from __future__ import annotations

from scripts.word_parts import HEI, KAI, Page, ruled, run


def bulletin() -> bytes:
    """Return the template of 督查通报."""
    page = Page("督查通报")
    page.head()
    page.line("{{ 主送 }}：", before=4)
    page.line("{{ 开头 }}", indent=True)
    _parts(page)
    page.control("{%p if 拟定说明 %}")
    page.line("{{ 拟定说明 }}", 12, indent=True, pitch=20, together=True)
    page.control("{%p endif %}")
    page.control("{%p if 附件 %}")
    names = "附件：{% for 件 in 附件 %}{% if not loop.first %}；{% endif %}{{ 件.名称 }}{% endfor %}"
    page.line(names, indent=True, before=14, together=True)
    page.control("{%p endif %}")
    page.signature()
    _colophon(page)
    _attachments(page)
    return page.saved()


def _parts(page: Page) -> None:
    """Write each part: its heading, its paragraphs, the table that belongs to it."""
    page.control("{%p for 部 in 各部分 %}")
    page.line("{{ 部.标题 }}", font=HEI, indent=True, together=True)
    page.control("{%p for 条 in 部.各条 %}")
    run(page.line("{{ 条.标题 }}", font=KAI, indent=True), "{{ 条.内容 }}", 16)
    page.control("{%p endfor %}")
    page.control("{%p if 部.各组 %}")
    titles = ("组别", "数量", "平均分", "比上轮", "前三名和得分", "后三名和得分")
    cells = ("组别", "数量", "平均分", "比上轮", "前三名", "后三名")
    _rows(page, "部.各组", (20, 14, 17, 17, 44, 44), titles, cells, (4, 5))
    page.control("{%p endif %}")
    page.control("{%p if 部.进度 %}")
    titles, cells = (
        ("包村领导", "应改（件）", "已改（件）", "逾期（件）", "按期率"),
        ("领导", "应改", "已改", "逾期", "按期率"),
    )
    _rows(page, "部.进度", (52, 26, 26, 26, 26), titles, cells, ())
    page.control("{%p endif %}")
    page.control("{%p endfor %}")


def _rows(
    page: Page,
    word: str,
    widths: tuple[int, ...],
    titles: tuple[str, ...],
    cells: tuple[str, ...],
    left: tuple[int, ...],
) -> None:
    """Write a table with a row for each of a list."""
    empty = ("",) * (len(cells) - 1)
    texts = [f"{{{{ 行.{one} }}}}" for one in cells]
    rows = (titles, (f"{{%tr for 行 in {word} %}}", *empty), texts, ("{%tr endfor %}", *empty))
    page.table(widths, rows, head=True, left=left)


def _colophon(page: Page) -> None:
    """Write the 版记: to whom copies go, who printed it and when; then the digest."""
    page.line("", 8, pitch=28)
    rows = (
        ("{%tr if 抄送 %}", ""),
        ("抄送：{{ 抄送 }}", ""),
        ("{%tr endif %}", ""),
        ("{{ 机关 }}", "{{ 落款日期 }}印发"),
    )
    ruled(page.table((90, 66), rows, head=False, size=14, left=(0,), spans=((1, 0, 1),)))
    page.control("{%p if 校验说明 %}")
    page.line("{{ 校验说明 }}", 9, pitch=13, before=6)
    page.control("{%p endif %}")


def _attachments(page: Page) -> None:
    """Write each attachment on a page of its own: the ranking of each group, or what was amended, or the photos."""
    page.control("{%p for 件 in 附件 %}")
    page.line("{{ 件.标题 }}", font=HEI, new_page=True)
    page.control("{%p for 组 in 件.排名 %}")
    page.line("{{ 组.组别 }}", 14, HEI, pitch=26, before=8, together=True)
    cells = ("名次", "单位", "得分", "等次", "名次变化", "得分变化", "说明")
    _rows(page, "组.单位", (12, 36, 16, 14, 19, 19, 40), cells, cells, (1, 6))
    page.control("{%p endfor %}")
    page.control("{%p for 份 in 件.更正 %}")
    page.control("{%p for 句 in 份.行 %}")
    page.line("{{ 句 }}", 12, indent=True, pitch=20)
    page.control("{%p endfor %}")
    page.control("{%p endfor %}")
    page.photos("件.照片")
    page.control("{%p endfor %}")
