"""What a buyer's own system calls our codes.

Revision ID: 0030
Revises: 0028
"""

from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None

CODE_MAPPINGS = """
CREATE TABLE code_mapping (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state = 'active'),
    version integer NOT NULL CHECK (version > 0),
    mappings jsonb NOT NULL CHECK (jsonb_array_length(mappings) <= 2000),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT code_mapping_once UNIQUE (organisation_id)
);
GRANT SELECT, INSERT ON code_mapping TO jembatan_api;
GRANT UPDATE (state, version, mappings, updated_at) ON code_mapping TO jembatan_api;
"""


def upgrade() -> None:
    """Add them."""
    op.run_sql(CODE_MAPPINGS)


def downgrade() -> None:
    """Not offered: the events of the mappings would stay without them. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
