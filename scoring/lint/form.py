"""Doubts about the 登记表 and 计算: what nobody uses, what asks the same thing twice, kinds of unit nobody checks."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.lint.doubt import Doubt
from scoring.lint.subject import Subject
from scoring.lint.words import pairs, stem
from scoring.rectify.orders import SLOT
from scoring.rule.form_field import FormField

_SHORT_NOTE = 6


def unused(subject: Subject) -> Iterator[Doubt]:
    """疑17: the inspector fills in, or the program works out, what no clause looks at."""
    used = _used(subject)
    for name in subject.standard.form:
        if name not in used:
            yield subject.doubt("疑17", ("登记表", name), f"“{name}”没有一条看它")
    for name in subject.standard.computed:
        if name not in used:
            yield subject.doubt("疑17", ("计算", name), f"“{name}”没有一条看它")


def _used(subject: Subject) -> set[str]:
    """Return every name that a clause of any version rests on or an order tells."""
    used: set[str] = set()
    for one in subject.cards:
        used.update(one.check.reads)
    for placed in subject.clauses:
        remedy = placed.card.remedy
        used.update(placed.check.reads)
        used.update(SLOT.findall(remedy.text + remedy.unit + remedy.person))
    for computed in reversed(subject.terms.computed):
        if computed.name in used:
            used.update(computed.reads)
    return {name for one in used for name in (one, *subject.terms.asked.get(one, ()))}


def two_names(subject: Subject) -> Iterator[Doubt]:
    """疑18: two 检查项 of one form ask the same thing."""
    seen: dict[object, str] = {}
    for name, field in subject.standard.form.items():
        for likeness in likenesses(name, field):
            first = seen.setdefault(likeness, name)
            if first != name and not pairs(first).isdisjoint(pairs(name)):
                yield subject.doubt("疑18", ("登记表", name), f"“{name}”和“{first}”像是同一件事")
                break


def likenesses(name: str, field: FormField) -> Iterator[object]:
    """Yield what two fields that ask the same thing under different names have in common."""
    manner = (field.kind, field.unit, field.options)
    yield manner, stem(name)
    if len(field.note) >= _SHORT_NOTE:
        yield manner, "说明", field.note.strip()


def unchecked_kind(subject: Subject) -> Iterator[Doubt]:
    """疑19: no clause is about a kind of unit that the standard says it is for."""
    checked = {kind for one in subject.current for kind in one.check.kinds}
    for place, kind in enumerate(subject.standard.kinds):
        if kind not in checked:
            yield subject.doubt("疑19", ("适用", place), f"没有一条查{kind}")
