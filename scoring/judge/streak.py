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
    return _streak(infer, tuple(won[-times:]), times)


def streak_anywhere(infer: Infer, won: Sequence[bool], times: int) -> bool:
    """Return whether there is a round up to which an honour was won ``times`` rounds running."""
    return any(streak(infer, won[:end], times) for end in range(times, len(won) + 1))


@lru_cache(maxsize=4096)
def _streak(infer: Infer, won: tuple[bool, ...], times: int) -> bool:
    # The inference remembers too, but only after facts were made; units by the thousand have the same few pasts.
    rounds = enumerate(reversed(won))
    facts = tuple(FlagFact(int(back == 0), -back, 1 - back) for back, flag in rounds if flag)
    return Mark(MarkKind.STREAK, 0, n=times) in infer(Ruleset(streak=times), facts)
