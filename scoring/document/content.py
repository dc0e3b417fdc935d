"""What a document says, apart from every format: frozen dataclasses of finished texts whose fields bear Chinese words.

The words are what a template's author writes between braces; ``words_of`` lists them, ``plain`` fills them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, Protocol, get_args, get_type_hints

from scoring.errors import visible
from scoring.report.named import WORD, named

__all__ = ("BLANK", "Content", "Many", "Picture", "Words", "named", "plain", "words_of")

BLANK = "＿＿＿＿"


class Picture(str):
    """The name of a photo; a format shows the photo where there is a file of it."""

    __slots__ = ()


class Content(Protocol):
    """One document: a dataclass of texts, of rows and of pictures. ``id`` is what its file is called by."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str:
        """Return the document's id, of letters, digits and - only."""


@dataclass(frozen=True, slots=True)
class Many:
    """A list in a content: of texts where ``of`` is None, else of rows with their own words."""

    of: Words | None


Words = Mapping[str, Many | None]


@cache
def words_of(kind: type) -> Words:
    """Return the words of a content's class: None for a text, ``Many`` for a list."""
    hints = get_type_hints(kind)
    found: dict[str, Many | None] = {}
    for one in fields(kind):
        if word := one.metadata.get(WORD):
            (inner, *_) = get_args(hints[one.name]) or (None,)
            found[word] = (
                Many(words_of(inner) if hasattr(inner, "__dataclass_fields__") else None) if inner else None
            )
    return found


def plain(content: object, picture: Callable[[str], object]) -> dict[str, Any]:
    """Return a content as plain data by its words; ``picture`` says what stands for a photo.

    Every text is on one line and holds nothing that steers a reader or breaks a file.
    """
    found = {}
    for one in fields(content):  # type: ignore[arg-type]
        if word := one.metadata.get(WORD):
            found[word] = _value(getattr(content, one.name), picture)
    return found


def _value(value: object, picture: Callable[[str], object]) -> object:
    match value:
        case Picture():
            return picture(value)
        case str():
            return visible(value)
        case tuple():
            return [_value(each, picture) for each in value]
    return plain(value, picture)
