"""By which event every row came and ended; scorings with what they saw; the steps of orders."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_EMPTY = ("order_", "extra", "entry", "appeal", "waiver")


def upgrade() -> None:
    """Add what is new; of a visit that was replaced, by which event it ended is known from the one that replaced it."""
    # Nothing wrote to these tables before, so that a column without a default can be added.
    for table in _EMPTY:
        op.execute(sa.text(f"DELETE FROM {table}"))
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("event", sa.Integer(), nullable=False))
            if table in ("extra", "waiver"):
                batch.add_column(sa.Column("ended", sa.Integer()))
            if table == "waiver":
                batch.add_column(sa.Column("starts", sa.String(10), nullable=False))
            if table == "appeal":
                batch.drop_column("body")
                batch.add_column(sa.Column("decided", sa.Integer()))
            if table == "order_":
                batch.add_column(sa.Column("number", sa.String(80), nullable=False))
                batch.create_unique_constraint(op.f("uq_order__number"), ["number"])
    _entries()
    op.add_column("round", sa.Column("closed", sa.Integer()))
    op.add_column("visit", sa.Column("ended", sa.Integer()))
    op.add_column("unit", sa.Column("event", sa.Integer()))
    _tables()
    _fill()


def _entries() -> None:
    """Let an entry end; only of those that have not is there one of a kind."""
    with op.batch_alter_table("entry") as batch:
        batch.add_column(sa.Column("ended", sa.Integer()))
        batch.drop_constraint(op.f("uq_entry_digest"), type_="unique")
        live = sa.text("ended IS NULL")
        batch.create_index("uq_entry_live", ["digest"], unique=True, sqlite_where=live, postgresql_where=live)


def _tables() -> None:
    op.create_table(
        "scored",
        sa.Column(
            "round", sa.String(200), sa.ForeignKey("round.name", name=op.f("fk_scored_round")), nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("own", sa.Integer(), nullable=False),
        sa.Column("rest", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("round", "version", name=op.f("pk_scored")),
    )
    op.create_table(
        "outcome",
        sa.Column(
            "round",
            sa.String(200),
            sa.ForeignKey("round.name", name=op.f("fk_outcome_round")),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("round", "version", "unit", name=op.f("pk_outcome")),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "order_", sa.Integer(), sa.ForeignKey("order_.id", name=op.f("fk_step_order_")), nullable=False
        ),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("life", sa.Text(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_index(op.f("ix_step_order_"), "step", ["order_"])


def _fill() -> None:
    op.execute(
        sa.text(
            "UPDATE visit SET ended = (SELECT later.event FROM visit AS later WHERE later.id = visit.replaced_by)"
            " WHERE replaced_by IS NOT NULL"
        )
    )
    op.execute(
        sa.text(
            "UPDATE round SET closed = (SELECT max(number) FROM event WHERE kind = '结束' AND about = round.name)"
        )
    )
    _registers()
    _scorings()
    _outcomes()


def _registers() -> None:
    """Let every unit have come when its round was opened."""
    op.execute(
        sa.text(
            "UPDATE unit SET event = (SELECT min(number) FROM event AS first"
            " WHERE first.kind = '开轮次' AND first.about = unit.round)"
        )
    )
    with op.batch_alter_table("unit") as batch:
        batch.alter_column("event", existing_type=sa.Integer(), nullable=False)


def _scorings() -> None:
    """Keep of every scoring so far that it saw what there was, as its event says, and that it was kept in the first form."""
    for number, round, text in op.get_bind().execute(
        sa.text("SELECT number, about, body FROM event WHERE kind = '评分' ORDER BY number")
    ):
        body = json.loads(text)
        op.execute(
            sa.text(
                "INSERT INTO scored (round, version, own, rest, sha256, form) VALUES (:round, :version, :n, :n, :sha, 1)"
            ).bindparams(round=round, version=body["version"], n=number, sha=body["sha256"])
        )


def _outcomes() -> None:
    """Keep of every card so far which of its clauses failed and passed."""
    found: dict[tuple[str, int, str], dict[str, str]] = {}
    for round, version, unit, text in op.get_bind().execute(
        sa.text("SELECT round, version, unit, body FROM card")
    ):
        own = found.setdefault((round, version, unit), {})
        for one in json.loads(text)["findings"]:
            if one["result"] in ("fail", "pass") and own.get(one["clause"]) != "fail":
                own[one["clause"]] = one["result"]
    for (round, version, unit), own in found.items():
        body = json.dumps(own, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        op.execute(
            sa.text(
                "INSERT INTO outcome (round, version, unit, body) VALUES (:round, :version, :unit, :body)"
            ).bindparams(round=round, version=version, unit=unit, body=body)
        )


def downgrade() -> None:
    """Take away what was added, and the appeals, of which the first form kept nothing."""
    op.execute(sa.text("DELETE FROM appeal"))
    for table in ("step", "outcome", "scored"):
        op.drop_table(table)
    op.execute(sa.text("DELETE FROM entry WHERE ended IS NOT NULL"))
    with op.batch_alter_table("entry") as batch:
        batch.drop_index("uq_entry_live")
        batch.create_unique_constraint(op.f("uq_entry_digest"), ["digest"])
        batch.drop_column("ended")
    op.drop_column("unit", "event")
    op.drop_column("visit", "ended")
    op.drop_column("round", "closed")
    for table in _EMPTY:
        with op.batch_alter_table(table) as batch:
            if table == "order_":
                batch.drop_constraint(op.f("uq_order__number"), type_="unique")
                batch.drop_column("number")
            if table == "waiver":
                batch.drop_column("starts")
            if table == "appeal":
                batch.drop_column("decided")
                batch.add_column(sa.Column("body", sa.Text(), nullable=False))
            if table in ("extra", "waiver"):
                batch.drop_column("ended")
            batch.drop_column("event")
