"""Fields of finished texts that the templates of documents know by a Chinese word."""

from __future__ import annotations

from dataclasses import MISSING, field
from typing import Any

WORD = "word"


def named(word: str, default: Any = MISSING) -> Any:
    """Return a dataclass's field that templates know by a word."""
    return field(default=default, metadata={WORD: word})
