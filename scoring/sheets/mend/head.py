"""The header: found under titles, put together where it takes several rows, its titles by their other names.

What stands above it in words, 被检单位：东岭村　检查日期：2026年6月4日, or a sheet named after its unit, becomes a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scoring import columns
from scoring.columns import folded
from scoring.errors import shortened
from scoring.sheets.header import Titles
from scoring.sheets.mend.draft import Draft
from scoring.sheets.mend.other_names import ALSO, COUNTERS, RESULTS
from scoring.sheets.mend.repair import SKIP, Proposal
from scoring.sheets.titles import HEADER_ROWS

TITLE = "表头"
_DEEPEST = 3
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Span:
    """The rows of a header and, by column, the title that they make together."""

    top: int
    bottom: int
    titles: Sequence[str]
    known: int


def mend_header(draft: Draft, titles: Titles) -> Span | None:
    """Put the header into one row of known titles and return it; None where there is none, or nothing to mend."""
    known = _names(titles)
    span = _found(
        draft, known, {folded(name) for name in (*columns.OCCURRENCE, *columns.PENDING)} - titles.keys()
    )
    if span is None:
        return None
    for row in range(span.top, span.bottom):
        draft.rows[row] = ()
    for column, title in enumerate(span.titles):
        if str(draft.cell(span.bottom, column)) != title:
            draft.put(span.bottom, column, title)
    if span.bottom > span.top:
        what = f"第{draft.source.origin(span.top).row}至{draft.source.origin(span.bottom).row}行"
        draft.note(span.bottom, None, (TITLE, what, "一行表头"), "表头有几行，上下合成一行")
        draft.merged = [one for one in draft.merged if one[0] > span.bottom or one[2] < span.top]
        draft.refused = {at: one for at, one in draft.refused.items() if not span.top <= at[0] <= span.bottom}
    _mend_titles(draft, span, known)
    return span


def _names(titles: Titles) -> Mapping[str, str]:
    """Return every known title as it is compared, and how the strict reader has it; the wide form's come first."""
    return {folded(name): name for name in (*columns.OCCURRENCE, *columns.PENDING)} | {
        word: word for word in titles
    }


def _found(draft: Draft, known: Mapping[str, str], detailed: set[str]) -> Span | None:
    """Return the rows near the top that make the most known titles: the fewest and first of them."""
    if draft.source.layout.keyed:
        return Span(0, 0, [str(one) for one in draft.rows[0]], 1) if draft.rows else None
    found: list[Span] = []
    for top in range(min(HEADER_ROWS, len(draft.rows))):
        for bottom in range(top, min(top + _DEEPEST, len(draft.rows))):
            titles = _together(draft, top, bottom, known, detailed)
            found.append(Span(top, bottom, titles, sum(_understood(one, known) for one in titles)))
    best = max(found, key=lambda one: (one.known, one.top - one.bottom, -one.top), default=None)
    return best if best is not None and best.known >= 2 else None


def _understood(title: str, known: Mapping[str, str]) -> bool:
    return folded(title) in known or folded(title) in ALSO


def _together(draft: Draft, top: int, bottom: int, known: Mapping[str, str], detailed: set[str]) -> list[str]:
    """Return, by column, the title that some rows make: heading and own title in one, or the one that is known."""
    width = max(len(draft.rows[row]) for row in range(top, bottom + 1))
    lines = [_line(draft, row, width) for row in range(top, bottom + 1)]
    heads = [_spread(line) for line in lines[:-1]]
    wanted = (known.keys() - detailed, detailed, ALSO.keys())
    found = []
    for column in range(width):
        words = [line[column] for line in lines]
        below = "".join(dict.fromkeys([*(head[column] for head in heads), words[-1]])) if words[-1] else ""
        choices = ["".join(dict.fromkeys(words)), words[-1], *reversed(words[:-1]), below]
        right = (one for names in wanted for one in choices if folded(one) in names)
        found.append(next(right, words[-1]))
    return found


def _line(draft: Draft, row: int, width: int) -> list[str]:
    """Return a header row's words, a heading in every column that it is merged over."""
    found = ["" if (row, at) in draft.refused else str(draft.cell(row, at)).strip() for at in range(width)]
    for first, left, last, right in draft.merged:
        if first <= row <= last and (left == right or first == last):
            word = str(draft.cell(first, left)).strip()
            found[left : right + 1] = [word] * (min(right + 1, width) - left)
    return found


def _spread(line: Sequence[str]) -> list[str]:
    """Return headings, each also over the empty cells that follow it."""
    found = list(line)
    for at in range(1, len(found)):
        found[at] = found[at] or found[at - 1]
    return found


def _mend_titles(draft: Draft, span: Span, known: Mapping[str, str]) -> None:
    """Give each title that is not known the name it stands for, or leave its column out."""
    there = {folded(one) for one in span.titles} & known.keys()
    for column, title in enumerate(span.titles):
        word = folded(title)
        if not word or (span.bottom, column) in draft.refused:
            continue
        proposal = None if columns.ITEM in there else _follows(draft, span, column, known)
        if proposal is None and word in known:
            continue
        proposal = proposal or _meant(word, known, there)
        taken = draft.settle(span.bottom, column, TITLE, title, proposal)
        if taken == SKIP:
            draft.leave_out_column(column, span.bottom)
        elif taken is not None:
            there.add(folded(taken))
            draft.put(span.bottom, column, taken)


def _follows(draft: Draft, span: Span, column: int, known: Mapping[str, str]) -> Proposal | None:
    """Propose for a bare 点位 or 理由 that it belongs to the column before it."""
    word, before = folded(span.titles[column]), str(draft.cell(span.bottom, column - 1)) if column else ""
    if word not in (columns.PLACE_SUFFIX, columns.REASON_SUFFIX):
        return None
    whole = folded(before.partition("（")[0].partition("(")[0]) + word
    return Proposal((known[whole],), "前一栏的" + word, sure=True) if whole in known else None


def _meant(word: str, known: Mapping[str, str], there: set[str]) -> Proposal:
    also = ALSO.get(word)
    if also is not None and folded(also) not in there:
        return Proposal((also,), "栏目的另一个名称", sure=True)
    if word in COUNTERS:
        return Proposal((SKIP,), "只是行的序号", sure=True)
    if word in RESULTS:
        return Proposal((SKIP,), "结果由程序算")
    # The names that are most like it; several are for a human to choose from.
    likeness = {one: SequenceMatcher(None, word, one).ratio() for one in known.keys() - there}
    most = max(likeness.values(), default=0)
    near = sorted(known[one] for one in likeness if likeness[one] == most) if most >= _ALIKE else []
    return Proposal(tuple(near[:3]), f"栏目“{shortened(word)}”的写法相近" if near else "")


def said_above(draft: Draft, bottom: int) -> Iterator[tuple[int, str]]:
    """Yield each row above the header and its words."""
    for row in range(bottom):
        if words := "　".join(dict.fromkeys(str(one).strip() for one in draft.rows[row] if one != "")):
            yield row, words


def years_said(draft: Draft, bottom: int) -> set[int]:
    """Return the years that the sheet's name and the lines above the header speak of."""
    words = [draft.source.sheet, *(said for _, said in said_above(draft, bottom))]
    return {int(year) for one in words for year in re.findall(r"(20[0-9]{2}) ?(?:年|[-./])", one)}
