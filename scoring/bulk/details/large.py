"""Which rows of a 问题明细 are large enough to count (算一处), as SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.bulk.cells import literal
from scoring.columns import SIZE
from scoring.compile.fit import condition
from scoring.errors import Problem, ScoringError
from scoring.match.occurrences import SIZE_FORM
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.standard import Standard
from scoring.sql.conditions import outcome
from scoring.sql.dialects import text
from scoring.sql.stack import column
from scoring.sql.values import PLACES, Value, limits
from scoring.sql.whole import Whole

_SIZE = Value(Whole(column("size"), *limits(SIZE_FORM[SIZE]), 64), PLACES[FieldKind.MEASURE])


def _sized(forms: Mapping[str, FormField]) -> dict[str, str]:
    return {name: one.counts_if for name, one in forms.items() if one.counts_if is not None}


def unsized(forms: Mapping[str, FormField]) -> str:
    """Return that a row's ``field`` asks how large it is, and the row does not say."""
    names = ", ".join(literal(name) for name in _sized(forms))
    return f"(field IN ({names}) AND size IS NULL)" if names else "FALSE"


def big_enough(forms: Mapping[str, FormField]) -> str:
    """Return that a row counts, by its ``field`` and its ``size``."""
    asked = [
        f"WHEN {literal(name)} THEN {text(outcome(condition(words, SIZE_FORM, '算一处'), {SIZE: _SIZE}).only_true)}"
        for name, words in _sized(forms).items()
    ]
    return f"(CASE field {' '.join(asked)} ELSE TRUE END)" if asked else "TRUE"


def refuse_unlike(names: Iterable[str], standards: Iterable[Standard]) -> None:
    """Raise ScoringError where two standards do not agree how large an occurrence of one of some 检查项 must be."""
    ways: dict[str, dict[str | None, str]] = {name: {} for name in names}
    for one in standards:
        for name in ways.keys() & one.form.keys():
            ways[name].setdefault(one.form[name].counts_if, one.name)
    unlike = {name: tuple(own.values()) for name, own in sorted(ways.items()) if len(own) > 1}
    if unlike:
        raise ScoringError(
            [Problem(where=f"“{name}”", message=f"{'、'.join(laws)}的“算一处”不一样，不能成批评分", hint="用 --standard 分开评")
             for name, laws in unlike.items()]
        )  # fmt: skip
