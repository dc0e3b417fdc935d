"""What a draw is asked for, in one piece: what the command reads, and what the database keeps to draw it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from scoring.analysis.draw.units import Drawn, Quota, draw, of_kinds
from scoring.columns import KIND
from scoring.inspection import Unit


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draw's question: see ``draw``; among units of some ``kinds`` (类别) only, of all where none is named."""

    seed: str
    quota: Quota
    by: tuple[str, ...] = (KIND,)
    kinds: tuple[str, ...] = ()
    quotas: Mapping[str, Quota] = field(default_factory=lambda: MappingProxyType({}))

    def drawn(self, units: Iterable[Unit], earlier: Iterable[Collection[str]] = ()) -> Drawn:
        """Return the draw from some units after ``earlier`` ones; raise ScoringError for what cannot be drawn."""
        return draw(of_kinds(units, self.kinds), self.seed, self.quota, self.by, earlier, self.quotas)
