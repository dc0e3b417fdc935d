"""Orders of visits that were judged elsewhere: only those that failed are fetched, and their words are written here."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from scoring.bulk.cells import literal, quoted
from scoring.bulk.front import Front
from scoring.bulk.prepare import DEADLINES
from scoring.bulk.remote.engine import Engine
from scoring.bulk.visit import word
from scoring.bulk.wording import Wording, deadlines
from scoring.compile.program import Program
from scoring.grammar.deadline import Calendar
from scoring.rule.form_field import FormField
from scoring.sql.dialects import text
from scoring.sql.orders import failing, patterns_of, worded
from scoring.sql.results import Source
from scoring.sql.script import VISIT
from scoring.sql.subjects import DATE, Subject

FETCHED, WORDED = "fetched", "worded"


class Orders:
    """The orders of a run, subject by subject into one file each."""

    def __init__(
        self,
        names: Sequence[str],
        asks: Mapping[str, FormField],
        calendar: Calendar,
        own: duckdb.DuckDBPyConnection,
        out: Path,
    ) -> None:
        """Prepare to write; ``names`` are the columns of the engine's table, ``own`` puts the words together."""
        self.front = Front(asks, dict.fromkeys(names, "VARCHAR"))
        self._calendar, self._own, self._out, self._written = calendar, own, out, 0

    def begin(self, programs: Iterable[Program], days: Iterable[dt.date]) -> None:
        """Work out when each deadline of some programs runs out that starts on one of the days."""
        wanted = {clause.card.remedy.deadline for one in programs for clause in one.clauses}
        deadlines(sorted(wanted, key=str), days, self._calendar, DEADLINES, self._own)

    def write(self, engine: Engine, subject: Subject, source: Source) -> str:
        """Write the orders about one subject, and return the statement that fetched its visits."""
        query = text(failing(subject, source, self.front.words), engine.dialect)
        folder = self._out / "fetched.part"
        folder.mkdir()
        engine.export(query, folder)
        if any(folder.glob("*.parquet")):
            self._own.execute(f"CREATE OR REPLACE TEMP VIEW {FETCHED} AS {self._clean(subject, folder)}")
            self._put(subject)
        shutil.rmtree(folder)
        return query

    def _clean(self, subject: Subject, folder: Path) -> str:
        """Return the fetched visits as those of a run of our own are: blanks filled in, numbers whole."""
        known = [f"{word(self.front.types, name)} AS {quoted(name)}" for name in self.front.words]
        known += [f"{quoted(name)}::BIGINT AS {quoted(name)}" for name in subject.columns[1:] if name != DATE]
        replaced = f" REPLACE ({', '.join(known)})" if known else ""
        return f"SELECT *{replaced} FROM read_parquet({literal(str(folder / '*.parquet'))})"

    def _put(self, subject: Subject) -> None:
        patterns = self._own.execute(text(patterns_of(subject, FETCHED))).fetchall()
        if not patterns:
            return
        filled = self.front.filled
        Wording(subject, filled, self._calendar).table(patterns, WORDED, self._own)
        query = text(worded(subject, FETCHED, VISIT, WORDED, DEADLINES, filled))
        self._written += 1
        target = self._out / "orders" / f"{self._written:06d}.parquet"
        self._own.execute(f"COPY ({query}) TO {literal(str(target))} (FORMAT parquet)")
