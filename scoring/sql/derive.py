"""From the columns of the table to what is known of a visit: signed blanks, small samples, computed fields (``match.derive``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scoring.compile.fit_computed import CompiledField
from scoring.compile.program import Program
from scoring.match.derive import when_signed
from scoring.rule.form_field import FormField
from scoring.sql.computed import computed, fraction
from scoring.sql.conditions import outcome
from scoring.sql.logic import both, case, negated
from scoring.sql.ratio import Ratio
from scoring.sql.stack import Stack, column
from scoring.sql.values import UNCHECKED_SUFFIX, Value, Values, nothing, of_column, scaled
from scoring.sql.whole import Whole, fixed


@dataclass(frozen=True, slots=True)
class Table:
    """What a table of typed answers asks for: its 检查项, and the column of the line 空白即未发现问题, empty for none.

    ``registered`` are the 检查项 that it does not ask for and the register answers.
    """

    asks: frozenset[str]
    signed: str = ""
    registered: frozenset[str] = frozenset()


def derived(programs: Sequence[Program], table: Table, stack: Stack) -> list[Values]:
    """Return what is known under each program."""
    forms: dict[str, FormField] = {}
    for program in programs:
        forms.update(program.terms.form)
    stack.layer("signed")
    raw = {name: _answered(name, field, table, stack) for name, field in forms.items()}
    stack.layer("sampled")
    known = [_sampled(program, raw, stack) for program in programs]
    _work_out(programs, known, stack)
    return list(known)


def _answered(name: str, field: FormField, table: Table, stack: Stack) -> Value:
    """Return a column's value; a signed blank is what the form says, but not one that says 未查 or 不适用."""
    if name not in table.asks | table.registered:
        return nothing(field)
    value = of_column(name, field)
    none = when_signed(field) if name in table.asks else None
    if not table.signed or none is None:
        return value
    number = field.choices.index(none) + 1 if isinstance(none, str) else scaled(none, value.places)
    unchecked = column(name + UNCHECKED_SUFFIX)
    blank = both((value.unknown, negated(unchecked), column(table.signed)))
    whole = value.whole
    filled = Whole(case((blank, fixed(number).sql), default=whole.sql), whole.low, whole.high, whole.bits)
    return replace(value, whole=stack.keep(f"{name} signed", filled))


def _sampled(program: Program, raw: Values, stack: Stack) -> dict[str, Value]:
    """Return a program's form, without the answers that rest on too small a sample."""
    known = {name: raw[name] for name in program.terms.form}
    for name, condition in program.terms.samples.items():
        label, value = f"{program.standard.id} {name}", raw[name]
        enough = outcome(condition, raw).only_true
        kept = replace(value.whole, sql=case((enough, value.whole.sql)))
        na = stack.keep_truth(f"{label} na", both((value.na, enough)))
        known[name] = replace(value, whole=stack.keep(label, kept), na=na)
    return known


def _work_out(programs: Sequence[Program], known: Sequence[dict[str, Value]], stack: Stack) -> None:
    """Add the computed fields, those that rest on no other first: two layers for each step further up."""
    ranks = [_ranks(program.terms.computed) for program in programs]
    for rank in range(1, max((max(one.values(), default=0) for one in ranks), default=0) + 1):
        here = [
            (program.standard.id, one, values)
            for program, own, values in zip(programs, ranks, known, strict=True)
            for one in program.terms.computed
            if own[one.name] == rank
        ]
        stack.layer(f"parts_{rank}")
        parts = [_kept(f"{id} {one.name}", fraction(one, values), stack) for id, one, values in here]
        stack.layer(f"worked_{rank}")
        for (id, one, values), exact in zip(here, parts, strict=True):
            value = computed(one, exact, values)
            na = stack.keep_truth(f"{id} {one.name} na", value.na)
            values[one.name] = replace(value, whole=stack.keep(f"{id} {one.name}", value.whole), na=na)


def _kept(label: str, exact: Ratio | None, stack: Stack) -> Ratio | None:
    if exact is None:
        return None
    return Ratio(stack.keep(f"{label} upper", exact.upper), stack.keep(f"{label} lower", exact.lower))


def _ranks(fields: Iterable[CompiledField]) -> Mapping[str, int]:
    """Return how many computed fields stand below each, itself included."""
    ranks: dict[str, int] = {}
    for one in fields:
        ranks[one.name] = 1 + max((ranks.get(name, 0) for name in one.reads), default=0)
    return ranks
