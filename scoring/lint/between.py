"""Doubts about standards that are used together: one fault under two, one thing under two names, one name for two things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scoring.errors import Loc, shortened
from scoring.lint.doubt import Doubt, doubt
from scoring.lint.form import likenesses
from scoring.lint.subject import Subject
from scoring.lint.words import pairs
from scoring.rule.form_field import FormField

# A subject and its number among those given together; a doubt goes to the file with its number.
Numbered = tuple[int, Subject]
Found = Iterator[tuple[int, Doubt]]


def charged_twice(subjects: Sequence[Numbered]) -> Found:
    """疑36: two standards for the same kind of unit charge the same 检查项; one doubt for each two standards."""
    first: dict[tuple[str, str], int] = {}
    for number, subject in subjects:
        shared: dict[int, list[str]] = {}
        for one in (one for one in subject.current if one.most):
            for kind in (kind for kind in subject.kinds if kind in one.check.kinds):
                known = first.setdefault((one.check.subject, kind), number)
                if known != number:
                    shared.setdefault(known, []).append(one.check.subject)
        titles = {at: other.standard.name for at, other in subjects}
        for known, all_names in shared.items():
            names = list(dict.fromkeys(all_names))
            message = f"“{shortened('、'.join(names))}”{titles[known]}也扣分"
            yield number, doubt("疑36", subject.standard, ("标准",), message, other=(known, ()))


def two_names(subjects: Sequence[Numbered]) -> Found:
    """疑37: two standards for the same kind of unit ask the same thing under different names."""
    seen: dict[tuple[str, object], tuple[int, str, str]] = {}
    for number, subject in subjects:
        for name, field in subject.standard.form.items():
            alike = ((kind, one) for one in likenesses(name, field) for kind in subject.kinds)
            for likeness in alike:
                known, other, title = seen.setdefault(likeness, (number, name, subject.standard.name))
                if known != number and other != name and not pairs(other).isdisjoint(pairs(name)):
                    message = f"“{name}”和{title}的“{other}”像是同一件事"
                    place: Loc = ("登记表", other)
                    yield (
                        number,
                        doubt("疑37", subject.standard, ("登记表", name), message, other=(known, place)),
                    )
                    break


def two_meanings(subjects: Sequence[Numbered]) -> Found:
    """疑38: two standards mean different things by one name."""
    seen: dict[str, tuple[int, FormField, str]] = {}
    for number, subject in subjects:
        for name, field in subject.standard.form.items():
            known, other, title = seen.setdefault(name, (number, field, subject.standard.name))
            difference = _difference(field, other)
            if known != number and difference:
                loc: Loc = ("登记表", name)
                message = f"“{name}”在{title}里{difference}"
                yield number, doubt("疑38", subject.standard, loc, message, other=(known, loc))


def _difference(field: FormField, other: FormField) -> str:
    if field.kind != other.kind:
        return f"填{other.kind}，这里填{field.kind}"
    if field.unit != other.unit:
        return f"单位是{other.unit or '没写'}，这里是{field.unit or '没写'}"
    if field.options != other.options:
        return f"选项是{shortened('、'.join(other.options), 30)}，这里不同"
    if field.note != other.note:
        return f"说明是“{shortened(other.note, 30)}”，这里不同"
    return ""


def gap_in_force(subjects: Sequence[Numbered]) -> Found:
    """疑41: between two versions of a standard there are days with neither."""
    versions: dict[str, list[Numbered]] = {}
    for number, subject in subjects:
        versions.setdefault(subject.standard.id, []).append((number, subject))
    for ones in versions.values():
        for (number, old), (later, new) in pairwise(ones):
            ends, starts = old.standard.ends, new.standard.starts
            if ends is not None and ends < starts:
                message = f"{ends} 废止，新版 {starts} 才施行，中间没有标准"
                yield number, doubt("疑41", old.standard, ("废止",), message, other=(later, ("施行",)))
