"""Files that wait for a virus scanner are found without looking at the others.

Revision ID: 0034
Revises: 0033
"""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index, beside those who write."""
    op.run_alone("DROP INDEX CONCURRENTLY IF EXISTS file_unscanned")
    op.run_alone("CREATE INDEX CONCURRENTLY file_unscanned ON file (created_at) WHERE state = 'scanning'")


def downgrade() -> None:
    """Drop it."""
    op.run_alone("DROP INDEX CONCURRENTLY file_unscanned")
