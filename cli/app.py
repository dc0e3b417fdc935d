"""The verbs and their Chinese names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from . import (
    audit,
    compare,
    explain,
    form,
    import_,
    round,
    rules,
    rules_diff,
    rules_new,
    rules_table,
    rules_test,
    score,
)
from .chinese import ChineseCommand, ChineseGroup

_SETTINGS: dict[str, Any] = {"cls": ChineseGroup, "add_completion": False, "rich_markup_mode": None}

app = typer.Typer(help="按标准给检查记录评分，写明每一分的扣分理由，列出整改清单。", **_SETTINGS)
rules_app = typer.Typer(help="查看和检查标准（评分规则文件）。", **_SETTINGS)
round_app = typer.Typer(help="一轮考核: 开、导入、评分、排名、结束；都记在一个数据库里。", **_SETTINGS)
audit_app = typer.Typer(help="核对记录有没有被改过。", **_SETTINGS)


def _verb(group: typer.Typer, english: str, chinese: str, function: Callable[..., None]) -> None:
    group.command(english, cls=ChineseCommand)(function)
    group.command(chinese, cls=ChineseCommand, hidden=True)(function)


_verb(app, "form", "登记表", form.form)
_verb(app, "import", "导入", import_.import_)
_verb(app, "score", "评分", score.score)
_verb(app, "explain", "说明", explain.explain)
_verb(app, "compare", "比较", compare.compare)
_verb(app, "replay", "重算", compare.replay)
_verb(rules_app, "list", "列表", rules.list_)
_verb(rules_app, "show", "查看", rules.show)
_verb(rules_app, "check", "检查", rules.check)
_verb(rules_app, "test", "试算", rules_test.test)
_verb(rules_app, "diff", "对比", rules_diff.diff)
_verb(rules_app, "new", "新建", rules_new.new)
_verb(rules_app, "table", "成表", rules_table.table)
_verb(rules_app, "schema", "格式", rules.schema)
_verb(round_app, "open", "开", round.open_)
_verb(round_app, "import", "导入", round.import_)
_verb(round_app, "status", "进度", round.status)
_verb(round_app, "score", "评分", round.score)
_verb(round_app, "rank", "排名", round.rank)
_verb(round_app, "explain", "说明", round.explain)
_verb(round_app, "close", "结束", round.close)
_verb(round_app, "list", "列表", round.list_)
_verb(audit_app, "verify", "核对", audit.verify)
_verb(audit_app, "log", "日志", audit.log)


def _group(group: typer.Typer, english: str, chinese: str) -> None:
    app.add_typer(group, name=english, cls=ChineseGroup)
    app.add_typer(group, name=chinese, cls=ChineseGroup, hidden=True)

    @group.callback(invoke_without_command=True)
    def _help(ctx: typer.Context) -> None:
        if ctx.invoked_subcommand is None:
            typer.echo(ctx.get_help())


_group(rules_app, "rules", "标准")
_group(round_app, "round", "轮次")
_group(audit_app, "audit", "审计")


@app.callback(invoke_without_command=True)
def _top(ctx: typer.Context, version: bool = typer.Option(False, "--version", help="显示版本")) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"chuangwei {installed('chuangwei')}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
