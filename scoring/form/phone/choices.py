"""The lists that a phone form offers: answers, sources, kinds of unit, the units of the register, the 检查项 of the 问题明细."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.form.phone.asked import Asked, Row
from scoring.form.style import SOURCES
from scoring.inspection import NO, YES, Unit
from scoring.questions import coded
from scoring.rule.form_field import STAYS_BLANK, FormField

SKIPPED = "不适用"


def list_of(name: str, field: FormField) -> str:
    """Return the name of the list that answers a 检查项."""
    return coded(name, "c_") if field.choices else ""


def choice_rows(asked: Asked, units: Sequence[Unit]) -> Iterator[Row]:
    """Yield every list's choices."""
    yield from _listed("yes", (YES,))
    yield from _listed("yes_no", (YES, NO))
    yield from _listed("sources", SOURCES)
    if not units:
        yield from _listed("kinds", asked.kinds)
    for area in areas(units):
        yield {"list_name": "areas", "name": area, "label": area}
    for unit in units:
        more = {"kind": unit.kind, "area": unit.area}
        yield {"list_name": "units", "name": unit.id, "label": unit.name, **more}
    for name in asked.counted:
        yield {
            "list_name": "items",
            "name": name,
            "label": name,
            "kinds": "|".join(("", *asked.concerned[name], "")),
        }
    for name, field in asked.fields.items():
        if field.choices:
            words = (*field.choices, STAYS_BLANK, *((SKIPPED,) if field.may_skip else ()))
            yield from _listed(list_of(name, field), tuple(dict.fromkeys(words)))


def areas(units: Sequence[Unit]) -> list[str]:
    """Return the 片区 of some units, none where there is only one."""
    found = sorted({unit.area for unit in units if unit.area})
    return found if len(found) > 1 else []


def _listed(name: str, words: Sequence[str]) -> Iterator[Row]:
    for word in words:
        yield {"list_name": name, "name": word, "label": word}
