"""``chuangwei form``: a blank 登记表 as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .common import register_of, say
from .score import Units


def form(
    standard: Annotated[
        list[str] | None,
        typer.Argument(metavar="标准", help="标准的名称、编号或规则文件；不写用全部内置标准"),
    ] = None,
    units: Units = None,
    together: Annotated[
        bool, typer.Option("--together", help="合表: 同一类别的几个标准合成一张，同一个检查项只填一次")
    ] = False,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="文件", help="写到哪个文件")] = Path(
        "登记表.xlsx"
    ),
) -> None:
    """印一份空白登记表（XLSX，A4 横向，带下拉选项），填好可直接评分"""
    from ..find import find_standards
    from ..form.workbook import form_workbook
    from ..report import write_file

    register = register_of(units)
    listed = register.units if register else ()
    write_file(output, form_workbook(find_standards(standard or []), listed, united=together))
    say([f"已写到 {output}"])
