"""The clauses of some standards, found by their 编号 and the day, so that a document can cite them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scoring.rule.clause import Clause
from scoring.rule.standard import Standard


class Laws:
    """Cite clauses by their 编号."""

    def __init__(self, standards: Sequence[Standard]) -> None:
        self._known: dict[str, list[tuple[date, Standard, Clause]]] = {}
        for standard in standards:
            for clause in standard.clauses:
                since = max(standard.starts, clause.starts or standard.starts)
                self._known.setdefault(clause.id, []).append((since, standard, clause))
        for versions in self._known.values():
            versions.sort(key=lambda one: one[0])

    def cite(self, id: str, day: date) -> str:
        """Return a clause as 《治五乱》WL-01 六（二）1, by the version of a day; its 编号 alone where it is not known."""
        versions = self._known.get(id, [])
        if not versions:
            return id
        _, standard, clause = next((one for one in reversed(versions) if one[0] <= day), versions[0])
        return f"《{standard.name}》{id} {clause.citation}"
