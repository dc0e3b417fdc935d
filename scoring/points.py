"""Points are exact decimals, rounded half-up once, when they are published."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

ZERO = Decimal(0)
ONE = Decimal(1)
_STEPS = tuple(ONE.scaleb(-places) for places in range(5))
_NEARLY = ONE.scaleb(-15)
# Wide enough that every product and sum the bounds on fields and points allow is exact: the only
# rounding in the program is the one written below.
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def publish(points: Decimal, places: int = 2) -> Decimal:
    """Round points half-up, to two places unless a scheme says otherwise (0 to 4), as every published number is.

    >>> publish(Decimal("0.125")), publish(Decimal("94"))
    (Decimal('0.13'), Decimal('94.00'))
    """
    return points.quantize(_STEPS[places], ROUND_HALF_UP, _EXACT)


def ratio(numerator: Decimal, denominator: Decimal, scale: Decimal = ONE, places: int = 2) -> Decimal:
    """Return ``numerator × scale ÷ denominator``, published; the one division of a score (折算).

    >>> ratio(Decimal(76), Decimal(80), Decimal(100))
    Decimal('95.00')
    """
    return publish(_EXACT.divide(_EXACT.multiply(numerator, scale), denominator), places)


def publish_fraction(share: Fraction, places: int = 2) -> Decimal:
    """Round an exact share or mean of published numbers, as ``publish`` does.

    >>> publish_fraction(Fraction(2, 3))
    Decimal('0.67')
    """
    return ratio(Decimal(share.numerator), Decimal(share.denominator), places=places)


def publish_quotient(points: Decimal, places: int = 2) -> Decimal:
    """Round what was divided and carried to 28 digits, as ``publish`` rounds what it stands for.

    >>> sevenths = sum([Decimal("0.005") / 7] * 7, ZERO)
    >>> publish(sevenths), publish_quotient(sevenths)
    (Decimal('0.00'), Decimal('0.01'))
    """
    return publish(points.quantize(_NEARLY, ROUND_HALF_UP, _EXACT), places)


def plain(points: Decimal) -> str:
    """Write points the way a clerk would: no exponent, no trailing zeros.

    >>> plain(Decimal("6.00")), plain(Decimal("1.50")), plain(Decimal("1E+2"))
    ('6', '1.5', '100')
    """
    text = str(points)
    if "E" in text:
        text = f"{points:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def percent(share: Decimal) -> str:
    """Write a share the way a clerk would.

    >>> percent(Decimal("0.7")), percent(Decimal("0.3333"))
    ('70%', '33.33%')
    """
    return f"{plain(share * 100)}%"


def span(low: Decimal | None, high: Decimal | None) -> str:
    """Write a score, or from where to where it may come, — where there is none.

    >>> span(Decimal("90.00"), Decimal("90.00")), span(Decimal("84.00"), Decimal("100.00")), span(None, None)
    ('90.00', '84.00～100.00', '—')
    """
    if low is None or high is None:
        return "—"
    return str(low) if low == high else f"{low}～{high}"
