"""Goods that came without a despatch, and certificates of lots.

Revision ID: 0026
Revises: 0024
"""

from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None

UNANNOUNCED = """
-- False: the supplier sent no notice; the buyer's receipt made the despatch, so that lots are followed in one way.
ALTER TABLE despatch ADD COLUMN announced boolean NOT NULL DEFAULT true;
-- Files of the supplier: material certificates and the like; both parties of the order read them (order_paper).
ALTER TABLE despatch_line ADD COLUMN certificates text[] NOT NULL DEFAULT '{}' CHECK (cardinality(certificates) <= 10);
"""


def upgrade() -> None:
    """Add them."""
    op.run_sql(UNANNOUNCED)


def downgrade() -> None:
    """Not offered: deliveries are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
