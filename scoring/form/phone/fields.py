"""The questions about 检查项: a group for each standard, with the limits of each answer and where it is asked at all."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.columns import REASON_SUFFIX
from scoring.form.guide import tiers
from scoring.form.phone.asked import Asked, Row
from scoring.form.phone.choices import list_of
from scoring.inspection import YES
from scoring.points import ZERO, plain
from scoring.questions import ASKED, REASON, SKIP, coded
from scoring.rule.form_field import FieldKind, FormField

_TYPES = {FieldKind.COUNT: "integer"}
_HUNDRED = 100


def group_rows(asked: Asked) -> Iterator[Row]:
    """Yield the questions, a group for each standard."""
    for title, names in asked.groups.items():
        kinds = [kind for kind in asked.kinds if any(kind in asked.concerned[name] for name in names)]
        yield {
            "type": "begin group", "name": coded(title, "g_"), "label": title, "appearance": "field-list",
            "relevant": asked.relevant(kinds),
        }  # fmt: skip
        for name in names:
            own = () if set(asked.concerned[name]) == set(kinds) else asked.concerned[name]
            yield from _question(name, asked, asked.relevant(own) if own else "")
        yield {"type": "end group"}


def asked_row(asked: Asked) -> Row:
    """Return the calculation that names every question asked of the unit's 类别, answered or not."""
    known = {
        kind: " ".join(asked.question(name) for name in asked.fields if kind in asked.concerned[name])
        for kind in asked.kinds
    }
    *some, last = known
    told = f'"{known[last]}"'
    for kind in reversed(some):
        if known[kind] != known[last]:
            told = f'if(${{kind}} = "{kind}", "{known[kind]}", {told})'
    return {"type": "calculate", "name": ASKED, "calculation": told}


def _question(name: str, asked: Asked, relevant: str) -> Iterator[Row]:
    """Yield the question about a 检查项, with those about 不适用 and the reason for points."""
    field = asked.fields[name]
    unit = "%" if field.kind is FieldKind.PERCENT else field.unit
    label = f"{name}（{unit}）" if unit else name
    code, skip = asked.question(name), coded(name, SKIP)
    row = {"name": code, "label": label, "hint": _hint(field), "relevant": relevant}
    if field.choices:
        yield {"type": f"select_one {list_of(name, field)}", **row}
        return
    if field.may_skip:
        yield {"type": "select_one yes", "name": skip, "label": f"{name}不适用", "relevant": relevant}
        applies = f'not(${{{skip}}} = "{YES}")'
        row["relevant"] = f"({relevant}) and {applies}" if relevant else applies
    yield {"type": _TYPES.get(field.kind, "decimal"), **row, **_limits(field, asked)}
    if field.kind is FieldKind.POINTS:
        given = f"${{{code}}} != ''"
        yield {
            "type": "text",
            "name": coded(name, REASON),
            "label": f"{name}{REASON_SUFFIX}",
            "relevant": given,
        }


def _limits(field: FormField, asked: Asked) -> Row:
    """Return what numbers are taken, and what is said of others."""
    scale = _HUNDRED if field.kind is FieldKind.PERCENT else 1
    low, high = (plain((end or ZERO) * scale) for end in field.limits)
    rule, message = f". >= {low} and . <= {high}", f"应在 {low} 到 {high} 之间"
    whole = field.at_most
    if whole is not None and whole in asked.fields and asked.fields[whole].numeric:
        code = asked.question(whole)
        rule = f"{rule} and (${{{code}}} = '' or . <= ${{{code}}})"
        message = f"{message}，不能多于{whole}"
    return {"constraint": rule, "constraint_message": message}


def _hint(field: FormField) -> str:
    way = {
        FieldKind.COUNT: "没有写 0；记了问题明细的可不填，按明细合计",
        FieldKind.PERCENT: "写 60 就是 60%",
        FieldKind.POINTS: f"打分（{tiers(field)}），下面写理由",
    }
    parts = [field.note, way.get(field.kind, "")]
    if field.counts_if:
        parts.append(f"问题明细里 {field.counts_if} 的才算")
    if field.register_column is not None:
        parts.append(f"不填的用名册上的{field.register_column}")
    return "；".join(part for part in parts if part)
