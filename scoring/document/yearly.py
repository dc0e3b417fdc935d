"""The totals of the registers as an annual summary says them: name, count, 量词, or a blank where nothing was registered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.document.content import BLANK, named
from scoring.registers.totals import URGING, Total, Totals


@dataclass(frozen=True, slots=True)
class Said:
    """One number of the summary and where it is from."""

    name: str = named("项目")
    count: str = named("数")
    source: str = named("出自")


class Sayings:
    """Say totals, and keep what was said, what stayed blank and what is doubtful."""

    def __init__(self, totals: Totals) -> None:
        self._known = {(one.source, one.name): one for one in totals.counts}
        self._doubts = totals.doubts
        self._told: dict[tuple[str, str], Said] = {}
        self._blanks: dict[str, None] = {}

    @property
    def told(self) -> tuple[Said, ...]:
        """Return every number that was said, in the order in which it was."""
        return tuple(self._told.values())

    @property
    def blanks(self) -> tuple[str, ...]:
        """Return what stayed blank because nothing was registered."""
        return tuple(self._blanks)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return what two registers count differently."""
        return self._doubts

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the names of everything that is counted of a kind of register, in their order."""
        return tuple(name for source, name in self._known if source == kind)

    def kept(self, kind: str) -> bool:
        """Return whether a register of a kind has any entry."""
        return any(one.entries for one in self._known.values() if one.source == kind)

    def __call__(self, name: str, kind: str) -> str:
        """Say one total."""
        one = self._known[kind, name]
        return self._say(one, [one] if one.entries else [], kind)

    def either(self, name: str, kind: str, other: str) -> str:
        """Say what two registers may count both: once where they agree or one is silent, blank where they differ."""
        both = [self._known[kind, name], self._known[other, name]]
        counts = {one.count for one in both if one.count}
        kept = [one for one in both if one.entries]
        if len(counts) > 1:
            return self._say(both[0], [], f"{kind}、{other}")
        taken = [one for one in kept if one.count] or kept
        return self._say(both[0], taken[:1], taken[0].source if taken else f"{kind}、{other}")

    def summed(self, name: str, kind: str) -> str:
        """Say what a register and the urging of orders count apart from each other."""
        own, urged = self._known[kind, name], self._known.get((URGING, name))
        return self._say(
            own,
            [one for one in (own, urged) if one and (one.entries or one.source == URGING)],
            f"{kind}、{URGING}",
        )

    def _say(self, one: Total, counted: Iterable[Total], source: str) -> str:
        found = list(counted)
        unsaid = sum(each.unsaid for each in found)
        count = f"{sum(each.count for each in found)}{one.unit}" if found else f"{BLANK}{one.unit}"
        if not found:
            self._blanks.setdefault(one.words)
        more = f"（另有{unsaid}条没写）" if unsaid else ""
        self._told[source, one.name] = Said(one.words, f"{count}{more}", source)
        return f"{one.words}{count}"
