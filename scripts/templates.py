"""The shipped Word templates, made anew: ``make templates``. What they say is here, what they are built of in ``word_parts``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.brief_template import brief
from scripts.bulletin_template import bulletin
from scripts.word_parts import HEI, MIDDLE, TITLE, Page
from scripts.year_templates import annual, public

FOLDER = Path(__file__).parent.parent / "scoring" / "document" / "templates"


def notice() -> bytes:
    """Return the template of 督查整改通知书."""
    page = Page("督查整改通知书")
    page.head()
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
    page.signature()
    page.line("", 8, pitch=10, together=True)
    _receipts(page)
    page.control("{%p if 抄送 %}")
    page.line("抄送：{{ 抄送 }}", 14, pitch=22, before=14)
    page.control("{%p endif %}")
    page.control("{%p if 照片 %}")
    page.line("照片", font=HEI, before=14, together=True)
    page.control("{%p endif %}")
    page.photos()
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


TEMPLATES: Mapping[str, Callable[[], bytes]] = {
    "notice": notice, "bulletin": bulletin, "brief": brief, "annual": annual, "public": public,
}  # fmt: skip


def main() -> None:
    """Write every template."""
    for name, made in TEMPLATES.items():
        (FOLDER / f"{name}.docx").write_bytes(made())


if __name__ == "__main__":
    main()
