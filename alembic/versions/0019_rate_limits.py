"""Rate limits that all workers share.

Revision ID: 0019
Revises: 0010
"""

from alembic import op

revision = "0019"
down_revision = "0010"
branch_labels = None
depends_on = None

RATE_LIMITS = """
-- Unlogged: it costs no write-ahead log, and a crash forgives what was counted. Room on each page for updates in place.
CREATE UNLOGGED TABLE rate_limit (
    subject text PRIMARY KEY CHECK (length(subject) BETWEEN 1 AND 200),
    arrival timestamptz NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit TO jembatan_api;
"""


def upgrade() -> None:
    """Create it."""
    op.run_sql(RATE_LIMITS)


def downgrade() -> None:
    """Forget what was counted."""
    op.run_sql("DROP TABLE rate_limit;")
