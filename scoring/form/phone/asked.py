"""What a phone form asks: each 检查项 once, under the standard that asks it first, of the kinds of unit it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.compile.reach import asked_of
from scoring.compile.vocabulary import vocabulary
from scoring.questions import ANSWER, PERCENT, coded
from scoring.rule.form_field import FieldKind, FormField
from scoring.rule.standard import Standard

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Every 检查项 of some standards, the kinds of unit that each concerns, and under which standard it is asked."""

    fields: Mapping[str, FormField]
    kinds: tuple[str, ...]
    concerned: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, standards: Sequence[Standard]) -> Asked:
        """Return what some standards ask; raise ScoringError for a name with two meanings."""
        kinds = tuple(dict.fromkeys(kind for one in standards for kind in one.kinds))
        concerned: dict[str, dict[str, None]] = {}
        groups: dict[str, list[str]] = {}
        for one in standards:
            for kind in one.kinds:
                for name in asked_of(one, [kind]):
                    concerned.setdefault(name, {})[kind] = None
            placed = {name for names in groups.values() for name in names}
            groups.setdefault(one.name, []).extend(name for name in one.form if name not in placed)
        fields = {name: field for name, field in vocabulary(standards).items() if name in concerned}
        kept = {title: [name for name in names if name in fields] for title, names in groups.items()}
        return cls(
            fields,
            kinds,
            {name: tuple(kind for kind in kinds if kind in own) for name, own in concerned.items()},
            {title: names for title, names in kept.items() if names},
        )

    def question(self, name: str) -> str:
        """Return the name of the question that answers a 检查项."""
        return coded(name, PERCENT if self.fields[name].kind is FieldKind.PERCENT else ANSWER)

    def relevant(self, kinds: Iterable[str]) -> str:
        """Return the condition under which some kinds of unit are asked, "" where all are."""
        own = tuple(kinds)
        return "" if set(own) == set(self.kinds) else " or ".join(f'${{kind}} = "{kind}"' for kind in own)

    @property
    def counted(self) -> list[str]:
        """Return the 检查项 that a 问题明细 can hold: what is counted on the spot."""
        counts = (name for name, field in self.fields.items() if field.kind is FieldKind.COUNT)
        return [name for name in counts if self.fields[name].register_column is None]
