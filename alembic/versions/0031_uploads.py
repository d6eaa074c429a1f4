"""Files that arrive in parts.

Revision ID: 0031
Revises: 0030
"""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

UPLOADS = """
CREATE TABLE upload (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation,
    credential_id uuid REFERENCES credential,
    actor_name text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    metadata text NOT NULL CHECK (length(metadata) <= 4000),
    length bigint NOT NULL CHECK (length > 0),
    received bigint NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('receiving', 'complete', 'refused')),
    refusal text CHECK (length(refusal) <= 2000),
    file_id uuid REFERENCES file,
    checking_until timestamptz,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT upload_within_length CHECK (received BETWEEN 0 AND length),
    CONSTRAINT upload_file CHECK ((outcome = 'complete') = (file_id IS NOT NULL))
);
CREATE INDEX upload_open ON upload (organisation_id) WHERE outcome = 'receiving';
CREATE INDEX upload_expiry ON upload (expires_at);
CREATE TABLE upload_part (
    upload_id uuid NOT NULL REFERENCES upload,
    start bigint NOT NULL CHECK (start >= 0),
    size bigint NOT NULL CHECK (size > 0),
    storage_key text NOT NULL,
    PRIMARY KEY (upload_id, start)
);
CREATE INDEX upload_part_key ON upload_part (storage_key);
GRANT SELECT, INSERT, UPDATE, DELETE ON upload TO jembatan_api;
GRANT SELECT, INSERT, DELETE ON upload_part TO jembatan_api;
"""


def upgrade() -> None:
    """Add them."""
    op.run_sql(UPLOADS)


def downgrade() -> None:
    """Forget what is on its way; its bytes are swept."""
    op.run_sql("DROP TABLE upload_part, upload;")
