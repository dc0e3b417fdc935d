"""Blocks of rows laid on pages: a block stays whole where a page can hold it, and is cut between rows where none can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Heights = Sequence[float]


def paged(blocks: Sequence[Heights], first: float, page: float) -> Iterator[tuple[int, int, int, bool]]:
    """Yield (block, from row, to row, whether a new page begins before it); heights and room are in one unit.

    ``first`` is the room on the first page, ``page`` on every other.

    >>> list(paged([[10, 10], [10, 10]], 30, 40)), list(paged([[10, 10, 10]], 20, 20))
    ([(0, 0, 2, False), (1, 0, 2, True)], [(0, 0, 2, False), (0, 2, 3, True)])
    """
    room, fresh = first, False
    for number, rows in enumerate(blocks):
        if sum(rows) > room and sum(rows) <= page:
            room, fresh = page, True
        start = 0
        while start < len(rows):
            end, left = start, room
            while end < len(rows) and (rows[end] <= left or (end == start and room == page)):
                left -= rows[end]
                end += 1
            if end > start:
                yield number, start, end, fresh
                fresh = False
            if end < len(rows):
                room, fresh = page, True
            else:
                room = left
            start = end
