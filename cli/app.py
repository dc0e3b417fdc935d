"""The verbs and their Chinese names, in the order in which the help lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import typer

from ..document import KINDS
from . import (
    appeal,
    audit,
    bulk,
    bulk_score,
    check_ranking,
    compare,
    consistency,
    explain,
    form,
    import_,
    log,
    rectify,
    rectify_steps,
    rectify_tables,
    report,
    report_all,
    report_page,
    report_template,
    round,
    round_import,
    round_open,
    round_recompose,
    round_run,
    rules,
    rules_diff,
    rules_new,
    rules_table,
    rules_test,
    sample_draw,
    sample_households,
    sample_list,
    score,
    target,
    waiver,
)
from .chinese import ChineseCommand, ChineseGroup

Verb = tuple[str, str, Callable[..., None]]
_SETTINGS: dict[str, Any] = {"cls": ChineseGroup, "add_completion": False, "rich_markup_mode": None}

VERBS: tuple[Verb, ...] = (
    ("form", "登记表", form.form),
    ("import", "导入", import_.import_),
    ("score", "评分", score.score),
    ("explain", "说明", explain.explain),
    ("target", "达标", target.target),
    ("consistency", "一致性", consistency.consistency),
    ("check-ranking", "核名次", check_ranking.check_ranking),
    ("compare", "比较", compare.compare),
    ("replay", "重算", compare.replay),
)
GROUPS: tuple[tuple[str, str, str, tuple[Verb, ...]], ...] = (
    (
        "rules",
        "标准",
        "查看和检查标准（评分规则文件）。",
        (
            ("list", "列表", rules.list_),
            ("show", "查看", rules.show),
            ("check", "检查", rules.check),
            ("test", "试算", rules_test.test),
            ("diff", "对比", rules_diff.diff),
            ("new", "新建", rules_new.new),
            ("table", "成表", rules_table.table),
            ("schema", "格式", rules.schema),
        ),
    ),
    (
        "sample",
        "抽样",
        "抽签: 抽被检单位，抽入户走访的户。",
        (
            ("draw", "抽取", sample_draw.draw),
            ("households", "抽户", sample_households.households),
            ("list", "列表", sample_list.list_),
        ),
    ),
    (
        "round",
        "轮次",
        "一轮考核: 一次办理，或一步一步开、导入、评分、排名；再结束。都记在一个数据库里。",
        (
            ("run", "办理", round_run.run),
            ("open", "开", round_open.open_),
            ("import", "导入", round_import.import_),
            ("status", "进度", round.status),
            ("score", "评分", round.score),
            ("rank", "排名", round.rank),
            ("explain", "说明", round.explain),
            ("extra", "附加分", round.extra),
            ("close", "结束", round.close),
            ("recompose", "重新合成", round_recompose.recompose),
            ("list", "列表", round.list_),
        ),
    ),
    (
        "rectify",
        "整改",
        "整改: 交办、签收、回复、复核，直到销号；谁逾期，改了多少。",
        (
            ("issue", "交办", rectify.issue),
            ("list", "列表", rectify_tables.list_),
            ("show", "查看", rectify.show),
            ("receive", "签收", rectify_steps.receive),
            ("reply", "回复", rectify_steps.reply),
            ("verify", "复核", rectify_steps.verify),
            ("extend", "延期", rectify_steps.extend),
            ("urge", "催办", rectify_steps.urge),
            ("assign", "转办", rectify_steps.assign),
            ("escalate", "提级", rectify_steps.escalate),
            ("cancel", "撤销", rectify_steps.cancel),
            ("import", "导入", rectify.import_),
            ("progress", "进度", rectify_tables.progress),
            ("due", "到期", rectify_tables.due),
        ),
    ),
    (
        "report",
        "文书",
        "文书: 把检查表或一轮的结果写成通知书、网页等给人看的文件。",
        (
            *((one.name, one.chinese, report.verb(one)) for one in KINDS),
            ("all", "全套", report_all.all_),
            ("page", "网页", report_page.page),
            ("template", "模板", report_template.template),
        ),
    ),
    (
        "appeal",
        "申诉",
        "申诉: 提出、复核裁定，更正后重新评分，写更正说明。",
        (
            ("file", "提出", appeal.file),
            ("decide", "裁定", appeal.decide),
            ("list", "列表", appeal.list_),
            ("show", "查看", appeal.show),
            ("notice", "更正说明", appeal.notice),
        ),
    ),
    (
        "waiver",
        "豁免",
        "豁免: 一个单位到某天为止，某一条按不适用。",
        (
            ("grant", "批准", waiver.grant),
            ("revoke", "撤销", waiver.revoke),
            ("list", "列表", waiver.list_),
        ),
    ),
    (
        "log",
        "登记",
        "登记簿: 综合整治行动、督查日志、大扫除、培训、文书；合计供写总结用。",
        (
            ("form", "印表", log.form),
            ("import", "导入", log.import_),
            ("add", "添加", log.add),
            ("list", "列表", log.list_),
            ("totals", "合计", log.totals),
            ("strike", "作废", log.strike),
        ),
    ),
    (
        "bulk",
        "成批",
        "成批评分: 上百万行的大表，或自己的数据库。",
        (
            ("score", "评分", bulk_score.score),
            ("rank", "排名", bulk.rank),
            ("sql", "语句", bulk.sql),
        ),
    ),
    (
        "audit",
        "审计",
        "核对记录有没有被改过。",
        (
            ("verify", "核对", audit.verify),
            ("log", "日志", audit.log),
        ),
    ),
)


def _add_verb(group: typer.Typer, english: str, chinese: str, function: Callable[..., None]) -> None:
    group.command(english, cls=ChineseCommand)(function)
    group.command(chinese, cls=ChineseCommand, hidden=True)(function)


def _add_group(app: typer.Typer, english: str, chinese: str, about: str, verbs: Iterable[Verb]) -> None:
    group = typer.Typer(help=about, **_SETTINGS)
    for verb in verbs:
        _add_verb(group, *verb)
    app.add_typer(group, name=english, cls=ChineseGroup)
    app.add_typer(group, name=chinese, cls=ChineseGroup, hidden=True)

    @group.callback(invoke_without_command=True)
    def _help(ctx: typer.Context) -> None:
        if ctx.invoked_subcommand is None:
            typer.echo(ctx.get_help())


def _top(ctx: typer.Context, version: bool = typer.Option(False, "--version", help="显示版本")) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"chuangwei {installed('chuangwei')}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@cache
def command(first: str | None = None) -> Any:
    """Return the command with every verb, or as much of it as a line that begins with a ``first`` word needs.

    To look through the options of every verb takes longer than most verbs do. Where the word names no verb, all are
    there by name, so that the help lists them.
    """
    app = typer.Typer(
        help="按标准给检查记录评分，写明每一分的扣分理由，列出整改清单。",
        context_settings={"help_option_names": ["--help", "-h"]},
        **_SETTINGS,
    )
    app.callback(invoke_without_command=True)(_top)
    verbs = [one for one in VERBS if first in one[:2]]
    groups = [one for one in GROUPS if first in one[:2]]
    known = bool(verbs or groups)
    for one in verbs if known else VERBS:
        _add_verb(app, *one)
    for english, chinese, about, own in groups if known else GROUPS:
        _add_group(app, english, chinese, about, own if known or first is None else ())
    return typer.main.get_command(app)
