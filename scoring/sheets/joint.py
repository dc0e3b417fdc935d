"""Rows of several sheets that are one visit, put together; a visit that stands twice is a problem.

Sheets that ask different things may share a visit, as the sheets of a form do: what both ask must be answered alike, or
left blank in one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from scoring.errors import Problem
from scoring.inspection import BLANK, Answer, Inspection, NotApplicable, NotChecked
from scoring.match.derive import answer_text
from scoring.rule.form_field import FieldKind

_SHOWN = 10
MAX_SHEETS = 10
# A blank that nobody signed for stays unknown where the visit's other sheet is signed.
UNSIGNED = NotChecked("没签字")


def joined(visits: Iterable[Inspection], problems: list[Problem]) -> list[Inspection]:
    """Return each visit once, in the order of where it first stands; add what stands twice or disagrees."""
    groups: dict[object, list[Inspection]] = defaultdict(list)
    for one in visits:
        groups[one.visit].append(one)
    found = []
    for group in groups.values():
        if len(group) == 1:
            found += group
        elif not _differ(group):
            problems.append(_twice(group))
        elif wrong := list(_disagreements(group)):
            problems += wrong
        else:
            found.append(_one(group))
    return found


def _differ(group: Sequence[Inspection]) -> bool:
    """Return whether each sheet asks something that the others do not."""
    if len(group) > MAX_SHEETS:
        return False
    return not any(a.columns <= b.columns or b.columns <= a.columns for a, b in combinations(group, 2))


def _twice(group: Sequence[Inspection]) -> Problem:
    message = f"{group[0].date} 的同一次检查有{len(group)}行（{_spots(group)}）"
    return group[0].origin.problem(
        group[0].unit, message, "删去多出的；同一天确实查了两次的，在“第几次”填 1、2"
    )


def _spots(group: Sequence[Inspection]) -> str:
    return "、".join(f"{one.origin.path} {one.origin.spot}" for one in group[:_SHOWN])


def _disagreements(group: Sequence[Inspection]) -> Iterator[Problem]:
    for name in sorted(frozenset().union(*(one.columns for one in group))):
        said = [one for one in group if one.answers.get(name, BLANK) != BLANK]
        if len({one.answers[name] for one in said}) > 1:
            words = "、".join(_word(one.answers[name]) for one in said)
            message = f"同一次检查的“{name}”几张表上不一样（{_spots(said)}: {words}）"
            yield said[0].origin.problem(said[0].unit, message, "改成一致，或只在一张表上填")


def _word(answer: Answer) -> str:
    if isinstance(answer, NotChecked):
        return f"未查（{answer.reason}）"
    return "不适用" if isinstance(answer, NotApplicable) else answer_text(answer, FieldKind.COUNT)


def _one(group: Sequence[Inspection]) -> Inspection:
    """Return the visit that several sheets share: every answer, the earliest time, every note."""
    asked = frozenset().union(*(one.columns for one in group))
    places: dict[str, tuple[str, ...]] = {}
    reasons: dict[str, str] = {}
    for one in reversed(group):
        places |= one.places
        reasons |= one.reasons
    return replace(
        group[0],
        answers={name: _answer(name, group) for name in sorted(asked)},
        places=places,
        reasons=reasons,
        columns=asked,
        time=min((one.time for one in group if one.time is not None), default=None),
        blank_is_none=any(one.blank_is_none for one in group),
        note="；".join(dict.fromkeys(one.note for one in group if one.note)),
    )


def _answer(name: str, group: Sequence[Inspection]) -> Answer:
    asking = [one for one in group if name in one.columns]
    given = next((one.answers[name] for one in asking if one.answers.get(name, BLANK) != BLANK), BLANK)
    signed = any(one.blank_is_none for one in asking) or not any(one.blank_is_none for one in group)
    return given if given != BLANK or signed else UNSIGNED
