"""What every write asks, in fewer messages: claiming an idempotency key is one call; the place in the feed keeps its plan.

`claim_key` takes the lock of a key and then looks for its answer. Both in one statement would look as of before the lock,
and miss the answer of whoever let it go in between; in a volatile PL/pgSQL function each statement sees what is committed
by then. It runs with the caller's rights, row policies included.

`feed_now` was written in SQL, and what that cannot inline is parsed and planned anew for each event; PL/pgSQL keeps the plan.
Sealed texts are no longer offered to compression: ciphertext never shrinks, and trying took 4 % of a submission.

Revision ID: 0041
Revises: 0040
"""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

CLAIM = """
CREATE FUNCTION claim_key(
    organisation uuid, route text, key text,
    OUT held boolean, OUT fingerprint bytea, OUT status integer, OUT headers text, OUT body bytea, OUT sealed boolean
)
    LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_variable
BEGIN
    -- A lock that waits would let a storm on one key hold every connection; this one says at once that it is taken.
    held := pg_try_advisory_xact_lock(('x' || substr(md5(organisation::text || route || key), 1, 16))::bit(64)::bigint);
    SELECT i.fingerprint, i.status, i.headers::text, i.body, i.sealed
      INTO fingerprint, status, headers, body, sealed
      FROM idempotency i
     WHERE i.organisation_id = organisation AND i.route = claim_key.route AND i.key = claim_key.key;
END
$$;
"""
NOW = """
CREATE OR REPLACE FUNCTION feed_now() RETURNS xid8 LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT (pg_current_xact_id()::text::bigint + shift)::text::xid8 FROM feed_shift);
END
$$;
"""
NOW_BEFORE = """
CREATE OR REPLACE FUNCTION feed_now() RETURNS xid8 LANGUAGE sql AS $$
    SELECT (pg_current_xact_id()::text::bigint + shift)::text::xid8 FROM feed_shift
$$;
"""
SEALED = {"quote_submission": ("sealed", "supplier_copy"), "quote": ("working",)}


def _store(how: str) -> None:
    for table, columns in SEALED.items():
        changes = ", ".join(f"ALTER COLUMN {column} SET STORAGE {how}" for column in columns)
        op.run_sql(f"ALTER TABLE {table} {changes}")


def upgrade() -> None:
    """Apply."""
    op.run_sql(CLAIM)
    op.run_sql(NOW)
    _store("EXTERNAL")


def downgrade() -> None:
    """As it was."""
    op.run_sql("DROP FUNCTION claim_key")
    op.run_sql(NOW_BEFORE)
    _store("EXTENDED")
