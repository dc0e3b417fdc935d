"""What is declared of the rule of a published table, by the bulletin or by its 考核办法."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from scoring.points import ZERO

if TYPE_CHECKING:
    from scoring.rule.scheme import Scheme

HUNDRED = Decimal(100)
ROUNDED_LAST = "合计后四舍五入"


@dataclass(frozen=True, slots=True)
class Declared:
    """The rule as far as it is declared; None is left for the table itself to show.

    ``ties`` is 占位 or 连续; ``groups`` are the titles of the columns within which is ranked; ``weights`` the parts' shares
    (0.7 is 70 %); ``floors`` the 起点分 of the grades; ``places`` the decimals of a score; ``full`` the full mark (None: no
    limit); ``rounding`` one of ``sums.WAYS``. ``extra`` says that points (附加分) may be added to the parts.
    """

    ties: str | None = None
    groups: tuple[str, ...] | None = None
    weights: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    floors: Mapping[str, Decimal] | None = None
    places: int | None = None
    full: Decimal | None = HUNDRED
    rounding: str | None = None
    extra: bool = False


def declared_by(scheme: Scheme) -> Declared:
    """Return what a 考核办法 declares: each published number half up, totals from the published parts below."""
    most = ZERO if scheme.extra is None else scheme.extra.most
    return Declared(
        scheme.ties,
        scheme.groups,
        _weights(scheme),
        scheme.grades,
        scheme.places,
        HUNDRED + most,
        ROUNDED_LAST,
        scheme.extra is not None,
    )


def _weights(scheme: Scheme) -> Mapping[str, Decimal]:
    """Return the parts a bulletin of this scheme shows: rounds below and its own, else its sources; none of several standards."""
    if scheme.parts:
        return {part.name: part.share for part in scheme.parts}
    kinds = {kind for one in scheme.standards for kind in one.kinds or ("",)}
    joined = any(len(scheme.used(kind)) > 1 for kind in kinds)
    return {} if joined or not scheme.sources else scheme.shares
