"""From the folder of a run to the places of its units, by a scheme; nothing but the one file is written."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from scoring.bulk.cells import literal
from scoring.bulk.engine import USUAL, Limits, connected
from scoring.bulk.past.ladders import asks_past
from scoring.bulk.rank.below import Below, below, reader
from scoring.bulk.rank.cards import NO_CARDS, cards
from scoring.bulk.rank.lines import lines, unknown
from scoring.bulk.rank.places import result, standings
from scoring.bulk.rank.subjects import known, subjects
from scoring.bulk.rank.totals import totals
from scoring.bulk.record import NAME
from scoring.bulk.register import registered
from scoring.columns import guarded
from scoring.errors import Problem, ScoringError
from scoring.inspection import Unit
from scoring.rule.scheme import Scheme

KINDS = (".parquet", ".csv")
BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """How many units were ranked in how many groups, and how many were not."""

    units: int
    groups: int
    unranked: int


def rank(
    folder: Path | None,
    scheme: Scheme,
    out: Path,
    units: Sequence[Unit] = (),
    last: Path | None = None,
    limits: Limits = USUAL,
    rounds: Sequence[Below] = (),
) -> Ranked:
    """Rank the units of a run by a scheme, and write the table of their places to a new file (Parquet or CSV).

    The register's ``units`` say the groups and who must be judged; ``last`` is the table of the last time. ``rounds`` are
    the rounds below, the oldest first, of a scheme that is made of them (组成); one that is made of nothing else has no
    run (``folder``) of its own. Raises ScoringError where the scheme cannot be applied to the run, or a file is not what
    it should be.
    """
    _ready(folder, scheme, out, last)
    with TemporaryDirectory(dir=out.parent) as work, connected(Path(work), limits) as connection:
        if units:
            registered(units, connection)
        own = NO_CARDS if folder is None else cards(folder)
        judge(scheme, own, connection, rounds, given=bool(units))
        before = "" if last is None else f"SELECT * FROM {reader(last)}"
        try:
            _hand_out(result(scheme, before), out, connection)
        except (duckdb.BinderException, duckdb.ConversionException):
            hint = "给上次 成批 排名 写出的文件，分组要一样"
            raise ScoringError([Problem(str(last), message="不是上次的排名", hint=hint)]) from None
        return _counted(scheme, connection)


def _hand_out(query: str, out: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Write the rows of a query, whole or not at all; CSV so that a spreadsheet reads it and calculates nothing."""
    part = out.with_suffix(".part")
    if out.suffix.lower() == ".parquet":
        connection.execute(f"COPY ({query}) TO {literal(str(part))} (FORMAT parquet)")
    else:
        found = connection.execute(query)
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([name for name, *_ in found.description or ()])
            while rows := found.fetchmany(BATCH):
                writer.writerows([_cell(value) for value in row] for row in rows)
    part.replace(out)


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value


def judge(
    scheme: Scheme,
    cards: str,
    connection: duckdb.DuckDBPyConnection,
    rounds: Sequence[Below] = (),
    *,
    given: bool = False,
) -> None:
    """Make the table ``standings`` of a round's cards and the rounds below; ``given``: the register's table is there."""
    below(rounds, scheme, connection, registered=given)
    said = known(cards) if given else cards
    connection.execute(f"CREATE OR REPLACE TEMP VIEW round AS {said}")
    pairs = connection.execute('SELECT DISTINCT "标准", "来源" FROM round').fetchall()
    if problems := list(unknown(scheme, pairs)):
        raise ScoringError(problems)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW lines AS {lines(scheme, 'FROM round')}")
    steps = {"subjects": subjects(scheme, registered=given), **totals(scheme), **standings(scheme)}
    for name, query in steps.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")


def _ready(folder: Path | None, scheme: Scheme, out: Path, last: Path | None) -> None:
    """Refuse what cannot be ranked before anything runs."""
    problems = list(_not_scored(folder, scheme))
    if out.suffix.lower() not in KINDS or out.exists() or not out.parent.is_dir():
        message = "已有这个文件" if out.exists() else "写不成这个文件"
        problems.append(Problem(str(out), message=message, hint="用新的文件名，如 排名.parquet 或 排名.csv"))
    if last is not None and (not last.is_file() or last.suffix.lower() not in KINDS):
        problems.append(Problem(str(last), message="没有上次的排名", hint="给上次写出的 .parquet 或 .csv"))
    if problems:
        raise ScoringError(problems)


def _not_scored(folder: Path | None, scheme: Scheme) -> Iterator[Problem]:
    """Say what is wrong with the results that are to be ranked."""
    if folder is None:
        if scheme.judges_itself:
            yield Problem(
                where=scheme.name, message="没给成批评分的结果", hint="写上 chuangwei bulk score 写出的文件夹"
            )
    elif not scheme.judges_itself:
        yield Problem(str(folder), message="这个办法不另查，用不上评分的结果", hint="只给各轮的排名 --below")
    elif not (folder / NAME).is_file():
        yield Problem(str(folder), message="这里没有成批评分的结果", hint="先做完 chuangwei bulk score …")
    elif not _climbed(folder, scheme):
        message, hint = "评分时没有按这个办法的阶梯加扣", f"评分时写上 --scheme {scheme.id}，再排名"
        yield Problem(str(folder), message=message, hint=hint)


def _climbed(folder: Path, scheme: Scheme) -> bool:
    """Return whether a run was scored by the scheme's own ladder; by none where the scheme has none."""
    said = json.loads((folder / NAME).read_text("utf-8")).get("scheme")
    return not asks_past(scheme) if said is None else bool(said["sha256"] == scheme.sha256)


def _counted(scheme: Scheme, connection: duckdb.DuckDBPyConnection) -> Ranked:
    peers = ", ".join(["subject", *_groups(scheme)])
    found = connection.execute(
        f"SELECT count(place), count(DISTINCT ROW({peers})) FILTER (place IS NOT NULL), count(*) - count(place) FROM standings"
    ).fetchone()
    assert found is not None
    return Ranked(*map(int, found))


def _groups(scheme: Scheme) -> Iterator[str]:
    yield from (f"g{n}" for n in range(len(scheme.groups)))
