"""The command ``chuangwei``: one file per verb; heavy imports wait until a verb runs."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from typing import NoReturn

from ..errors import ScoringError, told

DONE, GATE, INPUT, BUG, INTERRUPTED = 0, 1, 2, 3, 130


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command and exit: 0 done, 1 a gate not met, 2 problems in the input, 3 a bug, 130 interrupted."""
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    import typer

    from .app import command
    from .chinese import usage_problem

    for stream in (sys.stdout, sys.stderr):
        # A GBK terminal cannot show every character; it must not stop the command.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        words = sys.argv[1:] if args is None else list(args)
        code = command(words[0] if words else "")(words, standalone_mode=False, prog_name="chuangwei")
        sys.stdout.flush()
    except ScoringError as error:
        _say("\n".join(told(error.problems)))
        return INPUT
    except typer.TyperException as error:
        _say(str(usage_problem(error)))
        return INPUT
    except BrokenPipeError:
        _close_output()  # the reader (head, less) has gone: nothing is left to say
        return DONE
    except OSError as error:
        _say(f"读写出错: {error.strerror or error}。检查磁盘空间和权限后重试")
        _close_output()
        return INPUT
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as bug:  # noqa: BLE001 - the outermost edge: a bug must not show a clerk a traceback
        _say(_apology(bug))
        return BUG
    if code == INTERRUPTED:
        _say("已中断。写了一半的都不算，再运行一次就行")
    return int(code or DONE)


def _close_output() -> None:
    """Close stdout now, so that the interpreter does not complain of it at its end."""
    with contextlib.suppress(OSError):
        sys.stdout.close()


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _apology(bug: BaseException) -> str:
    frame = bug.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}" if frame else ""
    return f"程序出错了，不是您填表的问题。请把这一行发给维护人员: {type(bug).__name__}: {bug} ({place})"
