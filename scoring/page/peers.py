"""Where each unit stands on the page, and how its grade is coloured."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.report.dossier import Dossier


def anchors_of(dossier: Dossier) -> Mapping[str, str]:
    """Return the place of each unit on the page by its 编号: in the order of ranks, those with orders alone last.

    A place is a number, for a 编号 may hold anything.
    """
    ranked = [one.unit.id for one in dossier.standings]
    ids = dict.fromkeys([*ranked, *sorted(dossier.units)])
    return {id: f"u{number}" for number, id in enumerate(ids, start=1)}


def tones_of(dossier: Dossier, standard: str) -> Mapping[str, str]:
    """Return how each grade is coloured: ``best``, ``good``, ``fair``, and ``poor`` for the lowest."""
    written = dossier.scheme or next((one for one in dossier.standards if one.id == standard), None)
    grades = sorted(written.grades.items(), key=lambda pair: -pair[1]) if written else []
    tones = ("best", "good", "fair")
    found = {name: tones[min(place, 2)] for place, (name, _) in enumerate(grades)}
    return found | ({grades[-1][0]: "poor"} if len(grades) > 1 else {})
