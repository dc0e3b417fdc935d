"""The audit trail: every event hashed together with the hash of the one before, so that no past event can change unseen.

``hash = SHA-256(previous hash + canonical JSON of the event)``. Canonical: keys sorted, no blanks, UTF-8, numbers only as
whole numbers or decimal strings. A chain shows edits, insertions and deletions inside it; that its end was cut off shows
only where its head was written down elsewhere (printed on a bulletin), which is what ``expected`` is for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: its number from 1, when (ISO, seconds), who, what kind, about what, and the particulars."""

    number: int
    at: str
    who: str
    kind: str
    about: str
    body: Json
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold: the event's number and what is wrong with it."""

    number: int
    message: str


def canonical(value: object) -> str:
    """Return the one JSON text of a value.

    Raises TypeError for a float (no float enters the trail) and for anything JSON does not know.

    >>> canonical({"乙": [1, "0.50"], "甲": None})
    '{"乙":[1,"0.50"],"甲":null}'
    """
    _no_floats(value)
    return _encode(value)


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


_LEAVES = frozenset((str, int, bool, type(None)))


def _no_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("a float cannot enter the audit trail")
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    # Nearly everything that is kept is text.
    if not _LEAVES.issuperset(map(type, parts)):
        for one in parts:
            _no_floats(one)


def link(previous: str, number: int, at: str, who: str, kind: str, about: str, body: Json) -> Event:
    """Return the next event of a chain whose head is ``previous``."""
    return Event(
        number, at, who, kind, about, body, previous, _hash(previous, number, at, who, kind, about, body)
    )


def _hash(previous: str, number: int, at: str, who: str, kind: str, about: str, body: Json) -> str:
    said = canonical([number, at, who, kind, about, body])
    return hashlib.sha256((previous + said).encode("utf-8", "surrogatepass")).hexdigest()


def verify(events: Iterable[Event], expected: str = "") -> Broken | None:
    """Return the first broken link of a chain, None where all hold.

    ``expected`` is a head written down earlier: the chain must have passed through it.
    """
    previous, number, seen = GENESIS, 0, not expected or expected == GENESIS
    for event in events:
        number += 1
        if event.number != number:
            return Broken(number, f"第{number}条记录不见了（后面是第{event.number}条）")
        if event.previous != previous:
            return Broken(number, f"第{number}条记录接不上前一条")
        own = (event.previous, event.number, event.at, event.who, event.kind, event.about, event.body)
        if event.hash != _hash(*own):
            return Broken(number, f"第{number}条记录（{event.at} {event.kind} {event.about}）被改过")
        previous = event.hash
        seen = seen or event.hash == expected
    if not seen:
        return Broken(number, f"记录里没有这个校验码 {expected[:12]}……，末尾的记录可能被截去")
    return None
