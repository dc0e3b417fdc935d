"""What became of each clause between two versions of a standard: versions of one 编号 are told apart by their 施行."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scoring.diff.cards import key_changes
from scoring.diff.change import Change, Kind, Part, by_id, card_changes
from scoring.explain.readback import bonus_sentence, clause_sentence
from scoring.points import plain
from scoring.rule.clause import BonusClause, Clause
from scoring.rule.standard import Standard


def clause_changes(old: Standard, new: Standard, heir: Mapping[str, str]) -> Iterator[Change]:
    """Yield what became of every clause; ``heir`` names the new 项目 of each old one."""
    before, after = _versions(old), _versions(new)
    for id in sorted(before.keys() | after.keys(), key=by_id):
        yield from _one_clause(id, before.get(id, []), after.get(id, []), heir, (old, new))


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of a clause, the 项目 it stands in, and when it comes into force."""

    clause: Clause
    item: str
    starts: date


def _versions(standard: Standard) -> dict[str, list[_Version]]:
    found: dict[str, list[_Version]] = {}
    for item in standard.items:
        for clause in item.clauses:
            found.setdefault(clause.id, []).append(
                _Version(clause, item.name, clause.starts or standard.starts)
            )
    return {id: sorted(versions, key=lambda one: one.starts) for id, versions in found.items()}


def _one_clause(
    id: str,
    before: list[_Version],
    after: list[_Version],
    heir: Mapping[str, str],
    both: tuple[Standard, Standard],
) -> Iterator[Change]:
    """Yield what became of one 编号: versions are paired by the 施行 they write, then in order; others came or went."""
    written = {one.clause.starts: one for one in before}
    pairs = [(written[one.clause.starts], one) for one in after if one.clause.starts in written]
    gone = [one for one in before if all(one is not pair[0] for pair in pairs)]
    come = [one for one in after if all(one is not pair[1] for pair in pairs)]
    pairs += list(zip(gone, come, strict=False))
    for one, other in sorted(pairs, key=lambda pair: pair[1].starts):
        yield from card_changes(Part.CLAUSE, id, one.clause, other.clause, both)
        if heir.get(one.item) != other.item:
            text = f"由项目“{one.item}”移到“{other.item}”"
            yield Change(Part.CLAUSE, id, Kind.CHANGED, text, "项目")
    for one in gone[len(come) :]:
        version = f" {one.starts} 施行的一版" if after else ""
        yield Change(Part.CLAUSE, id, Kind.REMOVED, f"删去{version}: {clause_sentence(one.clause, both[0])}")
    for other in come[len(gone) :]:
        yield from _came(id, other, after, both)


def _came(
    id: str, version: _Version, after: list[_Version], both: tuple[Standard, Standard]
) -> Iterator[Change]:
    """Yield what a new version says: a new clause in whole, a successor by what it changes."""
    earlier = [one for one in after if one.starts < version.starts]
    if not earlier:
        yield Change(Part.CLAUSE, id, Kind.ADDED, f"新增: {clause_sentence(version.clause, both[1])}")
        return
    skip = frozenset({"施行", "算例"})
    found = key_changes(earlier[-1].clause, version.clause, (both[1].fields, both[1].fields), skip)
    said = "；".join(one.sentence for one in found) or "其余不变"
    yield Change(Part.CLAUSE, id, Kind.SUCCEEDED, f"{version.starts} 起用新版: {said}")


def bonus_changes(old: Standard, new: Standard) -> Iterator[Change]:
    """Yield what became of the 加分."""
    caps = [plain(one.bonus.cap) if one.bonus else "" for one in (old, new)]
    if all(caps) and caps[0] != caps[1]:
        yield Change(Part.BONUS, "", Kind.CHANGED, f"最高加由“{caps[0]}”改为“{caps[1]}”", "最高加")
    before, after = _bonus_cards(old), _bonus_cards(new)
    for id in sorted(before.keys() | after.keys(), key=by_id):
        if id not in after:
            yield Change(Part.BONUS, id, Kind.REMOVED, f"删去: {bonus_sentence(before[id], old)}")
        elif id not in before:
            yield Change(Part.BONUS, id, Kind.ADDED, f"新增: {bonus_sentence(after[id], new)}")
        else:
            yield from card_changes(Part.BONUS, id, before[id], after[id], (old, new))


def _bonus_cards(standard: Standard) -> dict[str, BonusClause]:
    return {} if standard.bonus is None else {one.id: one for one in standard.bonus.clauses}
