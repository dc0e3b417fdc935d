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
    xlsform: Annotated[
        bool,
        typer.Option("--xlsform", help="手机表: 给 ODK Collect、KoboToolbox 用的 XLSForm，几个标准合成一张"),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="文件", help="写到哪个文件；不写是 登记表.xlsx，手机表是 手机表.xlsx"
        ),
    ] = None,
) -> None:
    """印一份空白登记表（XLSX，A4 横向，带下拉选项），填好可直接评分；加 --xlsform 写手机上填的表"""
    from ..find import find_standards
    from ..form.phone.xlsform import xlsform_workbook
    from ..form.workbook import form_workbook
    from ..report import write_new

    register, standards = register_of(units), find_standards(standard or [])
    listed = register.units if register else ()
    made = (
        xlsform_workbook(standards, listed) if xlsform else form_workbook(standards, listed, united=together)
    )
    path = output or Path("手机表.xlsx" if xlsform else "登记表.xlsx")
    write_new(path, made)
    say([f"已写到 {path}"])
