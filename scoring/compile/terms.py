"""What the conditions and prices of a standard may speak of: the form, and the computed fields in the order of working out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scoring.compile.fit import CardError, condition
from scoring.compile.fit_computed import CompiledField, compile_field
from scoring.grammar.condition import Condition, fields_of
from scoring.rule.form_field import FormField
from scoring.rule.standard import Standard


@dataclass(frozen=True, eq=False)
class Terms:
    """What the conditions of a standard may speak of: the form, and the computed fields in the order of working out."""

    form: Mapping[str, FormField]
    computed: tuple[CompiledField, ...] = ()
    samples: Mapping[str, Condition] = field(default_factory=dict)

    @cached_property
    def fields(self) -> Mapping[str, FormField]:
        """Return form and computed fields together."""
        return {**self.form, **{one.name: one.field for one in self.computed}}

    @cached_property
    def asked(self) -> Mapping[str, tuple[str, ...]]:
        """Return the 检查项 of the form that each name rests on, itself first."""
        found: dict[str, tuple[str, ...]] = {}
        for name in self.form:
            sampled = fields_of(self.samples[name]) if name in self.samples else ()
            found[name] = tuple(dict.fromkeys((name, *sampled)))
        for one in self.computed:
            found[one.name] = tuple(dict.fromkeys(name for read in one.reads for name in found[read]))
        return found

    @cached_property
    def _steps(self) -> Mapping[str, int]:
        return {one.name: place for place, one in enumerate(self.computed)}

    def part(self, names: Iterable[str]) -> Terms:
        """Return what some names rest on, and nothing else; takes no longer for a large standard than for a small one."""
        wanted = dict.fromkeys(names)
        form = {name: self.form[name] for read in wanted for name in self.asked[read]}
        todo = list(wanted)
        places: set[int] = set()
        while todo:
            place = self._steps.get(todo.pop())
            if place is not None and place not in places:
                places.add(place)
                todo += self.computed[place].reads
        computed = tuple(self.computed[place] for place in sorted(places))
        return Terms(form, computed, {name: self.samples[name] for name in form if name in self.samples})


def terms_of(standard: Standard) -> Terms:
    """Compile what a standard's conditions may speak of.

    Raises fit.CardError, with the whole location, for the first computed field or sample that does not fit.
    """
    fields = dict(standard.form)
    computed: list[CompiledField] = []
    for name, card in standard.computed.items():
        try:
            one = compile_field(name, card, fields)
        except CardError as error:
            raise CardError(("计算", name, *error.loc), error.message, error.hint, error.at) from None
        computed.append(one)
        fields[name] = one.field
    samples = {}
    for name, asked in standard.form.items():
        if asked.sample is not None:
            try:
                samples[name] = condition(asked.sample, standard.form, "样本")
            except CardError as error:
                raise CardError(("登记表", name, *error.loc), error.message, error.hint, error.at) from None
    return Terms(standard.form, tuple(computed), samples)
