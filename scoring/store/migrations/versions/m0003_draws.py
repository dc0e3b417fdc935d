"""Draws of units, kept with their rounds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the draws; there were none before."""
    op.create_table(
        "draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "round", sa.String(200), sa.ForeignKey("round.name", name=op.f("fk_draw_round")), nullable=False
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
    )
    op.create_index(op.f("ix_draw_round"), "draw", ["round"])


def downgrade() -> None:
    """Take the draws away."""
    op.drop_table("draw")
