"""Messages to rows of a 问题明细 that wait for a person's word: each says on which words it rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scoring import columns
from scoring.errors import visible
from scoring.pasted.messages import Message
from scoring.pasted.pieces import pieces
from scoring.pasted.places import Units, amount_in, limit_in, place_in, units_in
from scoring.pasted.vocabulary import Level, Match, Words
from scoring.sheets.register import Register

COLUMNS = (
    columns.ADOPTED, columns.UNIT, columns.CODE, columns.DATE, columns.TIME, columns.SOURCE, columns.INSPECTORS, columns.ITEM,
    columns.MAY_BE, columns.PLACE_SUFFIX, columns.COUNT, columns.NOTE, columns.GROUNDS, columns.RAW,
)  # fmt: skip
_NOBODY = Units((), ())
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Pending:
    """Rows under ``COLUMNS`` that may each be a problem, and the other lines, each with its number, that tell of none."""

    rows: tuple[tuple[str, ...], ...]
    rest: tuple[tuple[int, str], ...]


def pending(messages: Iterable[Message], words: Words, register: Register | None) -> Pending:
    """Return what may be a problem in some messages; nothing of it is taken, and no line is dropped."""
    rows: list[tuple[str, ...]] = []
    rest: list[tuple[int, str]] = []
    for message in messages:
        above = _NOBODY
        for number, line in message.lines:
            before = len(rows)
            for piece in pieces(line, words.tells):
                own = units_in(piece, register) if register is not None else _NOBODY
                if own.found:
                    above = own
                if (row := _row(message, number, piece, own, above, words, register)) is not None:
                    rows.append(row)
            if len(rows) == before:
                rest.append((number, line))
    return Pending(tuple(rows), tuple(rest))


def _row(
    message: Message,
    number: int,
    piece: str,
    own: Units,
    above: Units,
    words: Words,
    register: Register | None,
) -> tuple[str, ...] | None:
    """Return a piece's row, None where it tells of no problem."""
    units = own if own.found else above
    unit = units.found[0] if len(units.found) == 1 else None
    matches = words.matches(piece, unit.kind if unit else "")
    count, counted = amount_in(piece)
    if not matches and not counted:
        return None
    item = _item(matches, words)
    start = min((one.start for one in matches), default=0)
    grounds = [*_unit_grounds(own, units, register, piece), *_item_grounds(matches, words)]
    grounds += [f"数量写着“{counted}”"] if counted else ["没写数量，空着算1处"]
    grounds += [] if message.day else ["没写哪一天，补上检查日期"]
    row = {
        columns.UNIT: unit.name if unit else "",
        columns.CODE: unit.id if unit and unit.id != unit.name else "",
        columns.DATE: message.day.isoformat() if message.day else "",
        columns.TIME: f"{message.time:%H:%M}" if message.time else "",
        columns.INSPECTORS: message.who,
        columns.ITEM: item,
        columns.MAY_BE: "" if item else _may_be(matches, words),
        columns.PLACE_SUFFIX: place_in(piece, start, units),
        columns.COUNT: count,
        columns.NOTE: limit_in(piece),
        columns.GROUNDS: "；".join(grounds),
        columns.RAW: f"第{number}行: {piece}",
    }
    return tuple(visible(row.get(title, "")) for title in COLUMNS)


def _item(matches: Sequence[Match], words: Words) -> str:
    """Return the 检查项 where there is but one that the text names, and a 问题明细 can hold it."""
    if len(matches) != 1 or matches[0].level is Level.PART or not words.counted(matches[0].field):
        return ""
    return matches[0].field


def _may_be(matches: Sequence[Match], words: Words) -> str:
    """Return the candidates, among them those that stand on the 登记表 itself."""
    told = [
        one.field if words.counted(one.field) else f"{one.field}（填在登记表上）" for one in matches[:_SHOWN]
    ]
    return "、".join(told) + ("……" if len(matches) > _SHOWN else "")


def _item_grounds(matches: Sequence[Match], words: Words) -> Iterator[str]:
    if not matches:
        yield "没有哪个检查项的词，检查项自己填"
    elif _item(matches, words):
        yield f"检查项{matches[0].ground}"
    elif len(matches) == 1 and not words.counted(matches[0].field):
        yield f"检查项{matches[0].ground}，填在登记表上，不记明细"
    else:
        yield "拿不准是哪个检查项: " + "、".join(dict.fromkeys(one.ground for one in matches[:_SHOWN]))


def _unit_grounds(own: Units, units: Units, register: Register | None, piece: str) -> Iterator[str]:
    if len(units.found) == 1:
        yield f"单位{'' if own.found else '上文'}写着“{units.said[0]}”"
    elif units.found:
        yield "单位写了几个: " + "、".join(one.name for one in units.found[:_SHOWN])
    elif register is None:
        yield "没给名册，单位自己填"
    else:
        head = piece.partition("：")[0].partition(":")[0][:20]
        near = register.near(head) if len(head) < len(piece) else ()
        asked = f"，“{head}”是不是“{'、'.join(one.name for one in near[:3])}”？" if near else ""
        yield f"没写名册里的单位{asked}"
