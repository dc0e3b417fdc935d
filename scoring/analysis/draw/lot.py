"""The lot (签): who comes first, by nothing but SHA-256, and nobody again before everyone has come once.

Keys go by SHA-256 of the seed, a line end and the key, smallest first; the order they are given in and the platform
change nothing.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from scoring.errors import Problem, ScoringError

MAX_SEED = 100


def seed_of(text: str) -> str:
    """Return a seed as it is used: NFC, trimmed; raise ScoringError where it is empty, too long or of several lines."""
    seed = unicodedata.normalize("NFC", text).strip()
    if not seed or len(seed) > MAX_SEED or not seed.isprintable():
        hint = (
            f"当众定一个，写成不超过{MAX_SEED}字的一行，如抽签日期加当天公开的开奖号码: 2026-06-30 福彩3D 506"
        )
        raise ScoringError([Problem(message="抽签种子不能用" if seed else "没有抽签种子", hint=hint)])
    return seed


def place_in_lot(seed: str, key: str) -> tuple[bytes, str]:
    """Return what the drawn are sorted by."""
    return hashlib.sha256(f"{seed}\n{key}".encode("utf-8", "surrogatepass")).digest(), key


def picked(keys: Iterable[str], number: int, seed: str, before: Sequence[Collection[str]] = ()) -> list[str]:
    """Return ``number`` keys in the order drawn: first those not drawn in this turn, then, in a new turn, others."""
    members = set(keys)
    seen = in_turn(members, before)
    lot = sorted(members, key=lambda key: (key in seen, place_in_lot(seed, key)))
    return lot[:number]


def in_turn(members: Collection[str], before: Sequence[Collection[str]]) -> set[str]:
    """Return who has been drawn in the turn that runs: once everyone was, a new turn holds only those drawn twice."""
    seen: set[str] = set()
    for drawn in before:
        now = {key for key in drawn if key in members}
        twice = seen & now
        seen |= now
        if len(seen) == len(members):
            seen = twice if len(twice) < len(members) else set()
    return seen


def fingerprint(lines: Iterable[str]) -> str:
    """Return twelve digits that change with what is drawn from, told in lines."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:12]
