"""Doubts about versions and vetoes: gaps in time, consequences that nothing brings about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scoring.lint.doubt import Doubt
from scoring.lint.subject import Placed, Subject
from scoring.rule.clause import Clause


def free_veto(subject: Subject) -> Iterator[Doubt]:
    """疑39: a clause vetoes and costs nothing."""
    for one in subject.current:
        if subject.standard.scored and one.card.veto and not one.most:
            yield subject.doubt("疑39", (*one.loc, "扣分"), "一票否决的条款，扣分是0")


def gap_in_force(subject: Subject) -> Iterator[Doubt]:
    """疑40: between two versions of a clause there are days with neither."""
    versions: dict[str, list[Placed[Clause]]] = {}
    for one in subject.clauses:
        versions.setdefault(one.card.id, []).append(one)
    begins = subject.standard.starts
    for ones in versions.values():
        for old, new in pairwise(sorted(ones, key=lambda one: one.card.starts or begins)):
            ends, starts = old.card.ends, new.card.starts
            if ends is not None and starts is not None and ends < starts:
                yield subject.doubt(
                    "疑40", (*old.loc, "废止"), f"{ends} 废止，新版 {starts} 才施行，中间没有这一条"
                )


def never_in_force(subject: Subject) -> Iterator[Doubt]:
    """疑42: a clause would begin when its standard has ended."""
    ends = subject.standard.ends
    for one in subject.clauses:
        if ends is not None and one.card.starts is not None and one.card.starts >= ends:
            yield subject.doubt("疑42", (*one.loc, "施行"), f"{one.card.starts} 才施行，标准 {ends} 已经废止")


def idle_veto(subject: Subject) -> Iterator[Doubt]:
    """疑43: a veto is announced that nothing brings about."""
    standard = subject.standard
    severe = {one.card.id for one in subject.current if one.card.severity == "严重"}
    if standard.severe is not None and len(severe) < standard.severe:
        message = f"严重条款只有{len(severe)}条，够不上{standard.severe}条"
        yield subject.doubt("疑43", ("严重条款达",), message)
    elif (
        standard.veto_grade is not None
        and standard.severe is None
        and not any(one.card.veto for one in subject.current)
    ):
        yield subject.doubt("疑43", ("一票否决",), "写了一票否决的后果，却没有一条会否决")
