"""A recorded visit put right, answer by answer (更正): new answers are read and checked as those of a sheet are.

What is changed is named ``检查项``, or ``检查项@点位`` for one row of the 问题明细 (by its place, or by its number in the order
in which rows are told) or one 点位 of the sheet. A count that rests on rows is put right row by row, so that it always
stays what its rows come to; a row that comes to 0 is struck.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from scoring.errors import Problem, ScoringError, did_you_mean, shortened
from scoring.inspection import BLANK, NO, NOT_APPLICABLE, Answer, Inspection, NotChecked, Occurrence
from scoring.match.derive import answer_text
from scoring.match.occurrences import Counter
from scoring.points import ZERO, plain
from scoring.rule.form_field import FieldKind, FormField
from scoring.sheets.answers import UNEXPLAINED, answer
from scoring.sheets.cells import CellError

AT, UNPLACED, STRUCK = "@", "没写点位", "去掉"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing put right: a 检查项, or with ``place`` one row or 点位 of it; what was recorded, and what is right."""

    field: str
    place: str
    old: str
    new: str


@dataclass(slots=True)
class _Work:
    """A visit on the way from what was recorded to what is right."""

    visit: Inspection
    answers: dict[str, Answer]
    places: Mapping[str, tuple[str, ...]]
    reasons: dict[str, str]
    occurrences: list[Occurrence]
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, name: str, message: str, hint: str) -> None:
        where = f"{self.visit.unit.name} {self.visit.date} “{shortened(name)}”"
        self.problems.append(Problem(where=where, message=message, hint=hint, unit=self.visit.unit.id))


def corrected(
    visit: Inspection, wanted: Mapping[str, str], fields: Mapping[str, FormField], reason: str
) -> tuple[Inspection, tuple[Change, ...]]:
    """Return a visit with some answers put right, and what was changed; ``reason`` is kept with points that are given.

    Raises ScoringError naming every change that cannot be made, with what can.
    """
    work = _Work(visit, dict(visit.answers), visit.places, dict(visit.reasons), list(rows_of(visit)))
    for name, asked in _by_field(wanted).items():
        if name not in visit.columns or name not in fields:
            known = sorted(one for one in visit.columns if one in fields)
            work.complain(name, "这次检查的表上没有这个检查项", did_you_mean(name, known))
        elif any(one.field == name for one in visit.occurrences):
            _rows(work, name, fields[name], asked)
        else:
            _cell(work, name, fields[name], asked, reason)
    if not wanted:
        work.complain("更正", "没写改什么", "写 检查项=新的答案，如 垃圾乱倒处数=2")
    if work.problems:
        raise ScoringError(work.problems)
    found = replace(
        visit,
        answers=work.answers,
        places=work.places,
        reasons=work.reasons,
        occurrences=tuple(work.occurrences),
    )
    return found, tuple(work.changes)


def rows_of(visit: Inspection, name: str = "") -> tuple[Occurrence, ...]:
    """Return the rows of a visit's 问题明细, of one 检查项 or all, in the order in which they are told and numbered."""
    found = (one for one in visit.occurrences if not name or one.field == name)
    return tuple(sorted(found, key=lambda one: one.said))


def written(answer: Answer, asked: FormField) -> str:
    """Write an answer as a clerk would."""
    if isinstance(answer, NotChecked):
        if answer == BLANK:
            return "没填"
        return "未查" if answer.reason == UNEXPLAINED else f"未查（{answer.reason}）"
    return "不适用" if answer == NOT_APPLICABLE else answer_text(answer, asked.kind)


def _by_field(wanted: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what is wanted by 检查项, then by place; "" is the answer itself."""
    found: dict[str, dict[str, str]] = {}
    for key, text in sorted(wanted.items()):
        name, _, place = key.replace("＠", AT).partition(AT)
        found.setdefault(name.strip(), {})[place.strip()] = text
    return found


def _cell(work: _Work, name: str, asked: FormField, wanted: Mapping[str, str], reason: str) -> None:
    """Put an answer of the sheet right, and its 点位."""
    old = work.answers.get(name, BLANK)
    new = _read(work, name, asked, wanted[""]) if "" in wanted else old
    if new is None:
        return
    if new != old:
        work.answers[name] = new
        work.changes.append(Change(name, "", written(old, asked), written(new, asked)))
        if asked.kind is FieldKind.POINTS:
            work.reasons[name] = reason
    elif "" in wanted:
        work.complain(name, f"与原来一样（{written(old, asked)}）", "写与原来不同的答案，或不写这一项")
    left = _left(work, name, wanted)
    if new != old and (new in (ZERO, NO, NOT_APPLICABLE) or isinstance(new, NotChecked)):
        left = ()
    if new != old and asked.kind is FieldKind.COUNT and isinstance(new, Decimal) and len(left) > new:
        message = f"改为 {plain(new)}，点位还有{len(left)}个（{'、'.join(left)}）"
        work.complain(name, message, f"写明去掉哪个，如 {name}{AT}{left[0]}=0")
    work.places = {**work.places, name: left} if left else _but(work.places, name)


def _left(work: _Work, name: str, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Return the 点位 of an answer but those that are struck."""
    listed = work.places.get(name, ())
    for place in filter(None, wanted):
        if place not in listed:
            hint = did_you_mean(place, listed, label="点位") or "没有点位的，只写新的答案"
            work.complain(name, f"没有“{shortened(place)}”这个点位", hint)
        elif wanted[place].strip() != "0":
            hint = f"去掉它写 {name}{AT}{place}=0，总数另写 {name}=新的数"
            work.complain(name, f"“{place}”的数没有单独记", hint)
        else:
            work.changes.append(Change(name, place, "有", STRUCK))
    return tuple(one for one in listed if one not in wanted)


def _rows(work: _Work, name: str, asked: FormField, wanted: Mapping[str, str]) -> None:
    """Put rows of the 问题明细 right; the count follows."""
    rows = rows_of(work.visit, name)
    told = "；".join(row_line(number, one, asked) for number, one in enumerate(rows, start=1))
    if "" in wanted:
        message = f"由问题明细的{len(rows)}行合计，不能直接改"
        work.complain(name, message, f"写明哪一行改为几，如 {name}{AT}1=0 去掉第1行: {told}")
    before, put = _total(work, name, asked), set[int]()
    for place in filter(None, wanted):
        found = [at for at, one in enumerate(rows) if one.place == place] or list(_numbered(rows, place))
        if len(found) != 1 or found[0] in put:
            again = "写了两次" if len(found) == 1 else f"有{len(found)}行" if found else "这一行没有"
            work.complain(name, f"问题明细“{shortened(place)}”{again}", f"写行号，每行一次: {told}")
        elif (count := _read(work, name, asked, wanted[place])) is not None:
            put.add(found[0])
            _recount(work, rows[found[0]], count)
    after, left = (
        _total(work, name, asked),
        rows_of(replace(work.visit, occurrences=tuple(work.occurrences)), name),
    )
    if isinstance(work.answers.get(name), Decimal) or not left:
        work.answers[name] = after
    if not left:
        work.places = _but(work.places, name)
    if after != before:
        work.changes.append(Change(name, "", plain(before), plain(after)))


def _recount(work: _Work, row: Occurrence, count: Answer) -> None:
    if not isinstance(count, Decimal):
        work.complain(row.field, f"“{row.place}”应填数", "去掉这一行写 0")
    elif count == row.count:
        work.complain(
            row.field, f"“{row.place}”与原来一样（{plain(count)}）", "写与原来不同的数，或不写这一行"
        )
    else:
        at = work.occurrences.index(row)
        work.occurrences[at : at + 1] = [replace(row, count=count)] if count else []
        work.changes.append(Change(row.field, row.place or UNPLACED, plain(row.count), plain(count)))


def _but(places: Mapping[str, tuple[str, ...]], name: str) -> dict[str, tuple[str, ...]]:
    return {key: listed for key, listed in places.items() if key != name}


def _numbered(rows: Sequence[Occurrence], word: str) -> Iterator[int]:
    yield from (at for at in range(len(rows)) if word == str(at + 1))


def row_line(number: int, one: Occurrence, asked: FormField) -> str:
    """Return a row of the 问题明细 with the number it is named by."""
    return f"{number} {one.place or UNPLACED} {plain(one.count)}{asked.unit}"


def _total(work: _Work, name: str, asked: FormField) -> Decimal:
    """Return what the rows of a 检查项 come to, those left out that are too small to count."""
    own = tuple(one for one in work.occurrences if one.field == name)
    seen = replace(work.visit, occurrences=own, answers={})
    total = Counter({name: asked})(seen, []).answers.get(name, ZERO)
    return total if isinstance(total, Decimal) else ZERO


def _read(work: _Work, name: str, asked: FormField, text: str) -> Answer | None:
    """Return a new answer, None where it cannot be read (then the problem is kept)."""
    try:
        found = answer(text, asked)
    except CellError as error:
        work.complain(name, error.message, error.hint)
        return None
    if found == BLANK:
        work.complain(name, "没写新的答案", "没有问题的写 0 或 否，查不清的写 未查（原因）")
        return None
    return found
