"""The shipped Word template of 一页纸."""

from __future__ import annotations

from scripts.word_parts import HEI, MIDDLE, TITLE, Page

_SIZE, _PITCH = 11, 16


def brief() -> bytes:
    """Return the template of 一页纸."""
    page = Page("一页纸", compact=True)
    page.line("{{ 标题 }}", 18, TITLE, side=MIDDLE, pitch=26)
    page.line("{{ 机关 }}　{{ 截至 }}", 10.5, side=MIDDLE, pitch=16)
    page.line("{{ 概况 }}", _SIZE, indent=True, pitch=_PITCH, before=3)
    titles = ("组别", "数量", "平均分", "比上轮", "第一名", "末一名")
    cells = [f"{{{{ 行.{one} }}}}" for one in titles]
    empty = ("",) * 5
    rows = (titles, ("{%tr for 行 in 各组 %}", *empty), cells, ("{%tr endfor %}", *empty))
    page.table((34, 16, 16, 16, 42, 42), rows, head=True, size=9, height=5)
    page.control("{%p for 节 in 各节 %}")
    page.line("{{ 节.标题 }}", 12, HEI, pitch=18, before=3, together=True)
    page.control("{%p for 句 in 节.行 %}")
    page.line("{{ 句 }}", _SIZE, indent=True, pitch=_PITCH)
    page.control("{%p endfor %}")
    page.control("{%p endfor %}")
    page.control("{%p if 拟定说明 %}")
    page.line("{{ 拟定说明 }}", 9, indent=True, pitch=13)
    page.control("{%p endif %}")
    page.control("{%p if 照片 %}")
    page.line(
        "{% for 张 in 照片 %}{{ 张.图 }} {% endfor %}", 9, side=MIDDLE, pitch=13, before=4, together=True
    )
    page.line("{% for 张 in 照片 %}照片{{ 张.编号 }}　{{ 张.说明 }}　{% endfor %}", 9, side=MIDDLE, pitch=13)
    page.control("{%p endif %}")
    return page.saved()
