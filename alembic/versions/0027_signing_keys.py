"""Keys that access tokens are signed with.

Revision ID: 0027
Revises: 0026
"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

SIGNING_KEYS = """
-- `kid` is the key's own thumbprint (RFC 7638), so that one kid never means two keys. Only the key without an end signs;
-- what has an end verifies until then, and its private half is gone.
CREATE TABLE signing_key (
    kid text PRIMARY KEY CHECK (length(kid) = 43),
    public_key text NOT NULL CHECK (length(public_key) BETWEEN 1 AND 1000),
    sealed_private_key text CHECK (length(sealed_private_key) BETWEEN 1 AND 4000),
    created_at timestamptz NOT NULL,
    ends_at timestamptz,
    CHECK ((ends_at IS NULL) = (sealed_private_key IS NOT NULL))
);
CREATE UNIQUE INDEX signing_key_signs ON signing_key ((true)) WHERE ends_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON signing_key TO jembatan_api;
"""


def upgrade() -> None:
    """Create the table."""
    op.run_sql(SIGNING_KEYS)


def downgrade() -> None:
    """Forget the keys: tokens that are out are refused, clients ask for new ones."""
    op.run_sql("DROP TABLE signing_key;")
