"""Which sheets a form has and what each asks: one per standard, or one per kinds of unit with nothing asked twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from scoring import columns
from scoring.compile.reach import asked_of
from scoring.compile.vocabulary import vocabulary
from scoring.explain.ledger import points_note
from scoring.rule.form_field import FormField
from scoring.rule.source import Basis
from scoring.rule.standard import Standard

FROM_REGISTER = "名册有的可不填"
_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
# Sheets of the workbook's own, and one that Excel keeps for itself.
_TAKEN = ("填写说明", "说明", "选项", "问题明细", columns.REGISTER_SHEET, "History")


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that stand under one heading; an empty one is not shown."""

    heading: str
    fields: Mapping[str, FormField]


@dataclass(frozen=True, slots=True)
class Plan:
    """One sheet: its name, what it says above the table, the kinds of unit it is for, and what it asks."""

    sheet: str
    title: str
    note: str
    kinds: tuple[str, ...]
    groups: tuple[Group, ...]


def apart(standards: Iterable[Standard]) -> tuple[Plan, ...]:
    """Return one sheet per standard."""
    found = [(one.name, f"{one.name}登记表", [one], one.kinds, _runs(one.form)) for one in standards]
    return _named(found)


def together(standards: Sequence[Standard]) -> tuple[Plan, ...]:
    """Return one sheet for all standards of a 类别; kinds that the same standards judge share it.

    Each 检查项 is asked once, under the standard that asks it first, and only where it concerns one of the sheet's kinds;
    what the register knows stands before them. Raises ScoringError where two standards ask one name in different ways.
    """
    kinds = dict.fromkeys(kind for one in standards for kind in one.kinds)
    asking: dict[tuple[int, ...], list[str]] = {}
    for kind in kinds:
        asking.setdefault(tuple(at for at, one in enumerate(standards) if kind in one.kinds), []).append(kind)
    found = []
    for places, own in asking.items():
        used = [standards[at] for at in places]
        found.append(("、".join(own), f"{'、'.join(own)}登记表", used, tuple(own), _shared(used, own)))
    return _named(found)


def _shared(used: Sequence[Standard], kinds: Sequence[str]) -> tuple[Group, ...]:
    """Return what some standards ask of some kinds, each once: the register's first, then by the standard that asks first."""
    wanted = {name for one in used for name in asked_of(one, kinds)}
    left = {name: field for name, field in vocabulary(used).items() if name in wanted}
    known = [name for name, field in left.items() if field.register_column]
    asked = [(FROM_REGISTER, known), *((one.name, list(one.form)) for one in used)]
    groups = (
        Group(heading, {name: left.pop(name) for name in names if name in left}) for heading, names in asked
    )
    return tuple(group for group in groups if group.fields)


def _runs(form: Mapping[str, FormField]) -> tuple[Group, ...]:
    """Return a form in its own order, with a heading over what the register knows."""
    runs = groupby(form.items(), lambda pair: bool(pair[1].register_column))
    return tuple(Group(FROM_REGISTER if known else "", dict(pairs)) for known, pairs in runs)


def _named(
    found: Iterable[tuple[str, str, Sequence[Standard], tuple[str, ...], tuple[Group, ...]]],
) -> tuple[Plan, ...]:
    taken = {name.casefold() for name in _TAKEN}
    plans = []
    for name, title, used, kinds, groups in found:
        sheet = next(one for one in _sheet_names(name) if one.casefold() not in taken)
        taken.add(sheet.casefold())
        plans.append(Plan(sheet, title, _note(used), kinds, groups))
    return tuple(plans)


def _sheet_names(name: str) -> Iterator[str]:
    """Yield names that a sheet may bear, the best first."""
    plain = _FORBIDDEN.sub("_", name)
    yield plain[:_LONGEST]
    number = 2
    while True:
        yield f"{plain[: _LONGEST - 5]}（{number}）"
        number += 1


def _note(used: Sequence[Standard]) -> str:
    notes = dict.fromkeys(map(points_note, used))
    bases = dict.fromkeys(one.basis.name if isinstance(one.basis, Basis) else one.basis for one in used)
    return f"{'；'.join(notes)}。依据{'、'.join(bases)}。填写办法见“填写说明”。"
