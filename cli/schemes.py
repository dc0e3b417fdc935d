"""What ``chuangwei rules`` does with schemes (考核办法).

Each function deals with the schemes among the names it is given and returns the names that are left for the standards:
none given means all of both, None that nothing is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .common import emit

if TYPE_CHECKING:
    from ..check.cases import Outcome
    from ..finding import Infer
    from ..rule.scheme import Scheme

Names = Sequence[str] | None


def list_() -> None:
    """Write a line for every shipped scheme."""
    from ..explain.ledger import points_note
    from ..load.schemes import find_schemes

    for one in find_schemes([])[0]:
        standards = "、".join(dict.fromkeys(used.id for used in one.standards))
        emit(f"{one.id}  {one.name}  周期: {one.period}  标准: {standards}  {points_note(one)}")


def show(names: Names) -> list[str] | None:
    """Read schemes aloud."""
    found, rest = _found(names)
    for one in found:
        emit(_aloud(one))
    return rest


def check(names: Names) -> list[str] | None:
    """Read schemes aloud and say that nothing is wrong with them."""
    found, rest = _found(names)
    for one in found:
        emit(f"{_aloud(one)}\n\n{one.name}: 没有发现错误\n")
    return rest


def test(names: Names, *, every: bool, infer: Infer | None = None) -> tuple[list[str] | None, bool]:
    """Run the 情形 of schemes, ``every`` names those that passed too; return beside the names left whether all did."""
    from ..load.schemes import scheme_outcomes

    found, rest = _found(names)
    good = True
    for one in found:
        outcomes = scheme_outcomes(one, infer=infer)
        wrong = sum(not outcome.passed for outcome in outcomes)
        good = good and not wrong
        emit(
            "\n".join(
                [
                    f"{one.name}: 试算{len(outcomes)}例，{wrong}例不符",
                    *outcome_lines(outcomes, every=every),
                    "",
                ]
            )
        )
    return rest, good


def outcome_lines(outcomes: Sequence[Outcome], *, every: bool) -> Iterator[str]:
    """Yield the tests that did not pass with their differences; ``every`` those that did too."""
    for outcome in outcomes:
        if every or not outcome.passed:
            yield f"  {'通过' if outcome.passed else '不符'}  {outcome.name}"
            yield from (f"        {line}" for line in outcome.differences)


def _found(names: Names) -> tuple[tuple[Scheme, ...], list[str] | None]:
    from ..load.schemes import find_schemes

    found, rest = find_schemes(names or [])
    return found, rest if rest or not names else None


def _aloud(scheme: Scheme) -> str:
    from ..explain.readback_scheme import scheme_sentences

    return "\n".join(scheme_sentences(scheme))
