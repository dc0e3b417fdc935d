"""``chuangwei round run``: from sheets to a ranked round with its orders issued, in one command that may be run again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import day_of, register_of, say
from .consent import AcceptRepairs, MappingFile
from .database import DEFAULT, By, Database, RoundName, now, opened
from .rectify import issued_lines
from .round import score_line, tell_ranking, tell_score
from .round_import import Brought, Replace
from .round_open import Ends, Opening, SchemeName, Starts, opening_of
from .score import Standards, Units

if TYPE_CHECKING:
    from ..store import Store
    from ..store.rounds import Round

Sheets = Annotated[
    list[Path] | None,
    typer.Argument(metavar="检查表", help="检查表文件，可以给几个，或它们的文件夹；没有新的检查表就不写"),
]


@dataclass(frozen=True, slots=True)
class Law:
    """What a round is to be opened with, as it stands on the command line."""

    scheme: str
    starts: str
    ends: str
    standard: Sequence[str]
    units: Path | None


def run(
    name: RoundName,
    by: By,
    files: Sheets = None,
    units: Units = None,
    scheme: SchemeName = "",
    starts: Starts = "",
    ends: Ends = "",
    standard: Standards = [],  # noqa: B006 - typer's way of a repeatable option
    on: Annotated[
        str, typer.Option("--on", metavar="日期", help="哪天交办的；不写是现场交办，各算检查那天")
    ] = "",
    replace: Replace = False,
    accept_repairs: AcceptRepairs = False,
    mapping: MappingFile = None,
    db: Database = DEFAULT,
) -> None:
    """一次办完: 没开的先开，再导入检查表、评分、交办、列名次；表改了、整改记了，再运行一次就行"""
    day, law = day_of(on), Law(scheme, starts, ends, standard, units)
    with opened(db, create=True) as store:
        there = next((one for one in store.rounds.all() if one.name == name), None)
        one = there or opening_of(name, scheme, starts, ends, standard, units)
        if there is not None:
            say(_otherwise(store, there, law))
        brought = _read(store, one, files or (), accept_repairs, mapping, units)
        if brought is not None and not brought.reading.inspections:
            say([f"一次检查也没读到，“{name}”没有动"])
            raise typer.Exit(2)
        if isinstance(one, Opening):
            one.carry_out(store, name, by)
        if brought is not None and not brought.carry_out(store, name, by, replace=replace):
            raise typer.Exit(2)
        whole = _score_and_issue(store, name, by, day)
        tell_ranking(name, store.rounds.ranking(name))
    if not whole or (brought is not None and brought.reading.problems):
        say(["有错的列在上面，改好再运行一次"])
        raise typer.Exit(2)


def _otherwise(store: Store, one: Round, law: Law) -> Iterator[str]:
    """Yield what to say of an open round that is asked for with something else than it was opened with."""
    from ..find import find_scheme

    register = register_of(law.units)
    differs = {
        "起止日期": any(
            day not in (None, kept)
            for day, kept in (
                (day_of(law.starts, "--starts"), one.starts),
                (day_of(law.ends, "--ends"), one.ends),
            )
        ),
        "考核办法": bool(law.scheme) and find_scheme(law.scheme, law.standard).sha256 != one.scheme,
        "名册": register is not None
        and {unit.id: unit for unit in register.units}
        != {unit.id: unit for unit in store.rounds.law(one.name)[1]},
    }
    if any(differs.values()):
        named = "、".join(what for what, other in differs.items() if other)
        yield f"提示: “{one.name}”早已开了，{named}用的是开的时候的，和这次写的不同；要换的另开一轮"


def _read(
    store: Store,
    one: Round | Opening,
    files: Sequence[Path],
    accept: bool,
    mapping: Path | None,
    units: Path | None,
) -> Brought | None:
    """Return what the files say under the law of a round, or of one that is still to be opened."""
    if not files:
        return None
    if isinstance(one, Opening):
        standards, known, days = one.standards, one.units, one.days
    else:
        (standards, known), days = store.rounds.law(one.name), (one.starts, one.ends)
    return Brought.of(files, standards, known, days, accept=accept, mapping=mapping, besides=[units])


def _score_and_issue(store: Store, name: str, who: str, day: date | None) -> bool:
    """Score a round and issue its orders, and say what came of it; return whether every unit was scored.

    The ladder of a 考核办法 may look at the orders just issued: it is scored again until nothing changes.
    """
    problems = False
    if store.rounds.current(name):
        say([f"“{name}”评过分以后没有变，不再评"])
    else:
        scored = store.rounds.score(name, who=who, at=now())
        tell_score(scored)
        problems = bool(scored.problems)
    say(issued_lines(name, store.orders.issue(name, on=day, who=who, at=now())))
    if not store.rounds.current(name):
        say(["交办以后得分有变: " + score_line(store.rounds.score(name, who=who, at=now()))])
    return not problems
