"""What a run says of itself: inputs, standards, the SQL that was run and its hash, how many rows, and the problems."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from scoring import columns
from scoring.bulk.cells import literal
from scoring.bulk.details.attach import NONE, Attached
from scoring.bulk.job import Job
from scoring.bulk.journal import Done
from scoring.bulk.source import File
from scoring.bulk.told import problems
from scoring.compile.program import Program
from scoring.errors import Problem
from scoring.report.result import standard

SCHEMA = "chuangwei/bulk/0"
NAME = "result.json"


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows read, rows refused, rows that no standard judges; units left 未评, units without a 12-digit code.

    ``details`` are the rows of the 问题明细, ``details_refused`` those of them that cannot be used.
    """

    rows: int
    refused: int
    unjudged: int
    unscored: int
    uncoded: int
    details: int = 0
    details_refused: int = 0

    @classmethod
    def of(cls, done: Iterable[Done], unscored: int, uncoded: int, details: Attached = NONE) -> Totals:
        """Sum up the ranges of a run."""
        every = list(done)
        return cls(
            sum(one.rows for one in every),
            sum(one.refused for one in every),
            sum(one.unjudged for one in every),
            unscored,
            uncoded,
            details.rows,
            details.refused,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: its totals, each standard's units in a sentence, its record, the problems, what else to know."""

    totals: Totals
    summary: tuple[str, ...]
    record: Path
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def write_record(job: Job, totals: Totals, connection: duckdb.DuckDBPyConnection, out: Path) -> Outcome:
    """Write the record, and the SQL beside it; it is the last thing a run writes."""
    told, notices = tuple(problems(job, connection, out)), tuple(_notices(job, totals))
    document = {
        "schema": SCHEMA,
        "engine": {"name": "duckdb", "version": duckdb.__version__},
        "inputs": _files(job.files),
        "details": _files(job.details.files),
        "standards": list(laws(job.programs)),
        **scheme_of(job),
        "totals": asdict(totals),
        "queries": list(_queries(job, out)),
        "problems": [str(one) for one in told],
        "notices": list(notices),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    part = out / f"{NAME}.part"
    part.write_text(text, encoding="utf-8")
    part.replace(out / NAME)
    names = {program.standard.id: program.standard.name for program in job.programs.values()}
    return Outcome(totals, tuple(summary(names, connection, out)), out / NAME, told, notices)


def _files(found: Iterable[File]) -> list[dict[str, Any]]:
    return [{"name": one.name, "rows": one.rows, "sha256": one.print} for one in found]


def scheme_of(job: Job) -> dict[str, Any]:
    """Return what a record says of the scheme whose ladder was climbed, and of the rounds that it looked back on."""
    if job.past is None:
        return {}
    one, rounds = job.past.ladders.scheme, job.past.rounds
    days = [{"first": each.first.isoformat(), "last": each.last.isoformat()} for each in rounds]
    return {"scheme": {"id": one.id, "sha256": one.sha256, "rounds": days}}


def laws(programs: Mapping[int, Program]) -> Iterator[dict[str, Any]]:
    """Yield what a record says of the law, by its 版本."""
    for number, one in programs.items():
        yield {"version": number, "veto_grade": one.standard.veto_grade, **standard(one.standard)}


def _queries(job: Job, out: Path) -> Iterator[dict[str, Any]]:
    """Write the SQL of each cohort, and say what it judges and its hash."""
    (out / "sql").mkdir(exist_ok=True)
    for number, one in enumerate(job.prepared, start=1):
        name = f"sql/{number:02d}.sql"
        (out / name).write_text(one.text, encoding="utf-8")
        yield {
            "file": name,
            "sha256": hashlib.sha256(one.text.encode()).hexdigest(),
            "kind": one.cohort.kind,
            "days": [[first.isoformat(), last.isoformat()] for first, last in one.cohort.days],
            "standards": [program.standard.id for program in one.cohort.programs],
        }


def summary(names: Mapping[str, str], connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[str]:
    """Say of each standard how many units it judged, how many have a score, and their mean; ``names`` by 编号."""
    rows = connection.execute(f"""SELECT "标准", count(*), count("得分"),
        (2 * sum(("得分" * 100)::BIGINT) + count("得分")) // NULLIF(2 * count("得分"), 0)
        FROM read_parquet({literal(str(out / "units.parquet"))}) GROUP BY "标准" ORDER BY 1""").fetchall()
    for id, units, scored, mean in rows:
        average = "" if mean is None else f"，平均 {Decimal(int(mean)) / 100:.2f} 分"
        yield f"{names[id]}: {units}个单位，{scored}个有得分{average}"


def _notices(job: Job, totals: Totals) -> Iterator[str]:
    asks = set(job.ranges[0].front.fields) if job.ranges else set()
    for program in job.programs.values():
        missing = [name for name in program.terms.form if name not in asks]
        if missing:
            yield f"{program.standard.name}: 表上没有 {'、'.join(missing)}，按未查"
    if totals.uncoded:
        yield f"{totals.uncoded}个单位的{columns.CODE}不是12位区划代码，没有计入各级汇总"
