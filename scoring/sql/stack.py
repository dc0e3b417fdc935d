"""Columns worked out layer upon layer: each layer is a WITH query that adds columns to the one below it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from scoring.sql.logic import Sql
from scoring.sql.whole import Whole, held

# PostgreSQL cuts names off after 63 bytes.
MAX_BYTES = 60


def column(name: str) -> Sql:
    """Return a reference to a column."""
    return exp.Column(this=exp.Identifier(this=name, quoted=True))


def aliased(sql: Sql, name: str) -> Sql:
    """Return a value under a name."""
    return exp.Alias(this=sql, alias=exp.Identifier(this=name, quoted=True))


class Names:
    """Give each column a name of its own that every engine can hold: its label, shortened and numbered where needed."""

    def __init__(self, taken: Iterable[str]) -> None:
        # Engines do not tell capitals apart.
        self._taken = {name.casefold() for name in taken}

    def __call__(self, label: str) -> str:
        """Return a name for a label that no other column has."""
        name = label.encode()[:MAX_BYTES].decode(errors="ignore")
        number = 1
        while name.casefold() in self._taken:
            number += 1
            mark = f"~{number}"
            name = label.encode()[: MAX_BYTES - len(mark)].decode(errors="ignore") + mark
        self._taken.add(name.casefold())
        return name


class Stack:
    """The layers over a source, the lowest first; ``keep`` adds a column to the top one and returns a reference to it."""

    def __init__(self, source: str, taken: Iterable[str]) -> None:
        self._source, self._names = source, Names(taken)
        self._layers: list[tuple[str, list[Sql]]] = []

    def layer(self, name: str) -> None:
        """Begin a new layer: what is kept from now on may speak of all that was kept before."""
        if self._layers and not self._layers[-1][1]:
            self._layers.pop()
        self._layers.append((name, []))

    def keep(self, label: str, number: Whole) -> Whole:
        """Keep a number, as narrow as it fits; one that is a column or written out already stays as it is."""
        if number.fixed is not None or isinstance(number.sql, exp.Column):
            return number
        narrow = held(number)
        return Whole(self._add(label, narrow.sql), narrow.low, narrow.high, narrow.bits)

    def keep_truth(self, label: str, condition: Sql) -> Sql:
        """Keep a condition."""
        if isinstance(condition, exp.Boolean | exp.Column):
            return condition
        return self._add(label, condition)

    def keep_word(self, label: str, word: Sql) -> Sql:
        """Keep a word, such as a grade."""
        return self._add(label, word)

    def _add(self, label: str, sql: Sql) -> Sql:
        name = self._names(label)
        self._layers[-1][1].append(aliased(sql, name))
        return column(name)

    def select(self, *columns: Sql) -> exp.Select:
        """Return the whole query: some columns, or all, of the top layer."""
        below = self._source
        query = exp.Select()
        for name, added in self._layers:
            if added:
                body = exp.Select(expressions=[exp.Star(), *added]).from_(exp.to_table(below), copy=False)
                query = query.with_(name, as_=body, copy=False)
                below = name
        query.set("expressions", list(columns) or [exp.Star()])
        return query.from_(exp.to_table(below), copy=False)
