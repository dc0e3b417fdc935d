"""What a cell nobody can read as it stands may have meant, and what was taken in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from scoring.errors import Problem, shortened

SKIP = "不读"


class Ground(StrEnum):
    """By what right a repair was made."""

    SURE = "只能这样读"
    MAPPED = "对照表"
    ACCEPTED = "--accept-repairs"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a cell may have meant: ``choices`` as the strict reader reads them, and why; ``sure``: it can be no other.

    Several choices are for a human to decide between; without any there is only the reason.
    """

    choices: tuple[str, ...]
    why: str
    sure: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Repair:
    """One repair: where it was made, under which title, what stood there, what was taken, why and by what right.

    ``row`` counts from 1; ``place`` names the cell as a problem does.
    """

    path: str
    sheet: str
    row: int
    place: str
    title: str
    read: str
    taken: str
    why: str
    ground: Ground = Ground.SURE

    def __str__(self) -> str:
        place = " ".join(filter(None, (self.path, self.place)))
        return f"{place}: {self.title}“{shortened(self.read)}”当作“{shortened(self.taken)}”（{self.why}）"


@dataclass(frozen=True, slots=True)
class Open:
    """A proposal nobody has agreed to yet: the place as its problem names it, the title and what stands there."""

    place: Problem
    title: str
    read: str
    proposal: Proposal

    @property
    def way(self) -> str:
        """Return the way out: how to have the proposal taken."""
        choices = [f"“{shortened(one)}”" for one in self.proposal.choices]
        if len(choices) == 1:
            return f"可当作{choices[0]}（{self.proposal.why}）: 加 --accept-repairs，或写进对照表"
        return f"可能是{'或'.join(choices)}（{self.proposal.why}）: 在对照表里写明"


def advised(problems: Iterable[Problem], opens: Iterable[Open]) -> list[Problem]:
    """Return the problems, each with the proposal about its place as one more way out."""
    ways = {_place(one.place): one for one in opens}
    return [_with_way(one, ways.get(_place(one))) for one in problems]


def _place(one: Problem) -> tuple[str, int, int, str]:
    return one.path, one.line, one.column, one.where


def _with_way(problem: Problem, open: Open | None) -> Problem:
    if open is None:
        return problem
    stop = "" if not problem.hint or problem.hint.endswith("？") else "。"
    read = shortened(open.read)
    about = "" if read in problem.message else f"{open.title}“{read}”"
    return replace(problem, hint=f"{problem.hint}{stop}{about}{open.way}")
