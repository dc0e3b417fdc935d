"""Who is ranked together, in the order in which a dossier has them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from scoring.judge.standing import Standing
from scoring.report.dossier import Dossier


def groups_of(dossier: Dossier) -> Iterator[tuple[str, tuple[Standing, ...]]]:
    """Yield each group's name, with its standard where each is ranked apart, and its standings by rank."""
    names = {one.id: one.name for one in dossier.standards}

    def name(one: Standing) -> str:
        law = names.get(one.standard, one.standard)
        return "　".join(filter(None, (law, "、".join(one.group))))

    for group, own in groupby(dossier.standings, name):
        yield group, tuple(own)
