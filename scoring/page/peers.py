"""Those who are ranked together, what they are called, and where each unit stands on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from scoring.judge.standing import Standing
from scoring.report.dossier import Dossier

ALL_TOGETHER = "综合"
Subject = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Peers:
    """The standings of one standard (综合 for all together) and one group, in the order of ranks."""

    subject: Subject
    name: str
    standings: tuple[Standing, ...]


def subject_of(one: Standing) -> Subject:
    """Return what a standing is ranked in: standard and group."""
    return one.standard, one.group


def standard_name(dossier: Dossier, id: str) -> str:
    """Return what a standard is called, 综合 for all of them together."""
    return next((one.name for one in dossier.standards if one.id == id), id) if id else ALL_TOGETHER


def peers_of(dossier: Dossier) -> tuple[Peers, ...]:
    """Return everyone by whom they are ranked with, in the order of the dossier."""
    return tuple(
        Peers(subject, peers_name(dossier, subject), tuple(found))
        for subject, found in groupby(dossier.standings, subject_of)
    )


def peers_name(dossier: Dossier, subject: Subject) -> str:
    """Return what those who are ranked together are called: 行政村 治五乱, or 行政村 where all standards are added up."""
    standard, group = subject
    if group and not standard:
        return "、".join(group)
    return " ".join(filter(None, ("、".join(group), standard_name(dossier, standard))))


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
