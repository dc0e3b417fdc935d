"""连续: whether an honour was won in several rounds running; the inference finds the streaks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from scoring.finding import FlagFact, Infer, Mark, MarkKind, Ruleset


def streak(infer: Infer, won: Sequence[bool], times: int) -> bool:
    """Return whether an honour was won in the last ``times`` rounds (at least 2); ``won`` says it in the order of time.

    >>> from scoring.infer.reference import infer
    >>> streak(infer, [False, True, True], 2), streak(infer, [True, True, False], 2)
    (True, False)
    """
    mark = Mark(MarkKind.STREAK, 0, n=times)
    return mark in infer(Ruleset(streak=times), _flags(tuple(won[-times:])))


def streak_anywhere(infer: Infer, won: Sequence[bool], times: int) -> bool:
    """Return whether there is a round up to which an honour was won ``times`` rounds running."""
    return any(streak(infer, won[:end], times) for end in range(times, len(won) + 1))


@lru_cache(maxsize=4096)
def _flags(won: tuple[bool, ...]) -> tuple[FlagFact, ...]:
    """Return what the inference sees of some rounds, the last of them the current one."""
    return tuple(FlagFact(int(back == 0), -back, 1 - back) for back, flag in enumerate(reversed(won)) if flag)
