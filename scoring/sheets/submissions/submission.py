"""One submission as every dialect gives it: flat, each question by its own name without the groups it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scoring.sheets.table import Cell

Answers = Mapping[str, Cell]


class Review(StrEnum):
    """What the server says of a submission."""

    TAKEN = ""
    REJECTED = "审核没通过"
    LOCKED = "加密的，没有解开"


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission: its id, which stays when it is edited, its number in the file, its answers and its 问题明细."""

    id: str
    number: int
    answers: Answers
    problems: tuple[Answers, ...] = ()
    review: Review = Review.TAKEN


def plain_id(word: object) -> str:
    """Return an id without the ``uuid:`` that some exports put before it.

    >>> plain_id("uuid:0b1c"), plain_id("0b1c")
    ('0b1c', '0b1c')
    """
    return str(word).strip().removeprefix("uuid:")[:100]
