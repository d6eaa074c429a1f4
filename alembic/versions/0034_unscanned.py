"""Files that wait for a virus scanner are found without looking at the others.

Revision ID: 0034
Revises: 0033
"""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

UNSCANNED = """
CREATE INDEX file_unscanned ON file (created_at) WHERE state = 'scanning';
"""


def upgrade() -> None:
    """Add the index."""
    op.run_sql(UNSCANNED)


def downgrade() -> None:
    """Drop it."""
    op.run_sql("DROP INDEX file_unscanned")
