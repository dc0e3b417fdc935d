"""The edge of the lint: rule files and their cases in, doubts with line and column out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scoring.errors import Problem, ScoringError, in_order
from scoring.lint import Doubt, lint
from scoring.load.document import MOST, Document
from scoring.load.rules import cases_beside, load_with_places
from scoring.rule.standard import Standard


@dataclass(frozen=True, slots=True)
class Review:
    """A standard and what there is to doubt about it, in the order of lines.

    ``accepted`` counts the doubts its author has given a reason for, ``more`` those past the first ``MOST``.
    """

    standard: Standard
    doubts: tuple[Problem, ...]
    accepted: int
    more: int = 0


def review(paths: Iterable[Path | str]) -> tuple[Review, ...]:
    """Read rule files with the cases beside them, and doubt them, singly and as used together.

    Raises ScoringError with the problems of all files.
    """
    files: list[tuple[Standard, Document]] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(map(str, paths)):
        try:
            files.append(load_with_places(path))
        except ScoringError as error:
            problems += error.problems
    cases = []
    for standard, _ in files:
        try:
            cases.append((standard, cases_beside(standard)))
        except ScoringError as error:
            problems += error.problems
    if problems:
        raise ScoringError(problems)
    return tuple(
        Review(standard, _placed(found.doubts[:MOST], document), found.accepted, len(found.doubts[MOST:]))
        for (standard, document), found in zip(files, lint(cases), strict=True)
    )


def _placed(doubts: Iterable[Doubt], document: Document) -> tuple[Problem, ...]:
    """Return doubts as they are told: by file, line and column, the code first."""
    return in_order(
        Problem(
            document.name,
            *document.place(document.find(one.loc)),
            one.where,
            f"{one.code} {one.message}",
            one.hint,
        )
        for one in doubts
    )
