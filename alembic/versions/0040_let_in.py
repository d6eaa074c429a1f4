"""Whether who was let in before still is, asked in the message that asks for something.

A server remembers whom a key stands for. `seen_as` says with what it was read: the versions of the two rows as PostgreSQL keeps
them, which any change of either ends, and until when the secret is in force. `let_in` compares both, by the clock, and tells the
transaction who acts; it raises JB001 when anything differs. `bearer_of` and `holder_of` stay for the previous release.

Revision ID: 0040
Revises: 0038
"""

from alembic import op

revision = "0040"
down_revision = "0038"
branch_labels = None
depends_on = None

FUNCTIONS = """
-- Nothing is told that whoever asks for it by a credential's id could not count as: a number of each row, and an instant.
CREATE FUNCTION seen_as(credential_id uuid, digest bytea, OUT stamp text, OUT until timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    SELECT c.xmin::text || '.' || o.xmin::text,
           CASE WHEN digest IS NULL OR c.secret_hash = digest THEN c.expires_at
                ELSE least(c.expires_at, c.previous_until) END
      INTO stamp, until
      FROM credential c
      JOIN organisation o ON o.id = c.organisation_id
     WHERE c.id = credential_id;
END
$$;

-- VOLATILE, so that each call sees what was committed before it, and is called where a statement says.
CREATE FUNCTION let_in(organisation_id uuid, credential_id uuid, stamp text, until timestamptz, kid text)
    RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM
       FROM credential c
       JOIN organisation o ON o.id = c.organisation_id
      WHERE c.id = let_in.credential_id AND o.id = let_in.organisation_id
        AND c.state = 'active' AND o.state <> 'suspended'
        AND c.xmin::text || '.' || o.xmin::text = let_in.stamp
        AND least(c.expires_at, let_in.until) > clock_timestamp()
        AND (let_in.kid IS NULL OR EXISTS (
                SELECT FROM signing_key k
                 WHERE k.kid = let_in.kid AND (k.ends_at IS NULL OR k.ends_at > clock_timestamp())));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'what was remembered of the credential is no longer so' USING ERRCODE = 'JB001';
    END IF;
    PERFORM set_config('jembatan.organisation', let_in.organisation_id::text, true);
    RETURN true;
END
$$;

REVOKE EXECUTE ON FUNCTION seen_as, let_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seen_as, let_in TO jembatan_api;
"""


def upgrade() -> None:
    """Apply."""
    op.run_sql(FUNCTIONS)


def downgrade() -> None:
    """Every request is looked up anew."""
    op.run_sql("DROP FUNCTION let_in, seen_as")
