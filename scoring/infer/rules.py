"""The generic rules in the form durable-rules reads, the facts they are met by, and what a match leads to.

Clauses are data. A rule that joins facts joins those of one clause (or the flags). A match becomes a mark, or a
derived fact that is asserted in its turn: a run of 1 follows from each finding, and a run of n + 1 from a run of n and the
finding next to it. Rules only ever add (no absence, no retraction) and runs end at the longest that is told apart, so the
facts come to the same marks in whatever order they arrive.

The engine is right, and does not crash, only where

- every fact carries every field: a missing one is read from stale memory;
- names are short and fixed: it compares only 32-bit hashes of them;
- a joined pattern ends with the always-true ``{"_1": {"a": "_1"}}``: without it the engine reads past the expression when
  the last comparison is false, and crashes now and then;
- an or is two rules: its own fires once per branch.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.finding import Fact, FindingFact, FlagFact, Lift, Mark, MarkKind, OrderFact, Ruleset

SESSION = "u"
_FINDING, _ORDER, _FLAG, _RUN, _STREAK = 1, 2, 3, 4, 5
_Condition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is met (a pattern, or two that are joined as ``a`` and ``b``), and what follows: a mark or a derived fact.

    ``n`` of the mark is the fact's own where it is None; ``run`` is the kind of fact that is derived, 0 for none.
    """

    when: tuple[list[_Condition], ...]
    mark: MarkKind | None = None
    n: int | None = 0
    run: int = 0

    def text(self) -> dict[str, list[dict[str, _Condition]]]:
        """Return the rule in the engine's own form."""
        return {"all": [{name: {"$and": each}} for name, each in zip("ab", self.when, strict=False)]}


TOLD = Rule(([{"_1": 1}],))


def rules(ruleset: Ruleset) -> dict[str, Rule]:
    """Return the generic rules for a ruleset's numbers; what it does not ask for has no rule."""
    now = _same(t=_FINDING, cur=1)
    found = {
        "told": TOLD,
        "zero": Rule(([*now, *_same(zero=1)],), MarkKind.ZERO_ITEM),
        "veto": Rule(([*now, *_same(veto=1)],), MarkKind.VETO),
    }
    if ruleset.severe:
        found["severe"] = Rule(([*now, *_same(nth=ruleset.severe)],), MarkKind.SEVERE)
    if ruleset.run > 1:
        found |= _runs("run", _same(t=_FINDING), _same(t=_RUN), ruleset.run, MarkKind.REPEATED)
    if ruleset.relapse:
        fixed = [*_same(t=_ORDER, open=0), {"$gte": {"ago": 0}}, {"$lte": {"ago": ruleset.relapse}}]
        found["relapse"] = Rule((fixed, _joined(now)), MarkKind.RELAPSED, n=1)
    found |= {f"late{n}": _passed("late", n, MarkKind.OVERDUE) for n in ruleset.late}
    found |= {f"redo{n}": _passed("redo", n, MarkKind.REDONE) for n in ruleset.redo}
    for number, step in enumerate(ruleset.levels):
        found |= _lifts(number, step)
    if ruleset.streak > 1:
        found |= _runs("streak", _same(t=_FLAG), _same(t=_STREAK), ruleset.streak, MarkKind.STREAK)
    return found


def _same(**values: int) -> list[_Condition]:
    return [{name: value} for name, value in values.items()]


def _joined(conditions: list[_Condition], **fields: str) -> list[_Condition]:
    """Return the second pattern of a join, on the clause and on fields of the first; see above for its end."""
    own = {"c": "c", **fields}
    return [*conditions, *({name: {"a": other}} for name, other in own.items()), {"_1": {"a": "_1"}}]


def _runs(
    name: str, links: list[_Condition], runs: list[_Condition], longest: int, mark: MarkKind
) -> dict[str, Rule]:
    """Return the rules of a run: it begins, it goes on, and it is told where it ends in the current round."""
    kind: int = runs[0]["t"]
    return {
        f"{name}.first": Rule((links,), run=kind),
        f"{name}.next": Rule(([*runs, {"$lt": {"n": longest}}], _joined(links, seq="nxt")), run=kind),
        f"{name}.told": Rule(([*runs, *_same(cur=1), {"$gte": {"n": 2}}],), mark, n=None),
    }


def _passed(name: str, threshold: int, mark: MarkKind) -> Rule:
    return Rule(([*_same(t=_ORDER, open=1), {"$gte": {name: threshold}}],), mark, n=threshold)


def _lifts(number: int, step: Lift) -> dict[str, Rule]:
    """Return the rules that lift an order to a level: an or is two rules, for the engine's own fires twice."""
    below = [*_same(t=_ORDER, open=1), {"$lt": {"level": step.level}}]
    return {
        f"level{number}.{name}": Rule(
            ([*below, {"$gte": {name: threshold}}],), MarkKind.ESCALATED, n=step.level
        )
        for name, threshold in (("late", step.late), ("redo", step.redo))
        if threshold
    }


@dataclass(frozen=True, slots=True)
class Run:
    """A derived fact: ``n`` findings (or flags) of a clause in a row, the last of them this one."""

    t: int
    c: int
    cur: int
    seq: int
    nxt: int
    n: int


def encoded(fact: Fact | Run | None, id: int) -> str:
    """Return a fact as the engine reads it; None is the first fact of a session."""
    match fact:
        case FindingFact(c, i, cur, seq, nxt, zero, veto, nth):
            return _json(id, t=_FINDING, c=c, i=i, cur=cur, seq=seq, nxt=nxt, zero=zero, veto=veto, nth=nth)
        case OrderFact(c, open_, late, ago, level, redo):
            return _json(id, t=_ORDER, c=c, open=open_, late=late, ago=ago, level=level, redo=redo)
        case FlagFact(cur, seq, nxt):
            return _json(id, t=_FLAG, cur=cur, seq=seq, nxt=nxt)
        case Run(t, c, cur, seq, nxt, n):
            return _json(id, t=t, c=c, cur=cur, seq=seq, nxt=nxt, n=n)
        case _:
            return _json(id)


_FIELDS = (
    "t", "c", "i", "cur", "seq", "nxt", "zero", "veto", "nth", "open", "late", "ago", "level", "redo", "n",
)  # fmt: skip
_FORM = f'{{"id":"%d","sid":"{SESSION}","_1":1,{",".join(f""""{name}":%d""" for name in _FIELDS)}}}'


def _json(id: int, **values: int) -> str:
    # "%d" writes True as 1; as a word it would be no JSON.
    return _FORM % (id, *(values.get(name, 0) for name in _FIELDS))


def follows(made: Mapping[str, Rule], match: str) -> Mark | Run | None:
    """Return what a match leads to: a text like ``{"zero":{"m":{"id": "1", …}}}``, the fact called ``a`` in a join."""
    name = match[2 : match.index('"', 2)]
    rule = made[name]
    if rule is TOLD:
        return None
    met = json.loads(match)[name]
    first = met.get("a") or met["m"]
    if rule.run:
        last = met.get("b", first)
        return Run(rule.run, last["c"], last["cur"], last["seq"], last["nxt"], first["n"] + 1)
    assert rule.mark is not None
    item = first["i"] if rule.mark is MarkKind.ZERO_ITEM else 0
    return Mark(rule.mark, first["c"], item, first["level"], first["n"] if rule.n is None else rule.n)
