"""What a host application calls: files or inspections in, one ``Assessment`` out, with sensible defaults."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.analysis.target.target import Target
from scoring.analysis.target.unit import unit_targets
from scoring.check.cases import Outcome, run_cases, run_examples
from scoring.compile.vocabulary import vocabulary
from scoring.diff.replay import Replayed, replayed
from scoring.diff.standards import Diff, diff
from scoring.errors import Problem, ScoringError, did_you_mean, in_order, shortened
from scoring.finding import Infer
from scoring.grammar.deadline import Calendar
from scoring.infer import choose
from scoring.inspection import Inspection, Unit
from scoring.load.rules import cases_beside, shipped
from scoring.rule.form_field import FormField
from scoring.rule.standard import Standard
from scoring.score import Assessment, Histories, Progress, Scorer
from scoring.sheets.mend.consent import Consent
from scoring.sheets.mend.repair import Repair
from scoring.sheets.read import Watch, read_sheets, unwatched
from scoring.sheets.register import Register
from scoring.workdays import WorkCalendar

if TYPE_CHECKING:
    from scoring.store import Store


def assess(
    inspections: Iterable[Inspection],
    standards: Sequence[Standard] | None = None,
    *,
    calendar: Calendar | None = None,
    infer: Infer | None = None,
    on: date | None = None,
    progress: Progress = iter,
    history: Histories | None = None,
) -> Assessment:
    """Score inspections under some standards, the shipped ones by default.

    ``calendar`` counts the deadlines (the official one by default); ``infer`` is one of ``scoring.infer``'s readings;
    ``on`` is the as-of date for deadlines; ``history`` returns what is known of a visit's unit from before. What is wrong
    with an inspection is in ``problems`` and leaves its unit 未评.
    """
    chosen, notice = (infer, "") if infer is not None else choose(None)
    work = calendar or WorkCalendar()
    scorer = Scorer(_law(standards), calendar=work, infer=chosen)
    found = scorer.score(inspections, progress, history)
    notices = [*found.notices, *filter(None, [notice])]
    if isinstance(work, WorkCalendar):
        notices += work.notices
    return replace(found, as_of=on, notices=tuple(notices))


def assess_files(
    files: Sequence[Path | str] | Path | str,
    standards: Sequence[Standard] | None = None,
    register: Register | None = None,
    *,
    calendar: Calendar | None = None,
    infer: Infer | None = None,
    on: date | None = None,
    progress: Progress = iter,
    consent: Consent | None = None,
    watch: Watch = unwatched,
) -> Assessment:
    """Read sheets, one or several, and score them; a bad row leaves its unit 未评 and the rest is scored.

    ``consent`` says which repairs may be made; without it cells are read as they stand. ``watch`` sees the rows pass.
    Raises ScoringError where a file cannot be read at all, or the standards disagree about a 检查项.
    """
    used, paths = _law(standards), [files] if isinstance(files, Path | str) else files
    _each_file_once(paths)
    reading = read_sheets(paths, columns_for(used), register, consent=consent, watch=watch)
    inside, left_out = _in_scope(reading.inspections, used)
    found = assess(inside, used, calendar=calendar, infer=infer, on=on, progress=progress)
    unscored = {unit.id: unit for unit in (*reading.unscored, *found.unscored)}
    return replace(
        found,
        unscored=tuple(unscored[id] for id in sorted(unscored)),
        problems=in_order((*reading.problems, *found.problems)),
        notices=tuple(
            dict.fromkeys((*reading.notices, *repaired(reading.repairs), *found.notices, *left_out))
        ),
    )


def repaired(repairs: Sequence[Repair]) -> list[str]:
    """Say how many repairs were made, if any."""
    return [f"读表时修正了{len(repairs)}处；逐处看用 chuangwei import --dry-run"] if repairs else []


def unit_named(assessment: Assessment, name: str) -> Unit:
    """Return the unit of an assessment that a name, an alias or an 编号 means.

    Raises ScoringError where there is none or several, or where it is 未评, with its problems.
    """
    units = {card.inspection.unit.id: card.inspection.unit for card in assessment.cards}
    everyone = units | {one.id: one for one in assessment.unscored}
    coded = [everyone[name]] if name in everyone else []
    found = coded or [one for one in everyone.values() if name in (one.name, *one.aliases)]
    if len(found) > 1:
        ids = "、".join(sorted(one.id for one in found))
        raise ScoringError([Problem(message=f"“{name}”有{len(found)}个", hint=f"写编号: {ids}")])
    if not found:
        names = [one.name for one in everyone.values()]
        hint = did_you_mean(name, names, label="有") or "核对名称；检查表里它的行有错的，改好再来"
        unknown = Problem(message=f"没有“{shortened(name)}”的检查", hint=hint)
        raise ScoringError([unknown, *assessment.problems])
    if found[0].id not in units:
        raise ScoringError([problem for problem in assessment.problems if problem.unit == found[0].id])
    return found[0]


def targets(
    assessment: Assessment,
    unit: Unit,
    grade: str,
    *,
    day: date | None = None,
    fixable: Collection[str] | None = None,
    infer: Infer | None = None,
) -> tuple[Target, ...]:
    """Return the cheapest way to a grade for a unit; the assessment may be of files or of a round in the database.

    See ``unit_targets``.
    """
    scorer = Scorer((), calendar=WorkCalendar(), infer=infer or choose(None)[0])
    return unit_targets(assessment, unit, grade, scorer.rejudged, day, fixable)


def _law(standards: Sequence[Standard] | None) -> Sequence[Standard]:
    """Return the standards to score by; raise TypeError for what is none, such as the name of one."""
    if standards is None:
        return shipped()
    if not all(isinstance(one, Standard) for one in standards):
        raise TypeError(
            f"standards must be Standard values, as find_standards returns them, not {standards!r}"
        )
    return standards


def _each_file_once(files: Sequence[Path | str]) -> None:
    places = [Path(one).resolve() for one in files]
    twice = sorted({one.name for one in places if places.count(one) > 1})
    if twice:
        raise ScoringError([Problem(name, message="同一个文件给了两次", hint="只给一次") for name in twice])


def columns_for(used: Sequence[Standard]) -> Mapping[str, FormField]:
    """Return every 检查项 a sheet may hold: those in use, and those of the shipped standards not asked for."""
    others = {name: field for one in shipped() for name, field in one.form.items()}
    return {**others, **vocabulary(used)}


def _in_scope(
    inspections: Sequence[Inspection], used: Sequence[Standard]
) -> tuple[list[Inspection], list[str]]:
    """Set aside visits to kinds of unit that only standards not asked for judge, and say how many."""
    asked = {kind for one in used for kind in one.kinds}
    others = {kind for one in shipped() for kind in one.kinds} - asked
    inside = [one for one in inspections if one.unit.kind not in others]
    left = len(inspections) - len(inside)
    kinds = sorted({one.unit.kind for one in inspections} & others)
    return inside, [f"另有{left}次检查（{'、'.join(kinds)}）不归所用的标准，没有评分"] if left else []


def outcomes(standard: Standard, *, infer: Infer | None = None) -> tuple[Outcome, ...]:
    """Run every 算例 of a standard and, where a ``.cases.yaml`` stands beside it, every 情形."""
    cases = cases_beside(standard)
    found = list(run_examples(standard))
    if cases is not None:
        found += run_cases(standard, cases, calendar=WorkCalendar(), infer=infer or choose(None)[0])
    return tuple(found)


def compare(old: Standard, new: Standard, *, infer: Infer | None = None) -> tuple[Diff, Replayed | None]:
    """Return what changed between two versions of a standard, and what the old one's sheets score under the new.

    The latter is None unless a ``.cases.yaml`` stands beside both.
    """
    cases = [cases_beside(one) for one in (old, new)]
    if cases[0] is None or cases[1] is None:
        return diff(old, new), None
    engine, work = infer or choose(None)[0], WorkCalendar()
    scorers = [Scorer([one], calendar=work, infer=engine) for one in (old, new)]
    return diff(old, new), replayed(scorers[0], scorers[1], cases[0])


def open_store(
    url: Path | str,
    *,
    calendar: Calendar | None = None,
    infer: Infer | None = None,
    create: bool = True,
) -> Store:
    """Open a database of rounds: the path of an SQLite file, or a database URL.

    What is not there is made, unless ``create`` is false. Raises ScoringError where it cannot be opened.
    """
    from scoring.store import Store

    return Store(url, calendar=calendar or WorkCalendar(), infer=infer or choose(None)[0], create=create)
