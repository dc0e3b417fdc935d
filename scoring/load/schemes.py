"""Schemes by name, and their tests: what a host application asks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scoring.check.cases import Outcome
from scoring.check.scheme_cases import run_scheme_cases
from scoring.errors import Problem, ScoringError
from scoring.finding import Infer
from scoring.infer import choose
from scoring.load.rules import (
    holds_scheme,
    load_scheme,
    load_standard,
    scheme_cases_beside,
    shipped,
    shipped_schemes,
)
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard


def find_schemes(names: Sequence[str]) -> tuple[tuple[Scheme, ...], list[str]]:
    """Return the schemes that names, 编号 or paths mean, and the names that mean none; all shipped ones for no name.

    A scheme in a file may use the shipped standards and those in the other files named. Raises ScoringError with every
    problem of every scheme's file.
    """
    if not names:
        return shipped_schemes(), []
    found: list[Scheme] = []
    rest: list[str] = []
    problems: list[Problem] = []
    standards = [*shipped(), *_standards(names)]
    for name in names:
        named = [one for one in shipped_schemes() if name in (one.id, one.name)]
        if named:
            found += named
        elif _is_scheme(name):
            try:
                found.append(load_scheme(name, standards))
            except ScoringError as error:
                problems += error.problems
        else:
            rest.append(name)
    if problems:
        raise ScoringError(problems)
    return tuple({(one.id, one.starts): one for one in found}.values()), rest


def scheme_outcomes(scheme: Scheme, *, infer: Infer | None = None) -> tuple[Outcome, ...]:
    """Run every 情形 of the ``.cases.yaml`` beside a scheme; nothing where there is none."""
    cases = scheme_cases_beside(scheme)
    return () if cases is None else tuple(run_scheme_cases(scheme, cases, infer=infer or choose(None)[0]))


def _is_scheme(name: str) -> bool:
    """Return whether a name is a file that holds a scheme; one that cannot be read is left to others to complain of."""
    if not _is_file(name):
        return False
    try:
        return holds_scheme(name)
    except ScoringError:
        return False


def _standards(names: Iterable[str]) -> Iterator[Standard]:
    """Yield the standards in files among names; those with problems are told where they are asked for."""
    for name in names:
        if _is_file(name) and not _is_scheme(name):
            try:
                yield load_standard(name)
            except ScoringError:
                continue


def _is_file(name: str) -> bool:
    return Path(name).suffix.lower() in (".yaml", ".yml")
