"""The typed table over an input: which visit each row is, its answers as whole numbers, and whether the row can be used.

Three SELECTs upon each other: what each cell holds, whether it fits its 检查项, whether the row fits as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoring import columns
from scoring.bulk import visit
from scoring.bulk.beside import NOTHING, REGISTERED, SPOTS, answered
from scoring.bulk.cells import GIVEN, REASONED, TEXT, cell, literal, misfit, quoted, readable
from scoring.bulk.texts import is_day, places
from scoring.bulk.visit import VILLAGE, WRONG_SUFFIX
from scoring.errors import Problem, ScoringError, did_you_mean
from scoring.match.derive import when_signed
from scoring.rectify.orders import UNIT_SLOTS
from scoring.rule.form_field import FormField
from scoring.sql.script import VISIT
from scoring.sql.subjects import PLACES, PLACES_SUFFIX
from scoring.sql.values import NA_SUFFIX, UNCHECKED_SUFFIX, limits, scaled
from scoring.sql.values import places as places_of
from scoring.sql.whole import TYPES, fitting

FILE, ROW, BAD = "文件", "行", "有错"
REQUIRED = (columns.CODE, columns.KIND, columns.DATE)
AGAINST = " 不符"
# A column of answers where the input has none: the register's.
_NONE = "BIGINT"


@dataclass(frozen=True, slots=True)
class Front:
    """How the input's columns are read: ``fields`` are the 检查项 it can answer, ``types`` all its columns.

    ``detailed`` are the 检查项 that the 问题明细 has rows of.
    """

    fields: Mapping[str, FormField]
    types: Mapping[str, str]
    detailed: frozenset[str] = frozenset()

    @property
    def asks(self) -> frozenset[str]:
        """Return the 检查项 that the input asks for; the others only the register answers."""
        return frozenset(name for name in self.fields if name in self.types)

    @property
    def placed(self) -> tuple[str, ...]:
        """Return the 检查项 of which is said where the occurrences were."""
        return tuple(
            name for name in self.fields if name in self.detailed or self.types.get(f"{name}{PLACES}") == TEXT
        )

    @property
    def signed(self) -> str:
        """Return the column of the line 空白即未发现问题, empty where there is none."""
        return columns.BLANK_IS_NONE if columns.BLANK_IS_NONE in self.types else ""

    @property
    def filled(self) -> Mapping[str, str]:
        """Return the column that fills each 【slot】 of a unit in the words of an order."""
        own = {slot: slot for slot in UNIT_SLOTS if slot in self.types}
        name = columns.UNIT if columns.UNIT in self.types else columns.CODE
        village = VILLAGE if VILLAGE in self.types else name
        return {**own, columns.UNIT: name, columns.KIND: columns.KIND, "所在村": village}

    @property
    def words(self) -> tuple[str, ...]:
        """Return the columns of words that orders are filled with, beside those of the visit."""
        return tuple(name for name in dict.fromkeys(self.filled.values()) if name not in VISIT)

    @property
    def watched(self) -> tuple[str, ...]:
        """Return the columns in which something can be wrong, those of the visit first."""
        visit = (*VISIT, columns.BLANK_IS_NONE)
        return (*(name for name in visit if name in self.types), *self.fields)


def front(types: Mapping[str, str], forms: Mapping[str, FormField], path: str) -> Front:
    """Return how an input is read.

    Raises ScoringError where it lacks a column of the visit, asks nothing that a standard reads, or holds answers in a type
    that cannot be read.
    """
    problems = [
        Problem(path, message=f"没有“{name}”这一栏", hint=did_you_mean(name, types, label="有"))
        for name in REQUIRED
        if name not in types
    ]
    asked = {name: field for name, field in forms.items() if name in types}
    if not asked:
        problems.append(
            Problem(path, message="没有一栏是所用标准的检查项", hint=did_you_mean("", forms, label="可用"))
        )
    problems += [
        Problem(path, where=f"“{name}”栏", message=f"填{field.kind}的一栏不能是 {types[name]} 类型", hint="用整数、小数或文字")
        for name, field in asked.items()
        if not readable(field, types[name])
    ]  # fmt: skip
    if not is_day(types.get(columns.DATE, TEXT)):
        message = f"不能是 {types[columns.DATE]} 类型"
        problems.append(
            Problem(
                path, where=f"“{columns.DATE}”栏", message=message, hint="用日期类型，或 2026-06-10 的样子"
            )
        )
    if problems:
        raise ScoringError(problems)
    fields = {name: field for name, field in forms.items() if name in types or name + REGISTERED in types}
    return Front(fields, types)


def answers(one: Front, source: str) -> str:
    """Return the query of the typed table over a source query that has the input's columns, 文件 and 行."""
    read = [
        *visit.read(one.types, one.words),
        *(part for name in one.fields for part in _read(one, name)),
        *_where(one),
    ]
    checked = [
        *visit.checked(one.types, one.words),
        *(part for name in one.fields for part in _checked(one, name)),
    ]
    checked += [quoted(name + PLACES_SUFFIX) for name in one.placed]
    place = f"{quoted(FILE)}, {quoted(ROW)}"
    whole = " OR ".join([quoted(name + WRONG_SUFFIX) for name in one.watched])
    bad = " OR ".join([whole, *_more_than_whole(one)])
    return (
        f"SELECT *, COALESCE({bad}, FALSE) AS {quoted(BAD)} FROM ("
        f"SELECT {place}, {', '.join(checked)} FROM (SELECT {place}, {', '.join(read)} FROM ({source})))"
    )


def _read(one: Front, name: str) -> Iterator[str]:
    field = one.fields[name]
    own = cell(name, field, one.types) if name in one.types else NOTHING
    found, against = answered(name, field, own, one.detailed, one.types)
    yield f"{found.number} AS {quoted(name)}"
    for suffix, sql in (
        (NA_SUFFIX, found.na),
        (UNCHECKED_SUFFIX, found.unchecked),
        (GIVEN, found.given),
        (REASONED, found.reasoned),
        (AGAINST, against),
    ):
        yield f"{sql} AS {quoted(name + suffix)}"


def _checked(one: Front, name: str) -> Iterator[str]:
    own, field = quoted(name), one.fields[name]
    yield f"TRY_CAST({own} AS {TYPES[fitting(*limits(field))]}) AS {own}"
    yield from (quoted(name + NA_SUFFIX), quoted(name + UNCHECKED_SUFFIX))
    wrong = misfit(name, field, one.types.get(name, _NONE))
    yield f"({wrong} OR {quoted(name + AGAINST)}) AS {quoted(name + WRONG_SUFFIX)}"


def _where(one: Front) -> Iterator[str]:
    """Yield where the occurrences were: by the 问题明细 where that says it, else by the row's own 点位."""
    for name in one.placed:
        own = f"{name}{PLACES}"
        said = [f"NULLIF({quoted(name + SPOTS)}, '')"] if name in one.detailed else []
        said += [places(quoted(own))] if one.types.get(own) == TEXT else []
        yield f"COALESCE({', '.join([*said, literal('')])}) AS {quoted(name + PLACES_SUFFIX)}"


def _more_than_whole(one: Front) -> Iterator[str]:
    """Yield that a part is more than its whole (不多于)."""
    for name, field in one.fields.items():
        whole = field.at_most
        if whole is not None and whole in one.fields:
            fine, other = places_of(field), places_of(one.fields[whole])
            yield f"{quoted(name)}::BIGINT * {10**other} > {_filled(one, whole)}::BIGINT * {10**fine}"


def _filled(one: Front, name: str) -> str:
    """Return an answer, of a signed blank what the form says it means."""
    field, own = one.fields[name], quoted(name)
    none = when_signed(field)
    if not one.signed or none is None or isinstance(none, str) or name not in one.types:
        return own
    blank = f"{quoted(one.signed)} AND NOT {quoted(name + UNCHECKED_SUFFIX)}"
    return f"COALESCE({own}, CASE WHEN {blank} THEN {scaled(none, places_of(field))} END)"
