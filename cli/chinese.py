"""Help and usage errors in Chinese: typer's own texts are partly hard-coded English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from ..errors import Problem, ScoringError, did_you_mean

WIDTH = 96


def _help(command: Any, ctx: typer.Context) -> str:
    """Return a command's help: 用法, what it does, 参数, 选项 and 命令."""
    params = command.get_params(ctx)
    rows = [_row(one) for one in params if isinstance(one, TyperArgument)]
    options = [_row(one) for one in params if not isinstance(one, TyperArgument) and not one.hidden]
    pieces = [ctx.command_path, *(row[0] for row in rows), "[选项]"]
    lines = [f"用法: {' '.join(pieces)}", ""]
    lines += [f"  {line}".rstrip() for line in (command.help or "").strip().splitlines()]
    lines += _section("参数", rows) + _section("选项", options)
    if isinstance(command, ChineseGroup):
        lines[0] = f"用法: {ctx.command_path} 命令 [选项]"
        lines += _section("命令", command.rows())
    return "\n".join(lines) + "\n"


def _row(param: Any) -> tuple[str, str]:
    if isinstance(param, TyperArgument):
        name = param.metavar or str(param.name).upper()
        return (name if param.required else f"[{name}]") + (
            "..." if param.nargs == -1 else ""
        ), param.help or ""
    if param.name == "help":
        return "--help", "显示这份说明"
    value = "" if param.is_flag else f" {param.metavar or '值'}"
    return ", ".join(param.opts) + value, param.help or ""


def _section(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    column = min(max(width(left) for left, _ in rows), 30) + 2
    lines = ["", f"{title}:"]
    for left, right in rows:
        wrapped = list(_wrap(right, WIDTH - column - 2)) or [""]
        lines.append(f"  {left}{' ' * max(column - width(left), 2)}{wrapped[0]}".rstrip())
        lines += [" " * (column + 2) + more for more in wrapped[1:]]
    return lines


def width(text: str) -> int:
    """Return how many terminal cells a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _wrap(text: str, cells: int) -> Iterable[str]:
    line = ""
    for char in text:
        if width(line + char) > cells:
            yield line
            line = ""
        line += char
    if line:
        yield line


class ChineseCommand(TyperCommand):
    """A verb whose help is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in Chinese."""
        formatter.write(_help(self, ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; a number below 0, such as -2, is a value and no option."""
        return super().parse_args(ctx, _negatives_last(args))


def _negatives_last(args: list[str]) -> list[str]:
    """Return arguments with the numbers below 0 that follow no option put behind ``--``."""
    if "--" in args:
        return args
    before = ["", *args]
    moved = [at for at, one in enumerate(args) if _NEGATIVE.fullmatch(one) and not before[at].startswith("-")]
    if not moved:
        return args
    return [one for at, one in enumerate(args) if at not in moved] + ["--", *(args[at] for at in moved)]


_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")


class ChineseGroup(TyperGroup):
    """A group of verbs, each with an English and a Chinese name."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in Chinese."""
        formatter.write(_help(self, ctx))

    def rows(self) -> list[tuple[str, str]]:
        """Return each verb with both names, and the first line of its help."""
        found: list[tuple[str, str]] = []
        for name, command in self.commands.items():
            if not command.hidden:
                other = [
                    alias
                    for alias, twin in self.commands.items()
                    if twin.hidden and twin.help == command.help
                ]
                found.append((", ".join([name, *other]), (command.help or "").strip().partition("\n")[0]))
        return found

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a verb; an unknown one is answered with what there is."""
        if self.get_command(ctx, args[0]) is None:
            message = f"没有“{args[0]}”这个命令"
            raise ScoringError(
                [Problem(message=message, hint=did_you_mean(args[0], self.commands, label="可用"))]
            )
        return super().resolve_command(ctx, args)


def usage_problem(error: typer.TyperException) -> Problem:
    """Turn one of typer's usage errors into a Chinese problem with the way out."""
    kind, ctx = type(error).__name__, getattr(error, "ctx", None)
    hint = f"用法见 {ctx.command_path} --help" if ctx is not None else "用法见 chuangwei --help"
    name = getattr(error, "option_name", "")
    param = getattr(error, "param", None)
    if kind == "NoSuchOption":
        way = did_you_mean(name, getattr(error, "possibilities", None) or (), label="相近的")
        if not name.startswith("--"):
            way = f"文件名以 - 开头的，前面加 ./；{hint}"
        return Problem(message=f"没有“{name}”这个选项", hint=way or hint)
    if kind == "MissingParameter" and param is not None:
        return Problem(message=f"缺少 {_row(param)[0]}（{param.help}）", hint=hint)
    if kind == "BadOptionUsage":
        return Problem(message=f"“{name}”后面缺一个值", hint=hint)
    if "unexpected extra argument" in error.message:
        return Problem(
            message=f"多余的参数: {error.message.partition('(')[2].partition('(')[2].rstrip(')') or ''}",
            hint=hint,
        )
    if kind == "BadParameter" and param is not None:
        return Problem(message=f"{_row(param)[0]} 的值不对: {error.message}", hint=hint)
    return Problem(message=f"命令写法不对: {error.message}", hint=hint)
