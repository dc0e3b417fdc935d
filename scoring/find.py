"""Standards and schemes by what a user calls them: 编号, title, or the path of a rule file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.load.review import Review, review
from scoring.load.rules import load_standard, shipped, shipped_schemes
from scoring.load.schemes import find_schemes
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard


def find_standards(names: Sequence[str] | str) -> tuple[Standard, ...]:
    """Return the standards named, one or several, by 编号, title or path of a rule file; all shipped ones for no name.

    Raises ScoringError naming every unknown one, and every problem of a file.
    """
    found: list[Standard] = []
    problems: list[Problem] = []
    for name in [names] if isinstance(names, str) else names:
        try:
            found += [one if isinstance(one, Standard) else load_standard(one) for one in _named(name)]
        except ScoringError as error:
            problems += error.problems
    if problems:
        raise ScoringError(problems)
    return _each_once(found) or shipped()


def find_scheme(name: str, standards: Sequence[str] = ()) -> Scheme:
    """Return the scheme of an 编号, title or path; one in a file may use ``standards`` in rule files of their own.

    Raises ScoringError where there is none or more than one, and with every problem of its file.
    """
    found, rest = find_schemes([name, *standards])
    if len(found) != 1 or name in rest:
        titles = [title for one in shipped_schemes() for title in (one.name, one.id)]
        raise ScoringError(
            [Problem(message=f"没有“{shortened(name)}”这个考核办法", hint=did_you_mean(name, titles))]
        )
    return found[0]


def review_standards(names: Sequence[str]) -> tuple[Review, ...]:
    """Doubt the standards named by 编号, title or path of a rule file, all shipped ones for no name.

    Raises ScoringError naming every unknown one, and every problem of a file or of the cases beside it.
    """
    paths: list[Path] = []
    problems: list[Problem] = []
    for name in names:
        try:
            paths += [one for one in map(_path, _named(name)) if one is not None]
        except ScoringError as error:
            problems += error.problems
    try:
        found = review(paths or [one.path for one in shipped() if one.path is not None])
    except ScoringError as error:
        problems += error.problems
    if problems:
        raise ScoringError(problems)
    return found


def _path(one: Standard | Path) -> Path | None:
    return one.path if isinstance(one, Standard) else one


def _named(name: str) -> list[Standard] | list[Path]:
    """Return the shipped standards of a name, or the rule file it is the path of; raise ScoringError for neither."""
    known = shipped()
    named = [one for one in known if name in (one.id, one.name)]
    if named:
        return named
    if Path(name).suffix.lower() in (".yaml", ".yml") or Path(name).exists():
        return [Path(name)]
    titles = [title for one in known for title in (one.name, one.id)]
    raise ScoringError([Problem(message=f"没有“{name}”这个标准", hint=did_you_mean(name, titles))])


def _each_once(standards: Iterable[Standard]) -> tuple[Standard, ...]:
    return tuple({(one.id, one.starts): one for one in standards}.values())
