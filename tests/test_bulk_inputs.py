"""Large tables from a database, and with a register beside them: the same as from a file that says it all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from scoring import columns as titles
from scoring.bulk.database import Stored
from scoring.errors import ScoringError
from scoring.inspection import BLANK, Inspection, NotChecked, Unit
from scoring.rule.form_field import FieldKind
from tests.bulk_run import run
from tests.support import scorer
from tests.test_bulk import CALENDAR, FORM, INFER, LAWS, as_csv, made_up, row, same, table

VISITS = made_up(240)


def typed(name: str) -> sa.Column[object]:
    """Return a column as a database of a township's own would have it."""
    field = FORM.get(name)
    kind: sa.types.TypeEngine[object] = sa.Text()
    if name == titles.DATE:
        kind = sa.Date()
    elif field is not None and field.kind is FieldKind.COUNT and not field.may_skip:
        kind = sa.Integer()
    return sa.Column(name, kind)


def filled(engine: sa.Engine, rows: Sequence[Mapping[str, str]]) -> None:
    """Put rows into a table 检查; where a number's column is numeric, only what is a number."""
    found = sa.Table("检查", sa.MetaData(), *map(typed, rows[0]))

    def value(name: str, text: str) -> object:
        kind = found.columns[name].type
        if isinstance(kind, sa.Date):
            return dt.date.fromisoformat(text)
        if isinstance(kind, sa.Integer):
            return int(text) if text.isdigit() else None
        return text or None

    with engine.begin() as connection:
        found.create(connection)
        connection.execute(
            sa.insert(found), [{name: value(name, text) for name, text in one.items()} for one in rows]
        )


def plain_blanks(visit: Inspection) -> Inspection:
    """Return a visit without what a numeric column cannot say: why a blank is one."""
    answers = {
        name: BLANK if isinstance(answer, NotChecked) and isinstance(typed(name).type, sa.Integer) else answer
        for name, answer in visit.answers.items()
    }
    return replace(visit, answers=answers)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_table_of_a_database_scores_as_the_file_does(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    visits = [plain_blanks(one) for one in VISITS]
    url = str(tmp_path / "检查.db") if kind == "sqlite" else request.getfixturevalue("server")
    full = f"sqlite:///{url}" if kind == "sqlite" else url.replace("postgresql:", "postgresql+psycopg:")
    filled(engine := sa.create_engine(full), [row(one) for one in visits])
    engine.dispose()
    outcome = run([Stored(url, "检查")], tmp_path / "out", LAWS, INFER, CALENDAR)
    assert outcome.totals.refused == 0
    same(tmp_path / "out", scorer(*LAWS).score(visits))
    assert "postgres" not in (tmp_path / "out" / "result.json").read_text("utf-8")


def test_a_database_or_table_that_is_not_there_is_told_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(ScoringError, match="没有这个数据库文件"):
        run([Stored(str(tmp_path / "无.db"), "检查")], tmp_path / "a", LAWS, INFER, CALENDAR)
    path = tmp_path / "库.db"
    filled(engine := sa.create_engine(f"sqlite:///{path}"), [row(VISITS[0])])
    engine.dispose()
    with pytest.raises(ScoringError, match="没有“检察”这个表"):
        run([Stored(str(path), "检察")], tmp_path / "b", LAWS, INFER, CALENDAR)


def test_the_register_says_what_the_table_does_not(tmp_path: Path) -> None:
    details = {"包村领导": "王主任", "所属行政村": "东岭村"}
    visits = [
        replace(one, unit=replace(one.unit, area="东片", details=details if n % 2 else {}))
        for n, one in enumerate(sorted(VISITS, key=lambda each: each.unit.id))
    ]
    units = {one.unit.id: one.unit for one in visits}
    visits = [replace(one, unit=units[one.unit.id]) for one in visits]
    lacking = (titles.KIND, titles.UNIT)
    rows = [{name: text for name, text in row(one).items() if name not in lacking} for one in visits]
    path = as_csv(tmp_path / "表.csv", rows)
    run([path], tmp_path / "out", LAWS, INFER, CALENDAR, units=[*units.values()])
    same(tmp_path / "out", scorer(*LAWS).score(visits))


def test_a_unit_that_the_register_does_not_know_is_refused(tmp_path: Path) -> None:
    rows = [row(one) for one in VISITS[:9]]
    unit = VISITS[0].unit
    outcome = run([as_csv(tmp_path / "表.csv", rows)], tmp_path / "out", LAWS, INFER, CALENDAR,
                  units=[Unit(unit.id, unit.name, unit.kind)])  # fmt: skip
    assert "要是名册里的编号" in str(outcome.problems[0].hint)
    assert {one["单位编号"] for one in table(tmp_path / "out", "cards/*.parquet")} <= {unit.id}


REGISTERED = {"户数": ("420", "380户", "", "很多", "9999"), "路段等级": ("一类", "三类", "", "四类")}


@pytest.mark.parametrize("asked", [True, False])
def test_the_register_answers_what_the_sheet_leaves_blank_or_does_not_ask(
    asked: bool, tmp_path: Path
) -> None:
    visits = [
        replace(one, unit=replace(one.unit, details=_registered(n)), columns=one.columns - ({*REGISTERED} if not asked else set()),
                answers={name: answer for name, answer in one.answers.items() if asked or name not in REGISTERED})
        for n, one in enumerate(sorted(VISITS, key=lambda each: each.unit.id))
    ]  # fmt: skip
    units = {one.unit.id: one.unit for one in visits}
    visits = [replace(one, unit=units[one.unit.id]) for one in visits]
    rows = [
        {name: text for name, text in row(replace(one, answers=dict.fromkeys(FORM, BLANK) | dict(one.answers))).items()
         if asked or name not in REGISTERED}
        for one in visits
    ]  # fmt: skip
    outcome = run(
        [as_csv(tmp_path / "表.csv", rows)], tmp_path / "out", LAWS, INFER, CALENDAR, units=[*units.values()]
    )
    assessment = scorer(*LAWS).score(visits)
    bad = {one["单位编号"] for one in table(tmp_path / "out", "problems/*.parquet")}
    assert bad == {one.id for one in assessment.unscored} != set()
    assert "名册的户数“" in str(outcome.problems) and "用不上" in str(outcome.problems)
    assert any(card.derived.registered for card in assessment.cards)
    assert not any("户数" in notice for notice in outcome.notices)
    same(tmp_path / "out", assessment)


def _registered(number: int) -> dict[str, str]:
    return {
        name: words[number % len(words)] for name, words in REGISTERED.items() if words[number % len(words)]
    }
