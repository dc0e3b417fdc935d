"""Which versions of the rounds below a scoring saw: a round put together anew sees them as they were put right."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; where it is empty, the versions seen are those of everything else."""
    op.add_column("scored", sa.Column("below", sa.Integer()))


def downgrade() -> None:
    """Take the column away."""
    with op.batch_alter_table("scored") as table:
        table.drop_column("below")
