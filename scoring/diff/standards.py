"""What changed between two versions of a standard, in sentences, clause by clause; the order of a file changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scoring.compile.reach import resting_on
from scoring.diff.change import Change, Kind, Part, by_id, card_changes
from scoring.diff.clauses import bonus_changes, clause_changes
from scoring.explain.readback import computed_sentence
from scoring.points import plain
from scoring.rule.clause import Item
from scoring.rule.standard import Standard


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed between two versions of a standard, and the 编号 of every clause that this concerns.

    A clause is concerned where its own card changed, or what it rests on did: a 检查项, a computed field, the 满分 of
    its 项目.
    """

    old: Standard
    new: Standard
    changes: tuple[Change, ...]
    affected: tuple[str, ...]


_OWN = frozenset({"登记表", "计算", "项目", "结论", "加分", "等次"})


def diff(old: Standard, new: Standard) -> Diff:
    """Compare two versions of a standard."""
    heir = _renamed(old, new)
    changes = (
        *_standard(old, new),
        *_items(old, new, heir),
        *_fields(old, new),
        *_computed(old, new),
        *clause_changes(old, new, heir),
        *bonus_changes(old, new),
        *_conclusions(old, new),
    )
    return Diff(old, new, changes, _affected(old, new, changes))


def _affected(old: Standard, new: Standard, changes: Iterable[Change]) -> tuple[str, ...]:
    law = [one for one in changes if one.law]
    found = {one.name for one in law if one.part in (Part.CLAUSE, Part.BONUS) and one.name}
    names = {one.name for one in law if one.part in (Part.FIELD, Part.COMPUTED)}
    marks = {one.name for one in law if one.part is Part.ITEM and one.key == "满分"}
    for standard in (old, new):
        found |= set(resting_on(standard, names)) if names else set()
        found |= {clause.id for item in standard.items if item.name in marks for clause in item.clauses}
    return tuple(sorted(found, key=by_id))


def _standard(old: Standard, new: Standard) -> Iterator[Change]:
    yield from card_changes(Part.STANDARD, "", old, new, (old, new), _OWN)
    if old.grades != new.grades:
        words = [
            "，".join(f"{name} {plain(floor)}" for name, floor in one.grades.items()) for one in (old, new)
        ]
        yield Change(Part.STANDARD, "", Kind.CHANGED, f"等次由“{words[0]}”改为“{words[1]}”", "等次")


def _renamed(old: Standard, new: Standard) -> Mapping[str, str]:
    """Return the new name of each old 项目 that lives on: of its own name, else the one that took over its clauses."""
    names = {item.name for item in new.items}
    kept = {item.name: item.name for item in old.items if item.name in names}
    home = {clause.id: item.name for item in new.items for clause in item.clauses}
    taken = set(kept.values())
    for item in old.items:
        heirs = [home[clause.id] for clause in item.clauses if clause.id in home]
        heirs = [one for one in heirs if one not in taken]
        if item.name not in kept and heirs:
            kept[item.name] = max(sorted(set(heirs)), key=heirs.count)
            taken.add(kept[item.name])
    return kept


def _items(old: Standard, new: Standard, heir: Mapping[str, str]) -> Iterator[Change]:
    before, after = _named(old.items), _named(new.items)
    for name in sorted(before):
        if name not in heir:
            yield Change(Part.ITEM, name, Kind.REMOVED, f"删去项目“{name}”（{plain(before[name].full)}分）")
            continue
        yield from card_changes(
            Part.ITEM, heir[name], before[name], after[heir[name]], (old, new), frozenset({"条款"})
        )
    for name in sorted(after.keys() - set(heir.values())):
        yield Change(Part.ITEM, name, Kind.ADDED, f"新增项目“{name}”（{plain(after[name].full)}分）")


def _named(items: Iterable[Item]) -> dict[str, Item]:
    return {item.name: item for item in items}


def _fields(old: Standard, new: Standard) -> Iterator[Change]:
    for name in sorted(old.form.keys() | new.form.keys()):
        one, other = old.form.get(name), new.form.get(name)
        if one is not None and other is not None:
            yield from card_changes(Part.FIELD, name, one, other, (old, new))
        elif other is not None:
            unit = f"，单位{other.unit}" if other.unit else ""
            yield Change(Part.FIELD, name, Kind.ADDED, f"新增，填{other.kind}{unit}")
        else:
            yield Change(Part.FIELD, name, Kind.REMOVED, "删去")


def _computed(old: Standard, new: Standard) -> Iterator[Change]:
    for name in sorted(old.computed.keys() | new.computed.keys()):
        one, other = old.computed.get(name), new.computed.get(name)
        if one is not None and other is not None:
            if type(one) is type(other):
                yield from card_changes(Part.COMPUTED, name, one, other, (old, new))
            else:
                words = computed_sentence(name, one), computed_sentence(name, other)
                yield Change(Part.COMPUTED, name, Kind.CHANGED, f"由“{words[0]}”改为“{words[1]}”")
        elif other is not None:
            yield Change(Part.COMPUTED, name, Kind.ADDED, f"新增: {computed_sentence(name, other)}")
        else:
            yield Change(Part.COMPUTED, name, Kind.REMOVED, "删去")


def _conclusions(old: Standard, new: Standard) -> Iterator[Change]:
    for name in sorted(old.conclusions.keys() | new.conclusions.keys()):
        words = ["、".join(sorted(one.conclusions.get(name, ()), key=by_id)) for one in (old, new)]
        if words[0] == words[1]:
            continue
        kind = Kind.ADDED if not words[0] else Kind.REMOVED if not words[1] else Kind.CHANGED
        text = {Kind.ADDED: f"新增，看 {words[1]}", Kind.REMOVED: "删去"}.get(
            kind, f"由“{words[0]}”改为“{words[1]}”"
        )
        yield Change(Part.CONCLUSION, name, kind, text)
