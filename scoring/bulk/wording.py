"""The words of orders, written by the core once for each distinct pattern, and the days on which deadlines run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import duckdb

from scoring import columns
from scoring.bulk.cells import quoted
from scoring.compile.program import Program
from scoring.finding import Derived, Finding, Result
from scoring.grammar.condition import Value as Known
from scoring.grammar.deadline import Calendar, Deadline, due
from scoring.inspection import Inspection, NotApplicable, Unit
from scoring.points import ZERO
from scoring.rectify.orders import orders
from scoring.sql.subjects import SEPARATOR, Slot, Subject
from scoring.tally import ScoreCard

WORDS = ("全部条款", "要求", "责任单位", "责任人", "期限", "严重程度")
_SOME_DAY = dt.date(2000, 1, 3)
Pattern = tuple[Any, ...]


class Wording:
    """The words of the orders about one subject, remembered by what they depend on."""

    def __init__(self, subject: Subject, filled: Iterable[str], calendar: Calendar) -> None:
        """Prepare to write; ``filled`` are the 【slots】 of a unit that the table's own columns fill afterwards."""
        self._subject, self._calendar, self._unit = subject, calendar, _anyone(filled)
        self._known: dict[Pattern, tuple[str, ...]] = {}
        self._held: Sequence[Pattern] | None = None

    def table(self, patterns: Sequence[Pattern], name: str, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the table of the words of some patterns; one that holds them already stays."""
        if patterns == self._held:
            return
        self._held = patterns
        rows = [(*pattern, *self._words(pattern)) for pattern in patterns]
        held = {
            column: "DATE" if column == columns.DATE else "BIGINT" for column in self._subject.columns[1:]
        }
        kinds = {self._subject.columns[0]: "VARCHAR", **held, **dict.fromkeys(WORDS, "VARCHAR")}
        make_table(name, kinds, rows, connection)

    def _words(self, pattern: Pattern) -> tuple[str, ...]:
        found = self._known.get(pattern)
        if found is None:
            found = self._known[pattern] = self._written(pattern)
        return found

    def _written(self, pattern: Pattern) -> tuple[str, ...]:
        """Have the core write the one order of a visit at which these clauses failed."""
        subject = self._subject
        failed = set(pattern[0].split(SEPARATOR))
        day = pattern[-1] if subject.dated else _SOME_DAY
        inspection = Inspection(self._unit, day, {})
        numbers = dict(zip(subject.slots, pattern[1:], strict=False))
        cards = [
            _card(program, inspection, [one for one in self._of(program) if one in failed], numbers)
            for program in dict.fromkeys(program for program, _ in subject.clauses)
        ]
        (order,) = orders(cards, self._calendar)
        return (
            SEPARATOR.join(order.clauses), order.text, order.responsible, order.person, str(order.deadline), order.severity,
        )  # fmt: skip

    def _of(self, program: Program) -> Iterator[str]:
        yield from (one.check.card.id for each, one in self._subject.clauses if each is program)


def _anyone(filled: Iterable[str]) -> Unit:
    """Return a unit whose words are the slots that they fill, so that these are left in the text."""
    words = {slot: f"【{slot}】" for slot in filled}
    known = columns.UNIT, columns.KIND, columns.AREA
    name, kind, area = (words.pop(slot, "") for slot in known)
    village = {"所属行政村": words.pop("所在村")}
    return Unit("", name, kind, area, details={**words, **village})


def _card(
    program: Program, inspection: Inspection, failed: Iterable[str], numbers: dict[Slot, int | None]
) -> ScoreCard:
    """Return a card that holds nothing but fails and the values that orders speak of."""
    findings = tuple(Finding(program.numbers[id], Result.FAIL, ZERO, ZERO) for id in failed)
    values: dict[str, Known | NotApplicable] = {
        slot.name: _known(slot, number)
        for slot, number in numbers.items()
        if slot.program is program and number is not None
    }
    return ScoreCard(program, inspection, Derived(values), findings, (), (), None, None, None, (), None, {})


def _known(slot: Slot, number: int) -> Known:
    options = slot.value.options
    return options[number - 1] if options else Decimal(number).scaleb(-slot.value.places)


def deadlines(
    wanted: Iterable[Deadline],
    days: Iterable[dt.date],
    calendar: Calendar,
    name: str,
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Make the table that says when each deadline runs out that starts on each day."""
    every = sorted(set(days))
    rows = [(str(one), day, due(one, day, None, calendar)) for one in wanted for day in every]
    make_table(name, {"期限": "VARCHAR", columns.DATE: "DATE", "截止": "TIMESTAMP"}, rows, connection)


def make_table(
    name: str, kinds: dict[str, str], rows: Sequence[Sequence[Any]], connection: duckdb.DuckDBPyConnection
) -> None:
    """Make a table of rows that were worked out here."""
    held = ", ".join(f"{quoted(column)} {kind}" for column, kind in kinds.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({held})")
    if rows:
        every = ", ".join(f"unnest(?::{kind}[])" for kind in kinds.values())
        connection.execute(
            f"INSERT INTO {name} SELECT {every}", [list(part) for part in zip(*rows, strict=True)]
        )
