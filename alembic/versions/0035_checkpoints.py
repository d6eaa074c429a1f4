"""Signed checkpoints over the events, and a feed that goes on after a restore into another server.

Revision ID: 0035
Revises: 0034
"""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

FEED = """
-- Ids of transactions begin anew in another server; places in the feed must only rise. What is recorded is the id plus this.
CREATE TABLE feed_shift (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    shift bigint NOT NULL CHECK (shift >= 0)
);
INSERT INTO feed_shift (shift) VALUES (0);
CREATE FUNCTION feed_now() RETURNS xid8 LANGUAGE sql VOLATILE AS $$
    SELECT (pg_current_xact_id()::text::bigint + shift)::text::xid8 FROM feed_shift
$$;
CREATE FUNCTION feed_bound() RETURNS xid8 LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + shift)::text::xid8 FROM feed_shift
$$;
GRANT SELECT ON feed_shift TO jembatan_api, jembatan_dispatcher;
"""

CHECKPOINTS = """
CREATE TABLE checkpoint (
    number bigint PRIMARY KEY CHECK (number > 0),
    signed text NOT NULL CHECK (length(signed) BETWEEN 1 AND 4000),
    digest bytea NOT NULL CHECK (length(digest) = 32),
    events_before bigint NOT NULL CHECK (events_before >= 0),
    xid xid8 NOT NULL,
    position bigint NOT NULL,
    positions bigint[] NOT NULL CHECK (cardinality(positions) BETWEEN 1 AND 2000),
    leaves bytea[] NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT checkpoint_leaves CHECK (cardinality(leaves) = cardinality(positions))
);
CREATE TRIGGER checkpoint_is_history BEFORE UPDATE OR DELETE ON checkpoint FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT ON checkpoint TO jembatan_api;
GRANT INSERT ON checkpoint TO jembatan_system;
"""


def upgrade() -> None:
    """Add both."""
    op.run_sql(FEED)
    op.run_sql(CHECKPOINTS)


def downgrade() -> None:
    """Forget the checkpoints; a feed that was shifted has no way back."""
    op.run_sql("DROP TABLE checkpoint; DROP FUNCTION feed_now(); DROP FUNCTION feed_bound(); DROP TABLE feed_shift;")
