"""The tables of the store. Texts, not binary: dates are ISO text, points decimal text, particulars canonical JSON.

``event`` is the append-only trail (see ``audit``); everything else is what the trail has come to. Nothing that a score
rests on is ever changed or deleted: a row says by which event it came and, where it no longer counts, by which it
``ended``, so that any scoring can be made again as things were seen then (``horizon``).
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_DAY, _SHA, _ID, _NAME = String(10), String(64), String(64), String(200)


def _round(*, primary_key: bool = False, index: bool = False) -> Column[str]:
    parent = ForeignKey("round.name")
    return Column("round", _NAME, parent, nullable=False, primary_key=primary_key, index=index or None)


rule_text = Table(
    "rule_text",
    metadata,
    Column("sha256", _SHA, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("id", _ID, nullable=False),
    Column("name", _NAME, nullable=False),
    Column("starts", _DAY, nullable=False),
    Column("body", Text, nullable=False),
)
round_ = Table(
    "round",
    metadata,
    Column("name", _NAME, primary_key=True),
    Column("period", String(8), nullable=False),
    Column("starts", _DAY, nullable=False),
    Column("ends", _DAY, nullable=False),
    Column("scheme", _SHA, ForeignKey("rule_text.sha256"), nullable=False),
    Column("state", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("closed", Integer),
)
round_text = Table(
    "round_text",
    metadata,
    _round(primary_key=True),
    Column("sha256", _SHA, ForeignKey("rule_text.sha256"), primary_key=True),
)
unit = Table(
    "unit",
    metadata,
    _round(primary_key=True),
    Column("id", _ID, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("event", Integer, nullable=False),
)
source_file = Table(
    "source_file",
    metadata,
    _round(primary_key=True),
    Column("sha256", _SHA, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("event", Integer, nullable=False),
)
visit = Table(
    "visit",
    metadata,
    Column("id", Integer, primary_key=True),
    _round(),
    Column("unit", _ID, nullable=False),
    Column("date", _DAY, nullable=False),
    Column("source", String(40), nullable=False),
    Column("inspectors", _NAME, nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", _SHA, nullable=False),
    Column("body", Text, nullable=False),
    Column("event", Integer, nullable=False),
    Column("replaced_by", Integer),
    Column("ended", Integer),
)
Index(
    "uq_visit_live",
    visit.c.round,
    visit.c.unit,
    visit.c.date,
    visit.c.source,
    visit.c.inspectors,
    visit.c.number,
    unique=True,
    sqlite_where=text("replaced_by IS NULL"),
    postgresql_where=text("replaced_by IS NULL"),
)
card = Table(
    "card",
    metadata,
    _round(primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("visit", Integer, ForeignKey("visit.id"), primary_key=True),
    Column("standard", _ID, primary_key=True),
    Column("unit", _ID, nullable=False),
    Column("low", String(24)),
    Column("high", String(24)),
    Column("body", Text, nullable=False),
)
standing = Table(
    "standing",
    metadata,
    _round(primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("unit", _ID, primary_key=True),
    Column("standard", _ID, primary_key=True),
    Column("low", String(24)),
    Column("high", String(24)),
    Column("rank", Integer),
    Column("grade", String(40)),
    Column("body", Text, nullable=False),
)
scored = Table(
    "scored",
    metadata,
    _round(primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("own", Integer, nullable=False),
    Column("rest", Integer, nullable=False),
    Column("sha256", _SHA, nullable=False),
    Column("form", Integer, nullable=False),
    Column("below", Integer),
)
outcome = Table(
    "outcome",
    metadata,
    _round(primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("unit", _ID, primary_key=True),
    Column("body", Text, nullable=False),
)
order = Table(
    "order_",
    metadata,
    Column("id", Integer, primary_key=True),
    _round(index=True),
    Column("number", String(80), nullable=False, unique=True),
    Column("unit", _ID, nullable=False, index=True),
    Column("subject", _NAME, nullable=False),
    Column("place", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("body", Text, nullable=False),
    Column("life", Text, nullable=False),
    Column("event", Integer, nullable=False),
)
step = Table(
    "step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("order_", Integer, ForeignKey("order_.id"), nullable=False, index=True),
    Column("on", _DAY, nullable=False),
    Column("act", String(8), nullable=False),
    Column("body", Text, nullable=False),
    Column("life", Text, nullable=False),
    Column("event", Integer, nullable=False),
)
extra = Table(
    "extra",
    metadata,
    Column("id", Integer, primary_key=True),
    _round(index=True),
    Column("unit", _ID, nullable=False),
    Column("standard", _ID, nullable=False),
    Column("points", String(24), nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", _NAME, nullable=False),
    Column("event", Integer, nullable=False),
    Column("ended", Integer),
)
entry = Table(
    "entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False, index=True),
    Column("date", _DAY, nullable=False, index=True),
    Column("digest", _SHA, nullable=False),
    Column("body", Text, nullable=False),
    Column("event", Integer, nullable=False),
    Column("ended", Integer),
)
Index(
    "uq_entry_live",
    entry.c.digest,
    unique=True,
    sqlite_where=text("ended IS NULL"),
    postgresql_where=text("ended IS NULL"),
)
appeal = Table(
    "appeal",
    metadata,
    Column("id", Integer, primary_key=True),
    _round(index=True),
    Column("unit", _ID, nullable=False),
    Column("state", String(8), nullable=False),
    Column("event", Integer, nullable=False),
    Column("decided", Integer),
)
waiver = Table(
    "waiver",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", _ID, nullable=False, index=True),
    Column("clause", _ID, nullable=False),
    Column("starts", _DAY, nullable=False),
    Column("until", _DAY, nullable=False),
    Column("body", Text, nullable=False),
    Column("event", Integer, nullable=False),
    Column("ended", Integer),
)
draw = Table(
    "draw",
    metadata,
    Column("id", Integer, primary_key=True),
    _round(index=True),
    Column("body", Text, nullable=False),
    Column("event", Integer, nullable=False),
)
event = Table(
    "event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(25), nullable=False),
    Column("who", _NAME, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("about", _NAME, nullable=False),
    Column("body", Text, nullable=False),
    Column("previous", _SHA, nullable=False),
    Column("hash", _SHA, nullable=False, unique=True),
)
