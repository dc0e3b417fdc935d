"""What is said where the components that write Word and PDF are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from scoring.errors import Problem, ScoringError


@contextmanager
def needed() -> Iterator[None]:
    """Raise ScoringError with the way out where something imported inside is not installed."""
    try:
        yield
    except ModuleNotFoundError:
        hint = "运行 pip install 'chuangwei[docs]'"
        raise ScoringError([Problem(message="写 Word 和 PDF 要另装组件", hint=hint)]) from None
