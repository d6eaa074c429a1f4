"""Openings that can be proven: the set that was opened under one root, and events that can be shown in part.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPENINGS = """
CREATE TABLE opening (
    rfq_id uuid NOT NULL REFERENCES rfq,
    round integer NOT NULL CHECK (round >= 1),
    quotes_close_at timestamptz NOT NULL,
    opened_at timestamptz NOT NULL,
    -- The first leaf of the tree, as everybody gets it.
    header jsonb NOT NULL,
    -- Hashes of all leaves, the header's first, and the root over them: what the announcing event says too.
    leaves bytea[] NOT NULL CHECK (cardinality(leaves) >= 1),
    root bytea NOT NULL CHECK (length(root) = 32),
    PRIMARY KEY (rfq_id, round),
    CONSTRAINT opening_after_deadline CHECK (opened_at >= quotes_close_at)
);
CREATE TRIGGER opening_is_history BEFORE UPDATE OR DELETE ON opening
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

EVENTS = """
-- 1: the leaf is the hash of the whole event, and only who holds all of it can check it. 2: it is a hash over the hashes
-- of three parts, so that one part can be shown without the others; the salt keeps what is hidden from being guessed.
-- The default is what the previous release writes while this one takes over.
ALTER TABLE event
    ADD COLUMN hash_version smallint NOT NULL DEFAULT 1 CHECK (hash_version IN (1, 2)),
    ADD COLUMN salt bytea CHECK (length(salt) = 32),
    ADD CONSTRAINT event_salted CHECK ((hash_version = 1) = (salt IS NULL));
"""

GRANTS = """
GRANT SELECT, INSERT ON opening TO jembatan_api;
"""


def upgrade() -> None:
    """Create the table, extend events, say who may do what."""
    for script in (OPENINGS, EVENTS, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: openings are history. Restore a backup instead."""
    raise RuntimeError("this migration cannot be undone; restore a backup")
