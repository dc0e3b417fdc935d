"""Those who are ranked together: what they are called, what they come to, and how each moved since an earlier round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from scoring.judge.standing import Standing
from scoring.points import ZERO, ratio
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


def mean_of(scores: Sequence[Decimal]) -> Decimal | None:
    """Return the plain mean of published scores, None where there is none."""
    return ratio(sum(scores, ZERO), Decimal(len(scores))) if scores else None


def settled(standings: Sequence[Standing]) -> list[Decimal]:
    """Return the scores that are settled."""
    return [one.score for one in standings if one.score is not None]


def climbed(one: Standing, before: Standing | None) -> int | None:
    """Return by how many ranks a unit rose since an earlier standing; None where the group is another or a rank is missing."""
    if before is None or subject_of(before) != subject_of(one) or one.rank is None or before.rank is None:
        return None
    return before.rank - one.rank


def gained(one: Standing, before: Standing | None) -> Decimal | None:
    """Return by how much a score rose since an earlier standing; None where one of the two is not settled."""
    if before is None or one.score is None or before.score is None:
        return None
    return one.score - before.score
