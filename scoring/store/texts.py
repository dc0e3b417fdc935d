"""Rule files as texts with their digest: a round keeps the words it was judged by, whatever becomes of the files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from scoring.load.rules import dictionary_text, read_dictionary, read_scheme, read_standard
from scoring.rule.scheme import Scheme
from scoring.rule.standard import Standard
from scoring.store.codec import digest
from scoring.store.schema import round_text, rule_text

STANDARD, SCHEME, FIELDS = "标准", "考核办法", "检查项字典"


def keep(connection: sa.Connection, rule: Standard | Scheme) -> str:
    """Keep the text of a standard or scheme, once; return its digest."""
    kind = STANDARD if isinstance(rule, Standard) else SCHEME
    return _keep(connection, rule.sha256, kind, rule.id, rule.name, rule.starts.isoformat(), rule.text)


def keep_dictionary(connection: sa.Connection) -> str:
    """Keep the field dictionary that the standards were read with; return its digest."""
    body = dictionary_text()
    return _keep(connection, digest(body), FIELDS, "", FIELDS, "", body)


def _keep(connection: sa.Connection, sha: str, kind: str, id: str, name: str, starts: str, body: str) -> str:
    known = connection.execute(sa.select(rule_text.c.sha256).where(rule_text.c.sha256 == sha)).first()
    if known is None:
        row = {"sha256": sha, "kind": kind, "id": id, "name": name, "starts": starts, "body": body}
        connection.execute(rule_text.insert().values(row))
    return sha


def attach(connection: sa.Connection, round: str, shas: Iterable[str]) -> None:
    """Say which texts a round is judged by."""
    rows = [{"round": round, "sha256": sha} for sha in sorted(set(shas))]
    connection.execute(round_text.insert(), rows)


def standards_of(connection: sa.Connection, round: str) -> tuple[Standard, ...]:
    """Return the standards a round is judged by, read from its own texts."""
    rows = _texts(connection, round)
    fields = next((row.body for row in rows if row.kind == FIELDS), "")
    found = [_standard(row.body, row.name, fields) for row in rows if row.kind == STANDARD]
    return tuple(sorted(found, key=lambda one: (one.id, one.starts)))


def every_standard(connection: sa.Connection) -> list[Standard]:
    """Return each standard that any round is judged by, once."""
    attached: dict[str, set[str]] = {}
    for row in connection.execute(sa.select(round_text).order_by(round_text.c.round)):
        attached.setdefault(row.round, set()).add(row.sha256)
    found: dict[str, Standard] = {}
    read: set[str] = set()
    for round, shas in attached.items():
        if not shas <= read:
            read |= shas
            found |= {one.sha256: one for one in standards_of(connection, round)}
    return list(found.values())


def scheme_of(connection: sa.Connection, sha: str) -> Scheme:
    """Return the scheme with a digest, read from its own text."""
    row = connection.execute(sa.select(rule_text).where(rule_text.c.sha256 == sha)).one()
    return _scheme(row.body, row.name)


# The same text is always the same rule, and reading one takes longer than scoring a village.
@lru_cache(maxsize=128)
def _standard(body: str, name: str, fields: str) -> Standard:
    return read_standard(body, name, dictionary=read_dictionary(fields) if fields else {})


@lru_cache(maxsize=32)
def _scheme(body: str, name: str) -> Scheme:
    return read_scheme(body, name)


def _texts(connection: sa.Connection, round: str) -> list[sa.Row[Any]]:
    asked = sa.select(rule_text).join(round_text, round_text.c.sha256 == rule_text.c.sha256)
    return list(connection.execute(asked.where(round_text.c.round == round).order_by(rule_text.c.sha256)))
