"""情形: the whole-sheet tests of a standard, in the ``.cases.yaml`` beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from scoring.rule.card import Card, Entry, Text


class Expected(Card):
    """应算出: what a case must come to; each part may be left out."""

    score: Annotated[Entry | None, Field(alias="总分", description="如 94，或 80～100")] = None
    grade: Annotated[str | None, Field(alias="等次")] = None
    orders: Annotated[tuple[str, ...] | None, Field(alias="整改", strict=False)] = None
    conclusions: Annotated[Mapping[str, str] | None, Field(alias="结论")] = None


class Case(Card):
    """情形: what changes against the 样板, and what must come out."""

    name: Annotated[Text, Field(alias="名称")]
    changes: Annotated[Mapping[str, Entry], Field(alias="改")] = {}
    expected: Annotated[Expected, Field(alias="应算出")]


class CaseFile(Card):
    """A standard's ``.cases.yaml``: one model sheet (样板) and the cases that change it."""

    model_sheet: Annotated[Mapping[str, Entry], Field(alias="样板")]
    cases: Annotated[tuple[Case, ...], Field(alias="情形", strict=False, min_length=1)]
