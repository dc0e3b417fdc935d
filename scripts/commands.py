"""docs/reference/commands.md: every verb with its help as it is printed, and commands that were run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from scoring.cli.app import command as whole

from scripts.output import commands_in, output_of, shortened
from scripts.tried import TRIED


def commands() -> str:
    """Return the page."""
    lines = [
        "# 命令",
        "",
        "由程序自己的说明生成（`make docs`），不要手改。每个命令都有中文名，意思一样：`评分` 就是 `score`。",
        "下面的例子都在装好的文件夹里运行过，输出太长的用 … 略去。",
        "",
        "退出码: 0 完成；1 有单位低于 `--fail-under`，试算不符，排名表不合，或到不了要的等次；2 表或规则有问题（都已列出）；3 程序出错。",
    ]
    return "\n".join(chain(lines, *(_verb(name, other) for name, other in verbs()))) + "\n"


def verbs() -> Iterator[tuple[str, str]]:
    """Yield every verb with its Chinese name, those of a group after the group's name."""
    yield from _of(whole(), "", "")


def _of(group: Any, english: str, chinese: str) -> Iterator[tuple[str, str]]:
    shown = [name for name, one in group.commands.items() if not one.hidden]
    hidden = [name for name, one in group.commands.items() if one.hidden]
    for name, other in zip(shown, hidden, strict=True):
        found = group.commands[name]
        names = f"{english} {name}".strip(), f"{chinese} {other}".strip()
        if hasattr(found, "commands"):
            yield from _of(found, *names)
        else:
            yield names


def _verb(name: str, other: str) -> Iterator[str]:
    yield f"\n## chuangwei {name}（{other}）\n"
    yield f"```text\n{output_of([f'chuangwei {name} --help'])}```\n"
    for what, command, lines in TRIED[name]:
        yield f"{what}:\n\n```sh\n{command}\n```\n"
        if lines:
            yield f"```text\n{shortened(output_of(commands_in(command)), lines)}```\n"
