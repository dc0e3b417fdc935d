"""Values made by the hundred thousand: frozen dataclasses with slots, made in half the time."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

T = TypeVar("T")


def swiftly_made(cls: type[T]) -> type[T]:
    """Give a frozen dataclass with slots an ``__init__`` that fills each slot by the slot's own setter.

    The usual one asks ``object.__setattr__`` to look every slot up by its name. All else stays: the signature, what is
    frozen, equality, hash and repr. What a default factory makes is shared, and there may be no ``__post_init__``.
    """
    own = fields(cls)  # type: ignore[arg-type]  # that it is a dataclass no type can say
    known: dict[str, Any] = {f"_set_{one.name}": getattr(cls, one.name).__set__ for one in own}
    known |= {f"_default_{one.name}": _default(one) for one in own}
    told = [
        one.name if known[f"_default_{one.name}"] is MISSING else f"{one.name}=_default_{one.name}"
        for one in own
    ]
    lines = [
        f"def __init__(self, {', '.join(told)}):",
        *(f"    _set_{one.name}(self, {one.name})" for one in own),
    ]
    # No text but the names of fields, which stand in our own source.
    exec("\n".join(lines), known)
    known["__init__"].__wrapped__ = cls.__init__
    cls.__init__ = known["__init__"]  # type: ignore[method-assign]
    return cls


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()
